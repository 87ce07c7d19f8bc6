"""Blame: for each run of words of a provision the commit, Party and round that brought it, and the bases that have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from ..citation import Address
from ..errors import TreatyNotFound
from ..redline.blame import origins
from ..redline.lineage import Lineage, Source, lineage
from ..text import plain
from ..text.index import Index
from ..text.model import ANNEXES, CONTAINERS, HEADS, Edition, Kind, Metadata, Provision, Treaty
from ..text.proposal import Distribution
from .commits import Commit
from .history import Change, History
from .store import Store


@dataclass(frozen=True, slots=True)
class Version:
    """A commit that brought words: who tabled them in which round (empty and 0 for a treaty), and in which expression."""

    commit: Commit
    expression: str
    round: int = 0
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stands:
    """Where words stand in a base: its name, and the citation of the provision there."""

    base: str
    citation: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a line that one version brought and that stand in the same places of the bases."""

    words: str
    version: Version
    stands: tuple[Stands, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of `plain.text` as its runs: its provision, and how that is cited."""

    provision: Provision
    citation: str
    depth: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Blame:
    """The lines of what was asked for, the bases that words were looked for in, and what must be said of that."""

    selector: str
    meta: Metadata
    lines: tuple[Line, ...]
    bases: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    versions: tuple[Version, ...] = field(default=())


def blame(store: Store, address: Address, bases: Sequence[Treaty], audience: Distribution = Distribution.RESTRICTED) -> Blame:
    """The blame of what an address names: every version of its articles until the expression that it selects, oldest first.

    Raises TreatyNotFound where an audience may not see the text, ProvisionNotFound where it has no such provision.
    """
    a = store.resolve(address)
    snapshot = store.at(a.revision)
    entry = snapshot.catalogue(a.treaty).open_to(audience)
    if entry is None:
        raise TreatyNotFound(
            f"No text of {a.treaty} is for a {audience} audience.",
            cause="all are marked for fewer",
            fix="name a wider --audience",
        )
    chosen = entry.choose(a.language, a.date, round=a.round)
    text = snapshot.text(entry, chosen)
    index = Index(text)
    asked = index.find_address(a)
    units = _units(asked, index)
    history = History(store.repository, snapshot.commit, a.treaty, chosen.edition)
    wids = [] if any(p.kind in (Kind.TREATY, Kind.PART, Kind.CHAPTER) for p in asked) else [unit.wid for unit in units]
    seen = {e.name for e in entry.expressions if e.edition is chosen.edition}
    changes = [c for c in history.changes(chosen.language, wids) if c.expression in seen and c.expression <= chosen.name]
    # `changes` gives the newest commit first
    kept = [change for change in reversed(changes) if change.change != "removed"]
    ordered = sorted(kept, key=lambda change: change.expression)
    own = {unit.wid for unit in units}
    versions = [
        (_version(c), _articles(text if c is ordered[-1] else _then(store, c, a.treaty, chosen.edition), own)) for c in ordered
    ]
    traced = lineage(text, bases, scope=tuple(asked)) if bases else None
    wanted = {id(p) for top in asked for p in top.walk()}
    looked = _Bases(text, bases, traced)
    lines = [line for unit in units for line in _lines(unit, index, versions, looked, wanted)]
    used = {run.version.commit.sha for line in lines for run in line.runs}
    return Blame(
        f"{a.treaty}:{index.selector(asked[0])}" if asked[0].kind is not Kind.TREATY else a.treaty,
        text.meta,
        tuple(lines),
        looked.names,
        looked.said,
        tuple({v.commit.sha: v for v, _ in versions if v.commit.sha in used}.values()),
    )


def _units(asked: Sequence[Provision], index: Index) -> list[Provision]:
    """The articles, annexes and other parts whose versions are compared: those asked for, or the one that holds what is asked for."""
    out: dict[str, Provision] = {}
    for top in asked:
        holder = index.enclosing(top, *HEADS)
        for p in _outer(top) if holder is None or holder is top else (holder,):
            out.setdefault(p.eid, p)
    return list(out.values())


def _outer(provision: Provision) -> Iterator[Provision]:
    if provision.kind not in CONTAINERS:
        yield provision
    for child in provision.children:
        if provision.kind in CONTAINERS or child.kind in ANNEXES:
            yield from _outer(child)


def _version(change: Change) -> Version:
    said = change.commit.trailers
    number = said.get("Round", "")
    return Version(
        change.commit, change.expression, int(number) if number.isdecimal() else 0, tuple(said.get("Tabled-By", "").split())
    )


def _articles(text: Treaty, wids: Set[str]) -> dict[str, Provision]:
    """The articles that are asked for, without the annexes that hang on them, by wId."""
    return {p.wid: plain.alone(p) for p in text.walk() if p.wid in wids}


def _then(store: Store, change: Change, treaty: str, edition: Edition) -> Treaty:
    """The text as a change left it."""
    there = store.at(change.commit.sha)
    entry = there.catalogue(treaty)
    found = next(e for e in entry.expressions if e.name == change.expression and e.edition is edition)
    return there.text(entry, found)


def _lines(
    unit: Provision, index: Index, versions: Sequence[tuple[Version, dict[str, Provision]]], bases: _Bases, wanted: set[int]
) -> Iterator[Line]:
    held = [(version, found[unit.wid]) for version, found in versions if unit.wid in found]
    if not held:
        return
    alone = plain.alone(unit)
    found = origins([provision for _, provision in held], language=bases.language)
    for line, came, marks in zip(plain.lines(alone), found, bases.of(unit), strict=True):
        if id(line.provision) not in wanted and not (line.provision is alone and id(unit) in wanted):
            continue
        cuts = {0, len(line.text), *(o.start for o in came), *(at for start, end, _ in marks for at in (start, end))}
        runs = []
        for start, end in pairwise(sorted(cuts)):
            version = next(o.version for o in came if o.start <= start < o.end)
            stands = tuple(where for a, b, where in marks if a <= start < b)
            runs.append(Run(line.text[start:end], held[version][0], stands))
        yield Line(line.provision, index.citation(line.provision), line.depth, tuple(_merged(runs)))


def _merged(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs with neighbours that differ in nothing as one; blanks between go with the words before."""
    out: list[Run] = []
    for run in runs:
        before = out[-1] if out else None
        if before is not None and (
            (before.version, before.stands) == (run.version, run.stands) or (not run.words.strip() and run.words)
        ):
            out[-1] = Run(before.words + run.words, before.version, before.stands)
        else:
            out.append(run)
    yield from out


class _Bases:
    """Which words of the text stand in which bases.

    Where lineage is off, since a text is in our own words, only the redline with the article that a proposal would replace says it.
    """

    def __init__(self, text: Treaty, bases: Sequence[Treaty], traced: Lineage | None) -> None:
        self._text, self._traced = text, traced
        self.language = text.meta.language
        proposal = text.meta.proposal
        self._amended: tuple[Treaty, Index] | None = None
        said = []
        if traced is not None and traced.off:
            said.append(traced.off)
            base = next((b for b in bases if proposal is not None and b.meta.treaty == proposal.scope.amends), None)
            if base is not None and base.meta.language == text.meta.language:
                self._amended = (base, Index(base))
                said.append(
                    f"Marked is what the redline with the article of {base.meta.name} that it would replace has in common."
                )
        self.names: tuple[str, ...] = (
            traced.bases if traced is not None and not traced.off else (self._amended[0].meta.name,) if self._amended else ()
        )
        self.said = (*said, *(traced.remarks if traced is not None else ()))
        self._lines = {(line.eid, line.place): line for line in traced.lines} if traced is not None else {}

    def of(self, unit: Provision) -> list[list[tuple[int, int, Stands]]]:
        """Of each line of an article, the characters that stand in a base."""
        lines = plain.lines(plain.alone(unit))
        if self._amended is not None:
            base, index = self._amended
            there = index.by_eid.get(unit.eid)
            if there is None or not there.held:
                return [[] for _ in lines]
            where = Stands(base.meta.name, index.citation(there))
            kept = origins([plain.alone(there), plain.alone(unit)], language=self.language)
            return [[(o.start, o.end, where) for o in line if o.version == 0] for line in kept]
        out = []
        seen: dict[str, int] = {}
        for line in lines:
            eid = line.provision.eid
            place = seen[eid] = seen.get(eid, -1) + 1
            traced = self._lines.get((eid, place))
            out.append(
                [(run.start, run.end, self._where(source)) for run in (traced.runs if traced else ()) for source in run.sources]
            )
        return out

    def _where(self, source: Source) -> Stands:
        assert self._traced is not None
        return Stands(source.base, self._traced.citations[source.base, source.provision])
