"""Reviewers' notes as documents, and where their words are in another text."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import small_treaty
from treaty_diff.errors import StoreError
from treaty_diff.text import notes
from treaty_diff.text.anchoring import Anchor, How, anchor, target
from treaty_diff.text.index import Index
from treaty_diff.text.model import Treaty

SENTENCE = "A ferry that carries more than forty passengers pays a toll to the harbour master before it leaves the pier."
TREATY = small_treaty(("101", "Tolls", f"1. {SENTENCE}\n2. A raft pays none."), ("102", "Bills", "A bill is short."))

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@given(words, words, words, st.sampled_from([notes.COMMENTING, notes.QUESTIONING]))
def test_a_note_comes_back_from_its_document(who: str, said: str, quote: str, motive: str) -> None:
    found = notes.Target(
        "/akn/un/act/treaty/2001-02-03/x/eng@2001-02-03", "chp_1__art_1", "chp_2__art_9", quote, "before ", " after"
    )
    note = notes.made(motive, who, "2026-11-25T10:00:00Z", said, target=found)
    assert notes.read(notes.write(note), f"annotations/{notes.filename(note)}") == note
    reply = notes.made(notes.REPLYING, who, "2026-11-25T10:00:01Z", said, answers=note.id)
    assert notes.read(notes.write(reply), notes.filename(reply)) == reply


def test_a_document_is_a_web_annotation_with_an_eid_refined_by_a_quote() -> None:
    index = Index(TREATY)
    found = target(TREATY.meta, index.find("101.1")[0], "more than forty passengers")
    assert found is not None
    data = json.loads(notes.write(notes.made(notes.COMMENTING, "A. Reader", "2026-11-25T10:00:00Z", "Why forty?", target=found)))
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert data["target"]["selector"] == {
        "type": "FragmentSelector",
        "value": "chp_1__art_101__para_1",
        "refinedBy": {
            "type": "TextQuoteSelector",
            "prefix": "A ferry that carries ",
            "exact": "more than forty passengers",
            "suffix": " pays a toll to the harbour mast",
        },
    }


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"type": "Annotation", "id": "urn:x"}',
        b'{"type": "Annotation", "id": "urn:uuid:00000000-0000-4000-8000-000000000001", "motivation": "tagging", "body": {}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_note_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(StoreError, match="is no reviewer's note"):
        notes.read(data, "annotations/00000000-0000-4000-8000-000000000001.json")


def found_in(text: Treaty, quote: str = "more than forty passengers", selector: str = "101.1") -> Anchor:
    made = target(TREATY.meta, Index(TREATY).find(selector)[0], quote)
    assert made is not None
    return anchor(Index(text), made)


def later(*articles: tuple[str, str, str]) -> Treaty:
    text = small_treaty(*articles)
    return replace(text, meta=replace(text.meta, date="2005-01-01"))


def said(found: Anchor) -> str:
    assert found.provision is not None
    return found.provision.words[found.start : found.end]


def test_a_note_is_where_it_was_in_its_own_text() -> None:
    found = found_in(TREATY)
    assert (found.how, said(found)) == (How.THERE, "more than forty passengers")


def test_a_note_goes_with_its_wid_and_its_words_may_have_changed_a_little() -> None:
    found = found_in(later(("101", "Tolls", f"1. {SENTENCE.replace('forty', 'fifty')}\n2. A raft pays none.")))
    assert found.how is How.CARRIED
    assert said(found) == "more than fifty passengers"


def test_a_note_whose_provision_is_gone_goes_with_its_words() -> None:
    found = found_in(later(("205", "Fees", f"1. A bill is short.\n2. {SENTENCE}")))
    assert (found.how, said(found)) == (How.QUOTED, "more than forty passengers")


def test_words_that_stand_in_two_places_are_no_place() -> None:
    twice = later(("205", "Fees", f"1. {SENTENCE}\n2. {SENTENCE}"))
    assert found_in(twice).how is How.ORPHANED


def test_a_note_whose_words_are_gone_is_orphaned_and_no_like_place_is_made_up() -> None:
    other = later(("301", "Ice", "Each keeper of a lighthouse oils its lamp and feeds the gulls."))
    assert found_in(other) == Anchor(How.ORPHANED, None)


def test_another_text_under_the_same_wid_is_not_its_place() -> None:
    other = later(("101", "Tolls", "1. Each keeper of a lighthouse oils its lamp and feeds the gulls."))
    assert found_in(other).how is How.ORPHANED


def test_a_note_on_words_that_are_not_there_is_no_note() -> None:
    assert target(TREATY.meta, Index(TREATY).find("101.1")[0], "no such words") is None
