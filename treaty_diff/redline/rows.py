"""Which line of one article goes with which of the other, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..text.folding import words
from ..text.plain import Line

_FLOOR = 0.3
_LABEL = 0.12


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    return 2.0 * (a & b).total() / total if total else 0.0


def pair(base: Sequence[Line], subject: Sequence[Line]) -> list[tuple[int | None, int | None]]:
    """Pairs of line numbers (base, subject), each side in order; None where a line stands alone.

    A line goes with the one that says most of the same words; the same number is a
    small help. A footnote goes with a footnote only. Lone base lines come before lone subject lines.
    """
    left = [Counter(words(line.words)) for line in base]
    right = [Counter(words(line.words)) for line in subject]
    n, m = len(base), len(subject)
    score = [[0.0] * (m + 1) for _ in range(n + 1)]
    step = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        row, below = score[i], score[i + 1]
        for j in range(m - 1, -1, -1):
            best, how = below[j], 1
            if row[j + 1] > best:
                best, how = row[j + 1], 2
            if (base[i].note is None) == (subject[j].note is None):
                like = _likeness(left[i], right[j])
                if like < _FLOOR and not left[i] and not right[j] and base[i].num == subject[j].num:
                    like = _FLOOR
                if like >= _FLOOR:
                    value = like - _FLOOR / 2 + below[j + 1]
                    if base[i].num == subject[j].num and base[i].depth == subject[j].depth:
                        value += _LABEL
                    if value > best:
                        best, how = value, 3
            row[j], step[i][j] = best, how
    out: list[tuple[int | None, int | None]] = []
    alone: list[int] = []
    i = j = 0
    while i < n or j < m:
        how = 1 if j == m else 2 if i == n else step[i][j]
        if how == 1:
            out.append((i, None))
            i += 1
        elif how == 2:
            alone.append(j)
            j += 1
        if how == 3 or (i == n and j == m):
            out += [(None, k) for k in alone]
            alone = []
        if how == 3:
            out.append((i, j))
            i, j = i + 1, j + 1
    return out + [(None, k) for k in alone]
