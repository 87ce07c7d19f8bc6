"""Characters that turn the direction of writing, which can show words in another order than they are stored.

They stay in the text. Where it is shown they are made visible or kept from turning what stands around them
(Unicode Technical Report 36, section 2.5.1; CVE-2021-42574).
"""

from __future__ import annotations

import re

TURNS = "\u202a-\u202e\u2066-\u2069"
"""The characters, as a class of a pattern has them."""

TURNING = re.compile(f"[{TURNS}]")
"""Embeddings, overrides and isolates. The marks U+200E and U+200F turn nothing but themselves."""

_STEERING = re.compile(f"[\x80-\x9f{TURNS}]")
"""These and the C1 controls, which XML allows and some terminals obey."""


def visible(words: str) -> str:
    """Words with the characters that steer a terminal named; its own commands, which begin with ESC, stay.

    >>> visible("not \\u202e yes")
    'not ⟨U+202E⟩ yes'
    """
    return _STEERING.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", words)
