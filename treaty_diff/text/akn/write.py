"""Treaty → Akoma Ntoso 3.0, one file a chapter or annex and a master file.

Layout is fixed so that `git diff` reads well: one provision element a line, LF, attributes
in a stable order, no date but the text's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ..model import (
    COMPONENTS,
    Edition,
    Footnote,
    Kind,
    Metadata,
    MultiReference,
    Provision,
    Reference,
    Span,
    Term,
    Text,
    Treaty,
)
from .names import AKN, ELEMENT, MASTER, TD, expression_iri, filename, work_iri

_POINTS = frozenset({Kind.SUBPARAGRAPH, Kind.ITEM, Kind.SUBITEM, Kind.SUBSUBITEM, Kind.DEFINITION})


def _attr(value: str) -> str:
    return escape(value, quote=True).replace("\n", "&#10;").replace("\t", "&#9;")


def _attrs(**pairs: str) -> str:
    return "".join(f' {name.rstrip("_")}="{_attr(value)}"' for name, value in pairs.items() if value)


# -- running text ---------------------------------------------------------------------------


class _Inline:
    """Running text of one provision; numbers its references and footnotes."""

    def __init__(self, eid: str) -> None:
        self.eid = eid
        self.refs = 0
        self.notes = 0

    def blocks(self, text: Text) -> str:
        """The text as `p` elements, one for each paragraph."""
        out = []
        start = 0
        for part in text.content.split("\n"):
            end = start + len(part)
            out.append(f"<p>{self.run(text, start, end)}</p>")
            start = end + 1
        return "".join(out)

    def run(self, text: Text, start: int = 0, end: int | None = None) -> str:
        """Characters `start:end` with their marks."""
        end = len(text.content) if end is None else end
        spans = [s for s in text.spans if start <= s.start and s.end <= end]
        notes = [n for n in text.notes if start <= n.offset <= end]
        return self._marked(text.content, spans, notes, start, end, last=True)

    def _marked(
        self, content: str, spans: Sequence[Span], notes: list[Footnote], start: int, end: int, *, last: bool
    ) -> str:
        out = []
        at = start
        for span in spans:
            out.append(self._plain(content, notes, at, span.start, last=False))
            parts = span.parts if isinstance(span, MultiReference) else ()
            opening, closing = self._tags(span)
            inner = self._marked(content, parts, notes, span.start, span.end, last=False)
            out.append(f"{opening}{inner}{closing}")
            at = span.end
        out.append(self._plain(content, notes, at, end, last=last))
        return "".join(out)

    def _plain(self, content: str, notes: list[Footnote], start: int, end: int, *, last: bool) -> str:
        out = []
        at = start
        while notes and (notes[0].offset < end or (last and notes[0].offset == end)):
            note = notes.pop(0)
            out.append(escape(content[at : note.offset], quote=False))
            out.append(self._note(note))
            at = note.offset
        out.append(escape(content[at:end], quote=False))
        return "".join(out)

    def _tags(self, span: Span) -> tuple[str, str]:
        if isinstance(span, Term):
            return f'<def refersTo="#term-{_attr(span.slug)}">', "</def>"
        self.refs += 1
        eid = f"{self.eid}__ref_{self.refs}"
        if isinstance(span, MultiReference):
            return f'<mref eId="{eid}">', "</mref>"
        if isinstance(span, Reference) and span.up_to:
            return f'<rref{_attrs(eId=eid, from_=span.href, upTo=span.up_to)}>', "</rref>"
        return f"<ref{_attrs(eId=eid, href=span.href)}>", "</ref>"

    def _note(self, note: Footnote) -> str:
        self.notes += 1
        eid = f"{self.eid}__authorialNote_{self.notes}"
        attributes = _attrs(class_="" if note.placed else "unplaced", eId=eid, marker=note.marker, placement="bottom")
        return f"<authorialNote{attributes}>{_Inline(eid).blocks(note.body)}</authorialNote>"


# -- provisions -----------------------------------------------------------------------------


class _Body:
    """Provision elements of one file, collected line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def line(self, depth: int, text: str) -> None:
        self.lines.append(f"{'  ' * depth}{text}")

    def provision(self, p: Provision, depth: int) -> None:
        inline = _Inline(p.eid)
        if p.kind is Kind.HEADING:
            words = inline.run(p.text) if p.text is not None else ""
            self.line(depth, f"<crossHeading{_attrs(eId=p.eid)}>{words}</crossHeading>")
            return
        name = "point" if p.kind in _POINTS else ELEMENT[p.kind]
        style = str(p.kind) if p.kind in (Kind.DEFINITION, Kind.TABLE) else ""
        opening = f"<{name}{_attrs(class_=style, eId=p.eid, wId=p.wid if p.wid != p.eid else '')}>"
        head = "".join(
            f"<{tag}>{inline.run(text)}</{tag}>" for tag, text in (("num", p.num), ("heading", p.heading)) if text is not None
        )
        if not p.children:
            self.line(depth, f"{opening}{head}{self._content(p, inline)}</{name}>")
            return
        self.line(depth, f"{opening}{head}")
        lists = any(c.kind in _POINTS for c in p.children)
        if lists:
            self._lists(p, inline, depth + 1)
        else:
            self.children(p.children, depth + 1)
        self.line(depth, f"</{name}>")

    def children(self, children: Iterable[Provision], depth: int) -> None:
        for child in children:
            if child.kind not in COMPONENTS:
                self.provision(child, depth)

    def _content(self, p: Provision, inline: _Inline) -> str:
        if p.text is None and not p.table:
            return ""
        words = inline.blocks(p.text) if p.text is not None else ""
        return f'<content eId="{p.eid}__content">{words}{self._table(p, inline)}</content>'

    def _table(self, p: Provision, inline: _Inline) -> str:
        if not p.table:
            return ""
        rows = []
        for row in p.table:
            cells = "".join(
                f"<{tag}>{inline.blocks(cell.text)}</{tag}>" for cell in row for tag in ("th" if cell.header else "td",)
            )
            rows.append(f"<tr>{cells}</tr>")
        return f'<table eId="{p.eid}__table_1">{"".join(rows)}</table>'

    def _lists(self, p: Provision, inline: _Inline, depth: int) -> None:
        """The entries in `list` elements; each flush line closes one."""
        number = 1
        open_ = False
        for child in p.children:
            lid = f"{p.eid}__list_{number}"
            if not open_:
                self.line(depth, f'<list eId="{lid}">')
                if number == 1 and p.text is not None:
                    self.line(depth + 1, f'<intro eId="{lid}__intro">{inline.blocks(p.text)}</intro>')
                open_ = True
            if child.kind is Kind.FLUSH:
                words = _Inline(child.eid).blocks(child.text) if child.text is not None else ""
                wid = child.wid if child.wid != child.eid else ""
                self.line(depth + 1, f"<wrapUp{_attrs(eId=child.eid, wId=wid)}>{words}</wrapUp>")
                self.line(depth, "</list>")
                open_ = False
                number += 1
            else:
                self.provision(child, depth + 1)
        if open_:
            self.line(depth, "</list>")

    def preamble(self, p: Provision, depth: int) -> None:
        inline = _Inline(p.eid)
        self.line(depth, f'<preamble eId="{p.eid}">')
        self.line(depth + 1, f'<recitals eId="{p.eid}__recitals">')
        if p.heading is not None:
            self.line(depth + 2, f"<heading>{inline.run(p.heading)}</heading>")
        if p.text is not None:
            self.line(depth + 2, f'<intro eId="{p.eid}__recitals__intro">{inline.blocks(p.text)}</intro>')
        for child in p.children:
            words = _Inline(child.eid).blocks(child.text) if child.text is not None else ""
            tag = "wrapUp" if child.kind is Kind.FLUSH else "recital"
            self.line(depth + 2, f"<{tag}{_attrs(eId=child.eid)}>{words}</{tag}>")
        self.line(depth + 1, "</recitals>")
        self.line(depth, "</preamble>")


