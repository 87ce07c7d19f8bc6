"""Running text → the elements inside a `p`, `num`, `heading` or cell; and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from ...errors import AknError
from ..model import Footnote, Markup, MultiReference, Reference, Span, Term, Text
from .escape import attr, attrs, escape
from .names import AKN, BLOCKS

_Q = f"{{{AKN}}}"
_XML = "http://www.w3.org/XML/1998/namespace"
_Mark = TypeVar("_Mark", Span, Markup)

SPANS = frozenset({"ref", "rref", "mref", "def"})
"""Elements that are spans of a text; inside another span they are kept as they are."""
_IN_MREF = frozenset({"ref", "rref"})


# -- writing --------------------------------------------------------------------------------


def _check_marks(text: Text) -> None:
    """Raise AknError for marks that no element can hold, rather than lose them."""
    for marks in (text.spans, text.markup):
        at = 0
        for mark in marks:
            if not at <= mark.start <= mark.end <= len(text.content):
                raise AknError(f"A mark {mark.start}–{mark.end} overlaps another or leaves its words.", cause=text.content[:80])
            at = mark.end
    offsets = [note.offset for note in text.notes]
    if offsets != sorted(offsets) or (offsets and not 0 <= offsets[0] <= offsets[-1] <= len(text.content)):
        raise AknError("Footnotes are out of order or stand outside their words.", cause=text.content[:80])


def _outermost(spans: Sequence[Span], markup: Sequence[Markup]) -> Span | Markup:
    """Which of the first span and the first element opens first; of two that open together, the longer.

    What has no words stands before what opens there. Over the same words the element is the outer one, so that a
    list keeps its place beside paragraphs; not a formula, and not what reading would take for the span.
    """
    if not spans or not markup:
        return (spans or markup)[0]
    span, element = spans[0], markup[0]

    def order(mark: Span | Markup) -> tuple[int, bool, int]:
        return mark.start, mark.end > mark.start, -mark.end

    if order(span) != order(element):
        return span if order(span) < order(element) else element
    return span if element.opaque or element.element in SPANS else element


class Inline:
    """Running text of one provision as elements; numbers its references and footnotes.

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
        """The text as `p` elements, one for each paragraph; a kept list or table stands for itself."""
        _check_marks(text)
        if any("\n" in text.content[mark.start : mark.end] for mark in (*text.spans, *text.markup)):
            raise AknError("A mark runs over the end of a paragraph.", cause=text.content[:80])
        out = []
        start = 0
        for part in text.content.split("\n"):
            end = start + len(part)
            run = self._run(text, start, end)
            out.append(run if _is_block(text, start, end) else f"<p{self._lang(text)}>{run}</p>")
            start = end + 1
        return "".join(out)

    def _lang(self, text: Text) -> str:
        return f' xml:lang="{attr(text.language)}"' if text.language != self.language else ""

    def _run(self, text: Text, start: int, end: int) -> str:
        """Characters `start:end` with their marks."""
        if not text.spans and not text.notes and not text.markup:
            return escape(text.content[start:end])
        spans = [s for s in text.spans if start <= s.start and s.end <= end]
        markup = [m for m in text.markup if start <= m.start and m.end <= end]
        notes = [n for n in text.notes if start <= n.offset <= end]
        out = self._marked(text.content, spans, markup, notes, start, end, last=True)
        if notes:
            raise AknError("A footnote stands where no element can hold it.", cause=text.content[start:end][:80])
        return out

    def _marked(
        self,
        content: str,
        spans: Sequence[Span],
        markup: Sequence[Markup],
        notes: list[Footnote],
        start: int,
        end: int,
        *,
        last: bool,
        namespace: str = AKN,
    ) -> str:
        out = []
        at = start
        while spans or markup:
            mark = _outermost(spans, markup)
            kept = isinstance(mark, Markup)
            opaque = isinstance(mark, Markup) and mark.opaque
            out.append(self._plain(content, notes, at, mark.start, last=opaque))
            within, inner_spans, inner_markup = namespace, spans, markup
            if isinstance(mark, Markup):
                opening, closing, within = _tags_of(mark, namespace)
                inner_spans, spans = _divide(mark, spans)
                inner_markup, markup = mark.parts, markup[1:]
            else:
                opening, closing = self._tags(mark)
                inner_spans, spans = mark.parts if isinstance(mark, MultiReference) else (), spans[1:]
                inner_markup, markup = _divide(mark, markup)
            if opaque and inner_spans:
                raise AknError("A mark stands inside what has no words of the text.", cause=content[mark.start : mark.end][:80])
            held: list[Footnote] = [] if opaque else notes
            inner = self._marked(content, inner_spans, inner_markup, held, mark.start, mark.end, last=kept, namespace=within)
            out.append(f"{opening}{inner}{closing}")
            at = mark.end
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
        return f"<authorialNote{attributes}>{Inline(eid, self.language).blocks(note.body)}</authorialNote>"


