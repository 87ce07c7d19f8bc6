"""Footnotes of pages: the block at a page's foot, the numbers going on from page to page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .footnote_marks import Body
from .lines import ends, fold, last_word
from .numbering import CITING, match_marker
from .pagination import PageLine

_NUMBERED = re.compile(r"\s?(?P<number>\d{1,3})(?:\s+(?P<words>\S.*))?")
_OPENS = re.compile(r"[\"“‘(«]*[^\W\d_a-zà-ÿ]")
_AT_END = re.compile(r"(?P<before>.*[.;:)”])\s(?P<number>\d{1,3})")
_AT_START = re.compile(r"(?P<number>\d{1,3})\s+(?=[a-zà-ÿ])")
_BEHIND_YEAR = re.compile(r"\b(?:19|20)\d\d(?P<number>\d{1,2})$")
_SKIPPED = 2  # so many footnotes may have lost their numbers between two that have them


@dataclass(slots=True)
class Foot:
    """A chapter's lines without page feet, and the footnotes' bodies where they stood."""

    text: str = ""
    bodies: list[Body] = field(default_factory=list)


def part(lines: Sequence[PageLine]) -> Foot:
    """One chapter's lines as text, each footnote's body in one piece on a line of its own.

    `lines` know their pages; bodies have their places in the text.
    """
    foot = Foot()
    pieces: list[str] = []
    length = 0
    last = 0

    def add(words: str) -> None:
        nonlocal length
        pieces.append(words)
        length += len(words) + 1

    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].page == lines[start].page:
            end += 1
        page = [line.words for line in lines[start:end]]
        at = _foot(page, last, pieces)
        bodies = _bodies(page[at:], last)
        for words in _glue([words for words in page[:at] if fold(words)], {number for number, _ in bodies}):
            add(words)
        for number, words in bodies:
            printed = f"{number} {words}"
            foot.bodies.append(Body(number, length, length + len(printed), words))
            add(printed)
            last = number
        start = end
    foot.text = "\n".join(pieces)
    return foot


def _glue(lines: list[str], numbers: set[int]) -> list[str]:
    """A page's lines with the markers of its footnotes behind their words, where a line break parted them.

    A marker at a line's start, in front of words that go on with the sentence, and one behind a year,
    is no marker that `footnote_marks` knows.
    """
    out: list[str] = []
    for words in lines:
        m = _AT_START.match(words)
        if out and m is not None and int(m["number"]) in numbers and last_word(fold(out[-1])).lower() not in CITING:
            out[-1] = out[-1].rstrip() + m["number"]
            words = words[m.end("number") :]
        year = _BEHIND_YEAR.search(words)
        if year is not None and int(year["number"]) in numbers:
            out.append(words[: year.start("number")])
            words = year["number"]
        out.append(words)
    return out


def _foot(page: Sequence[str], last: int, before: Sequence[str]) -> int:
    """Index of the line where the page's footnotes begin, its length where it has none.

    `before` are the chapter's lines on the pages before, which may hold a marker, too.
    """
    found = [(number, n) for n in range(len(page)) if (number := _starts(page, n, last)) is not None]
    for number, n in sorted(found, key=lambda pair: (pair[0], -pair[1])):  # a marker alone stands above its body
        blank = n > 0 and not fold(page[n - 1])
        indented = n + 1 < len(page) and page[n + 1][:1] == " " and page[n].strip().isdigit()
        followed = any(other == number + 1 and below > n for other, below in found)
        if blank or indented or followed or _marked([*before, *page[:n]], number):
            return n
    return len(page)


def _starts(page: Sequence[str], n: int, last: int) -> int | None:
    """The number of the footnote that begins at line `n`, where one of the next numbers may."""
    m = _NUMBERED.fullmatch(fold(page[n]))
    if m is None or not last < int(m["number"]) <= last + 1 + _SKIPPED:
        return None
    words = m["words"] or (fold(page[n + 1]) if n + 1 < len(page) else "")
    if not _OPENS.match(words) or (not m["words"] and match_marker(words)):
        return None
    return int(m["number"])


def _marked(above: Sequence[str], number: int) -> bool:
    """Whether the number stands glued to a word, or alone, above."""
    glued = re.compile(rf"[^\W\d_]{number}(?!\d)|[.,;:)\]”’]\s?{number}(?![\d.])|^{number}(?:, ?\d+)?$")
    return any(glued.search(words.strip()) for words in reversed(above))


def _cut(block: Sequence[str], last: int) -> list[str]:
    """The lines of a page's foot, a footnote's number at the end of a line put on a line of its own."""
    out: list[str] = []
    for n, raw in enumerate(block):
        m = _AT_END.fullmatch(raw.rstrip())
        opens = n + 1 < len(block) and _OPENS.match(fold(block[n + 1]))
        if m is not None and opens and last < int(m["number"]) <= last + len(block):
            out += [m["before"], m["number"]]
        else:
            out.append(raw)
    return out


def _bodies(block: Sequence[str], last: int) -> list[tuple[int, str]]:
    """The footnotes of a page's foot: their numbers and their words, a list's entries on lines of their own."""
    out: list[tuple[int, str]] = []
    block = _cut(block, last)
    for n, raw in enumerate(block):
        words = fold(raw)
        if not words:
            continue
        number = _starts(block, n, out[-1][0] if out else last)
        if number is not None and (not out or _ended(out[-1][1])):
            out.append((number, words[len(str(number)) :].strip()))
            continue
        if not out:
            continue
        out[-1] = (out[-1][0], joined(out[-1][1], words))
    return out


def joined(before: str, words: str) -> str:
    """A footnote's words with its next line behind them, which is a line of its own where it opens a list's entry."""
    marker = match_marker(words)
    opens = marker is not None and not marker["number"] and ends(before, ":;,") | ends(before.removesuffix(" and"), ";")
    return before + ("" if not before else "\n" if opens else "" if before.endswith("-") else " ") + words


def _ended(words: str) -> bool:
    """Whether a footnote may end with these words: with a stop, or in the middle of nothing."""
    return not words or ends(words, ".;:)") or not words[-1].islower()
