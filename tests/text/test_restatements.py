"""The restatements keep what binds: provision by provision the treaty's numbers, periods, sums, citations, `shall` and `may`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from treaty_diff.citation import label, parse
from treaty_diff.ingest import tota
from treaty_diff.numerals import WORDS
from treaty_diff.store import Store
from treaty_diff.text.index import Index
from treaty_diff.text.model import Kind, Provision, Treaty

from .figures import binding, figures

TREATIES = [("nafta1994", "tota-112-nafta-en.xml"), ("tpp", "tota-449-tpp-en.xml")]


class Known(NamedTuple):
    """Where a restatement's figures are not the source's: what only ours has, what only the source has, and why."""

    ours: str
    source: str
    why: str


KNOWN = {
    "Article 403(5)(b)(i)": Known(
        "16 87.01 8704.10 8704.22 8704.23 8704.32 8704.90 87.05 87.06",
        "15 8703.21 8703.21 8703.90 8704.21 8704.31",
        "the source repeats the vehicles of 403(5)(a)(i) under a second percentage; those of 403(2) are meant",
    ),
    "Article 1905(9)": Known("", "1904 1904 1904", "one citation where the source has four of the same article"),
    "Article 9.19.1": Known("(a)(i)(C) (b)(i)(C)", "", "the source has the closing words in the last entry"),
    "Article 9.19.1(b)": Known("", "(a)(i)(C) (b)(i)(C)", "the source has the closing words in the last entry"),
    "Article 9.21.2": Known("", "9.19", "closing words of (b), which the source hangs on the paragraph"),
    "Article 9.21.2(b)": Known("9.19", "", "closing words of (b), which the source hangs on the paragraph"),
    "Article 27.3.1": Known("", "2", "the source's footnote marker is glued to the words"),
    "Article 28.9.2(d)(iii)": Known("", "2", "the two panellists, named twice in the source"),
    "Article 28.20.6": Known("", "4", "one citation of paragraph 4 where the source has two"),
}
"""Differences of figures that are meant; any other in the same provision is still an error."""

MISPLACED = {
    "Article 9.19.1(a)(i)(A)": "Article 9.19.1(a)(ii)(A)",
    "Article 9.19.1(a)(i)(B)": "Article 9.19.1(a)(ii)(B)",
    "Article 9.19.1(a)(i)(C)": "Article 9.19.1(a)(ii)(C)",
    "Article 9.19.1(a)(i)(B), footnote 31": "Article 9.19.1(a)(ii)(B), footnote 31",
}
"""Where the source has a provision of ours: it prints 9.19.1(a)(ii) before the entries of (i)."""

MISSING = {"Article 27.3.1, footnote 2": "the body stands inside Article 27.4.3 in the source"}

OTHER_WORDS = {
    "Article 1904(15)(c)(ii)": "may",
    "Article 1908(1)": "may",
    "Article 2007(1)(d)": "may",
    "Article 2007(5)(c)": "may",
    "Article 2008(1)(c)": "may",
    "Article 2009(2)(a)": "shall",
    "Article 2016(2)": "may",
    "Article 2019(4)": "may",
    "Article 30.4.1(b)": "may",
    "Article 9.19.1": "may",
}
"""Words that one side has alone: a `may` that grants nothing (`as the Parties may agree`), a `shall` that stands in the
opening words already; and the closing words of 9.19.1, which the source has in the last entry."""


def provisions(index: Index, article: Provision) -> Iterator[tuple[str, str]]:
    """Citation and words of the article's provisions, closing words with what they close, and of their footnotes."""
    for note in article.footnotes:
        yield f"{index.citation(article)}, footnote {note.marker}", note.body.content
    for p in article.walk():
        if p.kind in (Kind.FLUSH, Kind.HEADING):
            continue
        citation = index.citation(p)
        texts = [q.text for q in (p, *(c for c in p.children if c.kind is Kind.FLUSH)) if q.text is not None]
        unnumbered = p.kind is Kind.PARAGRAPH and not p.label
        yield f"{citation}, unnumbered" if unnumbered else citation, " ".join(text.content for text in texts)
        for text in texts:
            for note in text.notes:
                yield f"{citation}, footnote {note.marker}", note.body.content


def held(treaty: Treaty) -> Iterator[tuple[str, str]]:
    index = Index(treaty)
    for article in treaty.articles():
        if article.held:
            yield from provisions(index, article)


@pytest.fixture(scope="module", params=TREATIES, ids=[treaty for treaty, _ in TREATIES])
def pair(request: pytest.FixtureRequest, corpus: Path, embedded: Store) -> tuple[Treaty, Treaty]:
    """A restatement and the treaty it restates."""
    treaty, file = request.param
    real, _ = tota.read((corpus / file).read_bytes(), treaty)
    return embedded.load(parse(treaty)), real


