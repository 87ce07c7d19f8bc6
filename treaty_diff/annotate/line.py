"""A line as the rules read it, and all lines of a side by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from .clauses import Clause, clauses
from .config import BINDING
from .words import bit, codes, lowered, signs, stems

_BINDS = bit(BINDING)
_FEW = 4
"""Content words below which a share of them says little."""


class Line:
    """A text: its characters, the same in small letters, its words by their codes, and a bit for each family of which it has one."""

    __slots__ = ("_clauses", "codes", "low", "signs", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = lowered(text)
        self.codes = codes(self.low)
        self.signs = signs(self.codes)
        self._clauses: tuple[Clause, ...] | None = None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that bind."""
        if self._clauses is None:
            self._clauses = clauses(self.text, self.low) if self.signs & _BINDS else ()
        return self._clauses


class Reader(dict[str, Line]):
    """Lines by their text: one reading however often the text stands somewhere."""

    def __missing__(self, text: str) -> Line:
        line = self[text] = Line(text)
        return line


class Lines:
    """Lines of one side by their words: of each word the lines that have it, a bit a line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._masks: dict[str, int] = {}
        self._having: dict[int, list[str]] = {}
        of: dict[int, int] = {}
        for n, line in enumerate(lines):
            mine = 1 << n
            for code in line.codes:
                of[code] = of.get(code, 0) | mine
        for code, having in of.items():
            for stem in stems((code,)):
                self._masks[stem] = self._masks.get(stem, 0) | having

    def any(self, pattern: re.Pattern[str], sign: int) -> bool:
        """Whether a line that has one of a family's words has a pattern."""
        if sign not in self._having:
            self._having[sign] = [line.low for line in self._lines if line.signs & sign]
        return any(pattern.search(low) for low in self._having[sign])

    def say(self, low: str, said: frozenset[int], share: float, modal: str) -> bool:
        """Whether some line says a share of what a text in small letters says, whose words are `said`; of a few, where it has the `modal` too."""
        words = stems(said)
        if not words:
            return True
        known = self._masks
        masks = [known.get(word, 0) for word in words]
        if len(words) >= _FEW:
            return bool(_having(masks, ceil(share * len(words))))
        whole = " ".join(low.split()).strip(" .;:,")
        found = _having(masks, max(1, len(words) - (len(words) > 2)))
        while found:
            last = found & -found
            text = self._lines[last.bit_length() - 1].low
            if modal in text if len(words) > 1 else whole in " ".join(text.split()):
                return True
            found ^= last
        return False


def _having(masks: Sequence[int], need: int) -> int:
    """The lines that at least `need` of the masks have: the masks are added up bit by bit, all lines at once.

    >>> bin(_having([0b0111, 0b0110, 0b1100], 2))
    '0b110'
    """
    planes: list[int] = []
    for mask in masks:
        carry = mask
        for n, plane in enumerate(planes):
            planes[n], carry = plane ^ carry, plane & carry
        if carry:
            planes.append(carry)
    # the count reaches `need` where it is larger at the highest plane in which the two differ, or the same in all
    if need >> len(planes):
        return 0
    more, same = 0, -1
    for n in range(len(planes) - 1, -1, -1):
        if need >> n & 1:
            same &= planes[n]
        else:
            more |= same & planes[n]
            same &= ~planes[n]
    return more | same if need else -1
