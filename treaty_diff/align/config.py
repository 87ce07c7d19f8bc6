"""Every knob of the aligner, each with what was measured when its default was chosen.

Measured by `benchmarks/align.py` on the NAFTA–TPP tables, cross-validated over chapters; the figures and
what each signal is worth are in `docs/alignment.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

Weights = tuple[tuple[str, float], ...]
"""A logistic model: each signal's weight by name, the constant under the empty name."""

TEXT: Weights = (
    ("", -6.543),
    ("words", 1.418),
    ("pairs", -17.574),
    ("passages", 1.439),
    ("passages of both", -11.011),
    ("passages of one", 9.051),
    ("heading", 2.524),
    ("terms", 11.813),
    ("one defines", -3.514),
    ("both define", -1.22),
    ("words apart", 12.657),
    ("pairs apart", 6.921),
    ("passages apart", -0.78),
    ("pairs of best, both", 2.077),
    ("pairs of best, one", 2.348),
    ("choice", 0.945),
)
CONTEXT: Weights = (
    ("", -6.44),
    ("text", 0.535),
    ("lead, both", 0.1),
    ("lead, one", 0.273),
    ("chapters, both", 1.664),
    ("chapters, one", 3.088),
    ("neighbours, both", 0.308),
    ("neighbours, one", 2.463),
    ("beyond the best, both", 8.394),
    ("beyond the best, one", 1.537),
    ("pairs apart", -9.338),
    ("heading", 0.94),
    ("choice", 0.562),
    ("heading words in the chapter", 2.07),
    ("heading in the chapter", 0.072),
    ("both define in the chapter", 2.529),
    ("pairs apart in the chapter", 8.011),
)


@dataclass(frozen=True, slots=True)
class AlignConfig:
    """How articles of two texts are paired."""

    text: Weights = TEXT
    """A pair's chance by its own words: fitted by `benchmarks/align.py --fit`."""
    context: Weights = CONTEXT
    """Its chance by that and by rivals, chapters and neighbours: fitted by the same run; this is a link's score."""
    link: float = 0.5
    """A pair with this chance is a link: cross-validated on both tables F1 is 0.906 here and within 0.002 of that from 0.4 to 0.6."""
    mutual: float = 0.3
    """A pair that is the best of both its sides is one from this chance on: an article seldom has a better answer left."""
    verbatim: float = 0.5
    """Two texts of whose words this share stands in common passages have at least that chance, also where there is little to
    choose from: of such pairs 5 of 5 are links between NAFTA and TPP, 253 of 254 counterparts between US–Peru and US–Colombia."""
    sure: float = 0.8
    """A link that is not the best of both its sides is a counterpart from this chance on, else partial (207 of the 240 so called are)."""
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
