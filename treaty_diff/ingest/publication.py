"""A publication of several files → Pages: each file read by the importer of its kind, all in one order.

The order is that of a contents page's links, else that of the chapters (`publication_order`), or as the files were named.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..errors import SourceError
from . import bounds, html, html_source, kinds, profiles, tota
from . import publication_contents as contents
from . import publication_order as order
from .blocks import Block, Mark, Pages
from .kinds import Choices
from .lines import fold
from .numbering import match_marker
from .pagination import is_provision
from .profiles import Profile
from .publication_order import Piece
from .report import Note, ReadFile, Report
from .sources import PAGES, SourceFile, Sources

_EDGE = 6
"""Lines that all files repeat stand among so many blocks at a file's end."""


def read(sources: Sources, choices: Choices, report: Report) -> Pages:
    """The blocks and footnotes of all files, one behind the other; places in them name their file.

    What is left out or odd is told to `report`. Raises SourceError, naming the file, where one is broken, and where none
    holds text.
    """
    profile = profiles.named(choices.profile) if choices.profile else ""
    for name, kind in sources.aside:
        report.drop("file that is no text of a treaty", name, kind)
    read: list[Piece] = []
    characters = 0
    for file in sources.files:
        piece = _piece(file, sources, choices, profile, report)
        if piece is not None:
            read.append(piece)
            characters += sum(len(block.words) for block in piece.pages.blocks)
            bounds.check_characters(characters)
    find = contents.Finder([file.name for file in sources.files])
    start = None if sources.ordered else contents.choose(read, find)
    others = [piece for piece in read if piece is not start]
    if start is not None:
        report.drop("contents page, no part of the text", start.name, f"{len(others)} other files")
        joined = _by_contents(start.file, others, find, profile, report)
    else:
        joined = _by_numbers(others, sources, report)
    joined.used.update({start.name: "contents"} if start is not None else {})
    order.tell_disorder(joined.pieces, report)
    _tell_languages(joined.pieces, report)
    report.source = ", ".join(dict.fromkeys(piece.kind for piece in joined.pieces))
    kind_of = {piece.name: piece.kind for piece in read}
    names = [start.name] if start is not None else []
    names += [piece.name for piece in joined.pieces]
    names += [file.name for file in sources.files if file.name not in names]
    by_name = {file.name: file for file in sources.files}
    for name in names:
        report.files.append(ReadFile(name, kind_of.get(name, ""), by_name[name].sha256, joined.used.get(name, "left out")))
    if not joined.pages.blocks:
        raise SourceError(
            f"{sources.name} holds no text of a treaty.",
            cause="no file in it has a heading of a chapter, article or annex",
            fix="name the files that hold the text",
        )
    pages = joined.pages
    pages.language = start.pages.language if start is not None and start.pages.language else _most(joined.pieces)
    titles = {piece.pages.title for piece in joined.pieces}
    pages.title = start.pages.title if start is not None else titles.pop() if len(titles) == 1 else ""
    return pages


def _piece(file: SourceFile, sources: Sources, choices: Choices, profile: str | Profile, report: Report) -> Piece | None:
    """A file read; None for one without words that nobody named."""
    sources.progress(file.name)
    own = Report()
    try:
        if not file.data.strip():
            raise SourceError("The file is empty.", cause="it has no characters but blanks", fix="get the file again")
        if tota.sniff(file.data):
            raise SourceError(
                "The file is a whole treaty in ToTA XML.",
                cause="it stands among the files of a publication",
                fix="import it alone, or take it out of the folder",
            )
        if not _is_page(file):
            pages = kinds.pages(file.data, file.name, choices, own)
            return Piece(file, own.source, pages, own)
        page = html.Page(file.data, file.name, profile, own)
        if not page.raws and not sources.ordered:
            what = "frames, no part of the text" if page.frames else "page without words, left out"
            (report.drop if page.frames else report.unsure)(what, file.name)
            return None
        return Piece(file, "HTML", _settled(page), own, page.hrefs)
    except SourceError as error:
        if posixpath.basename(file.name) in error.what:
            raise
        raise SourceError(f"{file.name}: {error.what}", cause=error.cause, fix=error.fix) from error


def _is_page(file: SourceFile) -> bool:
    """Whether a file is a web page: by its opening, else by its name, since a page saved in part opens with any tag."""
    named = file.name.lower().endswith(PAGES) and file.data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    return html_source.sniff_html(file.data) or named


def _settled(page: html.Page) -> Pages:
    """A page's blocks; of a page with links alone there may be none."""
    return page.settle([raw for raw in page.raws if not page.is_way(raw)])


class _Joined:
    """Files joined to one: `used` says what each was taken for."""

    def __init__(self, report: Report) -> None:
        self.pages = Pages()
        self.pieces: list[Piece] = []
        self.used: dict[str, str] = {}
        self.report = report
        self._parts = 0

    def add(self, piece: Piece, blocks: Sequence[Block]) -> None:
        """Put a file behind those that are there."""
        self.pieces.append(piece)
        self.used[piece.name] = "text"
        self._put(Pages(list(blocks), piece.pages.notes), piece.name)
        self.report.add(piece.report, file=piece.name)

    def add_own(self, pages: Pages, name: str) -> None:
        """Put words of the contents page behind what is there."""
        self._put(pages, name)

    def _put(self, pages: Pages, name: str) -> None:
        self._parts += 1
        for key, note in pages.notes.items():
            self.pages.notes[f"{self._parts}:{key}"] = note
        for block in pages.blocks:
            marks = tuple(Mark(m.offset, f"{self._parts}:{m.key}", m.placed) for m in block.marks)
            self.pages.blocks.append(replace(block, marks=marks, place=Note("", block.place).within(name).place))


