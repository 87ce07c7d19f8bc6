"""Web pages of our own in the shapes of official publications: blocks, headings, lists, tables, footnotes, furniture."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treaty_diff.errors import SourceError
from treaty_diff.ingest import profiles
from treaty_diff.ingest.blocks import Pages
from treaty_diff.ingest.html import read_html, sniff_html
from treaty_diff.ingest.outline import assemble
from treaty_diff.ingest.report import Report
from treaty_diff.text.model import Metadata

META = Metadata("pact", "Pact of the Guilds", "2001-02-03", "2001-02-03", "eng")


def read(page: str | bytes, **options: str) -> tuple[Pages, Report]:
    report = Report()
    data = page if isinstance(page, bytes) else page.encode()
    return read_html(data, report=report, **options), report


def printed(pages: Pages) -> list[str]:
    """Blocks as `number words`, `{sign}` where a footnote's mark stands."""
    out = []
    for block in pages.blocks:
        words = block.words
        for mark in reversed(block.marks):
            words = f"{words[: mark.offset]}{{{pages.notes[mark.key][0]}}}{words[mark.offset :]}"
        out.append(f"{block.number} {words}".strip())
    return out


ONE_PAGE = """<!DOCTYPE html><html lang="en-CA"><head><title>Pact of the Guilds</title></head><body>
<nav><a href="/">Home</a></nav><main>
<h1>Pact of the Guilds</h1>
<ul><li><a href="#c1">Chapter One</a></li><li><a href="#a1">Article 1</a></li></ul>
<h2 id="c1">Chapter One: Beginnings</h2>
<h3 id="a1">Article 1: Aims</h3>
<p>1. The Guilds shall trade freely<a href="#_ftn1" name="_ftnref1">[1]</a> in wares.</p>
<p>2. Each Guild shall:</p>
<ol type="a"><li>keep scales; and</li><li>publish:<ol type="i"><li>tolls;</li><li>fees.</li></ol></li></ol>
<h3>Article 2: Definitions</h3>
<p><b>ware</b> means a thing that is sold.</p>
<p><a href="#top">Back to top</a></p>
<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Also by sea.</p><p>And by land.</p></div>
</main><footer>Contact us</footer></body></html>"""


def test_one_long_page_with_lists_and_footnotes() -> None:
    pages, report = read(ONE_PAGE)
    assert printed(pages) == [
        "Pact of the Guilds", "Chapter One: Beginnings", "Article 1: Aims", "1. The Guilds shall trade freely{1} in wares.",
        "2. Each Guild shall:", "(a) keep scales; and", "(b) publish:", "(i) tolls;", "(ii) fees.", "Article 2: Definitions",
        "ware means a thing that is sold.",
    ]  # fmt: skip
    assert [block.level for block in pages.blocks][:4] == [1, 2, 3, 0]
    assert list(pages.notes.values()) == [("1", "Also by sea.\nAnd by land.")]
    assert (pages.language, pages.title) == ("eng", "Pact of the Guilds")
    assert [note.words for note in report.dropped] == ["Chapter One", "Article 1", "Back to top"]


def test_one_long_page_becomes_a_treaty() -> None:
    pages, report = read(ONE_PAGE)
    treaty = assemble(pages, META, report)
    first, second = treaty.articles()
    assert (first.label, first.title, second.title) == ("Article 1", "Aims", "Definitions")
    assert [p.label for p in first.walk()] == ["Article 1", "1.", "2.", "(a)", "(b)", "(i)", "(ii)"]
    assert [note.body.content for p in first.walk() for note in p.footnotes] == ["Also by sea.\nAnd by land."]


OLD_PAGE = """<html><head><title>SICE</title></head><body><table width="100%"><tr><td><a href="http://www.sice.oas.org/">SICE</a></td></tr>
<tr><td><table><tr><td><font size="2"><p align="center"><b>CHAPTER TWO<br>GENERAL WORDS</b></p>
<p><b>Article 201: Scales</b></p>
<p>1. For this Pact<a href="#N_1_">(1)</a>, a Guild shall:<br><br>&nbsp;&nbsp; (a)&nbsp;&nbsp; keep
scales;<br><br>(b) test them<br>each year.
<p><b>guild</b> means a body of masters.
<p><a name="N_1_"></a>1. Signed in our own town.<br><a href="chap-03.asp">Next</a> | <a href="toc.asp">Table of Contents</a>
</font></td></tr></table></td></tr></table></body></html>"""


