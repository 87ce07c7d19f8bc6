"""The defined terms that an article uses, each with its definition and with what the other texts say it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from ...text import plain
from ...text.model import Provision
from ...text.terms import Definition, Terms, Use, terms
from ..meanings import Entry, Side, ident, in_order
from ..sentences import shortened
from .material import Work
from .relations import Relations

_SHOWN = 700
"""Characters of a definition that are shown; its own page has the rest."""


class Glossary:
    """The terms of all texts of a site."""

    def __init__(self, relations: Relations) -> None:
        self._relations = relations
        self._words: dict[int, str] = {}

    @cached_property
    def _terms(self) -> dict[str, Terms]:
        return {work.id: terms(work.treaty) for work in self._relations.material.works}

    @cached_property
    def _homes(self) -> dict[tuple[str, str], Work]:
        """The text of each definition."""
        works = {work.id: work for work in self._relations.material.works}
        return {(name, d.provision.eid): works[name] for name, terms in self._terms.items() for d in terms.made}

    @cached_property
    def follows(self) -> str:
        """All definitions, as pages show them."""
        works = self._relations.material.works
        return repr([(d.term, d.reach, self._side(work, d, "")) for work in works for d in self._terms[work.id].made])

    def _speaking(self, work: Work) -> list[Work]:
        """The texts of which the definitions hold for a text: its own, and of the treaty that it amends."""
        amended = self._relations.material.work(work.entry.amends) if work.entry.topic else None
        return [work, amended] if amended is not None else [work]

    def uses(self, work: Work, line: plain.Line, words: str) -> Iterator[tuple[Use, Work]]:
        """The terms that a line's words use, in order, each once, and the text that defines it; the line's own term left out."""
        at = line.provision
        eids = [p.eid for p in (at, *work.index.above(at))]
        seen: set[str] = set()
        taken: list[tuple[int, int]] = []
        found: list[tuple[Use, Work]] = []
        for source in self._speaking(work):
            for use in self._terms[source.id].uses(words, eids):
                if use.definition.provision.eid in eids or use.definition.key in seen:
                    continue
                if any(start < use.end and use.start < end for start, end in taken):
                    continue
                seen.add(use.definition.key)
                found.append((use, source))
            taken += [(use.start, use.end) for use, _ in found]
        yield from sorted(found, key=lambda one: one[0].start)

    def entries(self, work: Work, unit: Provision, used: Iterable[tuple[Definition, Work]], root: str) -> tuple[Entry, ...]:
        """Terms that an article uses in the order of the alphabet, with what the text that defines each and the others say."""
        m = self._relations.material
        out = {}
        for d, source in used:
            others = [
                w
                for w in (m.home, *m.others)
                if w.id not in (source.id, work.id) and w.expression.language == work.expression.language
            ]
            sides = [self._side(source, d, root)]
            for other in others:
                theirs = self._theirs(work, unit, other, d.key)
                sides.append(self._side(other, theirs, root) if theirs is not None else Side(other.name))
            out[d.key] = Entry(d.term, ident(d), tuple(sides))
        return in_order(out)

    def _theirs(self, work: Work, unit: Provision, other: Work, key: str) -> Definition | None:
        answers = [a.unit.eid for a in self._relations.answers(work, unit) if a.work.id == other.id]
        return self._terms[other.id].answering(key, answers)

    def _side(self, work: Work, d: Definition, root: str) -> Side:
        words = self._words.get(id(d.provision))
        if words is None:
            words = shortened(plain.text(d.provision).strip(), _SHOWN)
            self._words[id(d.provision)] = words
        place = root + self._relations.pages[work.id].place(d.provision)
        holder = work.index.parent(d.provision)
        citation = work.index.citation(holder) if holder is not None else ""
        return Side(work.name, citation, place, words, work.expression.language)
