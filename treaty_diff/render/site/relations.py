"""What a provision has to do with others: what answers it, what is proposed for it, who cites it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ...redline.citations import Cited, cited
from ...text import plain
from ...text.akn.names import work_iri
from ...text.model import Provision
from ...text.scope import places
from .addresses import Pages
from .material import Material, Work, alike
from .redlines import Job

if TYPE_CHECKING:
    from ...align import Concordance, Link
    from .engine import Engine


_Citing = dict[tuple[str, str], dict[tuple[str, str], tuple[Work, Provision]]]
"""Works and provisions that cite, each once (by the work's id and eId), by the work and eId of the article that is cited."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An article that answers another: its text, itself, how, and the address of the redline at the place (empty where there is none)."""

    work: Work
    unit: Provision
    link: Link
    redline: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a proposal does with an article of the treaty that it amends: `replaces`, `deletes`, `after` or `retains`."""

    work: Work
    verb: str


class Relations:
    """All of it for a site, by work and eId."""

    def __init__(self, material: Material, engine: Engine, jobs: Sequence[Job]) -> None:
        self.material = material
        self.pages = {work.id: Pages(work) for work in material.works}
        self._engine = engine
        self._redlines = {(j.subject.work.id, j.scope, base.work.id): path for j in jobs for base, (path, _) in j.bases}
        self._by_iri = {work_iri(work.treaty.meta): work for work in material.works}

    def ready(self) -> None:
        """Work out what is asked for again and again."""
        _ = self._answers, self._proposed, self._citations

    def concordance(self, subject: Work, base: Work) -> Concordance:
        """Which article of the base answers which of the subject."""
        return self._engine.answers(subject.treaty, base.treaty)

    @cached_property
    def _pairs(self) -> list[tuple[Work, Work]]:
        """The pairs of which redlines are made, subject first."""
        m = self.material
        out = [(m.home, other) for other in m.others]
        out += [(proposal, base) for proposal in m.proposals for base in (m.home, *m.others)]
        return [pair for pair in out if alike(*pair)]

    @cached_property
    def _answers(self) -> dict[tuple[str, str], list[Answer]]:
        out: dict[tuple[str, str], list[Answer]] = defaultdict(list)
        for subject, base in self._pairs:
            for link in self.concordance(subject, base).links:
                mine, theirs = subject.index.by_eid[link.subject], base.index.by_eid[link.base]
                redline = self.redline(subject, mine, base)
                out[subject.id, mine.eid].append(Answer(base, theirs, link, redline))
                out[base.id, theirs.eid].append(Answer(subject, mine, link, redline))
        return out

    def redline(self, subject: Work, unit: Provision, base: Work) -> str:
        """Where a redline shows an article of the subject against the base; empty where none does."""
        path = self._redlines.get((subject.id, "", base.id))
        if path is None and (chapter := subject.chapter(unit)) is not None:
            path = self._redlines.get((subject.id, subject.index.selector(chapter), base.id))
        return f"{path}#{unit.eid}" if path else ""

    def chapter(self, work: Work, chapter: Provision) -> Iterator[tuple[Work, str]]:
        """The pages on which a chapter is compared, each with the other text."""
        first = next((unit for unit, of in work.units if of is chapter), None)
        for other in self.material.others if first is not None else ():
            if first is not None and other is not work and (redline := self.redline(work, first, other)):
                yield other, redline.partition("#")[0]

    def answers(self, work: Work, unit: Provision) -> Sequence[Answer]:
        """What answers an article, in the order of the pairs, the best of each first."""
        return self._answers.get((work.id, unit.eid), ())

    @cached_property
    def _proposed(self) -> dict[tuple[str, str], list[Proposed]]:
        out: dict[tuple[str, str], list[Proposed]] = defaultdict(list)
        for work in self.material.proposals:
            proposal = work.treaty.meta.proposal
            amended = self.material.work(work.entry.amends)
            if proposal is None or amended is None:
                continue
            units = {p.eid for p, _ in amended.units}
            for verb in ("replaces", "deletes", "after", "retains"):
                for selector in getattr(proposal.scope, verb):
                    for place in places(selector, amended.index):
                        for eid in _units_of(amended, place, units):
                            made = Proposed(work, verb)
                            if made not in out[amended.id, eid]:
                                out[amended.id, eid].append(made)
        return out

    def proposed(self, work: Work, unit: Provision) -> Sequence[Proposed]:
        """What proposals do with an article, in the order in which they were tabled."""
        return self._proposed.get((work.id, unit.eid), ())

    def target(self, work: Work, citation: Cited) -> tuple[Work, Provision] | None:
        """What a citation in a work's words names, where the site has it."""
        named = self._by_iri.get(citation.work) if citation.work else work
        if named is None:
            return None
        found = named.index.by_eid.get(citation.target)
        return (named, found) if found is not None else None

    @cached_property
    def _citations(self) -> tuple[_Citing, dict[tuple[str, str], list[str]]]:
        """Who cites each article, and where the citations in each lead, in order."""
        out: _Citing = defaultdict(dict)
        leading: dict[tuple[str, str], list[str]] = defaultdict(list)
        for work in self.material.works:
            for unit, _ in work.units:
                for line in plain.units(work.treaty)[unit.eid]:
                    for citation in cited(line):
                        found = self.target(work, citation)
                        if found is None:
                            continue
                        named, place = found
                        leading[work.id, unit.eid].append(self.pages[named.id].place(place))
                        at: Provision | None = place
                        while at is not None and at.eid not in named.eids:
                            at = named.index.parent(at)
                        if at is not None and (named.id, at.eid) != (work.id, unit.eid):
                            out[named.id, at.eid].setdefault((work.id, line.provision.eid), (work, line.provision))
        return out, leading

    def citing(self, work: Work, unit: Provision) -> Iterator[tuple[Work, Provision]]:
        """The provisions that cite an article or a part of it, by text, in reading order."""
        yield from self._citations[0].get((work.id, unit.eid), {}).values()

    def cites(self, work: Work, unit: Provision) -> Sequence[str]:
        """Where the citations in an article lead that name a provision of the site: addresses from the site's root, in reading order."""
        return self._citations[1].get((work.id, unit.eid), ())


def _units_of(work: Work, place: Provision, units: set[str]) -> Iterator[str]:
    """The articles that a place of a text is, is in, or holds."""
    inside = [p.eid for p in place.walk() if p.eid in units]
    if inside:
        yield from inside
        return
    at = work.index.parent(place)
    while at is not None:
        if at.eid in units:
            yield at.eid
            return
        at = work.index.parent(at)
