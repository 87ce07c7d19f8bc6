"""The concordance as a document: one row a line, the engine's proposals and what persons decided.

A decision is a line of its own behind the engine's proposal of the same pair, and never takes its place: two
reviewers who decide on neighbouring rows change no line that the other touches, so git merges their work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ..errors import StoreError
from ..printable import steers
from .concordance import LinkKind


class Origin(StrEnum):
    """Whose row it is: the engine's (`proposed`), or a person's who agreed, disagreed or knew of another one."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    ADDED = "added"


NONE = "none"
"""Kind of a row by which a person confirms that nothing answers a provision."""

_KINDS = (str(LinkKind.COUNTERPART), str(LinkKind.PARTIAL), NONE)
_WHEN = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: |$)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A provision that a row is about: its `wId`, how it was cited, and the text that was read.

    `sha256` is that of its plain text without the annexes that hang on it; `expression` is edition,
    language and legal date: `verbatim/eng@2016-02-04`.
    """

    wid: str
    citation: str
    sha256: str
    expression: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the document.

    Of a proposal `score` is the chance, 0..1; of a decision it is None, and `who`, `when` (ISO 8601, UTC) and `note` are
    set. One side is None where `kind` is `none`: nothing answers the other.
    """

    subject: Anchor | None
    base: Anchor | None
    origin: Origin
    kind: str
    score: float | None = None
    who: str = ""
    when: str = ""
    note: str = ""

    @property
    def decided(self) -> bool:
        """Whether a person made the row."""
        return self.origin is not Origin.PROPOSED

    @property
    def pair(self) -> tuple[str, str]:
        """The two wIds, empty where there is no provision."""
        return (self.subject.wid if self.subject else "", self.base.wid if self.base else "")

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """The provisions that it is about, the subject's first."""
        return tuple(side for side in (self.subject, self.base) if side is not None)

    def mirrored(self) -> Row:
        """The row with subject and base exchanged."""
        return replace(self, subject=self.base, base=self.subject)


def ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows in the document's order: by the subject's wId, then the base's, numbers in them by value; decisions last.

    No text is asked, so that a new expression moves no line.
    """
    return tuple(sorted(rows, key=lambda row: (*map(_natural, row.pair), row.pair, row.decided)))


def _natural(wid: str) -> tuple[bool, tuple[tuple[str, int, str], ...]]:
    """A key by which `art_9` comes before `art_10`, and what is empty last."""
    return not wid, tuple((words, len(number), number) for words, number in re.findall(r"([^0-9]*)([0-9]*)", wid))


def write(rows: Iterable[Row]) -> bytes:
    """The document's bytes: a JSON object a line, keys in one order, LF."""
    return "".join(json.dumps(_dict(row), ensure_ascii=False) + "\n" for row in ordered(rows)).encode()


def _dict(row: Row) -> dict[str, Any]:
    def side(anchor: Anchor | None) -> dict[str, str] | None:
        if anchor is None:
            return None
        return {
            "wId": anchor.wid,
            "citation": anchor.citation,
            "sha256": anchor.sha256,
            "expression": anchor.expression,
        }

    shared = {"subject": side(row.subject), "base": side(row.base), "origin": str(row.origin), "kind": row.kind}
    own = {"who": row.who, "when": row.when, "note": row.note} if row.decided else {"score": row.score}
    return {**shared, **own}


def read(data: bytes, path: str) -> tuple[Row, ...]:
    """The document's rows in order; raises StoreError, naming file and line, where one breaks the form."""
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
        raise _broken(path, at, "it is not UTF-8", "restore the file from git") from None
    rows: list[Row] = []
    seen: dict[tuple[str, str, bool], int] = {}
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if _CONFLICT.match(line):
            fix = "keep the rows that are right, take the marks out, then commit the file with git"
            raise _broken(path, n, "it has the marks of an unfinished merge", fix)
        try:
            row = _row(json.loads(line))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            missing = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise _broken(path, n, missing, "mend the line, or restore the file from git") from None
        first = seen.setdefault((*row.pair, row.decided), n)
        if first != n:
            what = "decision on" if row.decided else "proposal of"
            raise _broken(path, n, f"a {what} this pair stands on line {first} already", "keep one of the two lines")
        rows.append(row)
    return ordered(rows)


def _broken(path: str, line: int, cause: str, fix: str) -> StoreError:
    return StoreError(f"{path}, line {line}, is no row of a concordance.", cause=cause, fix=fix)


def _row(value: Any) -> Row:
    """A row from JSON; raises ValueError, TypeError, KeyError where it breaks the form."""
    if not isinstance(value, dict):
        raise TypeError("it is no JSON object")
    origin = Origin(_text(value, "origin"))
    kind = _text(value, "kind")
    keys = {"subject", "base", "origin", "kind", *(("score",) if origin is Origin.PROPOSED else ("who", "when", "note"))}
    if unknown := sorted(set(value) - keys):
        raise ValueError(f"a {origin} row has no “{unknown[0]:.40}”")
    subject, base = _anchor(value["subject"]), _anchor(value["base"])
    if kind not in _KINDS:
        raise ValueError(f"kind is “{kind:.40}”, known are {', '.join(_KINDS)}")
    if (subject is None or base is None) is not (kind == NONE) or (subject is None and base is None):
        raise ValueError("a row has two sides, one where its kind is none")
    if kind == NONE and origin is not Origin.CONFIRMED:
        raise ValueError("a row of kind none is confirmed")
    if origin is Origin.PROPOSED:
        score = value["score"]
        if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
            raise ValueError("score is no number from 0 to 1")
        return Row(subject, base, origin, kind, float(score))
    who, when, note = (_text(value, key) for key in ("who", "when", "note"))
    if not who or not _WHEN.fullmatch(when):
        raise ValueError("a decision says who made it, and when as 2026-01-31T12:00:00Z")
    return Row(subject, base, origin, kind, None, who, when, note)


def _anchor(value: Any) -> Anchor | None:
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) != {"wId", "citation", "sha256", "expression"}:
        raise TypeError("a side has wId, citation, sha256 and expression")
    found = Anchor(*(_text(value, key) for key in ("wId", "citation", "sha256", "expression")))
    if not found.wid or not _SHA256.fullmatch(found.sha256):
        raise ValueError("a side has a wId, and a sha256 of 64 hexadecimal digits")
    return found


def _text(value: dict[str, Any], key: str) -> str:
    found = value[key]
    if not isinstance(found, str):
        raise TypeError(f"{key} is not in quotation marks")
    if steers(found):
        raise ValueError(f"{key} has a character that steers a terminal")
    return found
