"""The levels of an act as provisions: what is what in the words of treaty drafting, its own name kept beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ..text.akn.inline import name_of
from ..text.akn.names import AKN
from ..text.model import ANNEXES, LIST_LEVELS, POINTS, Cell, Kind, Provision, Text, list_kind
from .akn_words import INLINE, LEVELS, WRAPPERS, Flow, Words, parts_of

_Q = f"{{{AKN}}}"
_UNITS = ("article", "section", "rule", "clause")
"""What a text is numbered through by: the first of these that it has."""
_HOLDERS = frozenset("book chapter division part section subchapter subdivision subpart subsection subtitle title tome".split())
_PARTS = frozenset({"book", "part", "title", "tome"})
_ENTRIES = frozenset({"indent", "item", "li", "list", "point", "sublist"})
_KEPT = frozenset({"foreign", "tblock", "toc", "quotedStructure", "embeddedStructure"})
_LEVEL_PARTS = LEVELS | {"num", "heading", "content", "intro"}
_ANNEX = re.compile(r"(annex|append|schedule(?!s)|attachment)", re.I)
_QUOTING = ("quotedStructure", "embeddedStructure", "authorialNote", "foreign")
_NUMBERED = re.compile(r"(?:Annex|Appendix|Schedule|Attachment|Anexo|Annexe|Allegato|Anhang)\s+[\w.-]{1,12}", re.I)
_OURS = {
    Kind.PART: "part", Kind.CHAPTER: "chapter", Kind.SECTION: "section", Kind.SUBSECTION: "subsection",
    Kind.ARTICLE: "article", Kind.PARAGRAPH: "paragraph", Kind.ANNEX: "hcontainer annex", Kind.APPENDIX: "hcontainer appendix",
}  # fmt: skip


def own_levels(element: etree._Element) -> Iterator[etree._Element]:
    """The levels below an element that are the text's own, not quoted in it."""
    for child in element.iterchildren(etree.Element):
        if (name := name_of(child)) in _QUOTING:
            continue
        if name in LEVELS:
            yield child
        yield from own_levels(child)


def unit_of(document: etree._Element) -> str:
    """What the text is numbered through by: articles, else sections, else rules, else clauses."""
    there = {name_of(level) for body in document.iter(f"{_Q}body", f"{_Q}mainBody") for level in own_levels(body)}
    return next((name for name in _UNITS if name in there), "article")


class Making:
    """One provision while its parts are read."""

    def __init__(self, tree: Tree, kind: Kind) -> None:
        self.tree = tree
        self.kind = kind
        self.num: Text | None = None
        self.head: Flow | None = None
        self.own = tree.words.flow()
        self.after: Flow | None = None
        self.table: tuple[tuple[Cell, ...], ...] = ()
        self.children: list[Provision] = []

    @property
    def words(self) -> Flow:
        """Where the next words belong: the provision's own, or what follows its children."""
        if self.kind is not Kind.TREATY and not self.children and not self.table:
            return self.own
        if self.after is None:
            self.after = self.tree.words.flow()
        return self.after

    def close(self) -> None:
        """Words after children become closing words of a list, else a paragraph without a number."""
        if self.after is None or self.after.empty:
            return
        text, self.after = self.after.made(), None
        listed = any(child.kind in POINTS for child in self.children)
        closing = self.kind in POINTS or self.kind is Kind.PARAGRAPH or (self.kind is Kind.ARTICLE and listed)
        self.children.append(Provision(Kind.FLUSH if closing else Kind.PARAGRAPH, text=text))

    def child(self, provision: Provision) -> None:
        """A provision below this one."""
        self.close()
        self.children.append(provision)

    def rows(self, rows: tuple[tuple[Cell, ...], ...]) -> None:
        """A table: the provision's own where its words are not over, else a provision."""
        if self.kind is Kind.TREATY or self.children or self.table:
            self.child(Provision(Kind.TABLE, table=rows))
        else:
            self.table = rows

    def heading(self, element: etree._Element) -> None:
        """A heading, or a further line of it."""
        if self.head is None:
            self.head = self.tree.words.flow()
        self.head.paragraph(element)

    def made(self, wid: str = "", element: str = "") -> Provision:
        """The provision, without an eId yet."""
        self.close()
        heading = self.head.made() if self.head is not None and not self.head.empty else None
        text = None if self.own.empty else self.own.made()
        return Provision(self.kind, "", wid, self.num, heading, text, tuple(self.children), self.table, element)


