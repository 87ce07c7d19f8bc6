"""The defined terms that a comparison's subject uses, with what both sides say each is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..redline.comparison import Article, Comparison, RowKind
from ..text.terms import Definition, Terms


@dataclass(frozen=True, slots=True)
class Side:
    """What one text says a term is: the text, where, the address of the place, the words (empty: it does not define the term)."""

    name: str
    citation: str = ""
    address: str = ""
    words: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its place on the page and what each text says it is, that of the article first."""

    term: str
    ident: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Meanings:
    """The terms that the articles of a page use, by the subject's eId, and all of them in the order of the alphabet."""

    of: dict[str, tuple[Entry, ...]]
    all: tuple[Entry, ...]


def ident(d: Definition) -> str:
    """Where a term stands on a page.

    >>> from ..text.model import Kind, Provision
    >>> ident(Definition("measure in question", Provision(Kind.DEFINITION, "d"), ""))
    'term-measure-in-question'
    """
    return f"term-{re.sub(r'[^0-9a-z]+', '-', d.key).strip('-') or 'x'}"


def in_order(entries: dict[str, Entry]) -> tuple[Entry, ...]:
    """Entries in the order of the alphabet."""
    return tuple(sorted(entries.values(), key=lambda entry: (entry.term.lower(), entry.term)))


def meanings(comparison: Comparison, subject: Terms, base: Terms, address: Callable[[str, bool], str]) -> Meanings:
    """The terms that the subject uses; those of the base hold too where it is the subject's own treaty or the one it amends.

    `address` gives the place of a provision by eId and whether it is the subject's. Of a definition its own words are shown, without
    what is listed below it.
    """
    every: dict[str, Entry] = {}
    of: dict[str, tuple[Entry, ...]] = {}
    for article in comparison.articles:
        own: dict[str, Entry] = {}
        answers = [answer.head.eid for answer in article.answers]
        for d, from_base in _used(article, comparison, subject, base):
            if d.key not in every:
                sides = [(base, d, False)] if from_base else [(subject, d, True), (base, base.answering(d.key, answers), False)]
                every[d.key] = Entry(d.term, ident(d), tuple(_side(comparison, *side, address) for side in sides))
            own[d.key] = every[d.key]
        if own:
            of[article.head.eid] = in_order(own)
    return Meanings(of, in_order(every))


def _used(article: Article, comparison: Comparison, subject: Terms, base: Terms) -> Iterator[tuple[Definition, bool]]:
    """The definitions that an article's words use, and whether each is the base's."""
    for row in article.rows:
        if row.subject is None or row.kind is RowKind.MOVED_AWAY:
            continue
        at = subject.index.by_eid[row.subject.eid]
        eids = [p.eid for p in (at, *subject.index.above(at))]
        words = row.subject_text
        for source in (subject, base) if comparison.within else (subject,):
            for use in source.uses(words, eids):
                if use.definition.provision.eid not in eids:
                    yield use.definition, source is not subject


def _side(
    comparison: Comparison, terms: Terms, d: Definition | None, of_subject: bool, address: Callable[[str, bool], str]
) -> Side:
    text = comparison.subject if of_subject else comparison.base
    if d is None:
        return Side(text.name)
    holder = terms.index.parent(d.provision)
    citation = terms.index.citation(holder) if holder is not None else ""
    return Side(text.name, citation, address(d.provision.eid, of_subject), d.provision.words, text.language)
