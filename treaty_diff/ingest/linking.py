"""Citations marked in a text that was just read, where it has no more of them than a treaty."""

from __future__ import annotations

from ..text import references
from ..text.model import Treaty
from . import bounds


def linked(treaty: Treaty) -> Treaty:
    """The treaty with its citations marked; raises SourceError where it has more than a treaty has."""
    bounds.check_citations(references.count(treaty))
    return references.link(treaty)
