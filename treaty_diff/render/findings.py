"""What is to be said of single rows of a comparison, in sentences: for comments, remarks and notes in the margin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..redline.comparison import Article, ArticleKind, Comparison, Row, Segment, Why
from ..text.bidi import TURNING
from .sentences import decided, listing, nearness, standing, sureness

if TYPE_CHECKING:
    from ..annotate import Annotation, Annotations


class Severity(StrEnum):
    """How much a finding asks of the reader: to know it, or to look at it."""

    NOTE = "note"
    LOOK = "look"


_HEAVY = 4
"""The severity of an annotation from which a reader is asked to look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about a row; `kind` is what the change does, where an annotation says it."""

    row: Row
    sentence: str
    severity: Severity = Severity.NOTE
    kind: str = ""


def findings(comparison: Comparison, annotations: Annotations | None = None) -> tuple[tuple[Finding, ...], ...]:
    """What is to be said of a comparison's rows, article by article, those gone last.

    How an article is linked, with what sureness, or what comes nearest; where a provision moved, was split or merged; each
    citation that leads nowhere or astray; characters that turn the direction of writing; then what the changes do.
    """
    noted: dict[tuple[bool, str], list[Annotation]] = {}
    for annotation in annotations.in_reading_order() if annotations is not None else ():
        noted.setdefault((annotation.gone, annotation.article), []).append(annotation)
    return tuple(
        (*_article(article, comparison), *_annotated(article, noted.get((article.subject is None, article.head.eid), ())))
        for article in (*comparison.articles, *comparison.gone)
    )


def _annotated(article: Article, found: Iterable[Annotation]) -> Iterator[Finding]:
    for a in found:
        if article.rows:
            severity = Severity.LOOK if a.severity >= _HEAVY else Severity.NOTE
            yield Finding(article.rows[max(a.row, 0)], a.sentence, severity, str(a.kind))


def _article(article: Article, comparison: Comparison) -> Iterator[Finding]:
    turned = TURNING.search("".join([s.base + s.subject for row in article.rows for s in row.segments])) is not None
    for n, row in enumerate(article.rows):
        if n == 0:
            yield Finding(row, linked(article, comparison))
        if said := standing(row):
            yield Finding(row, f"{said[0].upper()}{said[1:]}.")
        for segment in row.segments:
            if segment.why and segment.why in (Why.DANGLING, Why.ASTRAY):
                yield Finding(row, _cited(segment, comparison), Severity.LOOK)
        turning = sorted({f"U+{ord(c):04X}" for s in row.segments for c in TURNING.findall(s.base + s.subject)}) if turned else []
        if turning:
            yield Finding(row, f"This line has characters that turn the direction of writing: {listing(turning)}.", Severity.LOOK)


def linked(article: Article, comparison: Comparison) -> str:
    """How an article stands to the other text, in a sentence or two."""
    base, subject = comparison.base.name, comparison.subject.name
    decision = f" ({decided(article.decision)})" if article.decision is not None else ""
    if article.kind is ArticleKind.GONE:
        return f"Nothing in {subject} answers this article of {base}{decision}."
    if article.kind is ArticleKind.NOT_HELD:
        return f"{article.head.citation} of {subject}: the text is not held."
    if article.kind is ArticleKind.NO_COUNTERPART and article.elsewhere:
        there = listing([f"{a.head.citation}, {a.head.heading}" for a in article.elsewhere])
        return f"Answered outside this comparison, by {there} of {base}."
    if article.kind is ArticleKind.NO_COUNTERPART:
        near = "; ".join(f"{n.head.citation}, {n.head.heading} ({nearness(n.score, n.decision)})" for n in article.nearest)
        return f"No counterpart in {base}{decision}." + (f" Nearest: {near}." if near else "")
    answers = [f"{a.head.citation}, {a.head.heading} ({a.link}, {sureness(a.score, a.decision)})" for a in article.answers]
    said = f"Compared with {listing(answers)} of {base}."
    if article.with_:
        shared = listing([head.citation for head in article.with_])
        said += f" {shared} of {subject} share{'s' if len(article.with_) == 1 else ''} its words."
    return said


def _cited(segment: Segment, comparison: Comparison) -> str:
    words = re.sub(r"\s+", " ", segment.subject or segment.base).strip()
    if segment.why == Why.ASTRAY:
        return f"“{words}”: the same words, but another provision than the one that answers."
    return f"“{words}”: there is no such provision in {comparison.subject.name if segment.subject else comparison.base.name}."
