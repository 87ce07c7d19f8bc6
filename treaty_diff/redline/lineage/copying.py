"""Which shared runs mean copying: long enough, of words that say something, in phrases that few articles have."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ...align.features import stop_words
from .config import LineageConfig
from .runs import Matches, Windows, articles, common, matches
from .words import Stream, Vocabulary

if TYPE_CHECKING:
    from .words import Flags, Numbers

_UNIT = 1000
"""What a word of the rarest windows weighs: whole numbers, so that sums do not depend on what is summed before."""
_BEFORE = 8
"""How many runs before it, in order of place, a run may go on from: others of the same two articles stand between."""
_OVERLAP = 2
"""Words that fit the end of one run as well as the beginning of the next."""


def telling(vocabulary: Vocabulary, language: str) -> Flags:
    """Of each key, whether its word says what a text is about."""
    import numpy as np

    stop = stop_words(language)
    return np.array([len(word) > 1 and not word[0].isdigit() and word not in stop for word in vocabulary.known], dtype=bool)


def _weights(windows: Windows, subject: Stream, base: Stream, config: LineageConfig) -> Numbers:
    """What each key of the subject weighs: as much as the rarest window does that it stands in and that the base has, too."""
    import numpy as np

    weight = np.rint(_UNIT * np.exp((2 - articles(windows, subject.unit, base.unit)) / config.fade)).astype(np.int64)
    out = np.zeros(len(subject.keys) + config.window, dtype=np.int64)
    for n in range(config.window):
        out[windows.left + n] = np.maximum(out[windows.left + n], weight)
    return out[: len(subject.keys)]


def _summed(weights: Numbers, found: Matches) -> Numbers:
    import numpy as np

    total = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(weights)])
    out: Numbers = total[found.left + found.size] - total[found.left]
    return out


def _continued(found: Matches, pair: Numbers, gap: int) -> Numbers:
    """The first of the runs that each run goes on from, itself where it goes on from none; runs come by pair of articles.

    A run goes on from the nearest before it in the same two articles that ends at most `gap` keys before it in both; of
    several that go on from one run only the nearest does.
    """
    import numpy as np

    count = len(found.left)
    end, there = found.left + found.size, found.right + found.size
    first = np.arange(count)
    taken = np.zeros(count, dtype=bool)
    for back in range(1, min(_BEFORE, count - 1) + 1):
        here = found.left[back:] - end[:-back]
        over = found.right[back:] - there[:-back]
        on = (pair[back:] == pair[:-back]) & (here >= -_OVERLAP) & (here <= gap) & (over >= -_OVERLAP) & (over <= gap)
        on &= (first[back:] == np.arange(back, count)) & ~taken[:-back]
        run = np.flatnonzero(on) + back
        first[run] = run - back
        taken[run - back] = True
    while not np.array_equal(first, first[first]):
        first = first[first]
    return first


def copied(
    subject: Stream,
    base: Stream,
    content: Flags,
    asked: Flags,
    answers: Collection[tuple[str, str]],
    config: LineageConfig,
) -> Numbers:
    """Of each key of the subject the place in the base that it was copied from, -1 where none or where it is not `asked` for.

    A run counts with what continues it: a word changed here and there does not part it. Where several articles have the
    words, one that answers the subject's article is taken (`answers` are pairs of eIds, subject and base), then the one that
    has most of the words around, then the first.
    """
    import numpy as np

    place = np.full(len(subject.keys), -1, dtype=np.int64)
    windows = common(subject.keys, base.keys, config.window)
    weights = _weights(windows, subject, base, config)
    found = matches(windows.of(asked), subject.keys, base.keys, config.window, config.most)
    worth = _summed(weights, found)
    pair = subject.unit[found.left] * len(base.units) + base.unit[found.right]
    kept = np.flatnonzero(worth)
    kept = kept[np.argsort(pair[kept], kind="stable")]
    found, worth, pair = Matches(found.left[kept], found.right[kept], found.size[kept]), worth[kept], pair[kept]
    first = _continued(found, pair, config.gap)
    said = _summed(np.where(content[np.maximum(subject.keys, 0)], weights, 0), found)
    total = np.bincount(first, worth, minlength=len(first))[first]
    said = np.bincount(first, said, minlength=len(first))[first]
    ok = (total >= config.words * _UNIT) & (said >= config.content * _UNIT)
    found, total, pair = Matches(found.left[ok], found.right[ok], found.size[ok]), total[ok], pair[ok]
    mine = {eid: n for n, eid in enumerate(subject.units)}
    theirs = {eid: n for n, eid in enumerate(base.units)}
    known = [mine[a] * len(base.units) + theirs[b] for a, b in answers if a in mine and b in theirs]
    answered = np.isin(pair, np.array(sorted(known), dtype=np.int64))
    order = np.lexsort((-found.right, -found.left, found.size, total, answered))
    left, right, size = found.left[order], found.right[order], found.size[order]
    step = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
    place[np.repeat(left, size) + step] = np.repeat(right, size) + step  # the best come last, and the last stays
    return place