class Tree:
    """Reads the levels of one file; `tell` of `words` is told where by `here`."""

    def __init__(self, words: Words, unit: str) -> None:
        self.words = words
        self.unit = unit
        self.here = ""
        self.sources: dict[str, etree._Element] = {}
        """The element that each provision was read from, by the token that stands in for its wId."""

    def token(self, element: etree._Element) -> str:
        """A name for a provision until it has its eId."""
        self.here = f"t{len(self.sources)}"
        self.sources[self.here] = element
        return self.here

    # -- what is what -----------------------------------------------------------------------

    def kind(self, element: etree._Element, holder: Kind) -> Kind:
        """What a level is, by its name, what holds it, and whether it holds what the text is numbered by."""
        name = name_of(element)
        if holder in LIST_LEVELS:
            return list_kind(LIST_LEVELS.index(holder) + 1)
        if holder in (Kind.PARAGRAPH, Kind.DEFINITION):
            return list_kind(0)
        if holder is Kind.ARTICLE:
            return list_kind(0) if name in _ENTRIES else Kind.PARAGRAPH
        if name == "hcontainer" and (annex := _ANNEX.search(element.get("name", ""))) is not None:
            return Kind.APPENDIX if holder in ANNEXES or annex[1].lower() == "append" else Kind.ANNEX
        below = {name_of(level) for level in own_levels(element)}
        if name == self.unit and name not in below:
            return Kind.ARTICLE
        if name == "chapter" and holder in (Kind.TREATY, Kind.PART):
            return Kind.CHAPTER
        if name in _PARTS and holder in (Kind.TREATY, Kind.PART):
            return Kind.PART
        if name in _HOLDERS or self.unit in below or below & _HOLDERS:
            return Kind.SUBSECTION if holder in (Kind.SECTION, Kind.SUBSECTION) or name == "subsection" else Kind.SECTION
        return list_kind(0) if name in ("item", "li") and holder is not Kind.TREATY else Kind.PARAGRAPH

    # -- levels -----------------------------------------------------------------------------

    def provision(self, element: etree._Element, holder: Kind) -> Provision:
        """A level and all below it."""
        kind = self.kind(element, holder)
        outer, token = self.here, self.token(element)
        making = Making(self, kind)
        if (status := element.get("status")) is not None:
            self.words.tell("unclear", f'status="{status}" on <{name_of(element)}>', "")
        self.fill(making, element)
        self.here = outer
        return making.made(token, self._element(element, kind))

    @staticmethod
    def _element(element: etree._Element, kind: Kind) -> str:
        name = name_of(element)
        if name == "hcontainer":
            name = f"{name} {element.get('name', '')}".strip()
        return "" if name == ("point" if kind in POINTS else _OURS.get(kind, "")) else name

    def fill(self, making: Making, element: etree._Element) -> None:
        """Everything inside an element, in order, into the provision being made."""
        for part in parts_of(element):
            name = "" if isinstance(part, str) else name_of(part)
            if isinstance(part, str) or name in INLINE or name == "authorialNote":
                making.words.run(part)
            else:
                self.part(making, part, name)

    def part(self, making: Making, part: etree._Element, name: str) -> None:
        """One part of a provision that is no running text."""
        started = bool(making.children or making.table) or not making.own.empty
        match name:
            case "num" if making.num is None and making.head is None and not started:
                making.num = self.words.inline(part)
            case "heading" | "subheading" if not started and making.kind is not Kind.TREATY:
                making.heading(part)
            case "crossHeading" | "heading" | "subheading":
                token = self.token(part)
                words = self.words.inline(part)
                if making.kind is Kind.TREATY:  # the schema has no place for a cross heading right in a body
                    making.child(Provision(Kind.PARAGRAPH, wid=token, heading=words, element=name))
                else:
                    making.child(Provision(Kind.HEADING, wid=token, text=words))
            case "p" | "blockList" if _defines(part) and making.kind in (Kind.ARTICLE, Kind.PARAGRAPH) and started:
                making.child(self.definition(part))
            case "num" | "p" | "block":
                making.words.paragraph(part)
            case "blockList":
                self.fill(making, part)
            case "list" | "sublist" if part.find(f"{_Q}num") is None and part.find(f"{_Q}heading") is None:
                self.fill(making, part)
            case "ul" | "ol":
                self.fill(making, part)
            case "item" | "li":
                making.child(self.provision(part, making.kind))
            case "table":
                self.table(making, part)
            case "componentRef" | "documentRef":
                self.elsewhere(part)
            case _ if name in LEVELS:
                making.child(self.provision(part, making.kind))
            case _ if name in WRAPPERS:
                self.wrapper(making, part, name)
            case _ if not name.startswith("{") and name not in _KEPT and any(name_of(inside) in _LEVEL_PARTS for inside in part):
                self.words.tell("unclear", f"<{name}> is no element of Akoma Ntoso; read as a level", "")
                making.child(self.provision(part, making.kind))
            case _:
                making.words.kept(part)

    def definition(self, part: etree._Element) -> Provision:
        """An entry of a list of definitions: a paragraph, or a list that its term opens."""
        outer, token = self.here, self.token(part)
        making = Making(self, Kind.DEFINITION)
        if name_of(part) == "p":
            making.own.paragraph(part)
        else:
            self.fill(making, part)
        self.here = outer
        return making.made(token)

    def wrapper(self, making: Making, part: etree._Element, name: str) -> None:
        """An element that only holds others."""
        if name in ("blockContainer", "container", "div", "formula"):
            self.words.tell("mended", f"<{name}> opened: its words are kept", part.get("name", ""))
        self.fill(making, part)

    def elsewhere(self, part: etree._Element) -> None:
        """A part of the text that stands in a file of its own."""
        holder = part.getparent()
        heading = holder.find(f"{_Q}heading") if holder is not None and name_of(holder) == "attachment" else None
        said = [*(map(str, heading.itertext()) if heading is not None else ()), part.get("showAs", "")]
        said.append(part.get("src") or part.get("href") or "")
        self.words.tell("unclear", "part of the text that is not in this file", " ".join(filter(None, said)))

    # -- tables -----------------------------------------------------------------------------

    def table(self, making: Making, element: etree._Element) -> None:
        """A table: rows of cells where it is nothing more, else kept as it is."""
        rows = _rows(element)
        if rows is None:
            making.words.kept(element)
            return
        for caption in element.iterchildren(f"{_Q}caption"):
            making.words.paragraph(caption)
        made = tuple(
            tuple(
                Cell(self.words.leaf(cell), name_of(cell) == "th", int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)))
                for cell in row
            )
            for row in rows
            if len(row)
        )
        if made:
            making.rows(made)

    # -- annexes ----------------------------------------------------------------------------

    def annex(self, holder: etree._Element, document: etree._Element, inside: Kind) -> Provision:
        """A document that is attached: the heading of its `attachment`, its own front matter, its body."""
        kind = Kind.APPENDIX if inside in ANNEXES else Kind.ANNEX
        outer, token = self.here, self.token(document)
        making = Making(self, kind)
        if holder is not document:
            for part in holder.iterchildren(f"{_Q}num", f"{_Q}heading", f"{_Q}subheading"):
                self.part(making, part, name_of(part))
        attached: list[Provision] = []
        for part in document.iterchildren(etree.Element):
            match name_of(part):
                case "meta":
                    pass
                case "attachments" | "components":
                    attached += self.attached(part, kind)
                case "coverPage" | "preface" if making.head is None:
                    making.head = self.words.flow()
                    making.head.paragraphs(part)
                case "body" | "mainBody":
                    self.body(making, part)
                case "conclusions":
                    closing = self.words.leaf(part)
                    making.child(Provision(Kind.PARAGRAPH, wid=self.token(part), text=closing, element="conclusions"))
                case _:
                    making.words.paragraphs(part)
        self.here = outer
        name = document.get("name", "")
        made = making.made(token, f"doc {name}" if name and name != str(kind) else "")
        heading = made.heading
        if made.num is None and heading and _NUMBERED.fullmatch(heading.content):
            made = replace(made, num=heading, heading=None)
        return replace(made, children=(*made.children, *attached))

    def body(self, making: Making, element: etree._Element) -> None:
        """A body; the level that is the annex over again is opened."""
        inside = list(parts_of(element))
        only = inside[0] if len(inside) == 1 else None
        if only is not None and not isinstance(only, str) and self.kind(only, Kind.TREATY) in ANNEXES and making.kind in ANNEXES:
            element = only
        self.fill(making, element)

    def attached(self, element: etree._Element, inside: Kind) -> list[Provision]:
        """The documents in `attachments` or `components`, those that stand elsewhere reported."""
        out = []
        for holder in element.iterchildren(f"{_Q}attachment", f"{_Q}component"):
            for part in holder.iterchildren(etree.Element):
                if name_of(part) in ("documentRef", "componentRef"):
                    self.elsewhere(part)
                elif part.find(f"{_Q}meta") is not None or name_of(part) in ("doc", "act", "bill", "statement"):
                    out.append(self.annex(holder, part, inside))
        return out


def _defines(part: etree._Element) -> bool:
    """Whether a paragraph or list says which term it is about, and defines it at its start."""
    opening = part if name_of(part) == "p" else part.find(f"{_Q}listIntroduction")
    if opening is None or not part.get("refersTo"):
        return False
    first = opening.find(f"{_Q}def")
    return first is not None and first.getprevious() is None and not any(c.isalnum() for c in opening.text or "")


def _rows(element: etree._Element) -> list[etree._Element] | None:
    """The rows of a table that is nothing but rows of cells; None for any other."""
    rows: list[etree._Element] = []
    for part in parts_of(element):
        if isinstance(part, str) or name_of(part) not in ("tr", "thead", "tbody", "tfoot", "caption"):
            return None
        if name_of(part) == "caption":
            if rows:
                return None
        elif name_of(part) == "tr":
            rows.append(part)
        else:
            inner = _rows(part)
            if inner is None:
                return None
            rows += inner
    for row in rows:
        for cell in parts_of(row):
            if isinstance(cell, str) or name_of(cell) not in ("td", "th"):
                return None
            if not all(cell.get(key, "1").isdecimal() for key in ("colspan", "rowspan")):
                return None
    return rows
