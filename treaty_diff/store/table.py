"""Tabling: a Party's text on a topic, from a file to a commit of its round."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..errors import SourceError, StoreError, TreatyNotFound
from ..ingest import Choices, Report, Sources, is_day, read_sources
from ..negotiation.rounds import Calendar
from ..text import references, validate
from ..text.index import Index
from ..text.model import CONTAINERS, Edition, Metadata, Source, Treaty
from ..text.proposal import Proposal, Scope
from . import layout
from .negotiation import calendar
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
    date = _date(calendar(snapshot), proposal.round, tabled.date)
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
    text = references.link(references.unlink(text), base)
    proposal = text.meta.proposal
    assert proposal is not None
    if not _named(proposal.scope):
        held = {p.eid for p in base.walk() if p.kind not in CONTAINERS}
        index = Index(text)
        same = tuple(index.selector(article) for article in text.articles() if article.eid in held)
        proposal = replace(proposal, scope=replace(proposal.scope, replaces=same))
    return replace(text, meta=replace(text.meta, proposal=proposal))


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


def _date(known: Calendar, number: int, date: str) -> str:
    """The day on which a text was tabled, by default the round's first."""
    at = known.round(number)
    if not date:
        return at.opens
    if not is_day(date):
        raise SourceError(f"“{date}” is no date.", cause="dates are written YYYY-MM-DD", fix=f"for example --date {at.opens}")
    if not known.fits(number, date):
        raise StoreError(
            f"A text of {date} was not tabled in round {number}.",
            cause=f"{at.name}",
            fix="give a date from the round's first day to the day before the next round, or another round",
        )
    return date


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
