"""Treaty → Akoma Ntoso 3.0, one file a chapter or annex and a master file.

Layout is fixed so that `git diff` reads well: one provision element a line, LF, attributes
in a stable order, no date but the text's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...errors import AknError
from ..model import (
    ANNEXES,
    COMPONENTS,
    POINTS,
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
from .escape import attr, attrs, check_characters, escape
from .meta import write_meta
from .names import AKN, ELEMENT, MASTER, expression_iri, filename

# -- running text ---------------------------------------------------------------------------


def _check_marks(text: Text) -> None:
    """Raise AknError for marks that no element can hold, rather than lose them."""
    at = 0
    for span in text.spans:
        if not at <= span.start <= span.end <= len(text.content):
            raise AknError(f"A mark {span.start}–{span.end} overlaps another or leaves its words.", cause=text.content[:80])
        at = span.end
    offsets = [note.offset for note in text.notes]
    if offsets != sorted(offsets) or (offsets and not 0 <= offsets[0] <= offsets[-1] <= len(text.content)):
        raise AknError("Footnotes are out of order or stand outside their words.", cause=text.content[:80])


class _Inline:
    """Running text of one provision; numbers its references and footnotes.

    `language` is the file's; a text in another one says so.
    """

    def __init__(self, eid: str, language: str) -> None:
        self.eid = eid
        self.language = language
        self.refs = 0
        self.notes = 0

    def element(self, tag: str, text: Text, attributes: str = "") -> str:
        """The whole text as one element."""
        _check_marks(text)
        return f"<{tag}{attributes}{self._lang(text)}>{self._run(text, 0, len(text.content))}</{tag}>"

    def blocks(self, text: Text) -> str:
        """The text as `p` elements, one for each paragraph."""
        _check_marks(text)
        if any("\n" in text.content[span.start : span.end] for span in text.spans):
            raise AknError("A mark runs over the end of a paragraph.", cause=text.content[:80])
        out = []
        start = 0
        for part in text.content.split("\n"):
            end = start + len(part)
            out.append(f"<p{self._lang(text)}>{self._run(text, start, end)}</p>")
            start = end + 1
        return "".join(out)

    def _lang(self, text: Text) -> str:
        return f' xml:lang="{attr(text.language)}"' if text.language != self.language else ""

    def _run(self, text: Text, start: int, end: int) -> str:
        """Characters `start:end` with their marks."""
        if not text.spans and not text.notes:
            return escape(text.content[start:end])
        spans = [s for s in text.spans if start <= s.start and s.end <= end]
        notes = [n for n in text.notes if start <= n.offset <= end]
        return self._marked(text.content, spans, notes, start, end, last=True)

    def _marked(self, content: str, spans: Sequence[Span], notes: list[Footnote], start: int, end: int, *, last: bool) -> str:
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
        if not notes:
            return escape(content[start:end])
        out = []
        at = start
        while notes and (notes[0].offset < end or (last and notes[0].offset == end)):
            note = notes.pop(0)
            out.append(escape(content[at : note.offset]))
            out.append(self._note(note))
            at = note.offset
        out.append(escape(content[at:end]))
        return "".join(out)

    def _tags(self, span: Span) -> tuple[str, str]:
        if isinstance(span, Term):
            return f'<def refersTo="#term-{attr(span.slug)}">', "</def>"
        self.refs += 1
        eid = f"{self.eid}__ref_{self.refs}"
        if isinstance(span, MultiReference):
            return f'<mref eId="{eid}">', "</mref>"
        if isinstance(span, Reference) and span.up_to:
            return f"<rref{attrs(eId=eid, from_=span.href, upTo=span.up_to)}>", "</rref>"
        return f"<ref{attrs(eId=eid, href=span.href)}>", "</ref>"

    def _note(self, note: Footnote) -> str:
        self.notes += 1
        eid = f"{self.eid}__authorialNote_{self.notes}"
        attributes = attrs(class_="" if note.placed else "unplaced", eId=eid, marker=note.marker, placement="bottom")
        return f"<authorialNote{attributes}>{_Inline(eid, self.language).blocks(note.body)}</authorialNote>"


# -- provisions -----------------------------------------------------------------------------


def _leaf(p: Provision) -> Text:
    """The words of a provision that is nothing but words; raises AknError where it is more, or has none."""
    numbered = p.num is not None and p.kind is not Kind.RECITAL
    if p.text is None or numbered or p.heading is not None or p.children or p.table:
        raise AknError(f"The {p.kind} {p.eid} must have words and nothing else.", cause="Akoma Ntoso has no place for more")
    return p.text


def _wid(p: Provision) -> str:
    return p.wid if p.wid != p.eid else ""


class _Body:
    """Provision elements of one file, collected line by line."""

    def __init__(self, meta: Metadata) -> None:
        self.meta = meta
        self.lines: list[str] = []

    def line(self, depth: int, text: str) -> None:
        self.lines.append(f"{'  ' * depth}{text}")

    def inline(self, p: Provision) -> _Inline:
        return _Inline(p.eid, self.meta.language)

    def component(self, p: Provision, depth: int) -> None:
        """The place of a provision that has a file of its own."""
        src = f"{expression_iri(self.meta)}/!{p.eid}"
        self.line(depth, f"<componentRef{attrs(src=src, showAs=' '.join(filter(None, (p.label, p.title))) or p.eid)}/>")

    def provision(self, p: Provision, depth: int) -> None:
        """A provision and all below it but the annexes that the file attaches."""
        inline = self.inline(p)
        if p.kind is Kind.HEADING:
            self.line(depth, inline.element("crossHeading", _leaf(p), attrs(eId=p.eid, wId=_wid(p))))
            return
        name = "point" if p.kind in POINTS else "hcontainer" if p.kind in ANNEXES else ELEMENT.get(p.kind, "")
        if not name:
            raise AknError(f"A {p.kind} ({p.eid}) cannot stand here.", cause="Akoma Ntoso has no place for it")
        style = str(p.kind) if p.kind in (Kind.DEFINITION, Kind.TABLE) else ""
        kind = str(p.kind) if name == "hcontainer" else ""
        opening = f"<{name}{attrs(class_=style, name=kind, eId=p.eid, wId=_wid(p))}>"
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

    def _head(self, p: Provision, inline: _Inline) -> str:
        return "".join(inline.element(tag, text) for tag, text in (("num", p.num), ("heading", p.heading)) if text is not None)

    def children(self, children: Iterable[Provision], depth: int) -> None:
        """Provisions one after another, those with a file of their own by reference."""
        for child in children:
            if child.kind in COMPONENTS:
                self.component(child, depth)
            else:
                self.provision(child, depth)

    def _words(self, p: Provision, inline: _Inline, eid: str) -> str:
        """The provision's own words and its table."""
        words = inline.blocks(p.text) if p.text is not None else ""
        rows = []
        for row in p.table:
            cells = "".join(
                f"<{tag}>{inline.blocks(cell.text)}</{tag}>" for cell in row for tag in ("th" if cell.header else "td",)
            )
            rows.append(f"<tr>{cells}</tr>")
        return words + (f'<table eId="{eid}__table_1">{"".join(rows)}</table>' if rows else "")

    def _intro(self, p: Provision, eid: str, inline: _Inline, depth: int) -> None:
        if _worded(p):
            self.line(depth, f'<intro eId="{eid}__intro">{self._words(p, inline, f"{eid}__intro")}</intro>')

    def _lists(self, p: Provision, children: Iterable[Provision], inline: _Inline, depth: int) -> None:
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
                self.line(depth + 1, f"<wrapUp{attrs(eId=child.eid, wId=_wid(child))}>{words}</wrapUp>")
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
        self.line(depth, f"<preamble{attrs(eId=p.eid, wId=_wid(p))}>")
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
            self.line(depth + 2, f"<{tag}{attrs(eId=child.eid, wId=_wid(child))}>{num}{own.blocks(words)}</{tag}>")
        self.line(depth + 1, "</recitals>")
        self.line(depth, "</preamble>")


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
    doctype = "bill" if meta.edition is Edition.RECONSTRUCTION else "act"
    return f'{doctype} name="treaty" contains="singleVersion"'


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
    body.line(2, "</body>")
    if conclusion is not None:
        words = body.inline(conclusion).blocks(_leaf(conclusion))
        body.line(2, f"<conclusions{attrs(eId=conclusion.eid, wId=_wid(conclusion))}>{words}</conclusions>")
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
