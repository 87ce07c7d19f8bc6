"""Word files made here part by part: numbers as Word prints them, headings by style, footnotes, tables, tracked changes."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treaty_diff.errors import SourceError
from treaty_diff.ingest.blocks import Pages
from treaty_diff.ingest.docx import read_docx, sniff_docx
from treaty_diff.ingest.docx_numbering import printed as in_form
from treaty_diff.ingest.outline import assemble
from treaty_diff.ingest.report import Report
from treaty_diff.text.model import Metadata

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
META = Metadata("pact", "Pact of the Guilds", "2001-02-03", "2001-02-03", "eng")

STYLES = """<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own heading"/><w:basedOn w:val="Heading1"/></w:style>
<w:style w:type="paragraph" w:styleId="Article"><w:name w:val="Treaty article"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Para"><w:name w:val="Para"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Para"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring"/></w:style>"""


def level(n: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


TREATY_LIST = (
    level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "(%2)", '<w:pStyle w:val="Sub"/>')
    + level(2, "lowerRoman", "(%3)")
    + level(3, "upperLetter", "(%4)")
)
NUMBERING = f"""<w:abstractNum w:abstractNumId="7">{TREATY_LIST}</w:abstractNum>
<w:abstractNum w:abstractNumId="8">{level(0, "cardinalText", "Chapter %1")}{level(1, "decimal", "Article %1.%2", "<w:isLgl/>")}</w:abstractNum>
<w:abstractNum w:abstractNumId="9">{level(0, "bullet", "•")}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="7"/></w:num>"""


def p(text: str = "", style: str = "", num: str = "", depth: int = 0, more: str = "") -> str:
    """A paragraph; `text` may be runs of its own."""
    runs = text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>' if num else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{listed}{more}</w:pPr>{runs}</w:p>"


def r(text: str, more: str = "") -> str:
    return f'<w:r><w:rPr>{more}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def note(n: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{n}"/></w:r>'


def part(root: str, inside: str, ns: str = W) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{ns}" xmlns:mc="urn:mc" xmlns:v="urn:v">{inside}</w:{root}>'


def docx(
    body: str,
    *,
    notes: str = "",
    settings_: str = "",
    comments: str = "",
    endnotes: str = "",
    parts: dict[str, str | bytes] | None = None,
    ns: str = W,
) -> bytes:
    kinds = {
        "styles": STYLES,
        "numbering": NUMBERING,
        "footnotes": notes,
        "endnotes": endnotes,
        "settings": settings_,
        "comments": comments,
    }
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": "<Relationships>"
        + "".join(f'<Relationship Id="{k}" Type="{R}/{k}" Target="{k}.xml"/>' for k in kinds)
        + "</Relationships>",
        "word/document.xml": part("document", f"<w:body>{body}</w:body>", ns),
        **{f"word/{kind}.xml": part(kind, inside, ns) for kind, inside in kinds.items()},
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files.items():
            z.writestr(name, data)
    return out.getvalue()


def printed(pages: Pages) -> list[str]:
    out = []
    for block in pages.blocks:
        words = block.words
        for mark in reversed(block.marks):
            words = f"{words[: mark.offset]}{{{pages.notes[mark.key][0]}}}{words[mark.offset :]}"
        out.append(f"{block.number} {words}".strip())
    return out


def read(body: str, **options: object) -> list[str]:
    return printed(read_docx(docx(body, **options)))  # type: ignore[arg-type]


def footnotes(*texts: str) -> str:
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    return separator + "".join(f'<w:footnote w:id="{n}">{p(text)}</w:footnote>' for n, text in enumerate(texts, 1))


