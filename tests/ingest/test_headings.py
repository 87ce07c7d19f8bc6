"""Headings: their case, section and annex headings, and lines that only look like one."""

from __future__ import annotations

import pytest

from treaty_diff.ingest import headings, tota


@pytest.mark.parametrize(
    ("printed", "language", "expected"),
    [
        ("Trade In Wares And Other Things", "eng", "Trade in Wares and Other Things"),
        ("Of Mills: The Rules", "eng", "Of Mills: The Rules"),
        ("Relation To Nafta", "eng", "Relation to NAFTA"),
        ("Reglas Para El Comercio De Granos", "spa", "Reglas para el Comercio de Granos"),
        ("GRAIN AND MEAL", "eng", "GRAIN AND MEAL"),
    ],
)
def test_small_words_of_a_heading_are_small(printed: str, language: str, expected: str) -> None:
    assert headings.recase(printed, language) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("ARTICLE 12", "Article 12"), ("CHAPTER TWENTY ONE", "Chapter Twenty-One"), ("Article 9.1", "Article 9.1"), ("", "")],
)
def test_number_in_capitals_is_printed_as_treaties_do(printed: str, expected: str) -> None:
    assert headings.numeral(printed) == expected


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Section B: Grain and Meal", "Section B", "Grain and Meal"),
        ("Section C – Mills", "Section C", "Mills"),
        ("Sección A: Granos", "Sección A", "Granos"),
        ("Subsection D: Boats", "Subsection D", "Boats"),
        ("Section II", "Section II", ""),
    ],
)
def test_section_heading(line: str, number: str, title: str) -> None:
    m = headings.section(line)
    assert m is not None
    assert (m["num"], m["heading"]) == (number, title)
    assert headings.is_subsection(m) == line.startswith("Sub")


@pytest.mark.parametrize("line", ["Section B shall apply to mills.", "Section B of this Charter", "Sections A and B"])
def test_sentence_that_cites_a_section_is_no_heading(line: str) -> None:
    assert headings.section(line) is None


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Annex 12.3: Grain", "12.3"),
        ("Annex 4-B", "4-B"),
        ("Annex C-07.2(b)", "C-07.2(b)"),
        ("Annex 12.3 shall apply.", None),
        ("Annexes", None),
    ],
)
def test_line_that_opens_an_annex(line: str, label: str | None) -> None:
    m = headings.annex(line)
    assert (m["label"] if m else None) == label


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Wardens and Their Helpers", True),
        ("PART THREE", True),
        ("The wardens keep the ledger", False),
        ("Each Guild Shall Keep a Ledger", True),
        ("Grain is Meal", False),
        ("Grain and Meal;", False),
        ("", False),
    ],
)
def test_line_that_reads_as_a_heading(line: str, expected: bool) -> None:
    assert headings.looks_like(line) is expected


def treaty(*bodies: str) -> bytes:
    articles = "".join(f'<article number="Article {n}" name="Rule">{body}</article>' for n, body in enumerate(bodies, 1))
    chapter = f'<chapter number="Chapter 1" name="Rules">{articles}</chapter>'
    return f"<treaty><meta><language>en</language></meta><body>{chapter}</body></treaty>".encode()


def test_section_heading_at_an_articles_end_holds_the_articles_after_it() -> None:
    read, report = tota.read(treaty("1. One rule.\n\nSection B: Grain", "Another rule.", "A third."), "charter")
    (chapter,) = read.chapters()
    assert [str(p.kind) for p in chapter.children] == ["article", "section"]
    assert [p.label for p in chapter.children[1].children] == ["Article 2", "Article 3"]
    assert [note.what for note in report.mended] == ["heading that hung at the end of the article before"]


def test_heading_inside_an_article_stands_before_the_paragraph_it_leads() -> None:
    read, _ = tota.read(treaty("1. The Guilds keep a ledger.\n\nAnswers to Letters\n\n2. The wardens answer."), "charter")
    (article,) = read.articles()
    assert [(str(p.kind), p.label, p.words) for p in article.children] == [
        ("paragraph", "1.", "The Guilds keep a ledger."),
        ("heading", "", "Answers to Letters"),
        ("paragraph", "2.", "The wardens answer."),
    ]


def test_title_of_a_table_is_no_heading_of_the_next_paragraph() -> None:
    body = "1. The wares are:\nBook Ware\n\n07.01 \tplums\n\n08.02\tpears.\n\n2. The wardens weigh them."
    read, _ = tota.read(treaty(body), "charter")
    (article,) = read.articles()
    assert [p.label for p in article.children] == ["1.", "2."]
    assert article.children[0].words == "The wares are:\nBook Ware 07.01 plums 08.02 pears."
