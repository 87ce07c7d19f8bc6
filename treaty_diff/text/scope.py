"""Where a proposal would stand in the treaty that it amends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from ..citation import TargetKind, parse, parse_target
from ..errors import ProvisionNotFound, SelectorError
from .index import Index
from .model import CONTAINERS, HEADS, Kind, Provision, Treaty
from .proposal import Proposal, Scope

_PLACES = ("replaces", "deletes", "after", "retains")


def base_scope(proposal: Proposal, base: Index) -> tuple[Provision, ...]:
    """The provisions of the amended treaty that do not stay: what the proposal replaces or deletes, in its order.

    What the base does not hold is left out (`unresolved` names it); a place below an article of which the
    base has only the heading gives the article. Nothing for a proposal that only adds.
    """
    found = (place for selector in proposal.scope.removed for place in places(selector, base))
    return tuple({place.eid: place for place in found}.values())


def at_stake(text: Treaty, base: Index) -> dict[str, Provision]:
    """The articles of the amended treaty of which a proposal replaces or deletes parts only, by eId: what is left of each without the rest.

    What the proposal repeats beside such a part is left, too, and the words that a part stands below. Nothing for a text that is no
    proposal, or amends another treaty.
    """
    proposal = text.meta.proposal
    if proposal is None or proposal.scope.amends != base.treaty.meta.treaty:
        return {}
    found = base_scope(proposal, base)
    whole = {p.eid for place in found for p in place.walk() if p.kind in HEADS or p.kind in CONTAINERS}
    parts: dict[str, set[str]] = {}
    for place in found:
        holder = base.enclosing(place, *HEADS)
        if holder is not None and holder.eid not in whole:
            parts.setdefault(holder.eid, set()).add(place.eid)
    own = {p.eid: p for p in text.walk() if p.eid in parts}
    return {
        eid: _only(base.by_eid[eid], wanted | {p.eid for p in own[eid].walk() if not p.children} if eid in own else wanted)
        for eid, wanted in parts.items()
    }


def _only(provision: Provision, wanted: Set[str]) -> Provision:
    """A provision with those of its parts, and what holds them."""
    inside = [
        child if child.eid in wanted else _only(child, wanted)
        for child in provision.children
        if any(p.eid in wanted for p in child.walk())
    ]
    return replace(provision, children=tuple(inside))


def gone_within(proposal: Proposal | None, base: Index, scope: Sequence[Provision]) -> frozenset[str] | None:
    """The eIds of the articles and annexes that can be gone where a proposal is compared with the treaty that it amends.

    None where nothing narrows it: no proposal, another base, or a part of the base that was named (`scope` is less than the whole).
    """
    if proposal is None or not narrows(proposal, base.treaty, scope):
        return None
    out: set[str] = set()
    for place in base_scope(proposal, base):
        holder = place if place.kind in CONTAINERS else base.enclosing(place, *HEADS) or place
        # An article of which a part is replaced stays.
        if holder is place:
            out |= {p.eid for p in holder.walk() if p.kind in HEADS}
    return frozenset(out)


def narrows(proposal: Proposal, base: Treaty, scope: Sequence[Provision]) -> bool:
    """Whether a comparison is of a proposal with the whole of the treaty that it amends: then its scope says what can be gone."""
    return proposal.scope.amends == base.meta.treaty and all(p.kind is Kind.TREATY for p in scope)


def said_of_gone(proposal: Proposal | None, base: Treaty, scope: Sequence[Provision]) -> tuple[str, ...]:
    """What a comparison says where a proposal's scope narrows what can be gone."""
    if proposal is None or not narrows(proposal, base, scope):
        return ()
    return (f"{base.meta.name}: what the proposal neither replaces nor deletes is not counted as gone.",)


def places(selector: str, base: Index) -> tuple[Provision, ...]:
    """The provisions that a selector of a scope names; none where the base does not have them."""
    try:
        target = parse(selector).target
        try:
            return base.find(target)
        except ProvisionNotFound:
            if target.kind is not TargetKind.ARTICLE:
                return ()
            (article,) = base.find(replace(target, steps=target.steps[:1], term="", below=()))
            return () if article.held else (article,)
    except SelectorError:
        return ()


def unresolved(scope: Scope, base: Index) -> Iterator[tuple[str, str]]:
    """What of a scope names nothing in the base: which of `replaces`, `deletes`, `after`, `retains`, and the selector.

    Annexes are not looked for in a base that holds none.
    """
    annexed = has_annexes(base)
    for name in _PLACES:
        selectors: Sequence[str] = getattr(scope, name)
        for selector in selectors:
            target = parse_target(selector)
            known = annexed or target is None or target.kind is not TargetKind.ANNEX
            if known and not places(selector, base):
                yield name, selector


def has_annexes(base: Index) -> bool:
    """Whether a text holds any annex: many sources leave them out."""
    return any(provision.kind is Kind.ANNEX for provision in base.treaty.walk())