def test_a_word_file_becomes_a_treaty() -> None:
    body = (
        p("Chapter One: Beginnings", "Heading1")
        + p("Article 1: Aims", "Article")
        + p(r("The Guilds trade") + note(1) + r(" freely."), num="1")
        + p("Each Guild shall:", num="1")
        + p("keep scales; and", num="1", depth=1)
        + p("publish:", num="1", depth=1)
        + p("tolls; and", num="1", depth=2)
        + p("fees.", num="1", depth=2)
        + p("Article 2: Ends", "Article")
        + p("The Pact ends when the Guilds say so.", num="2")
    )
    report = Report()
    treaty = assemble(read_docx(docx(body, notes=footnotes("By sea too.")), report=report), META, report)
    first, second = treaty.articles()
    assert [q.label for q in first.walk()] == ["Article 1", "1.", "2.", "(a)", "(b)", "(i)", "(ii)"]
    assert [q.label for q in second.walk()] == ["Article 2", "1."]
    assert [n.body.content for q in first.walk() for n in q.footnotes] == ["By sea too."]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a deeper level starts again under each entry
        (
            p("a", num="1") + p("b", num="1", depth=1) + p("c", num="1") + p("d", num="1", depth=1) + p("e", num="1", depth=3),
            ["1. a", "(a) b", "2. c", "(a) d", "(A) e"],
        ),
        # two lists that share their levels count on, one that says where it starts begins again
        (p("a", num="1") + p("b", num="5") + p("c", num="2") + p("d", num="2"), ["1. a", "2. b", "1. c", "2. d"]),
        # numbers of styles; a style's level is the one that the list links to it
        (p("a", "Para") + p("b", "Sub") + p("c", "Sub") + p("d", "Para"), ["1. a", "(a) b", "(b) c", "2. d"]),
        # a paragraph may take its style's number away
        (p("a", "Para", num="0") + p("b", "Para"), ["a", "1. b"]),
        # words, legal numbering
        (
            p("a", num="3") + p("b", num="3", depth=1) + p("c", num="3", depth=1),
            ["Chapter One a", "Article 1.1 b", "Article 1.2 c"],
        ),
        (p("a", num="4"), ["a"]),
        (p("a", num="77"), ["a"]),
        (p("a", num="1", depth=99), ["a"]),
        # an empty paragraph of a list is counted, as Word does
        (p("a", num="1") + p(num="1") + p("b", num="1"), ["1. a", "3. b"]),
    ],
)
def test_numbers_are_those_that_word_prints(body: str, expected: list[str]) -> None:
    assert read(body) == expected


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (1, "decimal", "1"), (27, "lowerLetter", "aa"), (54, "upperLetter", "BBB"), (9, "lowerRoman", "ix"), (14, "upperRoman", "XIV"),
        (21, "cardinalText", "Twenty-One"), (40, "cardinalText", "Forty"), (3, "decimalZero", "03"), (5, "chicago", "**"), (0, "lowerRoman", "0"),
        (9, "unheardOf", "9"), (1, "none", ""),
    ],
)  # fmt: skip
def test_forms_of_numbers(number: int, form: str, expected: str) -> None:
    assert in_form(number, form) == expected


def test_headings_are_known_by_style_outline_level_and_bold() -> None:
    bold = "<w:b/>"
    body = (
        p("A", "Heading1") + p("B", "Own") + p("C", "Article") + p("D", more='<w:outlineLvl w:val="3"/>') + p(r("E", bold))
        + p(r("f", bold) + r(" means")) + p("G", "Ring") + p(r("H", '<w:b w:val="0"/>')) + p("I", num="3")
    )  # fmt: skip
    assert [(b.words, b.level) for b in read_docx(docx(body)).blocks] == [
        ("A", 1), ("B", 1), ("C", 2), ("D", 4), ("E", 6), ("f means", 0), ("G", 0), ("H", 0), ("I", 6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (r("co") + "<w:r><w:softHyphen/></w:r>" + r("op"), ["co\u00adop"]),
        (r("re") + "<w:r><w:noBreakHyphen/></w:r>" + r("set"), ["re\u2011set"]),
        (r("a") + "<w:r><w:tab/></w:r>" + r("b"), ["a b"]),
        (r("a") + "<w:r><w:br/></w:r>" + r("b") + '<w:r><w:br w:type="page"/></w:r>', ["a", "b"]),
        (r("a\u00a0“b” ﬁ") + r("hidden", "<w:vanish/>"), ["a\u00a0“b” ﬁ"]),
        ("<w:hyperlink><w:smartTag>" + r("a") + "</w:smartTag></w:hyperlink><w:fldSimple>" + r("7") + "</w:fldSimple>", ["a7"]),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + r("x"), ["x"]),
        ('<w:r><w:sym w:font="Symbol" w:char="F0A7"/></w:r>' + r("x"), ["§x"]),
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
            + p("box")
            + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback>"
            "<w:pict><w:txbxContent>" + p("box") + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>" + r("x"),
            ["x", "box"],
        ),
        ("<w:sdt><w:sdtContent>" + r("x") + "</w:sdtContent></w:sdt>", ["x"]),
    ],
)
def test_words_of_runs(runs: str, expected: list[str]) -> None:
    assert read(p(runs)) == expected


