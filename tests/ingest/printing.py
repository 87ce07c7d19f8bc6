"""Numbered trees made up by Hypothesis, and how each kind of source prints them.

The words are a vocabulary of our own that nothing can mistake for a marker. What a kind of source cannot
tell is left out of the trees for that kind alone (`Style`), and the reason is said there.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape

from hypothesis import strategies as st

from tests.ingest.test_docx import docx
from tests.ingest.test_docx import p as word
from tests.ingest.test_pdf import down, pdf
from tests.text.trees import META, annex, article, chapter, definition, flush, para, provision, section, text
from treaty_diff.numerals import to_roman
from treaty_diff.text.identifiers import assign
from treaty_diff.text.model import Footnote, Kind, Provision, Text, Treaty, list_kind

NOUNS = "keeper raft lantern oar harbour lagoon buoy sail net rope jetty ferry anchor".split()
VERBS = "paint lend count mend carry hide polish borrow".split()
WHEN = ("at dusk", "with great care", "before the tide turns", "as often as the moon is full", "without a word to the guests")


@dataclass(frozen=True)
class Style:
    """What a kind of source can tell."""

    notes: bool = True
    flush: bool = True
    unnumbered: bool = True  # several unnumbered paragraphs in an article
    sections: bool = True
    annexes: bool = True
    nested: bool = True


# -- trees ----------------------------------------------------------------------------------------

_noun = st.sampled_from(NOUNS)
_phrase = st.builds("{} the {} of the {} {}".format, st.sampled_from(VERBS), _noun, _noun, st.sampled_from(WHEN))
_title = st.sampled_from(("Boats", "Care of Lanterns", "Keepers and Guests", "Use of the Jetty", "Nets", "Count of Oars"))


@st.composite
def _text(draw: st.DrawFn, words: str, style: Style) -> Text:
    """Words, perhaps with a footnote behind one of them."""
    if not style.notes or draw(st.integers(0, 5)):
        return text(words)
    ends = [n for n, c in enumerate(words) if c == " " and words[n - 1].isalpha()]
    body = f"A {draw(_noun)} may be wet {draw(st.sampled_from(WHEN))}."
    return text(words, notes=(Footnote("", draw(st.sampled_from(ends)), text(body)),))


@st.composite
def _entries(draw: st.DrawFn, level: int, end: str, style: Style) -> tuple[Provision, ...]:
    """A list: its last entry ends with `end`, the one before with `or` or `and`."""
    count = draw(st.sampled_from((2, 2, 3, 3, 4, 11)))
    joint = draw(st.sampled_from(("or", "and")))
    out = []
    for n in range(1, count + 1):
        stop = end if n == count else f"; {joint}" if n == count - 1 else ";"
        label = (chr(96 + n), to_roman(n), chr(64 + n))[level]
        deeper = style.nested and level < 2 and count < 5 and draw(st.integers(0, 3)) == 0
        words = draw(_phrase) + (", if it will:" if deeper else stop)
        below = draw(_entries(level + 1, stop, style)) if deeper else ()
        out.append(provision(list_kind(level), f"({label})", draw(_text(words, style)), *below))
    return tuple(out)


@st.composite
def _paragraph(draw: st.DrawFn, number: str, style: Style) -> Provision:
    if draw(st.booleans()):
        return para(number, draw(_text(f"The {draw(_noun)} shall {draw(_phrase)} and {draw(_phrase)}.", style)))
    closed = style.flush and draw(st.integers(0, 2)) == 0
    entries = draw(_entries(0, "," if closed else ".", style))
    below = (*entries, flush(f"whichever is brighter {draw(st.sampled_from(WHEN))}.")) if closed else entries
    return para(number, draw(_text(f"A {draw(_noun)} that is wet {draw(st.sampled_from(WHEN))} shall:", style)), *below)


@st.composite
def _definitions(draw: st.DrawFn, style: Style) -> Provision:
    terms = sorted(draw(st.lists(_noun, min_size=2, max_size=4, unique=True)))
    made = []
    for n, term in enumerate(terms):
        stop = "." if n == len(terms) - 1 else ";"
        if draw(st.integers(0, 2)):
            made.append(definition(f"{term} means a {draw(_noun)} that is wet {draw(st.sampled_from(WHEN))}{stop}"))
        else:
            made.append(definition(f"{term} means:", *draw(_entries(0, stop, replace(style, nested=False)))))
    return para("", "For the purposes of this Chapter:", *made)


@st.composite
def _body(draw: st.DrawFn, style: Style) -> tuple[Provision, ...]:
    if draw(st.integers(0, 2)):
        return tuple(draw(_paragraph(f"{n}.", style)) for n in range(1, draw(st.integers(2, 4)) + 1))
    several = style.unnumbered and draw(st.booleans())
    if several:
        return tuple(para("", draw(_text(f"The {draw(_noun)} shall {draw(_phrase)}.", style))) for _ in range(2))
    return (draw(_paragraph("", style)),)


@st.composite
def trees(draw: st.DrawFn, style: Style) -> Treaty:
    """A treaty of one to three chapters that a source of this style can print."""
    chapters = []
    for c in range(1, draw(st.integers(1, 3)) + 1):
        articles = []
        for n in range(1, draw(st.integers(1, 3)) + 1):
            if n > 1 and draw(st.integers(0, 3)) == 0:
                articles.append(article(f"Article {c}.{n}", "Definitions", draw(_definitions(style))))
            else:
                articles.append(article(f"Article {c}.{n}", draw(_title), *draw(_body(style))))
        children = articles
        if style.sections and len(articles) > 2 and draw(st.booleans()):
            children = [articles[0], section("Section A", draw(_title), *articles[1:])]
        if style.annexes and draw(st.integers(0, 2)) == 0:
            paragraphs = [para(f"{n}.", f"The {draw(_noun)} shall {draw(_phrase)}.") for n in (1, 2)]
            children = [*children, annex(f"Annex {c}-A", draw(_title), *paragraphs)]
        chapters.append(_counted(chapter(f"Chapter {c}", draw(_title).upper(), *children)))
    return Treaty(META, assign(Provision(Kind.TREATY, children=tuple(chapters))))


def _counted(root: Provision) -> Provision:
    """The chapter with its footnotes numbered as they come."""
    numbers = iter(range(1, 1000))

    def counted(p: Provision) -> Provision:
        notes = tuple(replace(note, marker=str(next(numbers))) for note in p.footnotes)
        made = replace(p.text, notes=notes) if p.text is not None else None
        return replace(p, text=made, children=tuple(map(counted, p.children)))

    return counted(root)


Shape = tuple[object, ...]


def shape(p: Provision) -> Shape:
    """What must come back of a provision: kind, number, heading, words, footnotes with their places, and all below."""
    notes = tuple((note.marker, note.offset, note.body.content, note.placed) for note in p.footnotes)
    return (str(p.kind), p.label, p.title, p.words, notes, tuple(shape(child) for child in p.children))


# -- lines ----------------------------------------------------------------------------------------


def marked(p: Provision, sign: Callable[[str], str]) -> str:
    """The words with the footnotes' markers in them."""
    out, at = "", 0
    for note in p.footnotes:
        out += p.words[at : note.offset] + sign(note.marker)
        at = note.offset
    return out + p.words[at:]


