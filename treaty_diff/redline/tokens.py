"""Word by word: how one line became another.

The diff core is rapidfuzz's longest common subsequence on the numbers of tokens; a clean-up pass then dissolves equal
runs that say nothing between changes, and moves a change to a clause's boundary where that costs nothing, so that a
redline reads as a lawyer would have marked it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..text.folding import WORD
from .citations import Cited, Follower
from .comparison import Op, Segment, Why
from .config import RedlineConfig
from .lexing import Lexer, Words

Block = tuple[bool, int, int, int, int]
"""Tokens that go together: whether they are equal, first and end in the base, first and end in the subject."""

_ENDS = {"\n": 5, ".": 4, ";": 3, ":": 3, ",": 2}
_LARGE = 4_000_000
"""Products of two lengths above which what is unique on both sides is paired first: the differ's cost is that product."""
_GRAM = 4


def diff(base: str, subject: str, *, language: str = "eng", config: RedlineConfig | None = None) -> tuple[Segment, ...]:
    """The segments that turn `base` into `subject`; joined, they give both back byte for byte."""
    lexer = Lexer(language, config or RedlineConfig())
    return Differ(lexer, config or RedlineConfig()).segments(lexer.text(base), lexer.text(subject))


class Differ:
    """Compares the tokens of two lines."""

    def __init__(self, lexer: Lexer, config: RedlineConfig, follower: Follower | None = None) -> None:
        self.lexer, self.config, self.follower = lexer, config, follower

    def blocks(self, left: Words, right: Words) -> list[Block]:
        """What is equal and what changed, in order, cleaned up."""
        ids = self._matched(left, right) if right.cites and left.cites else right.ids
        found = shortest(left.ids, ids)
        if len(found) > 2:
            found = self._dissolved(found, left)
        return self._settled(found, left, right)

    def segments(self, left: Words, right: Words) -> tuple[Segment, ...]:
        """The segments of two token lists."""
        out: list[Segment] = []
        for equal, a, b, c, d in self.blocks(left, right):
            if not equal:
                self._one_sided(out, Op.DELETE, left, a, b)
                self._one_sided(out, Op.INSERT, right, c, d)
            elif not left.cites and not right.cites and left.raws[a:b] == right.raws[c:d]:
                raw = "".join(left.raws[a:b])
                add(out, Op.EQUAL, raw, raw)
            else:
                for i, j in zip(range(a, b), range(c, d), strict=True):
                    self._pair(out, left, right, i, j)
        return tuple(out)

    def alone(self, words: Words, op: Op) -> tuple[Segment, ...]:
        """A token list that stands on one side only."""
        out: list[Segment] = []
        self._one_sided(out, op, words, 0, len(words.raws))
        return tuple(out)

    # -- citations ------------------------------------------------------------------------

    def _matched(self, left: Words, right: Words) -> list[int]:
        """The subject's numbers, a citation that follows one of the base's having that one's."""
        same = [left.ids[i] for i in left.cites] == [right.ids[j] for j in right.cites]
        if self.follower is None or same:
            return right.ids
        ids = list(right.ids)
        for j, new in right.cites.items():
            for i, old in left.cites.items():
                if self.follower.followed(old, new):
                    ids[j] = left.ids[i]
                    break
        return ids

    def _one_sided(self, out: list[Segment], op: Op, words: Words, start: int, end: int) -> None:
        """Tokens of one side; a citation that names nothing stands for itself."""
        follower = self.follower
        at = start
        if follower is not None and words.cites:
            for n, cite in words.cites.items():
                if start <= n < end and follower.dangling(cite, of_base=op is Op.DELETE):
                    side(out, op, "".join(words.raws[at:n]))
                    side(out, op, words.raws[n], Why.DANGLING)
                    at = n + 1
        side(out, op, "".join(words.raws[at:end]))

    def _pair(self, out: list[Segment], left: Words, right: Words, i: int, j: int) -> None:
        """Two tokens with one number: the same, or different where that is no change."""
        old, new = left.raws[i], right.raws[j]
        if why := self._said_of(left.cites.get(i), right.cites.get(j), changed=old.lstrip() != new.lstrip()):
            (was_gap, was), (gap, word) = _split(old), _split(new)
            _space(out, was_gap, gap)
            add(out, Op.EQUAL if was == word else Op.QUIET, was, word, why)
            return
        if old == new:
            add(out, Op.EQUAL, old, new)
            return
        (was_gap, was), (gap, word) = _split(old), _split(new)
        _space(out, was_gap, gap)
        if was == word:
            add(out, Op.EQUAL, was, word)
        elif _capitals(was, word, free=left.opens(i) or right.opens(j)):
            # only one of two like words has a capital that means something: `a Party`, `a party`
            add(out, Op.DELETE, was, "")
            add(out, Op.INSERT, "", word)
        else:
            add(out, Op.QUIET, was, word, Why.WORDING if " " in was or " " in word else Why.SPELLING)

    def _said_of(self, old: Cited | None, new: Cited | None, *, changed: bool) -> Why:
        """What is to be said of two citations that go together, `changed` whether their words differ."""
        follower = self.follower
        if follower is None or old is None or new is None:
            return Why.NONE
        if follower.dangling(new, of_base=False):
            return Why.DANGLING
        if follower.followed(old, new):
            return Why.FOLLOWED if changed else Why.NONE
        return Why.ASTRAY if follower.astray(old, new) else Why.NONE

    # -- cleaning up ----------------------------------------------------------------------

    def _dissolved(self, blocks: list[Block], left: Words) -> list[Block]:
        """Blocks without equal runs that say nothing between changes: a function word or two, or few words amid many."""
        lexer = self.lexer
        marks = lexer.marks
        out: list[Block] = []
        for n, block in enumerate(blocks):
            equal, a, b, _, _ = block
            if equal and 0 < n < len(blocks) - 1:
                ids = left.ids[a:b]
                said = [k for k in ids if k not in marks]
                if len(said) <= 2 and all(k in lexer.idle for k in said):
                    equal = False
                else:
                    before, after = blocks[n - 1], blocks[n + 1]
                    around = _size(out[-1] if out and not out[-1][0] else before) + _size(after)
                    content = sum(1 for k in said if k not in lexer.idle)
                    weight = content + 0.5 * (len(said) - content)
                    equal = weight >= self.config.island * around
                if not equal and any(left.raws[k] == "\n" for k in range(a, b)):
                    equal = True
            _put(out, (equal, *block[1:]))
        return out

    def _settled(self, blocks: list[Block], left: Words, right: Words) -> list[Block]:
        """The blocks with each one-sided change moved to a clause's boundary, where the words round it are the same."""
        out = list(blocks)
        for n in range(1, len(out) - 1):
            equal, a, b, c, d = out[n]
            if equal or (a < b and c < d) or not (out[n - 1][0] and out[n + 1][0]):
                continue
            raws = left.raws if a < b else right.raws
            start, end = (a, b) if a < b else (c, d)
            back = 0
            room = out[n - 1][2] - out[n - 1][1] - 1
            while (
                back < room
                and raws[start - 1 - back] == raws[end - 1 - back]
                and left.raws[a - 1 - back] == right.raws[c - 1 - back]
            ):
                back += 1
            on = 0
            room = out[n + 1][2] - out[n + 1][1] - 1
            while on < room and raws[start + on] == raws[end + on] and left.raws[b + on] == right.raws[d + on]:
                on += 1
            idle = self.lexer.idle
            own = (left if a < b else right).ids
            best = max(
                range(-back, on + 1),
                key=lambda k: (
                    _boundary(raws, start + k, end + k),
                    (own[start + k] in idle) - (own[end + k - 1] in idle),
                    -abs(k),
                ),
            )
            if best:
                out[n - 1] = (True, out[n - 1][1], out[n - 1][2] + best, out[n - 1][3], out[n - 1][4] + best)
                out[n] = (False, a + best, b + best, c + best, d + best)
                out[n + 1] = (True, out[n + 1][1] + best, out[n + 1][2], out[n + 1][3] + best, out[n + 1][4])
        return out


