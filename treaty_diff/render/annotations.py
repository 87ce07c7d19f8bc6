"""What the changes do, in a terminal: the weightiest findings, with counts by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text as Styled

from .sentences import listing, number

if TYPE_CHECKING:
    from ..annotate import Annotation, Annotations

_FIRST = 5


def place(found: Annotation) -> str:
    """Where a finding is: the provision, and the base's where it has another name."""
    here, there = found.subject, found.base
    if here is None or there is None or here.citation == there.citation:
        return found.citation
    return f"{here.citation} ⇄ {there.citation}"


def counted(annotations: Annotations) -> str:
    """How many findings there are, by kind, in a sentence; which kinds alone were looked for, in another."""
    parts = [f"{n} {kind}" for kind, n in annotations.counts.items()]
    said = f"{number(len(annotations), 'finding')}: {listing(parts)}." if parts else "No findings."
    return f"{said} {annotations.partly}".rstrip()


def findings(out: Console, annotations: Annotations, most: int = _FIRST) -> None:
    """Print the weightiest findings, or why there are none."""
    if annotations.off:
        out.print(Styled(annotations.off, style="dim"))
        return
    out.print(counted(annotations))
    for found in annotations.made[:most]:
        line(out, found)


def line(out: Console, found: Annotation) -> None:
    """Print a finding: its weight, its place, its sentence."""
    text = Styled(f"{'●' if found.severity >= 4 else '○'} ")
    text.append(place(found), style="bold")
    text.append(f": {found.sentence}")
    out.print(Padding(text, (0, 0, 0, 2)))
