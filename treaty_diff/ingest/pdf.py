"""PDF: the lines of each page, columns one after the other.

PDFium reads the pages, in a process of its own: a file made to hang or crash it takes nothing else
along. Page numbers, running lines and lost paragraphs are for whoever reads plain text.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import SourceError
from . import pdf_notes, plain
from .blocks import Pages
from .bounds import MAX_CHARACTERS, MAX_PAGES
from .lines import clean, fold
from .pdf_lines import MeasuredLine, measured, unmeasured
from .pdf_notes import PrintedLine
from .report import Report

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

__all__ = ["extract", "read_pdf", "sniff_pdf"]

SECONDS = 10
MEMORY = 600_000_000
"""Address space of the reading process; PDFium and Python map far more than they use."""

_HEADER = 1024
_SIDE = 0.3
"""The gap between two columns lies this far from the edges at least, in parts of the page's width."""
_WIDE = 0.2
_STEPS = 40
_FEWEST, _MOST = 12, 4_000


def sniff_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF: its sign stands in the first kilobyte (ISO 32000-1, annex H)."""
    return b"%PDF-" in data[:_HEADER]


def read_pdf(data: bytes, *, name: str = "", report: Report | None = None, seconds: float = SECONDS) -> Pages:
    """The paragraphs and footnotes of a PDF, each with its page as place; page furniture is dropped and listed.

    What its lines mean is read as in a plain text (`plain.from_lines`). Raises SourceError for a file that is broken, locked or too large, that holds pictures of pages only, or that
    takes longer than `seconds` to read.
    """
    report = report if report is not None else Report()
    called = name or "The file"
    if not sniff_pdf(data):
        raise _error(called, "it does not begin as a PDF does", "look what kind of file it is")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _CHILD, json.dumps(sys.path), str(int(seconds) + 1)],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as e:
        raise _error(
            called, f"reading it takes longer than {seconds:g} seconds", "save it again with another program, or split it"
        ) from e
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as e:
        raise _error(
            called, "the PDF library failed on it, or needed too much memory", "save it again with another program"
        ) from e
    if "cause" in answer:
        raise _error(called, str(answer["cause"]), str(answer["fix"]))
    return _pages(answer, called, report)


def _pages(answer: dict[str, Any], called: str, report: Report) -> Pages:
    printed: list[list[PrintedLine]] = []
    controls = odd = 0
    for number, (lines, columns) in enumerate(answer["pages"], 1):
        place = f"page {number}"
        if columns > 1:
            report.mend("columns read one after the other", place, str(columns))
        if not lines:
            report.unsure("page without text", place)
        printed.append([])
        for height, found in lines:
            runs = []
            for words, raised in found:
                kept, dropped = clean(str(words))
                controls += dropped
                odd += kept.count("\ufffd") + sum("\ue000" <= c <= "\uf8ff" for c in kept)
                runs.append((kept, bool(raised)))
            if "".join(words for words, _ in runs).strip():
                printed[-1].append(PrintedLine(runs, float(height), place))
    if not any(printed):
        raise _error(called, "its pages are pictures, without text", "recognise the text first (OCR), or get another file")
    if controls:
        report.mend("control characters left out", called, str(controls))
    if odd:
        report.unsure("characters that the PDF's fonts do not name", called, str(odd))
    lifted = pdf_notes.lift(printed, report)
    texts = lifted.pages if lifted is not None else [[fold(line.words) for line in page] for page in printed]
    rows = [(number, words) for number, page in enumerate(texts, 1) for words in page]
    fed = [f"\f{words}" if n and number != rows[n - 1][0] else words for n, (number, words) in enumerate(rows)]
    notes = lifted.notes if lifted is not None else None
    pages = plain.from_lines(fed, report, [f"page {number}" for number, _ in rows], notes)
    pages.title = str(answer["title"])
    return pages


def _error(called: str, cause: str, fix: str) -> SourceError:
    return SourceError(f"{called} cannot be read as a PDF.", cause=cause, fix=fix)


# in the process that reads

_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from treaty_diff.ingest.pdf import serve; serve(int(sys.argv[2]))"
)


def serve(seconds: int) -> None:
    """Read a PDF from the standard input, write what it holds as JSON; bounded where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time-out holds there too
        pass
    else:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform != "darwin":
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(json.dumps(extract(sys.stdin.buffer.read())))


