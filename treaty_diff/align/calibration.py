"""From signals to a chance: logistic models, whose output is a frequency and not a mere rank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .config import Weights

if TYPE_CHECKING:
    from .features import Matrix

_LIMIT = 30.0


def chance(signals: Mapping[str, Matrix], weights: Weights) -> Matrix:
    """The chance of each pair under a model, rounded so that the last bits, which depend on the machine, decide nothing."""
    import numpy as np

    total = sum(weight * (signals[name] if name else 1.0) for name, weight in weights)
    out: Matrix = np.round(1.0 / (1.0 + np.exp(-np.clip(total, -_LIMIT, _LIMIT))), 5)
    return out


def contributions(signals: Mapping[str, Matrix], weights: Weights, row: int, column: int) -> tuple[tuple[str, float], ...]:
    """What each signal adds to one pair's log-odds, the weightiest first."""
    parts = [(name, round(float(weight * signals[name][row, column]), 3)) for name, weight in weights if name]
    return tuple(sorted((p for p in parts if p[1]), key=lambda p: (-abs(p[1]), p[0])))
