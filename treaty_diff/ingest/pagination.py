"""Page furniture of lines extracted from a PDF: page numbers, running lines, where each page ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..numerals import from_roman
from .lines import ends, fold
from .numbering import match_marker
from .report import Report

_CHAPTERED = re.compile(r"(?P<chapter>\d{1,3})[-–](?P<page>\d{1,3})")
_PLAIN = re.compile(r"(?:(?:Page|PAGE|Página|page)\s)?[-–]?\s?(?P<page>\d{1,4})(?:\s(?:of|de|/)\s\d+)?\s?[-–]?")
_ROMAN = re.compile(r"[IVXLC]+|[ivxlc]+")
_AFTER_LABEL = re.compile(r"\s?(?:\d{1,2}-1|[A-ZÁÉÍÓÚ]{4,}\s.*)")
_HEADED = re.compile(r"(?<=[.;:])\s?(?=(?:CHAPTER|CAPÍTULO|ANNEX|ANEXO)\s[\dA-Z.-]+$)")
_ENOUGH = 3  # so many page numbers in a row are no chance
_FAR = 4  # so many pages may have lost their numbers between two that have them
_AT_EDGE = 2  # running lines stand among so many lines at a page's top or bottom
_ALIKE = 5  # so many pages carry a running line

_Label = tuple[int, int]  # chapter (0 where pages are counted through) and page


@dataclass(slots=True)
class PageLine:
    """A line of the source, where it stands there as the report says it, and on which page (from 0)."""

    words: str
    place: str
    page: int = 0


def take_apart(lines: Sequence[str], report: Report, places: Sequence[str] = ()) -> list[PageLine]:
    """The lines without page numbers and running lines, which are dropped and listed.

    `places` say where each line stands (`page 3`), by default `line 1` and so on.

    A line that a page break glued to another is cut. Form feeds part pages where there are any, page
    numbers otherwise. Blank lines stay: they part blocks on a page.
    """
    places = places or [f"line {number}" for number in range(1, len(lines) + 1)]
    cut = [PageLine(piece, place) for place, line in zip(places, lines, strict=True) for piece in _HEADED.split(line)]
    fed = any("\f" in line.words for line in cut)
    labels = _chaptered(cut)
    if labels < _ENOUGH:
        chain = _chain(cut)
        out = list(_without_lone(cut, chain, report))
    else:
        out = list(_without_glued(cut, report))
    page = 0
    if fed:
        for line in out:
            page += line.words.count("\f")
            line.page, line.words = page, line.words.replace("\f", "")
    return _without_running(_without_roman(_without_folios(out, report), report), report)


def _chaptered(cut: list[PageLine]) -> int:
    """How many lines are page labels of the form chapter-page that follow one another."""
    last, count = (0, 0), 0
    for line in cut:
        m = _CHAPTERED.fullmatch(line.words.strip())
        if m is not None and (label := (int(m["chapter"]), int(m["page"]))) in _expected(last):
            last, count = label, count + 1
    return count


def _expected(last: _Label) -> list[_Label]:
    """The labels of the pages that may follow: of the same chapter, or early in a later one."""
    chapter, page = last
    same = [(chapter, page + n) for n in range(_FAR, 0, -1)] if chapter else []
    return same + [(chapter + n, first) for n in (1, 2, 3) for first in (1, 2, 3)]


def _without_glued(cut: list[PageLine], report: Report) -> Iterator[PageLine]:
    """The lines without labels of the form chapter-page, also those glued to words."""
    last = (0, 0)
    page = 0
    for line in cut:
        words: str | None = line.words
        while words is not None:
            found = _find(words, last)
            if found is None:
                yield PageLine(words, line.place, page)
                break
            last, before, words = found
            if before:
                yield PageLine(before, line.place, page)
            report.drop("page number", line.place, f"{last[0]}-{last[1]}")
            page += 1


def _find(words: str, last: _Label) -> tuple[_Label, str, str | None] | None:
    """The next page's label in a line, the words before it and those behind it."""
    bare = words.strip()
    if "-" not in bare[-7:] and not bare[:1].isdigit():
        return None
    for label in _expected(last):
        printed = f"{label[0]}-{label[1]}"
        if bare == printed:
            return label, "", None
        if bare.startswith(printed) and _AFTER_LABEL.fullmatch(bare[len(printed) :]):
            return label, "", bare[len(printed) :].strip()
        before = bare.removesuffix(printed).rstrip()
        if before != bare and before[-1:] in ".;:":
            return label, before, None
    return None


