"""Citations in running text: which words, and what they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from treaty_diff.text.akn.names import parse_portion
from treaty_diff.text.identifiers import assign
from treaty_diff.text.model import Kind, MultiReference, Provision, Reference, Text, Treaty
from treaty_diff.text.references import link

from .trees import META, annex, article, chapter, definition, flush, item, note, para, section, sub, text, treaty

HUNDREDS = treaty(
    chapter(
        "Chapter Nineteen",
        "Review",
        article(
            "Article 1902",
            "Retention",
            para("1.", "One."),
            para("2.", "Two:", sub("(a)", "a"), sub("(d)", "d:", item("(i)", "i"), item("(ii)", "ii"), item("(v)", "v"))),
        ),
        article("Article 1903", "Review", para("1.", "x"), para("2.", "y", sub("(a)", "a"), sub("(b)", "b"))),
        article(
            "Article 1904",
            "Panels",
            para("1.", "x", sub("(a)", "a:", item("(i)", "i")), sub("(b)", "b:", item("(i)", "i"), item("(ii)", "HERE"))),
            para("2.", "y"),
        ),
        article("Article 1905", "Safeguard", para("1.", "x")),
        section(
            "Section B", "More", article("Article 1911", "Definitions", para("", "x", definition("toll means", sub("(a)", "a"))))
        ),
        annex("Annex 1904.13", "Extraordinary", para("1.", "x", sub("(a)", "a"))),
    ),
    chapter("Chapter Twenty", "Institutions", article("Article 2001", "Commission", para("1.", "x"))),
)
DOTTED = treaty(
    chapter(
        "Chapter 28",
        "Disputes",
        article(
            "Article 28.9", "Panels", para("1.", "x"), para("2.", "y", sub("(a)", "a:", item("(i)", "HERE")), sub("(d)", "d"))
        ),
        article("Article 28.10", "Chairs", para("1.", "x")),
    ),
    chapter("Chapter 6", "Remedies", article("Article 6.8", "Duties", para("1.", "x"))),
    annex("Annex 6-A", "Practices", para("1.", "x")),
)
SPANISH = Treaty(replace(META, language="spa"), DOTTED.root)
SMALL = treaty(chapter("Chapter 1", "A", article("Article 4", "Ports", para("1.", "x"), para("2.", "HERE", sub("(a)", "a")))))
LETTERED = treaty(chapter("Chapter G", "A", article("Article G-01", "Ports", para("1.", "HERE"))))


def _put(p: Provision, words: str) -> Provision:
    """The tree with `words` where it says HERE, else as the last paragraph of its first article."""
    if p.words == "HERE":
        return replace(p, text=text(words))
    return replace(p, children=tuple(_put(child, words) for child in p.children))


def _references(found: Text) -> Iterator[tuple[str, Reference]]:
    for span in found.spans:
        for ref in span.parts if isinstance(span, MultiReference) else (span,):
            assert isinstance(ref, Reference)
            yield found.content[ref.start : ref.end], ref


def cited(base: Treaty, words: str) -> list[str]:
    """`words → eId` of each citation that linking finds in `words`, ranges as `eId … eId`."""

    def eid(href: str) -> str:
        portion = parse_portion(href)
        assert portion is not None
        return portion.eid

    linked = link(base.with_root(_put(base.root, words)))
    (found,) = (p.text for p in linked.walk() if p.words == words and p.text is not None)
    return [f"{cite} → {eid(ref.href)}" + (f" … {eid(ref.up_to)}" if ref.up_to else "") for cite, ref in _references(found)]


P = "chp_19__art_1902__para_2__list_1__point_d__list_1__point_"
HERE = "chp_19__art_1904__para_1__list_1__point_"
ENGLISH = [
    # articles, with what is below them and their headings
    ("See Article 1903.", ["Article 1903 → chp_19__art_1903"]),
    ("See Article 1902(2)(d)(i).", [f"Article 1902(2)(d)(i) → {P}i"]),
    ("Article 1903 (Review) applies.", ["Article 1903 (Review) → chp_19__art_1903"]),
    ("under Article\u00a01905,", ["Article\u00a01905 → chp_19__art_1905"]),
    ("Articles 1903 and 1904 apply.", ["1903 → chp_19__art_1903", "1904 → chp_19__art_1904"]),
    (
        "Articles 1902, 1903 and 1905(1).",
        ["1902 → chp_19__art_1902", "1903 → chp_19__art_1903", "1905(1) → chp_19__art_1905__para_1"],
    ),
    ("Articles 1902 through 1905 apply.", ["Articles 1902 through 1905 → chp_19__art_1902 … chp_19__art_1905"]),
    (
        "Articles 1902 through 1904, 1905 and 2001 apply.",
        ["1902 through 1904 → chp_19__art_1902 … chp_19__art_1904", "1905 → chp_19__art_1905", "2001 → chp_20__art_2001"],
    ),
    ("Article 1903 or 1904 as the case may be.", ["1903 → chp_19__art_1903", "1904 → chp_19__art_1904"]),
    # what the text does not hold is named all the same: it dangles
    ("Article 1999 is not there.", ["Article 1999 → art_1999"]),
    ("Annex 401.2 is not there.", ["Annex 401.2 → annex_401-2"]),
    # paragraphs and subparagraphs, relative to where they stand
    ("as paragraph 2 says", ["paragraph 2 → chp_19__art_1904__para_2"]),
    ("paragraphs 1 and 2 apply", ["1 → chp_19__art_1904__para_1", "2 → chp_19__art_1904__para_2"]),
    ("in subparagraph (a)", [f"subparagraph (a) → {HERE}a"]),
    ("in subparagraph (a)(i)", [f"subparagraph (a)(i) → {HERE}a__list_1__point_i"]),
    ("in subparagraph (i)", [f"subparagraph (i) → {HERE}b__list_1__point_i"]),
    ("subparagraphs (a) and (b)", [f"(a) → {HERE}a", f"(b) → {HERE}b"]),
    ("subparagraph 1(a)", [f"subparagraph 1(a) → {HERE}a"]),
    # of another article or paragraph
    ("paragraph 2 of Article 1902", ["paragraph 2 → chp_19__art_1902__para_2", "Article 1902 → chp_19__art_1902"]),
    (
        "subparagraph (a) of Article 1903(2)",
        ["subparagraph (a) → chp_19__art_1903__para_2__list_1__point_a", "Article 1903(2) → chp_19__art_1903__para_2"],
    ),
    (
        "subparagraphs (d)(ii) through (v) of paragraph 2 of Article 1902",
        [
            f"subparagraphs (d)(ii) through (v) → {P}ii … {P}v",
            "paragraph 2 → chp_19__art_1902__para_2",
            "Article 1902 → chp_19__art_1902",
        ],
    ),
    ("subparagraphs (b)(i) and (ii)", [f"(b)(i) → {HERE}b__list_1__point_i", f"(ii) → {HERE}b__list_1__point_ii"]),
    (
        "paragraph 1(a) of Annex 1904.13",
        ["paragraph 1(a) → annex_1904-13__para_1__list_1__point_a", "Annex 1904.13 → annex_1904-13"],
    ),
    # chapters, sections, annexes
    ("Chapter Twenty (Institutions) governs.", ["Chapter Twenty (Institutions) → chp_20"]),
    ("Section B applies", ["Section B → chp_19__sec_B"]),
    ("Annex 1904.13 applies", ["Annex 1904.13 → annex_1904-13"]),
    # other instruments' articles and chapters are never ours
    ("Article III of the GATT 1994", []),
    ("Article 20 of the GATT 1994", []),
    ("GATT 1994, Article 1903", []),
    ("Article 1903 of the Civil Code", []),
    ("Articles 1903 and 1904 of the Civil Code", []),
    ("Article 1903 and Article 1904 of the Civil Code", []),
    ("paragraph 2 of Article VI of GATS", []),
    ("paragraph 2 of Annex III of the Customs Code", []),
    ("Annex 703.2, Section A, paragraph 12, says", ["Annex 703.2 → annex_703-2"]),
    ("goods of Chapter 20 of the Harmonized System", []),
    ("HS Chapter 20", []),
    ("Chapters 19 and 20 of the HS", []),
    ("the articles 1903 boats carry", []),
    ("Article by article, chapter by chapter", []),
]


@pytest.mark.parametrize(("words", "expected"), ENGLISH)
def test_citations_of_a_treaty_numbered_by_hundreds(words: str, expected: list[str]) -> None:
    assert cited(HUNDREDS, words) == expected


Q = "chp_28__art_28-9__para_2"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Article 28.10 (Chairs) applies", ["Article 28.10 (Chairs) → chp_28__art_28-10"]),
        ("Article 28.9.2(d)", [f"Article 28.9.2(d) → {Q}__list_1__point_d"]),
        ("Articles 28.9.1 and 28.10", ["28.9.1 → chp_28__art_28-9__para_1", "28.10 → chp_28__art_28-10"]),
        ("Articles 28.9 through 28.10", ["Articles 28.9 through 28.10 → chp_28__art_28-9 … chp_28__art_28-10"]),
        ("subparagraph (d) of Article 28.9.2", [f"subparagraph (d) → {Q}__list_1__point_d", f"Article 28.9.2 → {Q}"]),
        ("Chapter 6 (Remedies) applies", ["Chapter 6 (Remedies) → chp_6"]),
        ("Annex 6-A", ["Annex 6-A → annex_6-A"]),
        ("Article 4 applies", []),
        ("Article 4.2 of the Rafts Agreement", []),
        ("Article 5.3(a) and Article 5.3(b) of the Rafts Agreement", []),
        ("Chapter 6 of the Harmonized System", []),
    ],
)
def test_citations_of_a_treaty_with_dotted_numbers(words: str, expected: list[str]) -> None:
    assert cited(DOTTED, words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("según el Artículo 28.10 (Presidentes)", ["Artículo 28.10 (Presidentes) → chp_28__art_28-10"]),
        ("los Artículos 28.9 y 28.10", ["28.9 → chp_28__art_28-9", "28.10 → chp_28__art_28-10"]),
        ("los Artículos 28.9 a 28.10", ["Artículos 28.9 a 28.10 → chp_28__art_28-9 … chp_28__art_28-10"]),
        ("el párrafo 2(d)", [f"párrafo 2(d) → {Q}__list_1__point_d"]),
        ("los párrafos 1 y 2", ["1 → chp_28__art_28-9__para_1", f"2 → {Q}"]),
        ("el subpárrafo (d)", [f"subpárrafo (d) → {Q}__list_1__point_d"]),
        ("el párrafo 1 del Artículo 28.10", ["párrafo 1 → chp_28__art_28-10__para_1", "Artículo 28.10 → chp_28__art_28-10"]),
        ("el Capítulo 6 (Defensa)", ["Capítulo 6 (Defensa) → chp_6"]),
        ("el Anexo 6-A", ["Anexo 6-A → annex_6-A"]),
        ("el párrafo 2 del Anexo Z del Convenio de Balsas", []),
        ("el párrafo 2 del Artículo VI del AGCS", []),
        ("el Artículo 7.1, Artículo 7.2 o Artículo 7.4 del Acuerdo sobre Barcos", []),
    ],
)
def test_citations_in_spanish(words: str, expected: list[str]) -> None:
    assert cited(SPANISH, words) == expected


@pytest.mark.parametrize(
    ("base", "words", "expected"),
    [
        (SMALL, "paragraph 2 of Article 4", ["paragraph 2 → chp_1__art_4__para_2", "Article 4 → chp_1__art_4"]),
        (SMALL, "Article 4(2)(a)", ["Article 4(2)(a) → chp_1__art_4__para_2__list_1__point_a"]),
        (LETTERED, "Article G-01(1)", ["Article G-01(1) → chp_G__art_G-01__para_1"]),
        (LETTERED, "Article 20 applies", []),
    ],
)
def test_citations_follow_the_form_of_the_treatys_own_numbers(base: Treaty, words: str, expected: list[str]) -> None:
    assert cited(base, words) == expected


def test_several_citations_at_once_are_one_mark_over_all_their_words() -> None:
    linked = link(HUNDREDS.with_root(_put(HUNDREDS.root, "see Articles 1903 and 1904 here")))
    (found,) = (p.text for p in linked.walk() if p.words.startswith("see"))
    assert found is not None
    (mark,) = found.spans
    assert isinstance(mark, MultiReference)
    assert found.content[mark.start : mark.end] == "Articles 1903 and 1904"


def test_a_citation_within_the_file_is_short_and_one_across_files_is_an_iri() -> None:
    hrefs = {}
    for words in ("Article 1903", "Article 2001"):
        linked = link(HUNDREDS.with_root(_put(HUNDREDS.root, words)))
        (found,) = (p.text for p in linked.walk() if p.words == words)
        assert found is not None
        hrefs[words] = [ref.href for _, ref in _references(found)]
    assert hrefs == {
        "Article 1903": ["#chp_19__art_1903"],
        "Article 2001": ["/akn/un/act/treaty/1994-01-01/demo/~chp_20__art_2001"],
    }


def test_footnotes_and_closing_words_cite_too_and_a_heading_does_not() -> None:
    made = treaty(
        chapter(
            "Chapter 1",
            "A",
            article(
                "Article 101",
                text("See Article 102", notes=(note("1", 3, "Not Article 102."),)),
                para("1.", "x", sub("(a)", "y"), flush("as in Article 102")),
            ),
            article("Article 102", "B"),
        )
    )
    linked = link(made)
    first = linked.articles()[0]
    assert first.heading is not None
    assert first.heading.spans == ()
    assert [s for n in first.footnotes for s in n.body.spans] == [Reference(4, 15, "#chp_1__art_102")]
    assert [s for p in first.walk() if p.kind is Kind.FLUSH and p.text for s in p.text.spans] == [
        Reference(6, 17, "#chp_1__art_102")
    ]


def test_linking_changes_no_word_and_a_defined_term_stays_marked() -> None:
    linked = link(HUNDREDS)
    assert [t.content for p in linked.walk() for t in p.texts()] == [t.content for p in HUNDREDS.walk() for t in p.texts()]
    assert [p.text for p in linked.walk() if p.kind is Kind.DEFINITION] == [
        p.text for p in HUNDREDS.walk() if p.kind is Kind.DEFINITION
    ]
    assert assign(linked.root) == linked.root