def _by_numbers(pieces: Sequence[Piece], sources: Sources, report: Report) -> _Joined:
    """The files in the order given, or of their chapters' numbers."""
    joined = _Joined(report)
    if sources.ordered:
        ordered, how = list(pieces), "as given"
    else:
        ordered, how = order.by_chapters([p for p in pieces if not _is_strange(p, pieces, report)])
    report.mend("files put in order", sources.name, f"by {how}" if how != "as given" else how)
    kept = list(order.without_twins(ordered, report))
    for piece, blocks in zip(kept, _without_running(kept), strict=True):
        joined.add(piece, blocks)
    return joined


def _by_contents(
    start: SourceFile, pieces: Sequence[Piece], find: contents.Finder, profile: str | Profile, report: Report
) -> _Joined:
    """The files as the contents page leads to them; those that it does not name behind the chapter that they belong to."""
    joined = _Joined(report)
    told = Report()
    page = html.Page(start.data, start.name, profile, told)
    entries, behind = contents.read(page, find, told)
    report.mend("files put in order", page.name, "by the links of the contents page")
    by_name = {piece.name: piece for piece in pieces}
    entry_of = {entry.name: entry for entry in entries}
    for entry in entries:
        if entry.name not in by_name:
            told.unsure("linked page without words", entry.name, entry.words)
    linked = [by_name[entry.name] for entry in entries if entry.name in by_name]
    rest, _ = order.by_chapters([p for p in pieces if p.name not in entry_of and not _is_strange(p, pieces, report)])
    kept = list(order.without_twins([*linked, *rest], report))
    listed = [piece for piece in kept if piece.name in entry_of]
    for piece in kept:
        if piece.name not in entry_of:
            at = _place(piece, listed)
            before = listed[at - 1].name if at else "the beginning"
            report.unsure("file that the contents page does not link to", piece.name, f"read behind {before}")
            listed.insert(at, piece)
    for piece, blocks in zip(listed, _without_running(listed), strict=True):
        known = entry_of.get(piece.name)
        if known is not None:
            above = list(contents.unless_said(known.above, piece, told))
            joined.add_own(page.settle(above), page.name)
            if (title := contents.title_of(known, piece)) is not None:
                report.mend("chapter's heading taken from the contents page", piece.name, known.words)
                joined.add_own(
                    Pages([Block(f"{title.num}: {title.heading}" if title.heading else title.num, level=1)]), page.name
                )
        joined.add(piece, blocks)
    joined.add_own(page.settle(behind), page.name)
    report.add(told, file=start.name)
    return joined


def _place(piece: Piece, listed: Sequence[Piece]) -> int:
    """Where a file goes that nothing links to: behind the last of its own or an earlier chapter, else at the end."""
    number = piece.chapter
    if number is None:
        return len(listed)
    return max((n + 1 for n, other in enumerate(listed) if other.chapter is not None and other.chapter <= number), default=0)


def _is_strange(piece: Piece, pieces: Sequence[Piece], report: Report) -> bool:
    """Whether a file that nobody names is none of the treaty's: it has no heading, lists headings, or is in another language."""
    language = _most(pieces)
    if not piece.opens:
        report.unsure("file without a heading of a treaty, left out", piece.name, _beginning(piece))
    elif piece.lists_chapters:
        report.unsure("table of contents, left out", piece.name, _beginning(piece))
    elif piece.pages.language and piece.pages.language != language:
        report.unsure("file in another language, left out", piece.name, piece.pages.language)
    else:
        return False
    return True


def _beginning(piece: Piece) -> str:
    return " ".join(block.words for block in piece.pages.blocks[:3])


def _most(pieces: Sequence[Piece]) -> str:
    """The language that most files declare."""
    declared = Counter(piece.pages.language for piece in pieces if piece.pages.language)
    return declared.most_common(1)[0][0] if declared else ""


def _tell_languages(pieces: Sequence[Piece], report: Report) -> None:
    language = _most(pieces)
    for piece in pieces:
        if piece.pages.language not in ("", language):
            report.unsure("file in another language", piece.name, piece.pages.language)


def _without_running(pieces: Sequence[Piece]) -> list[list[Block]]:
    """The files' blocks without the lines that most of them repeat above their first heading and at their end.

    What may be a provision's words stays, and is told.
    """
    edges = [_edges(piece) for piece in pieces]
    seen: Counter[str] = Counter()
    for piece, (top, end) in zip(pieces, edges, strict=True):
        seen.update({fold(b.words) for n, b in enumerate(piece.pages.blocks) if b.words and (n < top or n >= end)})
    often = max(2, len(pieces) // 2 + 1)
    out = []
    for piece, (top, end) in zip(pieces, edges, strict=True):
        blocks = []
        for n, block in enumerate(piece.pages.blocks):
            repeated = (n < top or n >= end) and seen[fold(block.words)] >= often and not block.marks
            if repeated and (n < top or not (block.number or is_provision(block.words))):
                piece.report.drop("line that most files repeat", block.place, block.words)
                continue
            if repeated and not block.number and match_marker(block.words) is None:
                piece.report.unsure("line that most files repeat, kept", block.place, block.words)
            blocks.append(block)
        out.append(blocks)
    return out


def _edges(piece: Piece) -> tuple[int, int]:
    """Index of the file's first heading, and where its last blocks begin that hold no heading."""
    heads = [n for n, h in enumerate(piece.heads) if h is not None]
    length = len(piece.pages.blocks)
    return (heads[0] if heads else 0), max(length - _EDGE, heads[-1] + 2 if heads else length)
