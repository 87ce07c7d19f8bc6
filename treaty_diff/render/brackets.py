"""Bracketed text in a terminal: who proposes what, by the Parties' names; readable without colour."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text as Styled

from ..negotiation.brackets import Bracket, Node, Note, Words, attribution

_COLOURS = ("cyan", "magenta", "green", "yellow")
"""Of brackets by how deep they stand."""


def styled(nodes: Sequence[Node]) -> Styled:
    """The text with attributions by name."""
    out = Styled()
    _add(out, nodes, 0)
    return out


def _add(out: Styled, nodes: Sequence[Node], depth: int) -> None:
    for node in nodes:
        match node:
            case Words(text):
                out.append(text)
            case Note(text):
                out.append(f"[{text}]", style="dim italic")
            case Bracket(sides, content, label):
                colour = _COLOURS[depth % len(_COLOURS)]
                head = " ".join(filter(None, (label, attribution(sides, named=True).strip())))
                out.append("[", style=f"bold {colour}")
                out.append(f"{head} " if head else "", style=f"italic {colour}")
                _add(out, content, depth + 1)
                out.append("]", style=f"bold {colour}")
