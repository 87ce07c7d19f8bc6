"""All rules over a comparison."""

from __future__ import annotations

from dataclasses import replace

from ..collector import at_rest
from ..redline.comparison import Comparison
from ..text.model import Edition, Treaty
from . import defaults, duty, effects, enforce, machinery, reach, residue, terms, time_limits, wholes
from .annotation import Annotation, Annotations, Kind, Words, ordered
from .config import AnnotateConfig
from .sentences import listed as named
from .world import World

_RULES = (duty.read, enforce.read, time_limits.read, defaults.read, reach.read, machinery.read, residue.read)
_KEPT = (enforce.read, time_limits.read, defaults.read)
"""Rules of what a restatement keeps though its words are others."""


@at_rest()
def annotate(comparison: Comparison, subject: Treaty, base: Treaty, config: AnnotateConfig | None = None) -> Annotations:
    """What the changes do, by deterministic rules.

    Made on the pairs that the concordance is sure of. None are made in a language without rules; `off` then says so. Where a side is
    a restatement, whose words are ours, only what a restatement keeps is annotated: figures, recourse, citations; `partly` says so.
    """
    config = config or AnnotateConfig()
    off = _off(comparison)
    if off:
        return Annotations(off=off)
    world = World(comparison, subject, base, config)
    found: list[Annotation] = []
    partly = _partly(comparison)
    for sheet in world.sheets:
        found += _said_once([a for rule in (_KEPT if partly else _RULES) for a in rule(sheet, world)])
    found += effects.read(world.sheets, world)
    found += enforce.read_alone(world)
    if not partly:
        found += terms.read(world.sheets, world)
        found += wholes.read(world)
    found += wholes.heads(found, comparison)
    listed = [(False, a.head.eid) for a in comparison.articles] + [(True, a.head.eid) for a in comparison.gone]
    return replace(ordered(found, listed), partly=partly)


_PARTS = frozenset({"time-limit-added", "time-limit-dropped", "termination", "finality"})
"""Rules of other kinds whose words a sentence on a missed time limit says with the rest."""


def _said_once(found: list[Annotation]) -> list[Annotation]:
    """The annotations without those that only say again what is said of recourse, or of what happens where a time limit is missed."""
    whole = [a for a in found if a.kind is Kind.ENFORCEMENT or a.rule in defaults.RULES]

    def again(a: Annotation) -> bool:
        binds, part = a.kind in (Kind.DUTY, Kind.REACH), a.rule in _PARTS
        return (binds or part) and any(
            w.row == a.row
            and (binds or w.rule in defaults.RULES)
            and (_inside(a.base_words, w.base_words) or _inside(a.subject_words, w.subject_words))
            for w in whole
        )

    return [a for a in found if not again(a)]


def _inside(small: tuple[Words, ...], large: tuple[Words, ...]) -> bool:
    return bool(small) and any(w.start <= small[0].start < w.end for w in large)


def _off(comparison: Comparison) -> str:
    if any(side.language != "eng" for side in (comparison.subject, comparison.base)):
        return "No annotations: the rules know the words of English texts only."
    return ""


def _partly(comparison: Comparison) -> str:
    names = [side.name for side in (comparison.subject, comparison.base) if side.edition == Edition.RESTATEMENT]
    if not names:
        return ""
    are = "are restatements" if len(names) > 1 else "is a restatement"
    return (
        f"Looked for were figures, recourse and citations only: {named(names, 2)} {are} in our own words, and what else binds "
        "depends on the treaty's words."
    )