def test_old_markup_with_layout_tables_bold_headings_and_broken_lines() -> None:
    pages, report = read(OLD_PAGE)
    assert printed(pages) == [
        "CHAPTER TWO", "GENERAL WORDS", "Article 201: Scales", "1. For this Pact{1}, a Guild shall:", "(a) keep scales;",
        "(b) test them", "each year.", "guild means a body of masters.",
    ]  # fmt: skip
    assert [b.level > 0 for b in pages.blocks] == [True, True, True, False, False, False, False, False]
    assert list(pages.notes.values()) == [("1", "Signed in our own town.")]
    assert [n.words for n in report.dropped] == ["SICE", "Next | Table of Contents"]


def test_footnotes_of_the_government_of_canada() -> None:
    pages, _ = read(
        """<main property="mainContentOfPage"><h1 id="wb-cont">Article 3: Tolls</h1>
        <p>No tolls<sup id="fn1-rf"><a class="fn-lnk" href="#fn1"><span class="wb-inv">Footnote </span>1</a></sup> on bridges.</p>
        <aside class="wb-fnote"><h2>Footnotes</h2><dl><dt>Footnote 1</dt><dd id="fn1"><p>Nor fees.</p>
        <p class="fn-rtn"><a href="#fn1-rf"><span class="wb-inv">Return to footnote </span>1</a></p></dd></dl></aside></main>"""
    )
    assert printed(pages) == ["Article 3: Tolls", "No tolls{1} on bridges."]
    assert list(pages.notes.values()) == [("1", "Nor fees.")]


def test_the_official_journal_by_its_profile() -> None:
    pages, _ = read(
        """<p class="oj-ti-section-1">Section 1</p><p class="oj-ti-art">Article 4</p><p class="oj-sti-art">Weights</p>
        <table><tr><td><p class="oj-normal">(a)</p></td><td><p class="oj-normal">stone;</p></td></tr>
        <tr><td><p class="oj-normal">(b)</p></td><td><p class="oj-normal">iron.</p></td></tr></table>"""
    )
    assert [(b.level, b.number, b.words) for b in pages.blocks] == [
        (2, "", "Section 1"), (profiles.ARTICLE_LEVEL, "", "Article 4"), (profiles.ARTICLE_LEVEL, "", "Weights"), (0, "(a)", "stone;"), (0, "(b)", "iron."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "expected", "notes"),
    [
        ("<p>Tolls<sup>1</sup> and fees.</p><p><sup>1</sup> Old ones.</p>", ["Tolls{1} and fees."], [("1", "Old ones.")]),
        # a raised number that no body answers is a power
        ("<p>A field of 9 m<sup>2</sup> is small.</p>", ["A field of 9 m2 is small."], []),
        # numbers start again with each chapter
        (
            "<p>A<sup>1</sup></p><p><sup>1</sup> One.</p><p>B<sup>1</sup></p><p><sup>1</sup> Two.</p>",
            ["A{1}", "B{1}"],
            [("1", "One."), ("1", "Two.")],
        ),
        (
            "<p>A<sup>1, 2</sup>.</p><p><sup>1</sup> One.</p><p><sup>2</sup> Two.</p>",
            ["A{1}{2}."],
            [("1", "One."), ("2", "Two.")],
        ),
        # bodies parted by breaks in one paragraph, the last followed by an article
        (
            '<p>A<a href="#fn1">1</a> b<a href="#fn2">2</a></p><p><a name="fn1">1</a> One.<br><a name="fn2">2</a> Two.</p><h3>Article 9</h3>',
            ["A{1} b{2}", "Article 9"],
            [("1", "One."), ("2", "Two.")],
        ),
        ('<ol><li id="fn:1">One. <a href="#fnref:1">↩</a></li></ol><p>x</p>', ["1. One. ↩", "x"], []),
        (
            '<p>A<sup id="fnref:1"><a href="#fn:1">1</a></sup></p><ol><li id="fn:1">One. <a href="#fnref:1">↩</a></li></ol>',
            ["A{1}"],
            [("1", "One.")],
        ),
    ],
)
def test_footnotes_are_joined_with_their_marks(page: str, expected: list[str], notes: list[tuple[str, str]]) -> None:
    pages, _ = read(page)
    assert printed(pages) == expected
    assert list(pages.notes.values()) == notes


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol start=4 type=A><li>a<li value=9>b<li>c</ol>", ["(D) a", "(I) b", "(J) c"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ("<ol style='list-style-type: lower-roman'><li>a<li>b</ol>", ["(i) a", "(ii) b"]),
        ("<ol style='list-style:none'><li>1. a</ol>", ["1. a"]),
        ("<ul><li>a</ul>", ["a"]),
        ("<ol type=a start=27><li><p>a</p><p>b</p></ol>", ["(aa) a", "b"]),
        ("<table><tr><td></td><td>(a)</td><td>a;</td></tr><tr><td></td><td>(b)</td><td>b</td></tr></table>", ["(a) a;", "(b) b"]),
        ("<pre>Line\n  two\n</pre>", ["Line", "two"]),
        ("<p>Café\u00a0au “lait” — co\u00adop ﬁn</p>", ["Café\u00a0au “lait” — co\u00adop ﬁn"]),
        ("<p>a<span style='display:none'>b</span>c<script>d</script></p><!-- e --><p hidden>f</p>", ["ac"]),
        ("<p>a &amp; b &lt;c&gt; &eacute; &#x10FFFD;&#1;d</p>", ["a & b <c> é d"]),
        ("<h2>Article 2<br>Wares and<br>Tolls</h2>", ["Article 2 Wares and Tolls"]),
    ],
)
def test_words_and_list_numbers_are_those_that_the_page_shows(page: str, expected: list[str]) -> None:
    assert printed(read(page)[0]) == expected


