"""The longest runs of keys that two texts share, and which of them mean copying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .words import Flags, Numbers

    Hashes = NDArray[np.uint64]

_MIX, _ADD = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9
_SIEVE = 1 << 21


@dataclass(frozen=True, slots=True)
class Matches:
    """Runs of like keys that cannot be made longer: `size` keys from `left` in one text and from `right` in the other."""

    left: Numbers
    right: Numbers
    size: Numbers


def _grams(keys: Numbers, length: int) -> tuple[Hashes, Numbers]:
    """A number for each window of `length` keys without a break, and where the window begins."""
    import numpy as np

    count = max(len(keys) - length + 1, 0)
    out = np.zeros(count, dtype=np.uint64)
    whole = np.ones(count, dtype=bool)
    for n in range(length):
        part = keys[n : n + count]
        whole &= part >= 0
        out = (out ^ (out >> np.uint64(29))) * np.uint64(_MIX) + part.astype(np.uint64) * np.uint64(_ADD)
    out ^= out >> np.uint64(32)
    start = np.flatnonzero(whole)
    return out[start], start


def _maybe(left: Hashes, right: Hashes) -> Flags:
    """Which of `left` may be in `right`: none that is is missed, a few that are not are let through."""
    import numpy as np

    seen = np.zeros(_SIEVE, dtype=bool)
    mask = np.uint64(_SIEVE - 1)
    seen[right & mask] = True
    out: Flags = seen[left & mask]
    return out


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of keys that two texts have in common: where they begin in each, and their number, the same for like ones."""

    left: Numbers
    right: Numbers
    left_number: Numbers
    right_number: Numbers
    size: int

    def of(self, asked: Flags) -> Windows:
        """Those alone that begin in the left text's keys that are `asked` for."""
        kept = asked[self.left]
        return Windows(self.left[kept], self.right, self.left_number[kept], self.right_number, self.size)


def common(left: Numbers, right: Numbers, length: int) -> Windows:
    """The windows of `length` keys without a break that two texts have in common."""
    import numpy as np

    a, at = _grams(left, length)
    b, there = _grams(right, length)
    kept = _maybe(b, a)
    b, there = b[kept], there[kept]
    kept = _maybe(a, b)
    a, at = a[kept], at[kept]
    known, number = np.unique(np.concatenate([a, b]), return_inverse=True)
    here, over = number[: len(a)], number[len(a) :]
    # the sieve lets some through that only one text has
    both = np.zeros(len(known), dtype=bool)
    both[over] = True
    mine = both[here]
    both[:] = False
    both[here] = True
    theirs = both[over]
    return Windows(at[mine], there[theirs], here[mine], over[theirs], len(known))


def articles(windows: Windows, left: Numbers, right: Numbers) -> Numbers:
    """In how many articles of both texts together each window of the left one stands; the texts are given by the article of each key."""
    import numpy as np

    here, there = left[windows.left], right[windows.right]
    many = max(int(here.max(initial=0)), int(there.max(initial=0))) + 1
    counts = [
        np.bincount(np.unique(number * many + owner) // many, minlength=windows.size)
        for number, owner in ((windows.left_number, here), (windows.right_number, there))
    ]
    out: Numbers = (counts[0] + counts[1])[windows.left_number]
    return out


def _seeds(windows: Windows, left: Numbers, right: Numbers, length: int, most: int) -> tuple[Numbers, Numbers]:
    """Where windows stand in both texts, place by place; those that `right` has more than `most` times left out."""
    import numpy as np

    count = np.bincount(windows.right_number, minlength=windows.size)
    first = np.cumsum(count) - count
    there = windows.right[np.argsort(windows.right_number, kind="stable")]
    times = count[windows.left_number]
    times[times > most] = 0
    index = np.repeat(np.arange(len(times)), times)
    step = np.arange(len(index)) - np.repeat(np.cumsum(times) - times, times)
    i, j = windows.left[index], there[first[windows.left_number][index] + step]
    same = np.ones(len(i), dtype=bool)
    for n in range(length):  # two windows may have one number by chance
        same &= left[i + n] == right[j + n]
    return i[same], j[same]


def _extended(left: Numbers, right: Numbers, i: Numbers, j: Numbers, step: int) -> Numbers:
    """How many further keys are alike from `i` and `j` on, going by `step`."""
    import numpy as np

    far = np.zeros(len(i), dtype=np.int64)
    going = np.arange(len(i))
    while len(going):
        x, y = i[going] + step * far[going], j[going] + step * far[going]
        inside = (x >= 0) & (y >= 0) & (x < len(left)) & (y < len(right))
        going, x, y = going[inside], x[inside], y[inside]
        going = going[(left[x] == right[y]) & (left[x] >= 0)]
        far[going] += 1
    return far


def matches(windows: Windows, left: Numbers, right: Numbers, length: int, most: int) -> Matches:
    """The runs of like keys that begin in the windows, by place in `left`; windows that `right` has too often begin none."""
    import numpy as np

    i, j = _seeds(windows, left, right, length, most)
    span = len(left) + 1
    diagonal = np.sort((j - i + len(left)) * span + i)
    heads = np.flatnonzero(np.diff(diagonal, prepend=-2) != 1)
    size = np.diff(heads, append=len(diagonal)) + length - 1
    i = diagonal[heads] % span
    j = diagonal[heads] // span - len(left) + i
    back = _extended(left, right, i - 1, j - 1, -1)
    size += back + _extended(left, right, i + size, j + size, 1)
    i, j = i - back, j - back
    _, once = np.unique(i * (len(right) + 1) + j, return_index=True)
    return Matches(i[once], j[once], size[once])
