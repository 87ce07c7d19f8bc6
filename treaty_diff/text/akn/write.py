"""Treaty → Akoma Ntoso 3.0, one file a chapter or annex and a master file.

Layout is fixed so that `git diff` reads well: one provision element a line, LF, attributes
in a stable order, no date but the text's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...errors import AknError
from ..model import (
    ANNEXES,
    COMPONENTS,
    POINTS,
    Cell,
    Kind,
    Metadata,
    Provision,
    Term,
    Text,
    Treaty,
)
from .escape import attrs, check_characters
from .inline import Inline
from .meta import write_meta
from .names import AKN, ELEMENT, MASTER, TD, doctype, expression_iri, filename

# -- provisions -----------------------------------------------------------------------------


def _leaf(p: Provision) -> Text:
    """The words of a provision that is nothing but words; raises AknError where it is more, or has none."""
    numbered = p.num is not None and p.kind is not Kind.RECITAL
    if p.text is None or numbered or p.heading is not None or p.children or p.table:
        raise AknError(f"The {p.kind} {p.eid} must have words and nothing else.", cause="Akoma Ntoso has no place for more")
    return p.text


def _named(p: Provision, **before: str) -> str:
    """The attributes of a provision's element."""
    source = f' xmlns:td="{TD}"{attrs(**{"td:element": p.element})}' if p.element else ""
    return attrs(**before, eId=p.eid, wId=p.wid if p.wid != p.eid else "") + source


