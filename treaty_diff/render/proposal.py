"""What is known of a proposal beside its words, in a terminal: who tabled it, where it would stand, what was reported."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text as Styled

from ..parties import names
from ..text.model import Metadata
from ..text.proposal import Dating, Proposal, Scope

_DATED = {
    Dating.DAY: "",
    Dating.ROUND: "; the day within the round is not known",
    Dating.INFERRED: "; the round is inferred",
}
_PLACES = (("replaces", "replaces"), ("deletes", "deletes"), ("after", "stands after"), ("retains", "retains"))


def show(out: Console, meta: Metadata, proposal: Proposal) -> None:
    """Print the head of a proposal and its source note."""
    for line in about(meta, proposal):
        out.print(Styled(line))
    for head, notes in (
        ("Reported:", [f"{r.date}, {r.publisher}: {r.said}" for r in proposal.reports]),
        ("Our choice:", [choice.said for choice in proposal.choices]),
    ):
        if notes:
            out.print(Styled(head, style="bold"))
        for note in notes:
            out.print(Padding(Styled(f"– {note}", style="dim"), (0, 0, 0, 2)))
    out.print()


def about(meta: Metadata, proposal: Proposal, *, day: str = "", amended: str = "") -> list[str]:
    """Who tabled it and when, how sure that is, where it would stand, who may see it: a sentence each.

    `day` and `amended` are the date and the amended treaty as the output writes them, else as the store does.
    """
    p = proposal
    if p.merges:
        lines = [f"The Parties' texts as one, as of round {p.round}, {day or meta.date}: {', '.join(p.merges)}."]
    else:
        lines = [f"Tabled by {names(p.tabled_by)} in round {p.round}, {day or meta.date}{_DATED[p.dating]}."]
    if p.certainty is not None:
        lines.append(f"Certainty of the content: {p.certainty}.")
    lines += filter(None, (placed(p.scope, amended), f"Distribution: {p.distribution}."))
    return lines


def placed(scope: Scope, amended: str = "") -> str:
    """Where a proposal would stand, in a sentence; empty where nothing is declared. `amended` names the treaty, else its id does."""
    said = [f"{words} {', '.join(getattr(scope, name))}" for name, words in _PLACES if getattr(scope, name)]
    return f"In {amended or scope.amends} it {'; '.join(said)}." if said else ""