def lines(p: Provision, sign: Callable[[str], str], *, bodies: bool) -> Iterator[str]:
    """The lines below an article's heading; with `bodies` each footnote's on a line of its own behind its marker's."""
    for child in p.children:
        yield f"{child.label} {marked(child, sign)}".strip()
        if bodies:
            yield from (f"{note.marker} {note.body.content}" for note in child.footnotes)
        yield from lines(child, sign, bodies=bodies)


def outline(treaty: Treaty) -> Iterator[Provision]:
    """Chapters, sections, articles and annexes in order."""
    return (p for p in treaty.walk() if p.kind in (Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ANNEX))


def _inside(p: Provision) -> bool:
    return p.kind in (Kind.ARTICLE, Kind.ANNEX)


# -- printers -------------------------------------------------------------------------------------

TOTA = Style()


def tota(treaty: Treaty) -> bytes:
    out = ["<treaty><meta><name>Pact</name><date_signed>2001-02-03</date_signed><language>en</language></meta><body>"]
    for c in treaty.chapters():
        bodies: list[list[str]] = []
        heads: list[str] = []
        for p in c.walk():
            if p.kind is Kind.ARTICLE:
                heads.append(f'<article number="{p.label.upper()}" name="{p.title}">')
                bodies.append(list(lines(p, str, bodies=True)))
            elif p.kind in (Kind.SECTION, Kind.ANNEX):
                # it hangs at the end of the article before
                bodies[-1].append(f"{p.label}: {p.title}")
                if p.kind is Kind.ANNEX:
                    bodies[-1] += lines(p, str, bodies=True)
        inside = "".join(f"{head}{chr(10).join(body)}</article>" for head, body in zip(heads, bodies, strict=True))
        out.append(f'<chapter number="{c.label.upper()}" name="{c.title}">{inside}</chapter>')
    return "".join([*out, "</body></treaty>"]).encode()


