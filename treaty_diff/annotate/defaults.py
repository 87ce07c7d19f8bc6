"""What happens where a time limit is missed: the default that a text provides for whoever does not act in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .annotation import Annotation, Kind
from .config import CONDITIONS, IN_TIME, LAPSES
from .line import Line
from .pairs import Pair, matched
from .rows import Sheet
from .sentences import quoted
from .words import bit, codes, stems
from .world import World

RULES = ("default-added", "default-dropped", "default-changed")
_ASKED = (bit(LAPSES), bit(CONDITIONS), bit(IN_TIME))
_SENTENCE = re.compile(r"[^;\n]+?(?:\.(?=\s[A-Z“]|\s*$)|;|\n|$)")
_TIME = (
    r"(?:\bwithin\b[^,;]{0,60}\b(?:hours?|days?|weeks?|months?|years?|periods?|time|deadline|limits?)\b"
    r"|\b(?:by|before) (?:the|that|this|such) (?:\w+ )?(?:end|expiry|date|time|deadline)\b"
    r"|\bin (?:that|this|such|the|due|good) (?:time|period)\b(?! as)|\bin time\b|\btimely\b)"
)
_MISSED = (
    r"(?:\b(?:fails?|failed|failing|failure|unable|cannot|neglects?)\b"
    r"|\b(?:do|does|did|has|have|is|are|was|were|had|be|been)(?: \w+)? not(?: been)? \w|\bcan not\b"
    r"|\b(?:no|neither)\b[^,;]{1,60}?\b(?:is|are|has|have|was|were|objects?|agrees?|responds?|appoints?|selects?|comments?|decides?|\w+s)\b)"
)
_IF = re.compile(
    r"(?P<if>\b(?:if|where|when|should|unless|in the (?:absence|event) of|absent|failing)\b(?P<cond>[^,;]*(?:,[^,;]*\bwithin\b[^,;]*)?))"
)
_IS_MISSED, _IN_TIME = re.compile(_MISSED), re.compile(_TIME)
_OF_ITSELF = ("unless", "failing", "absent", "in the absence")
"""What says by itself that something was not done."""
_SAME = 0.6
"""The share of the content words of two outcomes that both have, from which they are one."""


@dataclass(frozen=True, slots=True)
class Default:
    """A sentence at `start:end` with a condition that a time limit was missed; `outcome` is what then happens, by its content words."""

    start: int
    end: int
    condition: frozenset[str]
    outcome: frozenset[str]
    said: tuple[int, int]


def defaults(line: Line) -> tuple[Default, ...]:
    """The defaults of a line, in order."""
    if any(not line.signs & sign for sign in _ASKED):
        return ()
    out = []
    for sentence in _SENTENCE.finditer(line.text):
        low = line.low[sentence.start() : sentence.end()]
        for m in _IF.finditer(low):
            if not _IN_TIME.search(m["cond"]) or not (m["if"].startswith(_OF_ITSELF) or _IS_MISSED.search(m["cond"])):
                continue
            before, after = low[: m.start()], low[m.end() :]
            # the condition stands before what it decides, or after it
            behind = len(after.strip(" .;")) > len(before.strip(" .;0123456789()"))
            rest = (m.end(), len(low.rstrip())) if behind else (0, m.start())
            outcome = stems(codes(low[slice(*rest)]))
            if len(outcome) < 1:
                continue
            lead = len(low) - len(low.lstrip())
            at = sentence.start()
            out.append(Default(at + lead, at + len(low.rstrip()), stems(codes(m["cond"])), outcome, (at + rest[0], at + rest[1])))
            break
    return tuple(out)


def read(sheet: Sheet, world: World) -> Iterator[Annotation]:
    """What the changes of an article do to what happens where a time limit is missed."""
    alone: tuple[list[tuple[int, Default]], list[tuple[int, Default]]] = ([], [])
    there: tuple[list[tuple[int, Default]], list[tuple[int, Default]]] = ([], [])
    for n, pair in enumerate(sheet.pairs):
        found = [defaults(line) if sheet.stands(n, side) else () for side, line in enumerate(pair.lines)]
        for side in (0, 1):
            there[side].extend((n, d) for d in found[side])
        if sheet.compared(n) or (sheet.weak(n) and sheet.lone(n, 0)):
            for old, new in matched(pair, found[0], found[1], _like):
                if old is not None and new is not None:
                    if _other(pair, old, new):
                        yield _changed(sheet, (n, old), (n, new), n, world)
                elif old is not None and pair.share_changed(0, old.start, old.end) >= _PUT_IN:
                    alone[0].append((n, old))
                elif new is not None and pair.share_changed(1, new.start, new.end) >= _PUT_IN:
                    alone[1].append((n, new))
            continue
        for side in (0, 1):
            if sheet.lone(n, side):
                alone[side].extend((n, d) for d in found[side])
    for side in (0, 1):
        for n, default in alone[side]:
            if world.said(1 - side, sheet.pairs[n].lower[side][default.start : default.end]):
                continue
            others = [(_alike(default.condition, d.condition), k, d) for k, d in there[1 - side]]
            share, k, other = max(others, key=lambda o: o[0], default=(0.0, 0, default))
            if share < _NEAR:
                yield _alone(sheet, n, side, default, world)
            elif (side == 1 or (k, other) not in alone[1]) and _alike(default.outcome, other.outcome) < _SAME:
                yield _changed(sheet, *(((k, other), (n, default)) if side else ((n, default), (k, other))), n, world)


_NEAR = 0.4
"""The share of the content words of two conditions of an article that both have, from which one stands for the other."""
_PUT_IN = 0.5
"""The share of a sentence's characters that changed, from which it is new or gone."""


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _like(old: Default, new: Default) -> float:
    return 0.5 + 0.7 * _alike(old.condition, new.condition)


def _other(pair: Pair, old: Default, new: Default) -> bool:
    """Whether something else happens: other words, some of which the redline has as changed."""
    if not (pair.changed(0, *old.said) or pair.changed(1, *new.said)):
        return False
    return _alike(old.outcome, new.outcome) < _SAME


def _changed(sheet: Sheet, old: tuple[int, Default], new: tuple[int, Default], n: int, world: World) -> Annotation:
    """One default for another; in two rows it is said at `n`, one of them."""
    said = [
        quoted(sheet.pairs[k].texts[side][slice(*d.said)].strip(" ,;."), world.config.quoted)
        for side, (k, d) in enumerate((old, new))
    ]
    spans = [(d.start, d.end) if k == n else None for k, d in (old, new)]
    made = sheet.made(
        "default-changed",
        Kind.TIME,
        4,
        f"Where a time limit is missed, something else happens: {said[1]}; before, {said[0]}.",
        n,
        *spans,
    )
    return replace(made, base=sheet.place(old[0], 0), subject=sheet.place(new[0], 1))


def _alone(sheet: Sheet, n: int, side: int, found: Default, world: World) -> Annotation:
    """A default that nothing answers."""
    pair = sheet.pairs[n]
    start = found.start if found.start else pair.number(side)
    words = quoted(pair.texts[side][start : found.end], 2 * world.config.quoted)
    opening = "is now provided for" if side else "is no longer provided for"
    span = (start, found.end)
    return sheet.made(
        "default-added" if side else "default-dropped", Kind.TIME, 4,
        f"What happens where a time limit is missed {opening}: {words}.", n, None if side else span, span if side else None,
    )  # fmt: skip