def _is_block(text: Text, start: int, end: int) -> bool:
    """Whether the paragraph `start:end` is a kept element that stands beside `p`, not inside it."""
    found = [m for m in text.markup if start <= m.start and m.end <= end]
    return len(found) == 1 and found[0].element in BLOCKS and (found[0].start, found[0].end) == (start, end)


def _divide(outer: Span | Markup, marks: Sequence[_Mark]) -> tuple[Sequence[_Mark], Sequence[_Mark]]:
    """The marks inside `outer`, and those after it; raises AknError for one that it cuts."""
    inside = next((n for n, mark in enumerate(marks) if mark.start >= outer.end), len(marks))
    if inside and marks[inside - 1].end > outer.end:
        raise AknError(f"A mark {outer.start}–{outer.end} cuts another.", cause=f"{marks[inside - 1]}"[:160])
    return marks[:inside], marks[inside:]


def _tags_of(mark: Markup, namespace: str) -> tuple[str, str, str]:
    """Opening and closing tag of a kept element inside one of `namespace`, and its own namespace."""
    own, _, name = mark.element.removeprefix("{").rpartition("}")
    own = own or AKN
    pairs = [("xmlns", own)] if own != namespace else []
    for n, (key, value) in enumerate(mark.attributes, 1):
        space, _, local = key.removeprefix("{").rpartition("}")
        if space == _XML:
            local = f"xml:{local}"
        elif space:
            pairs.append((f"xmlns:n{n}", space))
            local = f"n{n}:{local}"
        pairs.append((local, value))
    written = "".join([f' {key}="{attr(value)}"' for key, value in pairs])
    return f"<{name}{written}>", f"</{name}>", own


# -- reading --------------------------------------------------------------------------------


def name_of(element: etree._Element) -> str:
    """An element's name: Akoma Ntoso's without its namespace, others with theirs."""
    return str(element.tag).removeprefix(_Q)


def span_of(element: etree._Element, start: int, end: int, parts: Sequence[Span]) -> Span:
    """The span that an element in `SPANS` is, over words read already; `parts` are the spans inside it."""
    match name_of(element):
        case "mref":
            return MultiReference(start, end, tuple(s for s in parts if isinstance(s, Reference)))
        case "def":
            return Term(start, end, element.get("refersTo", "").removeprefix("#term-"))
        case name:
            return Reference(start, end, element.get("href" if name == "ref" else "from", ""), element.get("upTo", ""))


def spans_inside(element: etree._Element, free: frozenset[str]) -> frozenset[str]:
    """Which elements inside this one are spans, of those that are where it stands."""
    name = name_of(element)
    return free if name not in free else _IN_MREF if name == "mref" else frozenset()


@dataclass
class Flat:
    """Running text being collected from an element: the one place that handles text and tail."""

    content: list[str] = field(default_factory=list)
    length: int = 0
    spans: list[Span] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)

    def add(self, words: str | None) -> None:
        """More words."""
        if words:
            self.content.append(words)
            self.length += len(words)

    def take(self, element: etree._Element, body: Callable[[etree._Element], Text], free: frozenset[str] = SPANS) -> None:
        """All that stands inside `element`; `body` reads a footnote's."""
        self.add(element.text)
        for child in element:
            self.child(child, body, free)
            self.add(child.tail)

    def child(self, child: etree._Element, body: Callable[[etree._Element], Text], free: frozenset[str] = SPANS) -> None:
        """An element and all that stands inside it."""
        start = self.length
        name = name_of(child)
        if name == "authorialNote":
            placed = "unplaced" not in child.get("class", "").split()
            self.notes.append(Footnote(child.get("marker", ""), start, body(child), placed))
        elif name in free:
            before, self.spans = self.spans, []
            self.take(child, body, spans_inside(child, free))
            before.append(span_of(child, start, self.length, self.spans))
            self.spans = before
        else:
            around, self.markup = self.markup, []
            self.take(child, body, free)
            attributes = tuple((str(key), str(value)) for key, value in child.attrib.items())
            around.append(Markup(start, self.length, name, attributes, tuple(self.markup)))
            self.markup = around

    def text(self, language: str) -> Text:
        """What was collected."""
        return Text("".join(self.content), language, tuple(self.spans), tuple(self.notes), tuple(self.markup))