def _size(block: Block) -> int:
    return block[2] - block[1] + block[4] - block[3]


def _put(out: list[Block], block: Block) -> None:
    """Append a block, joined with the one before where both are of one kind."""
    if out and out[-1][0] == block[0]:
        last = out.pop()
        block = (block[0], last[1], block[2], last[3], block[4])
    if block[2] > block[1] or block[4] > block[3]:
        out.append(block)


def shortest(left: list[int], right: list[int]) -> list[Block]:
    """The blocks of a longest common subsequence, not cleaned up: what the redline is measured against."""
    return _merged(_opcodes(left, right))


def _merged(opcodes: Iterable[Block]) -> list[Block]:
    out: list[Block] = []
    for block in opcodes:
        _put(out, block)
    return out


def _opcodes(left: list[int], right: list[int]) -> list[Block]:
    """A longest common subsequence as blocks; what is the same at both ends is taken first."""
    if left == right:
        return [(True, 0, len(left), 0, len(right))]
    least = min(len(left), len(right))
    head = 0
    while head < least and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < least - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    n, m = len(left) - tail, len(right) - tail
    out: list[Block] = [(True, 0, head, 0, head)]
    if head in (n, m):
        out.append((False, head, n, head, m))
    elif (n - head) * (m - head) > _LARGE:
        out += _anchored(left[head:n], right[head:m], head)
    else:
        out += _core(left[head:n], right[head:m], head, head)
    out.append((True, n, len(left), m, len(right)))
    return out


