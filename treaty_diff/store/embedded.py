"""The embedded edition: treaties restated in our own words with complete tables of contents, and what was on the table.

A new store begins with one commit for each treaty, the calendar of the rounds, and one commit for each proposal, in the order in
which they were tabled; a tag closes each round. Nothing in it depends on the machine or the day: identity, dates and
branch are fixed, so two new stores have the same history.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..negotiation import records, rounds
from ..negotiation.records import Answer, Status
from ..negotiation.rounds import Calendar
from ..text.akn import read_treaty
from . import catalogue, layout, tabling
from .catalogue import Catalogue
from .commits import Person, Step
from .message import compose
from .put import described, legal_time
from .repository import Repository
from .tabled import first_tabled

_NAME, _EMAIL = "treaty-diff", "embedded@treaty-diff.invalid"
_TREATIES = ("nafta1994", "tpp")


def _root() -> Traversable:
    return files("treaty_diff.texts")


def _folder(work: str) -> Traversable:
    """Where a treaty or a proposal lies among the embedded texts."""
    return _root() / layout.PROPOSALS / work if "/" in work else _root() / work


def _entry(work: str) -> Catalogue:
    name = "proposal.toml" if "/" in work else "treaty.toml"
    return catalogue.read((_folder(work) / name).read_bytes(), f"{work}/{name}")


def entry(treaty: str) -> Catalogue | None:
    """What the embedded edition knows of a treaty: title, dates, Parties, Parts; None for others."""
    return _entry(treaty) if treaty in _TREATIES else None


def proposals() -> list[Catalogue]:
    """The proposals of the embedded edition, in the order in which they were tabled."""
    topics = [topic for topic in (_root() / layout.PROPOSALS).iterdir() if topic.is_dir()]
    works = [f"{topic.name}/{parties.name}" for topic in topics for parties in topic.iterdir() if parties.is_dir()]
    return sorted(map(_entry, works), key=first_tabled)


def calendar() -> Calendar:
    """The rounds of the embedded edition."""
    return rounds.read((_root() / layout.ROUNDS).read_bytes(), layout.ROUNDS)


def texts(work: str) -> dict[str, dict[str, bytes]]:
    """The embedded expressions of a treaty or a proposal: folder (`restatement/eng@1994-01-01`) → file name → bytes."""
    out: dict[str, dict[str, bytes]] = {}
    known = _entry(work) if "/" in work else entry(work)
    for expression in known.expressions if known else ():
        folder = _folder(work) / str(expression.edition) / expression.name
        out[f"{expression.edition}/{expression.name}"] = {
            item.name: item.read_bytes() for item in sorted(folder.iterdir(), key=lambda i: i.name) if item.name.endswith(".xml")
        }
    return out


def seed(repository: Repository) -> None:
    """Write the first history of a new store."""
    settings = f'format = {layout.FORMAT}\ndefault_treaty = "{layout.DEFAULT_TREATY}"\n'
    start: dict[str, bytes | None] = {layout.MARK: settings.encode(), ".gitattributes": layout.ATTRIBUTES.encode()}
    steps = [Step(start, "A store for treaty texts", Person(_NAME, _EMAIL, 0))]
    for treaty in _TREATIES:
        known = entry(treaty)
        assert known is not None
        steps += _steps(known)
    repository.begin([*steps, *_negotiation()])


def _negotiation() -> Iterator[Step]:
    """The calendar, then round by round what was tabled in it; the last of a round gets the round's tag."""
    known = calendar()
    yield Step({layout.ROUNDS: (_root() / layout.ROUNDS).read_bytes()}, "The calendar of the rounds", _at(known.rounds[0].opens))
    waiting = [step for proposal in proposals() for step in _steps(proposal)]
    for at in known.rounds:
        brought = [step for step in waiting if at.opens <= _day(step) and known.fits(at.number, _day(step))]
        if said := _said(at.number):
            message = f"Round {at.number}: answers and statuses\n\nRound: {at.number}\nDistribution: public"
            brought.append(Step(said, message, _at(at.closes)))
        if brought:
            yield from brought[:-1]
            yield replace(brought[-1], tag=(at.tag, at.name, _at(at.closes)))


def _said(until: int) -> dict[str, bytes | None]:
    """The files of statuses and answers as they were at the end of a round; none where the round brought none."""
    changes: dict[str, bytes | None] = {}
    for path, read in ((layout.STATUSES, records.read_statuses), (layout.ANSWERS, records.read_answers)):
        known: list[Status | Answer] = list(read((_root() / path).read_bytes(), path))
        if any(record.round == until for record in known):
            changes[path] = records.write(record for record in known if record.round <= until)
    return changes


def _day(step: Step) -> str:
    return datetime.fromtimestamp(step.who.time, UTC).date().isoformat()


def _at(date: str) -> Person:
    return Person(_NAME, _EMAIL, legal_time(date))


def _steps(known: Catalogue) -> Iterator[Step]:
    """The commits of a work's texts."""
    so_far = replace(known, expressions=())
    for files_held in texts(known.treaty).values():
        text = read_treaty(files_held)
        proposal = text.meta.proposal
        said = (tabling.summary(text), tabling.trailers(proposal)) if proposal is not None else ("", {})
        message = compose(text, len(files_held), summary=said[0], trailers=said[1])
        changes = described(text, so_far, files_held)
        yield Step(changes, message, _at(text.meta.date))
        so_far = catalogue.read(changes[layout.catalogue_path(known.treaty)] or b"", known.treaty)
