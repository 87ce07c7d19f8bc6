"""What was tabled on an article, in words, with the place of the redline that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from ...text.model import Provision
from ..sentences import date
from .layout import parties, topic_name
from .material import Work
from .relations import Proposed, Relations

_VERBS = {
    "replaces": "would replace it",
    "deletes": "would delete it",
    "after": "would add text after it",
    "retains": "would keep it",
}


@dataclass(frozen=True, slots=True)
class Tabled:
    """A proposal's say on an article: on which topic (`Sunset`), when (`round 4, 12 October 2017`), who, what it would do, the address
    from the site's root."""

    topic: str
    when: str
    who: str
    what: str
    address: str


def tabled(relations: Relations, work: Work, unit: Provision) -> list[Tabled]:
    """What proposals would do with an article of the treaty that they amend, in the order in which they were tabled."""
    return [
        Tabled(
            topic_name(found.work.entry.topic),
            f"round {found.work.expression.round}, {date(found.work.expression.date)}",
            parties(found.work),
            _VERBS[found.verb],
            _place(relations, found, unit, work),
        )
        for found in relations.proposed(work, unit)
    ]


def _place(relations: Relations, found: Proposed, unit: Provision, work: Work) -> str:
    """Where a redline shows it: at the article of the same number, at what the proposal strikes, else at its top."""
    redline = relations.redline(found.work, unit, work).partition("#")[0]
    if not redline:
        return relations.pages[found.work.id].contents
    if unit.eid in found.work.index.by_eid:
        return f"{redline}#{unit.eid}"
    return f"{redline}#before-{unit.eid}" if found.verb == "deletes" else redline
