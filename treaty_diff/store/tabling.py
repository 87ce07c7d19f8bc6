"""What a proposal and the commit that stores it are called."""

from __future__ import annotations

from collections.abc import Mapping

from ..parties import names, possessive
from ..text.model import Treaty
from ..text.proposal import Proposal, topic_words


def title(proposal: Proposal) -> str:
    """What a proposal is called: `Proposal of Mexico on sunset`."""
    return f"Proposal of {names(proposal.tabled_by)} on {topic_words(proposal.topic)}"


def short(proposal: Proposal) -> str:
    """What it is called in running text: `Mexico’s proposal on sunset`, `the United States’ proposal on SPS`."""
    return f"{possessive(proposal.tabled_by)} proposal on {topic_words(proposal.topic)}"


def summary(text: Treaty) -> str:
    """First line of the commit."""
    assert text.meta.proposal is not None
    return f"Round {text.meta.proposal.round}: {text.meta.title}"


def trailers(proposal: Proposal) -> Mapping[str, str]:
    """What the commit says for programs."""
    return {
        "Topic": proposal.topic,
        "Round": str(proposal.round),
        "Tabled-By": " ".join(proposal.tabled_by),
        "Distribution": str(proposal.distribution),
    }
