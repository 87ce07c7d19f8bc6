"""Reach: exceptions, limits, what overrides, list items, quantifiers, comparators, incorporation, clarifications."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .annotation import Annotation, Kind
from .clauses import Bind
from .markers import Topics
from .rows import Sheet
from .sentences import listed, quoted, within
from .wordlists import REACH
from .world import World

_TOPICS = Topics(REACH, Kind.REACH)
_ITEMS = frozenset({"subparagraph", "item", "subitem", "subsubitem"})
_JOINED = re.compile(r"[;,]? (and|or)\s*$")


def read(sheet: Sheet, world: World) -> Iterator[Annotation]:
    """What the changes of an article do to what its rules reach."""
    yield from _TOPICS.read(sheet, world)
    for up in range(len(sheet.pairs)):
        if sheet.pairs[up].whole and sheet.sure[up] and not sheet.weak(up):
            for side in (0, 1):
                yield from _items(sheet, up, side, world)
            yield from _connector(sheet, up)
    for n, pair in enumerate(sheet.pairs):
        for side in (0, 1):
            mine = pair.sides[side]
            if mine is not None and mine.note and sheet.lone(n, side) and not sheet.weak(n):
                yield from _footnote(sheet, n, side, world)


def _items(sheet: Sheet, up: int, side: int, world: World) -> Iterator[Annotation]:
    """Items of a list that both texts have, that stand on one side only: said once for the list."""
    alone = []
    for n in sheet.held[side][up]:
        mine = sheet.pairs[n].sides[side]
        if mine is None or mine.kind not in _ITEMS or mine.note or not sheet.lone(n, side):
            continue
        if any(c.kind is not Bind.STATEMENT and not c.relative for c in sheet.pairs[n].lines[side].clauses):
            continue
        if not world.has_line(1 - side, sheet.pairs[n].lines[side], sheet.pairs[n].number(side)):
            alone.append(n)
    if not alone:
        return
    chapeau = sheet.pairs[up]
    binding = [c for c in chapeau.lines[side].clauses if c.kind is not Bind.STATEMENT]
    first = sheet.pairs[alone[0]]
    many = len(alone) > 1
    names = listed(sheet.names(alone, side), world.config.listed) or "one"
    said = f"{'Items' if many else 'Item'} {'added to' if side else 'dropped from'} a list"
    if binding:
        who = within(binding[-1].who) or "what"
        word = {Bind.DUTY: "must", Bind.RIGHT: "may"}.get(binding[-1].kind, "")
        said += f" of what {who} {word} do" if binding[-1].who else ""
    words = quoted(first.texts[side][first.number(side) :], world.config.quoted)
    said += f": {names}, {'first ' if many else ''}{words}."
    span = (first.number(side), len(first.texts[side].rstrip()))
    rule = "item-added" if side else "item-dropped"
    yield sheet.made(rule, Kind.REACH, 3 if binding else 2, said, alone[0], None if side else span, span if side else None)


def _connector(sheet: Sheet, up: int) -> Iterator[Annotation]:
    """`and` for `or` between the same items; what an item that came or went shifts is nothing."""
    held = sheet.held[0][up]
    if len(held) < 2 or held != sheet.held[1][up] or any(not sheet.pairs[n].whole for n in held):
        return
    if not any(sheet.pairs[n].differs for n in held):
        return
    words = []
    for side in (0, 1):
        found = [(n, m) for n in held if (m := _JOINED.search(sheet.pairs[n].lower[side].rstrip())) is not None]
        words.append(found)
    if len(words[0]) == len(words[1]) == 1 and words[0][0][1][1] != words[1][0][1][1] and words[0][0][0] == words[1][0][0]:
        n, old, new = words[0][0][0], words[0][0][1], words[1][0][1]
        meant = "any of the items is enough" if new[1] == "or" else "all the items together"
        yield sheet.made(
            "connector-changed", Kind.REACH, 4, f"The items are joined by “{new[1]}”; before, by “{old[1]}”: {meant}.",
            n, old.span(1), new.span(1),
        )  # fmt: skip


def _footnote(sheet: Sheet, n: int, side: int, world: World) -> Iterator[Annotation]:
    """A footnote that limits a duty, or one Party."""
    pair = sheet.pairs[n]
    low = pair.lower[side]
    party = world.party(pair.lines[side])
    binds = [c for c in pair.lines[side].clauses if c.kind is not Bind.STATEMENT]
    if not party and (low.startswith("for greater certainty", pair.number(side)) or not (binds or _LIMITS.search(low))):
        return
    if world.has_line(1 - side, pair.lines[side], pair.number(side)):
        return
    about = f" for {party}" if party else ""
    words = quoted(pair.texts[side][pair.number(side) :], world.config.quoted)
    said = f"A footnote {'limits' if side else 'no longer limits'} the rule{about}: {words}."
    span = (pair.number(side), len(pair.texts[side].rstrip()))
    yield sheet.made(
        "footnote-added" if side else "footnote-dropped", Kind.REACH, 3, said, n, None if side else span, span if side else None
    )


_LIMITS = re.compile(r"\b(?:does not|do not|shall not|except|only|unless|exclud\w+|not includ\w+|not apply)\b")
