"""What changed: words, lines, articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import exports

if TYPE_CHECKING:
    from .assembly import both, build
    from .comparison import Comparison
    from .config import RedlineConfig
    from .proof import faults
    from .tokens import diff

__all__ = ["Comparison", "RedlineConfig", "both", "build", "diff", "faults"]

__getattr__ = exports(
    __name__,
    {
        "Comparison": "comparison",
        "RedlineConfig": "config",
        "both": "assembly",
        "build": "assembly",
        "diff": "tokens",
        "faults": "proof",
    },
)
