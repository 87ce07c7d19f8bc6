"""A row of a comparison as the rules read it: two texts, what is the same in them, and what holds them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Protocol, TypeVar

from ..redline.comparison import HERE, Article, Op, Row, RowKind, Side
from .annotation import Annotation, Kind, Place, Words


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

    def __init__(self, row: Row) -> None:
        self._segments = row.segments
        self.kind = row.kind
        self.sides: tuple[Side | None, Side | None] = row.base, row.subject
        self.differs = any(s.changed for s in row.segments)

    @cached_property
    def texts(self) -> tuple[str, str]:
        """The base's characters and the subject's."""
        return "".join([s.base for s in self._segments]), "".join([s.subject for s in self._segments])

    @cached_property
    def lower(self) -> tuple[str, str]:
        """The same in small letters."""
        return lowered(self.texts[0]), lowered(self.texts[1])

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
        edges = self._edges[side]
        total = 0
        for n, run in enumerate(self._runs):
            if run:
                total += max(0, min(edges[n + 1], end) - max(edges[n], start))
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
    def whole(self) -> bool:
        """Whether both sides have words here."""
        return self.sides[0] is not None and self.sides[1] is not None and self.kind is not RowKind.MOVED_AWAY

    @cached_property
    def alike(self) -> float:
        """The share of both texts' characters that stayed."""
        total = gone = 0
        for s in self._segments:
            size = len(s.base) + len(s.subject)
            total += size
            gone += size if s.changed else 0
        return 1.0 - gone / max(1, total)


def lowered(text: str) -> str:
    """A text in small letters, character by character, so that places stay."""
    out = text.lower()
    return out if len(out) == len(text) else "".join([c.lower() if len(c.lower()) == 1 else c for c in text])


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


def _stands(pair: Pair, side: int) -> bool:
    if pair.sides[side] is None or (side == 0 and pair.kind in HERE):
        return False
    return pair.whole or (side == 0 and pair.kind in (RowKind.DELETED, RowKind.MOVED_AWAY)) or pair.kind is RowKind.INSERTED


def _is_heading(pair: Pair) -> bool:
    side = pair.sides[0] or pair.sides[1]
    return side is not None and side.kind in ("article", "annex", "appendix", "heading", "chapter")


class Sheet:
    """The rows of an article with what holds what on each side."""

    def __init__(self, article: Article, gone: bool, sure: Callable[[Row], bool], alike: float) -> None:
        self.article, self.gone = article, gone
        self.pairs = [Pair(row) for row in article.rows]
        self.sure = [sure(row) for row in article.rows]
        mixed = (RowKind.CHANGED, RowKind.MOVED_CHANGED)
        self._weak = [pair.kind in mixed and pair.alike < alike for pair in self.pairs]
        self._heading = [_is_heading(pair) for pair in self.pairs]
        self._stands = [[_stands(pair, side) for pair in self.pairs] for side in (0, 1)]
        ups: list[list[int]] = [[], []]
        for side in (0, 1):
            above: list[tuple[str, int]] = []
            for n, pair in enumerate(self.pairs):
                mine = pair.sides[side] if self.stands(n, side) else None
                if mine is None:
                    ups[side].append(-1)
                    continue
                # by eId, not by depth: the items of an unnumbered paragraph are printed at its own level
                while above and not (mine.eid.startswith(above[-1][0] + "__") or (mine.note and mine.eid == above[-1][0])):
                    above.pop()
                ups[side].append(above[-1][1] if above else -1)
                if not mine.note:
                    above.append((mine.eid, n))
        self.ups = ups
        held: list[list[list[int]]] = [[[] for _ in self.pairs] for _ in (0, 1)]
        for side in (0, 1):
            for n, up in enumerate(ups[side]):
                if up >= 0:
                    held[side][up].append(n)
        self.held = held

    def stands(self, n: int, side: int) -> bool:
        """Whether a row has words of a side in this place."""
        return self._stands[side][n]

    @cached_property
    def after(self) -> str:
        """All of the subject's lines in small letters."""
        return "\n".join([pair.lower[1] for n, pair in enumerate(self.pairs) if self.stands(n, 1)])

    def defines(self, n: int) -> bool:
        """Whether a row is a definition."""
        side = self.pairs[n].sides[0] or self.pairs[n].sides[1]
        return side is not None and side.kind == "definition" and not side.note

    def compared(self, n: int) -> bool:
        """Whether a row's two texts are weighed against each other: they differ, and enough stayed."""
        pair = self.pairs[n]
        return pair.differs and pair.whole and self.sure[n] and not self._heading[n] and not self._weak[n]

    def weak(self, n: int) -> bool:
        """Whether so little stayed of a line that it counts as gone and new."""
        return self._weak[n]

    def touched(self, n: int) -> bool:
        """Whether anything of a row changed."""
        return self.pairs[n].differs or not self.pairs[n].whole

    def lone(self, n: int, side: int) -> bool:
        """Whether a row stands on this side only."""
        kind = self.pairs[n].kind
        one_sided = kind is (RowKind.INSERTED if side else RowKind.DELETED)
        return (one_sided or self._weak[n]) and self.sure[n] and not self._heading[n]

    def names(self, rows: Sequence[int], side: int) -> list[str]:
        """How rows are named among their siblings, each name once."""
        return list(dict.fromkeys(name for n in rows if (name := self.pairs[n].label(side))))

    def made(
        self,
        rule: str,
        kind: Kind,
        severity: int,
        sentence: str,
        n: int,
        base: tuple[int, int] | None = None,
        subject: tuple[int, int] | None = None,
    ) -> Annotation:
        """An annotation of a row; `base` and `subject` are the characters concerned."""
        pair = self.pairs[n]
        return Annotation(
            rule,
            kind,
            severity,
            sentence,
            self.article.head.eid,
            n,
            self.place(n, 0),
            self.place(n, 1),
            (pair.words(0, *base),) if base is not None else (),
            (pair.words(1, *subject),) if subject is not None else (),
            self.gone,
        )

    def heading(self, n: int) -> bool:
        """Whether a row is the article's own line."""
        return self._heading[n]

    def place(self, n: int, side: int) -> Place | None:
        """Where a row stands on a side."""
        found = self.pairs[n].sides[side]
        if found is None:
            return None
        article = self.article
        heads = [a.head for a in article.answers] if side == 0 else []
        for head in (*heads, article.subject if side else article.base):
            if head is not None and (found.eid == head.eid or found.eid.startswith(head.eid + "__")):
                return Place(head.eid, found.eid, found.citation)
        return Place(found.eid, found.eid, found.citation)
