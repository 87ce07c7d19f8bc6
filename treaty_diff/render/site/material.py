"""What a site is made of: the texts that an audience may see, and what is known of the negotiation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ...align.features import units
from ...errors import TreatyNotFound
from ...store.catalogue import Catalogue, Expression
from ...store.consolidated import Laid, lay
from ...store.negotiation import Negotiation, held
from ...text.index import Index, indexed
from ...text.model import Provision, Treaty
from ...text.proposal import Distribution
from ..remarks import Remarks, remarks

if TYPE_CHECKING:
    from ...align.document import Row
    from ...store import Store
    from ...store.commits import Commit
    from ...store.snapshot import Snapshot


@dataclass(frozen=True)
class Work:
    """A text of the site: the expression that is shown, and the work's entry as far as the audience may see it."""

    entry: Catalogue
    expression: Expression
    treaty: Treaty

    @property
    def id(self) -> str:
        """`nafta1994`, `sunset/USA`."""
        return self.entry.treaty

    @property
    def name(self) -> str:
        """How it is called in running text."""
        return self.treaty.meta.name

    @cached_property
    def index(self) -> Index:
        """Its provisions by eId."""
        return indexed(self.treaty)

    @cached_property
    def by_wid(self) -> dict[str, Provision]:
        """Its provisions by wId, which they keep under another number."""
        return {p.wid or p.eid: p for p in self.treaty.walk()}

    @cached_property
    def units(self) -> tuple[tuple[Provision, Provision | None], ...]:
        """Articles, annexes, preamble and concluding words in order, each with its chapter."""
        return tuple((p, self.index.by_eid[chapter] if chapter else None) for p, chapter in units(self.treaty))

    @cached_property
    def eids(self) -> frozenset[str]:
        """The eIds of the units."""
        return frozenset(p.eid for p, _ in self.units)

    @cached_property
    def _holders(self) -> dict[str, Provision | None]:
        return {p.eid: chapter for p, chapter in self.units}

    def chapter(self, unit: Provision) -> Provision | None:
        """The chapter of a unit, None where it stands in none, or in another text."""
        return self._holders.get(unit.eid)

    @cached_property
    def chapters(self) -> tuple[Provision, ...]:
        """The chapters of which words are held."""
        return tuple(chapter for chapter in self.treaty.chapters() if chapter.held)


@dataclass(frozen=True)
class Material:
    """All of a site: the treaty that is renegotiated, those it is compared with, the proposals in the order in which they were tabled.

    `earlier` are older texts of a work in its language, by its id, oldest first: of a treaty those of the same edition. `head` is the store's commit. `left_out` says of what could
    not be taken in, in sentences. `tables` has what the consolidated text of each topic is made of. `decisions` are the rows of the store's concordances
    by the works' ids, subject first; a pair stands there in both directions.
    """

    head: Commit
    home: Work
    others: tuple[Work, ...]
    proposals: tuple[Work, ...]
    earlier: dict[str, tuple[Work, ...]]
    negotiation: Negotiation
    entries: tuple[Catalogue, ...]
    left_out: tuple[str, ...]
    tables: Mapping[str, Laid]
    remarks: Mapping[str, Remarks] = field(default_factory=dict)
    """Reviewers' notes by the id of the work, where the audience may see them."""
    decisions: Mapping[tuple[str, str], tuple[Row, ...]] = field(default_factory=dict)

    @property
    def works(self) -> tuple[Work, ...]:
        """Treaties, then proposals."""
        return (self.home, *self.others, *self.proposals)

    def work(self, name: str) -> Work | None:
        """The text of a treaty or a proposal by its id, None where the site has none."""
        return next((work for work in self.works if work.id == name), None)

    def topics(self) -> dict[str, list[Work]]:
        """The proposals by topic, the topic tabled first first."""
        out: dict[str, list[Work]] = {}
        for work in self.proposals:
            out.setdefault(work.entry.topic, []).append(work)
        return out


