"""Every knob of lineage, each with what was measured when its default was chosen.

Measured by `benchmarks/lineage.py` on the runs between the TPP and NAFTA that were judged by eye, two thirds of them (113); a third
was not looked at until all were chosen. The figures are in `docs/lineage.md`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineageConfig:
    """When words that two texts share mean that they were copied."""

    window: int = 4
    """Words in a row by which runs are found and their rarity is told; a citation of one's own provisions is one word (recall 0.91;
    with 3 or 5 0.87)."""
    fade: float = 8.0
    """How fast a window weighs less the more articles of both texts have it: 1 for two, 0.37 for ten, nothing for a stock phrase
    (at 12 a wrong run more for a right one; at 4 none wrong, three right ones lost)."""
    words: float = 5.5
    """What a run and what continues it must weigh, in words of rare windows (at 4.5 four wrong runs more for a right one)."""
    content: float = 3.0
    """What the words among these weigh that are no function words, numbers or Party names (at 2 four wrong runs more for two right)."""
    gap: int = 4
    """Words that may be changed, put in or left out where a run goes on in the same two articles; they themselves are not marked
    (at 0 eleven right runs are lost, at 6 none is won)."""
    most: int = 32
    """A window that a base has more often begins no run (but may stand in one): bounds the work; it changes the marks of 89 of 17,669
    words of the TPP against NAFTA, of none of US–Peru against US–Colombia."""