def sources(ours: Treaty, real: Treaty) -> Iterator[tuple[str, str, str]]:
    """Citation, our words and the treaty's, for every provision and footnote that is restated."""
    restated = {a.eid for a in ours.articles() if a.held}
    index = Index(real)
    theirs = dict(pair for a in real.articles() if a.eid in restated for pair in provisions(index, a))
    for citation, words in held(ours):
        if citation not in MISSING:
            yield citation, words, theirs[MISPLACED.get(citation, citation)]


@pytest.mark.corpus
def test_every_numbered_provision_of_a_restated_article_is_there(pair: tuple[Treaty, Treaty]) -> None:
    ours, real = pair
    theirs = Index(real).by_eid

    def labels(article: Provision) -> list[str]:
        return [label(p.label) for p in article.walk() if p.label]

    wrong = [a.eid for a in ours.articles() if a.held and labels(a) != labels(theirs[a.eid])]
    assert [eid for eid in wrong if eid != "chp_9__art_9-19"] == []
    for eid in wrong:
        # Only the order is the source's fault.
        assert sorted(labels(Index(ours).by_eid[eid])) == sorted(labels(theirs[eid]))


@pytest.mark.corpus
def test_every_footnote_of_a_restated_article_is_there(pair: tuple[Treaty, Treaty]) -> None:
    ours, real = pair
    restated = {a.eid for a in ours.articles() if a.held}

    def notes(treaty: Treaty) -> list[str]:
        index = Index(treaty)
        found = (c for a in treaty.articles() if a.eid in restated for c, _ in provisions(index, a) if ", footnote " in c)
        return sorted(found)

    assert sorted(MISPLACED.get(c, c) for c in notes(ours) if c not in MISSING) == notes(real)


@pytest.mark.corpus
def test_figures_are_the_treatys_in_every_provision(pair: tuple[Treaty, Treaty]) -> None:
    wrong = {}
    compared = 0
    for citation, ours, theirs in sources(*pair):
        mine, right = figures(ours), figures(theirs)
        known = KNOWN.get(citation, Known("", "", ""))
        compared += right.total()
        if (mine - right, right - mine) != (Counter(known.ours.split()), Counter(known.source.split())):
            wrong[citation] = (dict(mine - right), dict(right - mine))
    assert wrong == {}
    assert compared > 400


@pytest.mark.corpus
def test_words_that_bind_are_the_treatys_in_every_provision(pair: tuple[Treaty, Treaty]) -> None:
    wrong = {}
    for citation, ours, theirs in sources(*pair):
        apart = binding(ours) ^ binding(theirs)
        if apart != {OTHER_WORDS[citation]} if citation in OTHER_WORDS else apart:
            wrong[citation] = sorted(apart)
    assert wrong == {}


@pytest.mark.parametrize("treaty", [treaty for treaty, _ in TREATIES])
def test_a_change_of_any_figure_would_be_noticed(treaty: str, embedded: Store) -> None:
    number = re.compile(r"\d+|\b(?:" + "|".join(word for word in WORDS if word != "one") + r")\b", re.I)
    tried = 0
    for citation, words in held(embedded.load(parse(treaty))):
        for m in number.finditer(words):
            other = str(int(m[0]) + 1) if m[0].isdigit() else "ninety-nine"
            assert figures(words[: m.start()] + other + words[m.end() :]) != figures(words), (citation, m[0])
            tried += 1
    assert tried > 400


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("within 120 days of the award", "within 90 days of the award"),
        ("within six months", "within six days"),
        ("at least one year", "at least a year"),
        ("under Article 1116(1)(a)", "under Article 1116(1)(b)"),
        ("under subparagraph (b)(i)", "under subparagraph (b)(ii)"),
        ("Section A or Article 12", "Section B or Article 12"),
        ("Annex 9-B", "Annex 9-C"),
        ("US$50,000", "US$500,000"),
        ("Article IX:6(b) of the Code", "Article IX:6(c) of the Code"),
        ("62.5 percent", "62.5 days"),
    ],
)
def test_figures_tell_texts_apart(one: str, other: str) -> None:
    assert figures(one) != figures(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a 90day period", "ninety days"),
        ("Annex 9B", "Annex 9-B"),
        ("Chapter Nineteen", "Chapter 19"),
        ("six-month period", "six months"),
        ("the one that it gave", "that which it gave"),
        ("a further period of five days", "five more days"),
    ],
)
def test_ways_of_writing_the_same_figure_are_one(one: str, other: str) -> None:
    assert figures(one) == figures(other)
