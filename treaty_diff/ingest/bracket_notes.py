"""Footnotes in square brackets: `[7]` in the text, the bodies `[7] For greater certainty, …` behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text.model import Footnote, Text
from .footnotes import Lifted
from .lines import SENTINEL, ends, fold
from .numbering import match_marker
from .pagination import PageLine

_BODY = re.compile(r"\s*\[(?P<number>\d{1,3})\]\s*(?P<words>\S.*)")
_MARKER = re.compile(r"(?:(?<=\]),\s?|\s?)\[(?P<number>\d{1,3})\]")


def has(lines: Sequence[PageLine]) -> bool:
    """Whether a chapter has footnotes in brackets: a body on a line of its own, and its marker before."""
    seen: set[str] = set()
    for line in lines:
        m = _BODY.fullmatch(line.words)
        if m is not None and m["number"] in seen:
            return True
        seen.update(found["number"] for found in _MARKER.finditer(line.words))
    return False


def lift(lines: Sequence[PageLine]) -> Lifted:
    """The chapter without its footnotes: private characters stand for them (see `lines.SENTINEL`)."""
    bodies, rest = _bodies(lines)
    notes = [Footnote(number, 0, Text(words, "und")) for number, words in bodies.items()]
    signs = {number: chr(SENTINEL + n) for n, number in enumerate(bodies)}

    def sign(m: re.Match[str]) -> str:
        return signs.pop(m["number"], m[0])

    text = _MARKER.sub(sign, "\n".join(rest))
    placed = [Footnote(note.marker, 0, note.body, placed=note.marker not in signs) for note in notes]
    return Lifted([text + "".join(signs.values())], placed, int(notes[-1].marker) if notes else 0)


def _bodies(lines: Sequence[PageLine]) -> tuple[dict[str, str], list[str]]:
    """The bodies by number, and the lines without them; a body takes the list that it opens."""
    bodies: dict[str, str] = {}
    rest: list[str] = []
    number = ""
    marked: set[str] = set()
    for line in lines:
        words = fold(line.words)
        m = _BODY.fullmatch(words)
        if m is not None and m["number"] in marked and m["number"] not in bodies:
            number = m["number"]
            bodies[number] = m["words"]
            continue
        marker = match_marker(words)
        if number and marker is not None and not marker["number"] and not ends(bodies[number], "."):
            bodies[number] += "\n" + words
            continue
        if words:
            number = ""
        marked.update(found["number"] for found in _MARKER.finditer(words))
        rest.append(line.words)
    return bodies, rest
