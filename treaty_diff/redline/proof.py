"""That a comparison lost nothing: its segments give both stored texts back, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from .comparison import Article, ArticleKind, Comparison


def digest(text: str) -> str:
    """sha256 of a text in UTF-8, empty for the empty text."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def faults(comparison: Comparison) -> Iterator[str]:
    """What does not come back, in sentences; nothing where the comparison is proven.

    Each article's rows must give the subject's stored lines and the base's that stand there; the rows of articles compared
    together must give the base's articles whole; each article of the comparison must be in one proof. The headings of parts, chapters and
    sections must come back one by one.
    """
    listed = {a.subject.eid: a for a in comparison.articles if a.subject is not None}
    gone = {a.base.eid: a for a in comparison.gone if a.base is not None}
    for article in (*comparison.articles, *comparison.gone, *comparison.headings):
        for side, text, sha in (
            ("subject", _subject([article]), article.subject_sha256),
            ("base", _base([article]), article.base_sha256),
        ):
            if digest(text) != sha:
                yield f"{article.head.citation}: the {side}'s words do not come back."
    seen: list[str] = []
    for proof in comparison.proofs:
        articles = [listed[eid] for eid in proof.subject] if proof.subject else [gone[eid] for eid in proof.base]
        seen += [a.head.eid for a in articles]
        if digest(_subject(articles)) != proof.subject_sha256 or digest(_base(articles)) != proof.base_sha256:
            yield f"{', '.join(a.head.citation for a in articles)}: compared together, a text does not come back."
    expected = [a.head.eid for a in (*comparison.articles, *comparison.gone) if a.kind is not ArticleKind.NOT_HELD]
    if sorted(seen) != sorted(expected):
        yield "An article has no proof, or two."


def _subject(articles: Iterable[Article]) -> str:
    return "".join([row.subject_text for article in articles for row in article.rows])


def _base(articles: Iterable[Article]) -> str:
    return "".join([row.base_text for article in articles for row in article.rows])
