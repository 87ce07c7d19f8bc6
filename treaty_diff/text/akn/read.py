"""Akoma Ntoso 3.0 → Treaty: the inverse of `write`, byte for byte.

Text and tail of elements are handled in `inline.Flat` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from ...errors import AknError
from ..model import (
    ANNEXES,
    Cell,
    Kind,
    Provision,
    Source,
    Text,
    Treaty,
    list_kind,
)
from .inline import Flat
from .inline import name_of as _name
from .meta import read_meta, read_source
from .names import AKN, MASTER, TD

_Q = f"{{{AKN}}}"
_KIND = {
    f"{_Q}part": Kind.PART,
    f"{_Q}chapter": Kind.CHAPTER,
    f"{_Q}section": Kind.SECTION,
    f"{_Q}subsection": Kind.SUBSECTION,
    f"{_Q}article": Kind.ARTICLE,
    f"{_Q}paragraph": Kind.PARAGRAPH,
}
_ELEMENT = f"{{{TD}}}element"
_NUM, _HEADING, _CONTENT, _INTRO, _LIST, _POINT, _HCONTAINER, _P, _TABLE = (
    f"{_Q}{name}" for name in ("num", "heading", "content", "intro", "list", "point", "hcontainer", "p", "table")
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)


class _Reader:
    """Reads the elements of one file; `component` fetches a provision that has a file of its own."""

    def __init__(self, language: str, component: Callable[[str], Provision] | None = None) -> None:
        self.language = language
        self.component = component

    # -- running text -----------------------------------------------------------------

    def inline(self, element: etree._Element | None) -> Text | None:
        """The words in an element, None where there is no element."""
        if element is None:
            return None
        language = element.get(_LANG, self.language)
        if len(element) == 0:
            return Text(element.text or "", language)
        flat = Flat()
        flat.take(element, self.blocks)
        return flat.text(language)

    def blocks(self, element: etree._Element) -> Text:
        """The `p` elements below `element`, and what is kept beside them, as one text."""
        return self.paragraphs([child for child in element if child.tag not in (_NUM, _HEADING)])

    def paragraphs(self, blocks: Sequence[etree._Element]) -> Text:
        """Blocks one after another as one text."""
        # Nine texts of ten are one block without anything inside.
        if len(blocks) == 1 and blocks[0].tag == _P:
            only = self.inline(blocks[0])
            assert only is not None
            return only
        flat = Flat()
        language = self.language
        for n, block in enumerate(blocks):
            if n:
                flat.add("\n")
            if block.tag == _P:
                flat.take(block, self.blocks)
                language = block.get(_LANG, self.language)
            else:
                flat.child(block, self.blocks)
        return flat.text(language)

    def words(self, element: etree._Element) -> tuple[Text | None, tuple[tuple[Cell, ...], ...]]:
        """The text and the table of an `intro` or `content`."""
        inside = list(element)
        # The provision's own table has an eId, a table kept among its words has none.
        if inside and inside[-1].tag == _TABLE and inside[-1].get("eId"):
            table = self.table(inside.pop())
            return self.paragraphs(inside) if inside else None, table
        return self.paragraphs(inside), ()

    # -- provisions -------------------------------------------------------------------

    def provision(self, element: etree._Element, depth: int = 0) -> Provision:
        """The provision that an element stands for, a list entry `depth` levels deep."""
        tag = element.tag
        style = element.get("class", "")
        inner = 0
        if tag == _POINT:
            if style == "definition":
                kind = Kind.DEFINITION
            else:
                kind = list_kind(depth)
                inner = depth + 1
        elif tag == _HCONTAINER:
            kind = _annex(element)
        else:
            kind = Kind.TABLE if style == "table" else _KIND[tag]
        num = heading = text = None
        table: tuple[tuple[Cell, ...], ...] = ()
        inside: list[etree._Element] = []
        for child in element:
            name = child.tag
            if name in (_CONTENT, _INTRO):
                text, table = self.words(child)
            elif name == _NUM:
                num = self.inline(child) if num is None else num
            elif name == _HEADING:
                heading = self.inline(child) if heading is None else heading
            elif name == _LIST:
                # A list is only where its entries are written: what it holds is the provision's.
                for part in child:
                    if part.tag in (_CONTENT, _INTRO):
                        text, table = self.words(part)
                    elif part.tag not in (_NUM, _HEADING):
                        inside.append(part)
            else:
                inside.append(child)
        eid = element.get("eId", "")
        children = tuple(self.provisions(inside, inner)) if inside else ()
        return Provision(kind, eid, element.get("wId", eid), num, heading, text, children, table, element.get(_ELEMENT, ""))

    def provisions(self, elements: Iterable[etree._Element], depth: int = 0) -> Iterator[Provision]:
        """The provisions that elements stand for, list entries `depth` levels deep."""
        for element in elements:
            if element.tag == _POINT or element.tag in _KIND:
                yield self.provision(element, depth)
                continue
            match _name(element):
                case "crossHeading":
                    yield self.leaf(element, Kind.HEADING, self.inline(element))
                case "wrapUp":
                    yield self.leaf(element, Kind.FLUSH, self.blocks(element))
                case "componentRef":
                    if self.component is not None:
                        yield self.component(_component_of(element, "src"))
                case name:
                    raise AknError(
                        f"<{name}> {element.get('eId', '')} is not read.",
                        cause="this element is outside the subset that treaty-diff writes",
                    )

    def leaf(self, element: etree._Element, kind: Kind, text: Text | None) -> Provision:
        """A provision that is nothing but words, a recital's number apart."""
        eid = element.get("eId", "")
        return Provision(
            kind,
            eid,
            element.get("wId", eid),
            self.inline(element.find(f"{_Q}num")),
            text=text,
            element=element.get(_ELEMENT, ""),
        )

    def table(self, element: etree._Element) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            tuple(
                Cell(self.blocks(cell), _name(cell) == "th", _spanned(cell, "colspan"), _spanned(cell, "rowspan")) for cell in row
            )
            for row in element.iterchildren(f"{_Q}tr")
        )

    def preamble(self, element: etree._Element) -> Provision:
        eid = element.get("eId", "")
        heading = text = None
        children = []
        for child in (part for group in element for part in group):
            match _name(child):
                case "heading":
                    heading = self.inline(child)
                case "intro":
                    text = self.blocks(child)
                case "recital" if child.get("class") == "opening":
                    text = self.blocks(child)
                case "recital" if child.get("class") == "none":
                    pass
                case name:
                    kind = Kind.FLUSH if name == "wrapUp" else Kind.RECITAL
                    children.append(self.leaf(child, kind, self.blocks(child)))
        return Provision(Kind.PREAMBLE, eid, element.get("wId", eid), None, heading, text, tuple(children))


