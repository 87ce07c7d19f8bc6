"""The consolidated text on a topic: made of what the Parties tabled and what they have agreed, and stored.

What is agreed is recorded as the status of a provision of the consolidated text, whose words stand in the text that was stored with it. It
counts until a Party tables a later text that changes the same article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..errors import SelectorError, TreatyNotFound
from ..negotiation import document, records
from ..negotiation.brackets import flat
from ..negotiation.consolidation import consolidate
from ..negotiation.records import Status
from ..negotiation.topic import Consolidated, Place, consolidated
from ..parties import names
from ..text import plain, references
from ..text.index import Index
from ..text.model import Edition, Metadata, Provision, Source, Treaty
from ..text.proposal import Distribution, Proposal, Scope, topic_words
from . import layout
from .negotiation import statuses
from .snapshot import Snapshot
from .store import Store

AGREED = frozenset({"agreed ad referendum", "agreed"})


@dataclass(frozen=True, slots=True)
class Table:
    """What is on the table on a topic: the treaty that the texts amend, the texts, and the consolidated text article by article.

    `text` is the same as a treaty text; `said` tells which agreed words a later text has put in question.
    """

    topic: str
    base: Treaty
    texts: tuple[Treaty, ...]
    places: tuple[Consolidated, ...]
    text: Treaty
    said: tuple[str, ...] = ()


def on_the_table(snapshot: Snapshot, topic: str, number: int = 0, audience: Distribution = Distribution.RESTRICTED) -> Table:
    """The consolidated text on a topic of what an audience may see, until a round (0: of all).

    Raises TreatyNotFound where there is no text on the topic, or the texts have no common base.
    """
    return lay(snapshot, topic, number, audience).table()


@dataclass(frozen=True, slots=True)
class Laid:
    """What a consolidated text is made of: the treaty that the texts amend, the texts, what is agreed by selector, and the stored text
    that has the agreed words."""

    topic: str
    base: Treaty
    texts: tuple[Treaty, ...]
    agreed: Mapping[str, Status]
    held: _Held
    made: Table | None = None
    """The consolidated text, where it has been worked out."""

    def at_hand(self) -> Laid:
        """The same with all that is in the store: another process can go on with it."""
        return replace(self, made=self.table()) if self.agreed else self

    def table(self) -> Table:
        """The consolidated text."""
        if self.made is not None:
            return self.made
        base = self.base
        fresh = consolidated(base, self.texts)
        made = {one.place.eid: document.article(one, base.meta.language) for one in fresh} if self.agreed else {}
        found = _found(_index(base, fresh, made), self.agreed) if self.agreed else {}
        said: list[str] = []
        places = []
        for one in fresh:
            eid = one.place.eid
            agreed = {at: found[at] for p in made[eid].walk() if (at := p.eid) in found} if eid in made else {}
            settled, told = one, list[str]()
            if eid in agreed:
                settled, told = _settled(one, agreed[eid], self.held, base.meta.parties)
            elif agreed:
                settled, told = _in_part(one, made[eid], agreed, self.held)
            places.append(settled)
            said += told
        text = text_of(_meta(self.topic, base, self.texts, list(self.agreed.values())), base, places)
        return Table(self.topic, base, self.texts, tuple(places), text, tuple(said))


def lay(snapshot: Snapshot, topic: str, number: int = 0, audience: Distribution = Distribution.RESTRICTED) -> Laid:
    """What the consolidated text is made of; raises as `on_the_table`."""
    base, texts = _texts(snapshot, topic, number, audience)
    return Laid(topic, base, tuple(texts), _agreed(snapshot, topic, number, audience), _Held(snapshot, topic, audience))


def _index(base: Treaty, places: Sequence[Consolidated], made: Mapping[str, Provision]) -> Index:
    return Index(Treaty(base.meta, document.tree([(one.place, made[one.place.eid]) for one in places])))


def text_of(meta: Metadata, base: Treaty, places: Sequence[Consolidated]) -> Treaty:
    """The consolidated text as a treaty text, its citations resolved."""
    articles = [(one.place, document.article(one, base.meta.language)) for one in places if one.nodes]
    return references.link(Treaty(meta, document.tree(articles)), base)


def save(store: Store, topic: str, number: int = 0) -> tuple[str, str | None]:
    """Store the consolidated text until a round (0: of all); its id, and the commit (None: no change)."""
    table = on_the_table(store.at(), topic, number)
    said = table.text.meta.proposal
    assert said is not None
    summary = f"Round {said.round}: consolidated text on {topic_words(topic)}"
    return table.text.meta.treaty, store.put(table.text, summary=summary, trailers=trailers(said))


# -- what is on the table -----------------------------------------------------------------------------


def _texts(snapshot: Snapshot, topic: str, number: int, audience: Distribution) -> tuple[Treaty, list[Treaty]]:
    entries = [entry.open_to(audience) for entry in snapshot.catalogues(snapshot.proposals(topic) if topic else [])]
    texts = []
    for entry in filter(None, entries):
        if not number or any(e.round <= number for e in entry.expressions):
            texts.append(snapshot.text(entry, entry.choose(round=number)))
    if not texts:
        known = (entry.open_to(audience) for entry in snapshot.catalogues(snapshot.proposals()))
        topics = sorted({entry.topic for entry in known if entry is not None})
        raise TreatyNotFound(
            f"There is no text on the topic “{topic}”{f' until round {number}' if number else ''}.",
            cause=f"topics are: {', '.join(topics) or 'none'}",
            fix="name one of these",
        )
    amended = {text.meta.proposal.scope.amends for text in texts if text.meta.proposal is not None}
    if len(amended) > 1:
        raise TreatyNotFound(f"The texts on {topic} have no common base.", cause=f"they amend {', '.join(sorted(amended))}")
    return snapshot.load(amended.pop()), texts


def _agreed(snapshot: Snapshot, topic: str, number: int, audience: Distribution) -> dict[str, Status]:
    """The provisions of the consolidated text that are agreed, by selector."""
    start = f"{layout.consolidated(topic)}:"
    rows = [s for s in statuses(snapshot) if s.what.startswith(start) and s.distribution.open_to(audience)]
    counting = records.current([s for s in rows if not number or s.round <= number])
    return {what.removeprefix(start): s for what, s in counting.items() if s.status in AGREED}


def _found(index: Index, agreed: Mapping[str, Status]) -> dict[str, Status]:
    """The statuses by the eIds of their provisions; those of provisions that are not on the table any more are left out."""
    out = {}
    for selector, status in agreed.items():
        try:
            (place, *_) = index.find(selector)
        except SelectorError:
            continue
        out[place.eid] = status
    return out


class _Held:
    """The words that were agreed, in the consolidated text as it was stored last until the round of the agreement."""

    def __init__(self, snapshot: Snapshot, topic: str, audience: Distribution) -> None:
        self._snapshot = snapshot
        work = layout.consolidated(topic)
        self._entry = snapshot.catalogue(work).open_to(audience) if work in snapshot.consolidated() else None
        self._texts: dict[int, Index] = {}

    def words(self, agreed: Status, eid: str, place: Place) -> str:
        """The words at an address, empty where nothing stands there: it was agreed that it goes."""
        if self._entry is None:
            return ""
        if agreed.round not in self._texts:
            text = self._snapshot.text(self._entry, self._entry.choose(round=agreed.round))
            self._texts[agreed.round] = Index(text)
        there = self._texts[agreed.round].by_eid.get(eid)
        if there is None:
            return ""
        return flat(document.words(there, place)) if eid == place.eid else plain.text(there)


def _later(place: Place, agreed: Status) -> list[str]:
    return [party for party, day in place.tabled.items() if day > agreed.date]


def _reopened(place: Place, agreed: Status, later: Sequence[str]) -> str:
    return f"{place.citation}: agreed in round {agreed.round}, and opened again by the later text of {names(later)}."


def _settled(one: Consolidated, agreed: Status, held: _Held, parties: Sequence[str]) -> tuple[Consolidated, list[str]]:
    """A whole article that is agreed: all Parties have its words, but those that tabled a later text."""
    place = one.place
    words = held.words(agreed, place.eid, place)
    later = _later(place, agreed)
    texts = {party: place.texts[party] if party in later else words for party in sorted({*parties, *place.texts})}
    told = [_reopened(place, agreed, later)] if later else []
    return replace(one, nodes=consolidate(words, texts)), told


def _in_part(one: Consolidated, made: Provision, agreed: Mapping[str, Status], held: _Held) -> tuple[Consolidated, list[str]]:
    """An article with the parts of it that are agreed in the words that were agreed."""
    inside = {p.eid: p for p in made.walk()}
    replaced: list[tuple[Provision, str]] = []
    told = []
    for eid, status in agreed.items():
        if later := _later(one.place, status):
            told.append(_reopened(one.place, status, later))
        elif not any(eid.startswith(f"{other}__") for other in agreed):
            replaced.append((inside[eid], held.words(status, eid, one.place)))
    return replace(one, nodes=document.replaced(made, one.place, replaced)), told


def _meta(topic: str, base: Treaty, texts: Sequence[Treaty], agreed: Sequence[Status]) -> Metadata:
    tabled = [text.meta.proposal for text in texts if text.meta.proposal is not None]
    newest = max([*(text.meta.date for text in texts), *(s.date for s in agreed)])
    ranks = list(Distribution)
    proposal = Proposal(
        topic=topic,
        tabled_by=tuple(sorted(base.meta.parties)),
        round=max([*(p.round for p in tabled), *(s.round for s in agreed)]),
        distribution=max((p.distribution for p in tabled), key=ranks.index),
        scope=Scope(
            tabled[0].scope.amends,
            replaces=tuple(dict.fromkeys(place for p in tabled for place in p.scope.removed)),
            after=tuple(dict.fromkeys(place for p in tabled for place in p.scope.after)),
        ),
        merges=tuple(f"{p.selector}@{text.meta.date}" for p, text in zip(tabled, texts, strict=True)),
    )
    ours = any(text.meta.edition is Edition.RECONSTRUCTION for text in texts)
    about = topic_words(topic)
    return Metadata(
        treaty=layout.consolidated(topic),
        title=f"Consolidated text on {about}",
        signed=newest,
        date=newest,
        language=base.meta.language,
        edition=Edition.RECONSTRUCTION if ours else Edition.VERBATIM,
        parties=base.meta.parties,
        short=f"the consolidated text on {about}",
        status="consolidated",
        source=Source("The Parties' texts, merged by treaty-diff"),
        proposal=proposal,
    )


def trailers(proposal: Proposal) -> dict[str, str]:
    """What the commit of a consolidated text says for programs."""
    return {"Topic": proposal.topic, "Round": str(proposal.round), "Distribution": str(proposal.distribution)}
