"""What a proposal declares itself: an article that takes another one's place answers it, whatever its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..text.index import indexed
from ..text.model import HEADS, Treaty
from ..text.scope import places
from .concordance import Concordance, Link, LinkKind, in_order
from .features import members, units


def apply(subject: Treaty, base: Treaty, found: Concordance) -> Concordance:
    """A correspondence with the links that proposals declare, inside the same scope.

    A proposal's article answers the one of the same address that it replaces, in whole or in part; two texts on one topic that amend the
    same treaty answer each other address by address. A link that is there already stays as it is.
    """
    pairs = _pairs(subject, base)
    offered = {link.base for link in found.links} | set(found.unanswered)
    known = {(link.subject, link.base) for link in found.links}
    made = [
        Link(here, there, LinkKind.COUNTERPART, 1.0)
        for here, there in pairs.items()
        if here in found.nearest and there in offered and (here, there) not in known
    ]
    if not made:
        return found
    links = [*made, *found.links]
    answered = {link.base for link in links}
    declared = {(link.subject, link.base) for link in made}
    nearest = {eid: tuple(n for n in near if (eid, n.base) not in declared) for eid, near in found.nearest.items()}
    return replace(
        found,
        links=tuple(in_order(links, [p.eid for p, _ in units(subject)], [p.eid for p, _ in units(base)])),
        nearest=nearest,
        unanswered=tuple(eid for eid in found.unanswered if eid not in answered),
    )


def _pairs(subject: Treaty, base: Treaty) -> Mapping[str, str]:
    """Subject articles and the base articles of the same address that are declared to be theirs."""
    mine, theirs = subject.meta.proposal, base.meta.proposal
    if mine is None and theirs is None:
        return {}
    addresses = {p.eid for p, _ in units(base)}
    same = [p.eid for p, _ in units(subject) if p.eid in addresses]
    if mine is not None and theirs is not None:
        alike = mine.topic == theirs.topic and mine.scope.amends == theirs.scope.amends
        return {eid: eid for eid in same} if alike else {}
    amended, proposal = (base, mine) if mine is not None else (subject, theirs)
    if proposal is None or proposal.scope.amends != amended.meta.treaty:
        return {}
    index = indexed(amended)
    replaced: set[str] = set()
    for place in (found for selector in proposal.scope.replaces for found in places(selector, index)):
        holder = index.enclosing(place, *HEADS)
        replaced |= {p.eid for p, _ in members((place,))} if holder is None else {holder.eid}
    return {eid: eid for eid in same if eid in replaced}