PLAIN = Style()


def plain(treaty: Treaty) -> bytes:
    return "\n".join(_plain(treaty, str, bodies=True)).encode()


def _plain(treaty: Treaty, sign: Callable[[str], str], *, bodies: bool) -> Iterator[str]:
    for p in outline(treaty):
        yield from (p.label.upper(), p.title) if p.kind in (Kind.CHAPTER, Kind.ANNEX) else (f"{p.label}: {p.title}",)
        if _inside(p):
            yield from lines(p, sign, bodies=bodies)


def brackets(treaty: Treaty) -> bytes:
    """Footnotes in square brackets, their bodies behind each chapter."""
    out: list[str] = []
    for c in treaty.chapters():
        out += _plain(treaty.with_root(Provision(Kind.TREATY, children=(c,))), "[{}]".format, bodies=False)
        out += [f"[{note.marker}] {note.body.content}" for p in c.walk() for note in p.footnotes]
    return "\n".join(out).encode()


# A flush line broken at the page's width is told from the entry's next line by nothing but the length of the line before; a
# page's foot needs its page's footnotes, which is another test's subject (test_plain).
WRAPPED = Style(notes=False, flush=False)
_WIDTH, _PAGE = 72, 20


def wrapped(treaty: Treaty) -> bytes:
    """Lines broken at a page's width, page numbers and running lines where there are enough pages to tell them by."""
    broken: list[str] = []
    for p in outline(treaty):
        broken += ["", p.label.upper(), p.title] if p.kind in (Kind.CHAPTER, Kind.ANNEX) else ["", f"{p.label}: {p.title}"]
        for line in lines(p, str, bodies=False) if _inside(p) else ():
            broken += ["", *textwrap.wrap(line, _WIDTH)]
    pages = [broken[n : n + _PAGE] for n in range(0, len(broken), _PAGE)]
    if len(pages) < 6:
        return "\n".join(broken).encode()
    return "\n".join(line for n, page in enumerate(pages, 1) for line in ("Pact of the Lagoon", *page, str(n))).encode()


# On one line nothing parts two unnumbered paragraphs, nor closing words from the last entry; a footnote's body stands in the words.
ONE_LINE = Style(notes=False, flush=False, unnumbered=False)
_FILLING = tuple(
    article(f"Article 9.{n}", "Filling", para("1.", "The keeper shall fill the page. " * 3), para("2.", "The guests shall wait."))
    for n in range(1, 181)
)
FILLING = replace(
    chapter("Chapter 9", "FILLING", *_FILLING),
    children=tuple(replace(a, children=tuple(replace(p, text=text(p.words.strip())) for p in a.children)) for a in _FILLING),
)
"""A chapter that makes a text long enough to be taken for one that stands on one line."""


def one_line(treaty: Treaty) -> bytes:
    out = []
    for p in outline(treaty.with_root(replace(treaty.root, children=(*treaty.root.children, FILLING)))):
        label = p.label.upper() if p.kind in (Kind.CHAPTER, Kind.ANNEX) else p.label
        out += [f"{label}: {p.title}", *(lines(p, str, bodies=False) if _inside(p) else ())]
    return " ".join(out).encode()


HTML = Style()
_LEVELS = {Kind.CHAPTER: "h1", Kind.SECTION: "h2", Kind.ARTICLE: "h3", Kind.ANNEX: "h2"}


def _page(treaty: Treaty, inside: Callable[[Provision, Callable[[str], str]], str]) -> bytes:
    out = ["<!DOCTYPE html><html lang=en><title>Pact</title><body>"]
    for c in treaty.chapters():
        key = c.label.rpartition(" ")[2]

        def sign(marker: str, key: str = key) -> str:
            return f'<sup><a href="#n{key}-{marker}" id="r{key}-{marker}">{marker}</a></sup>'

        for p in outline(treaty.with_root(Provision(Kind.TREATY, children=(c,)))):
            tag = _LEVELS[p.kind]
            out.append(f"<{tag}>{p.label}: {escape(p.title)}</{tag}>")
            out.append(inside(p, sign) if _inside(p) else "")
        for note in (note for p in c.walk() for note in p.footnotes):
            out.append(f'<p id="n{key}-{note.marker}"><a href="#r{key}-{note.marker}">{note.marker}</a> {note.body.content}</p>')
    return "".join([*out, "</body></html>"]).encode()


