"""Which base article answers which subject article: one choice for all, and none where nothing does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import SelectorError
from ..text.model import Kind, Provision, Treaty
from . import features
from .concordance import Concordance, Found, Link, LinkKind, Near, in_order
from .config import AlignConfig

if TYPE_CHECKING:
    from .features import Matrix, Reading, Unit
    from .memo import Memo


_ALONE = frozenset({Kind.PREAMBLE, Kind.CONCLUSION})
"""Kinds that answer only their like."""


@dataclass(frozen=True)
class Estimate:
    """The chances of all pairs of held units, one row a left unit, with the signals that they rest on."""

    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    chance: Matrix
    text: dict[str, Matrix]
    context: dict[str, Matrix]


def estimate(left: Reading, right: Reading, config: AlignConfig) -> Estimate:
    """How likely each unit of one text answers each of another treaty's."""
    import numpy as np

    from . import calibration, chapters, signals

    here, there = left.units, right.units
    words, idle = features.words(left, right)
    own, told = signals.text_signals(words, here, there, idle)
    first = calibration.chance(own, config.text)
    context = chapters.context_signals(first, own, told, here, there)
    chance = calibration.chance(context, config.context)
    verbatim = own["passages of both"]
    chance = np.where(verbatim >= config.verbatim, np.maximum(chance, np.round(verbatim, 5)), chance)
    alone = [np.array([str(u.kind) if u.kind in _ALONE else "" for u in side]) for side in (here, there)]
    chance[alone[0][:, None] != alone[1][None]] = 0.0
    return Estimate(here, there, chance, own, context)


def _ordered(subject: Treaty, base: Treaty) -> bool:
    """Whether the subject is the left text: which side is which decides no bit of a score."""
    return (subject.meta.date, subject.meta.treaty, subject.meta.language) <= (
        base.meta.date,
        base.meta.treaty,
        base.meta.language,
    )


def chosen(chance: Matrix, config: AlignConfig) -> list[tuple[int, int, LinkKind]]:
    """The pairs that are links, with their kinds; exchanging rows and columns exchanges the pairs' sides."""
    import numpy as np

    mutual = (chance >= chance.max(axis=1, keepdims=True)) & (chance >= chance.max(axis=0, keepdims=True))
    linked = (chance >= config.link) | ((chance >= config.mutual) & mutual)
    whole = mutual | (chance >= config.sure)
    return [(i, j, LinkKind.COUNTERPART if whole[i, j] else LinkKind.PARTIAL) for i, j in np.argwhere(linked).tolist()]


def between_treaties(subject: Treaty, base: Treaty, config: AlignConfig) -> Found:
    """All links of two treaties' articles, and the nearest base articles of each subject article."""
    return _of(_estimated(subject, base, config), _ordered(subject, base), config)


def _estimated(subject: Treaty, base: Treaty, config: AlignConfig) -> Estimate:
    """The chances of all pairs, the same whichever text is the subject."""
    left, right = (subject, base) if _ordered(subject, base) else (base, subject)
    return estimate(features.reading(left), features.reading(right), config)


def _of(found: Estimate, straight: bool, config: AlignConfig) -> Found:
    """What is found where the left text is the subject (`straight`), or the right one."""
    import numpy as np

    from .calibration import contributions

    if not found.left or not found.right:
        return [], {}
    pairs = chosen(found.chance, config)
    links = []
    for i, j, kind in pairs:
        evidence = contributions(found.text, found.context, (config.text, config.context), i, j)
        a, b = found.left[i].eid, found.right[j].eid
        links.append(Link(*((a, b) if straight else (b, a)), kind, round(float(found.chance[i, j]), 3), evidence))
    chance = found.chance if straight else found.chance.T
    mine, theirs = (found.left, found.right) if straight else (found.right, found.left)
    linked = {(i, j) if straight else (j, i) for i, j, _ in pairs}
    best = np.argsort(-chance, axis=1, kind="stable")[
        :, : config.nearest + max(Counter(i for i, _ in linked).values(), default=0)
    ]
    nearest = {}
    for i, row in enumerate(best.tolist()):
        free = [j for j in row if (i, j) not in linked][: config.nearest]
        nearest[mine[i].eid] = tuple(Near(theirs[j].eid, round(float(chance[i, j]), 3)) for j in free)
    return links, nearest


