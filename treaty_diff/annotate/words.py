"""The words of a line: what it is about, and which families of words the rules may ask it for.

A word is looked at once, however many lines have it: what it says is kept in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from ..redline.config import BOILERPLATE, FUNCTION
from .config import BINDING, CITED, CONDITIONS, COUNTRIES, IN_TIME, LAPSES, LIFTED, NUMBERS, PEOPLES, RECOURSE_WORDS, Words
from .wordlists import MACHINERY, REACH

_WORD = re.compile(r"[a-z]+")
_SHORTEST = 4
"""Letters below which a word says nothing of what a line is about."""
_CUT = 5
_HEAD = 2
"""Letters that every beginning of the families has."""
_SILENT = frozenset(word[:_CUT] for word in FUNCTION | BOILERPLATE)

NAMED: Words = tuple({max(name.split(), key=len) for name, _ in (*COUNTRIES, *PEOPLES)})
"""Words of which the name of a country or of what is of it has one."""
_FAMILIES = tuple(
    dict.fromkeys(
        (
            BINDING,
            CITED,
            CONDITIONS,
            IN_TIME,
            LAPSES,
            LIFTED,
            NAMED,
            NUMBERS,
            RECOURSE_WORDS,
            *(form.keys for topic in (*REACH, *MACHINERY) for form in topic.forms),
        )
    )
)


def bit(family: Words) -> int:
    """The bit that a line's signs have where it has a word of a family."""
    return 1 << _FAMILIES.index(family)


class _Codes(dict[str, int]):
    """What stands between two blanks, by a number: equal for all that have the same stems and are of the same families.

    A stem is a word's first letters, for grammar is no difference to what a line is about. Three rooms cut words, each as its job
    asks: the alignment's weights were fitted to words without their plural (`align.features.stem`), the redline takes off the
    endings by which one verb answers itself (`redline.lexing`), and here the noun answers its verb (`publish`, `publication`),
    which no ending tells. Another cut in any of them changes its results.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stems: list[frozenset[str]] = []
        self.signs: list[int] = []
        self._known: dict[tuple[frozenset[str], int], int] = {}
        self._begin: dict[str, int] = {}
        for n, family in enumerate(_FAMILIES):
            for key in family:
                self._begin[key] = self._begin.get(key, 0) | 1 << n
        self._heads = frozenset(key[:_HEAD] for key in self._begin)
        self._lengths = sorted({len(key) for key in self._begin})

    def __missing__(self, piece: str) -> int:
        words = (piece,) if piece.isalpha() and piece.isascii() else _WORD.findall(piece)
        stems = frozenset([word[:_CUT] for word in words if len(word) >= _SHORTEST]) - _SILENT
        signs = 0
        for word in words:
            if word[:_HEAD] in self._heads:
                signs |= self._families(word)
        code = self._known.get((stems, signs))
        if code is None:
            code = self._known[stems, signs] = len(self.stems)
            self.stems.append(stems)
            self.signs.append(signs)
        self[piece] = code
        return code

    def _families(self, word: str) -> int:
        begin = self._begin
        found = begin.get(word + " ", 0)
        for n in self._lengths:
            found |= begin.get(word[:n], 0)
        return found


_codes = _Codes()
_code, _stems, _signs = _codes.__getitem__, _codes.stems.__getitem__, _codes.signs.__getitem__


def codes(low: str) -> frozenset[int]:
    """What a text in small letters has between its blanks, a number for each that says something else."""
    return frozenset(map(_code, low.split()))


def signs(codes: Iterable[int]) -> int:
    """The families of which there is a word, a bit each."""
    return reduce(or_, map(_signs, codes), 0)


def stems(codes: Iterable[int]) -> frozenset[str]:
    """What the words say that a text is about.

    >>> sorted(stems(codes("the panels shall publish their publications, fees/costs")))
    ['costs', 'fees', 'panel', 'publi']
    """
    return frozenset().union(*map(_stems, codes))


def lowered(text: str) -> str:
    """A text in small letters, character by character, so that places stay."""
    out = text.lower()
    return out if len(out) == len(text) else "".join([c.lower() if len(c.lower()) == 1 else c for c in text])
