"""The negotiation as a store has it: calendar, statuses, answers, and the commits that record them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors import SourceError, StoreError
from ..negotiation import records, rounds
from ..negotiation.records import Answer, Status
from ..negotiation.rounds import Calendar
from ..printable import printable
from ..text.proposal import Distribution
from . import layout
from .catalogue import Catalogue
from .commits import Person
from .tabled import first_tabled

if TYPE_CHECKING:
    from .snapshot import Snapshot
    from .store import Store


@dataclass(frozen=True, slots=True)
class Negotiation:
    """What a commit holds beside the texts, as far as an audience may see it; proposals in the order in which they were tabled."""

    calendar: Calendar
    proposals: tuple[Catalogue, ...]
    statuses: tuple[Status, ...]
    answers: tuple[Answer, ...]


def calendar(snapshot: Snapshot) -> Calendar:
    """The rounds as a store has them at a commit: none where it was made before there were any."""
    data = snapshot.read(layout.ROUNDS)
    return rounds.read(data, layout.ROUNDS) if data is not None else Calendar()


def day_in(known: Calendar, number: int, date: str) -> str:
    """A day in a round, by default its first.

    Raises SourceError for what is no day, StoreError for a round that the calendar does not have or a day outside the round.
    """
    from ..ingest import is_day

    at = known.round(number)
    if not date:
        return at.opens
    if not is_day(date):
        raise SourceError(f"“{date}” is no date.", cause="dates are written YYYY-MM-DD", fix=f"for example --date {at.opens}")
    if not known.fits(number, date):
        raise StoreError(
            f"{date} is not in round {number}.",
            cause=at.name,
            fix="give a date from the round's first day to the day before the next round, or another round",
        )
    return date


def held(snapshot: Snapshot, audience: Distribution = Distribution.RESTRICTED) -> Negotiation:
    """The negotiation at a commit; what the audience may not see is left out, and answers to a text that it may not see."""
    entries = (entry.open_to(audience) for entry in snapshot.catalogues(snapshot.proposals()))
    seen = tuple(sorted(filter(None, entries), key=first_tabled))
    hidden = set(snapshot.proposals()) - {entry.treaty for entry in seen}
    known, answers = statuses(snapshot), _answers(snapshot)
    return Negotiation(
        calendar(snapshot),
        seen,
        tuple(s for s in known if s.distribution.open_to(audience) and s.what.partition(":")[0] not in hidden),
        tuple(a for a in answers if a.distribution.open_to(audience) and a.proposal not in hidden),
    )


def statuses(snapshot: Snapshot) -> tuple[Status, ...]:
    """All statuses that were recorded, whoever may see them."""
    return records.read_statuses(snapshot.read(layout.STATUSES) or b"", layout.STATUSES)


def _answers(snapshot: Snapshot) -> tuple[Answer, ...]:
    return records.read_answers(snapshot.read(layout.ANSWERS) or b"", layout.ANSWERS)


def record(store: Store, made: Status | Answer) -> str | None:
    """Add a status or an answer in one commit; None where it is the one that counts already."""
    from .concordances import decider, now

    snapshot = store.at()
    day = day_in(calendar(snapshot), made.round, made.date)
    made = replace(made, date=day, by=made.by or decider(store.repository))
    rows: list[Status | Answer]
    known: Status | Answer | None
    if isinstance(made, Status):
        path, earlier = layout.STATUSES, statuses(snapshot)
        known, about = records.current(earlier).get(made.what), f"{made.what}: {made.status}"
        rows = [*earlier, made]
    else:
        path, answers = layout.ANSWERS, _answers(snapshot)
        known, about = records.newest(answers).get((made.proposal, made.party)), f"{made.proposal}: {made.party}: {made.answer}"
        rows = [*answers, made]
    if known is not None and replace(known, by=made.by) == made:
        return None
    name, email = store.repository.identity()
    person = Person(name, email, now())
    message = f"Round {made.round}: {printable(about, ' ')}\n\nRound: {made.round}\nDistribution: {made.distribution}"
    return store.repository.commit({path: records.write(rows)}, message, person, person, parent=snapshot.commit)
