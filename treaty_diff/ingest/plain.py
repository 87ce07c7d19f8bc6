"""Plain text → Pages: as people copy it from a web page, extract it from a PDF, or keep it in a database.

Four shapes are read: a paragraph a line; lines broken at a page's width, with page numbers and
footnotes at the pages' feet; footnotes in square brackets behind each chapter; everything on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..errors import SourceError
from ..text.model import Footnote, Kind, Metadata, Treaty
from . import bracket_notes, page_notes, pagination, printed, unfold
from .blocks import Block, Mark, Pages
from .bounds import check_characters, check_lines
from .encodings import MIXED, decode_mixed, is_mixed
from .footnotes import Lifted, lift
from .lines import SENTINEL, SOFT, bare, clean, fold
from .outline import assemble
from .pagination import PageLine
from .report import Report
from .unwrap import is_wrapped, unwrap

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LABEL = re.compile(r"(?:[A-Z][A-Za-z]*Text:|NA)")
_RULE = re.compile(r"[\W_]{3,}")
_LEADS_ON = re.compile(r"(?:Next|Previous) (?:Chapter|Section|Article|Page)\b.*")
_SAMPLE = 4000


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it is in: UTF-8 or UTF-16 with or without a byte order mark, else Windows-1252.

    Some bytes of Windows-1252 in a file that is UTF-8 are read as such, and the rest as UTF-8.

    >>> decode("Artículo".encode("utf-16-le"))
    ('Artículo', 'utf-16-le')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    sample = data[:_SAMPLE]
    if sample.count(0) * 4 > len(sample):
        encoding = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
        return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if is_mixed(data):
            return decode_mixed(data), MIXED
        # the five bytes that Windows-1252 leaves open are control characters, dropped as such
        return "".join(_western(byte) for byte in data), "windows-1252"


def _western(byte: int) -> str:
    return bytes((byte,)).decode("windows-1252", errors="ignore") or chr(byte)


def sniff_plain(data: bytes) -> bool:
    """Whether the bytes look like running text in some encoding: hardly a control character, no markup or data."""
    text, dropped = clean(decode(data[:_SAMPLE])[0])
    return dropped * 20 <= len(text) and not text.lstrip().startswith(("<", "{")) and not data.startswith(b"\xff\xd8")


def read(data: bytes, meta: Metadata) -> tuple[Treaty, Report]:
    """A plain text as a treaty, and what was done to get there.

    Raises SourceError where the file is no text or no article is found in it.
    """
    report = Report(source="plain text")
    return assemble(pages(data, report), meta, report), report


def pages(data: bytes, report: Report) -> Pages:
    """The blocks and footnotes of a plain text; what is left out is listed in `report`.

    Raises SourceError where the file is no text, or more than a treaty has.
    """
    text, encoding = decode(data)
    text, dropped = clean(text.replace("\f", _FEED))
    text = text.replace(_FEED, "\f")
    if dropped * 20 > len(text):
        raise SourceError(
            "The file is no plain text.",
            cause=f"{dropped} of its {len(text) + dropped} characters are control characters",
            fix="extract the text first, or import the file in its own format",
        )
    if dropped:
        report.drop("characters that no text has", "the file", str(dropped))
    if encoding != "utf-8":
        report.mend("encoding", "the file", encoding if encoding == MIXED else f"read as {encoding}")
    check_characters(len(text))
    return from_lines(text.split("\n"), report)


_FEED = "\ue00c"  # stands for the form feed, a page's end, while control characters are dropped


def from_lines(
    lines: Sequence[str], report: Report, places: Sequence[str] = (), notes: Sequence[Footnote] | None = None
) -> Pages:
    """The blocks and footnotes of lines of text, as a PDF gives them, too (form feeds part its pages).

    `places` say where each line stands (`page 3`), by default its number; `notes` are the footnotes where they are
    known: signs in the lines stand for them (`lines.SENTINEL`).
    """
    filled = sum(bool(line.strip()) for line in lines)
    check_lines(filled, len(lines) - filled)
    kept = _without_labels(lines, report)
    if notes is None and unfold.is_folded(kept):
        return Pages(unfold.blocks(kept, report))
    wrapped = is_wrapped(kept)
    made = pagination.take_apart(kept, report, places)
    out = Pages()
    if notes is not None:
        _add(out, "", Lifted(["\n".join(line.words for line in made)], list(notes), len(notes)), made, wrapped=wrapped)
        return out
    for name, chapter in _chapters(made):
        if bracket_notes.has(chapter):
            lifted = bracket_notes.lift(chapter)
        elif chapter[-1].page > chapter[0].page:
            foot = page_notes.part(chapter)
            lifted = lift([foot.text], language="und", place=name, report=report, known=foot.bodies)
        else:
            text = "\n".join(line.words for line in chapter)
            lifted = lift([text], language="und", place=name, report=report)
        _add(out, name, lifted, chapter, wrapped=wrapped)
    return out


def _without_labels(lines: Sequence[str], report: Report) -> list[str]:
    """The lines, emptied where they are a database's labels, rules or links that lead on."""
    out = []
    for number, line in enumerate(lines, 1):
        words = line.strip()
        what = ""
        if words and _RULE.fullmatch(words) and "\f" not in line:
            what = "rule"
        elif _LEADS_ON.fullmatch(words):
            what = "link"
        elif _LABEL.fullmatch(words):
            what = "label of a database"
        if what:
            report.drop(what, f"line {number}", words)
        out.append("" if what else line)
    return out


def _chapters(lines: list[PageLine]) -> Iterator[tuple[str, list[PageLine]]]:
    """The lines chapter by chapter, since footnotes count anew in each, with a name for the report."""
    name = "before the first chapter"
    chapter: list[PageLine] = []
    for line in lines:
        head = printed.read(fold(line.words))
        if head is not None and head.kind is Kind.CHAPTER and head.sure:
            if chapter:
                yield name, chapter
            name, chapter = head.num, []
        chapter.append(line)
    if chapter:
        yield name, chapter


def _add(pages: Pages, name: str, lifted: Lifted, source: Sequence[PageLine], *, wrapped: bool) -> None:
    """Add a chapter's paragraphs as blocks, the signs in them as marks."""
    keys = []
    for note in lifted.notes:
        key = f"{len(pages.notes) + 1}"
        keys.append(key)
        pages.notes[key] = (note.marker, note.body.content)
    lines = "\n".join(lifted.units).split("\n")
    paragraphs = [words for words, _ in unwrap(lines)] if wrapped else [fold(line.replace(SOFT, " ")) for line in lines]
    printed_lines = [fold(line.words) for line in source]
    at_line = 0
    for words in paragraphs:
        if words:
            at_line = _line(words, printed_lines, at_line)
            marks, at = [], 0
            for sign in words:
                if ord(sign) >= SENTINEL:
                    n = ord(sign) - SENTINEL
                    marks.append(Mark(at, keys[n], lifted.notes[n].placed))
                else:
                    at += 1
            pages.blocks.append(Block(bare(words), source[at_line].place, marks=tuple(marks)))


def _line(words: str, source: Sequence[str], at: int) -> int:
    """Index of the line where a paragraph begins, from index `at` on; `at` where a marker hides it."""
    start = words[:24].split(chr(SENTINEL))[0][:12]
    for n in range(at, min(at + 400, len(source))):
        if source[n].startswith(start):
            return n
    return at
