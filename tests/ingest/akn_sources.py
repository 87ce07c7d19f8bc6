"""Akoma Ntoso that Hypothesis makes up, as somebody else might have written it; and its characters, to compare."""

from __future__ import annotations

from hypothesis import strategies as st
from lxml import etree

from treaty_diff.text.model import Provision, Text

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

_META = (
    '<meta><identification source="#x"><FRBRWork><FRBRuri value="/akn/xy/act/2001/1"/><FRBRdate date="2001-02-03" name="x"/></FRBRWork>'
    '<FRBRExpression><FRBRdate date="2002-03-04" name="x"/><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>'
)
_PHRASES = (
    "i", "b", "u", "sup", "sub", "span", "term", "date", "organization", "ins", "del", "inline", "remark", "placeholder", "fillIn",
    "blah", "docTitle", "a", "mod",
)  # fmt: skip
_LEVELS = (
    "article", "section", "part", "chapter", "title", "paragraph", "subsection", "subparagraph", "point", "clause", "alinea", "rule",
    "hcontainer", "level", "list", "division", "book", "indent", "prov", "subchapter", "proviso",
)  # fmt: skip
_words = st.text(st.sampled_from("abc .,;1\u00a0é("), min_size=1, max_size=8)


@st.composite
def _inline(draw: st.DrawFn, depth: int = 2) -> str:
    out = []
    for _ in range(draw(st.integers(1, 3))):
        shape = draw(st.sampled_from(("words", "words", "phrase", "ref", "def", "note", "empty", "foreign", "quoted")))
        inner = draw(_inline(depth - 1)) if depth else draw(_words)
        match shape:
            case "words":
                out.append(draw(_words))
            case "phrase":
                name = draw(st.sampled_from(_PHRASES))
                out.append(f'<{name} refersTo="#x">{inner}</{name}>')
            case "ref":
                href = draw(st.sampled_from(("#e1", "#e2", "#nowhere", "/akn/xy/act/1999/2", "/akn/xy/act/2001/1/~e1")))
                many = f'<mref><ref href="{href}">{inner}</ref> and <rref from="#e1" upTo="#e2">{draw(_words)}</rref></mref>'
                out.append(draw(st.sampled_from((f'<ref href="{href}">{inner}</ref>', f"<ref>{inner}</ref>", many))))
            case "def":
                out.append(f"<def>{inner}</def>")
            case "note":
                out.append(f'<authorialNote marker="1"><p>{inner}</p></authorialNote>')
            case "empty":
                out.append(
                    draw(st.sampled_from(("<br/>", "<eol/>", '<img src="/x.png"/>', '<noteRef href="#none" marker="3"/>')))
                )
            case "foreign":
                out.append(
                    draw(
                        st.sampled_from(
                            (
                                f'<foreign><m:math xmlns:m="urn:m"><m:mi>{draw(_words)}</m:mi><m:mo/></m:math></foreign>',
                                f'<o:thing xmlns:o="urn:o" o:a="1">{draw(_words)}<o:in/></o:thing>',
                            )
                        )
                    )
                )
            case _:
                inside = f"<section><num>{draw(_words)}</num><content><p>{inner}</p></content></section>"
                out.append(f"<mod>so: <quotedStructure>{inside}</quotedStructure></mod>")
    return "".join(out)


@st.composite
def _block(draw: st.DrawFn, depth: int = 1) -> str:
    p = f"<p>{draw(_inline())}</p>"
    inner = draw(_block(depth - 1)) if depth else p
    spans = draw(st.sampled_from(("", ' colspan="2"', ' style="x"')))
    cell = f"<td{spans}>{inner}</td>"
    item = f"<item><num>{draw(_words)}</num>{inner}</item>"
    return draw(
        st.sampled_from(
            (
                p,
                p,
                f"<ul><li>{draw(_inline())}</li> <li>{inner}</li></ul>",
                f"<blockList><listIntroduction>{draw(_inline())}</listIntroduction>{item}{item}</blockList>",
                f"<table><tr><th>{p}</th>{cell}</tr></table>",
                f"<table><caption>{draw(_words)}</caption><tr>{cell}</tr></table>",
                f"<tblock><heading>{draw(_words)}</heading>{p}</tblock>",
                f'<container name="x">{inner}</container>',
                f'<block name="x">{draw(_inline())}</block>',
                f'<o:thing xmlns:o="urn:o">{draw(_words)}</o:thing>',
                draw(_inline()),
                "",
            )
        )
    )


