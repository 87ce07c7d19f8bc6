"""What became of a chapter or a provision, and what a Party answered to a proposal: one JSON object a line, oldest kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from ..errors import StoreError
from ..printable import printable, steers
from ..text.proposal import Distribution

CHAPTER = ("open", "substantively concluded", "closed", "scrubbed")
"""Statuses of a chapter or a topic, in the order of a negotiation; it may be reopened."""

PROVISION = ("tabled", "bracketed", "agreed ad referendum", "agreed")
"""Statuses of a provision."""

ANSWERS = ("non-starter", "open to", "studying")
"""What a Party answers to a proposal."""


@dataclass(frozen=True, slots=True)
class Status:
    """A status of `what` (`nafta1994:ch15`, `sunset`, `sunset/USA:2205.2`) from a round and a day on.

    `pending` says what it waits for, or who still confirms. `by` is who recorded it.
    """

    what: str
    status: str
    round: int
    date: str
    pending: str = ""
    note: str = ""
    by: str = ""
    distribution: Distribution = Distribution.PUBLIC


@dataclass(frozen=True, slots=True)
class Answer:
    """What a Party (ISO 3166-1 alpha-3) answered to a proposal (`sunset/USA`) in a round, on a day."""

    proposal: str
    party: str
    answer: str
    round: int
    date: str
    note: str = ""
    by: str = ""
    distribution: Distribution = Distribution.PUBLIC


_Record = TypeVar("_Record", Status, Answer)


def _key(record: Status | Answer) -> tuple[str, ...]:
    if isinstance(record, Status):
        return record.what, record.date
    return record.proposal, record.party, record.date


def write(records: Iterable[Status | Answer]) -> bytes:
    """The file of statuses or of answers: by what they are about, then by day; what was recorded first comes first.

    Raises StoreError for words that could not be read again.
    """
    kept = dict.fromkeys(records)
    for record in kept:
        for name, value in asdict(record).items():
            if isinstance(value, str) and steers(value):
                raise StoreError(
                    f"The {name} of {printable(_key(record)[0])} cannot be recorded.",
                    cause="it has a control character (a line's end is one) or one that turns the direction of writing",
                    fix="write it in one line, without that character",
                )
    lines = [json.dumps(asdict(record), ensure_ascii=False) for record in sorted(kept, key=_key)]
    return "".join(f"{line}\n" for line in lines).encode()


def read_statuses(data: bytes, path: str) -> tuple[Status, ...]:
    """The statuses of a file; raises StoreError, naming file and line, for one that is broken."""
    return _read(data, path, Status, lambda row: row.status in (*CHAPTER, *PROVISION))


def read_answers(data: bytes, path: str) -> tuple[Answer, ...]:
    """The answers of a file; raises StoreError, naming file and line, for one that is broken."""
    return _read(data, path, Answer, lambda row: row.answer in ANSWERS)


def current(statuses: Sequence[Status]) -> dict[str, Status]:
    """The status that counts of each thing: the newest, of one day the one recorded last."""
    found: dict[str, Status] = {}
    for status in sorted(statuses, key=lambda s: s.date):
        found[status.what] = status
    return found


def newest(answers: Sequence[Answer]) -> dict[tuple[str, str], Answer]:
    """The answer that counts of each proposal and Party."""
    found: dict[tuple[str, str], Answer] = {}
    for answer in sorted(answers, key=lambda a: a.date):
        found[answer.proposal, answer.party] = answer
    return found


def _read(data: bytes, path: str, kind: type[_Record], known: Callable[[_Record], bool]) -> tuple[_Record, ...]:
    out = []
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise _broken(path, 1, str(error)) from None
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            made = _record(json.loads(line), kind)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise _broken(path, n, str(error)) from None
        if not known(made):
            raise _broken(path, n, "it has a word that is no status and no answer")
        out.append(made)
    return tuple(out)


def _record(values: Mapping[str, Any], kind: type[_Record]) -> _Record:
    fields = kind.__slots__
    if not isinstance(values, dict) or set(values) != set(fields):
        raise ValueError(f"its keys are not {', '.join(fields)}")
    for name, value in values.items():
        if not isinstance(value, int if name == "round" else str) or isinstance(value, bool):
            raise TypeError(f"{name} is of another kind")
        if isinstance(value, str) and steers(value):
            raise ValueError(f"{name} has a character that steers a terminal")
    return kind(**{**values, "distribution": Distribution(values["distribution"])})


def _broken(path: str, line: int, cause: str) -> StoreError:
    return StoreError(f"{path}, line {line}, cannot be read.", cause=cause, fix="repair the line, or restore the file from git")
