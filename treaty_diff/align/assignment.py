"""Which base article answers which subject article: one choice for all, and none where nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..text.model import Provision, Treaty
from . import features
from .concordance import Concordance, Link, LinkKind, Near
from .config import AlignConfig

if TYPE_CHECKING:
    from .features import Matrix


def _let_labels_lead(score: Matrix, left: list[str], right: list[str], config: AlignConfig) -> None:
    """Between two texts of one treaty (another language, date or edition) the same address is a counterpart."""
    place = {eid: j for j, eid in enumerate(right)}
    for i, eid in enumerate(left):
        if (j := place.get(eid)) is not None:
            score[i, j] = min(1.0, score[i, j] + config.label_bonus)


def align(
    subject: Treaty,
    base: Treaty,
    *,
    scope: tuple[Provision, ...] | None = None,
    base_scope: tuple[Provision, ...] | None = None,
    config: AlignConfig | None = None,
) -> Concordance:
    """The correspondence of two texts, article by article.

    Scores are made over both texts whole, so that a chapter gets the same answers alone as it
    gets in its treaty; `scope` and `base_scope` only cut what is listed.
    """
    import numpy as np

    config = config or AlignConfig()
    asked = list(features.members((subject.root,) if scope is None else scope))
    offered = list(features.members((base.root,) if base_scope is None else base_scope))
    inside = {p.eid for p, _ in asked}
    answering = {p.eid for p, _ in offered}
    held_left = features.units(subject)
    held_right = features.units(base)
    links: list[Link] = []
    nearest: dict[str, tuple[Near, ...]] = {}
    if held_left and held_right:
        text = features.tfidf(held_left, held_right, config.pair_weight)
        titles = [p.title for text in (subject, base) for p, _ in features.members((text.root,))]
        heading = features.headings(held_left, held_right, titles)
        chapter = features.chapters(held_left, held_right, text + heading)
        score = config.text_weight * text + config.heading_weight * heading + config.chapter_weight * chapter
        score *= np.minimum(1.0, config.text_floor + config.text_gain * text)  # a heading alone pairs nobody
        if subject.meta.treaty == base.meta.treaty:
            _let_labels_lead(score, [u.eid for u in held_left], [u.eid for u in held_right], config)
        # rounded, so that the last bits, which depend on the machine, decide nothing
        score = np.round(score, 5)
        score[:, [u.eid not in answering for u in held_right]] = -1.0
        taken: dict[int, tuple[int, float]] = {}
        order = sorted(
            ((float(score[i, j]), i, j) for i, j in np.argwhere(score >= config.threshold).tolist()),
            key=lambda t: (-t[0], t[1], t[2]),
        )
        chosen: dict[int, int] = {}
        for value, i, j in order:
            if i in chosen:
                continue
            if j in taken and value < taken[j][1] - config.repeat_margin:
                continue
            chosen[i] = j
            taken.setdefault(j, (i, value))
        for i, u in enumerate(held_left):
            if u.eid not in inside:
                continue
            best = np.argsort(-score[i], kind="stable")[: config.nearest]
            nearest[u.eid] = tuple(Near(held_right[int(j)].eid, round(float(score[i, j]), 3)) for j in best if score[i, j] >= 0)
            if i in chosen:
                j = chosen[i]
                evidence = (("text", text[i, j]), ("heading", heading[i, j]), ("chapter", chapter[i, j]))
                links.append(
                    Link(
                        u.eid,
                        held_right[j].eid,
                        LinkKind.COUNTERPART,
                        round(float(score[i, j]), 3),
                        tuple((name, round(float(value), 3)) for name, value in evidence),
                    )
                )
    answered = {link.base for link in links}
    return Concordance(
        links=tuple(links),
        nearest=nearest,
        unanswered=tuple(u.eid for u in held_right if u.eid in answering and u.eid not in answered),
        not_held_subject=tuple(p.eid for p, _ in asked if not p.held),
        not_held_base=tuple(p.eid for p, _ in offered if not p.held),
    )
