"""Which texts are compared with which, and what the other pages must know of each redline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from ...parties import names
from ...redline.comparison import Comparison
from ...text.model import Provision, Treaty
from ..laying import STATES, row_address, state
from . import addresses
from .material import Material, Work, alike

if TYPE_CHECKING:
    from ...annotate import Annotation, Annotations
    from ...redline.lineage import Lineage
    from .engine import Engine


@dataclass(frozen=True)
class Asked:
    """One side of a redline: a text and the part of it that is compared, named by its selector."""

    work: Work
    selector: str
    scope: tuple[Provision, ...]
    said: tuple[str, ...] = ()

    @property
    def text(self) -> Treaty:
        """The text."""
        return self.work.treaty

    @property
    def revision(self) -> str:
        """The git revision that was named: none."""
        return ""


@dataclass(frozen=True)
class Job:
    """Redlines of one subject: against each base, with the addresses of the page and of the page turned round."""

    subject: Asked
    bases: tuple[tuple[Asked, tuple[str, str]], ...]

    @property
    def scope(self) -> str:
        """The selector of the part of the subject that is compared, empty for the whole."""
        return self.subject.selector.partition(":")[2]


@dataclass(frozen=True)
class Sheet:
    """A comparison for its page: its address, that of the page turned round (empty where there is none), the texts, annotations.

    `third` compares the same subject with another text. A page turned round has no annotations.
    """

    comparison: Comparison
    path: str
    swap: str
    works: tuple[Work, Work]
    annotations: Annotations | None = None
    third: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Redline:
    """What other pages say of a redline: where it is, its sides, its articles by state, the sentence that counts, its annotations.

    `subject`, `scope` and `base` are the ids and the selector that it is found by.
    """

    path: str
    subject: str
    scope: str
    base: str
    title: str
    base_name: str
    states: tuple[tuple[str, int], ...]
    counts: str
    notes: tuple[tuple[Annotation, str], ...]
    """Annotations, the weightiest first, each with the address of its row."""
    note_counts: tuple[tuple[str, int], ...]
    notes_off: str


def plan(material: Material, engine: Engine) -> Iterator[Job]:
    """The redlines of a site: chapters against the other treaties, proposals against what they amend and against the others
    where something answers them, Parties' texts against each other, and against their own earlier ones."""
    home = material.home
    others = [work for work in material.others if alike(work, home)]
    for chapter in home.chapters if others else ():
        selector = home.index.selector(chapter)
        subject = Asked(home, f"{home.id}:{selector}", (chapter,))
        yield Job(subject, tuple((_whole(base), addresses.comparison(home, selector, base)) for base in others))
    for work in material.proposals:
        bases = []
        for base in (home, *others):
            if not alike(work, base):
                continue
            asked = _whole(base) if base.id == work.entry.amends else _answering(work, base, engine)
            if asked is not None:
                bases.append((asked, addresses.comparison(work, "", base)))
        if bases:
            yield Job(_whole(work), tuple(bases))
    for works in material.topics().values():
        for earlier, later in combinations(works, 2):
            if alike(earlier, later):
                yield Job(_whole(later), ((_whole(earlier), addresses.comparison(later, "", earlier)),))
        for work in works:
            if before := material.earlier[work.id]:
                yield Job(_whole(work), ((_whole(before[-1]), addresses.comparison(work, "", before[-1])),))


def _whole(work: Work) -> Asked:
    return Asked(work, work.id, (work.treaty.root,))


def _answering(work: Work, base: Work, engine: Engine) -> Asked | None:
    """The articles of a treaty that answer a proposal which does not amend it: nothing is taken out of it. None where none does."""
    found = engine.answers(work.treaty, base.treaty)
    eids = {link.base for link in found.links}
    scope = tuple(p for p, _ in base.units if p.eid in eids)
    return (
        Asked(base, base.id, scope, (f"{base.name}: the articles that answer the proposal, and no others.",)) if scope else None
    )


def make(
    job: Job,
    compared: Sequence[tuple[Comparison, Comparison | None]],
    traced: Lineage,
    page: Callable[[Sheet], Iterator[tuple[str, bytes]]],
) -> tuple[list[Redline], list[tuple[str, bytes]]]:
    """The redlines of a job and their files; `compared` is the subject with each base, straight and turned round, `page` writes one."""
    from ...annotate import annotate

    compared = [(replace(straight, lineage=traced), turned) for straight, turned in compared]
    pairs = [_scoped(asked, *pair) for (asked, _), pair in zip(job.bases, compared, strict=True)]
    made: list[Redline] = []
    files: list[tuple[str, bytes]] = []
    for n, ((base, (path, turned_path)), (straight, turned)) in enumerate(zip(job.bases, pairs, strict=True)):
        works = job.subject.work, base.work
        found = annotate(straight, job.subject.text, base.text)
        third = next((other for k, (other, _) in enumerate(pairs) if k != n), None)
        files += page(Sheet(straight, path, turned_path if turned is not None else "", works, found, third))
        if turned is not None:
            files += page(Sheet(turned, turned_path, path, works[::-1]))
        made.append(_redline(job, base, path, straight, found))
    return made, files


def _scoped(base: Asked, straight: Comparison, turned: Comparison | None) -> tuple[Comparison, Comparison | None]:
    """A comparison and the same turned round, with how a base is called of which only the answering articles are compared."""
    if len(base.scope) == 1 and base.scope[0] is base.text.root:
        return straight, turned
    named = replace(straight.base, scope="the articles that answer")
    return replace(straight, base=named), replace(turned, subject=named) if turned is not None else None


def _redline(job: Job, base: Asked, path: str, comparison: Comparison, found: Annotations) -> Redline:
    from ..sentences import counts

    tally = Counter(state(article, comparison).name for article in (*comparison.articles, *comparison.gone))
    rows = {(False, a.head.eid): a.rows for a in comparison.articles} | {(True, a.head.eid): a.rows for a in comparison.gone}

    def place(note: Annotation) -> str:
        held = rows[note.gone, note.article]
        own = row_address(held[note.row]) if note.row > 0 else f"before-{note.article}" if note.gone else note.article
        return f"{path}#{own}"

    return Redline(
        path,
        job.subject.work.id,
        job.scope,
        base.work.id,
        _title(job.subject),
        base.work.name,
        tuple((one.name, tally[one.name]) for one in STATES if tally[one.name]),
        counts(comparison),
        tuple((note, place(note)) for note in found.made),
        tuple((str(kind), n) for kind, n in found.counts.items()),
        found.off or found.partly,
    )


def _title(subject: Asked) -> str:
    """`Chapter 19, Review and Dispute Settlement …`, `The proposal of Mexico`."""
    if len(subject.scope) == 1 and subject.scope[0] is not subject.text.root:
        (part,) = subject.scope
        return ", ".join(filter(None, (subject.work.index.citation(part), part.title)))
    parties = subject.work.entry.tabled_by
    return f"The proposal of {names(parties)}" if parties else subject.work.name
