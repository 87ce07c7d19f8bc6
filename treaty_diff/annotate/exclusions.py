"""What an article keeps out on purpose: paragraphs that shut out recourse, or say that nothing is promised; annexes it cites that are not held."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..align.features import units
from ..redline.comparison import ArticleKind, Comparison
from ..text import plain
from ..text.index import Index, indexed
from ..text.model import ANNEXES, Provision, Treaty
from ..text.once import once
from .enforce import EXCLUDED, recourse
from .line import Line
from .sentences import quoted
from .words import codes, lowered, stems

_NOTHING = re.compile(
    r"\bnothing in this (?:agreement|chapter|section)\b[^.;]{0,40}\b(?:confer any|impose any|create any)\b[^.;]{0,60}\b(?:rights?|obligations?)\b"
)
_ANNEX = re.compile(r"\bAnnex(?:es)? (\d+-[A-Z]|\d{3,}(?:\.\d+)?)\b")
_QUOTED = 40
"""Words of a sentence that are quoted."""
_GENERAL = frozenset({"dispu", "settl", "defin", "gener", "provi", "scope", "imple", "appli", "chapt"})
"""Beginnings of words of headings that say nothing of the matter."""
_SHARED = 2
"""Words that two headings must share for the one to be about the matter of the other."""
_MOST = 0.6
"""The part of its heading's words that an article must share which nothing else says is near."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A paragraph that keeps something out: the provision, what it does in a few words, its sentence."""

    provision: Provision
    does: str
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to be said of a matter that is kept out: what (`Article 6.8.3`), what it does, its words quoted, its eId.

    Of an annex that is not held the words say which article cites it, and the eId is empty.
    """

    citation: str
    does: str
    words: str
    eid: str = ""


def exclusions(lines: Iterable[plain.Line]) -> Iterator[Exclusion]:
    """What the lines of an article keep out, in reading order."""
    for line in lines:
        if line.note is not None or line.row is not None:
            continue
        read = Line(line.words)
        if (found := _NOTHING.search(read.low)) is not None:
            yield Exclusion(line.provision, "gives no rights here", quoted(line.words[found.start() :], _QUOTED))
        for one in recourse(read):
            if one.state == EXCLUDED:
                yield Exclusion(line.provision, "shuts out dispute settlement", quoted(line.words[one.start : one.end], _QUOTED))


def not_held(article: Provision, index: Index) -> Iterator[str]:
    """The annexes that an article of a text cites and the text does not hold, as they are cited: `Annex 6-A`."""
    held = _annexes(index.treaty)
    seen: set[str] = set()
    for line in plain.units(index.treaty)[article.eid]:
        for number in _ANNEX.findall(line.words):
            if number.upper() not in held and number not in seen:
                seen.add(number)
                yield f"Annex {number}"


@once
def _annexes(treaty: Treaty) -> frozenset[str]:
    """The numbers of the annexes of which words are held, in capitals."""
    return frozenset(p.label.upper() for p in treaty.walk() if p.kind in ANNEXES and p.held)


class Exclusions:
    """What the articles of a text keep out, to be said of articles of another text that none of them answers."""

    def __init__(self, index: Index) -> None:
        self._index = index
        lines = plain.units(index.treaty)
        self._keeping = {
            unit.eid: (unit, _matter(unit.title)) for unit, _ in units(index.treaty) if next(exclusions(lines[unit.eid]), None)
        }

    @property
    def keeping(self) -> Iterable[str]:
        """The eIds of the articles that keep something out."""
        return self._keeping.keys()

    def said(self, heading: str, chapter: str, nearest: Iterable[str]) -> tuple[Said, ...]:
        """What keeps out the matter of an article, by its heading and its chapter's; `nearest` are eIds of what is near.

        An article that is near is about the matter where the headings share two words, any other where most of its heading is in them.
        """
        matter = _matter(f"{heading} {chapter}")
        near = [self._index.by_eid[eid] for eid in nearest]
        about = [unit for unit in near if len(_matter(unit.title) & matter) >= _SHARED]
        seen = {unit.eid for unit in about}
        about += [
            unit
            for eid, (unit, words) in self._keeping.items()
            if eid not in seen and len(words & matter) >= max(_SHARED, _MOST * len(words))
        ]
        return tuple(said for unit in about for said in self._of(unit))

    def of(self, comparison: Comparison) -> dict[str, tuple[Said, ...]]:
        """The same for the articles without counterpart of a comparison with this text, by the subject's eId."""
        out = {}
        for article in comparison.articles:
            if article.kind is ArticleKind.NO_COUNTERPART:
                near = [n.head.eid for n in article.nearest]
                if said := self.said(article.head.heading, article.head.chapter, near):
                    out[article.head.eid] = said
        return out

    def _of(self, article: Provision) -> Iterator[Said]:
        for one in exclusions(plain.units(self._index.treaty)[article.eid]):
            yield Said(self._index.citation(one.provision), one.does, one.words, one.provision.eid)
        for annex in not_held(article, self._index):
            yield Said(annex, "is not held", f"cited in {self._index.citation(article)}")


@once
def kept_out(treaty: Treaty) -> Exclusions:
    """What the articles of a text keep out."""
    return Exclusions(indexed(treaty))


def _matter(heading: str) -> frozenset[str]:
    return frozenset(stems(codes(lowered(heading)))) - _GENERAL