# -- files ----------------------------------------------------------------------------------


def _meta(meta: Metadata, component: str, terms: dict[str, str], depth: int = 2) -> list[str]:
    """The `meta` element of a file; `component` is `main` for the master, else the component's eId."""
    work, expression = work_iri(meta), expression_iri(meta)
    ours = meta.edition is not Edition.VERBATIM
    author = "#treatydiff" if ours else "#parties"
    day = meta.date
    rows = [
        "<meta>",
        '  <identification source="#treatydiff">',
        "    <FRBRWork>",
        f'      <FRBRthis value="{_attr(work)}/!{component}"/>',
        f'      <FRBRuri value="{_attr(work)}"/>',
        f'      <FRBRdate date="{meta.signed}" name="signature"/>',
        f'      <FRBRauthor href="{author}" as="#author"/>',
        '      <FRBRcountry value="un"/>',
        '      <FRBRsubtype value="treaty"/>',
        f'      <FRBRnumber value="{_attr(work.rsplit("/", 1)[-1])}"/>',
        f'      <FRBRname value="{_attr(meta.title)}"/>',
        f'      <FRBRprescriptive value="{"false" if ours else "true"}"/>',
        '      <FRBRauthoritative value="false"/>',
        "    </FRBRWork>",
        "    <FRBRExpression>",
        f'      <FRBRthis value="{_attr(expression)}/!{component}"/>',
        f'      <FRBRuri value="{_attr(expression)}"/>',
        f'      <FRBRdate date="{day}" name="legal-date"/>',
        f'      <FRBRauthor href="{author}" as="#author"/>',
        f'      <FRBRlanguage language="{meta.language}"/>',
        "    </FRBRExpression>",
        "    <FRBRManifestation>",
        f'      <FRBRthis value="{_attr(expression)}/!{component}.xml"/>',
        f'      <FRBRuri value="{_attr(expression)}/!main.xml"/>',
        f'      <FRBRdate date="{day}" name="legal-date"/>',
        '      <FRBRauthor href="#treatydiff" as="#editor"/>',
        '      <FRBRformat value="application/akn+xml"/>',
        "    </FRBRManifestation>",
        "  </identification>",
        '  <references source="#treatydiff">',
        f'    <original eId="original" href="{_attr(expression)}" showAs="{_attr(meta.source.name or meta.title)}"/>',
        f'    <TLCOrganization eId="parties" href="/akn/ontology/organization/un/{meta.treaty}-parties" showAs="The Parties"/>',
        '    <TLCOrganization eId="treatydiff" href="/akn/ontology/organization/un/treaty-diff" showAs="treaty-diff"/>',
        '    <TLCRole eId="author" href="/akn/ontology/role/un/author" showAs="author"/>',
        '    <TLCRole eId="editor" href="/akn/ontology/role/un/editor" showAs="editor"/>',
    ]
    rows += [
        f'    <TLCTerm eId="term-{_attr(slug)}" href="/akn/ontology/term/un/{_attr(slug)}" showAs="{_attr(words)}"/>'
        for slug, words in sorted(terms.items())
    ]
    rows.append("  </references>")
    source = meta.source
    rows += [
        '  <proprietary source="#treatydiff">',
        f'    <td:text xmlns:td="{TD}"'
        + _attrs(
            treaty=meta.treaty,
            edition=str(meta.edition),
            short=meta.short,
            status=meta.status,
            parties=" ".join(meta.parties),
        )
        + "/>",
        f'    <td:source xmlns:td="{TD}"'
        + _attrs(
            name=source.name,
            url=source.url,
            sha256=source.sha256,
            licence=source.licence,
            attribution=source.attribution,
        )
        + "/>",
        "  </proprietary>",
        "</meta>",
    ]
    return [f"{'  ' * depth}{row}" for row in rows]


