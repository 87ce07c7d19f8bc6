"""What a Party changes in a base: line against line, and in lines that are much the same word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"\n|[^\S\n]+|[^\W_]+|[^\w\s]|_")
_NUMBER = re.compile(r"(?:\d+[a-z]?\.|\([0-9A-Za-z]{1,5}\)|(?:Article|Annex) \S+(?: (?:bis|ter|quater))?)[^\S\n]+")
_ENDS = frozenset(".;:,\n")

_SAME = 60.0
"""How much of two lines must agree, of 100, for their words to be compared; lines that agree less are alternatives as a whole."""

_ANSWERS = 35.0
"""How much of two lines must agree for the one to stand in the place of the other."""

_LARGE = 40_000
"""Products of two counts of lines above which a gap between lines that are the same is one change."""


@dataclass(frozen=True, slots=True)
class Change:
    """Base tokens `start:end` that a Party has as `words`."""

    start: int
    end: int
    words: str


def tokens(text: str) -> list[str]:
    """The words, blanks, signs and line ends of a text; joined, they are the text."""
    return _TOKEN.findall(text)


def changes(base: Sequence[str], text: Sequence[str]) -> list[Change]:
    """What turns the tokens of a base into those of a text, in order, none touching another."""
    old, new = _lines(base), _lines(text)
    out: list[Change] = []
    at = 0
    for i, j in _paired(old, new):
        if i is None:
            _add(out, Change(at, at, "".join(new[j or 0])))
            continue
        start, at = at, at + len(old[i])
        if j is None:
            _add(out, Change(start, at, ""))
        elif old[i] != new[j]:
            for change in _within(old[i], new[j]):
                _add(out, Change(start + change.start, start + change.end, change.words))
    return [_slid(base, change) for change in out]


def _lines(found: Sequence[str]) -> list[list[str]]:
    out: list[list[str]] = [[]]
    for token in found:
        out[-1].append(token)
        if token == "\n":
            out.append([])
    return out if out[-1] else out[:-1]


def _add(out: list[Change], change: Change) -> None:
    """A change, one with the one that it touches."""
    if out and out[-1].end == change.start:
        before = out.pop()
        change = Change(before.start, change.end, before.words + change.words)
    out.append(change)


def _paired(old: Sequence[list[str]], new: Sequence[list[str]]) -> Iterator[tuple[int | None, int | None]]:
    """The lines that go together, in order; between two pairs lone base lines come first."""
    from rapidfuzz.distance import Indel

    before, after = ["".join(line) for line in old], ["".join(line) for line in new]
    i = j = 0
    for op in Indel.opcodes(before, after):
        if op.tag != "equal":
            continue
        yield from _answering(before, after, (i, op.src_start), (j, op.dest_start))
        yield from zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)
        i, j = op.src_end, op.dest_end
    yield from _answering(before, after, (i, len(before)), (j, len(after)))


def _answering(
    before: Sequence[str], after: Sequence[str], mine: tuple[int, int], theirs: tuple[int, int]
) -> Iterator[tuple[int | None, int | None]]:
    """Lines between lines that are the same: those that are alike go together, so that the most agrees."""
    from rapidfuzz.fuzz import ratio

    rows, columns = range(*mine), range(*theirs)
    n, m = len(rows), len(columns)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    alike = [[0.0] * m for _ in range(n)]
    if n * m <= _LARGE:
        for a in range(n - 1, -1, -1):
            for b in range(m - 1, -1, -1):
                alike[a][b] = ratio(before[rows[a]], after[columns[b]], score_cutoff=_ANSWERS)
                together = best[a + 1][b + 1] + alike[a][b] if alike[a][b] else 0.0
                best[a][b] = max(best[a + 1][b], best[a][b + 1], together)
    a = b = 0
    waiting: list[int] = []
    while a < n or b < m:
        if a < n and b < m and alike[a][b] and best[a][b] == best[a + 1][b + 1] + alike[a][b]:
            yield from ((None, j) for j in waiting)
            waiting = []
            yield rows[a], columns[b]
            a, b = a + 1, b + 1
        elif a < n and (b == m or best[a][b] == best[a + 1][b]):
            yield rows[a], None
            a += 1
        else:
            waiting.append(columns[b])
            b += 1
    yield from ((None, j) for j in waiting)


def _within(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """What changes in a line: words where most of it stays, else all but its number and its end."""
    from rapidfuzz.distance import Indel

    if 100 * Indel.normalized_similarity(old, new) >= _SAME:
        return [
            Change(op.src_start, op.src_end, "".join(new[op.dest_start : op.dest_end]))
            for op in Indel.opcodes(old, new)
            if op.tag != "equal"
        ]
    number = _NUMBER.match("".join(old))
    start = len(tokens(number[0])) if number is not None and "".join(new).startswith(number[0]) else 0
    end = int(old[-1] == new[-1] == "\n")
    return [Change(start, len(old) - end, "".join(new[start : len(new) - end]))]


def _slid(base: Sequence[str], change: Change) -> Change:
    """What begins with the end of a sentence or clause and stands before the same one begins behind it as well."""
    found = tokens(change.words) if change.start == change.end else base[change.start : change.end]
    following = base[change.end] if change.end < len(base) else ""
    if not found or found[0] not in _ENDS or found[0] != following or (change.words and change.start < change.end):
        return change
    words = "".join([*found[1:], found[0]]) if change.words else ""
    return Change(change.start + 1, change.end + 1, words)
