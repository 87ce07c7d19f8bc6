"""The share of a text's words that stand in sequences which another text has, too: the field's own measure.

After Allee & Elsig, *Are the Contents of International Treaties Copied and Pasted?* (International Studies Quarterly 63, 2019): a word
counts where it stands in any six or more consecutive words found in the other text, wherever they are there. Words are runs of
`a-z`, `0-9` and `'` in small letters; marks and lines do not part a sequence; nothing else is folded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9']+")
LEAST = 6
"""Words in a row that make a common sequence."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How many words a text has, and how many of them stand in common sequences."""

    words: int
    shared: int

    @property
    def share(self) -> float:
        """Their share, 0..1; 0 for a text without words."""
        return self.shared / self.words if self.words else 0.0


def shared6(text: str, other: str) -> Shared:
    """How many of the words of `text` stand in sequences of six or more that `other` has.

    >>> shared6("The fish of the lake shall be counted yearly.", "Yearly the fish of the lake shall be sold.")
    Shared(words=9, shared=7)
    """
    import numpy as np

    known: dict[str, int] = {}
    rows = [np.array([known.setdefault(w, len(known)) for w in _WORD.findall(t.lower())], dtype=np.int64) for t in (text, other)]
    cut = len(rows[0])
    number, size = np.concatenate(rows), len(known)
    for step in (1, 1, 3):  # sequences of two, three, six words, each numbered by the two halves that it begins and ends with
        if len(number) <= step:
            return Shared(cut, 0)
        _, number = np.unique(number[:-step] * size + number[step:], return_inverse=True)
        size = int(number.max()) + 1
    mine, theirs = number[: max(cut - LEAST + 1, 0)], number[cut:]
    start = np.flatnonzero(np.isin(mine, theirs))
    edge = np.zeros(cut + 1, dtype=np.int64)
    np.add.at(edge, start, 1)
    np.add.at(edge, start + LEAST, -1)
    return Shared(cut, int(np.count_nonzero(np.cumsum(edge)[:-1])))
