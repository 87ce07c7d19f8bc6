"""How often the rules are right, kind by kind, on pairs of sentences in our own words."""

from __future__ import annotations

import pytest

from tests.annotate.pairs_read import Score, annotated, cases, kinds_of_rules, scored
from treaty_diff.annotate import Kind

MADE = [(case, annotated(case)) for case in cases()]
SCORES = scored(MADE)
KINDS = sorted({case.kind for case, _ in MADE})


def total(kind: str) -> Score:
    out = Score()
    for blind in (False, True):
        out += SCORES.get((kind, blind), Score())
    return out


def test_every_kind_has_pairs() -> None:
    assert set(KINDS) == {kind.name.lower() for kind in Kind}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_measured_on_forty_pairs_half_of_them_blind(kind: str) -> None:
    mine = [case for case, _ in MADE if case.kind == kind]
    assert len(mine) >= 40
    assert 2 * sum(case.blind for case in mine) >= 40
    assert any(not case.rules for case in mine)


@pytest.mark.parametrize("kind", KINDS)
def test_precision_and_recall_of_a_kind(kind: str) -> None:
    score = total(kind)
    assert score.wanted >= 15
    assert score.precision >= 0.95
    assert score.recall >= 0.85


def test_every_rule_wanted_is_one_that_the_docs_describe() -> None:
    known = kinds_of_rules()
    assert {rule for case, _ in MADE for rule in case.rules} <= set(known)
    assert {a.rule for _, made in MADE for a in made} <= set(known)
