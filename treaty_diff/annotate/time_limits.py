"""Time limits, thresholds and money: their length, their unit, how they bound, what they run from.

Days and months are never converted into one another as if equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .annotation import Annotation, Kind
from .clauses import same_verb
from .pairs import Pair, matched
from .quantities import Quantity, quantities
from .rows import Sheet
from .sentences import quoted, within
from .world import World

_NAMES = {"share": "percentage", "money": "money", "number": "number"}


def read(sheet: Sheet, world: World) -> Iterator[Annotation]:
    """What the changes of an article do to its quantities."""
    for n, pair in enumerate(sheet.pairs):
        weak = sheet.weak(n)
        if not ((weak and sheet.lone(n, 0)) or sheet.compared(n)):
            continue
        left, right = (quantities(pair.lines[k], pair.number(k)) for k in (0, 1))
        if not left and not right:
            continue
        for old, new in matched(pair, left, right, _answering(pair) if weak else _like):
            if old is not None and new is not None:
                yield from _weighed(sheet, n, old, new, world)
                continue
            side, found = (0, old) if old is not None else (1, new)
            if found is not None and not found.weak and pair.changed(side, found.start, found.end):
                yield _alone(sheet, n, side, found, world)


def _answering(pair: Pair) -> Callable[[Quantity, Quantity], float]:
    """How much two quantities say the same in lines of which little stayed: nothing, but in clauses that answer each other."""
    clauses_ = [(x, y) for x in pair.lines[0].clauses for y in pair.lines[1].clauses if x.actor == y.actor and same_verb(x, y)]

    def like(old: Quantity, new: Quantity) -> float:
        there = any(x.left <= old.start < x.right and y.left <= new.start < y.right for x, y in clauses_)
        return _like(old, new) if there else 0.0

    return like


def _weighed(sheet: Sheet, n: int, old: Quantity, new: Quantity, world: World) -> Iterator[Annotation]:
    pair = sheet.pairs[n]
    both = (n, (old.start, old.end), (new.start, new.end))
    was, now = pair.texts[0][old.start : old.end], pair.texts[1][new.start : new.end]
    what = _what(pair, 1, new, world)
    if old.sort != "time":
        if old.value != new.value or (old.sort == "money" and old.unit != new.unit):
            name = _NAMES[old.sort]
            severity = 3 if old.sort == "number" else 4
            which = "rises" if new.value > old.value else "falls" if new.value < old.value else "is in another currency"
            yield sheet.made(f"{name}-changed", Kind.TIME, severity, f"A {name} {which}: “{now}”; before, “{was}”{what}.", *both)
        return
    if old.unit != new.unit:
        yield sheet.made(
            "time-unit-changed", Kind.TIME, 4 if old.value != new.value else 3,
            f"A time limit is counted otherwise: “{now}”; before, “{was}”, which are not the same length{what}.", *both,
        )  # fmt: skip
    elif old.value != new.value:
        which = "longer" if new.value > old.value else "shorter"
        yield sheet.made("time-limit-changed", Kind.TIME, 4, f"A time limit is {which}: “{now}”; before, “{was}”{what}.", *both)
    if old.sense and new.sense and old.sense != new.sense and {old.sense, new.sense} in _OPPOSED:
        yield sheet.made(
            "time-sense-changed",
            Kind.TIME,
            4,
            f"A time limit bounds otherwise: {new.sense} “{now}”; before, {old.sense} “{was}”{what}.",
            *both,
        )
    if old.event and new.event and old.event != new.event and (pair.changed(0, *old.event_at) or pair.changed(1, *new.event_at)):
        yield sheet.made(
            "time-start-changed", Kind.TIME, 3,
            f"A time limit runs from something else: “{now}” {new.event}; before, {old.event}{what}.",
            n, (old.start, old.event_at[1]), (new.start, new.event_at[1]),
        )  # fmt: skip


_OPPOSED = ({"within", "at least"}, {"within", "after"}, {"within", "every"}, {"at least", "every"}, {"before", "after"})


def _alone(sheet: Sheet, n: int, side: int, found: Quantity, world: World) -> Annotation:
    pair = sheet.pairs[n]
    said = pair.texts[side][found.start : found.end]
    new = side == 1
    severity = {"time": 4, "number": 2}.get(found.sort, 3)
    name, rule = ("time limit", "time-limit") if found.sort == "time" else (_NAMES[found.sort], _NAMES[found.sort])
    opening = f"New {name}" if new else f"{name.capitalize()} dropped"
    span = (found.start, found.end)
    event = f" {found.event}" if found.event else ""
    return sheet.made(
        f"{rule}-{'added' if new else 'dropped'}", Kind.TIME, severity,
        f"{opening}: “{said}”{event}{_what(pair, side, found, world)}.", n, None if new else span, span if new else None,
    )  # fmt: skip


def _what(pair: Pair, side: int, found: Quantity, world: World) -> str:
    """Who must act and what is to be done in the time, as the line says it."""
    around = [c for c in pair.lines[side].clauses if c.left <= found.start < c.right + 1]
    if not around:
        return ""
    clause = around[-1]
    who = f"{within(clause.who)} " if clause.who else ""
    return f" ({who}{quoted(pair.texts[side][clause.start : clause.right], world.config.quoted)})"


def _like(old: Quantity, new: Quantity) -> float:
    if old.sort != new.sort:
        return 0.0
    out = 0.3
    if old.value == new.value:
        out += 0.4
    if old.unit == new.unit:
        out += 0.3
    if old.sort == "number" and old.unit != new.unit:
        out -= 0.25
    if old.event and old.event == new.event:
        out += 0.2
    return out
