"""A reader of tracked changes for the tests: what Word shows when all are accepted, or all rejected.

Written from ISO/IEC 29500-1, 17.13.5, and knows nothing of the writer but the names of its styles.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GONE = {True: {"del", "moveFrom"}, False: {"ins", "moveTo"}}
MARKS = {"ins", "del", "moveFrom", "moveTo"}
OURS = ("Our", "Notice", "NotHeld", "BehindTable", "ChapterHeading")
SIGNS = {"tab": "\t", "br": "\n", "cr": "\r", "softHyphen": "\u00ad", "noBreakHyphen": "\u2011"}


def name(element: etree._Element) -> str:
    return etree.QName(element).localname


def on(element: etree._Element, attribute: str) -> str:
    return element.get(W + attribute, "")


def parts(data: bytes) -> dict[str, etree._Element]:
    """The XML parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {n: etree.fromstring(archive.read(n)) for n in archive.namelist()}


@dataclass
class Resolved:
    """The lines of each article, and what stands outside them: paragraphs and cells of ours."""

    articles: dict[int, list[str]] = field(default_factory=dict)
    ours: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [line for n in sorted(self.articles) for line in self.articles[n]]


class _Reader:
    def __init__(self, data: bytes, accept: bool) -> None:
        found = parts(data)
        self.gone = GONE[accept]
        self.body = found["word/document.xml"][0]
        self.notes = {on(n, "id"): n for n in found["word/footnotes.xml"]}
        self.referred: list[str] = []

    def run(self) -> Resolved:
        out = Resolved()
        here: list[str] | None = None
        carried, waiting = "", []
        for child in self.body:
            match name(child):
                case "bookmarkStart":
                    here = out.articles.setdefault(int(on(child, "name").removeprefix("_article_")), [])
                case "bookmarkEnd":
                    assert carried == "", "a deleted end without a paragraph behind it"
                    here = None
                case "p":
                    style = on(child.find(f"{W}pPr/{W}pStyle"), "val")
                    text, notes = self.inline(child)
                    if style.startswith(OURS):
                        assert not set(map(name, child.iter())) & MARKS
                        out.ours.append(text)
                        continue
                    assert here is not None, text
                    carried, waiting = carried + text, waiting + notes
                    if not self.is_gone(child.find(f"{W}pPr/{W}rPr")):
                        here += [carried + "\n", *map(self.note, waiting)]
                        carried, waiting = "", []
                case "tbl":
                    assert carried == ""
                    if on(child.find(f"{W}tblPr/{W}tblStyle"), "val").startswith(OURS):
                        out.cells += ["".join(cell.itertext()) for cell in child.iter(f"{W}tc")]
                        continue
                    assert here is not None
                    here += self.table(child)
                case "sectPr" | "moveFromRangeStart" | "moveFromRangeEnd" | "moveToRangeStart" | "moveToRangeEnd":
                    pass
                case other:
                    raise AssertionError(other)
        return out

    def is_gone(self, properties: etree._Element | None) -> bool:
        return properties is not None and any(name(child) in self.gone for child in properties)

    def table(self, table: etree._Element) -> Iterator[str]:
        waiting: list[str] = []
        for row in table.findall(f"{W}tr"):
            cells = []
            for cell in row.findall(f"{W}tc"):
                (paragraph,) = cell.findall(f"{W}p")
                text, notes = self.inline(paragraph)
                cells.append(text)
                waiting += notes
            if self.is_gone(row.find(f"{W}trPr")):
                assert not any(cells)
            else:
                yield "\t".join(cells) + "\n"
        yield from map(self.note, waiting)

    def note(self, ident: str) -> str:
        (paragraph,) = self.notes[ident]
        self.referred.append(ident)
        marker = words = ""
        sign, *runs = self.runs(paragraph)
        assert (self.style(sign), self.text(sign)) == ("FootnoteReference", "\u2009")
        for run in runs:
            if self.style(run) == "NoteMarker":
                assert words == ""
                marker += self.text(run)
            else:
                words += self.text(run)
        return f"[{marker}]{words}\n"

    def inline(self, paragraph: etree._Element) -> tuple[str, list[str]]:
        text, notes = "", []
        for run in self.runs(paragraph):
            reference = run.find(f"{W}footnoteReference")
            if reference is not None:
                notes.append(on(reference, "id"))
            elif self.style(run) == "NumberGap":
                text += " "
            elif self.style(run) not in ("NoteMarker", "CommentReference"):
                text += self.text(run)
        return text, notes

    def runs(self, element: etree._Element, inside: str = "") -> Iterator[etree._Element]:
        for child in element:
            match name(child):
                case "r":
                    names = set(map(name, child))
                    assert ("t" not in names) if inside == "del" else ("delText" not in names)
                    yield child
                case "ins" | "del" | "moveFrom" | "moveTo":
                    assert not inside, "changes inside changes are read differently by different programs"
                    if name(child) not in self.gone:
                        yield from self.runs(child, name(child))
                case "hyperlink" | "fldSimple":
                    yield from self.runs(child, inside)
                case "pPr" | "commentRangeStart" | "commentRangeEnd":
                    pass
                case other:
                    raise AssertionError(other)

    def style(self, run: etree._Element) -> str:
        style = run.find(f"{W}rPr/{W}rStyle")
        return "" if style is None else on(style, "val")

    def text(self, run: etree._Element) -> str:
        return "".join(c.text or "" if name(c) in ("t", "delText") else SIGNS.get(name(c), "") for c in run)


def resolve(data: bytes, *, accept: bool) -> Resolved:
    """The text that is left of a Word file."""
    return _Reader(data, accept).run()
