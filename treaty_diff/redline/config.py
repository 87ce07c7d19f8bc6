"""Every knob of the redline, each with what was measured when its default was chosen.

Measured by `benchmarks/redline.py`; the figures are in `docs/redline.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Phrases = tuple[tuple[str, ...], ...]
"""Groups of phrases that say the same in a treaty; one for another is no change."""

_FUNCTION = (
    ", . ; : ( ) the of to and in a or shall that party for any by as be an this article it on with such is with not from may "
    "under its which other at if has have no are was were been than into each all their there these those they who whose will would "
    "el la los las de del al en y o e u por para con que se su sus un una unos unas no lo le les es son ser sea sean como cual "
    "cuales si sobre a este esta estos estas dicho dicha dichos dichas otra otro otras otros cada podrá"
)
FUNCTION = frozenset(word for word in _FUNCTION.split() if word.isalpha()) - {"party", "article"}
"""Words that say nothing of what a line is about."""
BOILERPLATE = frozenset(
    "party parties agreement chapter article articles paragraph paragraphs subparagraph section annex unless otherwise provided "
    "purposes respect accordance pursuant "
    "parte partes acuerdo tratado capítulo artículo artículos párrafo párrafos subpárrafo sección anexo salvo conformidad".split()
)
"""Words of every treaty's every line, which say nothing of what it is about either, but are no islands by themselves."""
FREQUENT = tuple(dict.fromkeys(_FUNCTION.split()))
"""The most frequent marks and words of treaties, which get the smallest numbers: the differ is fastest on those."""

ENGLISH: Phrases = (
    ("in accordance with", "pursuant to", "in conformity with"),
    ("with respect to", "in respect of", "with regard to", "in regard to"),
    ("no later than", "not later than"),
    ("no party may", "no party shall"),
    ("may not", "shall not"),
    ("another party", "the other party"),
    ("set out in", "set forth in"),
    ("set out", "set forth"),
    ("for the purposes of", "for purposes of", "for the purpose of"),
    ("provided that", "on condition that"),
    ("per cent", "percent"),
    ("prior to", "before"),
    ("at the request of", "on the request of", "on request of", "upon request of"),
    ("on request", "upon request", "at request"),
    ("on receipt of", "upon receipt of"),
)
SPANISH: Phrases = (
    ("de conformidad con", "de acuerdo con", "conforme a"),
    ("con respecto a", "respecto a", "respecto de", "en relación con"),
    ("a más tardar", "no más tarde de"),
    ("otra parte", "la otra parte"),
    ("antes de", "con anterioridad a"),
)


@dataclass(frozen=True, slots=True)
class RedlineConfig:
    """How lines of two texts are paired and their words compared."""

    quiet: dict[str, Phrases] = field(default_factory=lambda: {"eng": ENGLISH, "spa": SPANISH})
    """By language (ISO 639-2): phrases of which one for another is kept apart from changes."""
    floor: float = 0.3
    """Shared content words, twice what both have over what they have in all, from which a line may answer a line."""
    across: float = 0.5
    """The same for lines of two levels: (i) for 1."""
    other_term: float = 0.7
    """The same for definitions of two terms."""
    label: float = 0.12
    """What the same number is worth, in shares of words."""
    holder: float = 0.2
    """What it is worth that all the words of the paragraphs that hold two lines are the same."""
    parted: float = 0.15
    """How much more they must share where nothing of what holds them is the same."""
    part: float = 0.4
    """Share of its content words by which each of several lines answers one, and no other of them does: a split or a merger."""
    several: float = 0.5
    """Shared content words of one line and several, from which they may be a split or a merger."""
    joined: float = 0.7
    """Share of a lone line's content words that the line beside it must have more than its partner, to be a split or a merger."""
    moved: float = 0.6
    """Shared content words from which a line has moved."""
    moved_words: int = 8
    """Content words below which nothing is called moved: shorter lines are alike by chance."""
    moved_margin: float = 0.15
    """How much better the place it came from must be than the runner-up, and than the line's own partner."""
    island: float = 0.07
    """An equal run between changes is dissolved where it is shorter than this share of the words changed around it."""
