"""Signals of pairs, where their worth can be told by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from treaty_diff.align.signals import Terms, beyond

if TYPE_CHECKING:
    from treaty_diff.align.features import Matrix


def told(*units: str) -> Terms:
    """The words of some units, each weighing one."""
    words = sorted({word for unit in units for word in unit.split()})
    rows = [(n, words.index(word)) for n, unit in enumerate(units) for word in sorted(unit.split())]
    owner, term = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return Terms(owner, term, np.ones(len(rows)), len(words))


LEFT = ("fish lakes jar honey",)
RIGHT = ("fish lakes", "honey jar", "fish lakes jar", "stone bridge")


def test_the_second_part_of_a_split_says_what_the_first_does_not() -> None:
    chance: Matrix = np.array([[1.0, 0.2, 0.2, 0.0]])
    rows, _ = beyond(told(*LEFT, *RIGHT), 1, 4, chance)
    assert rows[0].tolist() == pytest.approx([0.0, 1.0, 1 / 3, 0.0])


def test_a_doubtful_best_answer_leaves_its_words_to_others() -> None:
    chance: Matrix = np.array([[0.5, 0.2, 0.2, 0.0]])
    rows, _ = beyond(told(*LEFT, *RIGHT), 1, 4, chance)
    assert rows[0].tolist() == pytest.approx([0.5, 1.0, 2 / 3, 0.0])


def test_what_is_beyond_the_best_turns_with_the_texts() -> None:
    left, right = ("fish lakes jar honey", "stone bridge lakes"), RIGHT
    chance: Matrix = np.array([[0.9, 0.2, 0.3, 0.0], [0.1, 0.0, 0.2, 0.7]])
    rows, columns = beyond(told(*left, *right), 2, 4, chance)
    turned_rows, turned_columns = beyond(told(*right, *left), 4, 2, chance.T)
    assert np.allclose(rows, turned_columns.T)
    assert np.allclose(columns, turned_rows.T)
