"""What is known of a proposal beside its words: who tabled it and when, on what evidence, and where it would stand."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from ..parties import alpha2

_ACRONYM = 4
"""A topic of so few letters (sps, tbt) is an acronym."""
_WRITTEN = {"smes": "SMEs", "investor-state": "investor–State"}
"""Topics that are written in another way than letters and hyphens tell."""


def topic_words(topic: str) -> str:
    """A topic in running text.

    >>> topic_words("digital-trade"), topic_words("sps"), topic_words("anti-corruption")
    ('digital trade', 'SPS', 'anti-corruption')
    >>> topic_words("smes"), topic_words("investor-state")
    ('SMEs', 'investor–State')
    """
    if (written := _WRITTEN.get(topic)) is not None:
        return written
    words = re.sub(r"(?<!^anti)(?<!^non)-", " ", topic)
    return words.upper() if len(words) <= _ACRONYM and " " not in words else words


class Distribution(StrEnum):
    """Who may see a text or a note, from everybody down."""

    PUBLIC = "public"
    DELEGATION = "delegation"
    RESTRICTED = "restricted"

    def open_to(self, audience: Distribution) -> bool:
        """Whether what is so marked may be shown to an audience.

        >>> Distribution.PUBLIC.open_to(Distribution.DELEGATION), Distribution.RESTRICTED.open_to(Distribution.PUBLIC)
        (True, False)
        """
        ranks = list(Distribution)
        return ranks.index(self) <= ranks.index(audience)


class Certainty(StrEnum):
    """How sure it is that a Party proposed what a reconstruction says."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Dating(StrEnum):
    """What the date of a proposal rests on: a reported day, a reported round (its first day), or our inference of the round."""

    DAY = "day"
    ROUND = "round"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reported of a proposal: `date` as far as known (`2017-10-12`, `2017-11`, `2017`), who, and what in our words."""

    date: str
    publisher: str
    said: str
    distribution: Distribution = Distribution.PUBLIC


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reconstruction says that nobody reported: our choice, and why."""

    said: str
    distribution: Distribution = Distribution.PUBLIC


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a proposal would stand in the treaty that it amends, by selectors of that treaty (`2205`, `402.5(d)`, `ch19`).

    Its words stand in place of what it `replaces` and behind what it names in `after`; what it `deletes` goes without
    any in its place, and what it `retains` stays word for word, so that it need not be said again.
    """

    amends: str = "nafta1994"
    replaces: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    retains: tuple[str, ...] = ()

    @property
    def removed(self) -> tuple[str, ...]:
        """What does not stay: replaced or deleted."""
        return (*self.replaces, *self.deletes)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A Party's text on a topic as tabled in a round; the date is that of its expression.

    `tabled_by` are ISO 3166-1 alpha-3 codes, sorted. `round` counts from 1. `certainty` is None for a text that is the
    Party's own. `reports` and `choices` are the source note of a reconstruction. A consolidated text is nobody's alone: `merges` names
    the texts that it is made of (`sunset/USA@2017-10-11`), `tabled_by` all Parties that negotiate.
    """

    topic: str
    tabled_by: tuple[str, ...]
    round: int
    dating: Dating = Dating.DAY
    certainty: Certainty | None = None
    distribution: Distribution = Distribution.PUBLIC
    scope: Scope = field(default_factory=Scope)
    reports: tuple[Report, ...] = ()
    choices: tuple[Choice, ...] = ()
    merges: tuple[str, ...] = ()

    def open_to(self, audience: Distribution) -> Proposal | None:
        """The proposal with what an audience may see of its source note; None where it may not see the text at all."""
        if not self.distribution.open_to(audience):
            return None
        return replace(
            self,
            reports=tuple(report for report in self.reports if report.distribution.open_to(audience)),
            choices=tuple(choice for choice in self.choices if choice.distribution.open_to(audience)),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data, keys as the fields."""
        return asdict(self)

    @property
    def parties(self) -> str:
        """Who tabled it, as selectors write it: `USA`, `CAN-MEX`."""
        return "-".join(self.tabled_by)

    @property
    def selector(self) -> str:
        """How it is named: `sunset/USA`."""
        return f"{self.topic}/{self.parties}"

    @property
    def actor(self) -> str:
        """Who tabled it, as IRIs write it: `us`, `ca-mx`."""
        return "-".join(alpha2(code).lower() for code in self.tabled_by)
