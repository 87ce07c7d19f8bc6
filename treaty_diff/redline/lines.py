"""The lines of all articles of a comparison, paired, and the row that each pair becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .comparison import Op, Row, RowKind, Segment, Why
from .config import RedlineConfig
from .lexing import Lexer, Words
from .moves import Lines, likeness, moves
from .rows import Item, Pair, items, pair
from .sides import Text
from .tokens import Differ, add, side

Place = tuple[int, int]
"""Where a line stands: the number of its bundle, its own place there."""

_FIRM = 0.5
"""How alike the lines of a pair are from which none is looked for elsewhere."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Articles compared together, by eId, with their lines and how these go together."""

    bases: tuple[str, ...]
    subjects: tuple[str, ...]
    base: list[Item]
    subject: list[Item]
    pairs: list[Pair]


def bundle(
    bases: tuple[str, ...], subjects: tuple[str, ...], left: Text, right: Text, lexer: Lexer, config: RedlineConfig
) -> Bundle:
    """The lines of some articles of both texts, paired; the first of each side answer each other."""
    base: list[Item] = []
    for eid in bases:
        base += items(left.lines(eid), eid, lexer, len(base))
    subject: list[Item] = []
    for eid in subjects:
        subject += items(right.lines(eid), eid, lexer, len(subject))
    pairs = pair(base, subject, config, (0, 0) if base and subject else None)
    return Bundle(bases, subjects, base, subject, pairs)


@dataclass(frozen=True, slots=True)
class Moved:
    """Where lines came from: the subject's places to the base's, and back."""

    to: Mapping[Place, Place]
    back: Mapping[Place, Place]


def moved(bundles: Sequence[Bundle], config: RedlineConfig) -> Moved:
    """The lines of all bundles that stand elsewhere in the other text.

    Looked at are lines without partner and those whose partner is little alike.
    """
    base: dict[Place, Item] = {}
    subject: dict[Place, Item] = {}
    held: tuple[dict[Place, float], dict[Place, float]] = ({}, {})
    for n, b in enumerate(bundles):
        for mine, theirs in b.pairs:
            if len(mine) > 1 or len(theirs) > 1:
                continue
            like = 0.0
            if mine and theirs:
                like = likeness(b.base[mine[0]].content, b.subject[theirs[0]].content)
                if like >= _FIRM or b.base[mine[0]].head:
                    continue
            for i in mine:
                base[n, i], held[0][n, i] = b.base[i], like
            for j in theirs:
                subject[n, j], held[1][n, j] = b.subject[j], like
    to = moves(Lines(base, held[0]), Lines(subject, held[1]), config)
    return Moved(to, {there: here for here, there in to.items()})


