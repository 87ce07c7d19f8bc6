"""Akoma Ntoso: one helper checks the round trip and the schema in the same breath."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from treaty_diff.errors import AknError
from treaty_diff.text.akn import read_component, read_meta, read_treaty, work_iri, write_component, write_treaty
from treaty_diff.text.identifiers import assign
from treaty_diff.text.model import (
    Edition,
    Kind,
    Markup,
    MultiReference,
    Provision,
    Reference,
    Source,
    Term,
    Treaty,
)
from treaty_diff.text.validate import schema_errors

from .strategies import treaties
from .trees import (
    FERRIES,
    META,
    annex,
    article,
    chapter,
    definition,
    flush,
    heading,
    item,
    note,
    one_article,
    para,
    provision,
    section,
    sub,
    table,
    text,
    treaty,
)


def check(made: Treaty) -> dict[str, bytes]:
    """Written files are valid and read as what was written; read files are written as they were."""
    files = write_treaty(made)
    assert [finding for name, data in files.items() for finding in schema_errors(name, data)] == []
    back = read_treaty(files)
    assert back == made
    assert write_treaty(back) == files
    return files


ROW = (text("Good & bad", notes=(note("9", 4, "In a cell."),)), "10 %")

KINDS = {
    "everything at once": FERRIES,
    "Parts": treaty(
        provision(Kind.PART, "Part One", "", chapter("Chapter One", "A"), chapter("Chapter Two", "B"), heading="General"),
        provision(Kind.PART, "Part Two", "", chapter("Chapter Three", "C")),
    ),
    "sections and subsections": treaty(
        chapter(
            "Chapter 18",
            "Ideas",
            article("Article 18.1", "Before any section"),
            section(
                "Section A", "All", provision(Kind.SUBSECTION, "Subsection A", "", article("Article 18.2", "x"), heading="Some")
            ),
        )
    ),
    "chapters and articles of which only the heading is held": treaty(chapter("Chapter 1", "A", article("Article 1", "B"))),
    "articles without a chapter": treaty(article("Article 1", "A", para("1.", "x")), article("Article 2", "B", para("1.", "y"))),
    "a heading without a number, a number without a heading": treaty(
        chapter("", "A", article("Article 1", ""), article("", "B"))
    ),
    "nothing but words in an article": treaty(chapter("Chapter 1", "A", replace(article("Article 1", "B"), text=text("Words.")))),
    "words before the paragraphs of an article": treaty(
        chapter("Chapter 1", "A", replace(article("Article 1", "B", para("1.", "x")), text=text("Opening words.")))
    ),
    "words of a chapter": treaty(replace(chapter("Chapter 1", "A", article("Article 1", "B")), text=text("A note."))),
    "preamble with all it can have": treaty(
        provision(
            Kind.PREAMBLE,
            "",
            "The Parties,",
            provision(Kind.RECITAL, "(1)", "WISHING;"),
            provision(Kind.RECITAL, "", text("RECALLING;", notes=(note("1", 3, "When?"),))),
            flush("AGREE:"),
            heading="PREAMBLE\nof the Agreement",
        ),
        chapter("Chapter 1", "A"),
    ),
    "preamble of a heading only": treaty(provision(Kind.PREAMBLE, heading="PREAMBLE"), chapter("Chapter 1", "A")),
    "preamble of words only": treaty(provision(Kind.PREAMBLE, "", "The Parties agree:"), chapter("Chapter 1", "A")),
    "paragraphs without numbers": one_article(para("", "One.\nStill one."), para("", "Two.")),
    "a list four deep": one_article(
        para(
            "1.",
            "Four:",
            sub(
                "(a)",
                "a",
                item(
                    "(i)",
                    "i",
                    provision(
                        Kind.SUBITEM,
                        "(A)",
                        "A",
                        provision(Kind.SUBSUBITEM, "(1)", "1", provision(Kind.SUBSUBITEM, "(x)", "deeper")),
                    ),
                ),
            ),
        )
    ),
    "a list without words before it": one_article(para("3.", "", sub("(a)", "at once"))),
    "words after a list": one_article(para("1.", "If:", sub("(a)", "x,"), flush("then y."))),
    "a list that goes on after closing words": one_article(
        para("1.", "If:", sub("(a)", "x,"), flush("and"), sub("(b)", "y;"), flush("then"), flush("z."), sub("(c)", "and so on"))
    ),
    "definitions": one_article(
        para(
            "",
            "Here:",
            definition("ferry means a boat;"),
            definition("toll means:", sub("(a)", "money;", item("(i)", "paper")), flush("but not coins.")),
        )
    ),
    "a definition with a footnote in its term": one_article(
        para(
            "",
            "Here:",
            provision(
                Kind.DEFINITION,
                "",
                text(
                    "ferry boat means a boat;",
                    Term(0, 10, "ferry-boat"),
                    notes=(note("1", 5, "Or a raft."), note("2", 10, "Or two.")),
                ),
            ),
        )
    ),
    "annexes and nothing else": treaty(annex("Annex 1", "A", para("1.", "x")), annex("Annex 2", "B", para("1.", "y"))),
    "a preamble, concluding words and annexes": treaty(
        provision(Kind.PREAMBLE, "", "The Parties agree:"),
        provision(Kind.CONCLUSION, "", "Done at sea."),
        annex("Annex 1", "A", para("1.", "x")),
    ),
    "footnotes in numbers and headings": treaty(
        chapter(
            "Chapter 1",
            text("Boats", notes=(note("1", 5, "All of them."),)),
            article(text("Article 1", notes=(note("*", 9, "New."),)), text("Small ones", notes=(note("2", 0, "Tiny."),))),
        )
    ),
    "footnotes before, in and after a citation, and at a paragraph's end": one_article(
        para(
            "1.",
            text(
                "See Article 101 now.\nAnd then.",
                Reference(4, 15, "#chp_1__art_101"),
                notes=(
                    note("1", 4, "a"),
                    note("2", 9, "b"),
                    note("3", 15, "c"),
                    note("4", 20, "d"),
                    note("5", 21, "e"),
                    note("6", 30, "f"),
                ),
            ),
        )
    ),
    "a footnote of several paragraphs with a citation and a footnote in it": one_article(
        para(
            "1.",
            text(
                "Words.",
                notes=(
                    note(
                        "1",
                        6,
                        text("See Annex 1.\nMore.", Reference(4, 11, "#annex_1"), notes=(note("a", 3, "Deep."),)),
                        placed=False,
                    ),
                ),
            ),
        )
    ),
    "ranges and several citations at once": one_article(
        para(
            "1.",
            text(
                "Articles 101, 102 and 103 through 105",
                MultiReference(
                    0,
                    37,
                    (
                        Reference(9, 12, "#chp_1__art_101"),
                        Reference(14, 17, "/akn/x/~art_102"),
                        Reference(22, 37, "#chp_1__art_103", "#chp_1__art_105"),
                    ),
                ),
            ),
        )
    ),
    "tables": one_article(
        para("1.", "A table follows."),
        table(("Good", "Duty"), ROW),
        replace(para("2.", "Its own:"), table=table(ROW).table),
        replace(para("3.", "With a list:", sub("(a)", "x"), table(ROW), sub("(b)", "y")), table=table(ROW).table),
        replace(para("4.", ""), table=table(ROW).table),
    ),
    "headings inside an article, an annex and a list": treaty(
        chapter(
            "Chapter 1",
            "A",
            article("Article 1", "B", heading("First"), para("1.", "x", sub("(a)", "y"), heading("Then"), sub("(b)", "z"))),
            annex("Annex 1", "C", heading("Rules"), para("1.", "x")),
        )
    ),
    "annexes with trees of their own": treaty(
        chapter(
            "Chapter 1",
            "A",
            annex("Annex 1-A", "B", section("Section A", "C", para("1.", "x", sub("(a)", "y"))), article("Article 1", "D")),
        ),
        provision(Kind.CONCLUSION, "", "DONE\nin two copies."),
        annex(
            "Annex 2",
            "",
            provision(Kind.APPENDIX, "Appendix 1", "Only words."),
            provision(Kind.APPENDIX, "Appendix 2", "", para("", "x")),
        ),
        replace(annex("Annex 3", "Words first", para("1.", "x")), text=text("Opening words."), table=table(ROW).table),
    ),
    "a chapter after an annex": treaty(chapter("Chapter 1", "A"), annex("Annex 1", "B"), chapter("Chapter 2", "C")),
    "an annex between articles": treaty(
        chapter("Chapter 1", "A", article("Article 1", "B"), annex("Annex 1", "C"), article("Article 2", "D"))
    ),
    "two languages in one text": one_article(
        para("1.", text("el barco", language="spa")),
        para("2.", text("a boat", notes=(note("1", 1, text("una nota", language="spa")),))),
    ),
    "Spanish": Treaty(
        replace(META, language="spa"),
        assign(
            Provision(
                Kind.TREATY,
                children=(
                    Provision(
                        Kind.CHAPTER, num=text("Capítulo 1", language="spa"), heading=text("Señales y años", language="spa")
                    ),
                ),
            )
        ),
    ),
    "awkward characters": one_article(
        para(
            "1.",
            " <p>&amp;</p> ]]> “q” 'q' \"q\"\u00a0nb\u00adsp "
            "\u200fbidi\u202e\u2066 \U0001d54f e\u0301 \ufefftab\tcr\r\u0085\u2028 end  \n \n",
        )
    ),
    "empty words": one_article(para("1.", text(""), sub("(a)", text(""))), provision(Kind.PARAGRAPH, text(""), text(""))),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_tree_comes_back_and_is_valid(kind: str) -> None:
    check(KINDS[kind])


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(treaties())
def test_any_tree_comes_back_and_is_valid(made: Treaty) -> None:
    check(made)


@pytest.mark.parametrize("edition", Edition)
def test_metadata_come_back_whatever_the_edition(edition: Edition) -> None:
    made = FERRIES.with_root(FERRIES.root)
    made = Treaty(replace(META, edition=edition), made.root)
    files = check(made)
    assert all(read_meta(etree.fromstring(data)) == made.meta for data in files.values())


def test_an_annex_from_another_file_keeps_its_own_source() -> None:
    other = Source("ports.pdf", "https://example.org/ports.pdf", "0" * 64, "CC0", "The harbour office")
    made = replace(FERRIES, sources=(("annex_6-A", other), ("annex_6-A__app_1", other)))
    files = check(made)
    named = {name for name, data in files.items() if read_meta(etree.fromstring(data)).source == other}
    assert named == {"annex_6-A.xml", "annex_6-A__app_1.xml"}


def test_a_reconstruction_is_a_bill_and_a_restatement_is_no_authority() -> None:
    assert work_iri(META) == "/akn/un/act/treaty/1994-01-01/demo"
    assert work_iri(replace(META, edition=Edition.RESTATEMENT)).endswith("/demo-restatement")
    master = write_treaty(Treaty(replace(META, edition=Edition.RECONSTRUCTION), FERRIES.root))["main.xml"]
    assert b'<bill name="treaty"' in master
    assert b'<FRBRprescriptive value="false"/>' in master


def test_original_places_survive_renumbering_on_every_kind_of_provision() -> None:
    def moved(p: Provision) -> Provision:
        return replace(p, wid=f"{p.wid}-was" if p.wid else "", children=tuple(map(moved, p.children)))

    for made in KINDS.values():
        check(made.with_root(moved(made.root)))


def test_one_provision_is_one_line_so_that_git_diff_reads_well() -> None:
    before = write_treaty(one_article(para("1.", "One."), para("2.", "Two.")))["chp_1.xml"].splitlines()
    after = write_treaty(one_article(para("1.", "One."), para("2.", "Too.")))["chp_1.xml"].splitlines()
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_each_chapter_and_annex_has_a_file_named_by_its_eid() -> None:
    assert list(write_treaty(FERRIES)) == [
        "main.xml",
        "chp_11.xml",
        "chp_19.xml",
        "annex_1904-13.xml",
        "annex_6-A.xml",
        "annex_6-A__app_1.xml",
    ]


def test_a_component_can_be_read_alone() -> None:
    ports = FERRIES.root.children[-1]
    assert read_component(write_component(META, ports)) == replace(ports, children=ports.children[:1])


CANNOT = {
    "a control character": one_article(para("1.", "bell \x07")),
    "a lone surrogate": one_article(para("1.", "half \ud800")),
    "a mark over the end of a paragraph": one_article(para("1.", text("one\ntwo", Term(0, 7, "x")))),
    "marks over one another": one_article(para("1.", text("words", Term(0, 3, "x"), Term(2, 5, "y")))),
    "a mark outside the words": one_article(para("1.", text("words", Term(0, 9, "x")))),
    "a citation outside the list of citations that holds it": one_article(
        para("1.", text("Articles 1 and 2", MultiReference(0, 10, (Reference(9, 16, "#a"),))))
    ),
    "an element outside the one that holds it": one_article(
        para("1.", replace(text("words"), markup=(Markup(0, 2, "i", (), (Markup(1, 5, "b"),)),)))
    ),
    "a citation inside a formula": one_article(
        para("1.", replace(text("words", Reference(1, 2, "#a")), markup=(Markup(0, 5, "foreign"),)))
    ),
    "a footnote inside a formula": one_article(
        para("1.", replace(text("words", notes=(note("1", 2, "a"),)), markup=(Markup(0, 5, "foreign"),)))
    ),
    "footnotes out of order": one_article(para("1.", text("words", notes=(note("2", 5, "b"), note("1", 1, "a"))))),
    "a footnote outside the words": one_article(para("1.", text("words", notes=(note("1", 6, "b"),)))),
    "a flush line with entries of its own": one_article(para("1.", "x", provision(Kind.FLUSH, "", "y", sub("(a)", "z")))),
    "a flush line without words": one_article(para("1.", "x", sub("(a)", "y"), provision(Kind.FLUSH))),
    "a second preamble": treaty(*[provision(Kind.PREAMBLE, "", "x")] * 2, chapter("Chapter 1", "A")),
    "a recital outside the preamble": one_article(provision(Kind.RECITAL, "", "x")),
    "concluding words before a chapter": treaty(provision(Kind.CONCLUSION, "", "x"), chapter("Chapter 1", "A")),
}


@pytest.mark.parametrize("what", CANNOT)
def test_what_the_format_cannot_hold_is_refused_not_lost(what: str) -> None:
    with pytest.raises(AknError):
        write_treaty(CANNOT[what])


def test_broken_files_are_refused_by_name() -> None:
    files = write_treaty(FERRIES)
    without = {name: data for name, data in files.items() if name != "chp_19.xml"}
    ports = files["annex_6-A.xml"]
    for broken, says in (
        ({}, "no master file"),
        (without, "chp_19.xml is missing"),
        (files | {"chp_19.xml": b"<a>"}, "chp_19.xml is not well-formed"),
        (files | {"chp_19.xml": b"<a/>"}, "chp_19.xml is not Akoma Ntoso"),
        (files | {"chp_19.xml": files["main.xml"]}, "holds neither a chapter nor an annex"),
        (
            files | {"chp_19.xml": files["chp_19.xml"].replace(b"<wrapUp", b"<blah").replace(b"</wrapUp", b"</blah")},
            "is not read",
        ),
        (files | {"chp_19.xml": files["chp_19.xml"].replace(b"!annex_1904-13", b"!chp_19")}, "chp_19.xml is referred to twice"),
        (
            files | {"annex_6-A.xml": ports.replace(b'hcontainer name="annex"', b'hcontainer name="odd"')},
            "<hcontainer> annex_6-A",
        ),
        (
            files
            | {"annex_6-A.xml": ports.replace(b"<p>All ports.</p>", b'<table eId="t"><tr><td colspan="two"/></tr></table>')},
            "two",
        ),
        (files | {"main.xml": files["main.xml"].replace(b'edition="verbatim"', b'edition="odd"')}, "is no edition"),
    ):
        with pytest.raises(AknError, match=says):
            read_treaty(broken)


@pytest.mark.parametrize("entity", [b'"Boats float."', b'SYSTEM "file:///etc/hostname"'])
@pytest.mark.parametrize("use", [b"&x;", b"Boats float."])
def test_a_file_with_entities_is_refused(entity: bytes, use: bytes) -> None:
    head = b'<?xml version="1.0" encoding="UTF-8"?>'
    data = write_treaty(FERRIES)["chp_11.xml"]
    data = data.replace(head, head + b"<!DOCTYPE akomaNtoso [<!ENTITY x " + entity + b">]>").replace(b"Boats float.", use)
    with pytest.raises(AknError):
        read_component(data)
