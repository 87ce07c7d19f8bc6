"""Bracketed texts: read, written, resolved to one Party's text, made of several."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treaty_diff.citation import parse
from treaty_diff.negotiation.brackets import Bracket, Node, Note, Side, Verb, Words, attribution, in_order, read, write
from treaty_diff.negotiation.consolidation import consolidate
from treaty_diff.negotiation.topic import consolidated, gathered
from treaty_diff.negotiation.views import OPEN, RESERVED, UNSTATED, agreed, view
from treaty_diff.store import Store

PARTIES = ("CAN", "JPN", "MEX", "USA")


def seen(text: str, party: str) -> str:
    reading = read(text)
    assert reading.problems == []
    return view(reading.nodes, party).text


def flags(text: str, party: str) -> list[str]:
    return [flag.why for flag in view(read(text).nodes, party).flags]


# -- the grammar ----------------------------------------------------------------------------------


def sides_of(text: str) -> tuple[Side, ...]:
    (bracket,) = read(text).nodes
    assert isinstance(bracket, Bracket)
    return bracket.sides


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("[US: a]", (Side(("USA",)),)),
        ("[USA: a]", (Side(("USA",)),)),
        ("[CA/MX propose; US oppose: a]", (Side(("CAN", "MEX")), Side(("USA",), Verb.OPPOSE))),
        ("[US proposes; MX, CA oppose: a]", (Side(("USA",)), Side(("CAN", "MEX"), Verb.OPPOSE))),
        ("[MX propose; CA considering: a]", (Side(("MEX",)), Side(("CAN",), Verb.CONSIDER))),
        ("[US propose deletion: a]", (Side(("USA",), Verb.DELETE),)),
        (
            "[US proposes deletion; CA supports; MX reserves: a]",
            (Side(("USA",), Verb.DELETE), Side(("CAN",), Verb.SUPPORT), Side(("MEX",), Verb.RESERVE)),
        ),
        ("[five]", ()),
        ("[15: words]", ()),
        ("[Article 3: words]", ()),
        ("[X]", ()),
        ("[ ]", ()),
    ],
)
def test_an_attribution_says_who_does_what(text: str, sides: tuple[Side, ...]) -> None:
    assert sides_of(text) == sides
    assert read(text).problems == []


def test_one_blank_behind_the_colon_is_not_content() -> None:
    assert read("[US: a]").nodes == read("[US:a]").nodes
    (bracket,) = read("[US:  a ]").nodes
    assert isinstance(bracket, Bracket)
    assert bracket.content == (Words(" a "),)


def test_notes_are_no_text() -> None:
    text = "Fares [Negotiators' note: see [X].]are [Placeholder: goods]low[Pending ch. 20]."
    assert [type(node) for node in read(text).nodes] == [Words, Note, Words, Note, Words, Note, Words]
    assert seen(text, "USA") == agreed(read(text).nodes).text == "Fares are low."


def test_labels_of_alternatives_are_no_text() -> None:
    text = "[Alt 1 US propose: Boats are blue.][Alt 2: CA/MX: Boats are red.]"
    assert [node.label for node in read(text).nodes if isinstance(node, Bracket)] == ["Alt 1", "Alt 2"]
    assert seen(text, "MEX") == "Boats are red."


def test_literal_brackets_are_escaped() -> None:
    assert read(r"a \[b\] \\ c\d").nodes == (Words(r"a [b] \ c\d"),)
    assert write((Words(r"[x] \y"),)) == r"\[x\] \\y"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a [US: b", (1, 3), "not closed"),
        ("a\nb] c", (2, 2), "closes nothing"),
        ("a [US/XX: b]", (1, 4), "“XX” is the code of no Party"),
        ("[XX propose: b]", (1, 2), "“XX” is the code of no Party"),
        ("[Placeholder: b", (1, 1), "not closed"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, place: tuple[int, int], message: str) -> None:
    (problem,) = read(text).problems
    assert (problem.line, problem.column) == place
    assert message in problem.message


@given(st.text(st.sampled_from("[]\\:;/,. \nUSMXCA aAlt1proposewdeln"), max_size=60))
def test_any_text_is_read_and_nothing_is_lost(text: str) -> None:
    reading = read(text)
    again = read(write(reading.nodes))
    letters = [c for c in text if c.isalnum() and c not in "UMSXCA"]
    kept = write(reading.nodes)
    assert all(letter in kept for letter in letters)
    assert write(again.nodes) == kept


words = st.text(st.sampled_from("ab .[]\\:\n"), min_size=1, max_size=8).map(lambda w: f"x{w}")
who = st.sets(st.sampled_from(PARTIES), min_size=1, max_size=3).map(lambda s: tuple(sorted(s)))


@st.composite
def nodes(draw: st.DrawFn, depth: int = 3) -> tuple[Node, ...]:
    out: list[Node] = []
    for kind in draw(st.lists(st.sampled_from(("words", "bracket", "note")), max_size=4)):
        if kind == "words" and not (out and isinstance(out[-1], Words)):
            out.append(Words(draw(words)))
        elif kind == "note":
            out.append(Note(f"Placeholder: {draw(words)}"))
        elif kind == "bracket" and depth:
            sides = in_order(draw(st.lists(st.tuples(who, st.sampled_from(Verb)), max_size=2)))
            out.append(Bracket(sides, draw(nodes(depth - 1)), draw(st.sampled_from(("", "Alt 1")))))
    return tuple(out)


@given(nodes())
def test_what_is_written_reads_the_same(made: tuple[Node, ...]) -> None:
    reading = read(write(made))
    assert reading.problems == []
    assert reading.nodes == made


def test_names_are_shown_for_people() -> None:
    sides = (Side(("CAN", "MEX")), Side(("USA",), Verb.OPPOSE))
    assert attribution(sides) == "CA/MX propose; US oppose: "
    assert attribution(sides, named=True) == "Canada, Mexico propose; United States opposes: "


# -- views ----------------------------------------------------------------------------------------

SUNSET = (
    "[US propose; CA/MX oppose: This pact ends after five years.] "
    "[MX propose; CA considering: Every [five] years it is looked at. Nothing here ends it.]"
)


def test_a_party_gets_what_it_proposes_and_not_what_it_opposes() -> None:
    assert seen(SUNSET, "USA").strip() == "This pact ends after five years."
    assert seen(SUNSET, "MEX").strip() == "Every [five] years it is looked at. Nothing here ends it."
    assert flags(SUNSET, "MEX") == [UNSTATED]
    assert (seen(SUNSET, "CAN").strip(), flags(SUNSET, "CAN")) == ("", [RESERVED])


def test_words_and_grades() -> None:
    text = "Each Party [US: shall][CA/MX: should] reply within [US: 120][CA/MX: 90] days[US propose: , as advice]."
    assert seen(text, "USA") == "Each Party shall reply within 120 days, as advice."
    assert seen(text, "CAN") == "Each Party should reply within 90 days."


def test_a_bracket_in_a_bracket() -> None:
    text = "[CA/MX propose: It binds[MX propose; CA oppose:  unless all object].]"
    assert (seen(text, "CAN"), seen(text, "MEX"), seen(text, "USA")) == ("It binds.", "It binds unless all object.", "")


def test_words_in_force_stay_for_whoever_takes_no_side() -> None:
    text = "[CA propose; US propose deletion: Panels sit.][US propose: Panels advise.]"
    assert (seen(text, "CAN"), seen(text, "USA"), seen(text, "MEX")) == ("Panels sit.", "Panels advise.", "Panels sit.")
    assert RESERVED in flags(text, "MEX")


def test_what_only_others_oppose_stays() -> None:
    assert (seen("[US oppose: It binds.]", "MEX"), seen("[US oppose: It binds.]", "USA")) == ("It binds.", "")


def test_what_is_agreed_stands_outside_brackets_and_gaps_are_flagged() -> None:
    found = agreed(read("Reply within [US: 120][CA: 90] days.").nodes)
    assert found.text == "Reply within  days."
    assert [(flag.start, flag.why) for flag in found.flags] == [(13, OPEN), (13, OPEN)]


# -- consolidation ---------------------------------------------------------------------------------

token = st.sampled_from(
    ("shall ", "panel ", "report ", "60 ", "days", ". ", "; ", "\n", "(a) ", "[", "]", "\\", "US: ", " ", "not ")
)
line = st.lists(token, max_size=14).map("".join)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """A base and what two to four Parties make of it: a few edits, as people make them, or another text."""
    base = draw(st.lists(token, max_size=14))
    texts = {}
    for party in PARTIES[: draw(st.integers(2, 4))]:
        own = list(base)
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, len(own)))
            own[at : at + draw(st.integers(0, 2))] = draw(st.lists(token, max_size=3))
        texts[party] = draw(line) if draw(st.integers(0, 5)) == 0 else "".join(own)
    return "".join(base), texts


@settings(max_examples=1200)
@given(tables(), st.booleans())
def test_each_partys_view_of_the_consolidated_text_is_its_own_text(table: tuple[str, dict[str, str]], reserved: bool) -> None:
    base, texts = table
    written = write(consolidate(base, texts, reserved))
    reading = read(written)
    assert reading.problems == []
    for party, text in texts.items():
        found = view(reading.nodes, party)
        assert found.text == text
        assert found.flags == ()
    if reserved:
        assert view(reading.nodes, "CHL").text == base


@settings(max_examples=300)
@given(tables())
def test_what_is_agreed_is_in_every_partys_text_in_order(table: tuple[str, dict[str, str]]) -> None:
    base, texts = table
    common = agreed(consolidate(base, texts)).text
    for text in texts.values():
        rest = iter(text)
        assert all(c in rest for c in common)


@given(tables())
def test_what_all_have_is_plain(table: tuple[str, dict[str, str]]) -> None:
    base, texts = table
    same = dict.fromkeys(texts, texts["CAN"])
    assert write(consolidate(base, same)) == write((Words(texts["CAN"]),) if texts["CAN"] else ())
    assert consolidate(base, dict(reversed(texts.items()))) == consolidate(base, texts)


def test_brackets_hold_words_and_not_sentences_and_end_where_sentences_do() -> None:
    base = "A panel shall report within 60 days. The report is published."
    texts = {
        "USA": "A panel may report within 120 days. The report is published.",
        "CAN": "A panel shall report within 90 days. The report is published. It binds.",
        "MEX": "A panel shall report within 90 days. The report is published.",
    }
    assert write(consolidate(base, texts)) == (
        "A panel [CA/MX: shall][US: may] report within [CA/MX: 90][US: 120] days. The report is published."
        "[CA propose; MX/US oppose:  It binds.]"
    )


def test_retention_is_a_position_and_deletion_another() -> None:
    assert (
        write(consolidate("Panels sit.", {"USA": "", "CAN": "Panels sit."})) == "[CA propose; US propose deletion: Panels sit.]"
    )


# -- the topics of the table --------------------------------------------------------------------------


@pytest.mark.parametrize("topic", ["sunset", "disputes", "binational-panels", "procurement"])
def test_a_topic_is_consolidated_and_each_party_gets_its_own_text_back(topic: str, embedded: Store) -> None:
    base = embedded.load(parse("nafta1994"))
    texts = [embedded.load(parse(work)) for work in embedded.at().proposals(topic)]
    found = consolidated(base, texts)
    assert [one.place.eid for one in found] == [place.eid for place in gathered(base, texts)]
    for one in found:
        reading = read(write(one.nodes))
        for party, text in one.place.texts.items():
            assert view(reading.nodes, party).text == text
        silent = set(base.meta.parties) - set(one.place.texts)
        for party in silent:
            assert view(reading.nodes, party).text == one.place.base


def test_who_keeps_an_article_has_the_words_in_force(embedded: Store) -> None:
    base = embedded.load(parse("nafta1994"))
    places = gathered(base, [embedded.load(parse(work)) for work in ("sunset/USA", "sunset/MEX")])
    assert [p.citation for p in places] == ["Article 2001bis", "Article 2205", "Article 2205bis"]
    assert places[0].base == places[0].texts["USA"] == ""
    assert places[1].texts["MEX"] == places[1].base != places[1].texts["USA"]


def test_a_deleted_chapter_stands_against_its_retention(embedded: Store) -> None:
    base = embedded.load(parse("nafta1994"))
    texts = [embedded.load(parse(work)) for work in ("binational-panels/USA", "binational-panels/CAN")]
    found = {one.place.eid: write(one.nodes) for one in consolidated(base, texts)}
    # Mexico has no text: the words in force stay marked as such
    assert found["chp_19__art_1907"].startswith("[CA propose; US propose deletion: Article 1907 Consultations\n")


def test_where_a_part_is_replaced_the_rest_of_the_article_is_not_at_stake(embedded: Store) -> None:
    base = embedded.load(parse("nafta1994"))
    texts = [embedded.load(parse(work)) for work in ("procurement/USA", "procurement/MEX")]
    (place,) = [p for p in gathered(base, texts) if p.citation == "Article 1001"]
    assert place.base == place.texts["MEX"]
    assert place.texts["USA"].startswith("(c) where")
    if place.base:  # the bare install may hold the article's heading only
        assert place.base.startswith("(c)")
