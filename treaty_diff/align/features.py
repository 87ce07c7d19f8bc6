"""What articles are compared by: their words as numbers, their headings, the terms that they define."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ..text import folding
from ..text.identifiers import term_of
from ..text.model import ANNEXES, CONTAINERS, HEADS, Kind, Provision, Treaty
from ..text.once import once

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_STOP = {
    "eng": frozenset(
        "a an and any as at be by for from in into is it its of on or shall such that the this to with which will would who "
        "whose has have had been are was were not no other another each all may under if than their they them there those "
        "these party parties article articles paragraph paragraphs subparagraph chapter section accordance pursuant respect "
        "regard purpose purposes including include provided provide".split()
    ),
    "spa": frozenset(
        "a al ante cada con contra como cual cuales cualquier cualquiera de del desde e el ella en entre es esa ese esta "
        "este estos estas esto fue ha haya han hasta la las le les lo los más mediante ni no o otra otras otro otros para pero "
        "podrá por que se sea sean ser si sin sobre son su sus también tal tales todo toda todos todas tras u un una uno unos "
        "unas y ya parte partes artículo artículos párrafo párrafos subpárrafo capítulo sección conformidad respecto incluso "
        "incluyendo dispuesto disponga deberá".split()
    ),
}
_PARTIES = frozenset(
    "australia brunei darussalam canada canadá chile colombia japan japón korea corea malaysia malasia mexico méxico panama "
    "panamá peru perú singapore singapur america américa vietnam viet nam".split()
)
"""Names by which a bilateral agreement calls a Party where another says `a Party`."""


def stop_words(language: str) -> frozenset[str]:
    """Words that say nothing of what a text is about, Party names among them, by language (ISO 639-2)."""
    return _STOP.get(language, frozenset()) | _PARTIES


_PLURAL = {
    "eng": re.compile(
        r"(?:(?<=[a-z]{3})ies|(?<=[a-z]{2}(?:ss|sh|ch))es|(?<=[a-z]{3}[xz])es|(?<=[a-z]{3})s(?<!ss)(?<!us)(?<!is))$"
    ),
    "spa": re.compile(r"(?:(?<=\w{2}[bcdfghjlmnñprtvyz])es|(?<=\w{2}[aeiouáéíóú])s)$"),
}
_BREAK, _LINE = "\n", 0
"""A line's end among printed words, and its number."""
_CITATION = "§"
_MARKS = ".,;:()[]“”‘’\"'"
_LONGEST_NUMBER = 3
"""A number of more digits is a citation or a tariff item and not a period or a count."""


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str = "eng") -> str:
    """A word without its plural ending, by language: the only stemming that helped here.

    >>> stem("duties"), stem("statutes"), stem("processes"), stem("process")
    ('duty', 'statute', 'process', 'process')
    >>> stem("mercancías", "spa"), stem("aranceles", "spa")
    ('mercancía', 'arancel')
    """
    rule = _PLURAL.get(language) if word.endswith("s") else None
    return rule.sub(lambda m: "y" if m[0] == "ies" else "", word) if rule is not None else word


UNITS = HEADS | {Kind.PREAMBLE, Kind.CONCLUSION}
"""What is aligned and compared as one text."""


def members(scope: Iterable[Provision], chapter: str = "") -> Iterator[tuple[Provision, str]]:
    """The articles, annexes, preamble and concluding words below some provisions, each with its chapter's eId."""
    for p in scope:
        here = p.eid if p.kind is Kind.CHAPTER else chapter
        if p.kind in UNITS:
            yield p, here
            yield from members((c for c in p.children if c.kind in ANNEXES), here)
        else:
            yield from members(p.children, here)


@once
def units(treaty: Treaty) -> tuple[tuple[Provision, str], ...]:
    """All articles, annexes, preamble and concluding words of a text in order, each with its chapter's eId."""
    return tuple(members((treaty.root,)))


def by_unit(root: Provision) -> Iterator[tuple[Provision, str]]:
    """All provisions of a text in reading order, each with the eId of the unit or the container that it is or is in."""
    ahead = [(root, root.eid)]
    while ahead:
        p, unit = ahead.pop()
        if p.kind in UNITS or p.kind in CONTAINERS:
            unit = p.eid
        yield p, unit
        if p.children:
            ahead.extend([(child, unit) for child in reversed(p.children)])


@dataclass(frozen=True, slots=True)
class Unit:
    """An article or annex that takes part in the alignment, by address."""

    eid: str
    chapter: str
    kind: Kind
    heading: tuple[str, ...]
    terms: frozenset[str]


