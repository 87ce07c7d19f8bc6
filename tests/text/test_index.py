from __future__ import annotations

import pytest
from hypothesis import given

from treaty_diff.citation import parse
from treaty_diff.errors import AmbiguousProvision, ProvisionNotFound
from treaty_diff.text.index import Index
from treaty_diff.text.model import Kind, Provision, Treaty

from .strategies import labelled_treaties
from .trees import FERRIES, annex, article, chapter, para, provision, section, sub, treaty

INDEX = Index(FERRIES)


def named(p: Provision) -> tuple[Kind, str, str]:
    return p.kind, p.label, p.title or p.words


FOUND = [
    ("chapter19", (Kind.CHAPTER, "Chapter Nineteen", "Review of Tolls"), "Chapter 19"),
    ("ch11.secB", (Kind.SECTION, "Section B", "Disputes"), "Chapter 11, Section B"),
    ("art1904", (Kind.ARTICLE, "Article 1904", "Review of Final Tolls"), "Article 1904"),
    ("1902.2", (Kind.PARAGRAPH, "2.", "A Party may change them, provided:"), "Article 1902(2)"),
    ("1902(2)(d)(i)", (Kind.ITEM, "(i)", "is small, or"), "Article 1902(2)(d)(i)"),
    ("1902.2(D)", (Kind.SUBPARAGRAPH, "(d)", "the change"), "Article 1902(2)(d)"),
    ("1911#ferry", (Kind.DEFINITION, "", "ferry means a boat;"), "Article 1911 (“ferry”)"),
    ("1911#Toll Payer(b)(i)", (Kind.ITEM, "(i)", "with a dog"), "Article 1911 (“toll payer”)(b)(i)"),
    ("annex1904.13", (Kind.ANNEX, "Annex 1904.13", "Extraordinary Tolls"), "Annex 1904.13"),
    ("annex1904.13(A)(1)(a)", (Kind.SUBPARAGRAPH, "(a)", "one from each side."), "Annex 1904.13(A)(1)(a)"),
    ("annex6-a.1", (Kind.PARAGRAPH, "1.", "All ports."), "Annex 6-A(1)"),
    ("appendix1.1", (Kind.PARAGRAPH, "1.", "And piers."), "Appendix 1(1)"),
    ("preamble", (Kind.PREAMBLE, "", "The Parties,"), "Preamble"),
    ("conclusion", (Kind.CONCLUSION, "", "DONE at sea."), "Concluding words"),
    ("chp_19__art_1904", (Kind.ARTICLE, "Article 1904", "Review of Final Tolls"), "Article 1904"),
]


@pytest.mark.parametrize(("selector", "what", "citation"), FOUND)
def test_a_selector_finds_its_provision_and_is_cited_as_lawyers_do(
    selector: str, what: tuple[Kind, str, str], citation: str
) -> None:
    (found,) = INDEX.find(selector)
    assert (named(found), INDEX.citation(found)) == (what, citation)
    assert INDEX.find(INDEX.selector(found)) == (found,)


def test_a_closing_flush_line_is_cited_as_closing_words_of_what_holds_it() -> None:
    (closing,) = (p for p in FERRIES.walk() if p.words == "in which case nobody is cross.")
    assert INDEX.citation(closing) == "Article 1902(2), closing words"
    assert INDEX.selector(closing) == "1902.2"


def test_a_range_gives_its_articles_in_order_across_sections() -> None:
    assert [p.label for p in INDEX.find("1115-1138")] == ["Article 1115", "Article 1116", "Article 1138"]


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ProvisionNotFound, match="stands after"):
        INDEX.find("1138-1115")


def test_the_whole_text_is_a_selector_too() -> None:
    assert INDEX.find("anything") == (FERRIES.root,)


@pytest.mark.parametrize(
    ("selector", "says", "nearest"),
    [
        # 1904(2) has no subparagraphs: itself, and the paragraphs beside it that have a (d)
        ("1904.2(d)", "Article 1904(2) has no (d)", ("1904.15(d)", "1904.2")),
        ("1904(2)(d)", "Article 1904(2) has no (d)", ("1904.15(d)", "1904.2")),
        ("1904.15(e)", "Article 1904(15) has no (e)", ("1904.15(d)", "1904.15(a)")),
        ("1905", "Ferry Agreement has no Article 1905", ("1904", "1902", "1115", "1911", "1101")),
        ("ch18", "Ferry Agreement has no Chapter 18", ("ch19", "ch11")),
        ("ch11.secC", "Chapter 11 has no section C", ("ch11.secB", "ch11.secA")),
        ("annex6-B", "Ferry Agreement has no Annex 6-B", ("annex6-A",)),
        ("1911#ferries", "Article 1911 does not define “ferries”", ("1911#ferry",)),
    ],
)
def test_what_is_not_there_is_answered_with_the_nearest(selector: str, says: str, nearest: tuple[str, ...]) -> None:
    with pytest.raises(ProvisionNotFound, match=r"has no|does not") as caught:
        INDEX.find(selector)
    error = caught.value
    assert error.what == f"{says}."
    assert set(nearest) <= set(error.nearest)
    assert error.nearest[0] == nearest[0]
    assert ", ".join(error.nearest) in error.cause
    for near in error.nearest:
        assert INDEX.find(near)


