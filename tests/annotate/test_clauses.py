"""Who must, may or is said to do what."""

from __future__ import annotations

import pytest

from treaty_diff.annotate.clauses import Bind, Clause, clauses


def read(text: str) -> tuple[Clause, ...]:
    return clauses(text, text.lower())


CASES = [
    # words, kind, strength, negative, who acts
    ("Each Party shall mend its nets.", Bind.DUTY, 5, False, "party"),
    ("No Party may mend nets.", Bind.DUTY, 5, True, "party"),
    ("A Party may not mend nets.", Bind.DUTY, 5, True, "party"),
    ("The requesting Party shall endeavour to mend nets.", Bind.DUTY, 4, False, "requesting party"),
    ("The Commission should mend nets.", Bind.DUTY, 2, False, "commission"),
    ("The Parties are encouraged to mend nets.", Bind.DUTY, 1, False, "party"),
    ("A disputing investor shall be entitled to a net.", Bind.RIGHT, 2, False, "claimant"),
    ("A Party need not mend nets.", Bind.RIGHT, 2, False, "party"),
    ("The panel may mend nets only if it rains.", Bind.RIGHT, 1, False, "panel"),
    ("The Parties recognise that nets tear.", Bind.STATEMENT, 1, False, "party"),
    ("A raft shall be deemed a ship.", Bind.STATEMENT, 2, False, ""),
    ("If a skipper asks, the panel, after a night's sleep, shall answer.", Bind.DUTY, 5, False, "panel"),
    ("If the Commission sleeps, it shall be woken.", Bind.DUTY, 5, False, "commission"),
    ("All nets of the Commission shall be mended.", Bind.DUTY, 5, False, ""),
]


@pytest.mark.parametrize(("text", "kind", "strength", "negative", "actor"), CASES)
def test_clause_of_a_sentence(text: str, kind: Bind, strength: int, negative: bool, actor: str) -> None:
    (clause,) = read(text)
    assert (clause.kind, clause.strength, clause.negative, clause.actor) == (kind, strength, negative, actor)


@pytest.mark.parametrize(
    "text",
    [
        "Nothing in this Chapter shall stop a Party from fishing.",
        "measures that may harm a reef",
        "any other period as the Parties may agree",
        "Should a skipper fall ill, the voyage ends.",
        "if the Parties agree to a delay",
    ],
)
def test_words_that_bind_nobody(text: str) -> None:
    assert read(text) == ()


def test_second_verb_has_the_first_ones_subject() -> None:
    first, second = read("The panel shall hear the crew and shall write to the owner.")
    assert (first.actor, first.verb, second.actor, second.verb) == ("panel", "hear", "panel", "write")
    assert first.right == second.left


def test_clauses_lie_within_their_line_and_in_order() -> None:
    text = "1. Each Party shall, where possible, mend its nets; it may not sell them. The Commission may look."
    found = read(text)
    assert [c.verb for c in found] == ["mend", "sell", "look"]
    assert found[0].hedges == ("where possible",)
    assert all(0 <= c.left <= c.opening <= c.start < c.end <= c.right <= len(text) for c in found)
