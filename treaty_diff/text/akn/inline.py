"""Running text → the elements inside a `p`, `num`, `heading` or cell; and back."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lxml import etree

from ...errors import AknError
from ..model import Footnote, Markup, MultiReference, Reference, Span, Term, Text
from .escape import attr, attrs, escape
from .names import AKN, BLOCKS, TD

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
        _check_order(marks, 0, len(text.content), text)
    offsets = [note.offset for note in text.notes]
    if offsets != sorted(offsets) or (offsets and not 0 <= offsets[0] <= offsets[-1] <= len(text.content)):
        raise AknError("Footnotes are out of order or stand outside their words.", cause=text.content[:80])


def _check_order(marks: Sequence[Span | Markup], start: int, end: int, text: Text) -> None:
    """Raise AknError for marks, or marks inside them, that are out of order or leave `start:end`."""
    at = start
    for mark in marks:
        if not at <= mark.start <= mark.end <= end:
            raise AknError(f"A mark {mark.start}–{mark.end} overlaps another or leaves its words.", cause=text.content[:80])
        at = mark.end
        if not isinstance(mark, Reference | Term) and mark.parts:
            _check_order(mark.parts, mark.start, mark.end, text)


@dataclass(slots=True)
class _Ahead(Generic[_Mark]):
    """Marks that are still to be written: `marks[at:end]`, never copied, since a text may have tens of thousands."""

    marks: Sequence[_Mark]
    at: int
    end: int

    def __bool__(self) -> bool:
        return self.at < self.end

    @property
    def first(self) -> _Mark:
        """The next one."""
        return self.marks[self.at]

    def before(self, place: int) -> _Ahead[_Mark]:
        """Those that start before a character, which are no longer ahead here."""
        taken = _Ahead(self.marks, self.at, bisect_left(self.marks, place, self.at, self.end, key=_start))
        self.at = taken.end
        return taken

    def inside(self, outer: Span | Markup) -> _Ahead[_Mark]:
        """Those inside a mark, which are no longer ahead here; raises AknError for one that it cuts."""
        taken = self.before(outer.end)
        if taken and (last := self.marks[taken.end - 1]).end > outer.end:
            raise AknError(f"A mark {outer.start}–{outer.end} cuts another.", cause=f"{last}"[:160])
        return taken


def _start(mark: Span | Markup) -> int:
    return mark.start


def _all(marks: Sequence[_Mark]) -> _Ahead[_Mark]:
    return _Ahead(marks, 0, len(marks))


def _outermost(spans: _Ahead[Span], markup: _Ahead[Markup]) -> Span | Markup:
    """Take the span or the element that opens first; of two that open together, the longer.

    What has no words stands before what opens there. Over the same words the element is the outer one, so that a
    list keeps its place beside paragraphs; not a formula, and not what reading would take for the span.
    """
    if not markup or (spans and _opens_first(spans.first, markup.first)):
        spans.at += 1
        return spans.marks[spans.at - 1]
    markup.at += 1
    return markup.marks[markup.at - 1]


def _opens_first(span: Span, element: Markup) -> bool:
    """Whether a span holds an element or stands before it."""

    def order(mark: Span | Markup) -> tuple[int, bool, int]:
        return mark.start, mark.end > mark.start, -mark.end

    if order(span) != order(element):
        return order(span) < order(element)
    return element.opaque or element.element in SPANS


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
        end = len(text.content)
        run = self._run(text.content, _all(text.spans), _all(text.markup), deque(text.notes), 0, end)
        return f"<{tag}{attributes}{self._lang(text)}>{run}</{tag}>"

    def blocks(self, text: Text) -> str:
        """The text as `p` elements, one for each paragraph; a kept list or table stands for itself."""
        _check_marks(text)
        if any("\n" in text.content[mark.start : mark.end] for mark in (*text.spans, *text.markup)):
            raise AknError("A mark runs over the end of a paragraph.", cause=text.content[:80])
        spans, markup, notes = _all(text.spans), _all(text.markup), deque(text.notes)
        opening = f"<p{self._lang(text)}>"
        out = []
        start = 0
        for part in text.content.split("\n"):
            end = start + len(part)
            own = markup.before(end + 1)
            block = _is_block(own, start, end)
            run = self._run(text.content, spans.before(end + 1), own, notes, start, end)
            out.append(run if block else f"{opening}{run}</p>")
            start = end + 1
        return "".join(out)

    def _lang(self, text: Text) -> str:
        return f' xml:lang="{attr(text.language)}"' if text.language != self.language else ""

    def _run(
        self, content: str, spans: _Ahead[Span], markup: _Ahead[Markup], notes: deque[Footnote], start: int, end: int
    ) -> str:
        """Characters `start:end` with their marks, and those of the notes ahead that stand there."""
        if not (spans or markup or notes):
            return escape(content[start:end])
        return self._marked(content, spans, markup, notes, start, end, last=True)

    def _marked(
        self,
        content: str,
        spans: _Ahead[Span],
        markup: _Ahead[Markup],
        notes: deque[Footnote],
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
            within = namespace
            inner_spans: _Ahead[Span]
            if isinstance(mark, Markup):
                opening, closing, within = _tags_of(mark, namespace)
                inner_spans, inner_markup = spans.inside(mark), _all(mark.parts)
            else:
                opening, closing = self._tags(mark)
                parts: Sequence[Span] = mark.parts if isinstance(mark, MultiReference) else ()
                inner_spans, inner_markup = _all(parts), markup.inside(mark)
            held = notes
            if opaque:
                if inner_spans or (notes and notes[0].offset < mark.end):
                    what = "mark" if inner_spans else "footnote"
                    around = content[mark.start : mark.end][:80]
                    raise AknError(f"A {what} stands inside what has no words of the text.", cause=around)
                held = deque()
            inner = self._marked(content, inner_spans, inner_markup, held, mark.start, mark.end, last=kept, namespace=within)
            out.append(f"{opening}{inner}{closing}")
            at = mark.end
        out.append(self._plain(content, notes, at, end, last=last))
        return "".join(out)

    def _plain(self, content: str, notes: deque[Footnote], start: int, end: int, *, last: bool) -> str:
        if not notes:
            return escape(content[start:end])
        out = []
        at = start
        while notes and (notes[0].offset < end or (last and notes[0].offset == end)):
            note = notes.popleft()
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


def _is_block(markup: _Ahead[Markup], start: int, end: int) -> bool:
    """Whether the paragraph `start:end` is a kept element that stands beside `p`, not inside it."""
    only = markup.first if markup.end - markup.at == 1 else None
    return only is not None and only.element in BLOCKS and (only.start, only.end) == (start, end)


def _tags_of(mark: Markup, namespace: str) -> tuple[str, str, str]:
    """Opening and closing tag of a kept element inside one of `namespace`, and its own namespace."""
    own, _, name = mark.element.removeprefix("{").rpartition("}")
    own = own or AKN
    pairs = [("xmlns", own)] if own != namespace else []
    if any(key.startswith(f"{{{TD}}}") for key, _ in mark.attributes):
        pairs.append(("xmlns:td", TD))
    for n, (key, value) in enumerate(mark.attributes, 1):
        space, _, local = key.removeprefix("{").rpartition("}")
        if space == _XML:
            local = f"xml:{local}"
        elif space == TD:
            local = f"td:{local}"
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
