from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from treaty_diff.text.index import Index
from treaty_diff.text.model import Kind, Provision, Text, list_kind

from .trees import FERRIES, META, article, note, one_article, para, sub, table, text


def test_walking_goes_in_reading_order_and_articles_leave_annexes_out() -> None:
    assert [p.label for p in FERRIES.articles()] == [f"Article {n}" for n in (1101, 1115, 1116, 1138, 1902, 1904, 1911)]
    assert [p.label for p in FERRIES.components()] == [
        "Chapter Eleven",
        "Chapter Nineteen",
        "Annex 1904.13",
        "Annex 6-A",
        "Appendix 1",
    ]
    assert [p.label for p in FERRIES.chapters()] == ["Chapter Eleven", "Chapter Nineteen"]
    assert next(FERRIES.walk()) is FERRIES.root


def test_a_heading_alone_holds_no_text() -> None:
    assert not article("Article 1", "Only a heading").held
    assert article("Article 1", "x", para("1.", "", sub("(a)", "words"))).held
    assert article("Article 1", "x", table(("a", "b"))).held


def test_list_levels_below_the_fourth_keep_its_name() -> None:
    kinds = [list_kind(n) for n in range(5)]
    assert kinds == [Kind.SUBPARAGRAPH, Kind.ITEM, Kind.SUBITEM, Kind.SUBSUBITEM, Kind.SUBSUBITEM]


def test_footnotes_of_number_heading_words_and_cells_come_in_that_order() -> None:
    p = Provision(
        Kind.ARTICLE,
        num=text("1", notes=(note("1", 1, "a"),)),
        heading=text("H", notes=(note("2", 1, "b"),)),
        text=text("w", notes=(note("3", 1, "c"),)),
        table=table((text("x", notes=(note("4", 1, "d"),)),)).table,
    )
    assert [n.marker for n in p.footnotes] == ["1", "2", "3", "4"]


def test_empty_words_are_false_unless_a_footnote_hangs_on_them() -> None:
    assert not Text("", "eng")
    assert Text("", "eng", notes=(note("1", 0, "x"),))


def test_plain_data_of_a_subtree() -> None:
    (found,) = Index(FERRIES).find("1904.15")
    data = found.to_dict()
    assert (data["kind"], data["num"], data["text"]) == ("paragraph", "15.", "It acts:")
    assert [child["num"] for child in data["children"]] == ["(a)", "(d)"]
    assert data["eId"] == "chp_19__art_1904__para_15"


def test_names_of_an_expression() -> None:
    assert (META.expression, META.name) == ("eng@1995-06-30", "Ferry Agreement")


def test_a_text_cannot_be_changed_in_place() -> None:
    made = one_article(para("1.", "x"))
    with pytest.raises(FrozenInstanceError):
        made.root.kind = Kind.CHAPTER  # type: ignore[misc]
