"""Defined terms: where a treaty defines each, how far the definition reaches, and where words of the treaty use it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from .folding import tokens
from .index import Index, indexed
from .model import CONTAINERS, Kind, Provision, Term, Treaty
from .once import once

_REACH = re.compile(r"\bthis (Agreement|Part|Chapter|Section|Subsection|Article|Annex|Appendix)\b|\b(paragraph|subparagraph)s? ")
_HOLDERS = {
    "Part": Kind.PART, "Chapter": Kind.CHAPTER, "Section": Kind.SECTION, "Subsection": Kind.SUBSECTION,
    "Article": Kind.ARTICLE, "Annex": Kind.ANNEX, "Appendix": Kind.APPENDIX, "paragraph": Kind.ARTICLE, "subparagraph": Kind.ARTICLE,
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Definition:
    """A term as it is printed, the provision that defines it, and the eId of what the definition holds for (empty: all)."""

    term: str
    provision: Provision
    reach: str

    @property
    def key(self) -> str:
        """The term with spelling folded: one key for `antidumping duty` and `anti-dumping duty`."""
        return term_key(self.term)


@dataclass(frozen=True, slots=True)
class Use:
    """Characters `start:end` of some words that use a defined term."""

    start: int
    end: int
    definition: Definition


@lru_cache(maxsize=4096)
def term_key(term: str) -> str:
    """A term's words as they are compared, joined.

    >>> term_key("Anti-dumping duty") == term_key("antidumping duty")
    True
    """
    return " ".join(t.key for t in tokens(term) if _WORD.search(t.key)).replace("-", "").lower()


def definitions(index: Index) -> tuple[Definition, ...]:
    """All definitions of a treaty in reading order.

    The words that introduce a list of them (`For purposes of this Chapter:`) say what it holds for; where they do not, it holds
    for the chapter if its article is called Definitions, else for its article.
    """
    out = []
    for p in index.treaty.walk():
        if p.kind is Kind.DEFINITION and (term := _term(p)):
            out.append(Definition(term, p, _reach(index, p)))
    return tuple(out)


def _term(p: Provision) -> str:
    found = next((s for s in p.text.spans if isinstance(s, Term)), None) if p.text is not None else None
    said = p.text.content[found.start : found.end].strip(' "“”,:;') if found is not None and p.text is not None else ""
    return said if len(said) <= _LONGEST else ""


def _reach(index: Index, p: Provision) -> str:
    above = index.above(p)
    said = next((m for holder in above if (m := _REACH.search(_opening(holder)))), None)
    name = (said[1] or said[2]) if said is not None else ""
    if name == "Agreement":
        return ""
    kind = _HOLDERS.get(name)
    if kind is None:
        article = next((holder for holder in above if holder.kind is Kind.ARTICLE), None)
        kind = Kind.CHAPTER if article is not None and "definition" in article.title.lower() else Kind.ARTICLE
    found = next((holder for holder in above if holder.kind is kind), None)
    return found.eid if found is not None else ""


def _opening(p: Provision) -> str:
    """The words that introduce what stands below a provision, of a container none."""
    return p.words if p.kind not in CONTAINERS else ""


@dataclass(frozen=True)
class Terms:
    """The definitions of one treaty, made ready to be looked for."""

    index: Index
    made: tuple[Definition, ...]
    _vocabularies: dict[tuple[str, ...], _Vocabulary] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, index: Index) -> Terms:
        """The terms of a treaty."""
        return cls(index, definitions(index))

    @cached_property
    def _by_key(self) -> dict[str, list[Definition]]:
        out: dict[str, list[Definition]] = {}
        for d in self.made:
            out.setdefault(d.key, []).append(d)
        return out

    @cached_property
    def _reaches(self) -> frozenset[str]:
        """The eIds of what the definitions hold for."""
        return frozenset([d.reach for d in self.made])

    def answering(self, key: str, answers: Iterable[str]) -> Definition | None:
        """The definition of another text's term: where the articles stand that answer (`answers`, eIds), else for all of the text, else
        anywhere; None where the term is not defined."""
        found = self._by_key.get(key, ())
        units = [self.index.by_eid[eid] for eid in answers] if found else []
        above = {p.eid for unit in units for p in (unit, *self.index.above(unit))}
        return min(found, key=lambda d: (d.reach not in above or not d.reach, bool(d.reach)), default=None)

    def holding(self, eids: Sequence[str]) -> dict[str, Definition]:
        """By key the definitions that hold for a provision whose holders (itself, then upwards) are `eids`: the nearest of each term."""
        near = {eid: n for n, eid in enumerate(eids)}
        out: dict[str, tuple[int, Definition]] = {}
        for d in self.made:
            rank = near.get(d.reach, len(near)) if d.reach else len(near) + 1
            if d.reach and d.reach not in near:
                continue
            if d.key not in out or rank < out[d.key][0]:
                out[d.key] = rank, d
        return {key: d for key, (_, d) in out.items()}

    def uses(self, words: str, eids: Sequence[str]) -> Iterator[Use]:
        """The terms that some words of a provision use, in order; of terms within each other the longest."""
        reaches = tuple(sorted(self._reaches.intersection(eids)))
        if reaches not in self._vocabularies:
            self._vocabularies[reaches] = _vocabulary(self.holding([eid for eid in eids if eid in reaches]).values())
        yield from _uses(words, self._vocabularies[reaches])


@once
def terms(treaty: Treaty) -> Terms:
    """The terms of a text."""
    return Terms.of(indexed(treaty))


_Vocabulary = dict[str, list[tuple[str, str, Definition]]]
"""Forms of terms by their first word in small letters, the longest first: as printed, in small letters, the definition."""


def _vocabulary(found: Iterable[Definition]) -> _Vocabulary:
    out: _Vocabulary = {}
    for d in found:
        forms = {d.term, f"{d.term}s", f"{d.term}es", f"{d.term[:-1]}ies" if d.term.endswith("y") else d.term}
        for form in forms:
            first = _WORD.search(form)
            if first is not None:
                out.setdefault(first[0].lower(), []).append((form, form.lower(), d))
    return {word: sorted(forms, key=lambda one: (-len(one[0]), one[0])) for word, forms in out.items()}


def _first_words(low: str, vocabulary: _Vocabulary) -> list[tuple[int, str]]:
    """Where words stand that begin a term, in order: sought are the few of them that the text has, not each of its words among all."""
    out = []
    for word in vocabulary.keys() & set(_WORD.findall(low)):
        at = low.find(word)
        while at >= 0:
            stop = at + len(word)
            if not low[at - 1 : at].isalnum() and not low[stop : stop + 1].isalnum():
                out.append((at, word))
            at = low.find(word, stop)
    return sorted(out)


def _uses(words: str, vocabulary: _Vocabulary) -> Iterator[Use]:
    low = words.lower()
    end = 0
    for start, word in _first_words(low, vocabulary):
        if start < end or low[start - 1 : start] in ("-", "‑"):
            continue
        for form, small, d in vocabulary[word]:
            stop = start + len(form)
            if not low.startswith(small, start) or low[stop : stop + 1].isalnum() or low[stop : stop + 1] == "-":
                continue
            # `Party` is a term where `party` is none; a term in small letters may open a sentence.
            if form[:1].isupper() and words[start] != form[0]:
                continue
            yield Use(start, stop, d)
            end = stop
            break
