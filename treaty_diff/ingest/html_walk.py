"""A web page's tree walked once, from top to bottom: its paragraphs, headings, list entries and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..numerals import to_roman
from . import grids
from .blocks import Mark
from .html_notes import BLOCKS, Links, words_of
from .lines import clean
from .profiles import Profile
from .report import Report

if TYPE_CHECKING:
    from lxml.etree import _Element

SILENT = frozenset(
    "script style head noscript template iframe object embed applet svg canvas audio video map input select button textarea "
    "option datalist param link meta title".split()
)
_BOLD = frozenset(("b", "strong"))
_STRUCK = frozenset(("del", "s", "strike"))
_HOLE = "\U0010fffd"  # stands for a footnote's mark; `clean` has taken it out of the source's own words
_BLANKS = re.compile(r"[ \t\n\f\r\u00a0]{2,}|[\t\n\f\r]")
_RAISED = re.compile(r"\s*[\[(]?(\d{1,3}|[*†‡§]{1,3})[\])]?(?:\s*,\s*(?=\S))?")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|lower-alpha|lower-latin|lower-roman|upper-alpha|upper-latin|upper-roman)\b",
    re.I,
)
_TYPES = {
    "a": "a", "i": "i", "A": "A", "I": "I", "1": "1", "none": "", "decimal": "1", "lower-alpha": "a", "lower-latin": "a",
    "lower-roman": "i", "upper-alpha": "A", "upper-latin": "A", "upper-roman": "I",
}  # fmt: skip
_FEW_ROWS = 3
_FEW_PARAGRAPHS = 4  # a cell with more holds a page's text
_HEADING = 200
"""A bold paragraph longer than this many characters is no heading."""


@dataclass
class Raw:
    """A block as walked; in `words` a hole stands for each of `holes`: (key, printed), without key for a raised sign."""

    words: str
    place: str
    holes: list[tuple[str, str]] = field(default_factory=list)
    number: str = ""
    level: int = 0
    note: str = ""
    noted: bool = False
    table: tuple[tuple[str, ...], ...] = ()
    links: list[tuple[_Element, str]] = field(default_factory=list)
    unlinked: int = 0

    def settle(self, key_of: Callable[[int], str]) -> tuple[str, tuple[Mark, ...]]:
        """The words without holes and the marks; `key_of` gives the key of a hole, empty to print its sign as words."""
        out: list[str] = []
        marks = []
        length = 0
        pieces = self.words.split(_HOLE)
        for n, piece in enumerate(pieces):
            if n:
                printed = self.holes[n - 1][1]
                key = key_of(n - 1)
                if key:
                    marks.append(Mark(length, key))
                    # a blank on either side of a mark is one blank
                    if piece.startswith(" ") and (not length or out[-1].endswith(" ")):
                        piece = piece[1:]
                else:
                    out.append(printed)
                    length += len(printed)
            if piece:
                out.append(piece)
                length += len(piece)
        words = "".join(out).rstrip(" \u00a0")
        return words, tuple(Mark(min(m.offset, len(words)), m.key) for m in marks)

    @property
    def opens_raised(self) -> str:
        """The raised sign that the block opens with, if it does."""
        return self.holes[0][1] if self.words.startswith(_HOLE) and not self.holes[0][0] else ""


@dataclass
class Walk:
    """Walks a page. The profile names elements: `dropped`, headings with their `levels`, `noted`, lists with their `styles`."""

    profile: Profile
    links: Links
    report: Report
    dropped: frozenset[_Element]
    levels: dict[_Element, int]
    noted: frozenset[_Element]
    styles: Mapping[_Element, str] = field(default_factory=dict)
    out: list[Raw] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._pieces: list[str] = []
        self._holes: list[tuple[str, str]] = []
        self._linked: list[tuple[_Element, str]] = []
        self._unlinked = self._bold = self._all = 0
        self._number = self._place = ""
        self._at: _Element
        self._open_note = ""  # started inside a block
        self._start_block: _Element | None = None
        self._depth = {"bold": 0, "link": 0, "pre": 0, "struck": 0, "noted": 0}
        self._level: list[int] = [0]
        self._bodies: list[str] = []
        self._lists: list[tuple[str, int, int]] = []
        self._rows: dict[_Element, _Element] = {}

    def run(self, roots: Iterable[_Element]) -> list[Raw]:
        """The blocks of `roots` in reading order."""
        from lxml import etree

        for root in roots:
            walker = etree.iterwalk(root, events=("start", "end"))
            skipped: _Element | None = None
            for event, element in walker:
                if event == "start":
                    if self._enter(element):
                        self._text(element.text)
                    else:
                        skipped = element
                        walker.skip_subtree()
                else:
                    if element is not skipped:
                        self._leave(element)
                    skipped = None
                    if element is not root:
                        self._text(element.tail)
            self._flush()
            self._open_note = ""
        return self.out

    # going in: True to walk what is inside

    def _enter(self, element: _Element) -> bool:
        tag = element.tag
        self._at = element
        if not isinstance(tag, str) or tag in SILENT:
            return False
        if element in self.dropped or self._hidden(element):
            self._flush_before(tag)
            words = " ".join(words_of(element).split())
            if words:
                self.report.drop("page furniture", self._where(element), words)
            return False
        if element in self.links.marks:
            self._hole(self.links.marks[element], self.links.signs[self.links.marks[element]])
            return False
        key = self.links.starts.get(element)
        if key:
            self._start(element, key)
        if element in self.links.back or (key and element.tag == "a"):
            # the sign before a note's words, the arrow after them
            return not element.get("href")
        if tag == "br":
            if self._level[-1]:
                self._pieces.append(" ")  # a heading in two lines is one heading
            else:
                self._flush(hard=True)
            return False
        if tag == "img":
            if element.get("alt"):
                self.report.unsure("picture left out", self._where(element), element.get("alt", ""))
            return False
        if tag in BLOCKS:
            return self._enter_block(element)
        return self._enter_inline(element)

    def _enter_inline(self, element: _Element) -> bool:
        tag = element.tag
        if tag == "sup" and not any(a.get("href") or a in self.links.starts for a in element.iter("a")):
            signs = _raised(words_of(element))
            for sign in signs:
                self._hole("", sign)
            if signs:
                return False
        self._depth["bold"] += tag in _BOLD or _is_bold(element)
        self._depth["link"] += tag == "a" and bool(element.get("href"))
        self._depth["struck"] += tag in _STRUCK
        if tag in _STRUCK:
            self.report.unsure("struck words kept as they stand", self._where(element), words_of(element))
        if tag == "a" and element.get("href"):
            self._linked.append((element, element.get("href", "")))
        return True

    def _enter_block(self, element: _Element) -> bool:
        tag = element.tag
        self._flush()
        if tag == "tr" and element in self._rows:
            self._enter_row(element)
        if tag in ("td", "th") and element in self._rows:
            return False  # its words are the row's number
        if element in self.links.bodies:
            self._bodies.append(self.links.bodies[element])
        self._depth["noted"] += element in self.noted
        level = self.levels.get(element, 0)
        if not level and len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            level = int(tag[1])
        self._level.append(level or self._level[-1])
        self._depth["pre"] += tag == "pre"
        if tag in ("ol", "ul", "menu"):
            self._lists.append(self._list(element))
        elif tag == "li" and self._lists:
            self._entry(element)
        elif tag == "table" and not self._table(element):
            self._level.pop()
            self._depth["noted"] -= element in self.noted
            if element in self.links.bodies:
                self._bodies.pop()
            return False
        return True

    def _leave(self, element: _Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._flush()
            if tag in ("li", "tr"):
                self._number = ""
            self._level.pop()
            self._depth["pre"] -= tag == "pre"
            self._depth["noted"] -= element in self.noted
            if tag in ("ol", "ul", "menu"):
                self._lists.pop()
            if element in self.links.bodies:
                self._bodies.pop()
            if element is self._start_block and self._open_note not in self.links.runs_on:
                self._open_note = ""
            return
        self._depth["bold"] -= tag in _BOLD or _is_bold(element)
        self._depth["link"] -= tag == "a" and bool(element.get("href"))
        self._depth["struck"] -= tag in _STRUCK

    # words

    def _text(self, text: str | None) -> None:
        if not text:
            return
        text = clean(text)[0]
        if self._depth["pre"] and "\n" in text:
            for line in text.split("\n")[:-1]:
                self._add(line)
                self._flush(hard=True)
            text = text.rpartition("\n")[2]
        self._add(text)

    def _add(self, text: str) -> None:
        if text.isspace():
            self._pieces.append(text)
            return
        if not self._holes and not any(piece.strip() for piece in self._pieces[-2:]):
            self._place = self._where(self._at)
        solid = sum(map(str.isalnum, text))
        self._pieces.append(text)
        self._all += solid
        if self._depth["bold"]:
            self._bold += solid
        if not self._depth["link"]:
            self._unlinked += solid

    def _hole(self, key: str, printed: str) -> None:
        if not self._pieces:
            self._place = self._where(self._at)
        self._pieces.append(_HOLE)
        self._holes.append((key, printed))

    def _start(self, element: _Element, key: str) -> None:
        self._flush()
        self._open_note = key
        block = element
        while block.tag not in BLOCKS and block.getparent() is not None:
            block = block.getparent()  # type: ignore[assignment]
        self._start_block = block

    def _flush_before(self, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()

    def _flush(self, hard: bool = False) -> None:
        words = _BLANKS.sub(" ", "".join(self._pieces)).strip(" \u00a0")
        if words:
            raw = Raw(words, self._place, self._holes, self._number, self._level[-1] or self._bold_level(words))
            if raw.level and self._open_note:
                self._open_note = ""  # a heading is no part of a footnote
            raw.note, raw.noted = self._note, self._depth["noted"] > 0
            raw.links, raw.unlinked = self._linked, self._unlinked
            self.out.append(raw)
            self._number = ""
        elif self.out and hard and self._open_note not in self.links.runs_on:
            self._open_note = self._open_note if self.out[-1].note != self._open_note else ""
        if words or not hard:
            self._linked = []
        self._pieces, self._holes = [], []
        self._unlinked = self._bold = self._all = 0

    @property
    def _note(self) -> str:
        return self._open_note or (self._bodies[-1] if self._bodies else "")

    def _bold_level(self, words: str) -> int:
        heading = self._all and self._bold == self._all and len(words) <= _HEADING and words[-1] not in ";,"
        return self.profile.bold if heading else 0

    @staticmethod
    def _where(element: _Element) -> str:
        return f"line {element.sourceline}" if element.sourceline else ""

    @staticmethod
    def _hidden(element: _Element) -> bool:
        return element.get("hidden") is not None or bool(_UNSEEN.search(element.get("style", "")))

    # lists

    def _list(self, element: _Element) -> tuple[str, int, int]:
        """How a list numbers its entries, the next ordinal, and the step."""
        style = _STYLE.search(element.get("style", ""))
        shown = self.styles.get(element) or (style[1].lower() if style else element.get("type", "1") or "1")
        kind = "" if element.tag != "ol" else _TYPES.get(shown, "1")
        backwards = element.get("reversed") is not None
        first = _whole(element.get("start"), len(element.findall("li")) if backwards else 1)
        if kind in ("a", "A", "i", "I"):
            self.report.mend("letters of a web list put in brackets", self._where(element), f"{kind}. → ({kind})")
        return kind, first, -1 if backwards else 1

    def _entry(self, element: _Element) -> None:
        kind, ordinal, step = self._lists[-1]
        if element.getparent() is None or element.getparent().tag not in ("ol", "ul", "menu"):  # type: ignore[union-attr]
            return
        ordinal = _whole(element.get("value"), ordinal)
        style = _STYLE.search(element.get("style", ""))
        shown = _TYPES[style[1].lower()] if style else kind
        self._lists[-1] = (kind, ordinal + step, step)
        self._number = _numbered(shown, ordinal)

    # tables

    def _table(self, element: _Element) -> bool:
        """Whether a table is to be walked as running text; one of data is written out here."""
        if element.get("role") in ("presentation", "none"):
            return True
        if element.find(".//table") is not None:
            self._number_rows(element)
            return True
        if _is_layout(element):
            return True
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        if max(map(len, rows), default=0) < 2:
            return True
        words = [[self._cell(cell) for cell in row] for row in rows]
        if element.find(".//th") is None and grids.is_numbered_list(words):
            for row, cells in zip(rows, words, strict=True):
                if grids.is_number(cells[0]) or any(grids.is_number(c) for c in cells[:-1]):
                    first = next(cell for cell, w in zip(row, cells, strict=True) if grids.is_number(w))
                    self._rows[first.getparent()] = self._rows[first] = first  # type: ignore[index]
            return True
        if any(e.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "ol", "ul") for e in element.iter()):
            return True
        if max((len(w) for row in words for w in row), default=0) > 1500 or _is_contents(element):
            return True
        spans = (
            [grids.Span(w, _whole(c.get("colspan"), 1), _whole(c.get("rowspan"), 1)) for c, w in zip(row, texts, strict=True)]
            for row, texts in zip(rows, words, strict=True)
        )
        table = grids.grid(spans)
        caption = element.find("caption")
        keys = [self.links.marks[a] for a in element.iter("a") if a in self.links.marks]
        marks = [(key, self.links.signs[key]) for key in keys]
        title = self._cell(caption) if caption is not None else ""
        if table:
            words_of_table = title + _HOLE * len(marks)
            self.out.append(Raw(words_of_table, self._where(element), marks, table=table, note=self._note, unlinked=1))
        return False

    def _number_rows(self, element: _Element) -> None:
        """Take the numbers of a list set in columns, one entry of which holds a list of its own."""
        numbers = []
        for row in _own_rows(element):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            plain = [cell for cell in cells[:-1] if cell.find(".//table") is None and self._cell(cell)]
            if len(plain) != 1 or not grids.is_number(self._cell(plain[0])):
                return
            numbers.append((row, plain[0]))
        for row, number in numbers:
            self._rows[row] = self._rows[number] = number

    def _cell(self, cell: _Element) -> str:
        """The words of a cell without footnotes' signs; paragraphs and broken lines parted by a blank."""
        from lxml import etree

        parts: list[str] = []
        walker = etree.iterwalk(cell, events=("start", "end"))
        for event, e in walker:
            apart = " " if e.tag in BLOCKS or e.tag == "br" else ""
            if event == "start" and (not isinstance(e.tag, str) or e.tag in SILENT or e in self.links.marks):
                walker.skip_subtree()
            elif event == "start":
                parts += (apart, e.text or "")
            elif e is not cell:
                parts += (apart, e.tail or "")
        return clean(_BLANKS.sub(" ", "".join(parts)).strip(" \u00a0"))[0]

    def _enter_row(self, element: _Element) -> None:
        self._number = " ".join(words_of(self._rows[element]).split())


