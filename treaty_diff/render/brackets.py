"""Bracketed text in a terminal: who proposes what, by the Parties' names; readable without colour."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text as Styled

from ..negotiation.brackets import Bracket, Node, Note, Words, attribution
from ..negotiation.marked import Shown

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


def line(num: str, before: Sequence[Shown], words: Sequence[Shown], *, style: str = "") -> Styled:
    """A line of a bracketed text: what opens before its number, the number (in a style), the words."""
    out = Styled()
    for one in before:
        out.append(one.words, style=_style(one))
    out.append(f"{num} " if num else "", style=style)
    for one in words:
        out.append(one.words, style=_style(one))
    return out


def _style(one: Shown) -> str:
    if one.is_note:
        return "dim italic"
    if not one.depth or not (one.is_head or one.is_edge):
        return ""
    return f"{'italic' if one.is_head else 'bold'} {_COLOURS[(one.depth - 1) % len(_COLOURS)]}"
