"""Agreeing: the brackets of a provision of the consolidated text replaced by the agreed words, in one commit with its status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..errors import SelectorError, StoreError
from ..negotiation import document, marked, records
from ..negotiation.brackets import Node, Words
from ..negotiation.records import Status
from ..negotiation.topic import Place
from ..negotiation.views import UNSTATED, View
from ..text import plain
from ..text.index import Index
from ..text.model import HEADS, Kind, Metadata, Provision
from ..text.proposal import topic_words
from . import layout
from .consolidated import on_the_table, text_of, trailers
from .negotiation import calendar, day_in, statuses
from .store import Store


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is agreed: the provision of the consolidated text by its selector, in which round, on which day, in which words.

    `words` as `plain.text` prints the provision, its number included or not; empty where it goes. `party`: those of a Party's view
    instead, or of what is common (`agreed`). `pending` says who still confirms.
    """

    topic: str
    provision: str
    round: int
    words: str | None = None
    party: str = ""
    date: str = ""
    status: str = "agreed ad referendum"
    pending: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed: the citation and selector of the provision, its words, what must be said of them, and the commit."""

    citation: str
    selector: str
    words: str
    view: View | None
    commit: str | None


def agree(store: Store, asked: Agreement) -> Agreed:
    """Replace the brackets of a provision by the agreed words, in one commit with its status.

    A bracket that goes beyond the provision stays round the rest. Raises ProvisionNotFound where the consolidated text has no such provision,
    StoreError where nothing in it is bracketed or for a day outside the round, SelectorError where no words are given.
    """
    from .concordances import decider

    snapshot = store.at()
    day = day_in(calendar(snapshot), asked.round, asked.date)
    table = on_the_table(snapshot, asked.topic, asked.round)
    index = Index(table.text)
    (target, *more) = index.find(asked.provision)
    if more or target.kind is Kind.TREATY or target.kind is Kind.CHAPTER:
        raise SelectorError(
            f"“{asked.provision}” is no single provision.", fix="name an article, or a paragraph or list entry of one"
        )
    citation, selector = index.citation(target), index.selector(target)
    if not marked.is_bracketed(target):
        raise StoreError(
            f"{citation} has no brackets.",
            cause="all Parties have the same words there, or they were agreed",
            fix="`treaty-diff consolidate` shows what is open; `treaty-diff status` what was agreed",
        )
    head = index.enclosing(target, *HEADS)
    (one,) = (one for one in table.places if head is not None and one.place.eid == head.eid)
    found = document.words(target, one.place) if target is head else marked.nodes(target)
    view = _view(found, asked.party, citation) if asked.party else None
    if view is None and asked.words is None:
        raise SelectorError(
            "It is not said what is agreed.", fix="give the words with --text, or --view with a Party or “agreed”"
        )
    # where brackets go, two blanks may be left
    words = re.sub(r"(?<=\S) {2,}", " ", view.text) if view is not None else _whole(target, one.place, asked.words or "")
    nodes = (
        document.replaced(head or target, one.place, [(target, words)])
        if target is not head
        else (Words(words),)
        if words
        else ()
    )
    places = [replace(one, nodes=nodes) if other is one else other for other in table.places]
    text = text_of(_dated(table.text.meta, asked.round, max(day, table.text.meta.date)), table.base, places)
    there = Index(text).by_eid.get(target.eid)
    if target is not head and (plain.text(there) if there is not None else "") != words:
        raise StoreError(
            f"{citation} cannot be told from the rest of the article.",
            cause="the words do not read as this provision, or brackets cut across the article's paragraphs",
            fix="give the words with --text, or agree the article",
        )
    proposal = text.meta.proposal
    assert proposal is not None
    what = f"{layout.consolidated(asked.topic)}:{selector}"
    note = asked.note or ("" if words else "it goes")
    row = Status(what, asked.status, asked.round, day, asked.pending, note, decider(store.repository), proposal.distribution)
    commit = store.put(
        text,
        summary=f"Round {asked.round}: {citation} on {topic_words(asked.topic)} agreed",
        trailers={**trailers(proposal), "Agreed": selector},
        beside={layout.STATUSES: records.write([*statuses(snapshot), row])},
    )
    return Agreed(citation, selector, words, view, commit)


def _dated(meta: Metadata, number: int, day: str) -> Metadata:
    assert meta.proposal is not None
    return replace(meta, date=day, proposal=replace(meta.proposal, round=number))


def _view(found: Sequence[Node], party: str, citation: str) -> View:
    from ..negotiation.views import agreed, view
    from ..parties import alpha3

    made = agreed(found) if party.lower() == "agreed" else view(found, alpha3(party))
    if any(flag.why == UNSTATED for flag in made.flags):
        raise StoreError(
            f"{citation} still has brackets in that view.", cause="nobody says whose they are", fix="give the words with --text"
        )
    return made


def _heading(target: Provision) -> str:
    """The heading of an article as it would be agreed; raises SelectorError where the Parties have several."""
    if target.heading is None:
        return ""
    brackets = [m for m in target.heading.markup if marked.is_bracket(m)]
    if len(brackets) > 1 or any(m.parts and m.end - m.start < len(target.heading.content) for m in brackets):
        raise SelectorError(
            f"The heading of {target.label} is in brackets, too.",
            cause=f"it is: {target.heading.content}",
            fix=f"begin the words with a line for it: {target.label} …",
        )
    return "".join(marked.content(target.heading))


def _whole(target: Provision, place: Place, words: str) -> str:
    """The words of a provision with its number, and an article's heading; empty where it goes."""
    words = words.strip("\n")
    if not words.strip():
        return ""
    is_head = target.eid == place.eid
    if words.startswith(target.label) or (is_head and place.parts):
        return f"{words}\n"
    if is_head:
        return f"{f'{target.label} {_heading(target)}'.strip()}\n{words}\n"
    return f"{target.label} {words}\n"
