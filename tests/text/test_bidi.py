"""Characters that steer a terminal are named, not obeyed."""

from __future__ import annotations

import pytest

from treaty_diff.text.bidi import visible


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Each Party \u202e shall", "Each Party ⟨U+202E⟩ shall"),
        ("Each Party \x9b2J shall", "Each Party ⟨U+009B⟩2J shall"),
        ("\x1b[1mArtículo 5\x1b[0m\u200f\n", "\x1b[1mArtículo 5\x1b[0m\u200f\n"),
    ],
)
def test_what_steers_a_terminal_is_named(words: str, shown: str) -> None:
    assert visible(words) == shown
