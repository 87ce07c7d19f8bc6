"""Publications of several files: a table of contents with a page for each chapter, or a file for each.

Web pages whose table of contents is a page, too, are put together by `html.read_site`. Files of other kinds stand
in the order in which they were named, in that of the links of a contents page, or in that of their chapters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote

from ..citation import label
from ..errors import SourceError
from ..text.model import ANNEXES, Kind
from . import kinds, printed
from .blocks import Block, Mark, Pages
from .kinds import Choices
from .lines import fold
from .report import Report
from .rooms import chapter_of
from .sources import SourceFile, Sources, natural

_TEXT = re.compile(r"(?:[^.]+|.*\.(?:txt|text|asc))", re.I)
"""Names under which a plain text may lie in a folder beside style sheets and scripts."""

_LINK = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["']?([^"'#>\s]+)""", re.I)
_ENOUGH = 2  # links to so many of the files make a page their table of contents
_LAST = 10_000.0


def read(sources: Sources, choices: Choices, report: Report) -> Pages:
    """The blocks and footnotes of all files, one behind the other; places in them name their file.

    What is left out is listed in `report`. Raises SourceError, naming the file, where one is broken, and where none
    holds text.
    """
    from . import html

    found = {file.name: kinds.kind_of(file.data) for file in sources.files}
    texts = [file for file in sources.files if _is_text(file, found[file.name], sources.ordered)]
    for file in sources.files:
        if file not in texts:
            report.drop("file that is no text of a treaty", file.name)
    if not texts:
        raise SourceError(
            f"{sources.name} has no text of a treaty.",
            cause="no file in it is HTML, Word (DOCX), PDF or plain text",
            fix="name another folder",
        )
    report.source = ", ".join(sorted({found[file.name] for file in texts}))
    if not sources.ordered and all(found[file.name] == "HTML" for file in texts):
        pages = {file.name: file.data for file in texts}
        return html.read_site(pages, name=sources.name, profile=choices.profile, report=report)
    contents = None if sources.ordered else _contents(texts, found)
    if contents is not None:
        report.drop("table of contents", contents.name)
        texts = [file for file in texts if file is not contents]
    read_files = [(file, _prefixed(file, n, choices, report)) for n, file in enumerate(texts)]
    if not sources.ordered:
        read_files = _in_order(read_files, contents, report)
    out = Pages()
    for _, pages_of_file in read_files:
        out.blocks += pages_of_file.blocks
        out.notes |= pages_of_file.notes
        out.language = out.language or pages_of_file.language
        out.title = out.title or pages_of_file.title
    return out


def _is_text(file: SourceFile, kind: str, named: bool) -> bool:
    return bool(kind) and (named or kind != "plain text" or bool(_TEXT.fullmatch(file.name)))


def _prefixed(file: SourceFile, number: int, choices: Choices, report: Report) -> Pages:
    """A file's blocks, its footnotes' keys and the places made its own."""
    own = Report()
    try:
        pages = kinds.pages(file.data, file.name, choices, own)
    except SourceError as error:
        what = error.what if file.name in error.what else f"{file.name}: {error.what}"
        raise SourceError(what, cause=error.cause, fix=error.fix) from None
    report.add(own, file=file.name)
    key = f"{number}:"
    blocks = [
        replace(
            block,
            place=f"{file.name}, {block.place}" if block.place and file.name not in block.place else block.place or file.name,
            marks=tuple(Mark(mark.offset, key + mark.key, mark.placed) for mark in block.marks),
        )
        for block in pages.blocks
    ]
    return Pages(blocks, {key + name: note for name, note in pages.notes.items()}, pages.language, pages.title)


# -- order ----------------------------------------------------------------------------------------


def _contents(texts: Sequence[SourceFile], found: dict[str, str]) -> SourceFile | None:
    """The web page that links to most of the files, where one links to several."""
    best, most = None, _ENOUGH - 1
    for file in texts:
        if found[file.name] != "HTML":
            continue
        led = len({name for name in _linked(file) if name in found and name != file.name})
        if led > most:
            best, most = file, led
    return best


def _linked(file: SourceFile) -> list[str]:
    """The names of the files beside a page that it links to, in order; whatever folder or site a link names is left aside."""
    names = [unquote(href).replace("\\", "/").partition("?")[0].rpartition("/")[2] for href in _LINK.findall(_characters(file))]
    return list(dict.fromkeys(filter(None, names)))


def _characters(file: SourceFile) -> str:
    return file.data.decode("utf-8", errors="replace")


_Read = tuple[SourceFile, Pages]


def _in_order(files: list[_Read], contents: SourceFile | None, report: Report) -> list[_Read]:
    """The files in the order of the links of a contents page, or of the chapters that they begin with."""
    if contents is not None:
        return _linked_order(files, contents, report)
    keyed = [(_chapter(pages), file, pages) for file, pages in files]
    numbered = [key for key, _, _ in keyed if key is not None]
    for one, other in pairwise(sorted(numbered)):
        if one == other and one == int(one):
            report.unsure("chapter that two files begin with", f"Chapter {int(one)}")
    for key, file, _ in keyed:
        if key is None and numbered:
            report.unsure("file that begins with no chapter, put by its name", file.name)
    report.mend("files put in order", f"{len(files)} files", "by their chapters" if numbered else "by their names")
    before = _LAST
    placed = []
    for key, file, pages in sorted(keyed, key=lambda row: natural(row[1].name), reverse=True):
        if key is not None:
            before = key  # what has no number stands before the file that follows by name
        placed.append((before, key is not None, natural(file.name), file, pages))
    return [(file, pages) for _, _, _, file, pages in sorted(placed, key=lambda row: row[:3])]


def _linked_order(files: list[_Read], contents: SourceFile, report: Report) -> list[_Read]:
    order = {name.casefold(): n for n, name in enumerate(_linked(contents))}
    there = {file.name.casefold() for file, _ in files}
    suffixes = {file.name.rpartition(".")[2].casefold() for file, _ in files}
    for name in order:
        if name not in there and name.rpartition(".")[2] in suffixes and name != contents.name.casefold():
            report.unsure("file that the table of contents links to, not there", name)
    kept = []
    for file, pages in files:
        if file.name.casefold() in order:
            kept.append((file, pages))
        else:
            report.unsure("file that the table of contents does not link to, left out", file.name)
    report.mend("files put in order", contents.name, "by the links of the table of contents")
    return sorted(kept, key=lambda row: order[row[0].name.casefold()])


def _chapter(pages: Pages) -> float | None:
    """The number of the chapter that a file begins with; annexes stand behind their chapter, a preamble before all."""
    for head in map(_head, pages.blocks):
        if head is None:
            continue
        if head.kind is Kind.PREAMBLE:
            return -1.0
        if head.kind is Kind.CHAPTER and (number := printed.ordinal(label(head.num))) is not None:
            return float(number)
        if head.kind is Kind.ARTICLE:
            own = chapter_of(head.key) or _dotted(head.key)
            return float(own) if own is not None else None
        if head.kind in ANNEXES:
            of = chapter_of(head.key)
            return of + 0.5 if of is not None else None
    return None


def _head(block: Block) -> printed.Head | None:
    return printed.read(fold(block.words), level=block.level)


def _dotted(key: str) -> int | None:
    """The chapter of an article's number such as `14.1`."""
    chapter, dot, _ = key.partition(".")
    return int(chapter) if dot and chapter.isdecimal() else None
