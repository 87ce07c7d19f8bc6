"""Broken and hostile sources, made here: what each is, and what must become of it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.conftest import tota_source
from tests.ingest.akn_sources import AKN
from tests.ingest.test_docx import docx, note, p
from tests.ingest.test_pdf import down, pdf


@dataclass(frozen=True)
class Case:
    """A source in a file of this name.

    `refused` are words of the error that it must end with; where empty it must be imported, with `noted` in the report.
    `either`: both ends are good, for what is only large.
    """

    name: str
    file: str
    make: Callable[[], bytes]
    refused: str = ""
    noted: str = ""
    either: bool = False


HEAD = "CHAPTER 1\nAIMS\nArticle 1.1: Aims\n"
MANY = 100_000
TOO_LARGE = "too large"


Words = str | Callable[[], str]
"""Words, or how to make them: hundreds of megabytes are made when they are wanted."""


def _made(words: Words) -> str:
    return words if isinstance(words, str) else words()


def _text(words: Words, *, head: str = HEAD) -> tuple[str, Callable[[], bytes]]:
    return "t.txt", lambda: (head + _made(words)).encode()


def _tota(body: Words, heading: str = "Aims", number: str = "ARTICLE 1") -> tuple[str, Callable[[], bytes]]:
    return "t.xml", lambda: tota_source((number, heading, _made(body)))


def _html(body: Words, head: str = "<h1>Article 1: Aims</h1>") -> tuple[str, Callable[[], bytes]]:
    return "t.html", lambda: f"<!DOCTYPE html><html lang='en'><title>Pact</title><body>{head}{_made(body)}".encode()


def _docx(body: Words) -> tuple[str, Callable[[], bytes]]:
    return "t.docx", lambda: docx(p("Article 1: Aims", "Heading1") + _made(body))


def _act(inside: Words, notes: str = "") -> tuple[str, Callable[[], bytes]]:
    def made() -> bytes:
        meta = f'<meta><identification source="#x"/><notes source="#x">{notes}</notes></meta>'
        return f'<akomaNtoso xmlns="{AKN}"><act name="x">{meta}<body>{_made(inside)}</body></act></akomaNtoso>'.encode()

    return "t.xml", made


def _section(words: Words) -> tuple[str, Callable[[], bytes]]:
    return _act(lambda: f"<section><num>1</num><content><p>{_made(words)}</p></content></section>")


def _raw(file: str, data: bytes) -> tuple[str, Callable[[], bytes]]:
    return file, lambda: data


_META = b"<meta><name>Pact</name><date_signed>2001-02-03</date_signed><language>en</language></meta>"
_BODY = b"<body><chapter number='CHAPTER ONE' name='Aims'><article number='ARTICLE 1' name='Aims'>%s</article></chapter></body>"
_BOMB = b"<!DOCTYPE treaty [<!ENTITY a 'boats'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
_BROKEN = "Each keeper shall tell the harbour which boats “go” – año."

LIGHT = (
    # nothing in it, or nothing of ours
    Case("empty file", *_raw("e.txt", b""), refused="empty"),
    Case("blanks only", *_raw("e.txt", b" \n\t\r\n" * 50), refused="empty"),
    Case("NUL bytes only", *_raw("e.txt", b"\0" * 5000), refused="no kind|no plain text|No article|empty"),
    Case("JPEG named .xml", *_raw("p.xml", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 20), refused="no kind"),
    Case("PNG named .txt", *_raw("p.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20), refused="no kind|no plain"),
    Case("program named .html", *_raw("p.html", b"\x7fELF\x02\x01\x01\0" + bytes(range(256)) * 20), refused="no kind|no plain"),
    Case("JSON", *_raw("j.txt", b'{"articles": []}'), refused="no kind"),
    Case("XML of another kind", *_raw("r.xml", b"<rss><channel/></rss>"), refused="no kind"),
    # entities and document types
    Case(
        "entity bomb",
        *_raw("b.xml", _BOMB + b"]><treaty>" + _META + _BODY % b"&j;" + b"</treaty>"),
        refused="document type|well-formed",
    ),
    Case(
        "entity of a file",
        *_raw(
            "b.xml",
            b"<!DOCTYPE treaty [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><treaty>" + _META + _BODY % b"&x;" + b"</treaty>",
        ),
        refused="document type",
    ),
    Case(
        "document type elsewhere",
        *_raw("b.xml", b"<!DOCTYPE treaty SYSTEM 'http://127.0.0.1:9/t.dtd'><treaty>" + _META + _BODY % b"Boats." + b"</treaty>"),
        refused="document type",
    ),
    Case(
        "entity bomb in a page", *_raw("b.html", b"<!DOCTYPE html [" + _BOMB[17:] + b"]><html><body><p>&j;"), refused="No article"
    ),
    Case(
        "entity bomb in a Word file",
        "b.docx",
        lambda: docx(p("x"), parts={"word/document.xml": _BOMB.replace(b"treaty", b"document") + b"]><document>&j;</document>"}),
        refused="document type",
    ),
    Case(
        "entity bomb in an act",
        *_raw("b.xml", _BOMB.replace(b"treaty", b"a") + b"]><akomaNtoso>&j;</akomaNtoso>"),
        refused="document type",
    ),
    # cut off, or no text of a treaty
    Case("cut-off XML", "c.xml", lambda: tota_source(("ARTICLE 1", "Aims", "Boats."))[:-40], refused="well-formed"),
    Case("cut-off Word file", "c.docx", lambda: docx(p("x"))[:-60], refused="zip|cut off"),
    Case("cut-off PDF", "c.pdf", lambda: pdf(down("Article 1: Aims"))[:300], refused="broken|cut off|pictures"),
    Case("zip that is no Word file", "z.docx", lambda: b"PK\x03\x04" + bytes(200), refused="no kind"),
    Case("treaty without articles", *_text("Dear reader,\nthis is a letter.\n", head=""), refused="No article"),
    Case(
        "ToTA without articles",
        *_raw("n.xml", b"<treaty>" + _META + b"<body><chapter number='1'/></body></treaty>"),
        refused="no article",
    ),
    Case("page without articles", *_html("<p>A letter.</p>", head=""), refused="No article"),
    Case("no day", "d.xml", lambda: tota_source(("ARTICLE 1", "Aims", "x")).replace(b"2001-02-03", b"../../etc"), refused="date"),
    Case("NUL bytes in XML", "n.xml", lambda: tota_source(("ARTICLE 1", "Aims", "Bo\0ats.")), refused="well-formed"),
    Case(
        "wrong encoding declared",
        *_raw("w.xml", b"<?xml version='1.0' encoding='utf-16'?><treaty>" + _META + _BODY % b"x" + b"</treaty>"),
        refused="well-formed",
    ),
    Case("nested 100,000 deep", *_raw("d.xml", b"<treaty><meta/><body>" + b"<chapter>" * MANY), refused="well-formed"),
    Case("act nested 200 deep", *_section("<i>" * 200 + "x" + "</i>" * 200), refused="too deep"),
    Case("nested 100,000 deep in an article", *_tota("<b>" * MANY + "</b>" * MANY), refused="well-formed"),
    Case("page nested 100,000 deep", *_html("<div>" * MANY + "x"), refused="nested"),
    Case("Word file nested 20,000 deep", *_docx("<w:tbl><w:tr><w:tc>" * 20_000), refused="broken|depth"),
    Case(
        "100,000 attributes",
        *_raw("a.xml", b"<treaty><meta " + b" ".join(b"a%d='1'" % n for n in range(MANY)) + b"/><body/></treaty>"),
        refused="article",
    ),
    # odd, and read
    Case(
        "NUL bytes in words",
        *_text("Each keeper shall tell the harbour\0 which boats go.\n"),
        noted="characters that no text has",
    ),
    Case(
        "mixed encodings",
        *_raw("m.txt", HEAD.encode() + _BROKEN.encode() * 20 + b"\n" + _BROKEN.encode("cp1252")),
        noted="windows-1252",
    ),
    Case("Windows-1252", *_raw("w.txt", (HEAD + _BROKEN).encode("cp1252")), noted="windows-1252"),
    Case("UTF-16", *_raw("u.txt", (HEAD + _BROKEN).encode("utf-16")), noted="utf-16"),
    Case(
        "mixed encodings in XML",
        "m.xml",
        lambda: tota_source(("ARTICLE 1", "Aims", _BROKEN + " REST")).replace(b"REST", "año".encode("cp1252")),
        noted="windows-1252",
    ),
    Case(
        "mixed encodings in a page",
        "m.html",
        lambda: _html(f"<p>{_BROKEN}</p>")[1]() + "<p>año".encode("cp1252"),
        noted="windows-1252",
    ),
    Case("direction turned in a text", *_text("No keeper \u202ellahs\u202c go.\n"), noted="turn the direction"),
    Case("direction turned in XML", *_tota("No keeper \u2066shall\u2069 go."), noted="turn the direction"),
    Case("direction turned in a page", *_html("<p>No keeper \u202ellahs\u202c go."), noted="turn the direction"),
    Case("direction turned in a Word file", *_docx(p("No keeper \u202ellahs\u202c go.")), noted="turn the direction"),
    Case(
        "article numbers repeated",
        *_text("Boats.\nArticle 1.2: Rafts\nRafts.\nArticle 1.2: Oars\nOars.\n"),
        noted="number repeated|out of order",
    ),
    Case(
        "article numbers in words",
        *_text("Boats go out.\n\nArticle Two\nRafts\n\nRafts stay in.\n", head="Article One\nAims\n\n"),
    ),
    Case(
        "article numbers repeated in XML",
        "r.xml",
        lambda: tota_source(("ARTICLE 1", "Aims", "Boats."), ("ARTICLE 1", "Ends", "Rafts.")),
        noted="number repeated",
    ),
    Case(
        "articles without a number",
        "r.xml",
        lambda: tota_source(("", "Aims", "Boats."), ("", "Ends", "Rafts.")),
        noted="article without a number",
    ),
    Case(
        "chapter without a number",
        "r.xml",
        lambda: tota_source(("ARTICLE 1", "Aims", "Boats."), chapter=""),
        noted="chapter without a number",
    ),
    Case(
        "language that is none",
        "l.xml",
        lambda: tota_source(("ARTICLE 1", "Aims", "x")).replace(b">en<", b">../..<"),
        noted="no code",
    ),
    Case(
        "words of another language",
        *_text("Las Partes cooperarán en la pesca de los mares del sur y para el bien de una parte y se dice que no. " * 20),
        noted="plainly Spanish",
    ),
)
"""Each is read, or refused, in an instant."""

HEAVY = (
    Case("200 MB", *_text(lambda: "The keepers keep boats.\n" * 8_400_000), refused=TOO_LARGE),
    Case("90 MB", *_text(lambda: "The keepers keep boats.\n" * 3_700_000), refused=TOO_LARGE),
    Case("31 MB of words", *_text(lambda: "The keepers keep boats " * 1_340_000), refused=TOO_LARGE),
    Case("30 MB of blank lines", *_text(lambda: "\n" * 30_000_000), refused=TOO_LARGE),
    Case("30 MB of blanks", *_text(lambda: " " * 30_000_000 + "x"), refused=TOO_LARGE),
    Case("5.9 MB without a line break", *_text(lambda: "The keepers keep boats " * 255_000), either=True),
    Case("100,000 lines", *_text(lambda: "The keepers shall keep the boats.\n" * 99_000), either=True),
    Case("markers without words in a line", *_text(lambda: "a) b) c) " * 550_000), refused=TOO_LARGE),
    Case("50,000 markers", *_text(lambda: "(a) one;\n(b) two;\n" * 25_000), either=True),
    Case("100,000 markers", *_text(lambda: "(a) one;\n(b) two;\n" * 50_000), refused=TOO_LARGE),
    Case("50,000 numbers", *_text(lambda: "".join(f"{n}. one.\n" for n in range(50_000))), either=True),
    Case("markers of all kinds", *_text(lambda: "(i) one;\n(a) two;\n(iv) x;\n(C) y;\n" * 12_000), either=True),
    Case("1. 1. 1.", *_text(lambda: "1. " * 1_000_000), either=True),
    Case("((((", *_text(lambda: "(" * 5_900_000), either=True),
    Case("(a(a(a", *_text(lambda: "(a" * 2_900_000), either=True),
    Case("means means means", *_tota(lambda: "means " * 900_000, "Definitions"), either=True),
    Case("50,000 definitions", *_tota(lambda: "boat means a raft;\n" * 50_000, "Definitions"), either=True),
    Case("definitions in a line", *_tota(lambda: "boat means a raft; " * 50_000, "Definitions"), either=True),
    Case("colons in a line", *_tota(lambda: "the boats: " * 500_000, "Definitions"), either=True),
    Case("50,000 footnotes' bodies", *_tota(lambda: "".join(f"{n % 999 + 1} The boats.\n" for n in range(50_000))), either=True),
    Case("40,000 footnotes", *_tota(lambda: "".join(f"Boats.{n % 999 + 1}\n{n % 999 + 1} Rafts.\n" for n in range(40_000))), either=True),
    Case("100,000 footnotes' markers", *_text(lambda: "".join(f"The boats,{n % 999 + 1} and rafts.\n" for n in range(99_000))), either=True),
    Case("40,000 footnotes in brackets", *_text(lambda: "".join(f"Boats[{n}]\n[{n}] Rafts.\n" for n in range(40_000))), either=True),
    Case("pages with footnotes", *_text(lambda: "".join(f"Boats go{n % 999}\n\n{n % 999} Rafts.\n{n}\n\f" for n in range(20_000))), either=True),
    Case("40,000 page numbers", *_text(lambda: "".join(f"The boats go\n{n}\n\f" for n in range(40_000))), either=True),
    Case("30,000 articles", *_text(lambda: "".join(f"Article {n}: Aims\nBoats.\n" for n in range(1, 30_000)), head=""), either=True),
    Case("10,000 chapters", *_text(lambda: "".join(f"CHAPTER {n}\nAIMS\nArticle {n}.1: Aims\nBoats.\n" for n in range(1, 10_000)), head=""), either=True),
    Case("50,000 sections", *_text(lambda: "Section A: Boats\n" * 50_000), either=True),
    Case("50,000 Parts", *_text(lambda: "PART 2: BOATS\n" * 50_000), either=True),
    Case("20,000 annexes", *_text(lambda: "Boats.\n" + "".join(f"ANNEX 1-{n}\nBoats.\n" for n in range(20_000))), refused=TOO_LARGE),
    Case("20,000 annexes in an article", *_tota(lambda: "The boats.\n" + "Annex 1: Boats\nRafts.\n" * 20_000), refused=TOO_LARGE),
    Case("headings in a line", *_text(lambda: "Section A - Boats " * 100_000), either=True),
    Case("articles in a line", *_text(lambda: "".join(f"ARTICLE {n}: Aims Boats go. " for n in range(1, 30_000)), head=""), either=True),
    Case("first entries in a line", *_text(lambda: "word (a) word (i) word " * 100_000), either=True),
    Case("citations", *_text(lambda: "Articles 1.1, 1.2 through 1.9 and paragraphs (a), (b) and (c) " * 60_000), either=True),
    Case("citations of one another", *_text(lambda: "Article 1.1 and Article 4, " * 200_000), either=True),
    Case("a heading of 5 MB", *_tota(lambda: "Boats.", "Boats And " * 500_000), either=True),
    Case("a number of 5 MB", *_tota(lambda: "Boats.", number="ARTICLE " + "1" * 5_000_000), either=True),
    Case("page of 31 MB", *_html(lambda: "<p>" + "The keepers keep boats " * 1_300_000), refused=TOO_LARGE),
    Case("page of lists in lists", *_html(lambda: "<ol><li>x" * 900), either=True),
    Case("page of 50,000 lists", *_html(lambda: "<ol><li>x</ol>" * 50_000), either=True),
    Case("page of a long table", *_html(lambda: "<table>" + "<tr><td>x<td>y</tr>" * 50_000), either=True),
    Case("page of spans", *_html(lambda: "<table>" + "<tr><td colspan=1000 rowspan=65534>x<td>y" * 3_000), either=True),
    Case("page of 20,000 footnotes", *_html(lambda: "".join(f"<p>x<a href='#n{n}'>{n}</a>" for n in range(20_000)) + "".join(f"<p id='n{n}'>{n} y" for n in range(20_000))), either=True),
    Case("page of attributes", *_html(lambda: "<p " + "a " * 2_000_000 + ">"), refused="attributes"),
    Case("page of brackets", *_html(lambda: "<" * 5_000_000), either=True),
    Case("act of 31 MB", *_section(lambda: "The keepers keep boats. <i>x</i>" * 1_000_000), refused=TOO_LARGE),
    Case("act of 5.9 MB of words", *_section(lambda: "The keepers keep boats. <br/>" * 99_000 + "The keepers keep boats. " * 146_000), either=True),
    Case("act of 24,000 levels", *_act(lambda: "<section><num>1</num><content><p>x</p></content></section>" * 24_000), either=True),
    Case("act of 200,000 elements", *_section(lambda: "<i>x</i> " * 200_000), refused=TOO_LARGE),
    Case("act of 99,000 elements", *_section(lambda: "<i>x</i> " * 99_000), either=True),
    Case("act of elements out of place", *_section(lambda: "<date>x</date> " * 99_000), either=True),
    Case("act of elements in elements", *_section(lambda: ("<i>" * 80 + "x" * 20 + "</i>" * 80) * 1_200), either=True),
    Case("act of unknown elements", *_section(lambda: "<blah>x</blah> <y xmlns='urn:y'>z</y> " * 49_000), either=True),
    Case("act of 39,000 citations", *_section(lambda: "<ref href='#x'>x</ref> section 1 and Article 4 " * 19_500), either=True),
    Case("act of 49,000 footnotes", *_section(lambda: "x<authorialNote marker='1'><p>y</p></authorialNote>" * 49_000), either=True),
    Case("act of 3,000 footnotes on footnotes", *_act("<section><content><p>x<noteRef href='#n0'/></p></content></section>", "".join(f"<note eId='n{n}'><p>y<noteRef href='#n{n + 1}'/></p></note>" for n in range(3_000))), either=True),
    Case("act of a long table", *_act(lambda: "<section><content><table>" + "<tr><td>x</td><td>y</td></tr>" * 33_000 + "</table></content></section>"), either=True),
    Case("act of 39,000 definitions", *_act(lambda: "<section><content>" + "<p refersTo='#t'><def>x</def> means y;</p>" * 39_000 + "</content></section>"), either=True),
    Case("zip bomb", "z.docx", lambda: docx(p("x"), parts={"word/document.xml": bytes(400_000_000)}), refused="unpacks"),
    Case("zip bomb below the bound", "z.docx", lambda: docx(p("x"), parts={"word/document.xml": b"<w:document xmlns:w='w'>" + b" " * 63_000_000}), refused="broken|no words"),
    Case("Word file of 90,000 paragraphs", *_docx(lambda: p("x", num="1") * 90_000), either=True),
    Case("Word file of one long paragraph", *_docx(lambda: p("The keepers keep boats " * 250_000)), either=True),
    Case("Word file of 190,000 runs", *_docx(lambda: p("<w:r><w:t>x </w:t></w:r>" * 190_000)), either=True),
    Case("Word file of 20,000 footnotes", "z.docx", lambda: docx(p("Article 1: Aims", "Heading1") + p(note(1) * 20_000), notes=f'<w:footnote w:id="1">{p("y")}</w:footnote>'), either=True),
    Case("PDF bomb", "z.pdf", lambda: pdf(down("x"), stream=zlib.compress(b"BT (x) Tj ET " * 10_000_000)), refused="PDF"),
    Case("PDF of 1,500 pages", "z.pdf", lambda: pdf(*[down("Article 1: Aims", *["(a) boats; and"] * 50) for _ in range(1_500)]), refused="too large|No article|longer than", either=True),
)  # fmt: skip
"""Each must end within the bounds of `benchmarks/hostile.py`."""
