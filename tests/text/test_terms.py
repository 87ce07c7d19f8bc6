"""Defined terms: how far a definition reaches, and which words use one."""

from __future__ import annotations

import pytest

from tests.conftest import small_treaty
from treaty_diff.text.index import Index
from treaty_diff.text.terms import Terms

TREATY = small_treaty(
    (
        "Article 101",
        "General Definitions",
        "For purposes of this Agreement:\n\nday means a calendar day;\n\nParty means a signatory;",
    ),
    ("Article 102", "Definitions", "For purposes of this Chapter:\n\nday means a working day;\n\nfish meal means dried fish;"),
    (
        "Article 103",
        "Meals",
        "1. A Party may sell fish meals within three days, but no third party may.\n\n"
        "2. For purposes of this Article:\n\nboat means a vessel with a mast;",
    ),
    ("Article 104", "Boats", "1. Fish meal goes by boat."),
)
TERMS = Terms.of(Index(TREATY))


def used(number: str, words: str) -> list[tuple[str, str]]:
    """The terms that words of an article use, each with what holds there."""
    index = TERMS.index
    (article,) = index.find(number)
    eids = [p.eid for p in (article, *index.above(article))]
    return [(words[u.start : u.end], u.definition.provision.words) for u in TERMS.uses(words, eids)]


def test_a_definition_holds_for_what_its_opening_words_say() -> None:
    assert [(d.term, d.reach.rpartition("__")[2] or "all") for d in TERMS.made] == [
        ("day", "all"),
        ("Party", "all"),
        ("day", "chp_1"),
        ("fish meal", "chp_1"),
        ("boat", "art_103"),
    ]


def test_the_nearest_definition_of_a_term_holds() -> None:
    assert used("104", "one day") == [("day", "day means a working day;")]


def test_a_term_is_found_in_the_plural_and_with_a_capital_where_a_sentence_opens() -> None:
    assert [words for words, _ in used("103", "Fish meals are sold for days")] == ["Fish meals", "days"]


def test_a_term_with_a_capital_is_another_word_than_one_without() -> None:
    assert [words for words, _ in used("103", "a Party and a third party")] == ["Party"]


def test_a_definition_for_one_article_holds_in_no_other() -> None:
    assert [words for words, _ in used("103", "a boat")] == ["boat"]
    assert used("104", "a boat") == []


@pytest.mark.parametrize("words", ["daylight", "mid-day", "day-to-day", "birthday"])
def test_a_part_of_a_word_is_no_term(words: str) -> None:
    assert used("104", words) == []