def _core(left: list[int], right: list[int], a: int, c: int) -> list[Block]:
    from rapidfuzz.distance import LCSseq

    return [
        (op.tag == "equal", op.src_start + a, op.src_end + a, op.dest_start + c, op.dest_end + c)
        for op in LCSseq.opcodes(left, right)
    ]


def _anchored(left: list[int], right: list[int], shift: int) -> list[Block]:
    """The same for long texts: runs of words that stand once on each side are paired first, then what lies between."""
    out: list[Block] = []
    a = c = 0
    for i, j in increasing(_unique(left, right)):
        if i < a or j < c:
            continue
        out += _core(left[a:i], right[c:j], a + shift, c + shift)
        out.append((True, i + shift, i + _GRAM + shift, j + shift, j + _GRAM + shift))
        a, c = i + _GRAM, j + _GRAM
    return out + _core(left[a:], right[c:], a + shift, c + shift)


def _unique(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    """Places of the runs that stand once on each side, in the base's order."""

    def once(ids: list[int]) -> dict[tuple[int, ...], int]:
        seen: dict[tuple[int, ...], int] = {}
        for n in range(len(ids) - _GRAM + 1):
            gram = tuple(ids[n : n + _GRAM])
            seen[gram] = -1 if gram in seen else n
        return {gram: n for gram, n in seen.items() if n >= 0}

    there = once(right)
    return [(n, there[gram]) for gram, n in once(left).items() if gram in there]


def increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs that is in order on both sides (patience sorting)."""
    from bisect import bisect_left

    tops: list[int] = []
    piles: list[int] = []
    back: list[int] = []
    for n, (_, j) in enumerate(pairs):
        at = bisect_left(tops, j)
        back.append(piles[at - 1] if at else -1)
        if at == len(tops):
            tops.append(j)
            piles.append(n)
        else:
            tops[at], piles[at] = j, n
    out: list[tuple[int, int]] = []
    n = piles[-1] if piles else -1
    while n >= 0:
        out.append(pairs[n])
        n = back[n]
    return out[::-1]


def _boundary(raws: Sequence[str], start: int, end: int) -> int:
    """How well a run of tokens begins and ends with a clause: after a stop, or with the stop that begins it."""
    before = _ENDS.get(raws[start - 1].strip(" "), 0) if start else 5
    last = _ENDS.get(raws[end - 1].strip(" "), 0)
    return before + last


def _capitals(old: str, new: str, *, free: bool) -> bool:
    """Whether two like words have other capitals; the first letter's does not count where it is `free`."""
    if old[:1].isupper() != new[:1].isupper() and not free:
        return True
    return old[1:] != new[1:] and old.lower() == new.lower()


def _split(raw: str) -> tuple[str, str]:
    word = raw.lstrip(" \t\u00a0\r\f\v") or raw
    return raw[: len(raw) - len(word)], word


def _space(out: list[Segment], old: str, new: str) -> None:
    if old == new:
        if old:
            add(out, Op.EQUAL, old, new)
    elif old and new:
        add(out, Op.QUIET, old, new, Why.SPACE)
    else:
        side(out, Op.DELETE, old)
        side(out, Op.INSERT, new)


def side(out: list[Segment], op: Op, words: str, why: str = "") -> None:
    """Append words that stand on the side that `op` says, if there are any."""
    if words:
        add(out, op, *((words, "") if op is Op.DELETE else ("", words)), why)


def add(out: list[Segment], op: Op, base: str, subject: str, why: str = "") -> None:
    """Append a segment, joined with the one before where both are of one kind and not quiet."""
    if not base and not subject:
        return
    if (
        op in (Op.DELETE, Op.INSERT)
        and not (base + subject).strip(" ")
        and len(out) > 1
        and out[-1].op not in (Op.DELETE, Op.INSERT)
    ):
        # white space alone, after words that stayed: where a word was put in at the line's start
        out.append(Segment(op, base, subject, why))
        return
    if out and out[-1].op is op and op is not Op.QUIET and out[-1].why == why == "":
        last = out.pop()
        out.append(Segment(op, last.base + base, last.subject + subject))
    else:
        out.append(Segment(op, base, subject, why))


def counts(segments: Iterable[Segment]) -> tuple[int, int, int]:
    """Words of the segments: inserted, deleted, equal (quiet ones among them)."""
    inserted = deleted = equal = 0
    for segment in segments:
        if segment.op is Op.DELETE:
            deleted += len(WORD.findall(segment.base))
        elif segment.op is Op.INSERT:
            inserted += len(WORD.findall(segment.subject))
        else:
            equal += len(WORD.findall(segment.subject))
    return inserted, deleted, equal