def _chain(cut: list[PageLine]) -> set[int]:
    """The lines that are page numbers counted through: the longest row of numbers alone that rise by one or a few."""
    found = [(n, int(m["page"])) for n, line in enumerate(cut) if (m := _PLAIN.fullmatch(line.words.strip()))]
    best: dict[int, tuple[int, int]] = {}  # by number: length of the row that ends there, its last index in `rows`
    rows: list[tuple[int, int]] = []  # line, index of the row's member before
    for n, number in found:
        length, before = max(((best[k][0], best[k][1]) for k in range(number - _FAR, number) if k in best), default=(0, -1))
        rows.append((n, before))
        if length + 1 >= best.get(number, (0, 0))[0]:
            best[number] = (length + 1, len(rows) - 1)
    length, at = max(best.values(), default=(0, -1))
    chain: set[int] = set()
    while at >= 0:
        n, at = rows[at]
        chain.add(n)
    lines = sorted(chain)
    spread = (lines[-1] - lines[0]) / max(len(lines) - 1, 1) if lines else 0
    return chain if length >= _ENOUGH and spread >= 12 else set()


def _without_lone(cut: list[PageLine], chain: set[int], report: Report) -> Iterator[PageLine]:
    page = 0
    for n, line in enumerate(cut):
        if n in chain:
            report.drop("page number", line.place, line.words.strip())
            page += 1
            if "\f" in line.words:
                yield PageLine("\f", line.place, page)
        else:
            yield PageLine(line.words, line.place, page)


def _without_roman(lines: list[PageLine], report: Report) -> list[PageLine]:
    """The lines without the roman page numbers in front, which count from one."""
    if not lines or not lines[-1].page:
        return lines
    gone: set[int] = set()
    for n, line in enumerate(lines):
        if _ROMAN.fullmatch(line.words.strip()) and from_roman(line.words.strip()) == len(gone) + 1:
            gone.add(n)
            report.drop("page number", line.place, line.words.strip())
        elif line.page:
            break
    return [line for n, line in enumerate(lines) if n not in gone]


def _without_folios(lines: list[PageLine], report: Report) -> list[PageLine]:
    """The lines without the page numbers of a short text: at the edge of nearly every page, counting with the pages."""
    edges = _edges(lines, 1)
    found: dict[tuple[str, int], list[int]] = {}
    for n in sorted({n for inside in edges for n in inside}):
        words = lines[n].words.strip()
        m = _CHAPTERED.fullmatch(words) or _PLAIN.fullmatch(words)
        if m is not None and not (_PLAIN.fullmatch(words) and len(edges) < 2):
            found.setdefault((m.groupdict().get("chapter", ""), int(m["page"]) - lines[n].page), []).append(n)
    most = max(found.values(), key=len, default=[])
    if len(most) < max(1, len(edges) - 1):
        return lines
    for n in most:
        report.drop("page number", lines[n].place, lines[n].words.strip())
    return [line for n, line in enumerate(lines) if n not in most]


def _edges(lines: Sequence[PageLine], depth: int) -> list[set[int]]:
    """The first and last lines of each page that have words, `depth` of them on either side."""
    pages: dict[int, list[int]] = {}
    for n, line in enumerate(lines):
        if fold(line.words):
            pages.setdefault(line.page, []).append(n)
    return [{*inside[:depth], *inside[-depth:]} for inside in pages.values()]


def _without_running(lines: list[PageLine], report: Report) -> list[PageLine]:
    """The lines without those that most pages repeat at their edges."""
    by_page = _edges(lines, _AT_EDGE)
    seen: Counter[str] = Counter()
    edges = [n for inside in by_page for n in inside]
    for n in edges:
        if not is_provision(lines[n].words):
            seen[_shape(lines[n].words)] += 1
    few = len(by_page) if len(by_page) > 1 else _ALIKE  # on a short text's every page
    running = {shape for shape, count in seen.items() if count >= min(few, max(_ALIKE, len(by_page) // 10)) and len(shape) > 3}
    gone = {n for n in edges if _shape(lines[n].words) in running}
    for n in sorted(gone):
        report.drop("running line", lines[n].place, lines[n].words)
    return [line for n, line in enumerate(lines) if n not in gone]


def is_provision(words: str) -> bool:
    """Whether a line has a marker or ends as words of a sentence do: treaties repeat whole sentences, too."""
    return match_marker(fold(words)) is not None or ends(fold(words), ".;:,")


def _shape(words: str) -> str:
    return re.sub(r"\d+", "#", fold(words)).casefold()
