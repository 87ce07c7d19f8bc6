"""What a proposal declares: an article that takes another one's place answers it, whatever its words."""

from __future__ import annotations

from dataclasses import replace

from tests.text.trees import META, article, chapter, para, treaty
from treaty_diff.align import align, declared
from treaty_diff.align.concordance import Concordance
from treaty_diff.text.model import Edition, Provision, Treaty
from treaty_diff.text.proposal import Proposal, Scope

BASE = treaty(
    chapter("Chapter One", "Ferries",
            article("Article 101", "Fares", para("1.", "Crews wear blue when the wind comes from the north.")),
            article("Article 102", "Hours", para("1.", "Boats leave at noon.")),
            article("Article 103", "Tides")),
)  # fmt: skip


def proposed(*articles: Provision, topic: str = "ferries", party: str = "USA", **places: tuple[str, ...]) -> Treaty:
    scope = Scope("demo", **places)
    proposal = Proposal(topic, (party,), 1, scope=scope)
    meta = replace(META, treaty=f"{topic}/{party}", edition=Edition.RECONSTRUCTION, proposal=proposal)
    return replace(treaty(chapter("Chapter One", "Ferries", *articles)), meta=meta)


def pairs(subject: Treaty, base: Treaty) -> tuple[list[tuple[str, str]], Concordance]:
    found = declared.apply(subject, base, align(subject, base))
    return [(link.subject, link.base) for link in found.links], found


NEW = article("Article 101", "Tickets", para("1.", "Nobody pays."))


def test_an_article_answers_the_one_that_it_replaces_though_no_word_is_the_same() -> None:
    text = proposed(NEW, replaces=("101.1",))
    assert align(text, BASE).links == ()
    links, found = pairs(text, BASE)
    assert links == [("chp_1__art_101", "chp_1__art_101")]
    assert found.unanswered == ("chp_1__art_102",)
    assert [n.base for n in found.nearest["chp_1__art_101"]] == ["chp_1__art_102"]


def test_the_same_holds_read_the_other_way_round() -> None:
    assert pairs(BASE, proposed(NEW, replaces=("101",)))[0] == [("chp_1__art_101", "chp_1__art_101")]


def test_a_chapter_that_is_replaced_pairs_its_articles_by_their_addresses() -> None:
    other = article("Article 102", "Crews", para("1.", "Captains sleep ashore."))
    assert len(pairs(proposed(NEW, other, replaces=("ch1",)), BASE)[0]) == 2


def test_a_number_alone_declares_nothing() -> None:
    assert pairs(proposed(NEW, after=("101",)), BASE)[0] == []
    assert pairs(proposed(NEW), BASE)[0] == []
    elsewhere = replace(BASE, meta=replace(BASE.meta, treaty="another"))
    assert pairs(proposed(NEW, replaces=("101",)), elsewhere)[0] == []


def test_an_article_of_which_only_the_heading_is_held_answers_nothing() -> None:
    tides = article("Article 103", "Tides", para("1.", "They come and go."))
    assert pairs(proposed(tides, replaces=("103",)), BASE)[0] == []


def test_texts_of_two_parties_on_a_topic_answer_each_other_address_by_address() -> None:
    ours, theirs = proposed(NEW), proposed(article("Article 101", "Levies", para("1.", "Docks belong to towns.")), party="MEX")
    assert pairs(ours, theirs)[0] == [("chp_1__art_101", "chp_1__art_101")]
    assert pairs(ours, proposed(*theirs.articles(), topic="docks"))[0] == []


def test_what_was_found_already_stays_as_it_is() -> None:
    text = proposed(*BASE.articles()[:2], replaces=("101",))
    found = align(text, BASE)
    assert declared.apply(text, BASE, found) is found
