"""Footnote markers: numbers glued to a word or a stop (`person1`, `services.4`, `2, 3`) or alone on a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from .numbering import CITING, CONNECTIVES

UNIT = "\x1d"
"""Parts the headings and bodies of a chapter's articles while its footnotes are read."""

_NUMBER = re.compile("[0-9]+")
_LONE = re.compile(r",?[ \t]*\d{1,3}(?:[ \t,]+\d{1,3})*[ \t]*")
_LONE_NUMBER = re.compile(r",?[ \t]*(\d{1,3})")
_AFTER_GLUED = re.compile(r"(?![.,]\d|[^\W\d_])")
_AFTER_SPACED = re.compile(
    rf"[ \t]?[,.;:)”](?!\d)|[ \t]*(?:[\n{UNIT}]|$)|"
    r"[ \t]+(?!(?:days?|years?|months?|hours?|weeks?|per|percent|and|or|to|through|días?|años?|meses|horas?|por|y|o|a)\b)"
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[.,;:)”’]?$")
_GOES_ON = re.compile(r"\d|[IVX]:")  # `18.4`, `Article XI:1`
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)$")
_STOPS = frozenset(".,;:)]”’\"'%")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_END_OF_LINE = re.compile(rf"(?:,[ \t]?\d{{1,3}})*[.,;:]?[ \t]*(?:[\n{UNIT}]|$)")
_INDEFINITE = re.compile(r"\b(?:an?|una?)[ \t]$")  # `a part1`: not the number of a Part
_AFTER_WORD = re.compile(r"[\s.,;:)]|$")


_LIST = 2500
"""Characters of a list at most whose entries the source put in another order."""


class SourceLine(NamedTuple):
    """A line of the chapter's text with words: where they start and end, and the words."""

    start: int
    end: int
    words: str


class Mark(NamedTuple):
    """A place that may be a marker; the higher `cost`, the less it looks like one.

    `listed`: it follows another marker (`2, 3`); `spaced`: a blank stands before it.
    """

    start: int
    end: int
    cost: float
    listed: bool = False
    spaced: bool = False


class Body:
    """A footnote's body: its number, the characters it takes, its words.

    `holes` are lines of the treaty that a page put between the body's lines, as (start, end);
    `numbered`: its number is printed in front of it.
    """

    __slots__ = ("end", "holes", "number", "numbered", "start", "words")

    def __init__(self, number: int, start: int, end: int, words: str, *, numbered: bool = True) -> None:
        self.number, self.start, self.end, self.words, self.numbered = number, start, end, words, numbered
        self.holes: list[tuple[int, int]] = []

    @property
    def parts(self) -> list[tuple[int, int]]:
        """The runs of characters that are the body's, as (start, end)."""
        starts = [self.start, *(end for _, end in self.holes)]
        return list(zip(starts, [*(start for start, _ in self.holes), self.end], strict=True))

    def takes(self, at: int) -> bool:
        """Whether the character at `at` is the body's."""
        return self.start <= at < self.end and not any(start <= at < end for start, end in self.holes)


Marks = dict[int, list[Mark]]


def taken_by(bodies: Sequence[Body]) -> Callable[[int], bool]:
    """Whether the character at a place is any body's: one look-up, however many bodies there are."""
    parts = sorted(part for body in bodies for part in body.parts)
    starts = [start for start, _ in parts]
    ends = list(accumulate((end for _, end in parts), max))

    def taken(at: int) -> bool:
        n = bisect_right(starts, at) - 1
        return n >= 0 and at < ends[n]

    return taken


def is_lone(words: str) -> bool:
    """Whether a line is nothing but a number, or several."""
    return words[:1] in "0123456789," and bool(_LONE.fullmatch(words))


def glued(text: str) -> Marks:
    """Places where a number is glued to a word or a stop, follows such a number, or stands apart after a word."""
    out: Marks = {}
    for m in _NUMBER.finditer(text):
        start, end = m.span()
        if not start:
            continue
        if end - start > 3:
            if end - start == 5 and text.startswith(("19", "20"), start) and _AFTER_GLUED.match(text, end):
                # a marker at a year: `20131`
                out.setdefault(int(text[end - 1]), []).append(Mark(end - 1, end, 0.3))
            continue
        before = text[start - 1]
        stop = before in _STOPS and (before == ";" or not _GOES_ON.match(text, max(start - 2, 0)))
        if stop or before.isalpha():
            if _AFTER_GLUED.match(text, end) or text.startswith(f",{int(m[0]) + 1}", end):
                out.setdefault(int(m[0]), []).append(Mark(start, end, 0.0))
                if end - start == 2 and ord(text[start + 1]) == ord(text[start]) + 1 and _END_OF_LINE.match(text, end):
                    # two markers: `.12`
                    out.setdefault(int(text[start]), []).append(Mark(start, start + 1, 1.5))
                    out.setdefault(int(text[start + 1]), []).append(Mark(start + 1, end, 0.0, listed=True))
            continue
        if before not in " \t,":
            continue
        comma = start - 1 if before == "," else start - 2 if start > 1 and text[start - 2] == "," else 0
        if comma and text[comma - 1] == " ":
            comma -= 1
        if comma and text[comma - 1].isdigit():
            if _AFTER_GLUED.match(text, end):
                out.setdefault(int(m[0]), []).append(Mark(comma, end, 0.0, listed=True))
        elif before != "," and _AFTER_SPACED.match(text, end):
            word = _WORD_BEFORE.search(text, max(0, start - 24), start - 1)
            cites = (
                word is None
                or word[1].lower() in CONNECTIVES
                or (word[1].lower() in CITING and not (word[1] == "of" and text[end : end + 1] == ":"))
            )
            if word is not None and not cites and not _MONTH.match(word[1]):
                out.setdefault(int(m[0]), []).append(
                    Mark(start - 1, end, 0.4 if text[end : end + 1] == ":" else 0.9, spaced=True)
                )
    return out


