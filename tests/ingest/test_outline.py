"""Blocks in reading order become chapters, articles, annexes: headings are judged by form and by number."""

from __future__ import annotations

import pytest

from treaty_diff.errors import SourceError
from treaty_diff.ingest import printed
from treaty_diff.ingest.blocks import Block, Mark, Pages
from treaty_diff.ingest.outline import assemble
from treaty_diff.ingest.report import Report
from treaty_diff.text.akn import read_treaty, write_treaty
from treaty_diff.text.model import Kind, Metadata, Provision, Treaty

META = Metadata("reef", "Reef Treaty", "2001-02-03", "2001-02-03", "eng")


def made(*words: str | Block, notes: dict[str, tuple[str, str]] | None = None) -> tuple[Treaty, Report]:
    report = Report()
    blocks = [block if isinstance(block, Block) else Block(block) for block in words]
    return assemble(Pages(blocks, notes or {}), META, report), report


def shape(provision: Provision) -> list[str]:
    """eIds of what has a heading of its own."""
    kinds = {
        Kind.PREAMBLE,
        Kind.PART,
        Kind.CHAPTER,
        Kind.SECTION,
        Kind.SUBSECTION,
        Kind.ARTICLE,
        Kind.ANNEX,
        Kind.APPENDIX,
        Kind.CONCLUSION,
    }
    return [p.eid for p in provision.walk() if p.kind in kinds]


@pytest.mark.parametrize(
    ("words", "kind", "num", "heading"),
    [
        ("CHAPTER TWENTY-ONE: EXCEPTIONS", Kind.CHAPTER, "CHAPTER TWENTY-ONE", "EXCEPTIONS"),
        ("Chapter 4", Kind.CHAPTER, "Chapter 4", ""),
        ("Capítulo 4", Kind.CHAPTER, "Capítulo 4", ""),
        ("PART THREE TECHNICAL BARRIERS", Kind.PART, "PART THREE", "TECHNICAL BARRIERS"),
        ("ARTICLE 301: National Treatment", Kind.ARTICLE, "ARTICLE 301", "National Treatment"),
        ("Article 2.1: Definitions", Kind.ARTICLE, "Article 2.1", "Definitions"),
        ("Article 5", Kind.ARTICLE, "Article 5", ""),
        ("Article 6.7 Compensation of Keepers", Kind.ARTICLE, "Article 6.7", "Compensation of Keepers"),
        ("Article 5 – Lamps", Kind.ARTICLE, "Article 5", "Lamps"),
        ("Article XII: Lamps", Kind.ARTICLE, "Article XII", "Lamps"),
        ("Artículo 7: Lámparas", Kind.ARTICLE, "Artículo 7", "Lámparas"),
        (
            "Article 18.33: Guidelines for Deciding Whether a Lamp is a Light",
            Kind.ARTICLE,
            "Article 18.33",
            "Guidelines for Deciding Whether a Lamp is a Light",
        ),
        ("Section A - Lamps", Kind.SECTION, "Section A", "Lamps"),
        ("Subsection B: Lamps", Kind.SUBSECTION, "Subsection B", "Lamps"),
        ("Schedule of the United States", Kind.SECTION, "", "Schedule of the United States"),
        ("ANNEX 6-A", Kind.ANNEX, "ANNEX 6-A", ""),
        ("Annex 1901.2: Panels", Kind.ANNEX, "Annex 1901.2", "Panels"),
        ("Appendix 300-A.1: Lamps", Kind.APPENDIX, "Appendix 300-A.1", "Lamps"),
        ("APPENDIX TO ANNEX 26-A", Kind.APPENDIX, "APPENDIX TO ANNEX 26-A", ""),
        ("PREÁMBULO", Kind.PREAMBLE, "", "PREÁMBULO"),
    ],
)
def test_printed_forms_of_headings(words: str, kind: Kind, num: str, heading: str) -> None:
    head = printed.read(words)
    assert head is not None
    assert (head.kind, head.num, head.heading) == (kind, num, heading)


@pytest.mark.parametrize(
    "words",
    [
        "Article 2.10 (Lamps) and Article 2.11 shall not apply.",
        "Article 12.",
        "Article 5: The keepers shall light their lamps.",
        "Chapter 61, 62 or 63 if the lamps are lit",
        "Chapter 9 (Lamps) or Chapter 28 (Nets).",
        "Annex 308.2 applies to lamps.",
        "Part of the lamps",
        "Section B of its Schedule to Annex II",
    ],
)
def test_running_words_are_no_headings(words: str) -> None:
    assert printed.read(words) is None


