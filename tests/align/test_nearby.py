"""What comes nearest where nothing answers."""

from __future__ import annotations

from tests.conftest import small_treaty
from treaty_diff.align.nearby import Field
from treaty_diff.text.index import Index
from treaty_diff.text.model import Provision, Treaty

TEXT = small_treaty(
    (
        "Article 1",
        "Functions of the Commission",
        "1. The Commission shall:\n\n(a) appoint the clerks;\n\n(b) review the trade in herrings every five years.",
    ),
    ("Article 2", "Lamps", "1. Lamps are trimmed at dusk by the keeper of the harbour."),
    ("Article 3", "Herrings", "1. A herring caught in the trade season is counted every year by the weigher."),
)
ASKED = small_treaty(
    ("Article 101", "Periodic Evaluation", "1. Every five years the Commission evaluates the trade in herrings."),
    ("Article 102", "Xylophones", "1. Zithers accompany xylophones."),
)


def article(treaty: Treaty, number: str) -> Provision:
    return Index(treaty).find(number)[0]


def cited(treaty: Treaty, number: str, *favoured: str) -> list[str]:
    eids = {article(TEXT, one).eid for one in favoured}
    return [Index(TEXT).citation(near.provision) for near in Field(TEXT).near(article(treaty, number), eids)]


def test_the_paragraph_that_speaks_of_the_same_comes_first_one_of_each_article() -> None:
    assert cited(ASKED, "101") == ["Article 1(1)(b)", "Article 3(1)"]


def test_what_has_no_word_in_common_is_not_near() -> None:
    assert cited(ASKED, "102") == []


def test_an_article_that_is_favoured_is_nearer() -> None:
    def likeness(*favoured: str) -> float:
        eids = {article(TEXT, one).eid for one in favoured}
        found = Field(TEXT).near(article(ASKED, "101"), eids)
        return next(near.likeness for near in found if near.unit.eid == article(TEXT, "3").eid)

    assert likeness("3") > likeness()


def test_the_order_does_not_depend_on_what_was_asked_before() -> None:
    field = Field(TEXT)
    first = field.near(article(ASKED, "101"))
    field.near(article(TEXT, "2"))
    assert field.near(article(ASKED, "101")) == first
