"""What is said where nothing answers an article: which provisions come nearest, and what keeps the matter out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ...align.nearby import Nearby, field
from ...annotate.exclusions import Said, kept_out
from ...text.model import Provision
from ..sentences import shortened
from .material import Work
from .relations import Relations

_QUOTED = 150
"""Characters of a provision that are quoted."""


@dataclass(frozen=True, slots=True)
class Near:
    """A provision that comes near: citation, its article's heading, its first words, the address of its place."""

    citation: str
    heading: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Out:
    """What keeps a matter out (`Article 6.8.3`, `shuts out dispute settlement`), its words, the address (empty: it is not held)."""

    citation: str
    does: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What another text has instead of a counterpart."""

    name: str
    near: tuple[Near, ...]
    kept_out: tuple[Out, ...]


class Unanswered:
    """Looks for it."""

    def __init__(self, relations: Relations) -> None:
        self._relations = relations

    def of(self, work: Work, unit: Provision, other: Work, root: str) -> Finding:
        """What a text has for an article of another that nothing there answers; addresses begin with `root`."""
        near = self.near(work, unit, other)
        chapter = work.chapter(unit)
        close = [n.base for n in self._relations.concordance(work, other).nearest.get(unit.eid, ())]
        said = kept_out(other.treaty).said(unit.title, chapter.title if chapter is not None else "", close)
        return Finding(
            other.name, tuple(self.shown(n, other, root) for n in near), tuple(self._out(s, other, root) for s in said)
        )

    def near(self, work: Work, unit: Provision, other: Work, most: int = 3) -> tuple[Nearby, ...]:
        """The provisions of another text that come nearest to an article, those first that answer what a proposal speaks of."""
        return field(other.treaty).near(unit, self._answering.get((work.id, other.id), frozenset()), most)

    def shown(self, near: Nearby, other: Work, root: str) -> Near:
        """A provision as pages name it."""
        words = shortened(near.provision.words, _QUOTED)
        place = root + self._relations.pages[other.id].place(near.provision)
        return Near(other.index.citation(near.provision), other.index.heading(near.unit), words, place)

    def _out(self, said: Said, other: Work, root: str) -> Out:
        place = root + self._relations.pages[other.id].place(other.index.by_eid[said.eid]) if said.eid else ""
        return Out(said.citation, said.does, said.words, place)

    @cached_property
    def _answering(self) -> dict[tuple[str, str], frozenset[str]]:
        """The articles of other texts, by proposal and text, that answer the articles which the proposal replaces or stands after."""
        out: dict[tuple[str, str], set[str]] = {}
        m = self._relations.material
        for proposal in m.proposals:
            amended = m.work(proposal.entry.amends)
            for unit, _ in amended.units if amended is not None else ():
                if amended is None or all(p.work is not proposal for p in self._relations.proposed(amended, unit)):
                    continue
                for answer in self._relations.answers(amended, unit):
                    out.setdefault((proposal.id, answer.work.id), set()).add(answer.unit.eid)
        return {key: frozenset(eids) for key, eids in out.items()}
