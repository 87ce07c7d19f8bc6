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


_GROUPS = {
    "words": ("words", "pairs", "words apart", "pairs apart", "pairs of best, both", "pairs of best, one"),
    "passages": ("passages", "passages of both", "passages of one", "passages apart"),
    "heading": ("heading",),
    "defined terms": ("terms", "one defines", "both define"),
    "rivals": ("lead, both", "lead, one"),
    "chapters": (
        "chapters, both",
        "chapters, one",
        "heading words in the chapter",
        "heading in the chapter",
        "both define in the chapter",
        "pairs apart in the chapter",
    ),
    "neighbours": ("neighbours, both", "neighbours, one"),
    "rest": ("beyond the best, both", "beyond the best, one"),
}
_GROUP = {name: group for group, names in _GROUPS.items() for name in names}


def contributions(
    text: Mapping[str, Matrix], context: Mapping[str, Matrix], models: tuple[Weights, Weights], row: int, column: int
) -> tuple[tuple[str, float], ...]:
    """What each group of signals adds to one pair's log-odds, in tenths, the weightiest first.

    The text's own signals come through the context's model, which takes their sum as one of its own.
    """
    own, around = models
    through = dict(around)["text"]
    totals: dict[str, float] = {}
    for signals, weights, factor in ((text, own, through), (context, around, 1.0)):
        for name, weight in weights:
            if (group := _GROUP.get(name)) is not None:
                totals[group] = totals.get(group, 0.0) + factor * weight * float(signals[name][row, column])
    parts = [(group, round(value, 1)) for group, value in totals.items()]
    return tuple(sorted((p for p in parts if p[1]), key=lambda p: (-p[1], p[0])))
