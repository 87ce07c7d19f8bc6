"""The texts on a topic article by article over the treaty that they amend, and the one consolidated text that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..citation import label
from ..text import plain
from ..text.index import Index, indexed
from ..text.model import ANNEXES, HEADS, Kind, Provision, Treaty
from ..text.scope import places
from .brackets import Node
from .consolidation import consolidate
from .marked import is_bracketed, nodes
from .views import view


@dataclass(frozen=True, slots=True)
class Place:
    """An article or annex that somebody would change: its address, its citation, the words in force (empty where there are none, or none
    are held), and each Party's words, by ISO 3166-1 alpha-3 code.

    `head` is the article as the treaty has it, else as a Party does, and `chapter` the chapter that it stands in. Where only parts of it are
    at stake, `parts` has each with what it stands below in the article, outermost first. `tabled` says when each Party that would
    change it tabled its text. `brackets` is the article as all Parties tabled it together, with their brackets; empty where they did not.
    """

    eid: str
    citation: str
    base: str
    texts: Mapping[str, str]
    head: Provision
    chapter: Provision | None = None
    parts: tuple[tuple[Provision, ...], ...] = ()
    tabled: Mapping[str, str] = field(default_factory=dict)
    brackets: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A place with its bracketed text."""

    place: Place
    nodes: tuple[Node, ...]


def consolidated(base: Treaty, proposals: Sequence[Treaty]) -> list[Consolidated]:
    """The bracketed text of the proposals on a topic; Parties of the treaty without one are reserved."""
    found = gathered(base, proposals)
    parties = {party for place in found for party in place.texts}
    reserved = bool(set(base.meta.parties) - parties)
    return [Consolidated(place, place.brackets or consolidate(place.base, place.texts, reserved)) for place in found]


def gathered(base: Treaty, proposals: Sequence[Treaty]) -> list[Place]:
    """What each Party would have of each article or annex that one of them changes.

    A Party has the words in force where its text neither gives others nor deletes them. A text tabled together is each Party's who has
    none alone, its brackets resolved to that Party's view. Where a part of an article is replaced the words in force are those of that part.
    """
    index = indexed(base)
    sides = {party: _Side(party, text, index) for party, text in _owners(proposals).items()}
    touched = {eid: side for side in sides.values() for eid in (*side.own, *side.removed)}
    out = []
    for eid in sorted(touched, key=lambda eid: _order(touched[eid].named(eid))):
        parts = _parts(eid, list(sides.values()))
        held = index.by_eid.get(eid)
        force = "".join(_text(index.by_eid[part]) for part in parts) if parts else _text(held) if held and held.held else ""
        texts = {party: side.words(eid, force, parts) for party, side in sides.items()}
        side = touched[eid]
        together = len({id(one.text) for one in sides.values()}) == 1 and eid in side.own and is_bracketed(side.own[eid])
        own = side.index if eid in side.own else index
        out.append(
            Place(
                eid,
                side.citation(eid),
                force,
                texts,
                held if held is not None and parts else side.named(eid),
                own.enclosing(side.named(eid), Kind.CHAPTER),
                tuple(_below(index, part) for part in parts),
                {party: s.text.meta.date for party, s in sides.items() if s.touches(eid)},
                nodes(plain.alone(side.own[eid])) if together and not parts else (),
            )
        )
    return out


class _Side:
    """One Party's text: its articles by address, and what it takes away of the base."""

    def __init__(self, party: str, text: Treaty, base: Index) -> None:
        self.party, self.text = party, text
        self.index, self.base = indexed(text), base
        self.own = {p.eid: p for p in text.walk() if p.kind in HEADS}
        self.removed: set[str] = set()
        self.parts: dict[str, list[str]] = {}
        assert text.meta.proposal is not None
        for place in (found for selector in text.meta.proposal.scope.removed for found in places(selector, base)):
            holder = base.enclosing(place, *HEADS)
            if holder is None:
                self.removed |= {p.eid for p in place.walk() if p.kind in HEADS}
            elif holder is place:
                self.removed.add(place.eid)
            else:
                self.parts.setdefault(holder.eid, []).append(place.eid)

    def words(self, eid: str, force: str, parts: Sequence[str]) -> str:
        """What the Party would have at an address, or of the parts of it, where the words in force are `force`."""
        if eid in self.own:
            own = [self.index.by_eid[part] for part in parts if part in self.index.by_eid] if parts else [self.own[eid]]
            return "".join(self._view(p) for p in own)
        return "" if eid in self.removed else force

    def _view(self, provision: Provision) -> str:
        if not is_bracketed(provision):
            return _text(provision)
        return view(nodes(plain.alone(provision)), self.party).text

    def touches(self, eid: str) -> bool:
        """Whether the Party would change what stands at an address."""
        return eid in self.own or eid in self.removed or eid in self.parts

    def named(self, eid: str) -> Provision:
        return self.own[eid] if eid in self.own else self.base.by_eid[eid]

    def citation(self, eid: str) -> str:
        return (self.index if eid in self.own else self.base).citation(self.named(eid))


def _parts(eid: str, sides: Sequence[_Side]) -> list[str]:
    """The parts of an article that are at stake: none where somebody gives or takes away the whole of it, or other parts."""
    found = [side.parts.get(eid, []) for side in sides if side.touches(eid)]
    return found[0] if all(parts == found[0] for parts in found) else []


def _below(index: Index, part: str) -> tuple[Provision, ...]:
    """A part of an article with what it stands below there, outermost first."""
    chain: list[Provision] = []
    at: Provision | None = index.by_eid[part]
    while at is not None and at.kind not in HEADS:
        chain.append(at)
        at = index.parent(at)
    return tuple(reversed(chain))


def _owners(proposals: Iterable[Treaty]) -> dict[str, Treaty]:
    """Whose text each is: a Party's own before one that it tabled with others."""
    out: dict[str, Treaty] = {}
    for text in sorted(proposals, key=lambda t: len(t.meta.proposal.tabled_by) if t.meta.proposal else 0):
        for party in text.meta.proposal.tabled_by if text.meta.proposal else ():
            out.setdefault(party, text)
    return dict(sorted(out.items()))


def _text(provision: Provision) -> str:
    return plain.text(plain.alone(provision))


def _order(provision: Provision) -> tuple[bool, int, str]:
    """By kind, number and what is inserted behind it: 2018, 2018 bis, 2019."""
    number = re.match(r"\d*", label(provision.label))
    digits = number[0] if number is not None else ""
    return provision.kind in ANNEXES, int(digits or 0), label(provision.label)
