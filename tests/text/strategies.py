"""Treaties that Hypothesis makes up."""

from __future__ import annotations

from hypothesis import strategies as st

from treaty_diff.citation import slug
from treaty_diff.numerals import to_roman
from treaty_diff.text.identifiers import assign
from treaty_diff.text.model import (
    Cell,
    Footnote,
    Kind,
    Markup,
    MultiReference,
    Provision,
    Reference,
    Span,
    Term,
    Text,
    Treaty,
    list_kind,
)

from .trees import META, text

AWKWARD = "&<>\"'\u00a0\u00ad\u200f\u202e\u2066\ufeff\U0001d54f\U0001f600e\u0301 \t\r\u0085\u2028“”’–…ñ]]>/"
"""Markup, quotes, NBSP, soft hyphen, bidi controls, astral and combining characters, odd line ends."""

words = st.text(st.sampled_from("ab c.") | st.sampled_from(AWKWARD), max_size=12)
_href = st.sampled_from(["#chp_1__art_101", "/akn/un/act/treaty/1994-01-01/demo/~art_9", "/akn/x/~a&b", "#a\"'<>"])


@st.composite
def _spans(draw: st.DrawFn, start: int, end: int) -> tuple[Span, ...]:
    """Marks between two places, in order, none over another."""
    cuts = sorted(draw(st.lists(st.integers(start, end), max_size=6)))
    out: list[Span] = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=False):
        match draw(st.sampled_from(("ref", "range", "many", "term"))):
            case "ref":
                out.append(Reference(a, b, draw(_href)))
            case "range":
                out.append(Reference(a, b, draw(_href), draw(_href)))
            case "many":
                middle = draw(st.integers(a, b))
                out.append(MultiReference(a, b, (Reference(a, middle, draw(_href)), Reference(middle, b, draw(_href)))))
            case _:
                out.append(Term(a, b, draw(st.sampled_from(("ferry", "toll-payer", "año")))))
    return tuple(out)


_ATTRIBUTES = (("name", "x<&\"'"), ("{urn:elsewhere}note", " a\tb "), ("{http://www.w3.org/XML/1998/namespace}lang", "fr"))
_FORMULA = "{http://www.w3.org/1998/Math/MathML}math"


@st.composite
def _markup(
    draw: st.DrawFn, start: int, end: int, spans: tuple[Span, ...], notes: tuple[int, ...], depth: int = 2
) -> list[Markup]:
    """Elements between two places, within one another and around spans, none cutting a span."""
    out: list[Markup] = []
    cuts = sorted(draw(st.lists(st.integers(start, end), max_size=6)))
    for a, b in zip(cuts[::2], cuts[1::2], strict=False):
        if any(a < s.start < b < s.end or s.start < a < s.end < b for s in _flat(spans)):
            continue
        if a == b:
            out.append(Markup(a, b, draw(st.sampled_from(("br", "img"))), ()))
        elif (
            not any(s.start <= b and a <= s.end for s in _flat(spans))
            and not any(a <= n <= b for n in notes)
            and draw(st.booleans())
        ):
            formula = Markup(a, b, _FORMULA, (), (Markup(a, a, "{urn:elsewhere}empty"), Markup(a, b, _FORMULA[:-4] + "mi")))
            out.append(Markup(a, b, "subFlow", (("name", "formula"),), (Markup(a, b, "foreign", (), (formula,)),)))
        else:
            name = draw(st.sampled_from(("i", "b", "sup", "inline")))
            inner = tuple(s for s in _flat(spans) if a <= s.start and s.end <= b) if depth else ()
            parts = draw(_markup(a, b, inner, notes, depth - 1)) if depth else []
            out.append(Markup(a, b, name, _ATTRIBUTES if name == "inline" else (), tuple(parts)))
    return [m if m.element != "img" else Markup(m.start, m.end, "img", (("src", "/a.png"),)) for m in out]


def _kept_list(start: int, end: int) -> Markup:
    item = Markup(start, end, "li", (("value", "1"),), (Markup(start, end, "p", (), (Markup(start, end, "b"),)),))
    return Markup(start, end, "ul", (("class", "plain"),), (item,))


