"""A row of a comparison as the rules read it: two texts, what is the same in them, and what answers what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Protocol, TypeVar

from ..redline.comparison import Op, Row, RowKind, Side
from .annotation import Words
from .line import Line, Reader


class Spanned(Protocol):
    """What stands somewhere in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last."""


F = TypeVar("F", bound=Spanned)

_ONLY = 0.5
"""How much the only two finds without an answer must say the same to answer each other wherever they stand."""


class Pair:
    """A row's two texts. Runs of changed segments are numbered; a run may be empty on one side."""

    def __init__(self, row: Row, reader: Reader) -> None:
        self._segments = segments = row.segments
        self.kind = row.kind
        self.sides: tuple[Side | None, Side | None] = row.base, row.subject
        self.differs = any(s.op is Op.DELETE or s.op is Op.INSERT for s in segments)
        self.whole = row.base is not None and row.subject is not None and row.kind is not RowKind.MOVED_AWAY
        """Whether both sides have words here."""
        base, subject = reader["".join([s.base for s in segments])], reader["".join([s.subject for s in segments])]
        self.lines: tuple[Line, Line] = base, subject
        self.texts: tuple[str, str] = base.text, subject.text
        self.lower: tuple[str, str] = base.low, subject.low

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """Where each segment begins on each side, and where the last one ends."""
        return (
            list(accumulate([len(s.base) for s in self._segments], initial=0)),
            list(accumulate([len(s.subject) for s in self._segments], initial=0)),
        )

    @cached_property
    def _runs(self) -> list[int]:
        """The number of the run of changes that each segment is part of, 0 where its words stayed."""
        out, run, before = [], 0, False
        for s in self._segments:
            run += s.changed and not before
            before = s.changed
            out.append(run if before else 0)
        return out

    def _at(self, side: int, where: int) -> int:
        """The segment that holds a character of a side."""
        edges = self._edges[side]
        n = min(bisect_right(edges, where) - 1, len(self._segments) - 1)
        while n > 0 and edges[n] == edges[n + 1]:
            n -= 1
        return max(n, 0)

    def runs(self, side: int, start: int, end: int) -> frozenset[int]:
        """The runs of changed words that characters of a side touch, those that are empty there and lie within among them."""
        edges = self._edges[side]
        first, last = self._at(side, start), self._at(side, max(start, end - 1))
        return frozenset(r for n, r in enumerate(self._runs[first : last + 1], first) if r and edges[n] < end)

    def changed(self, side: int, start: int, end: int) -> bool:
        """Whether any of the characters stand on this side only, or others were put between them."""
        return bool(self.runs(side, start, end))

    def share_changed(self, side: int, start: int, end: int) -> float:
        """The share of the characters `start:end` that stand on this side only."""
        edges, runs = self._edges[side], self._runs
        total, n = 0, self._at(side, start)
        while n < len(runs) and edges[n] < end:
            if runs[n]:
                total += max(0, min(edges[n + 1], end) - max(edges[n], start))
            n += 1
        return total / max(1, end - start)

    def across(self, start: int, end: int) -> tuple[int, int] | None:
        """The subject's characters that answer the base's `start:end`, as far as some stayed; None where none did."""
        first, last = self._at(0, start), self._at(0, max(start, end - 1))
        low = high = None
        for n in range(first, last + 1):
            if self._runs[n]:
                continue
            a, b = self._edges[0][n], self._edges[1][n]
            stop = self._edges[1][n + 1]
            same = self._segments[n].op is Op.EQUAL
            lo = b + max(0, start - a) if same else b
            hi = min(stop, b + end - a) if same else stop
            if hi > lo:
                low = lo if low is None else low
                high = hi
        return None if low is None or high is None else (low, high)

    def words(self, side: int, start: int, end: int) -> Words:
        """Characters of a side."""
        return Words(start, end, self.texts[side][start:end])

    def number(self, side: int) -> int:
        """How many characters of a side are its number and the blank after it."""
        mine = self.sides[side]
        if mine is None or not mine.num:
            return 0
        num = f"[{mine.num}]" if mine.note else mine.num
        return len(num) + 1 if self.texts[side].startswith(num) else 0

    def label(self, side: int) -> str:
        """How an item is named among its siblings: `(a)`."""
        mine = self.sides[side]
        return mine.num.rstrip(".") if mine is not None else ""

    @cached_property
    def alike(self) -> float:
        """The share of both texts' characters that stayed."""
        total = gone = 0
        for s in self._segments:
            size = len(s.base) + len(s.subject)
            total += size
            gone += size if s.changed else 0
        return 1.0 - gone / max(1, total)


def matched(pair: Pair, left: Sequence[F], right: Sequence[F], like: Callable[[F, F], float]) -> list[tuple[F | None, F | None]]:
    """What answers what of two sides' finds: where the words stayed, where one was put for the other, where they say the same.

    `like` is 0 to 1.5: how much two say the same, by themselves.
    """
    worth: dict[tuple[int, int], float] = {}
    touched = [pair.runs(1, y.start, y.end) for y in right]
    for i, x in enumerate(left):
        there = pair.across(x.start, x.end)
        runs = pair.runs(0, x.start, x.end)
        for j, y in enumerate(right):
            same = like(x, y)
            if same <= 0.0:
                continue
            if there is not None and there[0] < y.end and y.start < there[1]:
                same += 3.0
            elif runs & touched[j]:
                same += 1.0
            if same >= 1.0:
                worth[i, j] = same
    out: list[tuple[F | None, F | None]] = []
    free = set(range(len(right)))
    answers: dict[int, int] = {}
    for (i, j), _ in sorted(worth.items(), key=lambda w: (-w[1], abs(w[0][0] - w[0][1]), w[0])):
        if i not in answers and j in free:
            answers[i] = j
            free.discard(j)
    rest = [i for i in range(len(left)) if i not in answers]
    if len(rest) == len(free) == 1 and like(left[rest[0]], right[min(free)]) >= _ONLY:
        answers[rest[0]] = free.pop()
    for i, x in enumerate(left):
        out.append((x, right[answers[i]] if i in answers else None))
    out += [(None, right[j]) for j in sorted(free)]
    return out
