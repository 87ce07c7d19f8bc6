"""What a file says of the proposal whose text it has, in `proprietary`: written and read.

Every file says whose proposal it is and who may see it (`td:proposal`); the master file has the rest: where it would stand
(`td:scope`), what was reported of it (`td:report`) and what is our choice (`td:choice`).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from lxml import etree

from ...errors import AknError
from ..proposal import Certainty, Choice, Dating, Distribution, Proposal, Report, Scope
from .escape import attrs, escape
from .names import TD

_NS = f' xmlns:td="{TD}"'
_PLACES = ("replaces", "deletes", "after", "retains")
_Word = TypeVar("_Word", bound=StrEnum)


def write(proposal: Proposal | None, *, whole: bool) -> list[str]:
    """The lines of the metadata; `whole` for a master file. None for a treaty."""
    if proposal is None:
        return []
    p = proposal
    head = attrs(
        topic=p.topic,
        tabledBy=" ".join(p.tabled_by),
        round=str(p.round),
        dating=str(p.dating),
        certainty=str(p.certainty or ""),
        distribution=str(p.distribution),
        merges=_tokens(p.merges),
    )
    rows = [f"    <td:proposal{_NS}{head}/>"]
    if not whole:
        return rows
    places = {name: _tokens(getattr(p.scope, name)) for name in _PLACES}
    rows.append(f"    <td:scope{_NS}{attrs(amends=p.scope.amends, **places)}/>")
    for r in p.reports:
        about = attrs(date=r.date, publisher=r.publisher, distribution=str(r.distribution))
        rows.append(f"    <td:report{_NS}{about}>{escape(r.said)}</td:report>")
    for c in p.choices:
        rows.append(f"    <td:choice{_NS}{attrs(distribution=str(c.distribution))}>{escape(c.said)}</td:choice>")
    return rows


def _tokens(selectors: Sequence[str]) -> str:
    if any(not s or s.split() != [s] for s in selectors):
        raise AknError("A selector is empty or has a blank in it.", cause=repr(selectors))
    return " ".join(selectors)


def read(root: etree._Element) -> Proposal | None:
    """The proposal of a file, None where it is none; raises AknError for words that we do not write."""
    head = root.find(f".//{{{TD}}}proposal")
    if head is None:
        return None
    number = head.get("round", "")
    if not number.isascii() or not number.isdigit():
        raise AknError(f"“{number}” is no round.", cause="rounds are numbered from 1")
    certainty = head.get("certainty", "")
    scope = root.find(f".//{{{TD}}}scope")
    return Proposal(
        topic=head.get("topic", ""),
        tabled_by=tuple(head.get("tabledBy", "").split()),
        round=int(number),
        dating=_word(Dating, head.get("dating", "day")),
        certainty=_word(Certainty, certainty) if certainty else None,
        distribution=_distribution(head),
        scope=Scope(scope.get("amends", ""), *(tuple(scope.get(name, "").split()) for name in _PLACES))
        if scope is not None
        else Scope(),
        reports=tuple(
            Report(r.get("date", ""), r.get("publisher", ""), r.text or "", _distribution(r))
            for r in root.iter(f"{{{TD}}}report")
        ),
        merges=tuple(head.get("merges", "").split()),
        choices=tuple(Choice(c.text or "", _distribution(c)) for c in root.iter(f"{{{TD}}}choice")),
    )


def _distribution(element: etree._Element) -> Distribution:
    # What is not marked is not for everybody to see.
    return _word(Distribution, element.get("distribution", str(Distribution.RESTRICTED)))


def _word(kind: type[_Word], written: str) -> _Word:
    try:
        return kind(written)
    except ValueError:
        raise AknError(f"“{written}” is no {kind.__name__.lower()}.", cause=f"known are {', '.join(kind)}") from None
