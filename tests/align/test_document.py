"""The concordance as a document: its bytes, what persons decide, and what becomes of that when a text changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import small_treaty
from treaty_diff.align import Concordance, align
from treaty_diff.align.deciding import decide, withdraw
from treaty_diff.align.document import NONE, Anchor, Origin, Row, ordered, read, write
from treaty_diff.align.review import Side, apply, open_proposals, propose, recorded, standings
from treaty_diff.errors import StoreError
from treaty_diff.printable import printable
from treaty_diff.text.model import Treaty

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
SCHEMA = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "concordance-1.json").read_text(encoding="utf-8")))
PATH = "concordances/ours--theirs.jsonl"
WHEN = "2026-01-31T12:00:00Z"

FISH = "Each Party shall count the fish in its lakes and rivers every year and publish the count."
HONEY = "Honey of a Party is exempt from every duty when it crosses a border in a sealed jar."
BOATS = "Fishing boats shall carry a lamp after sunset on every lake, and a bell in fog."
BRIDGES = "A Party shall build each bridge over a shared river out of stone and keep it open at night."


def ours(fish: str = FISH, number: str = "101") -> Treaty:
    return small_treaty((f"ARTICLE {number}", "Fish", fish), ("ARTICLE 102", "Honey", HONEY), ("ARTICLE 103", "Boats", BOATS))


def theirs() -> Treaty:
    return small_treaty(
        ("ARTICLE 1", "Honey", HONEY), ("ARTICLE 2", "Fish", FISH), ("ARTICLE 3", "Bridges", BRIDGES), treaty="theirs"
    )


class Pair:
    """Two texts, their correspondence, and the document that the engine makes of it."""

    def __init__(self, subject: Treaty, base: Treaty, held: tuple[Row, ...] = ()) -> None:
        self.mine, self.theirs = Side(subject), Side(base)
        self.found = align(subject, base)
        self.rows = propose(self.mine, self.theirs, self.found, held)

    def anchor(self, selector: str, *, base: bool = False) -> Anchor:
        side = self.theirs if base else self.mine
        return side.anchor(side.index.find(selector)[0])

    def row(self, origin: Origin, subject: str, base: str = "", who: str = "A. Reader", note: str = "") -> Row:
        there = self.anchor(base, base=True) if base else None
        return Row(self.anchor(subject), there, origin, "" if base else NONE, None, who, WHEN, note)

    def applied(self, rows: tuple[Row, ...]) -> Concordance:
        return apply(self.mine, self.theirs, self.found, rows)

    def links(self, rows: tuple[Row, ...]) -> list[tuple[str, str, str]]:
        """Citations of the links in force, with who decided."""
        return [
            (
                self.mine.index.citation(self.mine.index.by_eid[k.subject]).removeprefix("Article "),
                self.theirs.index.citation(self.theirs.index.by_eid[k.base]).removeprefix("Article "),
                k.decision.who if k.decision else "",
            )
            for k in self.applied(rows).links
        ]


@pytest.fixture
def pair() -> Pair:
    return Pair(ours(), theirs())


# -- the file ---------------------------------------------------------------------------------------


words = st.text(max_size=8).map(printable)
anchors = st.builds(
    Anchor,
    st.builds("chp_{}__art_{}".format, st.integers(1, 30), st.integers(1, 3000)) | words.filter(bool),
    words,
    st.integers(0, 2**256 - 1).map("{:064x}".format),
    words,
)
kinds = st.sampled_from(["counterpart", "partial"])
proposals = st.builds(Row, anchors, anchors, st.just(Origin.PROPOSED), kinds, st.floats(0, 1))
decided = st.sampled_from([Origin.CONFIRMED, Origin.REJECTED, Origin.ADDED])
decisions = st.builds(Row, anchors, anchors, decided, kinds, st.none(), words.filter(bool), st.just(WHEN), words)
alone = st.builds(
    lambda a, b: (
        replace(a, subject=None, origin=Origin.CONFIRMED, kind=NONE)
        if b
        else replace(a, base=None, origin=Origin.CONFIRMED, kind=NONE)
    ),
    decisions,
    st.booleans(),
)
documents = st.lists(proposals | decisions | alone, max_size=5, unique_by=lambda row: (row.pair, row.decided))


@given(documents)
def test_what_is_written_is_read_again(rows: list[Row]) -> None:
    data = write(rows)
    assert read(data, PATH) == ordered(rows)
    assert write(read(data, PATH)) == data
    for line in data.decode().split("\n")[:-1]:
        SCHEMA.validate(json.loads(line))


@given(documents, st.randoms())
def test_the_order_of_rows_is_their_own(rows: list[Row], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert write(shuffled) == write(rows)


def test_articles_are_in_the_order_of_their_numbers(pair: Pair) -> None:
    row = pair.rows[0]
    assert row.subject is not None
    anchor = row.subject
    numbered = [replace(row, subject=replace(anchor, wid=f"chp_{n}__art_{n}01")) for n in (11, 2, 1)]
    assert [r.pair[0] for r in ordered(numbered)] == ["chp_1__art_101", "chp_2__art_201", "chp_11__art_1101"]


GOOD = write(Pair(ours(), theirs()).rows).decode()


@pytest.mark.parametrize(
    ("broken", "line", "cause"),
    [
        ("<<<<<<< HEAD\n" + GOOD, 1, "marks of an unfinished merge"),
        (GOOD + "=======\n", 3, "marks of an unfinished merge"),
        (GOOD + ">>>>>>> theirs\n", 3, "marks of an unfinished merge"),
        (GOOD + "{", 3, "Expecting"),
        (GOOD + "[]\n", 3, "no JSON object"),
        (GOOD.replace('"score"', '"scores"', 1), 1, "no “scores”"),
        (GOOD.replace('"origin": "proposed", ', "", 1), 1, "'origin' is missing"),
        (GOOD.replace('"proposed"', '"guessed"', 1), 1, "guessed"),
        (GOOD.replace('"counterpart"', '"moved"', 1), 1, "kind is “moved”"),
        (GOOD.replace("Article 101", "Article \\u001b[2J"), 1, "steers a terminal"),
        (GOOD + GOOD.splitlines()[0], 3, "stands on line 1 already"),
        (GOOD + "[" * 100_000, 3, "recursion"),
    ],
)
def test_a_broken_line_is_named_with_its_file(broken: str, line: int, cause: str) -> None:
    with pytest.raises(StoreError) as caught:
        read(broken.encode(), PATH)
    assert caught.value.what == f"{PATH}, line {line}, is no row of a concordance."
    assert cause in caught.value.cause
    assert caught.value.fix


def test_bytes_that_are_no_text_are_named_by_their_line() -> None:
    with pytest.raises(StoreError, match="line 2, is no row"):
        read(GOOD.splitlines()[0].encode() + b"\n\xff\n", PATH)


SCRIPT = """
import sys
from tests.align.test_document import Pair, ours, theirs
from treaty_diff.align.document import Origin, write
from treaty_diff.align.deciding import decide
pair = Pair(ours(), theirs())
rows = decide(pair.rows, pair.row(Origin.CONFIRMED, "101", "2"))
sys.stdout.buffer.write(write(decide(rows, pair.row(Origin.CONFIRMED, "103"))))
"""


@pytest.mark.slow
def test_bytes_are_the_same_under_five_hash_seeds() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "7", "42", "4711")
    }
    assert len(made) == 1
    assert len(made.pop().splitlines()) == 4


# -- decisions --------------------------------------------------------------------------------------


def test_the_engine_proposes_what_it_links(pair: Pair) -> None:
    assert [(r.origin, r.who, r.when) for r in pair.rows] == [(Origin.PROPOSED, "", "")] * 2
    assert pair.links(pair.rows) == [("101", "2", ""), ("102", "1", "")]


def test_a_decision_is_a_line_of_its_own_behind_the_proposal(pair: Pair) -> None:
    rows = decide(pair.rows, pair.row(Origin.CONFIRMED, "101", "2", note="the same count"))
    assert [r.origin for r in rows] == [Origin.PROPOSED, Origin.CONFIRMED, Origin.PROPOSED]
    assert set(write(pair.rows).splitlines()) < set(write(rows).splitlines())
    assert rows[1].kind == "counterpart"
    assert len(open_proposals(rows)) == 1
    link = pair.applied(rows).links[0]
    assert link.decision is not None
    assert (link.decision.verdict, link.decision.who, link.decision.note) == ("confirmed", "A. Reader", "the same count")
    assert link.score == pair.found.links[0].score


def test_a_rejected_link_is_gone_and_stands_among_the_nearest(pair: Pair) -> None:
    found = pair.applied(decide(pair.rows, pair.row(Origin.REJECTED, "101", "2")))
    fish, there = pair.anchor("101").wid, pair.anchor("2", base=True).wid
    assert found.of(fish) == ()
    assert found.nearest[fish][0].base == there
    assert found.nearest[fish][0].decision is not None
    assert there in found.unanswered


def test_an_added_link_is_in_and_answers_its_base(pair: Pair) -> None:
    found = pair.applied(decide(pair.rows, pair.row(Origin.ADDED, "103", "3")))
    boats, bridges = pair.anchor("103").wid, pair.anchor("3", base=True).wid
    assert [(k.base, k.score) for k in found.of(boats)] == [(bridges, 1.0)]
    assert bridges not in {n.base for n in found.nearest[boats]} | set(found.unanswered)


def test_what_a_person_links_comes_before_what_the_engine_does(pair: Pair) -> None:
    rows = decide(pair.rows, pair.row(Origin.ADDED, "101", "3"))
    assert pair.links(rows)[:2] == [("101", "3", "A. Reader"), ("101", "2", "")]


def test_that_nothing_answers_a_provision_takes_its_links_away(pair: Pair) -> None:
    rows = decide(pair.rows, pair.row(Origin.CONFIRMED, "101"))
    found = pair.applied(rows)
    fish = pair.anchor("101").wid
    assert found.of(fish) == ()
    assert found.alone[fish].who == "A. Reader"
    assert found.nearest[fish][0].base == pair.anchor("2", base=True).wid
    assert [r.pair[0] for r in open_proposals(rows)] == [pair.anchor("102").wid]


def test_a_later_decision_on_a_pair_takes_the_place_of_the_earlier(pair: Pair) -> None:
    rows = decide(pair.rows, pair.row(Origin.CONFIRMED, "101", "2"))
    rows = decide(rows, pair.row(Origin.REJECTED, "101", "2", who="B. Reader"))
    assert [(r.origin, r.who) for r in rows if r.decided] == [(Origin.REJECTED, "B. Reader")]
    assert withdraw(rows, rows[1].pair, "it") == pair.rows


def test_the_same_decision_again_changes_nothing(pair: Pair) -> None:
    rows = decide(pair.rows, pair.row(Origin.CONFIRMED, "101", "2"))
    later = replace(pair.row(Origin.CONFIRMED, "101", "2"), when="2027-01-01T00:00:00Z")
    assert decide(rows, later) == rows


@pytest.mark.parametrize(
    ("origin", "subject", "base", "said"),
    [
        (Origin.CONFIRMED, "103", "3", "is not proposed"),
        (Origin.ADDED, "101", "2", "is proposed already"),
        (Origin.REJECTED, "103", "3", "no link of Article 103 ⇄ Article 3 to reject"),
        (Origin.CONFIRMED, "102", "1", "contradicts a decision"),
        (Origin.ADDED, "102", "3", "contradicts a decision"),
        (Origin.CONFIRMED, "101", "", "contradicts a decision"),
    ],
)
def test_what_cannot_be_decided_is_refused(pair: Pair, origin: Origin, subject: str, base: str, said: str) -> None:
    rows = decide(pair.rows, pair.row(Origin.CONFIRMED, "102"))
    rows = decide(rows, pair.row(Origin.CONFIRMED, "101", "2"))
    with pytest.raises(StoreError, match=said):
        decide(rows, pair.row(origin, subject, base))


def test_nothing_is_taken_back_that_was_not_decided(pair: Pair) -> None:
    with pytest.raises(StoreError, match="no decision to take back"):
        withdraw(pair.rows, pair.rows[0].pair, "it")


# -- a run again ------------------------------------------------------------------------------------


choices = st.lists(
    st.tuples(
        st.sampled_from([Origin.CONFIRMED, Origin.REJECTED, Origin.ADDED]),
        st.sampled_from(["101", "102", "103"]),
        st.sampled_from(["1", "2", "3", ""]),
    ),
    max_size=6,
)
TEXTS = [Pair(ours(), theirs()), Pair(ours("Each Party shall weigh its fish."), theirs()), Pair(theirs(), ours())]


@given(choices, st.integers(0, 2))
def test_a_run_again_keeps_every_decision_and_ends_where_it_began(made: list[tuple[Origin, str, str]], text: int) -> None:
    first, again = TEXTS[0], TEXTS[text]
    rows = first.rows
    for origin, subject, base in made:
        try:
            rows = decide(rows, first.row(origin if base else Origin.CONFIRMED, subject, base))
        except StoreError:
            continue
    new = propose(again.mine, again.theirs, again.found, rows)
    assert [r for r in new if r.decided] == [r for r in rows if r.decided]
    assert [r for r in new if not r.decided] == list(again.rows)
    assert propose(again.mine, again.theirs, again.found, new) == new
    assert propose(first.mine, first.theirs, first.found, new) == rows
    kept = again.applied(new)
    rejected = {r.pair for r in rows if r.origin is Origin.REJECTED}
    assert not rejected & {(k.subject, k.base) for k in kept.links}


def test_a_decision_on_a_text_that_has_changed_is_stale_and_counts(pair: Pair) -> None:
    rows = decide(pair.rows, pair.row(Origin.CONFIRMED, "101", "2"))
    changed = Pair(ours(FISH + " The count is free."), theirs(), rows)
    (standing,) = standings(changed.mine, changed.theirs, changed.rows)
    assert (standing.change, standing.lost) == ("the text of Article 101 has changed since", False)
    found = changed.applied(changed.rows)
    assert found.links[0].decision is not None
    assert found.links[0].decision.stale == standing.change
    assert found.said == (standing.sentence(),)
    assert "is stale" in found.said[0]


def test_a_decision_follows_a_provision_that_was_renumbered(pair: Pair) -> None:
    rows = decide(pair.rows, pair.row(Origin.REJECTED, "102", "1"))
    text = ours()
    chapter = text.root.children[0]
    moved = replace(chapter.children[1], eid="chp_1__art_109")
    assert moved.wid == pair.anchor("102").wid
    again = Pair(
        text.with_root(
            replace(text.root, children=(replace(chapter, children=(chapter.children[0], moved, chapter.children[2])),))
        ),
        theirs(),
        rows,
    )
    assert [k.subject for k in again.applied(again.rows).links] == [pair.anchor("101").wid]
    assert again.applied(again.rows).said == ()


def test_a_decision_on_a_provision_that_is_gone_is_kept_and_does_not_count(pair: Pair) -> None:
    rows = decide(pair.rows, pair.row(Origin.ADDED, "103", "3"))
    short = small_treaty(("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Honey", HONEY))
    again = Pair(short, theirs(), rows)
    assert [r for r in again.rows if r.decided] == [r for r in rows if r.decided]
    found = again.applied(again.rows)
    assert [k.decision for k in found.links] == [None, None]
    assert found.said == (
        "The link of Article 103 with Article 3 (added by A. Reader) does not count: "
        "Article 103 is not held in verbatim/eng@2001-02-03.",
    )


def test_a_part_of_a_text_is_not_told_of_decisions_elsewhere(pair: Pair) -> None:
    rows = decide(pair.rows, pair.row(Origin.CONFIRMED, "101", "2"))
    rows = decide(rows, pair.row(Origin.ADDED, "103", "3"))
    honey = pair.mine.index.find("102")
    found = apply(pair.mine, pair.theirs, align(pair.mine.treaty, pair.theirs.treaty, scope=honey), rows)
    assert [k.subject for k in found.links] == [honey[0].eid]
    assert found.said == ()


def test_the_document_read_from_the_other_side_says_the_same(pair: Pair) -> None:
    rows = pair.rows
    for row in (
        pair.row(Origin.REJECTED, "101", "2"),
        pair.row(Origin.ADDED, "103", "3"),
        pair.row(Origin.CONFIRMED, "102", "1"),
    ):
        rows = decide(rows, row)
    back = tuple(row.mirrored() for row in rows)
    there = apply(pair.mine, pair.theirs, recorded(pair.mine, pair.theirs, rows), rows)
    here = apply(pair.theirs, pair.mine, recorded(pair.theirs, pair.mine, back), back)
    assert {(k.subject, k.base, k.decision) for k in there.links} == {(k.base, k.subject, k.decision) for k in here.links}
    assert tuple(row.mirrored() for row in back) == rows