def _own_rows(table: _Element) -> list[_Element]:
    """The rows of a table, not those of tables in its cells."""
    inside = [table, *(part for part in table if part.tag in ("tbody", "thead", "tfoot"))]
    return [row for part in inside for row in part if row.tag == "tr"]


def _is_layout(table: _Element) -> bool:
    """Whether a table sets a page, a menu beside its text: one of few rows has many paragraphs in a cell."""
    rows = _own_rows(table)
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")] if len(rows) <= _FEW_ROWS else []
    return any(len(cell.findall(".//p")) + 2 * len(cell.findall(".//blockquote")) > _FEW_PARAGRAPHS for cell in cells)


def _is_contents(table: _Element) -> bool:
    linked = sum(len(words_of(a)) for a in table.iter("a") if a.get("href"))
    return linked * 2 > len(" ".join(words_of(table).split()))


def _raised(words: str) -> list[str]:
    signs = []
    at = 0
    words = words.strip()
    while at < len(words):
        m = _RAISED.match(words, at)
        if m is None:
            return []
        signs.append(m[1])
        at = m.end()
    return signs


def _is_bold(element: _Element) -> bool:
    style = element.get("style")
    return style is not None and bool(re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", style, re.I))


def _whole(value: str | None, otherwise: int) -> int:
    """An attribute that should be a whole number; HTML bounds spans and starts far below this."""
    value = (value or "").strip()
    return int(value) if value.isascii() and value.lstrip("-").isdigit() and len(value) < 7 else otherwise


def _numbered(kind: str, ordinal: int) -> str:
    if not kind:
        return ""
    if kind == "1" or ordinal < 1 or ordinal > 399:
        return f"{ordinal}."
    if kind in "iI":
        label = to_roman(ordinal)
    else:
        label = chr(97 + (ordinal - 1) % 26) * (1 + (ordinal - 1) // 26)
    return f"({label.upper() if kind in 'AI' else label})"
