"""Word files: paragraphs with the numbers that Word prints, headings by style, footnotes, tables.

The parts are read as ISO/IEC 29500 has them. A file with tracked changes holds two texts; which
one is wanted is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from .. import languages
from ..errors import SourceError
from . import bounds, grids
from .blocks import Block, Mark, Pages
from .docx_numbering import Numbering, Styles, child, local, on, printed, value, whole
from .docx_package import Package, sniff_docx
from .lines import clean
from .report import Report

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Changes", "read_docx", "sniff_docx"]

Changes = Literal["", "accept", "reject"]

_INSERTED = frozenset(("ins", "moveTo", "cellIns"))
_DELETED = frozenset(("del", "moveFrom", "cellDel"))
_HOLDERS = frozenset(
    "hyperlink smartTag sdt sdtContent fldSimple customXml dir bdo oMath oMathPara ruby rubyBase Choice Fallback subDoc".split()
)
_BLANKS = re.compile(r"[ \t\u00a0]{2,}|\t")
_HOLE = "\U0010fffd"  # stands for a footnote's mark; `clean` has taken it out of the source's own words
_BOLD = 6
_LONGEST_HEADING = 200
_LONGEST_CELL = 1_500
_TOC = re.compile(r"toc ?\d|tableoffigures", re.I)


def read_docx(data: bytes, *, name: str = "", changes: Changes = "", report: Report | None = None) -> Pages:
    """The blocks and footnotes of a Word file.

    `changes` says which text of a file with tracked changes is wanted: with them all accepted or all
    rejected. What is left out is told to `report`. Raises SourceError for a file that is broken, hostile, empty, or has
    tracked changes while `changes` is empty.
    """
    report = report if report is not None else Report()
    package = Package(data, name)
    reader = _Reader(package, changes, report)
    for element in package.blocks():
        reader.pages.blocks += reader.block(element)
    reader.finish()
    reader.pages.language = reader.language()
    if not reader.pages.blocks:
        raise package.error("it has no words", "look at the file in Word; a scanned text has to be recognised first")
    return reader.pages


@dataclass
class _Words:
    """A paragraph as its runs give it: words with holes for footnotes, their keys, and what is bold."""

    pieces: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    bold: int = 0
    solid: int = 0
    boxes: list[_Element] = field(default_factory=list)


class _Reader:
    def __init__(self, package: Package, changes: Changes, report: Report) -> None:
        self.package = package
        self.changes = changes
        self.report = report
        self.styles = Styles(package.tree("styles"))
        self.numbering = Numbering(package.tree("numbering"), self.styles)
        self.settings = package.tree("settings")
        self.pages = Pages()
        self.at = 0
        self.left_out = {
            "ins": _INSERTED if changes == "reject" else frozenset(),
            "del": _DELETED if changes != "reject" else frozenset(),
        }
        self._carried = _Words()
        self._section: list[tuple[str, str, str]] = []  # kind, key, custom mark
        self._counts = {"footnote": 0, "endnote": 0}
        self._signs: dict[str, str] = {}

    def block(self, element: _Element) -> list[Block]:
        """The blocks of a child of the body."""
        self._refuse_changes(element)
        return list(self._blocks(element))

    def finish(self) -> None:
        """Number the last section's footnotes and read all their bodies."""
        self._end_section(None)
        for kind in ("footnote", "endnote"):
            root = self.package.tree(f"{kind}s")
            bodies = {value(n, "id"): n for n in (root if root is not None else ()) if local(n) == kind}
            for key in [k for k in self._signs if k.startswith(kind)]:
                body = bodies.get(key.removeprefix(kind))
                if body is None:
                    self.report.unsure("footnote without a body", self._signs[key])
                    self.pages.notes[key] = (self._signs[key], "")
                    continue
                self._refuse_changes(body)
                blocks = [b for part in body for b in self._blocks(part)]
                lines = [f"{b.number} {b.words}".strip() if not b.table else _flat(b.table) for b in blocks]
                self.pages.notes[key] = (self._signs[key], "\n".join(lines))
        comments = self.package.tree("comments")
        if comments is not None and len(comments):
            self.report.drop("comments in the margin", "", str(len(comments)))

    def language(self) -> str:
        """ISO 639-2 code of the language that the styles say all words are in, empty where the words plainly are in another.

        Word writes there what its user's computer speaks, also where a text was only pasted in.
        """
        styles = self.package.tree("styles")
        said = value(child(styles, "docDefaults", "rPrDefault", "rPr", "lang")).partition("-")[0]
        if not languages.is_code(said):
            return ""
        code = languages.alpha3(said)
        return code if languages.guess(block.words for block in self.pages.blocks) in ("", code) else ""

    def _refuse_changes(self, element: _Element) -> None:
        if self.changes:
            return
        for inside in element.iter():
            if local(inside) in _INSERTED or local(inside) in _DELETED:
                who = value(inside, "author")
                by = f" by {who}" if who else ""
                raise SourceError(
                    f"{self.package.name} has tracked changes.",
                    cause=f"the first{by} is near paragraph {self.at + 1}; with and without them it is two texts",
                    fix="say which is wanted, changes accepted or rejected, or accept them in Word",
                )

    # blocks

    def _blocks(self, element: _Element) -> Iterator[Block]:
        match local(element):
            case "p":
                yield from self._paragraph(element)
            case "tbl":
                yield from self._table(element)
            case "sdt":
                gallery = value(child(element, "sdtPr", "docPartObj", "docPartGallery"))
                if gallery.lower().startswith("table of contents"):
                    self.report.drop("table of contents", f"paragraph {self.at + 1}")
                    return
                yield from self._below(child(element, "sdtContent"))
            case "sectPr":
                self._end_section(element)
            case "AlternateContent":
                yield from self._below(next((c for c in element if local(c) in ("Choice", "Fallback")), None))
            case "customXml" | "ins" | "moveTo" | "del" | "moveFrom" as tag if not self._is_left_out(tag):
                yield from self._below(element)

    def _below(self, element: _Element | None) -> Iterator[Block]:
        for inside in element if element is not None else ():
            yield from self._blocks(inside)

    def _is_left_out(self, tag: str) -> bool:
        return tag in self.left_out["ins"] or tag in self.left_out["del"]

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        self.at += 1
        bounds.check_lines(self.at)
        place = f"paragraph {self.at}"
        properties = child(element, "pPr")
        if self.changes == "reject" and child(properties, "pPrChange", "pPr") is not None:
            before = child(properties, "pPrChange", "pPr")
        else:
            before = properties
        words, self._carried = self._carried, _Words()
        self._inline(element, words)
        mark = child(properties, "rPr")
        if mark is not None and any(self._is_left_out(local(c)) for c in mark):
            self._carried = words  # the paragraph's end is gone: it runs on into the next
            return
        style_id = value(child(before, "pStyle"), otherwise=self.styles.default)
        style = self.styles.get(style_id)
        number = self._number(before, style_id)
        level = style.level
        outline = child(before, "outlineLvl")
        if outline is not None:
            level = whole(value(outline), 9) + 1 if 0 <= whole(value(outline), 9) < 9 else 0
        if re.match(r"[^\W\d]{4,}", number):
            level = level or _BOLD  # “Article 5”, counted by Word
        text = "".join(words.pieces)
        if (
            not level
            and words.solid
            and words.bold == words.solid
            and len(text) <= _LONGEST_HEADING
            and text.rstrip()[-1:] not in (";", ",")
        ):
            level = _BOLD
        if _TOC.fullmatch(style_id):
            self.report.drop("table of contents", place, text)
        else:
            yield from self._written(text, words.keys, place, number, level)
        for box in words.boxes:
            yield from self._below(box)
        section = child(properties, "sectPr")
        if section is not None:
            self._end_section(section)

    def _written(self, text: str, keys: list[str], place: str, number: str, level: int) -> Iterator[Block]:
        """The lines of a paragraph; a heading in several lines is one."""
        lines = [text.replace("\n", " ")] if level else text.split("\n")
        left = list(keys)
        found = False
        for line in lines:
            words, offsets = _without_holes(_BLANKS.sub(" ", line).strip(" \u00a0"))
            marks = tuple(Mark(offset, left.pop(0)) for offset in offsets)
            if words or marks:
                yield Block(words, place, "" if found else number, level, marks)
                found = True
        if not found and number:
            self.report.drop("number of an empty paragraph", place, number)

    def _number(self, properties: _Element | None, style_id: str) -> str:
        style = self.styles.get(style_id)
        own = child(properties, "numPr")
        list_id = value(child(own, "numId"), otherwise=style.list_id)
        if not list_id or list_id == "0":
            return ""
        if child(own, "ilvl") is not None:
            depth = whole(value(child(own, "ilvl")))
        elif child(own, "numId") is not None:
            depth = 0
        else:
            depth = style.depth if style.depth is not None else self.numbering.depth_of(list_id, style_id)
        return self.numbering.next(list_id, depth)

    # words of a paragraph

    def _inline(self, element: _Element, words: _Words) -> None:
        for inside in element:
            tag = local(inside)
            if tag == "r":
                self._run(inside, words)
            elif tag == "AlternateContent":
                chosen = next((c for c in inside if local(c) in ("Choice", "Fallback")), None)
                if chosen is not None:
                    self._inline(chosen, words)
            elif tag in _HOLDERS or (tag in ("ins", "moveTo", "del", "moveFrom") and not self._is_left_out(tag)):
                self._inline(inside, words)
            elif tag in ("drawing", "pict", "object"):
                self._boxes(inside, words)
            elif value(inside) == "" and inside.tag and "/math" in str(inside.tag) and not tag.endswith("Pr"):
                self._inline(inside, words)

    def _run(self, run: _Element, words: _Words) -> None:
        properties = child(run, "rPr")
        if properties is not None and on(child(properties, "vanish")):
            return
        bold = properties is not None and on(child(properties, "b"))
        for inside in run:
            match local(inside):
                case "t" | "delText":
                    text = clean(inside.text or "")[0].replace("\n", " ")
                    words.pieces.append(text)
                    solid = sum(map(str.isalnum, text))
                    words.solid += solid
                    words.bold += solid if bold else 0
                case "tab" | "ptab":
                    words.pieces.append(" ")
                case "br" if value(inside, "type") not in ("page", "column"):
                    words.pieces.append("\n")
                case "cr":
                    words.pieces.append("\n")
                case "noBreakHyphen":
                    words.pieces.append("\u2011")
                case "softHyphen":
                    words.pieces.append("\u00ad")
                case "sym":
                    words.pieces.append(self._symbol(inside))
                case "footnoteReference" | "endnoteReference" as tag:
                    self._reference(tag.removesuffix("Reference"), inside, run, words)
                case "AlternateContent":
                    chosen = next((c for c in inside if local(c) in ("Choice", "Fallback")), None)
                    if chosen is not None:
                        self._boxes(chosen, words)
                case "drawing" | "pict" | "object":
                    self._boxes(inside, words)
                case "ruby":
                    self._inline(inside, words)

    def _boxes(self, element: _Element, words: _Words) -> None:
        found = [e for e in element.iter() if local(e) == "txbxContent"]
        # a box inside a box is read with the outer one
        words.boxes += [e for e in found if not any(a in found for a in e.iterancestors())][:100]
        if not found and (local(element) != "object"):
            self.report.unsure("picture left out", f"paragraph {self.at}")

    def _symbol(self, element: _Element) -> str:
        code = value(element, "char")
        point = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0xFFFD
        if 0xF020 <= point <= 0xF0FF:
            point -= 0xF000  # fonts of symbols are shown through Unicode's private characters
            self.report.unsure("character of a symbol font", f"paragraph {self.at}", f"{value(element, 'font')} {code}")
        return clean(chr(point))[0] if not 0xD800 <= point < 0xE000 else "\ufffd"

    # footnotes

    def _reference(self, kind: str, element: _Element, run: _Element, words: _Words) -> None:
        key = f"{kind}{value(element, 'id')}"
        custom = ""
        if on(child(run, f"{kind}Reference")) and value(element, "customMarkFollows") in ("1", "true", "on"):
            custom = "".join(t.text or "" for t in run if local(t) == "t")
            for t in [t for t in run if local(t) == "t"]:
                t.text = ""
        words.pieces.append(_HOLE)
        words.keys.append(key)
        self._section.append((kind, key, custom))

    def _end_section(self, section: _Element | None) -> None:
        """Give the footnotes of a section their signs, as its properties or the file's say."""
        for kind in ("footnote", "endnote"):
            own, general = child(section, f"{kind}Pr"), child(self.settings, f"{kind}Pr")

            def said(name: str, otherwise: str, own: _Element | None = own, general: _Element | None = general) -> str:
                return value(child(own, name), otherwise=value(child(general, name), otherwise=otherwise))

            form = said("numFmt", "decimal" if kind == "footnote" else "lowerRoman")
            first = whole(said("numStart", "1"), 1)
            restart = said("numRestart", "continuous")
            if restart == "eachSect" or not self._counts[kind]:
                self._counts[kind] = first - 1
            if restart == "eachPage" and any(k == kind for k, _, _ in self._section):
                self.report.unsure("footnotes numbered by page in Word are numbered through", f"paragraph {self.at}")
            for k, key, custom in self._section:
                if k != kind or key in self._signs:
                    continue
                if not custom:
                    self._counts[kind] += 1
                self._signs[key] = custom or printed(self._counts[kind], form)
        self._section = []

    # tables

    def _table(self, element: _Element) -> Iterator[Block]:
        rows: list[list[tuple[grids.Span, list[Block]]]] = []
        for row in _inside(element, "tr"):
            properties = child(row, "trPr")
            if properties is not None and any(self._is_left_out(local(c)) for c in properties):
                continue
            cells = []
            for cell in _inside(row, "tc"):
                own = child(cell, "tcPr")
                merged = child(own, "vMerge")
                blocks = list(self._below(cell))
                if merged is not None and value(merged, otherwise="continue") == "continue" and not blocks:
                    words = ""
                else:
                    words = " ".join(_flat(b.table) if b.table else f"{b.number} {b.words}".strip() for b in blocks)
                cells.append((grids.Span(words, whole(value(child(own, "gridSpan")), 1)), blocks))
            rows.append(cells)
        yield from _arranged(rows, f"paragraph {self.at}")