def _found(subject: Treaty, base: Treaty, config: AlignConfig) -> Found:
    """All links of two whole texts and the nearest base articles of each subject article."""
    mine, theirs = subject.meta, base.meta
    if mine.treaty == theirs.treaty:
        from .versions import between_expressions

        return between_expressions(subject, base, config)
    if mine.language != theirs.language:
        from ..languages import name

        raise SelectorError(
            f"{mine.treaty} is selected in {name(mine.language)}, {theirs.treaty} in {name(theirs.language)}.",
            cause="between two treaties the words say which article answers which, and these have none in common",
            fix=f"select both in one language, for example {theirs.treaty}/{mine.language}",
        )
    return between_treaties(subject, base, config)


def _recalled(subject: Treaty, base: Treaty, config: AlignConfig, memo: Memo) -> Found:
    """The same, from the memo where it is there, else for the memo."""
    key = memo.key(subject, base, config)
    found = _held(memo, key, subject, base)
    if found is None:
        found = _found(subject, base, config)
        memo.keep(key, found)
    return found


def _held(memo: Memo, key: str, subject: Treaty, base: Treaty) -> Found | None:
    if (found := memo.at_hand(key)) is not None:
        return found
    mine, theirs = ([p.eid for p, _ in features.held(text)] for text in (subject, base))
    return memo.recall(key, mine, theirs)


def prepare(pairs: Sequence[tuple[Treaty, Treaty]], memo: Memo, processes: int, config: AlignConfig | None = None) -> None:
    """Align pairs of texts (subject, base) that the memo does not have yet, on several cores.

    Two treaties that are asked for in both directions are read once.
    """
    from ..workers import spread

    config = config or AlignConfig()
    keys = {memo.key(*pair, config): pair for pair in pairs}
    missing = {key: pair for key, pair in keys.items() if _held(memo, key, *pair) is None}
    for text in {id(text): text for pair in missing.values() for text in pair}.values():
        features.reading(text)  # before the processes part, so that none reads a text which another has read
    groups: dict[frozenset[int], list[str]] = {}
    for key, pair in missing.items():
        groups.setdefault(frozenset(map(id, pair)), []).append(key)

    def work(asked: list[str]) -> list[Found]:
        return _directions([missing[key] for key in asked], config)

    for asked, made in zip(groups.values(), spread(work, list(groups.values()), processes), strict=True):
        for key, found in zip(asked, made, strict=True):
            memo.keep(key, found)


def _directions(pairs: Sequence[tuple[Treaty, Treaty]], config: AlignConfig) -> list[Found]:
    """Two texts aligned in one direction or in both."""
    if len(pairs) == 1 or pairs[0][0].meta.treaty == pairs[0][1].meta.treaty:
        return [_found(*pair, config) for pair in pairs]
    estimated = _estimated(*pairs[0], config)
    return [_of(estimated, _ordered(*pair), config) for pair in pairs]


def _within(treaty: Treaty, scope: Sequence[Provision] | None) -> Sequence[tuple[Provision, str]]:
    """The units of a part of a text, of all of it where there is none."""
    if scope is None or (len(scope) == 1 and scope[0] is treaty.root):
        return features.units(treaty)
    return tuple(features.members(scope))


def align(
    subject: Treaty,
    base: Treaty,
    *,
    scope: Sequence[Provision] | None = None,
    base_scope: Sequence[Provision] | None = None,
    config: AlignConfig | None = None,
    memo: Memo | None = None,
) -> Concordance:
    """The correspondence of two texts, article by article.

    Between expressions or editions of one treaty labels lead (`versions`), between treaties the
    words do; raises SelectorError for two treaties in two languages. Chances are made over both texts whole, so that a chapter gets the same answers alone
    as it gets in its treaty; `scope` and `base_scope` only cut what is listed. `memo` has what was found before.
    """
    config = config or AlignConfig()
    asked = _within(subject, scope)
    offered = _within(base, base_scope)
    links, nearest = _found(subject, base, config) if memo is None else _recalled(subject, base, config, memo)
    inside = {p.eid for p, _ in asked}
    answering = {p.eid for p, _ in offered}
    kept = [k for k in links if k.subject in inside and k.base in answering]
    answered = {k.base for k in kept}
    return Concordance(
        links=tuple(in_order(kept, [p.eid for p, _ in asked], [p.eid for p, _ in offered])),
        nearest={eid: near for eid, near in nearest.items() if eid in inside},
        unanswered=tuple(p.eid for p, _ in offered if p.held and p.eid not in answered),
        not_held_subject=tuple(p.eid for p, _ in asked if not p.held),
        not_held_base=tuple(p.eid for p, _ in offered if not p.held),
        outside=tuple(k for k in links if k.subject not in inside or k.base not in answering),
    )