@st.composite
def _level(draw: st.DrawFn, depth: int = 3) -> str:
    name = draw(st.sampled_from(_LEVELS))
    eid = draw(st.sampled_from(("", "", ' eId="e1"', ' eId="e2"', ' eId="e3"')))
    named = draw(st.sampled_from(("schedule", "crossheading", "x")))
    kind = f' name="{named}"' if name == "hcontainer" else ""
    head = "".join(
        f"<{tag}>{draw(_inline(1))}</{tag}>" for tag in ("num", "heading", "subheading") if draw(st.integers(0, 2)) == 0
    )
    blocks = "\n  ".join(draw(st.lists(_block(), max_size=3)))
    if not depth or draw(st.booleans()):
        return f"<{name}{eid}{kind}>{head}<content>{blocks}</content></{name}>"
    inside = "\n".join(draw(st.lists(_level(depth - 1), max_size=3)))
    cross = f"<crossHeading>{draw(_inline(1))}</crossHeading>" if draw(st.integers(0, 4)) == 0 else ""
    closing = f"<wrapUp>{draw(_block())}</wrapUp>" if draw(st.integers(0, 3)) == 0 else ""
    return f"<{name}{eid}{kind}>{head}<intro>{blocks}</intro>{cross}{inside}{closing}</{name}>"


@st.composite
def sources(draw: st.DrawFn) -> str:
    """A whole file, not always valid, of an act or bill with a preamble, levels, concluding words and annexes."""
    levels = "\n".join(draw(st.lists(_level(), min_size=1, max_size=3)))
    body = f"<section><content><p>first</p></content></section>{levels}"
    preamble = conclusions = annexes = ""
    if draw(st.booleans()):
        cited = f"<citations><citation>{draw(_block())}</citation></citations>"
        recitals = f"<recitals><recital><num>{draw(_words)}</num>{draw(_block())}</recital></recitals>"
        preamble = f"<preface><p>{draw(_inline())}</p></preface><preamble><p>{draw(_inline())}</p>{cited}{recitals}"
        preamble += f"<formula><p>{draw(_inline())}</p></formula></preamble>"
    if draw(st.booleans()):
        conclusions = f"<conclusions>{draw(_block())}</conclusions>"
    if draw(st.booleans()):
        doc = f'<doc name="annex"><meta/><preface>{draw(_block())}</preface><mainBody>{draw(_block())}{draw(_level())}</mainBody></doc>'
        annexes = f"<attachments><attachment><heading>{draw(_words)}</heading>{doc}</attachment></attachments>"
    name = draw(st.sampled_from(("act", "bill")))
    inside = f"{_META}{preamble}<body>{body}</body>{conclusions}{annexes}"
    return f'<akomaNtoso xmlns="{AKN}"><{name} name="x">{inside}</{name}></akomaNtoso>'


# -- characters ----------------------------------------------------------------------------------


def bare(words: str) -> str:
    """Characters without the blanks of XML."""
    return "".join(c for c in words if c not in " \t\r\n")


def characters_of_source(data: str | bytes, *leave: str) -> str:
    """Every character of a file's text, in order; metadata and the elements named in `leave` apart."""
    root = etree.fromstring(data.encode() if isinstance(data, str) else data)
    gone = {"meta", *leave}

    def inside(element: etree._Element) -> str:
        if not isinstance(element.tag, str) or etree.QName(element).localname in gone:
            return ""
        return (element.text or "") + "".join(inside(child) + (child.tail or "") for child in element)

    return bare(inside(root))


def characters(provision: Provision, *, notes: bool = True) -> str:
    """Every character of a provision and all below it, in reading order, footnotes at their places."""

    def words(text: Text | None) -> str:
        if text is None:
            return ""
        out, at = [], 0
        for note in text.notes if notes else ():
            out += [text.content[at : note.offset], words(note.body)]
            at = note.offset
        return "".join([*out, text.content[at:]])

    cells = "".join(words(cell.text) for row in provision.table for cell in row)
    own = words(provision.num) + words(provision.heading) + words(provision.text) + cells
    return bare(own) + "".join(characters(child, notes=notes) for child in provision.children)
