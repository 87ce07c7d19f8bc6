"""What speaks for a pair of articles in their own words, one matrix a signal: rows are left units, columns right units.

Every signal is symmetric: exchanging the two texts transposes it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .features import Unit, Words

if TYPE_CHECKING:
    from .features import Matrix, Numbers

PASSAGE = 4
"""Words in a row that make a shared passage."""
_LETTERS = 4
"""Letters in a row by which headings are compared."""
_DENSE = 4000
"""A term that this many pairs share is multiplied out, a rarer one joined."""
_COMMON = 60
"""A passage that more pairs share is boilerplate."""
_FEW, _MANY = 3_000, 150_000
"""Pairs there are to choose from, between which a choice says the more the more there are."""
RIVALS = 5
"""How many of the nearest others a pair has to stand apart from."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Weighted terms of units: parallel arrays of unit, term and weight; terms are numbered without gaps."""

    owner: Numbers
    term: Numbers
    weight: Matrix
    size: int


def _distinct(owner: Numbers, term: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Each unit's terms once: unit, term, how often."""
    import numpy as np

    span = int(term.max()) + 1 if len(term) else 1
    key, count = np.unique(owner * span + term, return_counts=True)
    return key // span, key % span, count


def _tfidf(owner: Numbers, term: Numbers, units: int) -> Terms:
    """Terms weighed by how rare they are over both texts, each unit's vector of length one."""
    import numpy as np

    known, term = np.unique(term, return_inverse=True)
    owner, term, count = _distinct(owner, term)
    frequency = np.bincount(term, minlength=len(known))
    weight = (1.0 + np.log(count)) * np.log((units + 1) / frequency)[term]
    norm = np.sqrt(np.bincount(owner, weight * weight, minlength=units))
    return Terms(owner, term, weight / np.maximum(norm[owner], 1e-9), len(known))


def _told(owner: Numbers, term: Numbers, units: int) -> Terms:
    """The terms of each unit once, weighed by how rare they are over both texts."""
    import numpy as np

    known, term = np.unique(term, return_inverse=True)
    owner, term, _ = _distinct(owner, term)
    rarity = np.log((units + 1) / np.bincount(term, minlength=len(known)))
    return Terms(owner, term, rarity[term], len(known))


def beyond(told: Terms, left: int, right: int, chance: Matrix) -> tuple[Matrix, Matrix]:
    """How much of one unit's words another says that the other's best answer does not have: by the rows' best, and the columns'.

    The words that the best answer has count the less the surer it is. This finds the second part of what was split.
    """
    import numpy as np

    total = np.maximum(np.bincount(told.owner, told.weight, minlength=left + right), 1e-9)
    mine = told.owner < left
    best = np.concatenate([left + chance.argmax(axis=1), chance.argmax(axis=0)])
    sure = np.concatenate([chance.max(axis=1), chance.max(axis=0)])
    # owners and terms are in order, so that the words of a unit can be looked up
    keys = told.owner * told.size + told.term
    asked = best[told.owner] * told.size + told.term
    found = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    rest = told.weight * (1.0 - sure[told.owner] * (keys[found] == asked))
    rows = product(Terms(told.owner, told.term, np.where(mine, rest, 1.0), told.size), left, right)
    columns = product(Terms(told.owner, told.term, np.where(mine, 1.0, rest), told.size), left, right)
    return rows / total[None, left:], columns / total[:left, None]


def product(terms: Terms, left: int, right: int, *, common: int | None = None) -> Matrix:
    """Sum of the weights' products over shared terms, `left` × `right`; terms in more than `common` pairs count nothing."""
    import numpy as np

    mine = terms.owner < left
    here = np.bincount(terms.term[mine], minlength=terms.size)
    there = np.bincount(terms.term[~mine], minlength=terms.size)
    pairs = here * there
    allowed = pairs > 0 if common is None else (pairs > 0) & (pairs <= common)
    dense, joined = allowed & (pairs > _DENSE), allowed & (pairs <= _DENSE)
    out = np.zeros((left, right))
    if dense.any():
        column = np.cumsum(dense) - 1
        table = np.zeros((left + right, int(dense.sum())), dtype=np.float32)
        kept = dense[terms.term]
        table[terms.owner[kept], column[terms.term[kept]]] = terms.weight[kept]
        out += table[:left] @ table[left:].T
    if joined.any():
        a, b = np.flatnonzero(mine & joined[terms.term]), np.flatnonzero(~mine & joined[terms.term])
        b = b[np.argsort(terms.term[b], kind="stable")]
        first = np.searchsorted(terms.term[b], terms.term[a])
        times = there[terms.term[a]]
        index = np.repeat(np.arange(len(a)), times)
        start = np.cumsum(times) - times
        other = b[np.repeat(first - start, times) + np.arange(len(index))]
        cell = terms.owner[a][index] * right + (terms.owner[other] - left)
        out += np.bincount(cell, terms.weight[a][index] * terms.weight[other], minlength=left * right).reshape(left, right)
    return out


def _sets(sets: Sequence[frozenset[str]] | Sequence[list[str]], units: int, *, rare: bool) -> Terms:
    """Sets (or lists) of strings as terms: weighed by rarity and made of length one, or each counting one."""
    import numpy as np

    ids: dict[str, int] = {}
    owner: list[int] = []
    term: list[int] = []
    for n, bag in enumerate(sets):
        before = len(term)
        term += [ids.setdefault(item, len(ids)) for item in (bag if isinstance(bag, list) else sorted(bag))]
        owner += [n] * (len(term) - before)
    numbers = np.array(owner, dtype=np.int64), np.array(term, dtype=np.int64)
    if rare:
        return _tfidf(*numbers, units)
    return Terms(*numbers, np.ones(len(owner)), len(ids))


@lru_cache(maxsize=1 << 14)
def _letters(heading: tuple[str, ...]) -> list[str]:
    text = f"  {' '.join(heading)} "
    return [text[n : n + _LETTERS] for n in range(max(1, len(text) - _LETTERS + 1))]


def jaccard(sets: Sequence[frozenset[str]], left: int) -> Matrix:
    """What two sets share over what they have together."""
    import numpy as np

    shared = product(_sets(sets, len(sets), rare=False), left, len(sets) - left)
    size = np.array([len(s) for s in sets])
    out: Matrix = shared / np.maximum(size[:left, None] + size[None, left:] - shared, 1)
    return out


def apart(matrix: Matrix, rivals: int = RIVALS) -> Matrix:
    """How far each pair stands above the nearest others in its row and its column; where there is none, above nothing."""
    import numpy as np

    def others(m: Matrix) -> Matrix:
        padded = np.concatenate([m, np.zeros((len(m), rivals + 1))], axis=1)
        top = -np.sort(-np.partition(padded, -(rivals + 1), axis=1)[:, -(rivals + 1) :], axis=1)
        sums = np.cumsum(top, axis=1)
        inside = m >= top[:, rivals - 1 : rivals]
        return np.where(inside, sums[:, rivals : rivals + 1] - m, sums[:, rivals - 1 : rivals]) / rivals

    return matrix - 0.5 * (others(matrix) + others(matrix.T).T)


def _of_best(matrix: Matrix) -> tuple[Matrix, Matrix]:
    """Each value as a share of the best in its row and in its column: the lower share and the higher."""
    import numpy as np

    row = matrix / np.maximum(matrix.max(axis=1, keepdims=True), 1e-9)
    column = matrix / np.maximum(matrix.max(axis=0, keepdims=True), 1e-9)
    return np.minimum(row, column), np.maximum(row, column)


def _passages(words: Words, left: int, units: int) -> tuple[Matrix, Matrix, Matrix]:
    """Passages that two units share: how many (rare ones counting more), and their share of each unit, lower and higher."""
    import numpy as np

    right = units - left
    size = int(words.number.max()) + 1 if len(words.number) else 1
    length = len(words.number) - PASSAGE + 1
    if length <= 0:
        zero = np.zeros((left, right))
        return zero, zero, zero
    key = np.zeros(length, dtype=np.int64)
    whole = np.ones(length, dtype=bool)
    for n in range(PASSAGE):
        part = words.number[n : n + length]
        key = key * size + part
        whole &= part != 0
    owner = words.owner[:length][whole]
    known, term = np.unique(key[whole], return_inverse=True)
    total = np.bincount(owner, minlength=units)
    side = np.zeros((2, len(known)), dtype=bool)
    mine = owner < left
    side[0, term[mine]] = True
    side[1, term[~mine]] = True
    shared = (side[0] & side[1])[term]
    owner, term, _ = _distinct(owner[shared], term[shared])
    here = np.bincount(term[owner < left], minlength=len(known))
    there = np.bincount(term[owner >= left], minlength=len(known))
    rarity = 1.0 / np.sqrt(np.sqrt(np.maximum(here * there, 1)))
    weighed = product(Terms(owner, term, rarity[term], len(known)), left, right, common=_COMMON)
    one = weighed / np.maximum(total[:left, None], 1)
    other = weighed / np.maximum(total[None, left:], 1)
    return np.log1p(weighed), np.minimum(one, other), np.maximum(one, other)


def text_signals(
    words: Words, left: Sequence[Unit], right: Sequence[Unit], idle: Sequence[bool]
) -> tuple[dict[str, Matrix], Terms]:
    """The signals of all pairs, by name, and the telling words of each unit; `idle` says of each word number whether it tells nothing."""
    import numpy as np

    n, m = len(left), len(right)
    units = [*left, *right]
    said = ~np.array(idle, dtype=bool)
    kept = said[words.number]
    number, owner = words.number[kept], words.owner[kept]
    size = len(said)
    telling = number != 0
    single = product(_tfidf(owner[telling], number[telling], n + m), n, m)
    both = telling[1:] & telling[:-1]
    pair = number[:-1][both] * size + number[1:][both]
    double = product(_tfidf(owner[1:][both], pair, n + m), n, m)
    passages, passages_lower, passages_higher = _passages(words, n, n + m)
    lower, higher = _of_best(double)
    headings = product(_sets([_letters(u.heading) for u in units], n + m, rare=True), n, m)
    stopped = [frozenset(u.heading) for u in units]
    defining = np.array([bool(u.terms) and any(w.startswith("defini") for w in u.heading) for u in units])
    made = {
        "words": single,
        "pairs": double,
        "passages": passages,
        "passages of both": passages_lower,
        "passages of one": passages_higher,
        "heading": headings,
        "terms": product(_sets([u.terms for u in units], n + m, rare=True), n, m),
        "one defines": (defining[:n, None] ^ defining[None, n:]).astype(float),
        "both define": (defining[:n, None] & defining[None, n:]).astype(float),
        "words apart": apart(single),
        "pairs apart": apart(double),
        "passages apart": apart(passages),
        "pairs of best, both": lower,
        "pairs of best, one": higher,
        "choice": np.full((n, m), math.log(min(max(n * m, _FEW), _MANY) / _MANY)),
        "heading words": jaccard(stopped, n),
    }
    return made, _told(owner[telling], number[telling], n + m)
