from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treaty_diff.numerals import SPELT, WORDS, from_letters, from_roman, from_words, to_roman


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("one", 1),
        ("NINETEEN", 19),
        ("Twenty", 20),
        ("Twenty-One", 21),
        ("twenty  one", 21),
        ("TwentyTwo", 22),
        ("ninety-nine", 99),
        ("twenty-", None),
        ("eleventy", None),
        ("Annex", None),
        ("", None),
    ],
)
def test_numbers_written_in_words(words: str, number: int | None) -> None:
    assert from_words(words) == number


@pytest.mark.parametrize(
    ("roman", "number"), [("i", 1), ("IV", 4), ("xxvi", 26), ("xc", 90), ("iiii", None), ("vx", None), ("a", None), ("", None)]
)
def test_roman_numerals_are_read_only_where_well_formed(roman: str, number: int | None) -> None:
    assert from_roman(roman) == number


@given(st.integers(1, 99))
def test_roman_numerals_come_back(number: int) -> None:
    assert from_roman(to_roman(number)) == number


@pytest.mark.parametrize(
    ("letters", "place"), [("a", 1), ("z", 26), ("aa", 27), ("BB", 28), ("ab", None), ("ñ", None), ("1", None), ("", None)]
)
def test_letters_go_on_doubled_after_z(letters: str, place: int | None) -> None:
    assert from_letters(letters) == place


def test_the_pattern_for_number_words_takes_the_longest() -> None:
    spelt = re.compile(SPELT)
    for word in WORDS:
        found = spelt.match(f"{word} days")
        assert found is not None
        assert found.group() == word