def test_a_number_that_stands_twice_is_ambiguous_and_names_both() -> None:
    twice = Index(
        treaty(
            chapter("Chapter One", "A", article("Article 3", "First")),
            chapter("Chapter Two", "B", article("Article 3", "Second")),
        )
    )
    with pytest.raises(AmbiguousProvision, match="stands 2 times") as caught:
        twice.find("3")
    assert caught.value.candidates == ("Article 3 First", "Article 3 Second")


def test_a_repeated_letter_is_ambiguous_and_its_candidates_can_be_selected() -> None:
    twice = Index(treaty(article("Article 3", "First", para("1.", "x:", sub("(a)", "one"), sub("(a)", "two")))))
    with pytest.raises(AmbiguousProvision, match=r"has \(a\) 2 times") as caught:
        twice.find("3.1(a)")
    assert [twice.find(eid)[0].words for eid in caught.value.candidates] == ["one", "two"]


def test_footnotes_are_found_by_their_marker_and_their_article() -> None:
    holder, found = INDEX.footnote(parse("fn3@1904").target)
    assert (holder.label, found.body.content) == ("(d)", "Not on Sundays.")
    with pytest.raises(ProvisionNotFound, match="has no footnote 2") as caught:
        INDEX.footnote(parse("fn2@1904").target)
    assert caught.value.nearest == ("1", "3")


def test_an_article_is_found_before_a_paragraph_of_the_same_digits() -> None:
    dotted = Index(
        treaty(article("Article 28", "Whole", para("9.", "a paragraph")), article("Article 28.9", "Panels", para("2.", "x")))
    )
    assert dotted.find("28.9")[0].title == "Panels"
    assert dotted.find("28.9.2")[0].words == "x"


def test_an_article_of_an_annex_is_cited_and_selected_with_its_annex() -> None:
    text = Index(
        treaty(
            chapter("Chapter 1", "A", article("Article 3", "Mine")),
            annex("Annex 1", "B", article("Article 3", "Its", para("2.", "x"))),
        )
    )
    assert text.find("3")[0].title == "Mine"
    (found,) = text.find("annex1(3)(2)")
    assert (found.words, text.citation(found), text.selector(found)) == ("x", "Annex 1, Article 3(2)", "annex1(3)(2)")


def test_sections_of_an_annex_do_not_answer_for_those_of_the_chapter() -> None:
    text = Index(
        treaty(
            chapter(
                "Chapter 1",
                "A",
                section("Section A", "Mine", article("Article 1", "x")),
                annex("Annex 1", "B", section("Section A", "Its")),
            )
        )
    )
    assert text.find("ch1.secA")[0].title == "Mine"
    assert text.find("annex1(A)")[0].title == "Its"


@given(labelled_treaties())
def test_every_labelled_provision_is_found_by_its_selector(generated: Treaty) -> None:
    index = Index(generated)
    for p in generated.walk():
        if p.label or p.kind is Kind.DEFINITION:
            assert index.find(index.selector(p)) == (p,)


@given(labelled_treaties())
def test_every_provision_is_found_by_its_eid(generated: Treaty) -> None:
    index = Index(generated)
    for child in generated.root.children:
        for p in child.walk():
            assert index.find(p.eid) == (p,)


@pytest.mark.parametrize("heading", ["PREAMBLE", "Preamble", "PREÁMBULO"])
def test_a_preamble_that_is_headed_in_capitals_is_cited_as_a_word(heading: str) -> None:
    index = Index(treaty(provision(Kind.PREAMBLE, "", heading=heading), article("Article 3", "SPS")))
    (preamble,) = index.find("preamble")
    assert index.citation(preamble) == heading.capitalize()
    assert (preamble.title, index.heading(preamble)) == (heading, "")
    (named,) = index.find("3")
    assert index.heading(named) == "SPS"