class _Body:
    """Provision elements of one file, collected line by line."""

    def __init__(self, meta: Metadata) -> None:
        self.meta = meta
        self.lines: list[str] = []

    def line(self, depth: int, text: str) -> None:
        self.lines.append(f"{'  ' * depth}{text}")

    def inline(self, p: Provision) -> Inline:
        return Inline(p.eid, self.meta.language)

    def component(self, p: Provision, depth: int) -> None:
        """The place of a provision that has a file of its own."""
        src = f"{expression_iri(self.meta)}/!{p.eid}"
        self.line(depth, f"<componentRef{attrs(src=src, showAs=' '.join(filter(None, (p.label, p.title))) or p.eid)}/>")

    def provision(self, p: Provision, depth: int) -> None:
        """A provision and all below it but the annexes that the file attaches."""
        inline = self.inline(p)
        if p.kind is Kind.HEADING:
            self.line(depth, inline.element("crossHeading", _leaf(p), _named(p)))
            return
        name = "point" if p.kind in POINTS else "hcontainer" if p.kind in ANNEXES else ELEMENT.get(p.kind, "")
        if not name:
            raise AknError(f"A {p.kind} ({p.eid}) cannot stand here.", cause="Akoma Ntoso has no place for it")
        style = str(p.kind) if p.kind in (Kind.DEFINITION, Kind.TABLE) else ""
        kind = str(p.kind) if name == "hcontainer" else ""
        opening = f"<{name}{_named(p, class_=style, name=kind)}>"
        head = self._head(p, inline)
        children = p.children[: len(p.children) - len(_attachable(p))]
        if not children:
            words = f'<content eId="{p.eid}__content">{self._words(p, inline, p.eid)}</content>' if _worded(p) else ""
            self.line(depth, f"{opening}{head}{words}</{name}>")
            return
        self.line(depth, f"{opening}{head}")
        if any(c.kind in POINTS or c.kind is Kind.FLUSH for c in children):
            self._lists(p, children, inline, depth + 1)
        else:
            self._intro(p, p.eid, inline, depth + 1)
            self.children(children, depth + 1)
        self.line(depth, f"</{name}>")

    def _head(self, p: Provision, inline: Inline) -> str:
        return "".join(inline.element(tag, text) for tag, text in (("num", p.num), ("heading", p.heading)) if text is not None)

    def children(self, children: Iterable[Provision], depth: int) -> None:
        """Provisions one after another, those with a file of their own by reference."""
        for child in children:
            if child.kind in COMPONENTS:
                self.component(child, depth)
            else:
                self.provision(child, depth)

    def _words(self, p: Provision, inline: Inline, eid: str) -> str:
        """The provision's own words and its table."""
        words = inline.blocks(p.text) if p.text is not None else ""
        rows = []
        for row in p.table:
            rows.append(f"<tr>{''.join(_cell(cell, inline) for cell in row)}</tr>")
        return words + (f'<table eId="{eid}__table_1">{"".join(rows)}</table>' if rows else "")

    def _intro(self, p: Provision, eid: str, inline: Inline, depth: int) -> None:
        if _worded(p):
            self.line(depth, f'<intro eId="{eid}__intro">{self._words(p, inline, f"{eid}__intro")}</intro>')

    def _lists(self, p: Provision, children: Iterable[Provision], inline: Inline, depth: int) -> None:
        """The entries in `list` elements; each flush line closes one."""
        number = 1
        open_ = False
        for child in children:
            lid = f"{p.eid}__list_{number}"
            if not open_:
                self.line(depth, f'<list eId="{lid}">')
                if number == 1:
                    self._intro(p, lid, inline, depth + 1)
                open_ = True
            if child.kind is Kind.FLUSH:
                words = self.inline(child).blocks(_leaf(child))
                self.line(depth + 1, f"<wrapUp{_named(child)}>{words}</wrapUp>")
                self.line(depth, "</list>")
                open_ = False
                number += 1
            else:
                self.children((child,), depth + 1)
        if open_:
            self.line(depth, "</list>")

    def preamble(self, p: Provision, depth: int) -> None:
        """The preamble: its heading, opening words, recitals and closing words."""
        inline = self.inline(p)
        if any(c.kind is not Kind.RECITAL for c in p.children[:-1]) or p.num is not None or p.table:
            raise AknError("The preamble holds more than recitals and closing words.", cause="Akoma Ntoso has no place for it")
        self.line(depth, f"<preamble{_named(p)}>")
        self.line(depth + 1, f'<recitals eId="{p.eid}__recitals">')
        if p.heading is not None:
            self.line(depth + 2, inline.element("heading", p.heading))
        if any(c.kind is Kind.RECITAL for c in p.children):
            self._intro(p, f"{p.eid}__recitals", inline, depth + 2)
        else:
            # The schema wants a recital with words: the opening words stand as one, or nothing does, and it says so.
            style, opening = ("opening", inline.blocks(p.text)) if p.text is not None else ("none", "<p/>")
            self.line(depth + 2, f'<recital class="{style}" eId="{p.eid}__recitals__intro">{opening}</recital>')
        for child in p.children:
            words = _leaf(child)
            own = self.inline(child)
            num = own.element("num", child.num) if child.num is not None else ""
            tag = "wrapUp" if child.kind is Kind.FLUSH else "recital"
            self.line(depth + 2, f"<{tag}{_named(child)}>{num}{own.blocks(words)}</{tag}>")
        self.line(depth + 1, "</recitals>")
        self.line(depth, "</preamble>")


def _cell(cell: Cell, inline: Inline) -> str:
    tag = "th" if cell.header else "td"
    columns, rows = (str(n) if n != 1 else "" for n in (cell.columns, cell.rows))
    return f"<{tag}{attrs(colspan=columns, rowspan=rows)}>{inline.blocks(cell.text)}</{tag}>"


def _worded(p: Provision) -> bool:
    return p.text is not None or bool(p.table)


def _attachable(p: Provision) -> tuple[Provision, ...]:
    """The annexes at the end of a component or of the treaty: its file attaches them."""
    n = len(p.children)
    if p.kind in COMPONENTS or p.kind is Kind.TREATY:
        while n and p.children[n - 1].kind in ANNEXES:
            n -= 1
        return p.children[n:]
    return ()


# -- files ----------------------------------------------------------------------------------


