"""What the changes of a page do, as a list: by kind, then by what the findings say first, the weightiest first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .laying import LaidArticle

if TYPE_CHECKING:
    from ..annotate import Annotation

_LEAD = 60
"""Characters that the beginning of a finding may have to name a group."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and the place on the page that it is about."""

    note: Annotation
    ident: str
    said: str
    """Its sentence without what its group says."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that begin alike: `Duty dropped`."""

    lead: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Doing:
    """The findings of one kind, its groups the weightiest first."""

    kind: str
    groups: tuple[Group, ...]

    @property
    def ident(self) -> str:
        """Where it stands on the page."""
        return place(self.kind)

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(len(group.found) for group in self.groups)


def place(kind: str) -> str:
    """Where the findings of a kind stand on a redline's page.

    >>> place("time limits")
    'does-time-limits'
    """
    return f"does-{kind.replace(' ', '-')}"


def doing(articles: Iterable[LaidArticle]) -> tuple[Doing, ...]:
    """The findings of some articles, in the order of the kinds as they are counted."""
    kinds: dict[str, dict[str, list[Found]]] = {}
    for article in articles:
        own = [(note, article.ident) for note in article.notes]
        own += [(note, row.ident or article.ident) for row in article.rows for note in row.notes]
        for note, ident in own:
            groups = kinds.setdefault(str(note.kind), {})
            lead = _lead(note)
            rest = note.sentence.removeprefix(lead).removeprefix(":").strip()
            groups.setdefault(lead, []).append(Found(note, ident, rest))
    return tuple(Doing(kind, _weighed(kinds[kind])) for kind in _order(kinds))


def _order(kinds: Iterable[str]) -> list[str]:
    from ..annotate import Kind

    known = [str(kind) for kind in Kind]
    return sorted(kinds, key=known.index)


def _weighed(groups: dict[str, list[Found]]) -> tuple[Group, ...]:
    made = [Group(lead, tuple(found)) for lead, found in groups.items()]
    return tuple(sorted(made, key=lambda group: (-max(one.note.severity for one in group.found), -len(group.found), group.lead)))


def _lead(note: Annotation) -> str:
    """What a finding says first: the words before its colon, without what is said of the one case."""
    found = re.match(r"[^:“(,]+(?=[:(,“])", note.sentence)
    said = found[0].strip() if found is not None else ""
    return said if said and len(said) <= _LEAD and not re.search(r"\d", said) else str(note.kind)