class Rows:
    """Makes rows of pairs."""

    def __init__(self, bundles: Sequence[Bundle], moved: Moved, left: Text, right: Text, differ: Differ) -> None:
        self.bundles, self.moved, self.left, self.right, self.differ = bundles, moved, left, right, differ

    def of(self, n: int) -> Iterator[tuple[str, Row]]:
        """The rows of a bundle in order, each with the eId of the article under which it is shown."""
        b = self.bundles[n]
        unit = b.subjects[0] if b.subjects else b.bases[0]
        for mine, theirs in b.pairs:
            if len(mine) == len(theirs) == 1 and ((n, mine[0]) in self.moved.back or (n, theirs[0]) in self.moved.to):
                parts: tuple[Pair, ...] = ((mine, ()), ((), theirs))
            else:
                parts = ((mine, theirs),)
            for i, j in parts:
                if j and b.subject[j[0]].unit != unit:
                    unit = b.subject[j[0]].unit
                for row in self._rows(n, i, j):
                    yield unit, row

    def _rows(self, n: int, mine: tuple[int, ...], theirs: tuple[int, ...]) -> Iterator[Row]:
        b = self.bundles[n]
        if not theirs:
            yield self._base_alone((n, mine[0]), b.base[mine[0]])
        elif not mine:
            yield self._subject_alone((n, theirs[0]), b.subject[theirs[0]])
        elif len(mine) == len(theirs) == 1:
            yield self._pair(b.base[mine[0]], b.subject[theirs[0]])
        elif len(mine) == 1:
            yield from self._parted(b.base[mine[0]], [b.subject[j] for j in theirs], RowKind.SPLIT)
        else:
            yield from self._parted(b.subject[theirs[0]], [b.base[i] for i in mine], RowKind.MERGED)

    def _base_alone(self, place: Place, item: Item) -> Row:
        there = self.moved.back.get(place)
        side = self.left.side(item.line)
        if there is not None:
            other = self.right.side(self.bundles[there[0]].subject[there[1]].line)
            return Row(RowKind.MOVED_AWAY, side, other, (Segment(Op.DELETE, item.line.text, ""),))
        return Row(RowKind.DELETED, side, None, self._whole(item, Op.DELETE))

    def _subject_alone(self, place: Place, item: Item) -> Row:
        origin = self.moved.to.get(place)
        if origin is None:
            return Row(RowKind.INSERTED, None, self.right.side(item.line), self._whole(item, Op.INSERT))
        row = self._pair(self.bundles[origin[0]].base[origin[1]], item)
        changed = any(s.changed for s in row.segments)
        return Row(RowKind.MOVED_CHANGED if changed else RowKind.MOVED, row.base, row.subject, row.segments)

    def _whole(self, item: Item, op: Op) -> tuple[Segment, ...]:
        text = item.line.text
        out: list[Segment] = []
        if not item.words.cites:
            side(out, op, text)
            return tuple(out)
        side(out, op, text[: _cut(item)])
        for part in self.differ.alone(item.words, op):
            add(out, part.op, part.base, part.subject, part.why)
        side(out, op, "\n")
        return tuple(out)

    def _pair(self, base: Item, subject: Item) -> Row:
        a, b = self.left.side(base.line), self.right.side(subject.line)
        out: list[Segment] = []
        number = base.line.text[: _cut(base)], subject.line.text[: _cut(subject)]
        if any(number):
            same = number[0] == number[1]
            add(out, Op.EQUAL if same else Op.QUIET, *number, "" if same else Why.NUMBER)
        for s in self._words(base, subject):
            add(out, s.op, s.base, s.subject, s.why)
        add(out, Op.EQUAL, "\n", "\n")
        changed = any(s.changed for s in out)
        kind = RowKind.CHANGED if changed else RowKind.RENUMBERED if base.line.num != subject.line.num else RowKind.EQUAL
        return Row(kind, a, b, tuple(out))

    def _words(self, base: Item, subject: Item) -> tuple[Segment, ...]:
        """The segments of two lines' words; of two rows of a table with as many cells, cell by cell."""
        old, new = base.line.row, subject.line.row
        if old is None or new is None or len(old) != len(new):
            return self.differ.segments(base.words, subject.words)
        out: list[Segment] = []
        for n, (one, two) in enumerate(zip(old, new, strict=True)):
            if n:
                out.append(Segment(Op.EQUAL, "\t", "\t"))
            lexer = self.differ.lexer
            out += self.differ.segments(lexer.text(one.text.content), lexer.text(two.text.content))
        return tuple(out)

    def _parted(self, one: Item, others: Sequence[Item], kind: RowKind) -> Iterator[Row]:
        """Rows of one line and the several that answer it: the one is cut where they end."""
        words = [other.words for other in others]
        end = 0
        for n, other in enumerate(others):
            last = n == len(others) - 1
            start, end = end, len(one.words.ids) if last else self._end(one.words, end, words[n:])
            cut = _slice(one.words, start, end)
            number = one.line.text[: _cut(one)] if not n else "", other.line.text[: _cut(other)]
            if kind is RowKind.SPLIT:
                segments = self._part(cut, words[n], number, ("\n" if last else "", "\n"))
                yield Row(kind, self.left.side(one.line), self.right.side(other.line), segments)
            else:
                segments = self._part(words[n], cut, (number[1], number[0]), ("\n", "\n" if last else ""))
                yield Row(kind, self.left.side(other.line), self.right.side(one.line), segments)

    def _part(self, old: Words, new: Words, number: tuple[str, str], ends: tuple[str, str]) -> tuple[Segment, ...]:
        out: list[Segment] = []
        if any(number):
            same = number[0] == number[1]
            add(out, Op.EQUAL if same else Op.QUIET, *number, "" if same else Why.NUMBER)
        gaps = _gap(old), _gap(new)
        if gaps[0] != gaps[1]:
            add(out, Op.QUIET, *gaps, Why.BREAK)
            old, new = _ungapped(old), _ungapped(new)
        for s in self.differ.segments(old, new):
            add(out, s.op, s.base, s.subject, s.why)
        add(out, Op.EQUAL if ends[0] == ends[1] else Op.QUIET, *ends, "" if ends[0] == ends[1] else Why.BREAK)
        return tuple(out)

    def _end(self, one: Words, start: int, others: Sequence[Words]) -> int:
        """Where the first of several lines ends in the one that they answer: after a stop, if one is near."""
        first, rest = others[0], [n for other in others[1:] for n in other.ids]
        joined = Words([*first.raws, *(raw for other in others[1:] for raw in other.raws)], [*first.ids, *rest])
        border = len(first.ids)
        low, high = start, len(one.ids)
        for equal, a, _, c, d in self.differ.blocks(_slice(one, start, len(one.ids)), joined):
            if equal and c < border:
                low = start + a + min(d, border) - c
            if equal and d > border:
                high = start + a + max(0, border - c)
                break
        for at in range(low, max(low, high) + 1):
            if start < at <= len(one.raws) and one.raws[at - 1].strip() in {".", ";", ":"}:
                return at
        return max(low, start)


def _cut(item: Item) -> int:
    """How many characters of a line stand before its words."""
    return len(item.line.text) - len(item.line.words) - 1


def _slice(words: Words, start: int, end: int) -> Words:
    cites = {n - start: c for n, c in words.cites.items() if start <= n < end}
    return Words(words.raws[start:end], words.ids[start:end], cites)


def _gap(words: Words) -> str:
    return words.raws[0][: len(words.raws[0]) - len(words.raws[0].lstrip())] if words.raws else ""


def _ungapped(words: Words) -> Words:
    if not words.raws:
        return words
    return Words([words.raws[0][len(_gap(words)) :], *words.raws[1:]], words.ids, words.cites)
