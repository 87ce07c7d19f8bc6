"""A line's words as numbers: what the differ compares.

A token is a word, a number, a mark, a phrase for which others may stand, a citation or a formula, each with the white
space before it; the tokens of a text joined give it back. Two tokens have one number where one for the other is no change.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from ..text import folding
from ..text.plain import Line
from .citations import Cited, cited
from .config import BOILERPLATE, FREQUENT, FUNCTION, RedlineConfig

_OPENING = frozenset(".:;?!\n")
_QUOTES = frozenset("\"“”‘’'([«")


@dataclass(slots=True)
class Words:
    """The tokens of one text: their characters, their numbers, and the citations among them by place."""

    raws: list[str]
    ids: list[int]
    cites: dict[int, Cited] = field(default_factory=dict)

    def opens(self, at: int) -> bool:
        """Whether a token stands at the start of a sentence, so that a capital there says nothing."""
        for n in range(at - 1, -1, -1):
            word = self.raws[n].lstrip()
            if word not in _QUOTES:
                return word in _OPENING
        return True


class Lexer:
    """Gives words their numbers, the same for both texts of a comparison, and of others that have the same lexer; each line is read once."""

    def __init__(self, language: str, config: RedlineConfig) -> None:
        self.language = language
        self._lines: dict[int, tuple[Line, Words, list[int]]] = {}
        """Lines that were read, by their identities: to compare two would be to compare all that their provisions hold."""
        self._numbers: dict[str, int] = {}
        self._printed = _Printed(self._numbers, language)
        self.idle: set[int] = set()
        """Numbers of marks and function words."""
        for word in FREQUENT:
            n = self._printed[word]
            if word in FUNCTION or not word.isalpha():
                self.idle.add(n)
        self._phrases: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        for n, group in enumerate(config.quiet.get(language, ())):
            for phrase in group:
                ids = tuple(self._printed[word] for word in phrase.split())
                self._phrases.setdefault(ids[0], []).append((ids, self._number(f"\0{n}")))
        for found in self._phrases.values():
            found.sort(key=lambda f: -len(f[0]))

    @property
    def marks(self) -> set[int]:
        """Numbers of marks."""
        return self._printed.marks

    def _number(self, key: str) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def read(self, line: Line) -> tuple[Words, list[int]]:
        """The tokens of a line's words, its number and line end left out, and the numbers of those that say what it is about."""
        found = self._lines.get(id(line))
        if found is None:
            words = self._words(line)
            found = self._lines[id(line)] = line, words, self._content(words.ids)
        return found[1:]

    def _content(self, ids: Iterable[int]) -> list[int]:
        """Numbers of words without their endings, those of marks and function words left out."""
        stems = self._printed.stems
        return [stem for n in ids if (stem := stems.get(n)) is not None]

    def _words(self, line: Line) -> Words:
        markup = line.provision.text.markup if line.note is None and line.row is None and line.provision.text else ()
        shift = len(line.provision.title) + 1 if line.provision.title else 0
        blocks = [(m.start + shift, m.end + shift) for m in markup if m.opaque and m.end > m.start]
        return self.text(line.words, cited(line), blocks)

    def text(self, text: str, cites: Sequence[Cited] = (), blocks: Sequence[tuple[int, int]] = ()) -> Words:
        """The tokens of a text; `cites` and `blocks` (formulas) are a token each, where they begin and end with tokens."""
        printed = self._printed
        raws = folding.RAW.findall(text)
        ids = [printed[raw] for raw in raws]
        runs: list[tuple[int, int, int, Cited | None]] = self._runs(raws, ids, cites, blocks) if cites or blocks else []
        phrases = self._phrases
        for at in [n for n, word in enumerate(ids) if word in phrases]:
            for form, number in phrases[ids[at]]:
                end = at + len(form)
                if tuple(ids[at:end]) == form:
                    runs.append((at, end, number, None))
                    break
        return _joined(raws, ids, runs) if runs else Words(raws, ids)

    def _runs(
        self, raws: Sequence[str], ids: Sequence[int], cites: Sequence[Cited], blocks: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int, int, Cited | None]]:
        """The tokens of each citation and formula: first, end, their number as one."""
        ends = list(accumulate(map(len, raws)))
        out = []
        marks: list[tuple[int, int, Cited | None]] = [*((c.start, c.end, c) for c in cites), *((a, b, None) for a, b in blocks)]
        for start, end, cite in marks:
            first = bisect_right(ends, start)
            last = bisect_left(ends, end)
            if last < len(ends) and ends[last] == end and start == ends[first] - len(raws[first].lstrip()):
                out.append((first, last + 1, self._number("\0" + " ".join(map(str, ids[first : last + 1]))), cite))
        return out


def _joined(raws: Sequence[str], ids: Sequence[int], runs: list[tuple[int, int, int, Cited | None]]) -> Words:
    """The tokens with each run made one; of runs that meet, the first."""
    out = Words([], [])
    at = 0
    for start, end, number, cite in sorted(runs, key=lambda r: (r[0], r[3] is None)):
        if start < at:
            continue
        out.raws += raws[at:start]
        out.ids += ids[at:start]
        if cite is not None:
            out.cites[len(out.raws)] = cite
        out.raws.append("".join(raws[start:end]))
        out.ids.append(number)
        at = end
    out.raws += raws[at:]
    out.ids += ids[at:]
    return out


_ENDING = {
    "eng": re.compile(r"(?<=[a-z]{3})(?:ies|y|ing|ings|ed|es|s|e)$(?<!ss)"),
    "spa": re.compile(r"(?<=\w{3})(?:[oae]s?|es)$"),
}


def _stem(word: str, language: str) -> str:
    """A word without the ending that its grammar gives it.

    >>> _stem("disputes", "eng"), _stem("disputing", "eng"), _stem("arises", "eng"), _stem("process", "eng")
    ('disput', 'disput', 'aris', 'process')
    """
    rule = _ENDING.get(language)
    return rule.sub("", word, count=1) if rule is not None else word


class _Printed(dict[str, int]):
    """Numbers of words as printed, with or without the white space before them, by which spelling, hyphens, quotes and numerals are no difference."""

    def __init__(self, numbers: dict[str, int], language: str) -> None:
        super().__init__()
        self._numbers = numbers
        self._language = language
        self._stemmed: dict[str, int] = {}
        self.marks: set[int] = set()
        self.stems: dict[int, int] = {}

    def __missing__(self, raw: str) -> int:
        word = raw.lstrip() or raw
        if word != raw:
            found = self[raw] = self[word]
            return found
        key = folding.fold_word(word)
        found = self[word] = self._numbers.setdefault(key, len(self._numbers))
        if not key[:1].isalnum():
            self.marks.add(found)
        elif key not in FUNCTION and key not in BOILERPLATE:
            stem = _stem(key, self._language)
            self.stems[found] = self._stemmed.setdefault(stem, len(self._stemmed))
        return found
