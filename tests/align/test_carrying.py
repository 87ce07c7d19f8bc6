"""A new expression has the wIds of what it has from those that are held."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import small_treaty
from treaty_diff.align import carry_wids
from treaty_diff.text.model import Provision, Treaty
from treaty_diff.text.validate import validate

FISH = "1. Each Party shall count the fish in its lakes and rivers every year.\n\n2. The count of fish shall be published in a gazette."
HONEY = "Honey of a Party is exempt from every duty when it crosses a border in a sealed jar."
BOATS = "Fishing boats shall carry a lamp after sunset on every lake, and a bell in fog."


def dated(text: Treaty, date: str, language: str = "eng") -> Treaty:
    return replace(text, meta=replace(text.meta, date=date, language=language))


def wids(text: Treaty) -> dict[str, str]:
    return {p.eid: p.wid for p in text.walk()}


def test_wids_follow_a_renumbered_article_and_its_paragraphs() -> None:
    old = small_treaty(("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Honey", HONEY))
    new = dated(
        small_treaty(
            ("ARTICLE 101", "Boats", BOATS),
            ("ARTICLE 102", "Fish", "1. Nobody fishes by night.\n\n" + FISH.replace("2.", "3.").replace("1.", "2.", 1)),
            ("ARTICLE 103", "Honey", HONEY),
        ),
        "2003-04-05",
    )
    carried = carry_wids(new, old)
    wid = wids(carried)
    assert wid["chp_1__art_102"] == "chp_1__art_101"
    assert wid["chp_1__art_102__para_2"] == "chp_1__art_101__para_1"
    assert wid["chp_1__art_102__para_3"] == "chp_1__art_101__para_2"
    assert wid["chp_1__art_103"] == "chp_1__art_102"
    assert wid["chp_1__art_101"] == "chp_1__art_101_20030405"
    assert wid["chp_1"] == "chp_1"
    assert [f for f in validate(carried) if f.code.startswith("wid")] == []


def test_paragraphs_that_changed_places_are_followed() -> None:
    first, second = (part.split(". ", 1)[1] for part in FISH.split("\n\n"))
    old = small_treaty(("ARTICLE 101", "Fish", FISH))
    new = dated(small_treaty(("ARTICLE 101", "Fish", f"1. {second}\n\n2. {first}")), "2003-04-05")
    wid = wids(carry_wids(new, old))
    assert wid["chp_1__art_101__para_1"] == "chp_1__art_101__para_2"
    assert wid["chp_1__art_101__para_2"] == "chp_1__art_101__para_1"


def test_what_the_first_text_has_not_is_followed_in_the_second() -> None:
    earlier = dated(small_treaty(("ARTICLE 101", "Fish", FISH)), "2001-02-03")
    later = carry_wids(
        dated(small_treaty(("ARTICLE 101", "Fish", FISH), ("ARTICLE 109", "Boats", BOATS)), "2009-01-01"),
        earlier,
    )
    between = dated(small_treaty(("ARTICLE 104", "Fish", FISH), ("ARTICLE 105", "Boats", BOATS)), "2005-01-01")
    wid = wids(carry_wids(between, earlier, later))
    assert wid["chp_1__art_104"] == "chp_1__art_101"
    assert wid["chp_1__art_105"] == "chp_1__art_109"


def test_a_wid_that_the_text_brings_stays() -> None:
    old = small_treaty(("ARTICLE 101", "Fish", FISH))

    def brought(p: Provision) -> Provision:
        wid = "chp_1__art_77" if p.eid == "chp_1__art_101" else p.wid
        return replace(p, wid=wid, children=tuple(map(brought, p.children)))

    new = old.with_root(brought(old.root))
    assert wids(carry_wids(new, old))["chp_1__art_101"] == "chp_1__art_77"


def test_a_translation_of_the_same_date_has_the_wids_by_label() -> None:
    old = small_treaty(("ARTICLE 101", "Fish", FISH))
    english = carry_wids(dated(small_treaty(("ARTICLE 102", "Fish", FISH)), "2003-04-05"), old)
    spanish = dated(small_treaty(("ARTÍCULO 102", "Pesca", "1. Los lagos.\n\n2. Los barcos.")), "2003-04-05", "spa")
    wid = wids(carry_wids(spanish, english))
    assert wid["chp_1__art_102__para_2"] == "chp_1__art_101__para_2"


sayings = st.sampled_from("fish lake boat lamp honey jar bridge stone river count border duty night bell".split())
bodies = st.lists(st.lists(sayings, min_size=3, max_size=12).map(" ".join), min_size=1, max_size=5)


def _made(texts: list[str]) -> Treaty:
    return small_treaty(*((f"ARTICLE {101 + n}", f"Matter {n}", f"{t.capitalize()}.") for n, t in enumerate(texts)))


@settings(max_examples=25)
@given(bodies, bodies, bodies)
def test_carried_wids_are_unique(texts: list[str], first: list[str], second: list[str]) -> None:
    carried = carry_wids(_made(texts), _made(first), _made(second))
    found = [p.wid for p in carried.walk() if p.eid]
    assert len(found) == len(set(found))
    assert all(found)


@settings(max_examples=25)
@given(bodies)
def test_an_unchanged_text_keeps_every_wid(texts: list[str]) -> None:
    text = _made(texts)
    assert carry_wids(text, text) == text
