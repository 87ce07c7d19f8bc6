"""The page of a topic: what happened over the rounds, each Party's text, and redlines between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...negotiation.records import current
from ...parties import name
from ...text.model import notice
from ..bracketed import articles
from ..proposal import about
from ..sentences import date
from . import addresses
from .addresses import Pages, up
from .front import said_of_answer, said_of_status
from .layout import File, Layout, parties, topic_name
from .material import Material, Work, alike
from .nearest import Near, Unanswered
from .redlines import Redline


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happened on a topic: `kind` is tabled, answer or status, `address` where more of it is."""

    round: int
    date: str
    kind: str
    said: str
    note: str = ""
    address: str = ""

    @property
    def day(self) -> str:
        """The day as people write it."""
        return date(self.date)


def listed(material: Material) -> list[str]:
    """All topics on the table, and those of which only a status is known."""
    known = [s.what for s in material.negotiation.statuses if not {":", "/"} & set(s.what) and material.work(s.what) is None]
    return list(dict.fromkeys([*material.topics(), *known]))


def said(material: Material, topic: str, redlines: Sequence[Redline], unanswered: Unanswered) -> dict[str, Any]:
    """What the page of a topic says beside the consolidated text."""
    works = material.topics().get(topic, [])
    path = addresses.topic(topic)
    root = up(path)
    status = said_of_status(current(material.negotiation.statuses).get(topic))
    return {
        "title": topic_name(topic),
        "status": f"Status: {status}.",
        "rounds": list(_rounds(material, sorted(_events(material, topic, works, root), key=lambda e: (e.round, e.date)))),
        "proposals": [_proposal(material, work, works, redlines, root, unanswered) for work in works],
    }


def page(layout: Layout, material: Material, topic: str, said: Mapping[str, Any]) -> File:
    """The page of a topic."""
    return layout.page("topic", addresses.topic(topic), "Topics", **said, consolidated=_consolidated(material, topic))


def _consolidated(material: Material, topic: str) -> dict[str, Any] | None:
    """The Parties' texts as one, for `brackets.html`; None where there is no such text."""
    laid = material.tables.get(topic)
    if laid is None:
        return None
    table = laid.table()
    meta = table.text.meta
    return {"notice": notice(meta.name, meta.edition), "said": table.said, "articles": list(articles(table.text))}


def _rounds(material: Material, events: Sequence[_Event]) -> Iterator[dict[str, Any]]:
    calendar = {r.number: r.name for r in material.negotiation.calendar.rounds}
    for number in dict.fromkeys(event.round for event in events):
        yield {
            "name": calendar.get(number, f"Round {number}" if number else "Before the rounds"),
            "events": [event for event in events if event.round == number],
        }


def _events(material: Material, topic: str, works: Sequence[Work], root: str) -> Iterator[_Event]:
    for work in works:
        for n, one in enumerate((*material.earlier[work.id], work)):
            said = f"{parties(work)}: {'a text is tabled' if n == 0 else 'a new text is tabled'}"
            yield _Event(one.expression.round, one.expression.date, "tabled", said, "", f"{root}{Pages(work).contents}")
    for a in material.negotiation.answers:
        answered = material.work(a.proposal)
        if answered is not None and answered in works:
            said = f"{name(a.party)} on the proposal of {parties(answered)}: {said_of_answer(a)}"
            yield _Event(a.round, a.date, "answer", said, a.note)
    for s in material.negotiation.statuses:
        if s.what == topic or s.what.startswith((f"{topic}/", f"{topic}:")):
            about_it = "" if s.what == topic else f"{s.what.removeprefix(topic).lstrip('/:')}: "
            yield _Event(s.round, s.date, "status", f"{about_it}{said_of_status(s)}", s.note)


def _proposal(
    material: Material, work: Work, works: Sequence[Work], redlines: Sequence[Redline], root: str, unanswered: Unanswered
) -> dict[str, Any]:
    meta, proposal = work.treaty.meta, work.treaty.meta.proposal
    mine = [r for r in redlines if r.subject == work.id]
    named = {one.id: f"against the proposal of {parties(one)}" for one in works} | {work.id: "against its earlier text"}
    answered = {r.base for r in mine}
    beside = next((other for other in material.others if other.id in answered), None)
    amended = material.work(work.entry.amends)
    return {
        "id": addresses.slug(work.id),
        "parties": parties(work),
        "title": meta.title,
        "about": about(meta, proposal, day=date(meta.date), amended=amended.name if amended else "")
        if proposal is not None
        else [],
        "notice": notice(meta.name, meta.edition),
        "text": f"{root}{Pages(work).contents}",
        "three": next((r.path for r in mine if r.base == work.entry.amends), "") if beside is not None else "",
        "beside": beside.name if beside is not None else "",
        "redlines": [(r, f"Redline {named.get(r.base, f'against {r.base_name}')}") for r in mine],
        "nothing": [
            {"said": f"No article of {other.name} answers it.", "near": list(_near(unanswered, work, other, root))}
            for other in material.others
            if other.id not in answered and alike(other, work)
        ],
        "reports": proposal.reports if proposal is not None else (),
        "choices": proposal.choices if proposal is not None else (),
    }


def _near(unanswered: Unanswered, work: Work, other: Work, root: str) -> Iterator[Near]:
    """The provisions of another text that come nearest to a proposal's articles, each once."""
    found = [near for unit, _ in work.units if unit.held for near in unanswered.near(work, unit, other, 2)]
    best = {near.provision.eid: near for near in sorted(found, key=lambda one: one.likeness)}
    for near in sorted(best.values(), key=lambda one: -one.likeness)[:_NEAR]:
        yield unanswered.shown(near, other, root)


_NEAR = 3
"""How many provisions that come near a topic's page names."""
