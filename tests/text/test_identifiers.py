from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from treaty_diff.text.identifiers import EID, assign, number, term_of
from treaty_diff.text.model import Kind, Provision, Treaty

from .strategies import labelled_treaties, treaties
from .trees import FERRIES, annex, article, chapter, definition, flush, one_article, para, provision, section, sub, treaty


def eids(made: Treaty) -> list[str]:
    return [p.eid for child in made.root.children for p in child.walk()]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("Article 14.1", "14-1"),
        ("(d)", "d"),
        ("CHAPTER NINETEEN", "19"),
        ("Annex G-01.3(b)", "G-01-3-b"),
        ("Article 14 bis", "14bis"),
        ("*", ""),
    ],
)
def test_a_printed_number_as_eids_write_it(printed: str, written: str) -> None:
    assert number(printed) == written


def test_an_article_hangs_on_its_chapter_whatever_section_it_is_in() -> None:
    made = treaty(
        provision(Kind.PART, "Part One", "", chapter("Chapter 3", "A", section("Section A", "B", article("Article 3.1", "C"))))
    )
    assert eids(made) == ["part_1", "chp_3", "chp_3__sec_A", "chp_3__art_3-1"]


def test_lists_are_counted_and_a_flush_line_closes_one() -> None:
    made = one_article(para("1.", "x", sub("(a)", "y"), flush("z"), sub("(a)", "w"), flush("v")))
    assert [eid.partition("para_1")[2] for eid in eids(made)[2:]] == [
        "",
        "__list_1__point_a",
        "__list_1__wrapUp",
        "__list_2__point_a",
        "__list_2__wrapUp",
    ]


def test_a_definition_is_named_by_its_term_and_not_by_its_place() -> None:
    toll, ferry = definition("toll payer means x"), definition("ferry means y")
    for entries in ((toll, ferry), (ferry, toll)):
        assert {e.rpartition("__point_")[2] for e in eids(one_article(para("", "x", *entries))) if "point" in e} == {
            "toll-payer",
            "ferry",
        }
    assert term_of(toll) == "toll-payer"


def test_what_has_no_number_is_counted() -> None:
    made = one_article(para("", "x"), para("1.", "y"), para("", "z"))
    assert [eid.rpartition("__")[2] for eid in eids(made)[2:]] == ["para_nn1", "para_1", "para_nn2"]
    made = one_article(para("", "x"), para("", "z"))
    assert [eid.rpartition("__")[2] for eid in eids(made)[2:]] == ["para_1", "para_2"]


def test_a_repeated_number_gets_an_eid_of_its_own() -> None:
    made = treaty(chapter("Chapter 1", "A", article("Article 3", "B"), article("Article 3", "C")), annex("Annex 1", "D"))
    assert eids(made) == ["chp_1", "chp_1__art_3", "chp_1__art_3_2", "annex_1"]


def test_an_original_place_is_kept_when_eids_are_given_anew() -> None:
    moved = assign(
        Provision(Kind.TREATY, children=(Provision(Kind.CHAPTER, eid="x", wid="chp_9", num=chapter("Chapter 2", "").num),))
    )
    assert (moved.children[0].eid, moved.children[0].wid) == ("chp_2", "chp_9")


def test_giving_eids_twice_changes_nothing() -> None:
    assert assign(FERRIES.root) == FERRIES.root


@given(labelled_treaties())
def test_eids_are_unique_and_well_formed(made: Treaty) -> None:
    assert [e for e in eids(made) if not EID.fullmatch(e)] == []
    assert max(Counter(eids(made)).values()) == 1


@given(treaties())
def test_eids_are_unique_and_well_formed_whatever_the_numbers_look_like(made: Treaty) -> None:
    assert [e for e in eids(made) if not EID.fullmatch(e)] == []
    assert max(Counter(eids(made)).values()) == 1