def extract(data: bytes) -> dict[str, Any]:
    """`title` and `pages` (lines as `pdf_lines` says, number of columns) of a PDF, or `cause` and `fix` why it cannot be read."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as e:
        if "password" in str(e).lower():
            return {"cause": "it is locked by a password", "fix": "save it without one"}
        return {"cause": f"it is broken or cut off ({e})", "fix": "get the file again"}
    try:
        if len(document) > MAX_PAGES:
            return {"cause": f"it has more than {MAX_PAGES:,} pages", "fix": "split it by chapters"}
        pages = []
        total = 0
        for lines, columns in _read(document):
            total += sum(len(words) for _, runs in lines for words, _ in runs)
            if total > MAX_CHARACTERS:
                return {"cause": f"it has more than {MAX_CHARACTERS:,} characters", "fix": "split it by chapters"}
            pages.append((lines, columns))
        return {"title": document.get_metadata_value("Title"), "pages": pages}
    finally:
        document.close()


def _read(document: PdfDocument) -> Iterator[tuple[list[MeasuredLine], int]]:
    from pypdfium2 import PdfiumError

    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except PdfiumError:
            yield [], 1
            continue
        width = page.get_width()
        columns = _columns(text, width)
        if columns is None:
            yield measured(text), 1
        else:
            yield [unmeasured(line) for line in _in_columns(text, *columns)], 2
        text.close()
        page.close()


def _lines(text: str) -> list[str]:
    # PDFium writes U+FFFE (once U+0002) for a hyphen that parts a word at a line's end, and joins the lines
    text = text.replace("\ufffe", "-\n").replace("\x02", "-\n")
    return [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]


_Box = tuple[float, float, float, float]  # left, bottom, right, top


def _columns(text: PdfTextPage, width: float) -> tuple[float, list[_Box]] | None:
    """The middle of the gap between two columns and what crosses it, None for a page with one column."""
    count = text.count_rects()
    if not _FEWEST <= count <= _MOST:
        return None
    boxes: list[_Box] = [text.get_rect(n) for n in range(count)]
    best: tuple[float, list[_Box]] | None = None
    fewest = _FEWEST // 2 - 1
    for step in range(_STEPS + 1):
        x = width * (_SIDE + (1 - 2 * _SIDE) * step / _STEPS)
        left = [b for b in boxes if b[2] <= x + 1]
        right = [b for b in boxes if b[0] >= x - 1]
        across = [b for b in boxes if b[0] < x - 1 and b[2] > x + 1]
        if min(len(left), len(right)) <= fewest or len(across) * 6 > count:
            continue
        # tables and contents have a narrow side; columns of words are wide and stand side by side
        wide = all(sorted(b[2] - b[0] for b in side)[len(side) // 2] > _WIDE * width for side in (left, right))
        beside = min(max(b[3] for b in left), max(b[3] for b in right)) - max(min(b[1] for b in left), min(b[1] for b in right))
        if wide and beside > 0.5 * max(max(b[3] for b in side) - min(b[1] for b in side) for side in (left, right)):
            best, fewest = (x, across), min(len(left), len(right))
    return best


def _in_columns(text: PdfTextPage, middle: float, across: list[_Box]) -> list[str]:
    """The lines of a page in two columns, what crosses both read where it stands."""
    lines: list[str] = []
    bands: list[tuple[float, float]] = []
    for _, bottom, _, top in sorted(across, key=lambda b: -b[3]):
        if bands and top > bands[-1][0]:
            bands[-1] = (min(bottom, bands[-1][0]), bands[-1][1])
        else:
            bands.append((bottom, top))
    above: float | None = None
    for band in [*bands, None]:
        below = band[1] if band else None
        for left, right in ((None, middle), (middle, None)):
            lines += _lines(text.get_text_bounded(left=left, right=right, bottom=below, top=above))
        if band:
            above, top = band
            lines += _lines(text.get_text_bounded(bottom=above, top=top))
    return lines