def test_the_whole_of_a_treaty() -> None:
    treaty, report = made(
        "PREAMBLE",
        "The keepers, resolved to:",
        "LIGHT the lamps;",
        "HAVE AGREED as follows:",
        "PART ONE: LIGHT",
        "CHAPTER 1",
        "LAMPS",
        "Section A: Wicks",
        "Article 1.1: Wicks",
        "A lamp has a wick.",
        "Section B: Oil",
        "Article 1.2: Oil",
        "1. A lamp has oil.",
        "ANNEX 1-A",
        "KINDS OF OIL",
        "1. Olive oil is oil.",
        "Appendix 1-A.1: Olives",
        "Olives are green.",
        "CHAPTER 2",
        "NETS",
        "Article 2.1: Nets",
        "Nets are mended.",
        "IN WITNESS WHEREOF, the undersigned have signed.",
    )
    assert shape(treaty.root) == [
        "preamble",
        "part_1",
        "chp_1",
        "chp_1__sec_A",
        "chp_1__art_1-1",
        "chp_1__sec_B",
        "chp_1__art_1-2",
        "annex_1-A",
        "annex_1-A__app_1-A-1",
        "chp_2",
        "chp_2__art_2-1",
        "conclusions",
    ]
    assert treaty.chapters()[0].title == "LAMPS"
    assert not report.unclear


SIGNED = "IN WITNESS WHEREOF, the undersigned have signed."


@pytest.mark.parametrize(
    "lines",
    [
        (SIGNED, "CHAPTER 1", "LAMPS", "Article 1.1: Wicks", "A lamp has a wick."),
        (
            "CHAPTER 1",
            "LAMPS",
            "Article 1.1: Wicks",
            "A lamp has a wick.",
            SIGNED,
            "CHAPTER 2",
            "NETS",
            "Article 2.1: Nets",
            "Nets are mended.",
        ),
    ],
)
def test_closing_words_that_close_nothing_stay_where_they_are_and_can_be_stored(lines: tuple[str, ...]) -> None:
    treaty, _ = made(*lines)
    assert not [p for p in treaty.walk() if p.kind is Kind.CONCLUSION]
    assert SIGNED in "\n".join(t.content for p in treaty.walk() for t in p.texts())
    assert read_treaty(write_treaty(treaty)).root == treaty.root


def test_a_table_of_contents_is_dropped_and_listed() -> None:
    treaty, report = made(
        "REEF TREATY",
        "Chapter 1: Lamps",
        "Article 1.1: Wicks",
        "Chapter 2: Nets",
        "Article 2.1: Nets",
        "Chapter 1: Lamps",
        "Article 1.1: Wicks",
        "A lamp has a wick.",
        "Chapter 2: Nets",
        "Article 2.1: Nets",
        "Nets are mended.",
    )
    assert shape(treaty.root) == ["chp_1", "chp_1__art_1-1", "chp_2", "chp_2__art_2-1"]
    assert [note.words for note in report.dropped] == [
        "REEF TREATY",
        "Chapter 1: Lamps",
        "Article 1.1: Wicks",
        "Chapter 2: Nets",
        "Article 2.1: Nets",
    ]


def test_an_annex_has_articles_sections_and_chapters_of_its_own() -> None:
    treaty, _ = made(
        "Chapter 3: Lamps",
        "Article 3.1: Wicks",
        "A lamp has a wick.",
        "Annex 3-A: Oil",
        "Section A: Kinds",
        "Article 1: Olive Oil",
        "Olive oil is oil.",
        "Chapter 4 Whales",
        "Chapter 5: Rape",
        "Article 2: Other Oil",
        "Whale oil is oil.",
        "Chapter 4: Nets",
        "Article 4.1: Nets",
        "Nets are mended.",
    )
    assert [c.eid for c in treaty.chapters()] == ["chp_3", "chp_4"]
    annex = next(p for p in treaty.walk() if p.kind is Kind.ANNEX)
    assert [p.label for p in annex.walk() if p.kind is Kind.ARTICLE] == ["Article 1", "Article 2"]
    assert [a.label for a in treaty.articles()] == ["Article 3.1", "Article 4.1"]