def test_a_footnote_without_a_body_keeps_its_sign_and_is_reported() -> None:
    pages, report = read('<p>A<a href="#_ftn1" name="_ftnref1">[1]</a>.</p><div id="_ftn1"><p></p></div>')
    assert printed(pages) == ["A{1}."]
    assert [n.what for n in report.unclear] == ["footnote without a body"]


def test_table_of_data_keeps_its_cells_and_its_footnotes() -> None:
    pages, _ = read(
        '<table><caption>Tolls</caption><tr><th colspan=2>Ware</th><th>Toll</th></tr><tr><td rowspan=2>Cloth</td><td>red</td><td>5<a href="#fn1">1</a>'
        '</td></tr><tr><td>blue</td><td>6</td></tr></table><p><a name="fn1">1</a> A year.</p>'
    )
    (table,) = pages.blocks
    assert table.table == (("Ware", "", "Toll"), ("Cloth", "red", "5"), ("", "blue", "6"))
    assert (table.words, [m.key for m in table.marks]) == ("Tolls", list(pages.notes))


@pytest.mark.parametrize(
    ("data", "words", "odd"),
    [
        ("<p>“é”</p>".encode("utf-16"), "“é”", 0),
        ("<p>“é”</p>".encode("utf-16-le"), "“é”", 0),
        (b"\xef\xbb\xbf<p>\xc3\xa9</p>", "é", 0),
        (b"<meta charset=iso-8859-1><p>\x93\xe9\x94</p>", "“é”", 0),
        (b"<meta charset=iso-8859-1><p>\xc3\xa9</p>", "é", 1),  # declared wrongly
        (b"<meta charset=utf-8><p>\xc3\xa9 \x93a\x94</p>", "é “a”", 1),  # mixed
        (b"<p>\xe9t\xe9</p>", "été", 1),
        (b"<p>cut \xc3", "cut", 1),
        (b"<p>a\0b</p>", "ab", 1),
        (b"<?xml version='1.0' encoding='windows-1251'?><p>\xcf</p>", "П", 0),
        (b"<meta charset=utf-7><p>+ADw-</p>", "+ADw-", 0),  # no encoding that pages may have
    ],
)
def test_encoding_is_declared_or_found_by_looking(data: bytes, words: str, odd: int) -> None:
    pages, report = read(data)
    assert [b.words for b in pages.blocks] == [words]
    assert len(report.mended) >= odd


