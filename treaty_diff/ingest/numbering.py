"""The grammar of treaty numbering: which level does `(i)` open, continue or close?

Markers are read all together, not one by one: `(i)` after `(h)` is a letter unless `(ii)`
follows it; `8.` at a line's start is no paragraph where paragraph 14 is open and the line
before ends with `paragraph`. Each way to read the run of markers has a cost, and a beam
search keeps the cheapest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from ..numerals import from_letters, from_roman
from .lines import last_word


class Style(IntEnum):
    """How a level is numbered; the value is its usual depth."""

    NUMBER = 0
    LETTER = 1
    ROMAN = 2
    UPPER = 3
    PAREN = 4


class Marker(NamedTuple):
    """A candidate marker in a run of text.

    `printed` as it stands (`(a)`, `b)`, `12.`); `inline` where it stands inside a line;
    `after` the last word before it; `chapeau` whether the words before it end with a colon.
    A marker with nothing printed stands for the start of a definition: it closes all lists.
    """

    printed: str
    inline: bool = False
    after: str = ""
    chapeau: bool = False


DEFINITION = Marker("")
"""Stands in a run of markers where a definition begins."""


class Reading(NamedTuple):
    """How a marker was read: at which depth of the open levels; -1: no marker at all."""

    depth: int
    style: Style = Style.NUMBER
    ordinal: int = 0
    sure: bool = True


_Level = tuple[int, int]  # style, ordinal
_Stack = tuple[_Level, ...]

CITING = frozenset(
    "article articles paragraph paragraphs subparagraph subparagraphs annex annexes section sections chapter chapters "
    "appendix item items through to subheading heading headings subheadings footnote note part under of in "
    "artículo artículos párrafo párrafos subpárrafo subpárrafos anexo anexos sección capítulo subpartida partida".split()
)
"""Words after which a number or letter is cited and opens nothing."""

CONNECTIVES = frozenset("and or y o e u".split())
"""Words that join citations, and also the last two entries of a list."""

_MARKER = re.compile(r"(?:(?P<number>\d{1,3})\.(?!\d)|\((?P<paren>\d{1,3})\)|(?P<scanned>1)\)|\(?(?P<letters>[A-Za-z]{1,6})\))")
_CITED_LABELS = re.compile(r"\b(?P<word>[A-Za-z]+)\s+\d*(?:\(\w{1,4}\))+(?:(?:,|,? and|,? or)\s\d*(?:\(\w{1,4}\))+)*$")
_REJECT = 6.0
_OPEN = 0.2
_WIDTH = 24
_PRUNE = 9.0


def match_marker(text: str, at: int = 0) -> re.Match[str] | None:
    """The marker that starts at `at`, followed by white space, another marker or the end."""
    m = _MARKER.match(text, at)
    if m is None or not interpretations(m[0]):
        return None
    follow = text[m.end() : m.end() + 1]
    if not follow or follow.isspace() or follow == "(":
        return m
    # `1.Text` and `(a)text` happen; `a)text` without the opening bracket is too weak a sign
    glued = follow.isupper() if m["number"] else m[0].startswith("(")
    return m if glued and follow.isalpha() else None


def cited_after(before: str) -> str:
    """The word that a marker behind `before` may be cited by: the last one, labels cited with it passed over.

    >>> cited_after("a claim under subparagraph (a)(i)(C) or (b)")
    'subparagraph'
    """
    if before[-1:] == ")" and (m := _CITED_LABELS.search(before[-80:])) is not None and m["word"].lower() in CITING:
        return m["word"]
    return last_word(before)


@lru_cache(maxsize=4096)
def interpretations(printed: str) -> tuple[tuple[Style, int], ...]:
    """The ways a printed marker can be read, as (style, ordinal).

    >>> interpretations("(i)")
    ((<Style.LETTER: 1>, 9), (<Style.ROMAN: 2>, 1))
    """
    m = _MARKER.fullmatch(printed)
    if m is None:
        return ()
    if m["number"]:
        return ((Style.NUMBER, int(m["number"])),)
    if m["paren"]:
        return ((Style.PAREN, int(m["paren"])),)
    letters = m["letters"] or "l"  # a scanner's `1)` for `l)`
    out: list[tuple[Style, int]] = []
    ordinal = from_letters(letters)
    if letters.islower():
        if ordinal is not None and len(letters) <= 3:
            out.append((Style.LETTER, ordinal))
        roman = from_roman(letters)
        if roman is not None:
            out.append((Style.ROMAN, roman))
    elif letters.isupper() and ordinal is not None and len(letters) <= 2:
        out.append((Style.UPPER, ordinal))
    return tuple(out)


@lru_cache(maxsize=1 << 14)
def _transitions(stack: _Stack, style: int, ordinal: int, detached: bool) -> tuple[tuple[float, _Stack, Reading], ...]:
    """Every way to take a marker as `style` and `ordinal`, with its cost; `detached`: inside a line, after no colon."""
    out: list[tuple[float, _Stack, Reading]] = []

    def add(cost: float, stack: _Stack) -> None:
        out.append((cost, stack, Reading(len(stack) - 1, Style(style), ordinal, sure=cost < 2.5)))

    for depth, (level, last) in enumerate(stack):
        if level != style:
            continue
        step = ordinal - last
        doubled = style == Style.LETTER and ordinal > 26 and last <= 26
        if step == 1:
            cost = 0.0
        elif doubled and ordinal == 27:
            cost = 3.0
        elif 1 < step <= 3:
            cost = 2.0 + step
        elif step == 0:
            cost = 6.0
        elif ordinal == 1 and style != Style.NUMBER:
            cost = 3.5
        else:
            cost = 9.0
        # leaving a list whose first entry was its only one is odd: `(a)(i)` then `(b)`
        if any(number == 1 for _, number in stack[depth + 1 :]):
            cost += 0.4
        add(cost, (*stack[:depth], (style, ordinal)))
    if any(level == style for level, _ in stack) and style != Style.UPPER:
        opening = 7.0
    elif style == Style.NUMBER:
        opening = 0.0 if not stack else 7.0
    else:
        opening = _OPEN
        if stack and style < stack[-1][0]:
            opening += 2.5
        elif style in (Style.ROMAN, Style.UPPER) and (not stack or stack[-1][0] == Style.NUMBER):
            opening += 0.6
        if detached:
            opening += 4.0
    first = ordinal in (1, 27) if style in (Style.LETTER, Style.UPPER) else ordinal == 1
    if style == Style.LETTER and ordinal == 27:
        opening += 0.8  # (aa) as a level of its own
    if not first:
        opening += 4.5 if ordinal <= 3 else 6.5
    add(opening, (*stack, (style, ordinal)))
    return tuple(out)


def _rejection(marker: Marker) -> float:
    if marker.inline:
        return 0.3
    word = marker.after.lower()
    return 0.6 if word in CITING else 2.0 if word in CONNECTIVES else _REJECT


_REJECTED = Reading(-1)


def _goes_on(stack: _Stack, way: tuple[Style, int]) -> bool:
    """Whether a marker read as `way` is the next of an open level, at no cost."""
    return any(cost == 0.0 for cost, _, _ in _transitions(stack, way[0], way[1], False))


def _cost(row: tuple[_Stack, tuple[float, int, Reading]]) -> float:
    return row[1][0]


def read(markers: Sequence[Marker]) -> list[Reading]:
    """The cheapest reading of a run of markers, one `Reading` for each.

    >>> [r.depth for r in read([Marker("(h)"), Marker("(i)"), Marker("(ii)"), Marker("(i)"), Marker("(j)")])][1:]
    [1, 1, 0, 0]
    """
    # a state is its stack of open levels; of all ways to reach it only the cheapest is kept
    trail: list[list[tuple[Reading, int]]] = []
    states: list[tuple[_Stack, float]] = [((), 0.0)]
    for marker in markers:
        found: dict[_Stack, tuple[float, int, Reading]] = {}
        if marker is DEFINITION:
            for back, (stack, cost) in enumerate(states):
                kept = stack[:1] if stack and stack[0][0] == Style.NUMBER else ()
                if kept not in found:  # states are in the order of their costs
                    found[kept] = (cost, back, Reading(len(kept), sure=False))
        else:
            word = marker.after.lower()
            extra = 0.1 if marker.inline else 4.0 if word in CITING else 0.5 if word in CONNECTIVES else 0.0
            dearest = 1.0 if marker.inline else 100.0
            detached = marker.inline and bool(word) and not marker.chapeau
            rejection = _rejection(marker)
            ways = interpretations(marker.printed)
            most = states[0][1] + rejection + _PRUNE
            if len(ways) == 1 and not extra and _goes_on(states[0][0], ways[0]):
                # one way to read it, and it goes on where the best state stands: nothing else is worth trying
                dearest = rejection = 0.0
            for back, (stack, cost) in enumerate(states):
                if rejection:
                    old = found.get(stack)
                    if old is None or cost + rejection < old[0]:
                        found[stack] = (cost + rejection, back, _REJECTED)
                for style, ordinal in ways:
                    for step, new, reading in _transitions(stack, style, ordinal, detached):
                        if step > dearest:
                            continue
                        total = cost + step + extra
                        if total > most:
                            continue
                        old = found.get(new)
                        if old is None or total < old[0]:
                            found[new] = (total, back, reading)
        rows = sorted(found.items(), key=_cost)
        limit = rows[0][1][0] + _PRUNE
        rows = [row for row in rows[:_WIDTH] if row[1][0] <= limit]
        trail.append([(reading, back) for _, (_, back, reading) in rows])
        states = [(stack, cost) for stack, (cost, _, _) in rows]
    out: list[Reading] = []
    at = 0
    for row in reversed(trail):
        reading, at_before = row[at]
        out.append(reading)
        at = at_before
    return out[::-1]
