"""From the flat text of an article to its provisions.

Three steps: lines become tokens (markers, definitions, plain words), the numbering grammar
reads all markers together, and the builder hangs every word where it belongs.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text.model import Footnote, Kind, Provision, Term, Text
from . import closing, definitions, headings
from .builder import Builder, Node
from .lines import split, to_text
from .report import Report
from .tokens import Token, tokens


def _provision(node: Node, language: str, notes: Sequence[Footnote]) -> Provision:
    text = to_text(node.words, language, notes) if node.words else None
    if text is not None and node.kind is Kind.DEFINITION:
        found = definitions.term(text.content)
        if found is not None:
            text = Text(text.content, text.language, (Term(*found),), text.notes)
    return Provision(
        node.kind,
        num=Text(node.num, language) if node.num else None,
        text=text,
        children=tuple([_provision(child, language, notes) for child in node.children]) if node.children else (),
    )


def _following(pieces: Sequence[Token]) -> list[tuple[Token | None, bool]]:
    """For each token the next one with a marker, and whether only headings stand between."""
    out: list[tuple[Token | None, bool]] = []
    ahead: Token | None = None
    adjacent = False
    for token in reversed(pieces):
        out.append((ahead, adjacent))
        if token.marker is not None:
            ahead, adjacent = token, not token.definition
        else:
            adjacent = adjacent and headings.looks_like(token.words)
    return out[::-1]


def build(
    body: str,
    *,
    language: str,
    place: str,
    report: Report,
    notes: Sequence[Footnote] = (),
    defining: bool = False,
) -> tuple[Provision, ...]:
    """The provisions of an article's (or annex's) body.

    `body` is its text with line breaks; private characters in it stand for `notes` (see
    `lines.SENTINEL`). `defining`: the heading says that it holds definitions. `place` is the
    citation for the report. Provisions have no eIds yet.
    """
    pieces = tokens(split(body), defining=defining, place=place, report=report)
    builder = Builder(place, report)
    for token, (following, adjacent) in zip(pieces, _following(pieces), strict=True):
        builder.token(token, following, adjacent=adjacent)
    for node in builder.article.children:
        closing.cut(node, place, report)
    return tuple([_provision(node, language, notes) for node in builder.article.children])