def test_every_profile_that_is_shipped_can_be_read() -> None:
    assert list(profiles.shipped()) == ["canada", "eurlex", "sice", "ustr", "word", "general"]


def test_a_profile_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('content = [".text"]\ndrop = [".ad"]\nbold = 0\n[headings]\n2 = [".head"]\n')
    pages, _ = read("<p>out</p><div class=text><p class=head>In</p><p><b>bold</b></p><p class=ad>ad</p></div>", profile=str(own))
    assert [(b.words, b.level) for b in pages.blocks] == [("In", 2), ("bold", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "content = 'x'",
        "fits = [\"title:contains('x')\"]",
        "content = ['p[']",
        "colour = []",
        "[headings]\n12 = ['p']",
        "=",
        "bold = 'b'",
    ],
)
def test_a_malformed_profile_says_what_is_wrong(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(SourceError) as error:
        profiles.named(own)
    assert error.value.cause
    assert error.value.fix


def test_an_unknown_profile_is_an_error_that_names_the_known() -> None:
    with pytest.raises(SourceError, match="canada, eurlex"):
        profiles.named("atlantis")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!DOCTYPE html><p>x", True),
        (b"\xef\xbb\xbf <!-- c --><HTML>", True),
        ("<html>".encode("utf-16"), True),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'>", True),
        (b"<table><tr>", True),
        (b"<treaty><meta/></treaty>", False),
        (b"<akomaNtoso/>", False),
        (b"Article 1\n<p>", False),
        (b"", False),
        (b"PK\x03\x04<html>", False),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", False),
    ],
)
def test_a_web_page_is_known_by_its_opening(data: bytes, expected: bool) -> None:
    assert sniff_html(data) is expected


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no tags at all",
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0" * 50,
        b"<html><body><script>x()</script></body></html>",
        b"<b>" * 100_000 + b"deep",
        b"<div>x" * 100_000,
        b"<br>" * 210_000,
        b"<p " + b" ".join(b"a%d" % n for n in range(100_000)) + b">x",
        b"<p a='>' " + b" ".join(b"a%d" % n for n in range(100_000)) + b">x",
        b"<p>" + b"x" * 32_000_001,
    ],
    ids="empty plain jpeg script deep-inline deep-block tags attributes attributes-after-quote large".split(),
)
def test_hostile_and_broken_pages_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        read_html(data, name="page.htm")
    assert "page.htm" in error.value.what or "too large to be read as a treaty" in error.value.what
    assert error.value.cause
    assert error.value.fix


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", [b"<p>word ", b"<i>a</i>", b"<a href=#x>1</a>", b"<sup>1</sup>", b"<table><tr><td>x</table>", b"<li>x"]
)
def test_large_pages_are_read_whole(piece: bytes) -> None:
    pages, _ = read(b"<p>" + piece * (190_000 // piece.count(b"<")) + b"end")
    assert pages.blocks[-1].words.endswith("end")


_TAGS = [
    "p",
    "b",
    "sup",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "a",
    "br",
    "h2",
    "div",
    "script",
    "pre",
    "main",
    "dd",
    "aside",
    "ol type=a",
]
_PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag}>" for tag in _TAGS]),
    st.sampled_from(
        [
            '<a href="#fn1">1</a>',
            '<a name="fn1" href="#r1">',
            '<sup id="r1">',
            "<td colspan=9 rowspan=99999>",
            "<li value=x>",
            "&nbsp;",
            "1",
            "(a)",
        ]
    ),
    st.text(max_size=5),
)


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=40))
def test_any_soup_of_tags_is_read_or_refused(pieces: list[str]) -> None:
    try:
        pages = read_html("".join(pieces).encode("utf-8", "surrogatepass"))
    except SourceError:
        return
    for block in pages.blocks:
        assert all(0 <= mark.offset <= len(block.words) for mark in block.marks)
        assert "\U0010fffd" not in block.words


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        pages = read_html(b"<p>" + data)
    except SourceError:
        return
    assert pages.blocks