def lone(lines: Sequence[SourceLine], bodies: Sequence[Body]) -> Marks:
    """Markers that stand alone on a line, also several of them, outside `bodies`."""
    out: Marks = {}
    taken = taken_by(bodies)
    for line in lines:
        if not is_lone(line.words) or taken(line.start):
            continue
        for m in _LONE_NUMBER.finditer(line.words):
            out.setdefault(int(m[1]), []).append(Mark(line.start + m.start(), line.start + m.end(), 0.3))
    return out


def place(bodies: Sequence[Body], glued: Marks, lone: Marks) -> list[Mark | None]:
    """One marker for each body, in rising order, at the least cost; None where there is none."""
    taken = taken_by(bodies)
    # state: index of the last marker placed → (cost, trail)
    states: list[tuple[float, int, int, tuple[Mark | None, ...]]] = [(0.0, -1, -1, ())]
    for body in bodies:
        options = [m for m in glued.get(body.number, []) + lone.get(body.number, []) if not taken(m.start)]
        new: dict[int, tuple[float, int, int, tuple[Mark | None, ...]]] = {}
        for cost, at, end, trail in states:
            missing = (cost + 3.0, at, -1, (*trail, None))
            if at not in new or missing[0] < new[at][0]:
                new[at] = missing
            for mark in options:
                if mark.start < at or (mark.listed and mark.start != end):
                    continue
                distance = body.start - mark.start
                step = mark.cost + (distance / 4000 if distance >= 0 else 1.5 - distance / 1500)
                entry = (cost + step, mark.end, mark.end, (*trail, mark))
                if mark.end not in new or entry[0] < new[mark.end][0]:
                    new[mark.end] = entry
        states = sorted(new.values(), key=lambda s: s[0])[:40]
    return list(states[0][3]) if states else []


def out_of_order(bodies: Sequence[Body], marks: Sequence[Mark | None], lone: Marks) -> list[Mark | None]:
    """`marks` with those added that stand alone on a line where the source put the entries of a list in another order."""
    used = {mark.start for mark in marks if mark is not None}
    out = list(marks)
    for n, (body, mark) in enumerate(zip(bodies, marks, strict=True)):
        if mark is None:
            near = [m for m in lone.get(body.number, ()) if 0 < body.start - m.start < _LIST and m.start not in used]
            out[n] = near[0] if len(near) == 1 else None
    return out


def orphans(
    text: str, glued: Marks, lone: Marks, bodies: Sequence[Body], placed: Sequence[tuple[int, Mark]], first: int
) -> list[tuple[int, Mark]]:
    """Markers whose bodies the source has lost: glued to a word, their numbers going on with the series around.

    `lone` are those alone on a line: they count only where they close a gap in the series. `placed`
    are the markers that have bodies, `first` the number that the chapter may begin with.
    """
    taken = {body.number for body in bodies}
    in_body = taken_by(bodies)
    found = [
        (mark.start, number, mark, True)
        for number, marks in glued.items()
        if 0 < number < 400 and number not in taken
        for mark in marks
        if mark.cost in (0.0, 0.9) and superscript(text, mark) and not in_body(mark.start)
    ]
    behind = {(number + 1, mark.end) for _, number, mark, _ in found}
    found += [
        (mark.start, number, mark, True)
        for number, marks in glued.items()
        for mark in marks
        if mark.listed and (number, mark.start) in behind and number not in taken
    ]
    have = {number for number, _ in placed}
    found += [
        (mark.start, number, mark, True)
        for number, marks in lone.items()
        if number not in taken and number - 1 in have and number + 1 in have
        for mark in marks
    ]
    rows = sorted([*found, *((m.start, n, m, False) for n, m in placed)], key=lambda row: row[0])
    following = [1000]  # for each row, from the last, the next number that has a body
    for _, number, _, orphan in reversed(rows):
        following.append(following[-1] if orphan else number)
    out = []
    current = 0
    for (_, number, mark, orphan), after in zip(rows, reversed(following[:-1]), strict=True):
        if not orphan:
            current = max(current, number)
            continue
        step = number - current
        starts = not current and number == first
        if number < after and (starts or 1 <= step <= (1 if mark.spaced else 2)):
            out.append((number, mark))
            current = number
    return out


def superscript(text: str, mark: Mark) -> bool:
    """Whether a number was surely printed small: right behind a word, or behind a stop at a line's end."""
    before = text[mark.start - 1]
    if mark.listed:
        return False
    if mark.spaced:
        return before == ":" and bool(_END_OF_LINE.match(text, mark.end))
    if before.isalpha():
        word = _LAST_WORD.search(text, max(0, mark.start - 30), mark.start)
        if word is None or len(word[0]) < 3 or not word[0][1:].islower() or not _AFTER_WORD.match(text, mark.end):
            return False
        return word[0].lower() not in CITING or bool(_INDEFINITE.search(text, max(0, word.start() - 8), word.start()))
    earlier = text[max(mark.start - 2, 0)]
    return before in ".,;)" and (earlier.isalpha() or earlier in ")”") and bool(_END_OF_LINE.match(text, mark.end))
