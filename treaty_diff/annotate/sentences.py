"""How the rules speak: a provision quoted, a place named, a list shortened."""

from __future__ import annotations

from collections.abc import Sequence


def quoted(words: str, most: int) -> str:
    """A provision's words in quotation marks, at most `most` of them.

    >>> quoted(" shall publish its rules. ", 3)
    '“shall publish its …”'
    """
    parts = " ".join(words.split()).rstrip(",;:.").split()
    said = " ".join(parts)
    if len(parts) > most:
        said = " ".join(parts[:most]).rstrip(",;:") + " …"
    return f"“{said}”"


def quoted_at(words: str, at: int, most: int) -> str:
    """The same of a long sentence, from shortly before its character `at` where that would not be among the first words.

    >>> quoted_at("Where a mast breaks in a storm, the owner may ask for a new one.", 42, 6)
    '“… storm, the owner may ask for …”'
    """
    before = words[:at].split()
    if len(before) <= most - _AFTER:
        return quoted(words, most)
    lead = " ".join(before[-min(_BEFORE, most - _AFTER) :])
    return f"“… {quoted(f'{lead} {words[at:].lstrip()}', most)[1:]}"


_BEFORE, _AFTER = 10, 3
"""Words quoted before a place in a long sentence at most, and after it at least."""


def listed(names: Sequence[str], most: int) -> str:
    """Names as one says them, `and 3 more` for those beyond `most`.

    >>> listed(["(a)", "(b)", "(c)"], 6), listed(["(a)", "(b)", "(c)", "(d)"], 2)
    ('(a), (b) and (c)', '(a), (b) and 2 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else ""]))


def opened(words: str) -> str:
    """Words with which a sentence begins."""
    return words[:1].upper() + words[1:]


def within(words: str) -> str:
    """Who acts, as said inside a sentence: `Each Party` → `each Party`, `Canada` as it is."""
    first, _, rest = words.partition(" ")
    articles = {"Each", "The", "A", "An", "No", "Any", "All", "Every", "Neither", "Either", "Such", "Another", "One"}
    return f"{first.lower()} {rest}" if first in articles else words
