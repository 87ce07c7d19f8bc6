"""Which line of some articles goes with which of others, in order: one with one, one with several, or alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..text.identifiers import term_of
from ..text.model import Kind
from ..text.plain import Line
from .config import RedlineConfig
from .lexing import Lexer, Words

Pair = tuple[tuple[int, ...], tuple[int, ...]]
"""Lines that go together: places in the base, places in the subject; one of the two holds one place, or is empty."""

_MOST = 3
"""Lines into which one is looked for to have been split."""
_SHARED = 3
"""Content words that each of several lines must have of the one that they answer, and no other of them."""
_ANCHOR = 4
"""Content words from which a line that stands once on each side is taken as it is."""


@dataclass(slots=True)
class Item:
    """A line with what it is compared by: tokens, content words, the term it defines, the place of the line that holds it.

    `unit` is the eId of its article or annex; `head` whether it is that one's own line.
    """

    line: Line
    words: Words
    content: list[int]
    term: str
    up: int
    unit: str
    head: bool


def items(lines: Sequence[Line], unit: str, lexer: Lexer, after: int = 0) -> list[Item]:
    """The lines of one article, `after` others."""
    out: list[Item] = []
    above: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        while above and above[-1][0] >= line.depth:
            above.pop()
        words, content = lexer.read(line)
        term = term_of(line.provision) if line.provision.kind is Kind.DEFINITION and line.note is None else ""
        out.append(Item(line, words, content, term, above[-1][1] if above else -1, unit, n == 0))
        if line.note is None:
            above.append((line.depth, after + n))
    return out


def pair(
    base: Sequence[Item], subject: Sequence[Item], config: RedlineConfig, heads: tuple[int, int] | None = None
) -> list[Pair]:
    """The lines as they go together, each side in order; lone base lines come before lone subject lines.

    A line goes with the one that says most of the same; the same number and a like holder help. A footnote goes with a
    footnote, a table's row with a table's row, a definition with that of its term. `heads` are the places of the two
    headings that answer each other; other headings stand alone.
    """
    if not base or not subject:
        return [*(((i,), ()) for i in range(len(base))), *(((), (j,)) for j in range(len(subject)))]
    return _Pairing(base, subject, config, heads).run()


class _Pairing:
    def __init__(
        self, base: Sequence[Item], subject: Sequence[Item], config: RedlineConfig, heads: tuple[int, int] | None
    ) -> None:
        self.base, self.subject, self.config, self.heads = base, subject, config, heads
        bits: dict[tuple[int, int], int] = {}
        self.left = [_mask(x.content, bits) for x in base]
        self.right = [_mask(y.content, bits) for y in subject]
        self._trees = _trees(base), _trees(subject)
        self._holders: dict[tuple[int, int], float] = {}

    # -- how alike ------------------------------------------------------------------------

    def holders(self, i: int, j: int) -> float:
        """How alike all the words are of what holds two lines."""
        key = self.base[i].up, self.subject[j].up
        found = self._holders.get(key)
        if found is None:
            a = self._trees[0][key[0]] if key[0] >= 0 else 0
            b = self._trees[1][key[1]] if key[1] >= 0 else 0
            total = a.bit_count() + b.bit_count()
            found = self._holders[key] = 2.0 * (a & b).bit_count() / total if total else 1.0
        return found

    def gain(self, i: int, j: int, shared: int) -> float:
        """What it is worth to pair two lines that share some content words; 0 where they do not go together."""
        x, y, config = self.base[i], self.subject[j], self.config
        if x.head or y.head:
            return 9.0 if self.heads == (i, j) else 0.0
        a, b = x.line, y.line
        if (a.note is None) != (b.note is None) or (a.row is None) != (b.row is None):
            return 0.0
        total = len(x.content) + len(y.content)
        like = 2.0 * shared / total if total else float(x.words.ids == y.words.ids)
        same = a.num == b.num and a.depth == b.depth
        if not total and same:
            like = max(like, config.floor + config.parted)
        floor = config.floor if a.depth == b.depth else config.across
        if x.term or y.term:
            if x.term == y.term:
                like, same = max(like, floor), True
            elif x.term and y.term:
                floor = config.other_term
            else:
                floor = config.across
        if like < floor:
            return 0.0
        holders = self.holders(i, j)
        if like < floor + config.parted * (1.0 - holders):
            return 0.0
        return like - config.floor / 2 + config.label * same + config.holder * holders

    def several(self, one: Item, mask: int, others: Sequence[Item], masks: Sequence[int], total: int, alone: float) -> float:
        """What it is worth that several lines answer one; `alone` is what its best single pair is worth."""
        if any(x.head or x.line.note or x.line.row or x.term for x in (one, *others)):
            return 0.0
        for n, (x, m) in enumerate(zip(others, masks, strict=True)):
            own = (mask & m & ~_any([*masks[:n], *masks[n + 1 :]])).bit_count()
            if own < max(_SHARED, self.config.part * len(x.content)):
                return 0.0
        like = 2.0 * (mask & _any(masks)).bit_count() / (len(one.content) + total)
        return max(like, alone) + self.config.label if like >= self.config.several else 0.0

    # -- in order -------------------------------------------------------------------------

    def run(self) -> list[Pair]:
        out: list[Pair] = []
        i = j = 0
        for a, b in (*self._anchors(), (len(self.base), len(self.subject))):
            out += self._between(i, a, j, b)
            if a < len(self.base):
                out.append(((a,), (b,)))
            i, j = a + 1, b + 1
        return _tidy(self._joined(out))

    def _joined(self, pairs: list[Pair]) -> list[Pair]:
        """The pairs with each lone line that the words put in beside it account for: one that was split, or two that were merged."""
        mine = {i[0]: n for n, (i, j) in enumerate(pairs) if len(i) == 1 and not j}
        theirs = {j[0]: n for n, (i, j) in enumerate(pairs) if len(j) == 1 and not i}
        out: list[Pair | None] = list(pairs)
        for n, (i, j) in enumerate(pairs):
            if len(i) != 1 or len(j) != 1 or self.base[i[0]].words.ids == self.subject[j[0]].words.ids:
                continue
            for near in (i[0] - 1, i[0] + 1):
                if near in mine and self._adds(self.base[i[0]], self.base[near], self.subject[j[0]], before=near < i[0]):
                    out[mine.pop(near)] = None
                    out[n] = (tuple(sorted((i[0], near))), j)
                    break
            else:
                for near in (j[0] - 1, j[0] + 1):
                    if near in theirs and self._adds(self.subject[j[0]], self.subject[near], self.base[i[0]], before=near < j[0]):
                        out[theirs.pop(near)] = None
                        out[n] = (i, tuple(sorted((j[0], near))))
                        break
        return [pair for pair in out if pair is not None]

    def _adds(self, partner: Item, lone: Item, one: Item, *, before: bool) -> bool:
        """Whether a lone line, put before or after the partner of another, says what that one has more."""
        if len(lone.content) < _SHARED or any(x.head or x.line.note or x.line.row or x.term for x in (partner, lone, one)):
            return False
        from rapidfuzz.distance import LCSseq

        both = [*lone.content, *partner.content] if before else [*partner.content, *lone.content]
        gain = LCSseq.similarity(both, one.content) - LCSseq.similarity(partner.content, one.content)
        return bool(gain >= self.config.joined * len(lone.content))

    def _anchors(self) -> Iterator[tuple[int, int]]:
        """Lines that are the same and stand once on each side, as far as they are in order."""
        from .tokens import increasing

        def once(lines: Sequence[Item]) -> dict[tuple[int, ...], int]:
            seen: dict[tuple[int, ...], int] = {}
            for n, x in enumerate(lines):
                if len(x.content) >= _ANCHOR and not x.head:
                    key = (x.line.depth, x.line.note is not None, *x.words.ids)
                    seen[key] = -1 if key in seen else n
            return {key: n for key, n in seen.items() if n >= 0}

        there = once(self.subject)
        found = [(n, there[key]) for key, n in once(self.base).items() if key in there]
        if self.heads is not None:
            found = sorted([*found, self.heads])
        yield from increasing(found)

    def _between(self, i0: int, i1: int, j0: int, j1: int) -> list[Pair]:
        n, m = i1 - i0, j1 - j0
        if not n or not m:
            return [*(((i,), ()) for i in range(i0, i1)), *(((), (j,)) for j in range(j0, j1))]
        right = self.right[j0:j1]
        shared = [[(mask & other).bit_count() for other in right] for mask in self.left[i0:i1]]
        gains = [[self.gain(i0 + i, j0 + j, common) for j, common in enumerate(row)] for i, row in enumerate(shared)]
        score = [[0.0] * (m + 1) for _ in range(n + 1)]
        step = [[(1, 0)] * (m + 1) for _ in range(n + 1)]
        step[n] = [(0, 1)] * (m + 1)
        for i in range(n - 1, -1, -1):
            row, below, gain, steps = score[i], score[i + 1], gains[i], step[i]
            for j in range(m - 1, -1, -1):
                best, how = below[j], (1, 0)
                if row[j + 1] > best:
                    best, how = row[j + 1], (0, 1)
                worth = gain[j]
                if worth and worth + below[j + 1] > best:
                    best, how = worth + below[j + 1], (1, 1)
                if shared[i][j] >= _SHARED:
                    for k in range(2, _MOST + 1):
                        if j + k > m or shared[i][j + k - 1] < _SHARED:
                            break
                        more = self._split(i0 + i, j0 + j, k, worth)
                        if more and more + below[j + k] > best:
                            best, how = more + below[j + k], (1, k)
                    for k in range(2, _MOST + 1):
                        if i + k > n or shared[i + k - 1][j] < _SHARED:
                            break
                        more = self._merged(i0 + i, j0 + j, k, worth)
                        if more and more + score[i + k][j + 1] > best:
                            best, how = more + score[i + k][j + 1], (k, 1)
                row[j], steps[j] = best, how
        out: list[Pair] = []
        i = j = 0
        while i < n or j < m:
            a, b = (0, 1) if i == n else (1, 0) if j == m else step[i][j]
            out.append((tuple(range(i0 + i, i0 + i + a)), tuple(range(j0 + j, j0 + j + b))))
            i, j = i + a, j + b
        return out

    def _split(self, i: int, j: int, k: int, alone: float) -> float:
        others = self.subject[j : j + k]
        return self.several(self.base[i], self.left[i], others, self.right[j : j + k], sum(len(y.content) for y in others), alone)

    def _merged(self, i: int, j: int, k: int, alone: float) -> float:
        others = self.base[i : i + k]
        return self.several(
            self.subject[j], self.right[j], others, self.left[i : i + k], sum(len(x.content) for x in others), alone
        )


def _any(masks: Sequence[int]) -> int:
    out = 0
    for mask in masks:
        out |= mask
    return out


def _mask(content: Sequence[int], bits: dict[tuple[int, int], int]) -> int:
    """A bit for each occurrence of a word: what two masks share is what two texts have in common, repetitions counted."""
    times: dict[int, int] = {}
    mask = 0
    for word in content:
        nth = times.get(word, 0)
        times[word] = nth + 1
        mask |= 1 << bits.setdefault((word, nth), len(bits))
    return mask


def _trees(lines: Sequence[Item]) -> list[int]:
    """Of each line a bit for each content word of it and of all that it holds."""
    out = [0] * len(lines)
    for n in range(len(lines) - 1, -1, -1):
        for word in lines[n].content:
            out[n] |= 1 << word
        if lines[n].up >= 0:
            out[lines[n].up] |= out[n]
    return out


def _tidy(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs with the lone base lines of a gap before its lone subject lines."""
    out: list[Pair] = []
    waiting: list[Pair] = []
    for found in pairs:
        if not found[0]:
            waiting.append(found)
            continue
        if found[1]:
            out += waiting
            waiting = []
        out.append(found)
    return out + waiting
