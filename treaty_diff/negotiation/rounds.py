"""The calendar of a negotiation: its rounds, and the sessions between them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day
from itertools import pairwise
from typing import Any

from ..errors import StoreError
from ..printable import steers


@dataclass(frozen=True, slots=True)
class Round:
    """A round: its number from 1, where, and its first and last day (ISO 8601)."""

    number: int
    place: str
    opens: str
    closes: str

    @property
    def tag(self) -> str:
        """Git's tag of the store at its end: `round-5`."""
        return f"round-{self.number}"

    @property
    def name(self) -> str:
        """`Round 5, Mexico City, 17–21 November 2017`."""
        return f"Round {self.number}, {self.place}, {span(self.opens, self.closes)}"


@dataclass(frozen=True, slots=True)
class Session:
    """A session between rounds: after which round, where, and when as far as known (`2017-12`)."""

    after: int
    place: str
    when: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The rounds in order, and the sessions between them."""

    rounds: tuple[Round, ...] = ()
    sessions: tuple[Session, ...] = ()

    def round(self, number: int) -> Round:
        """The round of a number; raises StoreError where the calendar has none."""
        found = next((r for r in self.rounds if r.number == number), None)
        if found is None:
            there = ", ".join(str(r.number) for r in self.rounds) or "none"
            raise StoreError(
                f"The calendar has no round {number}.",
                cause=f"it has rounds {there}",
                fix="name one of these, or add the round to negotiation/rounds.toml and commit it",
            )
        return found

    def fits(self, number: int, date: str) -> bool:
        """Whether a text of that date can have been tabled in a round: on or after its first day, before the next round's."""
        at = self.round(number)
        following = next((r.opens for r in self.rounds if r.number > number), "9999")
        return at.opens <= date < following


def span(opens: str, closes: str) -> str:
    """Two days as people write a period.

    >>> span("2017-11-17", "2017-11-21"), span("2018-02-25", "2018-03-05")
    ('17–21 November 2017', '25 February – 5 March 2018')
    """
    a, b = day.fromisoformat(opens), day.fromisoformat(closes)
    end = f"{b.day} {b:%B} {b.year}"
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{end}"
    return f"{a.day} {a:%B}{f' {a.year}' if a.year != b.year else ''} – {end}"


def read(data: bytes, path: str) -> Calendar:
    """A `rounds.toml`; raises StoreError, naming the file, where it is broken, or its rounds are out of order."""
    try:
        values = tomllib.loads(data.decode("utf-8"))
        rounds = tuple(_round(row) for row in _rows(values, "round"))
        sessions = tuple(
            Session(_number(row, "after"), _text(row, "place"), _text(row, "when")) for row in _rows(values, "session")
        )
        for earlier, later in pairwise(rounds):
            if earlier.number >= later.number or earlier.closes >= later.opens:
                raise ValueError(f"round {later.number} does not follow round {earlier.number}")
        return Calendar(rounds, sessions)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, RecursionError) as error:
        missing = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise StoreError(f"{path} cannot be read.", cause=missing, fix="repair the file, or restore it from git") from None


def _rows(values: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    rows = values.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TypeError(f"{key} is no list of tables")
    return rows


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str) or steers(value):
        raise TypeError(f"{key} is no plain text in quotation marks")
    return value


def _number(row: Mapping[str, Any], key: str) -> int:
    value = row[key]
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise TypeError(f"{key} is no number from 1")
    return value


def _round(row: Mapping[str, Any]) -> Round:
    found = Round(_number(row, "number"), _text(row, "place"), _text(row, "opens"), _text(row, "closes"))
    if any(day.fromisoformat(d).isoformat() != d for d in (found.opens, found.closes)) or found.opens > found.closes:
        raise ValueError(f"round {found.number} is no period of days, written YYYY-MM-DD")
    return found
