"""A text that was just read: no larger than a treaty, and its citations marked."""

from __future__ import annotations

from ..text import references
from ..text.model import Treaty
from . import bounds


def check(treaty: Treaty) -> None:
    """Raise SourceError where a text has more of anything than a treaty has."""
    bounds.check_components(len(treaty.components()))
    bounds.check_pieces(sum(1 for _ in treaty.walk()))
    bounds.check_citations(references.count(treaty))


def linked(treaty: Treaty) -> Treaty:
    """The treaty with its citations marked; raises SourceError where it has more than a treaty has."""
    check(treaty)
    return references.link(treaty)
