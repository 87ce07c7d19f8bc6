"""What the rest of both texts says of a pair: rivals, chapters that answer each other, neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from . import signals
from .features import Unit

if TYPE_CHECKING:
    from .features import Matrix
    from .signals import Terms

NEAR = 2.5
"""Width, in articles, of the window in which neighbours speak for each other."""
_PRIOR = 0.3
"""Links' worth of doubt in a share: with nothing else to go by, half of it is granted."""
_LEAST = 1e-4


def _indicator(units: Sequence[Unit]) -> Matrix:
    """One row a chapter, one column a unit."""
    import numpy as np

    names = list(dict.fromkeys(u.chapter for u in units))
    out = np.zeros((len(names), len(units)))
    out[[names.index(u.chapter) for u in units], range(len(units))] = 1.0
    return out


def _lead(odds: Matrix) -> Matrix:
    """How far each value lies above the best other one of its row."""
    import numpy as np

    if odds.shape[1] < 2:
        return np.asarray(odds - np.log(_LEAST))
    top = np.partition(odds, -2, axis=1)[:, -2:]
    second, first = top.min(axis=1, keepdims=True), top.max(axis=1, keepdims=True)
    return np.asarray(odds - np.where(odds >= first, second, first))


def _share(chance: Matrix, here: Matrix, there: Matrix) -> Matrix:
    """Of the links that a unit's chapter has, its own left out: the share that goes to the other unit's chapter."""
    to = chance @ there.T
    others = here.T @ (here @ to) - to
    out: Matrix = (others @ there + 0.5 * _PRIOR) / (others.sum(axis=1, keepdims=True) + _PRIOR)
    return out


@lru_cache(maxsize=32)
def _window(chapters: tuple[str, ...], alone: bool) -> Matrix:
    """How near the units of one text, given by their chapters, stand to each other; `alone` leaves out each unit itself."""
    import numpy as np

    known = {name: n for n, name in enumerate(dict.fromkeys(chapters))}
    place, chapter = np.arange(len(chapters)), np.array([known[name] for name in chapters])
    by_distance = np.exp(-(place**2) / (2 * NEAR * NEAR))
    near = np.where(chapter[:, None] == chapter, by_distance[np.abs(place[:, None] - place)], 0.0)
    if alone:
        np.fill_diagonal(near, 0.0)
    near.flags.writeable = False
    return near


def _vicinity(chance: Matrix, here: tuple[str, ...], there: tuple[str, ...]) -> Matrix:
    """Of the links that a unit's neighbours have, the share that lands near the other unit; both texts' units are given by their chapters."""
    import numpy as np

    around = _window(here, True) @ chance
    out: Matrix = np.minimum((around @ _window(there, False)) / np.maximum(around.sum(axis=1, keepdims=True), _PRIOR), 1.0)
    return out


def context_signals(
    chance: Matrix, text: dict[str, Matrix], told: Terms, left: Sequence[Unit], right: Sequence[Unit]
) -> dict[str, Matrix]:
    """The signals that follow from a first estimate of each pair's chance, by name; symmetric as those of the text are."""
    import numpy as np

    here, there = _indicator(left), _indicator(right)
    odds = np.log(np.maximum(chance, _LEAST) / np.maximum(1.0 - chance, _LEAST))
    one, other = _lead(odds), _lead(odds.T).T
    share, back = np.sqrt(_share(chance, here, there)), np.sqrt(_share(chance.T, there, here).T)
    mine, theirs = tuple([u.chapter for u in left]), tuple([u.chapter for u in right])
    near, around = np.sqrt(_vicinity(chance, mine, theirs)), np.sqrt(_vicinity(chance.T, theirs, mine).T)
    chapters = share * back
    rest, other_rest = signals.beyond(told, len(left), len(right), chance)
    out = {
        "text": odds,
        "lead, both": np.minimum(one, other),
        "lead, one": np.maximum(one, other),
        "chapters, both": np.minimum(share, back),
        "chapters, one": np.maximum(share, back),
        "neighbours, both": np.minimum(near, around),
        "neighbours, one": np.maximum(near, around),
        "beyond the best, both": np.minimum(rest, other_rest),
        "beyond the best, one": np.maximum(rest, other_rest),
        "pairs apart": text["pairs apart"],
        "heading": text["heading"],
        "choice": text["choice"],
    }
    for name in ("heading words", "heading", "both define", "pairs apart"):
        out[f"{name} in the chapter"] = text[name] * chapters
    return out
