"""Where a text's words come from: which were copied from which base, and the share of words in common sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._lazy import exports

if TYPE_CHECKING:
    from .config import LineageConfig
    from .result import Lineage, Run, Share, Source, TracedLine
    from .shared import Shared, shared6
    from .trace import lineage

__all__ = ["Lineage", "LineageConfig", "Run", "Share", "Shared", "Source", "TracedLine", "lineage", "shared6"]

__getattr__ = exports(
    __name__,
    {
        "Lineage": "result",
        "LineageConfig": "config",
        "Run": "result",
        "Share": "result",
        "Shared": "shared",
        "Source": "result",
        "TracedLine": "result",
        "lineage": "trace",
        "shared6": "shared",
    },
)
