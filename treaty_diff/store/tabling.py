"""What a proposal and the commit that stores it are called."""

from __future__ import annotations

from collections.abc import Mapping

from ..parties import alpha2, names
from ..text.model import Treaty
from ..text.proposal import Proposal


def title(proposal: Proposal) -> str:
    """What a proposal is called: `Proposal of Mexico on sunset`."""
    return f"Proposal of {names(proposal.tabled_by)} on {proposal.topic.replace('-', ' ')}"


def short(proposal: Proposal) -> str:
    """What it is called in running text: `the MX proposal on sunset`."""
    return f"the {'/'.join(map(alpha2, proposal.tabled_by))} proposal on {proposal.topic.replace('-', ' ')}"


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
