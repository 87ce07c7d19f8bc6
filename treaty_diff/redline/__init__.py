"""What changed: words, lines, articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import exports

if TYPE_CHECKING:
    from .assembly import build, whole
    from .comparison import Comparison
    from .tokens import diff
    from .turning import mirror

__all__ = ["Comparison", "build", "diff", "mirror", "whole"]

__getattr__ = exports(
    __name__, {"Comparison": "comparison", "build": "assembly", "diff": "tokens", "mirror": "turning", "whole": "assembly"}
)
