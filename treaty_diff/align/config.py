"""Every knob of the aligner, each with what was measured when its default was chosen.

Measured by `benchmarks/align.py` on the NAFTA–TPP tables, cross-validated over chapters; the figures and
what each signal is worth are in `docs/alignment.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

Weights = tuple[tuple[str, float], ...]
"""A logistic model: each signal's weight by name, the constant under the empty name."""

TEXT: Weights = (
    ("", -6.127),
    ("words", -1.053),
    ("pairs", -15.657),
    ("passages", 1.388),
    ("passages of both", -13.107),
    ("passages of one", 10.871),
    ("heading", 2.631),
    ("terms", 11.388),
    ("one defines", -3.621),
    ("both define", -1.221),
    ("words apart", 15.669),
    ("pairs apart", 4.672),
    ("passages apart", -0.743),
    ("pairs of best, both", 2.222),
    ("pairs of best, one", 2.316),
)
CONTEXT: Weights = (
    ("", -4.861),
    ("text", 0.542),
    ("lead, both", 0.139),
    ("lead, one", 0.236),
    ("chapters, both", 0.185),
    ("chapters, one", 3.862),
    ("neighbours, both", 0.233),
    ("neighbours, one", 3.448),
    ("place", -0.722),
    ("pairs apart", -11.312),
    ("heading", 0.960),
    ("heading words in the chapter", 4.011),
    ("heading in the chapter", 1.103),
    ("heading near by", -4.558),
    ("both define in the chapter", 0.409),
    ("pairs apart in the chapter", 12.695),
)


@dataclass(frozen=True, slots=True)
class AlignConfig:
    """How articles of two texts are paired."""

    text: Weights = TEXT
    """A pair's chance by its own words: fitted by `benchmarks/align.py --fit`."""
    context: Weights = CONTEXT
    """Its chance by that and by rivals, chapters and neighbours: fitted by the same run; this is a link's score."""
    link: float = 0.4
    """A pair with this chance is a link: best F1 of all thresholds, cross-validated (0.910; at 0.3 0.899, at 0.5 0.892)."""
    mutual: float = 0.3
    """A pair that is the best of both its sides is one from this chance on: one article of a hundred fewer left alone."""
    sure: float = 0.8
    """A link that is not the best of both its sides is a counterpart from this chance on, else partial (216 of 243 right)."""
    nearest: int = 3
    """How many base articles are named where there is no counterpart."""
    same_label: float = 0.35
    """Between expressions of one treaty: shared words below which the same label means nothing."""
    same_heading: float = 0.2
    """The same for the same heading in the same chapter."""
    same_text: float = 0.5
    """Shared words from which text alone makes a pair, in the gaps and for moves."""
    paragraph: float = 0.3
    """Shared words from which a paragraph answers a paragraph."""
    moved: float = 0.45
    """The same for a paragraph of an article that the paragraph's own article does not answer."""
