"""Identifiers that a new expression of a treaty has from those that are held: the same `wId` for the same provision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..text.model import ANNEXES, CONTAINERS, Provision, Treaty
from . import features
from .concordance import Link
from .config import AlignConfig
from .versions import Item, between_expressions, item, pairs, translated


def carry_wids(new: Treaty, *held: Treaty, config: AlignConfig | None = None) -> Treaty:
    """The new expression with the wIds of what it has from the held ones, whatever its numbers are now.

    Of several held ones the first that has a provision counts. A wId that the text brings, another than its eId, stays.
    What none of them had gets its eId as wId; where another provision carries that, its legal date is added.
    """
    config = config or AlignConfig()
    wids = {p.eid: p.wid for p in new.walk() if p.wid and p.wid != p.eid}
    taken = set(wids.values())
    for old in held:
        for eid, wid in _from(new, old, config).items():
            if eid not in wids and wid not in taken:
                wids[eid] = wid
                taken.add(wid)

    def named(p: Provision) -> Provision:
        wid = wids.get(p.eid)
        if wid is None:
            wid = p.eid
            if wid and wid in taken:
                wid = f"{p.eid}_{new.meta.date.replace('-', '')}"
                while wid in taken:
                    wid += "_1"
            taken.add(wid)
        children = tuple([named(c) for c in p.children])
        return Provision(p.kind, p.eid, wid, p.num, p.heading, p.text, children, p.table, p.element)

    return new.with_root(named(new.root))


def _from(new: Treaty, old: Treaty, config: AlignConfig) -> dict[str, str]:
    """The wIds that the provisions of one text have in another, by eId."""
    links, _ = between_expressions(new, old, config, carried=False)
    before = {p.eid: p for p in old.walk()}
    after = {p.eid: p for p in new.walk()}
    wids: dict[str, str] = {}
    other_language = translated(new, old)
    for link in links:
        _follow(after[link.subject], before[link.base], wids, config, other_language=other_language)
    _follow_containers(new, old, links, wids)
    return wids


def _follow(new: Provision, old: Provision, wids: dict[str, str], config: AlignConfig, *, other_language: bool) -> None:
    """Note the old wId of two provisions that are the same, and of everything below them."""
    wids[new.eid] = old.wid or old.eid
    mine = [c for c in new.children if c.kind not in ANNEXES]
    theirs = [c for c in old.children if c.kind not in ANNEXES]
    if not mine or not theirs:
        return
    left, right = [_below(c, new) for c in mine], [_below(c, old) for c in theirs]
    if left == right and len({x.label for x in left}) == len(left):
        found = list(zip(mine, theirs, strict=True))
    else:
        found = [(mine[p.left], theirs[p.right]) for p in pairs(left, right, config, other_language=other_language)[0]]
    for a, b in found:
        _follow(a, b, wids, config, other_language=other_language)


def _below(child: Provision, parent: Provision) -> Item:
    """A child by its address below its parent, which is the same wherever the parent stands."""
    return replace(item(child, ""), label=child.eid.removeprefix(parent.eid))


def _follow_containers(new: Treaty, old: Treaty, links: Sequence[Link], wids: dict[str, str]) -> None:
    """Chapters go where most of their articles went; Parts and sections by their label inside those."""
    chapter = [{p.eid: c for p, c in features.units(text)} for text in (new, old)]
    votes: dict[tuple[str, str], int] = {}
    for link in links:
        key = chapter[0][link.subject], chapter[1][link.base]
        votes[key] = votes.get(key, 0) + 1
    old_wids = {p.eid: p.wid or p.eid for p in old.walk() if p.kind in CONTAINERS}
    to: dict[str, str] = {}
    for (mine, theirs), _ in sorted(votes.items(), key=lambda v: (-v[1], v[0][0] != v[0][1], v[0])):
        if mine and theirs and mine not in to and theirs not in to.values():
            to[mine] = theirs
    for p in new.walk():
        if p.kind in CONTAINERS and p.eid:
            head, sep, rest = p.eid.partition("__")
            was = to.get(head, head) + sep + rest
            if was in old_wids and old_wids[was] not in wids.values():
                wids[p.eid] = old_wids[was]