def test_strict_files_are_read_as_well() -> None:
    assert read(p("a", num="1") + p("B", "Heading1"), ns=STRICT) == ["1. a", "B"]


def test_footnotes_are_numbered_as_the_file_says() -> None:
    section = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    body = p(r("a") + note(1) + r(" b") + note(2) + r(".")) + p("", more=section) + p(r("c") + note(3)) + section
    pages = read_docx(docx(body, notes=footnotes("One.", "Two.", "Three.")))
    assert printed(pages) == ["a{1} b{2}.", "c{1}"]
    assert list(pages.notes.values()) == [("1", "One."), ("2", "Two."), ("1", "Three.")]
    in_letters = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    assert read(p(r("a") + note(1)), notes=footnotes("One."), settings_=in_letters) == ["a{c}"]


def test_endnotes_are_counted_apart_in_small_roman_numerals() -> None:
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    body = f'<w:endnote w:id="1">{p("At the end.")}</w:endnote>'
    pages = read_docx(docx(p(r("a") + note(1) + r(" b") + end + r(".")), notes=footnotes("One."), endnotes=body))
    assert printed(pages) == ["a{1} b{i}."]
    assert list(pages.notes.values()) == [("1", "One."), ("i", "At the end.")]


def test_a_footnote_without_a_body_keeps_its_sign_and_is_reported() -> None:
    report = Report()
    assert printed(read_docx(docx(p(r("a") + note(8))), report=report)) == ["a{1}"]
    assert [n.what for n in report.unclear] == ["footnote without a body"]


def test_footnote_with_a_mark_of_its_own_is_not_counted() -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    assert read(p(own + r("x") + note(2)), notes=footnotes("Star.", "One.")) == ["{*}x{1}"]


def table(*rows: list[str], properties: str = "") -> str:
    return (
        "<w:tbl>"
        + "".join(f"<w:tr>{properties}{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def test_tables_of_data_lists_and_layout() -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    data = table([wide + p("Ware"), p("Toll")], [p("Cloth"), p("red"), p(r("5") + note(1))])
    pages = read_docx(docx(data, notes=footnotes("A year.")))
    assert pages.blocks[0].table == (("Ware", "", "Toll"), ("Cloth", "red", "5"))
    assert [m.key for m in pages.blocks[0].marks] == list(pages.notes)
    assert read(table([p("(a)"), p("wares;")], [p("(b)"), p("tolls.") + p("More.")])) == ["(a) wares;", "(b) tolls.", "More."]
    assert read(table([p("one", num="1")], [p("two", num="1")])) == ["1. one", "2. two"]


def test_contents_made_by_word_and_comments_are_dropped_and_reported() -> None:
    toc = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    report = Report()
    pages = read_docx(
        docx(
            toc + p("Chapter One 3") + "</w:sdtContent></w:sdt>" + p("Chapter Two 9", "TOC1") + p("x"),
            comments=f"<w:comment>{p('No!')}</w:comment>",
        ),
        report=report,
    )
    assert printed(pages) == ["x"]
    assert [n.what for n in report.dropped] == ["table of contents", "table of contents", "comments in the margin"]


INS, DEL = '<w:ins w:author="Clerk" w:id="1">', '<w:del w:author="Clerk" w:id="2">'


def deleted(text: str) -> str:
    return f"{DEL}<w:r><w:delText>{text}</w:delText></w:r></w:del>"


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (p(r("The ") + deleted("old") + INS + r("new") + "</w:ins>" + r(" toll")), ["The new toll"], ["The old toll"]),
        # a paragraph's end struck, or put in
        (p(r("a "), more=f"<w:rPr>{DEL}</w:del></w:rPr>") + p("b"), ["a b"], ["a", "b"]),
        (p(r("a "), more=f"<w:rPr>{INS}</w:ins></w:rPr>") + p("b"), ["a", "b"], ["a b"]),
        (p("<w:moveFrom>" + r("x") + "</w:moveFrom>" + r("y") + "<w:moveTo>" + r("x") + "</w:moveTo>"), ["yx"], ["xy"]),
        (
            p("a", num="1") + p(r("b"), num="1", more=f"<w:rPr>{DEL}</w:del></w:rPr>") + p("c", num="1"),
            ["1. a", "2. bc"],
            ["1. a", "2. b", "3. c"],
        ),
        (table([p("a"), p("b")], properties=f"<w:trPr>{INS}</w:ins></w:trPr>") + p("x"), ["", "x"], ["x"]),
    ],
)
def test_tracked_changes_are_refused_or_taken_by_choice(body: str, accepted: list[str], rejected: list[str]) -> None:
    data = docx(body)
    with pytest.raises(SourceError, match="tracked changes") as error:
        read_docx(data, name="pact.docx")
    assert "accepted or rejected" in error.value.fix
    assert printed(read_docx(data, changes="accept")) == accepted
    assert printed(read_docx(data, changes="reject")) == rejected