def html_paragraphs(treaty: Treaty) -> bytes:
    return _page(treaty, lambda p, sign: "".join(f"<p>{line}</p>" for line in lines(p, sign, bodies=False)))


_TYPES = {"1": "1", "a": "a", "i": "i", "A": "A"}


def html_lists(treaty: Treaty) -> bytes:
    def inside(p: Provision, sign: Callable[[str], str]) -> str:
        out, open_ = [], ""
        for child in p.children:
            own = child.label.strip("(). ")[:1]
            if own and not open_:
                open_ = f'<ol type="{own}">'
                out.append(open_)
            elif not own and open_:
                out.append("</ol>")
                open_ = ""
            tag = "li" if own else "p"
            words = marked(child, sign)
            # words of a list's holder stand beside its list, not in a paragraph that ends before it
            out.append(f"<{tag}>{words}{inside(child, sign)}</li>" if own else f"<p>{words}</p>{inside(child, sign)}")
        return "".join(out) + ("</ol>" if open_ else "")

    return _page(treaty, inside)


WORD = Style()


def _word(treaty: Treaty, *, automatic: bool) -> bytes:
    body: list[str] = []
    bodies: list[str] = []
    lists = 0

    def sign(_: str) -> str:
        return "\0"

    def runs(p: Provision, label: str) -> str:
        out, at = f"{label} " if label else "", 0
        pieces = []
        for note in p.footnotes:
            bodies.append(note.body.content)
            pieces.append(f'<w:r><w:t xml:space="preserve">{out}{p.words[at : note.offset]}</w:t></w:r>')
            pieces.append(f'<w:r><w:footnoteReference w:id="{len(bodies)}"/></w:r>')
            out, at = "", note.offset
        return "".join([*pieces, f'<w:r><w:t xml:space="preserve">{out}{p.words[at:]}</w:t></w:r>'])

    def below(p: Provision, depth: int, own: int = 0) -> None:
        nonlocal lists
        if not own:
            lists = own = lists + 1  # each article's numbers count from one, and each list's below words without a number
        for child in p.children:
            label = child.label
            numbered = bool(label) and automatic
            at = "1aiA".index("1" if label[:1].isdigit() else {0: "a", 1: "i", 2: "A"}[depth - 1 if depth else 0]) if label else 0
            body.append(word(runs(child, "" if numbered else label), num=str(own) if numbered else "", depth=at))
            below(child, at + 1 if label else 1, own if label else 0)

    for p in outline(treaty):
        if p.kind is Kind.CHAPTER:
            section_end = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
            if body:
                body[-1] = body[-1].replace("</w:pPr>", f"{section_end}</w:pPr>", 1)
        body.append(word(f"{p.label}: {p.title}", "Heading1"))
        if _inside(p):
            below(p, 0)
    body.append('<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>')
    forms = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"), ("upperLetter", "(%4)"))
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for n, (form, shown) in enumerate(forms)
    )
    restart = "".join(f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="1"/></w:lvlOverride>' for n in range(4))
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/>{restart}</w:num>' for n in range(1, lists + 1))
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    numbering = f'<w:numbering xmlns:w="{w}"><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{nums}</w:numbering>'
    notes = "".join(f'<w:footnote w:id="{n}">{word(words)}</w:footnote>' for n, words in enumerate(bodies, 1))
    return docx("".join(body), notes=notes, parts={"word/numbering.xml": numbering})


def word_automatic(treaty: Treaty) -> bytes:
    return _word(treaty, automatic=True)


def word_typed(treaty: Treaty) -> bytes:
    return _word(treaty, automatic=False)


# A PDF's lines keep no blank lines: nothing but the length of a line parts unnumbered paragraphs and closing words.
PDF = Style(notes=False, flush=False, unnumbered=False)


def pdf_lines(treaty: Treaty) -> bytes:
    out: list[str] = []
    for line in _plain(treaty, str, bodies=False):
        out += textwrap.wrap(line, 85)
    return pdf(*[down(*out[n : n + 50]) for n in range(0, len(out), 50)])