def _annex(element: etree._Element) -> Kind:
    name = element.get("name", "annex")
    if name not in ANNEXES:
        raise AknError(
            f"<hcontainer> {element.get('eId', '')} is not read.", cause=f"its name is “{name}”, not annex or appendix"
        )
    return Kind(name)


def _spanned(cell: etree._Element, attribute: str) -> int:
    written = cell.get(attribute, "1")
    if not (written.isascii() and written.isdecimal()):
        raise AknError(f"A cell of a table is not read: its {attribute} is “{written}”.", cause="that is no number")
    return int(written)


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
            cause=" ".join(str(error.msg).split()),
            fix="restore it from git, or repair the place named",
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise AknError(f"{name or 'The file'} declares a document type.", cause="entities are not read", fix="take it out")
    if root.tag != f"{_Q}akomaNtoso":
        raise AknError(
            f"{name or 'The file'} is not Akoma Ntoso 3.0.",
            cause=f"its root is <{etree.QName(root).localname}>",
            fix="import it with `treaty-diff import`",
        )
    return root


def read_component(data: bytes, name: str = "") -> Provision:
    """The chapter, annex or appendix of a file, its own annexes left out."""
    root = parse(data, name)
    return _component(root, name, _Reader(_language(root)))


def _component(root: etree._Element, name: str, reader: _Reader) -> Provision:
    found = root.find(f".//{_Q}body/{_Q}chapter")
    if found is None:
        found = root.find(f".//{_Q}mainBody/{_Q}hcontainer")
    if found is None:
        raise AknError(f"{name or 'The file'} holds neither a chapter nor an annex.", cause="its body begins with neither")
    return reader.provision(found)


def _language(root: etree._Element) -> str:
    found = root.find(f".//{_Q}FRBRlanguage")
    return found.get("language", "und") if found is not None else "und"


def _component_of(element: etree._Element, attribute: str) -> str:
    """The eId of the component that an IRI names."""
    return str(element.get(attribute, "")).rpartition("/!")[2]


def _attached(root: etree._Element) -> list[str]:
    return [_component_of(ref, "href") for ref in root.iter(f"{_Q}documentRef")]


def read_treaty(files: Mapping[str, bytes]) -> Treaty:
    """An expression from its files by name.

    Raises AknError where the master is missing, a file is broken, or a file that another
    refers to is missing or has been referred to before (the name is in the message).
    """
    if MASTER not in files:
        raise AknError("The text has no master file.", cause=f"{MASTER} is missing", fix="restore it from git")
    master = parse(files[MASTER], MASTER)
    meta = read_meta(master)
    seen: set[str] = set()
    sources: dict[str, Source] = {}

    def component(eid: str) -> Provision:
        name = f"{eid}.xml"
        if name not in files:
            raise AknError(f"{name} is missing.", cause="another file of the text refers to it", fix="restore it from git")
        if name in seen:
            raise AknError(f"{name} is referred to twice.", cause="each file has one place in the text")
        seen.add(name)
        root = parse(files[name], name)
        if (source := read_source(root)) != meta.source:
            sources[eid] = source
        found = _component(root, name, _Reader(_language(root), component))
        annexes = _attached(root)
        return replace(found, children=found.children + tuple(map(component, annexes))) if annexes else found

    reader = _Reader(_language(master), component)
    children: list[Provision] = []
    for element in master[0]:
        match _name(element):
            case "preamble":
                children.append(reader.preamble(element))
            case "body":
                children += reader.provisions(part for part in element if part.get("class") != "none")
            case "conclusions":
                children.append(reader.leaf(element, Kind.CONCLUSION, reader.blocks(element)))
    children += map(component, _attached(master))
    return Treaty(meta, Provision(Kind.TREATY, "", "", children=tuple(children)), tuple(sorted(sources.items())))
