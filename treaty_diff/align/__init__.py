"""Which provision of one text answers which of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import exports

if TYPE_CHECKING:
    from .assignment import align
    from .carrying import carry_wids
    from .concordance import Concordance, Link, LinkKind, Near
    from .config import AlignConfig
    from .paragraphs import paragraph_links
    from .passages import shared_passages

__all__ = [
    "AlignConfig",
    "Concordance",
    "Link",
    "LinkKind",
    "Near",
    "align",
    "carry_wids",
    "paragraph_links",
    "shared_passages",
]

__getattr__ = exports(
    __name__,
    {
        "AlignConfig": "config",
        "Concordance": "concordance",
        "Link": "concordance",
        "LinkKind": "concordance",
        "Near": "concordance",
        "align": "assignment",
        "carry_wids": "carrying",
        "paragraph_links": "paragraphs",
        "shared_passages": "passages",
    },
)
