"""Who cites what within one text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..text.akn.names import parse_portion
from ..text.index import Index, indexed
from ..text.model import MultiReference, Provision, Reference, Text, Treaty
from ..text.once import once


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation: by which provision, and its characters in the provision's own words; None in a heading, table or footnote."""

    by: str
    at: tuple[int, int] | None


class Citations:
    """The citations of a text's own provisions, by what they cite."""

    def __init__(self, treaty: Treaty) -> None:
        self.treaty = treaty
        self._of: dict[str, list[Cite]] = {}
        self._ranges: list[tuple[Cite, str, str]] = []
        for p in treaty.walk():
            for text in _texts(p):
                for ref in _references(text):
                    target, up_to = _eid(ref.href), _eid(ref.up_to)
                    cite = Cite(p.eid, (ref.start, ref.end) if text is p.text else None)
                    if target and up_to:
                        self._ranges.append((cite, target, up_to))
                    elif target:
                        self._of.setdefault(target, []).append(cite)

    @cached_property
    def index(self) -> Index:
        """The text's provisions by name."""
        return indexed(self.treaty)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {p.eid: n for n, p in enumerate(self.treaty.walk())}

    @cached_property
    def _spanning(self) -> dict[str, list[Cite]]:
        """The ranges that cite each provision: that have it between their ends, or begin or end in it."""
        out: dict[str, list[Cite]] = {}
        place, eids = self._place, list(self._place)
        for cite, first, last in self._ranges:
            low, high = place.get(first, -1), place.get(last, -2)
            for eid in {*(eids[low : high + 1] if low >= 0 else ()), *holders(first), *holders(last)}:
                out.setdefault(eid, []).append(cite)
        return out

    @cached_property
    def _targets(self) -> list[str]:
        return sorted(self._of)

    def of(self, eid: str) -> list[Cite]:
        """The citations of a provision or of what it holds from without, in reading order."""
        targets = self._targets
        found = list(self._of.get(eid, ()))
        for n in range(bisect_left(targets, eid + "__"), len(targets)):
            if not targets[n].startswith(eid + "__"):
                break
            found += self._of[targets[n]]
        place = self._place
        found += self._spanning.get(eid, ())
        return sorted((c for c in found if not within(c.by, eid)), key=lambda c: place.get(c.by, 0))


@once
def citations(treaty: Treaty) -> Citations:
    """Who cites what in a text."""
    return Citations(treaty)


def within(eid: str, holder: str) -> bool:
    """Whether a provision is another one or lies in it."""
    return eid == holder or eid.startswith(holder + "__")


def holders(eid: str) -> Iterator[str]:
    """A provision and all that hold it, by their eIds."""
    while eid:
        yield eid
        eid = eid.rpartition("__")[0]


def among(eid: str, holders: Collection[str]) -> bool:
    """Whether a provision is one of others or lies in one of them."""
    at = eid
    while at not in holders:
        at, cut, _ = at.rpartition("__")
        if not cut:
            return False
    return True


def _eid(href: str) -> str:
    portion = parse_portion(href) if href else None
    return portion.eid if portion is not None else ""


def _texts(p: Provision) -> Iterator[Text]:
    for text in p.texts():
        yield text
        for note in text.notes:
            yield note.body


def _references(text: Text) -> Iterator[Reference]:
    for span in text.spans:
        if isinstance(span, MultiReference):
            yield from span.parts
        elif isinstance(span, Reference):
            yield span