class Vocabulary(dict[str, int]):
    """Numbers of words as printed between blanks, by which spelling, plurals, Party names and citations are no difference."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.stop = stop_words(language)
        self[_BREAK] = _LINE
        self._numbers: dict[str, int] = {_BREAK: _LINE}
        self.idle = [False]
        """Of each number, whether its word says nothing."""

    @property
    def words(self) -> tuple[str, ...]:
        """What words are compared by, in the order of their numbers."""
        return tuple(self._numbers)

    def __missing__(self, word: str) -> int:
        if (bare := word.strip(_MARKS)) != word and bare:
            self[word] = found = self[bare]
            return found
        key = _key(word, self.language)
        found = self._numbers.setdefault(key, len(self._numbers))
        if found == len(self.idle):
            self.idle.append(key == _CITATION or len(key) < 2 or key in self.stop)
        self[word] = found
        return found


@lru_cache(maxsize=1 << 16)
def _key(word: str, language: str) -> str:
    """What a printed word is compared by; all citations have one key."""
    plain = word.isascii() and word.isalpha()
    key = folding.fold_word(word) if plain else " ".join(folding.words(word)).removesuffix("'s")
    citation = key[:1].isdigit() and not (key.isdigit() and len(key) <= _LONGEST_NUMBER)
    return _CITATION if citation else stem(key, language)


def passages_of(provision: Provision) -> Iterator[str]:
    """The words of a provision and all below it, line by line; its own number and heading and its annexes left out."""
    ahead = [provision]
    while ahead:
        p = ahead.pop()
        if p is not provision and p.heading is not None:
            yield p.heading.content
        if p.text is not None:
            yield p.text.content
        if p.table:
            for row in p.table:
                yield " ".join(cell.text.content for cell in row)
        if p.table or any(text is not None and text.notes for text in (p.num, p.heading, p.text)):
            for note in p.footnotes:
                yield note.body.content
        if p.children:
            ahead.extend(c for c in reversed(p.children) if c.kind not in ANNEXES)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of many units one after another: their numbers, and the place of the unit that each is of."""

    number: Numbers
    owner: Numbers


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the aligner reads it, whatever it is aligned with: its units and their words.

    `words` are what words are compared by, each once, in the order in which it comes first, a line's end before all; `idle` says of
    each whether it says nothing. `place` are the places of all words there, unit after unit, `counts` how many each unit has.
    """

    units: tuple[Unit, ...]
    words: tuple[str, ...]
    idle: tuple[bool, ...]
    place: Numbers
    counts: Numbers


@once
def reading(treaty: Treaty) -> Reading:
    """A text as the aligner reads it: the articles and annexes of which the words are held."""
    return reading_of(treaty)


def reading_of(treaty: Treaty, chapters: Collection[str] | None = None) -> Reading:
    """The same of some chapters (by eId; None: of all)."""
    import numpy as np

    found = [(p, chapter) for p, chapter in held(treaty) if chapters is None or chapter in chapters]
    language = treaty.meta.language
    words: list[str] = []
    counts: list[int] = []
    for p, _ in found:
        before = len(words)
        for line in passages_of(p):
            words += line.split()
            words.append(_BREAK)
        counts.append(len(words) - before)
    vocabulary = Vocabulary(language)
    place = np.fromiter(map(vocabulary.__getitem__, words), np.int64, len(words))
    units = tuple([unit(p, chapter, language) for p, chapter in found])
    return Reading(units, vocabulary.words, tuple(vocabulary.idle), place, np.array(counts, dtype=np.int64))


def words(left: Reading, right: Reading) -> tuple[Words, list[bool]]:
    """The words of two texts' units, the left ones first, and of each number whether its word says nothing.

    A line's end has a number of its own, 0; the others are numbered in the order in which they come first.
    """
    import numpy as np

    known = {word: n for n, word in enumerate(left.words)}
    theirs = np.array([known.setdefault(word, len(known)) for word in right.words], dtype=np.int64)
    idle = [*left.idle, *(idle for n, idle in zip(theirs.tolist(), right.idle, strict=True) if n >= len(left.words))]
    counts = np.concatenate([left.counts, right.counts])
    owner = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    return Words(np.concatenate([left.place, theirs[right.place]]), owner), idle


def held(treaty: Treaty) -> list[tuple[Provision, str]]:
    """The articles and annexes of which the words are held, in order, each with its chapter's eId."""
    return [(p, chapter) for p, chapter in units(treaty) if p.held]


def unit(provision: Provision, chapter: str, language: str) -> Unit:
    """A provision as the aligner knows it."""
    heading = tuple(stem(w, language) for w in folding.words(provision.title or str(provision.kind)))
    terms = frozenset(
        " ".join(stem(w, language) for w in folding.words(term_of(d).replace("-", " ")))
        for d in provision.walk()
        if d.kind is Kind.DEFINITION
    )
    return Unit(provision.eid, chapter, provision.kind, heading, terms)
