"""Tabling: a Party's text on a topic, from a file to a commit of its round."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..citation import label
from ..errors import SourceError, StoreError, TreatyNotFound
from ..ingest import Choices, Report, Sources, read_sources
from ..text import references, validate
from ..text.identifiers import assign
from ..text.index import Index
from ..text.model import CONTAINERS, Edition, Kind, Metadata, Provision, Source, Treaty
from ..text.proposal import Proposal, Scope
from . import layout
from .negotiation import calendar, day_in
from .snapshot import Snapshot
from .store import Store
from .tabled import first_tabled
from .tabling import short, summary, title, trailers


@dataclass(frozen=True, slots=True)
class Tabled:
    """What is said of a text that is tabled; `date` and `title` may be empty, and a scope that names nothing is found by numbers."""

    proposal: Proposal
    date: str = ""
    title: str = ""
    language: str = "eng"
    edition: Edition = Edition.VERBATIM
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a tabled text: the proposal as stored, its report, what is to look at, and the commit (None: no change)."""

    proposal: Proposal
    report: Report
    findings: tuple[validate.Finding, ...]
    commit: str | None


def table(store: Store, sources: Sources, tabled: Tabled) -> Outcome:
    """Read, check and store a Party's text in one commit of its round.

    Raises StoreError for a round that the calendar does not have, a date outside it or a topic that is a treaty's id,
    SourceError where the text breaks the schema or our conventions. Nothing is written then.
    """
    snapshot = store.at()
    proposal = tabled.proposal
    _check_name(snapshot, proposal)
    date = day_in(calendar(snapshot), proposal.round, tabled.date)
    base = _base(snapshot, proposal.scope.amends)
    source = tabled.source if tabled.source.name else Source(sources.name, sha256=sources.sha256)
    first = _first(snapshot, proposal.selector)

    def settle(meta: Metadata) -> Metadata:
        """The metadata of the text on the table; a file of our own keeps its source note and scope."""
        kept = meta.proposal
        said = replace(
            proposal,
            scope=proposal.scope if _named(proposal.scope) or kept is None else kept.scope,
            reports=proposal.reports or (kept.reports if kept else ()),
            choices=proposal.choices or (kept.choices if kept else ()),
        )
        return replace(
            meta,
            title=tabled.title or title(proposal),
            short=short(proposal),
            signed=first or date,
            date=date,
            edition=tabled.edition,
            parties=base.meta.parties,
            status="tabled",
            source=source,
            proposal=said,
        )

    text, report = read_sources(
        sources, proposal.selector, language=tabled.language, choices=Choices("", ""), outline=(), settle=settle
    )
    text = settled(text, base)
    findings = tuple(validate.validate(text, base))
    wrong = [finding for finding in findings if finding.severity == validate.ERROR]
    if wrong:
        raise SourceError(
            "The text cannot be tabled.",
            cause=f"{wrong[0].citation}: {wrong[0].message}" + (f" ({len(wrong) - 1} more)" if len(wrong) > 1 else ""),
            fix="mend the file",
        )
    made = text.meta.proposal
    assert made is not None
    commit = store.put(text, summary=summary(text), trailers=trailers(made))
    return Outcome(made, report, findings, commit)


def settled(text: Treaty, base: Treaty) -> Treaty:
    """A text on the table with its citations of the treaty that it amends resolved, and its scope where none was named.

    An article numbered as one of the treaty's takes its place.
    """
    text = references.link(references.unlink(_housed(text, base)), base)
    proposal = text.meta.proposal
    assert proposal is not None
    if not _named(proposal.scope):
        held = {p.eid for p in base.walk() if p.kind not in CONTAINERS}
        index = Index(text)
        same = tuple(index.selector(article) for article in text.articles() if article.eid in held)
        proposal = replace(proposal, scope=replace(proposal.scope, replaces=same))
    return replace(text, meta=replace(text.meta, proposal=proposal))


def _housed(text: Treaty, base: Treaty) -> Treaty:
    """A text whose articles stand in no chapter, in the chapters of the treaty: those of its numbers, new ones (`2205 bis`) beside them.

    People table an article without the heading of its chapter.
    """
    homes = {_number(a): chapter for chapter in base.chapters() for a in chapter.articles()}
    loose = {id(p): homes[_number(p)] for p in text.root.children if p.kind is Kind.ARTICLE and _number(p) in homes}
    if not loose:
        return text
    own = {p.eid for p in text.root.children}
    inside: dict[str, list[Provision]] = {}
    for p in text.root.children:
        if id(p) in loose:
            inside.setdefault(loose[id(p)].eid, []).append(p)
    if own & set(inside):
        return text
    children: list[Provision] = []
    for p in text.root.children:
        if id(p) not in loose:
            children.append(p)
        elif (held := inside.pop(loose[id(p)].eid, None)) is not None:
            chapter = loose[id(p)]
            children.append(Provision(Kind.CHAPTER, num=chapter.num, heading=chapter.heading, children=tuple(held)))
    return text.with_root(assign(replace(text.root, children=tuple(map(_unnamed, children)))))


def _unnamed(p: Provision) -> Provision:
    return replace(p, eid="", wid="", children=tuple(map(_unnamed, p.children)))


def _number(article: Provision) -> str:
    """An article's number without what is inserted behind it: 2205 of `Article 2205 bis`."""
    return re.sub(r"(?<=\d)[\s-]?(?:bis|ter|quater|quinquies|[A-Z])$", "", label(article.label))


def _named(scope: Scope) -> bool:
    return any((scope.replaces, scope.deletes, scope.after, scope.retains))


def _check_name(snapshot: Snapshot, proposal: Proposal) -> None:
    layout.proposal_folder(proposal.selector)
    if proposal.topic in snapshot.treaties():
        raise StoreError(
            f"“{proposal.topic}” cannot be a topic.",
            cause="a treaty of the store has that id",
            fix="choose another name for the topic",
        )


def _base(snapshot: Snapshot, treaty: str) -> Treaty:
    if treaty not in snapshot.treaties():
        raise TreatyNotFound(
            f"The store does not hold {treaty}, which the proposal amends.",
            cause=f"held are: {', '.join(snapshot.treaties()) or 'none'}",
            fix="import that treaty first, or name another one with --amends",
        )
    return snapshot.load(treaty)


def _first(snapshot: Snapshot, work: str) -> str:
    """The day on which the Parties' first text on the topic was tabled, empty where none was."""
    return first_tabled(snapshot.catalogue(work))[1] if work in snapshot.proposals(work.partition("/")[0]) else ""