_Cells = list[tuple[grids.Span, list[Block]]]


def _arranged(rows: list[_Cells], place: str) -> Iterator[Block]:
    """A table as such, or the paragraphs of one that only serves to place them."""
    texts = [[span.words for span, _ in row] for row in rows]
    if grids.is_numbered_list(texts):
        for row in rows:
            yield from _list_entry(row)
    elif max(map(len, texts), default=0) < 2 or any(len(w) > _LONGEST_CELL for row in texts for w in row):
        yield from (block for row in rows for _, blocks in row for block in blocks)
    else:
        table = grids.grid([span for span, _ in row] for row in rows)
        marks = tuple(Mark(0, m.key) for row in rows for _, blocks in row for b in blocks for m in b.marks)
        if table:
            yield Block("", place, marks=marks, table=table)


def _list_entry(row: _Cells) -> Iterator[Block]:
    """The paragraphs of a row whose first words are the number of a list."""
    at = next((n for n, (span, _) in enumerate(row[:-1]) if grids.is_number(span.words)), None)
    number = row[at][0].words if at is not None else ""
    for n, (_, blocks) in enumerate(row):
        for block in blocks if n != at else ():
            yield replace(block, number=number or block.number)
            number = ""


def _inside(element: _Element, tag: str) -> Iterator[_Element]:
    """Rows or cells, those in content controls too."""
    for inside in element:
        name = local(inside)
        if name == tag:
            yield inside
        elif name in ("sdt", "sdtContent", "customXml"):
            yield from _inside(inside, tag)


def _flat(table: Iterable[Iterable[str]]) -> str:
    return "\n".join("\t".join(row) for row in table)


def _without_holes(text: str) -> tuple[str, list[int]]:
    pieces = text.split(_HOLE)
    words = pieces[0]
    offsets = []
    for piece in pieces[1:]:
        offsets.append(len(words))
        words += piece.lstrip(" ") if words.endswith(" ") else piece
    words = words.rstrip(" \u00a0")
    return words, [min(offset, len(words)) for offset in offsets]
