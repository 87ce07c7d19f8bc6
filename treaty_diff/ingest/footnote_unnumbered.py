"""Footnote bodies that have lost their numbers.

They are known by the gap they leave in the chapter's series and by where they stand: a whole sentence
without a label inside another sentence, inside a list, or behind the words that carry the marker.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from .footnote_marks import UNIT, Body, Marks, SourceLine, superscript
from .lines import ends, ends_with_connective, starts_lower
from .numbering import match_marker

_REACH = 9000
"""Characters within which a page's footnotes follow their markers."""
_LINES = 8
"""Lines that a body without a number has at most."""
_NO_WORDS = re.compile(r"[\d\s-]+")
_OPENS = re.compile(r"[\"“‘(«]*[A-ZÁÉÍÓÚÑ]")
_OPENER = re.compile(
    r"(?:For (?:greater certainty|(?:the )?purposes of)|With respect to|Para mayor certeza|"
    r"(?:Para|A) los efectos de|Con respecto a|Para [A-ZÁÉÍÓÚ])"
)
_SAYS_WHERE = re.compile(r"\b(?:this|est[ea])\s+(?:Article|(?:sub)?paragraph|Art[ií]culo|(?:sub)?p[áa]rrafo)\b", re.I)


def find(text: str, lines: Sequence[SourceLine], glued: Marks, lone: Marks, bodies: Sequence[Body]) -> list[tuple[int, int]]:
    """The numbers missing from the series of `bodies`, each with the index of the line where its body begins."""
    starts = [line.start for line in lines]
    known = [(body.number, body.start, body.end) for body in sorted(bodies, key=lambda body: body.number)]
    out: list[tuple[int, int]] = []

    def search(number: int, low: int, high: int, fits: Callable[[int], bool]) -> int:
        """Where the search for the next number begins."""
        for n in range(bisect_left(starts, low), bisect_left(starts, min(high, low + _REACH))):
            if fits(n):
                out.append((number, n))
                return lines[n].end
        return low

    at = 0
    for (before, _, end), (after, stop, _) in pairwise([(0, 0, 0), *known, (0, len(text), 0)]):
        at = max(at, end)
        for number in range(before + 1, after) if after else _printed_from(text, glued, lone, before + 1, at):
            sure = [m.end for m in glued.get(number, ()) if m.start < stop and superscript(text, m)]
            marks = sure or [m.end for m in lone.get(number, ()) if m.start < stop]
            if marks:
                at = search(number, max(at, min(marks)), stop, partial(_after_marker, text, lines, sure=bool(sure)))
    known = sorted([*known, *((number, lines[n].start, lines[n].end) for number, n in out)])
    for (before, _, end), (after, stop, _) in pairwise(known):
        if after == before + 2:
            search(before + 1, end, stop, partial(_without_marker, text, lines))
    return out


def _printed_from(text: str, glued: Marks, lone: Marks, number: int, at: int) -> Iterator[int]:
    """Numbers that go on with a series, as long as their markers are printed no further than a page before `at`."""
    while any(m.start > at - _REACH and superscript(text, m) for m in glued.get(number, ())) or number in lone:
        yield number
        number += 1


def _after_marker(text: str, lines: Sequence[SourceLine], n: int, *, sure: bool) -> bool:
    opener, inside = _foreign(text, lines, n)
    return inside or (sure and opener)


def _without_marker(text: str, lines: Sequence[SourceLine], n: int) -> bool:
    opener, inside = _foreign(text, lines, n)
    return inside and (opener or bool(_SAYS_WHERE.search(lines[n].words)))


def _foreign(text: str, lines: Sequence[SourceLine], n: int) -> tuple[bool, bool]:
    """Whether line `n` has no label and speaks as footnotes do, and whether it is a whole sentence inside another or a list."""
    words = lines[n].words
    if not n or not _OPENS.match(words) or match_marker(words) or len(words.split()) < 5:
        return False, False
    if UNIT in text[lines[n - 1].end : lines[n].start]:
        return False, False
    before = lines[n - 1].words.rstrip("0123456789, ")
    listed = ends(before, ";:") or lines[n - 1].words.endswith(",") or ends_with_connective(before)
    opener = bool(_OPENER.match(words) or (not listed and not ends(before) and _SAYS_WHERE.search(words)))
    last = n
    while not ends(lines[last].words, "."):
        last += 1
        if last == len(lines) or last - n == _LINES or UNIT in text[lines[last - 1].end : lines[last].start]:
            return opener, False
        if match_marker(lines[last].words):
            return opener, False
    after = last + 1
    while after < len(lines) and _NO_WORDS.fullmatch(lines[after].words):
        after += 1
    if after == len(lines) or UNIT in text[lines[last].end : lines[after].start]:
        return opener, False
    following = lines[after].words
    if listed:
        return opener, starts_lower(following) or match_marker(following) is not None
    return opener, not ends(before) and starts_lower(following)
