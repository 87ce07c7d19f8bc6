"""The front page: what is compared, what is on the table, how each chapter stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...negotiation.records import Answer, Status, current, newest
from ...parties import name
from ...text.model import Kind, notice
from ..sentences import date
from . import addresses
from .layout import File, Layout, joined, parties, topic_name, updated
from .material import Material, Work
from .redlines import Redline
from .relations import Relations

_SHOWN = 12
"""How many of the weightiest changes the front page shows."""
_EACH = 2
"""How many of them from one redline."""


def front(layout: Layout, relations: Relations, redlines: Sequence[Redline]) -> File:
    """The page `index.html`."""
    material = relations.material
    home = material.home
    others = [work.name for work in material.others]
    compared = [f"what the Parties’ proposals would change in {home.name}"] if material.proposals else []
    if others:
        compared.append(
            f"how each of its chapters compares with {joined(others)}"
            if compared
            else f"how each chapter of {home.name} compares with {joined(others)}"
        )
    texts = (home, *material.others)
    return layout.page(
        "front",
        "index.html",
        "Overview",
        title=f"{home.name} and what is on the table",
        lead=f"Word by word: {joined(compared)}." if compared else "Nothing is compared yet.",
        updated=f"As of {updated(material)}, the day of the last change in the store.",
        example=_example(home, relations),
        notices=list(filter(None, (notice(work.name, work.treaty.meta.edition) for work in texts))) + list(material.left_out),
        notes=_weightiest(material, redlines),
        topics=[_topic(topic, works, material, redlines) for topic, works in material.topics().items()],
        chapters=[
            {
                "title": f"Against {other.name}",
                "said": f"Each chapter of {home.name} of which the text is held, read from {other.name} to {home.name}. The bars count articles.",
                "lines": [(line, _standing(relations, line.scope)) for line in lines],
            }
            for other in material.others
            if (lines := [r for r in redlines if r.subject == home.id and r.base == other.id and r.scope])
        ],
    )


def _standing(relations: Relations, chapter: str) -> dict[str, Any]:
    """How a chapter of the treaty that is renegotiated stands: its status where one is recorded, the proposals that touch it."""
    m = relations.material
    (found,) = m.home.index.find(chapter)
    touching = [
        p.work for unit, of in m.home.units if of is found for p in relations.proposed(m.home, unit) if p.verb != "retains"
    ]
    status = current(m.negotiation.statuses).get(f"{m.home.id}:{chapter}")
    return {
        "status": said_of_status(status) if status is not None else "",
        "proposals": [
            {
                "said": f"{topic_name(work.entry.topic)}, {parties(work)}",
                "round": work.expression.round,
                "path": f"{addresses.topic(work.entry.topic)}#{addresses.slug(work.id)}",
            }
            for work in dict.fromkeys(touching)
        ],
    }


def _example(home: Work, relations: Relations) -> str:
    """An article's number, for who has never searched: the first of those of which most is on the table."""
    articles = [unit for unit, _ in home.units if unit.kind is Kind.ARTICLE and unit.held]
    found = max(articles, key=lambda unit: len(relations.proposed(home, unit)), default=None)
    return home.index.selector(found) if found is not None else ""


def _topic(topic: str, works: Sequence[Work], material: Material, redlines: Sequence[Redline]) -> dict[str, Any]:
    answers = newest(material.negotiation.answers)
    return {
        "name": topic_name(topic),
        "path": addresses.topic(topic),
        "status": said_of_status(current(material.negotiation.statuses).get(topic)),
        "proposals": [
            {
                "parties": parties(work),
                "round": work.expression.round or "–",
                "date": date(work.expression.date),
                "answers": said_of_answers([a for (what, _), a in sorted(answers.items()) if what == work.id]),
                "amended": next((r for r in redlines if r.subject == work.id and r.base == work.entry.amends), None),
                "others": [
                    r
                    for r in redlines
                    if r.subject == work.id and r.base != work.entry.amends and any(r.base == o.id for o in material.others)
                ],
                "nothing": said_of_nothing(material),
            }
            for work in works
        ],
    }


def said_of_nothing(material: Material) -> str:
    """What stands where no article of another treaty answers a proposal."""
    return f"nothing in {joined([work.name for work in material.others])} answers it" if material.others else ""


def said_of_status(status: Status | None) -> str:
    """A topic's status in words: open where none is recorded."""
    if status is None:
        return "open"
    pending = f", pending: {status.pending}" if status.pending else ""
    return f"{status.status} (round {status.round}){pending}"


def said_of_answer(answer: Answer) -> str:
    """What a Party says to a proposal: `non-starter`, `open to it`."""
    return answer.answer if answer.answer == "non-starter" else f"{answer.answer} it"


def said_of_answers(answers: Sequence[Answer]) -> str:
    """What the other Parties answered: `Canada: non-starter; Mexico: open to it`."""
    return "; ".join(f"{name(a.party)}: {said_of_answer(a)}" for a in answers)


def _weightiest(material: Material, redlines: Sequence[Redline]) -> list[dict[str, Any]]:
    """The weightiest annotations, few of each redline: of what proposals change in the treaty first, then of the chapters."""
    found = []
    for place, r in enumerate(redlines):
        work = material.work(r.subject)
        tabled = work is not None and bool(work.entry.topic) and r.base == work.entry.amends
        if tabled or r.scope:
            named = (
                f"{topic_name(work.entry.topic)}, {parties(work)}" if work is not None and tabled else r.title.partition(",")[0]
            )
            found += [
                (not tabled, -note.severity, place, named, r, note, address)
                for note, address in r.notes[:_EACH]
                if note.severity >= _WEIGHTY
            ]
    return [
        {
            "severity": note.severity,
            "kind": str(note.kind),
            "sentence": note.sentence,
            "address": address,
            "where": f"{named}: {note.citation}, against {r.base_name}",
        }
        for _, _, _, named, r, note, address in sorted(found, key=lambda one: one[:3])[:_SHOWN]
    ]


_WEIGHTY = 4
