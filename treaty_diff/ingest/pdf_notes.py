"""Footnotes of a PDF whose markers are raised: bodies off the pages' feet, signs in place of the markers.

A body begins where a line opens with a raised number; its lines have the height of print of such lines. Every other
raised number that a body answers, on its page or the next, is its marker: nothing is guessed from the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from ..text.model import Footnote
from .lines import SENTINEL, fold, to_text
from .page_notes import joined
from .report import Report

Run = tuple[str, bool]  # words, raised

_NUMBER = re.compile(r"\d{1,3}")
_FOLIO = re.compile(r"[\s\-–—]*(?:\w{1,8}[\-–])?\d{1,4}[\s\-–—]*|[ivxlc]{1,7}")
_APART = re.compile(rf"(?<=[{chr(SENTINEL)}-{chr(SENTINEL + 0xFFFF)}]) (?=[.,;:)])")
"""A blank that PDFium puts where the size of print changes."""

_SAME = 0.04  # heights that differ by less are one size
_BELOW = 3  # so many lines of other size (page numbers, running lines) may stand below a page's foot


@dataclass(slots=True)
class PrintedLine:
    """A line of a page: its words in runs, the height of its letters (0 where it has none or it is not known)."""

    runs: list[Run]
    height: float
    place: str

    @property
    def words(self) -> str:
        """All its words."""
        return "".join(words for words, _ in self.runs)

    @property
    def opens_note(self) -> bool:
        """Whether it begins with a raised number and goes on with words."""
        (words, raised), rest = self.runs[0], self.runs[1:]
        return raised and bool(_NUMBER.fullmatch(words.strip())) and any(c.isalpha() for run, _ in rest for c in run)


@dataclass(slots=True)
class _Body:
    number: str
    page: int
    words: str
    mark: bool = False


@dataclass(slots=True)
class Lifted:
    """The pages' lines without feet, with signs in their words that stand for `notes`."""

    pages: list[list[str]] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)


def lift(pages: Sequence[Sequence[PrintedLine]], report: Report) -> Lifted | None:
    """The pages without their footnotes, None where no line opens with a raised number."""
    opening = [line.height for page in pages for line in page if line.opens_note]
    if not opening:
        return None
    size = median(opening)
    heights = Counter(line.height for page in pages for line in page if line.height)
    apart = not _same(size, heights.most_common(1)[0][0])
    bodies: list[_Body] = []
    kept: list[list[PrintedLine]] = []
    for number, lines in enumerate(pages):
        foot = _foot(lines, size, apart and bool(bodies))
        for n in sorted(foot):
            _take(lines[n], number, bodies)
        kept.append([line for n, line in enumerate(lines) if n not in foot])
    out = Lifted()
    signs = {id(body): chr(SENTINEL + n) for n, body in enumerate(bodies)}
    for number, rows in enumerate(kept):
        out.pages.append([_signed(line, number, bodies, signs, report) for line in rows])
    for body in bodies:
        out.notes.append(Footnote(body.number, 0, to_text(body.words, "und"), placed=body.mark))
        if not body.mark:
            page = next((n for n in range(body.page, -1, -1) if out.pages[n]), None)
            report.unsure("footnote whose marker was not found", f"page {body.page + 1}", f"{body.number} {body.words}")
            if page is not None:
                last = max((n for n, words in enumerate(out.pages[page]) if not _FOLIO.fullmatch(words)), default=0)
                out.pages[page][last] += signs[id(body)]
    return out


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(one, other)


def _foot(page: Sequence[PrintedLine], size: float, goes_on: bool) -> set[int]:
    """The lines of a page that are its footnotes; `goes_on`: the last one may go on from the page before."""
    of_size = [
        n for n, line in enumerate(page) if (_same(line.height, size) or not line.height) and not _FOLIO.fullmatch(line.words)
    ]
    first = next((n for n, line in enumerate(page) if line.opens_note), None)
    if first is None:
        if not goes_on or not of_size or len(page) - 1 - of_size[-1] > _BELOW:
            return set()
        first = of_size[-1] + 1
    start = first
    while goes_on and start - 1 in of_size:
        start -= 1
    return {n for n in of_size if n >= start}


def _take(line: PrintedLine, page: int, bodies: list[_Body]) -> None:
    words = fold(line.words)
    if line.opens_note:
        number = line.runs[0][0].strip()
        bodies.append(_Body(number, page, words[len(number) :].strip()))
    elif bodies:
        bodies[-1].words = joined(bodies[-1].words, words)


def _signed(line: PrintedLine, page: int, bodies: Sequence[_Body], signs: dict[int, str], report: Report) -> str:
    """The words of a line, its raised numbers turned to the signs of the footnotes that they mark."""
    out = []
    for words, raised in line.runs:
        found = _marked(words, page, bodies) if raised else None
        if found:
            for body in found:
                body.mark = True
            out.append("".join(signs[id(body)] for body in found))
            continue
        if raised:
            report.unsure("raised number without a footnote, kept as words", line.place, line.words)
        out.append(words)
    return _APART.sub("", fold("".join(out)))


def _marked(words: str, page: int, bodies: Sequence[_Body]) -> list[_Body]:
    """The footnotes that a run of raised numbers marks: `2, 3`, and `23` where none is so numbered; none where one is missing."""
    numbers = re.findall(r"\d+", words)
    for ways in (numbers, [step for number in numbers for step in _counted(number)]):
        found = [_answer(number, page, bodies) for number in ways]
        if found and all(body is not None for body in found):
            return [body for body in found if body is not None]
    return []


def _counted(digits: str) -> list[str]:
    """The numbers, each one more than the one before, that were set without a blank: `9`, `10`, `11` of `91011`."""
    for length in range(1, 4):
        first = int(digits[:length])
        steps = [str(first)]
        while len("".join(steps)) < len(digits):
            steps.append(str(first + len(steps)))
        if "".join(steps) == digits:
            return steps
    return [digits]


def _answer(number: str, page: int, bodies: Sequence[_Body]) -> _Body | None:
    return next((b for b in bodies if b.number == number and not b.mark and b.page in (page, page + 1)), None)
