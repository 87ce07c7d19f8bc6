"""All rules over a comparison."""

from __future__ import annotations

from ..collector import at_rest
from ..redline.comparison import Comparison
from ..text.model import Edition, Treaty
from . import duty, effects, enforce, machinery, reach, residue, terms, time_limits
from .annotation import Annotation, Annotations, Kind, Words, ordered
from .config import AnnotateConfig
from .world import World

_RULES = (duty.read, enforce.read, time_limits.read, reach.read, machinery.read, residue.read)
_WHOLE = (terms.read, effects.read)


@at_rest()
def annotate(comparison: Comparison, subject: Treaty, base: Treaty, config: AnnotateConfig | None = None) -> Annotations:
    """What the changes do, by deterministic rules.

    Made on the pairs that the concordance is sure of. None are made where a side is a restatement (its words are ours) or in a
    language without rules; `off` then says so.
    """
    config = config or AnnotateConfig()
    off = _off(comparison)
    if off:
        return Annotations(off=off)
    world = World(comparison, subject, base, config)
    found: list[Annotation] = []
    for sheet in world.sheets:
        found += _said_once([a for rule in _RULES for a in rule(sheet, world)])
    for rule_of_all in _WHOLE:
        found += rule_of_all(world.sheets, world)
    listed = [(False, a.head.eid) for a in comparison.articles] + [(True, a.head.eid) for a in comparison.gone]
    return ordered(found, listed)


def _said_once(found: list[Annotation]) -> list[Annotation]:
    """The annotations without those of binding words that only say again what is said of recourse."""
    recourse = [a for a in found if a.kind is Kind.ENFORCEMENT]

    def again(a: Annotation) -> bool:
        return a.kind in (Kind.DUTY, Kind.REACH) and any(
            r.row == a.row and (_inside(a.base_words, r.base_words) or _inside(a.subject_words, r.subject_words))
            for r in recourse
        )

    return [a for a in found if not again(a)]


def _inside(small: tuple[Words, ...], large: tuple[Words, ...]) -> bool:
    return bool(small) and any(w.start <= small[0].start < w.end for w in large)


def _off(comparison: Comparison) -> str:
    for side in (comparison.subject, comparison.base):
        if side.edition == Edition.RESTATEMENT:
            return f"No annotations: {side.name} is a restatement in our own words, and what binds depends on the treaty's words."
        if side.language != "eng":
            return "No annotations: the rules know the words of English texts only."
    return ""
