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