def _terms(provisions: Iterable[Provision]) -> dict[str, str]:
    found: dict[str, str] = {}
    for p in provisions:
        for text in p.texts():
            for span in text.spans:
                if isinstance(span, Term):
                    found.setdefault(span.slug, text.content[span.start : span.end])
    return found


def _file(root: str, lines: list[str]) -> bytes:
    head = ['<?xml version="1.0" encoding="UTF-8"?>', f'<akomaNtoso xmlns="{AKN}">', f"  <{root}>"]
    tail = [f"  </{root.split()[0]}>", "</akomaNtoso>", ""]
    text = "\n".join([*head, *lines, *tail])
    check_characters(text)
    return text.encode()


def _root(meta: Metadata) -> str:
    return f'{doctype(meta)} name="treaty" contains="singleVersion"'


def _attachments(meta: Metadata, annexes: Iterable[Provision]) -> list[str]:
    lines = []
    for n, annex in enumerate(annexes, 1):
        href = f"{expression_iri(meta)}/!{annex.eid}"
        ref = f"<documentRef{attrs(eId=f'att_{n}__dref_1', href=href, showAs=annex.label or annex.eid)}/>"
        lines.append(f'      <attachment eId="att_{n}">{ref}</attachment>')
    return ["    <attachments>", *lines, "    </attachments>"] if lines else []


def _inside(provision: Provision) -> Iterator[Provision]:
    """The provision and what is below it in the same file."""
    yield provision
    for child in provision.children:
        if child.kind not in COMPONENTS:
            yield from _inside(child)


def write_component(meta: Metadata, component: Provision) -> bytes:
    """One chapter, annex or appendix as an Akoma Ntoso file.

    Raises AknError for what the format cannot hold.
    """
    body = _Body(meta)
    name = "body" if component.kind is Kind.CHAPTER else "mainBody"
    body.line(2, f'<{name} eId="{name}">')
    body.provision(component, 3)
    body.line(2, f"</{name}>")
    root = _root(meta) if component.kind is Kind.CHAPTER else f'doc name="{component.kind}"'
    lines = [*write_meta(meta, component.eid, _terms(_inside(component))), *body.lines]
    return _file(root, lines + _attachments(meta, _attachable(component)))


def write_master(treaty: Treaty) -> bytes:
    """The master file: preamble, Parts with their chapters by reference, concluding words.

    Articles that stand in no chapter are written here. Raises AknError for what the format
    cannot hold, a second preamble for one.
    """
    meta, root = treaty.meta, treaty.root
    body = _Body(meta)
    rest = list(root.children[: len(root.children) - len(_attachable(root))])
    if rest and rest[0].kind is Kind.PREAMBLE:
        body.preamble(rest.pop(0), 2)
    conclusion = rest.pop() if rest and rest[-1].kind is Kind.CONCLUSION else None
    body.line(2, '<body eId="body">')
    body.children(rest, 3)
    if not rest:
        body.line(3, '<hcontainer class="none" name="body"/>')  # the schema wants something there: nothing is, and it says so
    body.line(2, "</body>")
    if conclusion is not None:
        words = body.inline(conclusion).blocks(_leaf(conclusion))
        body.line(2, f"<conclusions{_named(conclusion)}>{words}</conclusions>")
    lines = [*write_meta(meta, "main", _terms(_inside(root))), *body.lines]
    return _file(_root(meta), lines + _attachments(meta, _attachable(root)))


def component_meta(treaty: Treaty, component: Provision) -> Metadata:
    """The metadata of a component's file: the treaty's, with the source of an annex that another file gave."""
    source = dict(treaty.sources).get(component.eid)
    return treaty.meta if source is None else replace(treaty.meta, source=source)


def write_treaty(treaty: Treaty) -> dict[str, bytes]:
    """All files of an expression by name, the master first, then in reading order."""
    files = {MASTER: write_master(treaty)}
    for component in treaty.components():
        files[filename(component)] = write_component(component_meta(treaty, component), component)
    return files
