"""Fitting the aligner's two logistic models to tables of links, and cross-validating them over chapters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from treaty_diff.align import calibration, chapters, features, signals
from treaty_diff.align.config import CONTEXT, TEXT, Weights
from treaty_diff.citation import label
from treaty_diff.text.index import Index
from treaty_diff.text.model import Kind, Treaty

Table = Mapping[str, Mapping[str, str]]
PARTIAL = 0.5
SMALL = 0.08
RIDGE = 1.0


@dataclass
class Corpus:
    """Two texts, or some of their chapters, with all signals."""

    text: dict[str, Any]
    told: signals.Terms
    left: list[features.Unit]
    right: list[features.Unit]
    row: dict[str, int]
    column: dict[str, int]


def corpus(left: Treaty, right: Treaty, keep: tuple[set[str], set[str]] | None = None) -> Corpus:
    sides = [features.reading_of(text, kept) for text, kept in zip((left, right), keep or (None, None), strict=True)]
    words, idle = features.words(*sides)
    indexes = Index(left), Index(right)
    places = []
    for side, index in zip(sides, indexes, strict=True):
        place: dict[str, int] = {}
        for n, unit in enumerate(side.units):
            if unit.kind is Kind.ARTICLE:
                place.setdefault(label(index.by_eid[unit.eid].label), n)
        places.append(place)
    units = [list(side.units) for side in sides]
    made, told = signals.text_signals(words, units[0], units[1], idle)
    return Corpus(made, told, units[0], units[1], places[0], places[1])


def corpora(left: Treaty, right: Treaty, small: int, seed: int = 11) -> list[Corpus]:
    """The whole pair, then pairs of a random part of the chapters: where the answer is often not there."""
    draw = np.random.default_rng(seed)
    names = [sorted({c for _, c in features.held(t)}) for t in (left, right)]
    out = [corpus(left, right)]
    while len(out) <= small:
        shares = draw.uniform(0.12, 0.6, 2)
        keep = tuple({c for c in side if draw.random() < share} for side, share in zip(names, shares, strict=True))
        if min(map(len, keep)) >= 2:
            out.append(corpus(left, right, (keep[0], keep[1])))
    return out


def labels(made: Corpus, table: Table) -> tuple[Any, Any]:
    truth = np.zeros((len(made.left), len(made.right)))
    weight = np.ones_like(truth)
    for subject, links in table.items():
        for base, kind in links.items():
            if subject in made.row and base in made.column:
                at = made.row[subject], made.column[base]
                truth[at] = kind != "disputed"
                weight[at] = {"counterpart": 1.0, "partial": PARTIAL, "disputed": 0.0}[kind]
    return truth, weight


def likely(made: Corpus) -> Any:
    """The pairs that are fitted: each side's best by any signal; the rest are plain."""
    out = np.zeros((len(made.left), len(made.right)), dtype=bool)
    for name in ("words", "pairs", "heading", "passages"):
        for matrix, view, most in ((made.text[name], out, 30), (made.text[name].T, out.T, 8)):
            best = np.argsort(-matrix, axis=1, kind="stable")[:, :most]
            view[np.arange(len(matrix))[:, None], best] = True
    return out


def logistic(x: Any, y: Any, w: Any) -> Any:
    """Ridge logistic regression by Newton's method with step halving; the constant comes first."""
    x = np.c_[np.ones(len(x)), x]
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 1e-6
    at = np.zeros(x.shape[1])

    def likelihood(b: Any) -> float:
        z = x @ b
        return float((w * (y * z - np.logaddexp(0, z))).sum() - 0.5 * (ridge * b * b).sum())

    here = likelihood(at)
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ at, -30, 30)))
        step = np.linalg.solve((x * (w * p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (w * (y - p)) - ridge * at)
        size = 1.0
        while size > 1e-4 and likelihood(at + size * step) < here:
            size /= 2
        at = at + size * step
        now = likelihood(at)
        if now - here < 1e-6:
            break
        here = now
    return at


def _model(names: Sequence[str], x: Any, y: Any, w: Any) -> Weights:
    mean, spread = x.mean(0), x.std(0) + 1e-9
    found = logistic((x - mean) / spread, y, w)
    raw = found[1:] / spread
    return (
        ("", round(float(found[0] - (raw * mean).sum()), 3)),
        *((n, round(float(v), 3)) for n, v in zip(names, raw, strict=True)),
    )


def fit(made: Sequence[Corpus], table: Table, without: frozenset[str] = frozenset()) -> tuple[Weights, Weights]:
    """Both models from the rows of a table; `without` leaves signals out."""
    own = [n for n, _ in TEXT if n and n not in without]
    around = [n for n, _ in CONTEXT if n and n not in without]
    parts = []
    for n, c in enumerate(made):
        truth, weight = labels(c, table)
        chosen = np.zeros(truth.shape, dtype=bool)
        chosen[[c.row[s] for s in table if s in c.row]] = True
        chosen &= likely(c) | (truth > 0)
        parts.append((c, chosen, truth[chosen], weight[chosen] * (SMALL if n else 1.0)))
    y, w = np.concatenate([p[2] for p in parts]), np.concatenate([p[3] for p in parts])
    text = _model(own, np.concatenate([np.stack([c.text[n][k] for n in own], -1) for c, k, _, _ in parts]), y, w)
    rows = []
    for c, chosen, _, _ in parts:
        context = chapters.context_signals(calibration.chance(c.text, text), c.text, c.told, c.left, c.right)
        rows.append(np.stack([context[n][chosen] for n in around], -1))
    return text, _model(around, np.concatenate(rows), y, w)


def chances(made: Corpus, models: tuple[Weights, Weights]) -> Any:
    first = calibration.chance(made.text, models[0])
    return calibration.chance(chapters.context_signals(first, made.text, made.told, made.left, made.right), models[1])


def crossed(made: Sequence[Corpus], table: Table, folds: int, without: frozenset[str] = frozenset()) -> Any:
    """Chances of the whole pair, each row's from models that saw no row of its chapter.

    Rows of no table keep the chances of the models fitted to all.
    """
    chapter = {s: int(s) // 100 for s in table}
    groups = sorted({c % folds for c in chapter.values()})
    out = chances(made[0], fit(made, table, without))
    for group in groups:
        models = fit(made, {s: v for s, v in table.items() if chapter[s] % folds != group}, without)
        found = chances(made[0], models)
        for subject in table:
            if chapter[subject] % folds == group:
                out[made[0].row[subject]] = found[made[0].row[subject]]
    return out
