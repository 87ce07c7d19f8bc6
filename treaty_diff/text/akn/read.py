"""Akoma Ntoso 3.0 → Treaty: the inverse of `write`, byte for byte.

Text and tail of elements are handled in `_Reader.flatten` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from ...errors import AknError
from ..model import (
    Cell,
    Edition,
    Footnote,
    Kind,
    Metadata,
    MultiReference,
    Provision,
    Reference,
    Source,
    Span,
    Term,
    Text,
    Treaty,
    list_kind,
)
from .names import AKN, MASTER, TD

_Q = f"{{{AKN}}}"
_KIND = {
    "part": Kind.PART,
    "chapter": Kind.CHAPTER,
    "section": Kind.SECTION,
    "subsection": Kind.SUBSECTION,
    "article": Kind.ARTICLE,
    "paragraph": Kind.PARAGRAPH,
}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)  # fmt: skip


def _name(element: etree._Element) -> str:
    return str(element.tag).removeprefix(_Q)


@dataclass
class _Flat:
    """Running text being collected from an element."""

    content: list[str] = field(default_factory=list)
    length: int = 0
    spans: list[Span] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)

    def add(self, words: str | None) -> None:
        if words:
            self.content.append(words)
            self.length += len(words)

    def text(self, language: str) -> Text:
        return Text("".join(self.content), language, tuple(self.spans), tuple(self.notes))


class _Reader:
    def __init__(self, language: str) -> None:
        self.language = language

    # -- running text -----------------------------------------------------------------

    def flatten(self, element: etree._Element, flat: _Flat) -> None:
        flat.add(element.text)
        for child in element:
            start = flat.length
            match _name(child):
                case "authorialNote":
                    placed = "unplaced" not in child.get("class", "").split()
                    body = self.blocks(child)
                    flat.notes.append(Footnote(child.get("marker", ""), start, body, placed))
                case "mref":
                    inner = len(flat.spans)
                    self.flatten(child, flat)
                    parts = tuple(s for s in flat.spans[inner:] if isinstance(s, Reference))
                    flat.spans[inner:] = [MultiReference(start, flat.length, parts)]
                case "ref" | "rref" as name:
                    self.flatten(child, flat)
                    href = child.get("href" if name == "ref" else "from", "")
                    flat.spans.append(Reference(start, flat.length, href, child.get("upTo", "")))
                case "def":
                    self.flatten(child, flat)
                    flat.spans.append(Term(start, flat.length, child.get("refersTo", "").removeprefix("#term-")))
                case _:
                    self.flatten(child, flat)
            flat.add(child.tail)

    def inline(self, element: etree._Element | None) -> Text | None:
        if element is None:
            return None
        flat = _Flat()
        self.flatten(element, flat)
        return flat.text(self.language)

    def blocks(self, element: etree._Element) -> Text:
        """The `p` elements below `element` as one text."""
        flat = _Flat()
        for n, block in enumerate(element.iterchildren(f"{_Q}p")):
            if n:
                flat.add("\n")
            self.flatten(block, flat)
        return flat.text(self.language)

    # -- provisions -------------------------------------------------------------------

    def provision(self, element: etree._Element, depth: int = 0) -> Provision:
        name = _name(element)
        style = element.get("class", "")
        if name == "point":
            kind = Kind.DEFINITION if style == "definition" else list_kind(depth)
            inner = 0 if kind is Kind.DEFINITION else depth + 1
        else:
            kind = Kind.TABLE if style == "table" else _KIND[name]
            inner = 0
        text: Text | None = None
        children: list[Provision] = []
        table: tuple[tuple[Cell, ...], ...] = ()
        for child in element:
            match _name(child):
                case "content":
                    found = child.find(f"{_Q}table")
                    if found is not None:
                        table = self.table(found)
                    if found is None or child.find(f"{_Q}p") is not None:
                        text = self.blocks(child)
                case "list":
                    for entry in child:
                        match _name(entry):
                            case "intro":
                                text = self.blocks(entry)
                            case "wrapUp":
                                children.append(self.leaf(entry, Kind.FLUSH))
                            case "point":
                                children.append(self.provision(entry, inner))
                            case "crossHeading":
                                children.append(self.heading(entry))
                            case other:
                                raise AknError(f"<{other}> in a list is not read.", cause="a list holds points here")
                case "num" | "heading":
                    pass
                case "crossHeading":
                    children.append(self.heading(child))
                case other if other in _KIND:
                    children.append(self.provision(child))
                case other:
                    raise AknError(
                        f"<{other}> in <{name}> {element.get('eId', '')} is not read.",
                        cause="this element is outside the subset that treaty-diff writes",
                    )
        eid = element.get("eId", "")
        return Provision(
            kind,
            eid,
            element.get("wId", eid),
            self.inline(element.find(f"{_Q}num")),
            self.inline(element.find(f"{_Q}heading")),
            text,
            tuple(children),
            table,
        )

    def heading(self, element: etree._Element) -> Provision:
        eid = element.get("eId", "")
        return Provision(Kind.HEADING, eid, eid, text=self.inline(element))

    def leaf(self, element: etree._Element, kind: Kind) -> Provision:
        eid = element.get("eId", "")
        return Provision(kind, eid, element.get("wId", eid), text=self.blocks(element))

    def table(self, element: etree._Element) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            tuple(Cell(self.blocks(cell), _name(cell) == "th") for cell in row) for row in element.iterchildren(f"{_Q}tr")
        )

    def preamble(self, element: etree._Element) -> Provision:
        eid = element.get("eId", "")
        heading = text = None
        children = []
        for child in element.iter(f"{_Q}heading", f"{_Q}intro", f"{_Q}recital", f"{_Q}wrapUp"):
            match _name(child):
                case "heading":
                    heading = self.inline(child)
                case "intro":
                    text = self.blocks(child)
                case name:
                    children.append(self.leaf(child, Kind.FLUSH if name == "wrapUp" else Kind.RECITAL))
        return Provision(Kind.PREAMBLE, eid, eid, heading=heading, text=text, children=tuple(children))


# -- files ----------------------------------------------------------------------------------


def parse(data: bytes, name: str = "") -> etree._Element:
    """The root element of an Akoma Ntoso file.

    Raises AknError where it is not well formed or not Akoma Ntoso. Entities, DTDs and the
    network are off.
    """
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise AknError(
            f"{name or 'The file'} is not well-formed XML.",
            cause=str(error),
            fix="restore it from git, or repair the place named",
        ) from None
    if root.tag != f"{_Q}akomaNtoso":
        raise AknError(
            f"{name or 'The file'} is not Akoma Ntoso 3.0.",
            cause=f"its root is <{etree.QName(root).localname}>",
            fix="import it with `treaty-diff import`",
        )
    return root


def read_meta(root: etree._Element) -> Metadata:
    """The metadata of a file."""

    def value(path: str, attribute: str = "value") -> str:
        found = root.find(".//" + "/".join(f"{_Q}{step}" for step in path.split("/")))
        return found.get(attribute, "") if found is not None else ""

    text = root.find(f".//{{{TD}}}text")
    source = root.find(f".//{{{TD}}}source")
    if text is None:
        raise AknError("The file's metadata do not say which treaty it is.", cause="no td:text element in <proprietary>")
    origin = dict(source.attrib) if source is not None else {}
    return Metadata(
        treaty=text.get("treaty", ""),
        title=value("FRBRWork/FRBRname"),
        signed=value("FRBRWork/FRBRdate", "date"),
        date=value("FRBRExpression/FRBRdate", "date"),
        language=value("FRBRExpression/FRBRlanguage", "language"),
        edition=Edition(text.get("edition", "verbatim")),
        parties=tuple(text.get("parties", "").split()),
        short=text.get("short", ""),
        status=text.get("status", ""),
        source=Source(**{str(k): str(v) for k, v in origin.items()}),
    )


def read_component(data: bytes, name: str = "") -> Provision:
    """The chapter, annex or appendix of a file, its own annexes left out."""
    root = parse(data, name)
    reader = _Reader(_language(root))
    chapter = root.find(f".//{_Q}body/{_Q}chapter")
    if chapter is not None:
        return reader.provision(chapter)
    holder = root.find(f".//{_Q}mainBody/{_Q}hcontainer")
    if holder is None:
        raise AknError(f"{name or 'The file'} holds neither a chapter nor an annex.")
    eid = holder.get("eId", "")
    skip = (f"{_Q}num", f"{_Q}heading")
    return Provision(
        Kind(holder.get("name", "annex")),
        eid,
        holder.get("wId", eid),
        reader.inline(holder.find(f"{_Q}num")),
        reader.inline(holder.find(f"{_Q}heading")),
        children=tuple(reader.provision(child) for child in holder if child.tag not in skip),
    )


def _language(root: etree._Element) -> str:
    found = root.find(f".//{_Q}FRBRlanguage")
    return found.get("language", "und") if found is not None else "und"


def _attached(root: etree._Element) -> list[str]:
    return [ref.get("href", "").rsplit("/!", 1)[-1] for ref in root.iter(f"{_Q}documentRef")]


def read_treaty(files: Mapping[str, bytes]) -> Treaty:
    """An expression from its files by name.

    Raises AknError where the master is missing, a file is broken, or a file that another
    refers to is missing (the name is in the message).
    """
    if MASTER not in files:
        raise AknError("The text has no master file.", cause=f"{MASTER} is missing", fix="restore it from git")
    master = parse(files[MASTER], MASTER)
    reader = _Reader(_language(master))

    def component(eid: str) -> Provision:
        name = f"{eid}.xml"
        if name not in files:
            raise AknError(f"{name} is missing.", cause="another file of the text refers to it", fix="restore it from git")
        data = files[name]
        found = read_component(data, name)
        annexes = _attached(parse(data, name)) if b"<attachments>" in data else []
        return replace(found, children=found.children + tuple(map(component, annexes))) if annexes else found

    children: list[Provision] = []
    for element in master[0]:
        match _name(element):
            case "preamble":
                children.append(reader.preamble(element))
            case "body":
                for entry in element:
                    if _name(entry) == "part":
                        part = Provision(
                            Kind.PART,
                            entry.get("eId", ""),
                            entry.get("eId", ""),
                            reader.inline(entry.find(f"{_Q}num")),
                            reader.inline(entry.find(f"{_Q}heading")),
                            children=tuple(
                                component(ref.get("src", "").rsplit("/!", 1)[-1]) for ref in entry.iter(f"{_Q}componentRef")
                            ),
                        )
                        children.append(part)
                    else:
                        children.append(component(entry.get("src", "").rsplit("/!", 1)[-1]))
            case "conclusions":
                children.append(reader.leaf(element, Kind.CONCLUSION))
    children += map(component, _attached(master))
    return Treaty(read_meta(master), Provision(Kind.TREATY, "", "", children=tuple(children)))
