from __future__ import annotations

from treaty_diff.text.index import Index
from treaty_diff.text.model import Kind, Metadata, Provision, Text, Treaty
from treaty_diff.text.plain import lines, text, units

from .trees import FERRIES, note, one_article, para, sub, table
from .trees import text as words


def test_a_provision_as_plain_lines() -> None:
    (article,) = Index(FERRIES).find("1904")
    assert text(article) == (
        "Article 1904 Review of Final Tolls\n"
        "[1] A footnote on a number.\n"
        "1. A panel sits.\n"
        "2. It has no list.\n"
        "15. It acts:\n"
        "(a) at noon;\n"
        "(d) by night.\n"
        "[3] Not on Sundays.\n"
    )


def test_closing_words_stand_on_the_level_of_the_list_they_close() -> None:
    (paragraph,) = Index(FERRIES).find("1902.2")
    assert [(line.depth, line.num, line.words) for line in lines(paragraph)] == [
        (0, "2.", "A Party may change them, provided:"),
        (1, "(a)", "it says so;"),
        (1, "(d)", "the change"),
        (2, "(i)", "is small, or"),
        (2, "(ii)", "comes late;"),
        (1, "", "in which case nobody is cross."),
    ]


def test_an_unnumbered_paragraph_adds_no_level() -> None:
    made = one_article(para("", "If:", sub("(a)", "x")))
    assert [(line.depth, line.text) for line in lines(made.articles()[0])] == [
        (0, "Article 101 Scope\n"),
        (1, "If:\n"),
        (1, "(a) x\n"),
    ]


def test_a_number_alone_and_nothing_at_all() -> None:
    assert text(one_article(para("3.", "", sub("(a)", "x"))).articles()[0].children[0]) == "3.\n(a) x\n"
    assert text(one_article(para("", "")).articles()[0].children[0]) == ""


def test_a_row_of_a_table_is_a_line_and_its_footnotes_follow() -> None:
    cell = words("Good", notes=(note("*", 4, "Or bad."),))
    made = one_article(table((cell, "Duty"), ("Boats", "5 %")))
    assert text(made.articles()[0].children[0]) == "Good\tDuty\nBoats\t5 %\n[*] Or bad.\n"


def test_every_word_of_the_tree_is_in_its_lines() -> None:
    printed = text(FERRIES.root)
    for p in FERRIES.walk():
        for run in p.texts():
            assert run.content in printed
        for footnote in p.footnotes:
            assert f"[{footnote.marker}] {footnote.body.content}\n" in printed


def test_a_line_knows_its_provision_and_its_footnote() -> None:
    (entry,) = Index(FERRIES).find("1904.15(d)")
    own, foot = lines(entry)
    assert (own.provision, own.note) == (entry, None)
    assert (foot.provision, foot.note) == (entry, entry.footnotes[0])


def test_lines_of_an_article_leave_out_the_annexes_that_hang_on_it() -> None:
    annex = Provision(Kind.ANNEX, "art_1__annex_A", num=Text("Annex A", "eng"), text=Text("Carp are fish.", "eng"))
    article = Provision(
        Kind.ARTICLE, "art_1", num=Text("Article 1", "eng"), text=Text("Ponds are kept.", "eng"), children=(annex,)
    )
    treaty = Treaty(
        Metadata("pact", "Pact on Ponds", "2001-02-03", "2001-02-03", "eng"),
        Provision(Kind.TREATY, "body", children=(article,)),
    )
    found = units(treaty)
    assert [line.text for line in found["art_1"]] == ["Article 1 Ponds are kept.\n"]
    assert [line.text for line in found["art_1__annex_A"]] == ["Annex A Carp are fish.\n"]
    assert found["art_1"] is units(treaty)["art_1"]