def gather(store: Store, audience: Distribution, against: Sequence[str]) -> Material:
    """The material of a site; raises TreatyNotFound where the store's own treaty or one of `against` is not held for the audience."""
    from ...store.commits import read_commit

    snapshot = store.at()
    negotiation = held(snapshot, audience)
    (*before, home) = _treaty(snapshot, store.default_treaty, audience)
    earlier = {home.id: tuple(before)}
    others: list[Work] = []
    for name in dict.fromkeys(against):
        if name != home.id:
            *before, newest = _treaty(snapshot, name, audience)
            others.append(newest)
            earlier[newest.id] = tuple(before)
    proposals = []
    for entry in negotiation.proposals:
        *before, newest = _texts(snapshot, entry, audience)
        proposals.append(newest)
        earlier[entry.treaty] = tuple(before)
    entries = tuple(filter(None, (entry.open_to(audience) for entry in snapshot.catalogues())))
    return Material(
        read_commit(store.repository.commit_object(snapshot.commit)),
        home,
        tuple(others),
        tuple(proposals),
        earlier,
        negotiation,
        entries,
        tuple(_silent(home, (*others, *proposals))),
        {
            topic: table
            for topic in dict.fromkeys(e.topic for e in negotiation.proposals)
            if (table := _table(snapshot, topic, audience))
        },
        _noted(store, snapshot.commit, (home, *others, *proposals), audience),
        dict(_decisions(store, snapshot.commit, {work.id for work in (home, *others, *proposals)})),
    )


def _table(snapshot: Snapshot, topic: str, audience: Distribution) -> Laid | None:
    try:
        return lay(snapshot, topic, audience=audience).at_hand()
    except TreatyNotFound:
        return None  # the Parties' texts amend several treaties


def _noted(store: Store, commit: str, works: Sequence[Work], audience: Distribution) -> dict[str, Remarks]:
    """Reviewers' notes on texts, as far as the audience may see them."""
    from ...store import notes

    threads = list(notes.threads(notes.held(store, commit, audience)))
    return {work.id: found for work in works if threads and (found := remarks(work.index, threads))}


def _decisions(store: Store, commit: str, works: Collection[str]) -> Iterator[tuple[tuple[str, str], tuple[Row, ...]]]:
    from ...store import concordances

    for pair in concordances.names(store.repository, commit):
        if set(pair) <= set(works) and (document := concordances.find(store.repository, commit, *pair)) is not None:
            yield pair, document.towards(pair[0])
            yield pair[::-1], document.towards(pair[1])


def _treaty(snapshot: Snapshot, name: str, audience: Distribution) -> Iterator[Work]:
    """The texts of a treaty, the one that a selector means last."""
    entry = snapshot.catalogue(name).open_to(audience)
    if entry is None:
        raise TreatyNotFound(
            f"No text of {name} is for a {audience} audience.", cause="all are marked for fewer", fix="name a wider --audience"
        )
    chosen = entry.choose()
    for expression in (*(e for e in _older(entry, chosen) if e.edition == chosen.edition), chosen):
        yield Work(entry, expression, snapshot.text(entry, expression))


def _older(entry: Catalogue, chosen: Expression) -> list[Expression]:
    """The expressions of a work that are older than one of the same language, oldest first."""
    found = [e for e in entry.expressions if e.language == chosen.language and e.date < chosen.date]
    return sorted(found, key=lambda e: (e.date, e.edition))


def _texts(snapshot: Snapshot, entry: Catalogue, audience: Distribution) -> Iterator[Work]:
    """The texts of a proposal, the newest (that a selector means) last; of their source notes what the audience may see."""
    chosen = entry.choose()
    for expression in [*_older(entry, chosen), chosen]:
        found = snapshot.text(entry, expression)
        proposal = found.meta.proposal
        opened = replace(found.meta, proposal=proposal.open_to(audience) if proposal else None)
        # the same object as long as nothing is hidden: what is worked out of a text lives with it
        yield Work(entry, expression, found if opened == found.meta else replace(found, meta=opened))


def _silent(home: Work, works: Sequence[Work]) -> Iterator[str]:
    """Which texts are compared with nothing, since their language is another one."""
    for work in works:
        if work.expression.language != home.expression.language:
            yield f"{work.name} is not compared with {home.name}: the two are held in different languages."


def alike(*works: Work) -> bool:
    """Whether texts are in one language, so that they can be compared."""
    return len({work.expression.language for work in works}) == 1