def test_tracked_changes_in_footnotes_are_refused_too() -> None:
    notes = f'<w:footnote w:id="1">{p(INS + r("new") + "</w:ins>")}</w:footnote>'
    with pytest.raises(SourceError, match="tracked changes"):
        read(p(r("a") + note(1)), notes=notes)


def document(xml: str | bytes) -> bytes:
    return docx("", parts={"word/document.xml": xml})


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0" * 20,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"PK\x03\x04" + b"\0" * 300,
        docx(p("x"))[:-400],
        docx(""),
        document(""),
        document("<w:document"),
        document(part("document", "<w:body><w:p>" + "<w:smartTag>" * 100_000)),
        document(part("document", f"<w:body>{p('x')}")),
        document(f'{BOMB}]><w:document xmlns:w="{W}"><w:body>{p("&i;")}</w:body></w:document>'),
        document(f'<!DOCTYPE w SYSTEM "file:///etc/passwd"><w:document xmlns:w="{W}"><w:body>{p("x")}</w:body></w:document>'),
        document(b" " * 70_000_000),
        document(part("document", "<w:body><w:p>" + "<w:r/>" * 500_000 + "</w:p></w:body>")),
        docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 100_001),
        docx("", parts={f"x{n}": "" for n in range(10_100)}),
        docx("", parts={"_rels/.rels": "<R><R Type='x/officeDocument' Target='../../../etc/passwd'/></R>"}),
    ],
    ids="empty jpeg old-word zip-start cut no-words no-xml broken deep truncated-xml entities dtd bomb wide long many-parts elsewhere".split(),
)
def test_hostile_and_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        read_docx(data, name="pact.docx")
    assert "pact.docx" in error.value.what or "too large to be read as a treaty" in error.value.what
    assert error.value.cause
    assert error.value.fix


def test_entities_are_never_expanded_nor_controls_let_in() -> None:
    assert read(p(r("a\u202eb &#xE000; &#x10FFFD;c"))) == ["a\u202eb \ue000 c"]


@pytest.mark.parametrize(
    ("data", "expected"), [(docx(p("x")), True), (b"PK\x03\x04 odt", False), (b"\xff\xd8\xff\xe0word/", False), (b"", False)]
)
def test_a_word_file_is_known_by_its_parts(data: bytes, expected: bool) -> None:
    assert sniff_docx(data) is expected


_PARTS = st.sampled_from(
    ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>x</w:t>", note(1), note(9), p("a", num="1", depth=4), p("b", "Ring"), "<w:tbl>", "</w:tbl>",
     "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", INS, "</w:ins>", "<w:sectPr/>", '<w:sym w:char="D800"/>', '<w:sym w:char="zz"/>']
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(_PARTS, max_size=25), st.sampled_from(["", "accept", "reject"]))
def test_any_body_is_read_or_refused(parts: list[str], changes: str) -> None:
    try:
        pages = read_docx(docx("".join(parts), notes=footnotes("One.")), changes=changes)  # type: ignore[arg-type]
    except SourceError:
        return
    assert all(mark.offset <= len(block.words) for block in pages.blocks for mark in block.marks)


WHOLE = docx(p("a", num="1") + table([p("b"), p("c")]), notes=footnotes("One."))


@settings(max_examples=300)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, 40))
def test_a_file_with_damaged_bytes_is_read_or_refused(at: int, byte: int, cut: int) -> None:
    damaged = WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 + cut :]
    try:
        pages = read_docx(damaged, changes="accept")
    except SourceError:
        return
    assert pages.blocks