def _terms(provision: Provision) -> dict[str, str]:
    found: dict[str, str] = {}
    for p in provision.walk():
        if p.text is not None:
            for span in p.text.spans:
                if isinstance(span, Term):
                    found.setdefault(span.slug, p.text.content[span.start : span.end])
    return found


def _file(root: str, lines: list[str]) -> bytes:
    head = ['<?xml version="1.0" encoding="UTF-8"?>', f'<akomaNtoso xmlns="{AKN}">', f"  <{root}>"]
    tail = [f"  </{root.split()[0]}>", "</akomaNtoso>", ""]
    return "\n".join([*head, *lines, *tail]).encode()


def _root(meta: Metadata) -> str:
    doctype = "bill" if meta.edition is Edition.RECONSTRUCTION else "act"
    return f'{doctype} name="treaty" contains="singleVersion"'


def _attachments(meta: Metadata, annexes: list[Provision], prefix: str) -> list[str]:
    if not annexes:
        return []
    lines = ["    <attachments>"]
    for n, annex in enumerate(annexes, 1):
        eid = f"{prefix}att_{n}"
        href = f"{expression_iri(meta)}/!{annex.eid}"
        lines.append(
            f'      <attachment eId="{eid}"><documentRef{_attrs(eId=f"{eid}__dref_1", href=href, showAs=annex.label or annex.eid)}/></attachment>'
        )
    return [*lines, "    </attachments>"]