def test_a_section_goes_on_behind_the_annexes_of_the_section_before() -> None:
    treaty, _ = made(
        "Chapter 7: Lamps",
        "Section A: Wicks",
        "Article 701: Wicks",
        "A lamp has a wick.",
        "Annex 701: White Wicks",
        "Wicks are white.",
        "Section A: Very White Wicks",
        "These are whiter.",
        "Section B: Oil",
        "Article 702: Oil",
        "A lamp has oil.",
    )
    chapter = treaty.chapters()[0]
    assert [c.eid for c in chapter.children] == ["chp_7__sec_A", "chp_7__sec_B", "annex_701"]
    assert [c.title for c in chapter.children[2].children if c.kind is Kind.SECTION] == ["Very White Wicks"]


def test_annexes_behind_the_last_chapter_go_where_their_numbers_say() -> None:
    treaty, report = made(
        "Chapter 1: Lamps",
        "Article 101: Wicks",
        "A lamp has a wick.",
        "Chapter 2: Nets",
        "Article 201: Nets",
        "Nets are mended.",
        "Annex 101: White Wicks",
        "Wicks are white.",
        "Annex II: Fees",
        "There are no fees.",
    )
    first, second = treaty.chapters()
    assert [c.eid for c in first.children] == ["chp_1__art_101", "annex_101"]
    assert [c.eid for c in second.children] == ["chp_2__art_201"]
    assert treaty.root.children[-1].label == "Annex II"
    assert sum(note.what == "annex moved to the chapter that its number names" for note in report.mended) == 2


def test_a_heading_that_hangs_before_an_article_opens_a_section() -> None:
    treaty, _ = made(
        "Chapter 20: Lamps",
        "Section B: Quarrels",
        "Article 2005: Wicks",
        "A lamp has a wick.",
        "Consultations",
        "Article 2006: Oil",
        "A lamp has oil.",
    )
    (section,) = treaty.chapters()[0].children
    assert [(c.kind, c.title) for c in section.children] == [(Kind.ARTICLE, "Wicks"), (Kind.SUBSECTION, "Consultations")]


def test_the_heading_of_an_open_annex_printed_again_is_dropped() -> None:
    treaty, report = made(
        "Article 1: Wicks", "A lamp has a wick.", "Annex A: Oil", "1. Olive oil is oil.", "Annex A: Oil", "2. Whale oil is oil."
    )
    annex = next(p for p in treaty.walk() if p.kind is Kind.ANNEX)
    assert [c.label for c in annex.children] == ["1.", "2."]
    assert [note.what for note in report.dropped] == ["heading of an annex, printed again"]


def test_footnotes_hang_at_their_marks_also_in_headings_and_numbers_kept_apart() -> None:
    treaty, report = made(
        Block("Article 1: Wicks", marks=(Mark(16, "a"),), level=2),
        Block("A lamp has a wick.", number="1.", marks=(Mark(11, "b"),)),
        Block("A wick burns.", number="2.", marks=(Mark(13, "c", placed=False),)),
        notes={"a": ("1", "White ones."), "b": ("2", "One only."), "c": ("3", "Not under water.")},
    )
    (article,) = treaty.articles()
    assert article.heading is not None
    assert [note.body.content for note in article.heading.notes] == ["White ones."]
    first, second = article.children
    assert (first.label, first.words, first.footnotes[0].offset) == ("1.", "A lamp has a wick.", 11)
    assert not second.footnotes[0].placed
    assert report.counts["footnote, place not found"] == 1


def test_a_footnote_without_a_mark_is_kept_and_said_so() -> None:
    treaty, report = made("Article 1: Wicks", "A lamp has a wick.", notes={"a": ("1", "White ones.")})
    assert [note.body.content for p in treaty.walk() for note in p.footnotes] == ["White ones."]
    assert [note.what for note in report.unclear] == ["footnote whose marker was not found"]


def test_tables_stand_where_they_stood() -> None:
    treaty, _ = made(
        "Article 1: Oil",
        "1. These are oils:",
        Block("", table=(("Kind", "Colour"), ("Olive", "green"))),
        "2. No other oil is.",
    )
    kinds = [c.kind for c in next(treaty.root.articles()).children]
    assert kinds == [Kind.PARAGRAPH, Kind.TABLE, Kind.PARAGRAPH]


def test_no_article_is_an_error() -> None:
    with pytest.raises(SourceError, match="No article"):
        made("Dear reader,", "this is a letter.")
