"""Every knob of the aligner, each with what was measured when its default was chosen.

Measured on the part of the hand-made NAFTA–TPP table that is open (110 NAFTA articles); see
`docs/alignment.md` for the figures.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AlignConfig:
    """How articles of two treaties are paired."""

    text_weight: float = 0.5
    """Share of the words' similarity (TF-IDF cosine of single words and word pairs) in a score."""
    pair_weight: float = 0.65
    """How much a pair of neighbouring words counts beside a single word."""
    heading_weight: float = 0.3
    """Share of the headings' similarity, rare heading words counting more."""
    chapter_weight: float = 0.2
    """Share of how well the two articles' chapters answer each other."""
    text_floor: float = 0.5
    """What is left of a score where the texts share no telling word."""
    text_gain: float = 4.0
    """How fast shared words lift a score from that floor to its whole: at 1, nothing is taken off."""
    label_bonus: float = 0.4
    """What the same address adds to a score between two texts of one treaty, where labels lead."""
    threshold: float = 0.29
    """Below this score an article has no counterpart."""
    repeat_margin: float = 0.12
    """How much better a second subject article must score to take a base article that is taken."""
    nearest: int = 3
    """How many base articles are named where there is no counterpart."""