def _annexes(provision: Provision) -> list[Provision]:
    return [c for c in provision.children if c.kind in (Kind.ANNEX, Kind.APPENDIX)]


def write_component(meta: Metadata, component: Provision) -> bytes:
    """One chapter, annex or appendix as an Akoma Ntoso file."""
    body = _Body()
    if component.kind is Kind.CHAPTER:
        body.line(2, '<body eId="body">')
        body.provision(component, 3)
        body.line(2, "</body>")
        root = _root(meta)
    else:
        inline = _Inline(component.eid)
        body.line(2, '<mainBody eId="mainBody">')
        attributes = _attrs(name=str(component.kind), eId=component.eid, wId=component.wid if component.wid != component.eid else "")
        body.line(3, f"<hcontainer{attributes}>")
        for tag, text in (("num", component.num), ("heading", component.heading)):
            if text is not None:
                body.line(4, f"<{tag}>{inline.run(text)}</{tag}>")
        body.children(component.children, 4)
        body.line(3, "</hcontainer>")
        body.line(2, "</mainBody>")
        root = f'doc name="{component.kind}"'
    lines = [*_meta(meta, component.eid, _terms(component)), *body.lines]
    return _file(root, lines + _attachments(meta, _annexes(component), ""))


def write_master(treaty: Treaty) -> bytes:
    """The master file: preamble, Parts with their chapters by reference, concluding words."""
    meta, root = treaty.meta, treaty.root
    body = _Body()
    for child in root.children:
        if child.kind is Kind.PREAMBLE:
            body.preamble(child, 2)
    body.line(2, '<body eId="body">')

    def component(chapter: Provision, depth: int) -> None:
        src = f"{expression_iri(meta)}/!{chapter.eid}"
        shown = " ".join(filter(None, (chapter.label, chapter.title)))
        body.line(depth, f"<componentRef{_attrs(src=src, showAs=shown)}/>")

    for child in root.children:
        if child.kind is Kind.PART:
            inline = _Inline(child.eid)
            head = "".join(
                f"<{tag}>{inline.run(text)}</{tag}>"
                for tag, text in (("num", child.num), ("heading", child.heading))
                if text is not None
            )
            body.line(3, f"<part{_attrs(eId=child.eid)}>{head}")
            for chapter in child.children:
                component(chapter, 4)
            body.line(3, "</part>")
        elif child.kind is Kind.CHAPTER:
            component(child, 3)
    body.line(2, "</body>")
    for child in root.children:
        if child.kind is Kind.CONCLUSION and child.text is not None:
            body.line(2, f'<conclusions eId="{child.eid}">{_Inline(child.eid).blocks(child.text)}</conclusions>')
    lines = [*_meta(meta, "main", {}), *body.lines]
    return _file(_root(meta), lines + _attachments(meta, _annexes(root), ""))


def write_treaty(treaty: Treaty) -> dict[str, bytes]:
    """All files of an expression by name, the master first, then in reading order."""
    files = {MASTER: write_master(treaty)}
    for component in treaty.components():
        files[filename(component)] = write_component(treaty.meta, component)
    return files