def _flat(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(part for s in spans for part in ((s, *s.parts) if isinstance(s, MultiReference) else (s,)))


@st.composite
def texts(draw: st.DrawFn, *, blocks: int = 3, depth: int = 1) -> Text:
    """Running text of up to `blocks` paragraphs with marks and footnotes, which may have footnotes in turn."""
    parts = [draw(words) for _ in range(draw(st.integers(1, blocks)))]
    spans: list[Span] = []
    at = 0
    for part in parts:
        if draw(st.booleans()):
            spans += draw(_spans(at, at + len(part)))
        at += len(part) + 1
    content = "\n".join(parts)
    notes: list[Footnote] = []
    if depth and draw(st.booleans()):
        offsets = sorted(draw(st.lists(st.integers(0, len(content)), max_size=2)))
        notes = [
            Footnote(draw(st.sampled_from(("1", "*", "12", ""))), n, draw(texts(blocks=2, depth=depth - 1)), draw(st.booleans()))
            for n in offsets
        ]
    language = draw(st.sampled_from(("eng", "eng", "eng", "spa")))
    kept = language == "eng" and blocks > 1 and draw(st.integers(0, 3)) == 0
    markup: list[Markup] = []
    if kept or draw(st.booleans()):
        at = 0
        for part in parts:
            if kept and part and not any(at <= span.start <= at + len(part) for span in spans):
                markup.append(_kept_list(at, at + len(part)))
                at += len(part) + 1
                continue
            markup += draw(_markup(at, at + len(part), tuple(spans), tuple(note.offset for note in notes)))
            at += len(part) + 1
    return Text(content, language, tuple(spans), tuple(notes), tuple(markup))


lines = texts(blocks=1)
_citation = st.sampled_from(("", "citation"))
"""Text that is one line: numbers and headings."""


@st.composite
def _cells(draw: st.DrawFn) -> tuple[tuple[Cell, ...], ...]:
    cell = st.builds(Cell, texts(blocks=2), st.booleans(), st.integers(1, 2), st.integers(1, 2))
    return tuple(tuple(draw(st.lists(cell, min_size=1, max_size=2))) for _ in range(draw(st.integers(1, 2))))


@st.composite
def _inside(draw: st.DrawFn, kind: Kind, depth: int, level: int) -> Provision:
    """A paragraph, definition or list entry with its list below."""
    children: list[Provision] = []
    if depth < 4 and draw(st.integers(0, 3)) == 0:
        shapes = st.sampled_from(("entry", "entry", "flush", "heading", "definition", "table"))
        for shape in draw(st.lists(shapes, max_size=4)):
            match shape:
                case "entry":
                    children.append(draw(_inside(list_kind(level), depth + 1, level + 1)))
                case "definition":
                    children.append(draw(_inside(Kind.DEFINITION, depth + 1, 0)))
                case "table":
                    children.append(Provision(Kind.TABLE, text=draw(st.none() | texts()), table=draw(_cells())))
                case _:
                    children.append(Provision(Kind.FLUSH if shape == "flush" else Kind.HEADING, text=draw(lines)))
    table = draw(_cells()) if draw(st.integers(0, 5)) == 0 else ()
    own = draw(st.none() | texts())
    element = draw(st.sampled_from(("", "", "clause", "hcontainer x&'")))
    return Provision(kind, num=draw(st.none() | lines), text=own, children=tuple(children), table=table, element=element)


@st.composite
def _articles(draw: st.DrawFn, kind: Kind = Kind.ARTICLE) -> Provision:
    shapes = st.lists(st.sampled_from((Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.TABLE, Kind.HEADING)), max_size=3)
    children = []
    for shape in draw(shapes):
        if shape is Kind.HEADING:
            children.append(Provision(shape, text=draw(lines)))
        elif shape is Kind.TABLE:
            children.append(Provision(shape, text=draw(st.none() | texts()), table=draw(_cells())))
        else:
            children.append(draw(_inside(shape, 0, 0)))
    own = draw(st.none() | texts())
    return Provision(kind, num=draw(st.none() | lines), heading=draw(st.none() | lines), text=own, children=tuple(children))


@st.composite
def _annexes(draw: st.DrawFn) -> tuple[Provision, ...]:
    def annex(kind: Kind, below: tuple[Provision, ...]) -> Provision:
        made = draw(_articles(kind))
        return Provision(kind, num=made.num, heading=made.heading, text=made.text, children=(*made.children, *below))

    appendices = [annex(Kind.APPENDIX, ()) for _ in range(draw(st.integers(0, 1)))]
    return tuple(annex(Kind.ANNEX, tuple(appendices)) for _ in range(draw(st.integers(0, 2))))


@st.composite
def treaties(draw: st.DrawFn) -> Treaty:
    """Any tree that the model allows, with awkward characters everywhere."""

    def chapter() -> Provision:
        children: list[Provision] = draw(st.lists(_articles(), max_size=2))
        if children and draw(st.booleans()):
            children = [Provision(Kind.SECTION, num=draw(lines), heading=draw(lines), children=tuple(children))]
        return Provision(Kind.CHAPTER, num=draw(lines), heading=draw(st.none() | lines), children=(*children, *draw(_annexes())))

    children: list[Provision] = []
    if draw(st.booleans()):
        recitals = [
            Provision(Kind.RECITAL, num=draw(st.none() | lines), text=draw(texts()), element=draw(_citation))
            for _ in range(draw(st.integers(0, 2)))
        ]
        closing = [Provision(Kind.FLUSH, text=draw(texts()))] if draw(st.booleans()) else []
        children.append(
            Provision(
                Kind.PREAMBLE, heading=draw(st.none() | lines), text=draw(st.none() | texts()), children=(*recitals, *closing)
            )
        )
    body = [chapter() for _ in range(draw(st.integers(1, 2)))]
    children += [Provision(Kind.PART, num=draw(lines), children=tuple(body))] if draw(st.booleans()) else body
    children += draw(st.lists(_articles(), max_size=1))
    if draw(st.booleans()):
        children.append(Provision(Kind.CONCLUSION, text=draw(texts())))
    children += draw(_annexes())
    return Treaty(META, assign(Provision(Kind.TREATY, children=tuple(children))))


# -- labels --------------------------------------------------------------------------------------

_LABELS = (
    [f"({chr(96 + n)})" for n in range(1, 8)],
    [f"({to_roman(n)})" for n in range(1, 8)],
    [f"({chr(64 + n)})" for n in range(1, 8)],
    [f"({n})" for n in range(1, 8)],
)


@st.composite
def _list(draw: st.DrawFn, level: int) -> tuple[Provision, ...]:
    labels = _LABELS[level][: draw(st.integers(0, 3))]
    return tuple(
        Provision(list_kind(level), num=text(n), text=text("words"), children=draw(_list(level + 1)) if level < 3 else ())
        for n in labels
    )


@st.composite
def labelled_treaties(draw: st.DrawFn) -> Treaty:
    """A treaty whose labels are unique among siblings, numbered in one of the ways that treaties are."""
    style = draw(st.sampled_from(("{c}{n:02}", "{c}.{n}", "{l}-{n:02}")))
    chapters = []
    for c in range(1, draw(st.integers(1, 3)) + 1):
        letter = chr(64 + c)
        made = []
        for n in range(1, draw(st.integers(1, 4)) + 1):
            number = "Article " + style.format(c=c, n=n, l=letter)
            inside = [
                Provision(Kind.PARAGRAPH, num=text(f"{k}."), text=text("words"), children=draw(_list(0)))
                for k in range(1, draw(st.integers(0, 3)) + 1)
            ]
            if draw(st.booleans()):
                terms = draw(st.lists(st.sampled_from(("ferry", "toll payer", "Año nuevo")), unique=True))
                entries = tuple(
                    Provision(Kind.DEFINITION, text=text(f"{t} means", Term(0, len(t), slug(t))), children=draw(_list(0)))
                    for t in terms
                )
                inside.append(Provision(Kind.PARAGRAPH, text=text("In this Article:"), children=entries))
            made.append(Provision(Kind.ARTICLE, num=text(number), heading=text("Heading"), children=tuple(inside)))
        cut = draw(st.integers(0, len(made)))
        children: list[Provision] = made[:cut]
        if cut < len(made):
            children.append(Provision(Kind.SECTION, num=text("Section A"), children=tuple(made[cut:])))
        if draw(st.booleans()):
            paragraphs = tuple(Provision(Kind.PARAGRAPH, num=text(f"{k}."), children=draw(_list(0))) for k in (1, 2))
            children.append(Provision(Kind.ANNEX, num=text(f"Annex {c}-A"), children=paragraphs))
        chapters.append(Provision(Kind.CHAPTER, num=text(f"Chapter {letter if '-' in style else c}"), children=tuple(children)))
    return Treaty(META, assign(Provision(Kind.TREATY, children=tuple(chapters))))
