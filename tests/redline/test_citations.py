"""Citations across texts: a proposal cites the treaty that it amends, another instrument's articles are nobody's here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import small_treaty
from treaty_diff.redline.citations import Cited, Follower, Targets
from treaty_diff.text.akn.names import work_iri
from treaty_diff.text.index import Index
from treaty_diff.text.model import Treaty

BASE = small_treaty(("ARTICLE 101", "Herons", "1. Herons nest.\n\n2. Herons fly."), ("ARTICLE 102", "Boats", "Boats float."))
PROPOSAL = replace(
    small_treaty(("ARTICLE 101", "Herons", "1. Herons nest high.\n\n2. Herons fly.")),
    meta=replace(BASE.meta, treaty="herons/USA"),
)
WORK = work_iri(BASE.meta)


def follower(base: Treaty, subject: Treaty, **links: str) -> Follower:
    return Follower(Targets(Index(base)), Targets(Index(subject)), {old: {new} for old, new in links.items()})


@pytest.mark.parametrize(
    ("old", "new", "followed"),
    [
        (Cited(0, 3, "chp_1__art_102"), Cited(0, 3, "chp_1__art_102", work=WORK), True),
        (Cited(0, 3, "chp_1__art_102"), Cited(0, 3, "chp_1__art_101", work=WORK), False),
        (Cited(0, 3, "chp_1__art_102", work=WORK), Cited(0, 3, "chp_1__art_102", work=WORK), True),
        (Cited(0, 3, "chp_1__art_102"), Cited(0, 3, "chp_1__art_102", work="/akn/un/act/treaty/1947-10-30/gatt"), False),
        (Cited(0, 3, "chp_1__art_101", "chp_1__art_102"), Cited(0, 3, "chp_1__art_101", work=WORK), False),
    ],
)
def test_a_proposal_cites_the_treaty_that_it_amends(old: Cited, new: Cited, followed: bool) -> None:
    assert follower(BASE, PROPOSAL).followed(old, new) is followed


def test_what_a_proposal_cites_in_the_treaty_dangles_only_where_the_treaty_lacks_it() -> None:
    both = follower(BASE, PROPOSAL)
    assert not both.dangling(Cited(0, 3, "chp_1__art_102", work=WORK), of_base=False)
    assert both.dangling(Cited(0, 3, "art_109", work=WORK), of_base=False)
    assert not both.dangling(Cited(0, 3, "art_109", work="/akn/un/act/treaty/1947-10-30/gatt"), of_base=False)


def test_a_paragraph_that_is_not_there_dangles_and_an_annex_of_a_chapter_without_annexes_does_not() -> None:
    both = follower(BASE, PROPOSAL)
    assert both.dangling(Cited(0, 3, "chp_1__art_101__para_7"), of_base=True)
    assert not both.dangling(Cited(0, 3, "chp_1__art_101__para_2"), of_base=True)
    assert not both.dangling(Cited(0, 3, "annex_101-1"), of_base=True)


def test_below_articles_that_answer_the_same_place_answers_unless_lines_say_otherwise() -> None:
    links = {"chp_1__art_101": "chp_1__art_101"}
    old, same, other = (Cited(0, 1, f"chp_1__art_101__para_{n}") for n in (2, 2, 1))
    assert follower(BASE, PROPOSAL, **links).followed(old, same)
    assert not follower(BASE, PROPOSAL, **links).followed(old, other)
    moved = follower(BASE, PROPOSAL, **links, chp_1__art_101__para_2="chp_1__art_101__para_1")
    assert moved.followed(old, other)
    assert moved.astray(old, same)
