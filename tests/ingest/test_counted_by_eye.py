"""Articles whose structure two people counted by eye, independently of the importer.

A case in `cases/` is a miniature in our own words with the shape and the dirt of one real
article (`source`, `expected`), and what was counted in the real article itself (`counted`,
`labels`). Beside those a case may have: `loose_footnotes`, bodies whose markers stand in the
articles before; `section_heading`, a heading that hangs at the end; `dropped` and
`running_matter`, page numbers; `tail`, an annex printed after the article.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from treaty_diff.citation import label
from treaty_diff.ingest import tota
from treaty_diff.text.model import LIST_LEVELS, Kind, Provision, Term, Treaty

CASES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((Path(__file__).parent / "cases").glob("*.json"))}
LISTS = {str(kind) for kind in LIST_LEVELS}

NO_SIGN = "nothing printed parts the closing words from the last entry: no stop, no comma, no capital; only the sense does"
REAL_XFAIL = {
    "tpp-9-19-scrambled-subitems": "the file has the lines out of order: the subitems of (i) stand behind the first half of (ii)",
    "tpp-18-51-lone-markers-flush-of-b": NO_SIGN,
    "us-peru-10-18-flush-of-b-and-of-4a": NO_SIGN,
}
MINIATURE_XFAIL = dict(REAL_XFAIL)


def params(broken: dict[str, str]) -> list[Any]:
    assert set(broken) <= set(CASES)
    marks = {name: [pytest.mark.xfail(strict=True, reason=reason)] for name, reason in broken.items()}
    return [pytest.param(name, marks=marks.get(name, [])) for name in CASES]


# -- miniatures: the exact tree -----------------------------------------------------------------

Row = tuple[int, str, str, str, tuple[tuple[str, str], ...]]


def notes_of(expected: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    for provision in expected:
        yield from provision.get("footnotes", [])
        yield from notes_of(provision.get("children", []))


def chapter_around(case: dict[str, Any]) -> bytes:
    """The miniature as a ToTA file, in a chapter that holds what its footnotes need.

    The article before has the footnotes with lower numbers and the markers of the loose
    bodies; the article after has the bodies that the miniature's markers lack.
    """
    own = list(notes_of(case["expected"]))
    loose = [note["marker"] for note in case.get("loose_footnotes", [])]
    lowest = min((int(marker) for marker in [*loose, *(n["marker"] for n in own)]), default=1)
    lost = case.get("bodies_lost", False)
    earlier = [str(n) for n in range(1, lowest)]
    before = "\n".join(f"{n}. The Guilds keep this rule{marker}." for n, marker in enumerate([*earlier, *loose], 1))
    before += "".join(f"\n\n{marker} A note on the rule." for marker in earlier if not lost)
    bodies = [] if lost else [note["marker"] for note in own if not note["text"]]
    after = "The Guilds keep the last rule too." + "".join(f"\n\n{marker} A note on the rule." for marker in bodies)
    defining = any(child["kind"] == "definition" for p in case["expected"] for child in p.get("children", []))
    articles = [
        ("Article 1", "First", before),
        ("Article 2", "Definitions" if defining else "Second", case["source"]),
        ("Article 3", "Third", after),
    ]
    inside = "".join(f'<article number="{n}" name="{name}">{html.escape(body)}</article>' for n, name, body in articles)
    language = "es" if "450" in case["file"] else "en"
    return (
        f"<treaty><meta><name>Charter</name><language>{language}</language></meta>"
        f'<body><chapter number="Chapter 1" name="Rules">{inside}</chapter></body></treaty>'
    ).encode()


def expected_rows(provisions: list[dict[str, Any]], depth: int = 0) -> list[Row]:
    rows: list[Row] = []
    for p in provisions:
        kind = "list" if p["kind"] in LISTS else p["kind"]
        notes = tuple((n["marker"], n["text"]) for n in p.get("footnotes", []))
        words = " ".join(p.get("text", "").split())
        if kind == "flush" and rows and rows[-1][:2] == (depth, "flush"):  # consecutive lines are one flush provision
            _, _, _, before, noted = rows.pop()
            words, notes = f"{before} {words}", noted + notes
        rows.append((depth, kind, p.get("num", ""), words, notes))
        rows += expected_rows(p.get("children", []), depth + 1)
    return rows


def stored_rows(provision: Provision, known: set[str], depth: int = 0) -> list[Row]:
    """What the importer made; of a footnote whose body the miniature lacks only the marker counts."""
    rows: list[Row] = []
    for p in provision.children:
        kind = "list" if p.kind in LIST_LEVELS else str(p.kind)
        notes = tuple((n.marker, " ".join(n.body.content.split()) if n.marker in known else "") for n in p.footnotes if n.placed)
        rows.append((depth, kind, p.label, " ".join(p.words.split()), notes))
        rows += stored_rows(p, known, depth + 1)
    return rows


def second_article(case: dict[str, Any]) -> tuple[Treaty, Provision]:
    treaty, _ = tota.read(chapter_around(case), "charter")
    return treaty, next(article for article in treaty.articles() if article.label == "Article 2")


@pytest.mark.parametrize("name", params(MINIATURE_XFAIL))
def test_miniature_has_the_structure_counted_by_eye(name: str) -> None:
    case = CASES[name]
    _, article = second_article(case)
    known = {note["marker"] for note in notes_of(case["expected"]) if note["text"]}
    assert stored_rows(article, known) == expected_rows(case["expected"])


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "section_heading" in case])
def test_heading_that_hangs_at_the_end_leads_what_follows(name: str) -> None:
    treaty, article = second_article(CASES[name])
    sections = [p for p in treaty.walk() if p.kind in (Kind.SECTION, Kind.SUBSECTION)]
    title = CASES[name]["section_heading"].split(": ")[-1]
    assert [title in section.title for section in sections] == [True]
    assert [child.label for child in sections[0].children] == [article.label.replace("2", "3")]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "tail" in case])
def test_annex_printed_behind_an_article_is_an_annex(name: str) -> None:
    tail = CASES[name]["tail"]
    treaty, _ = second_article(CASES[name])
    annexes = [p for p in treaty.walk() if p.kind is Kind.ANNEX]
    printed = [f"{annex.label} {annex.title}".replace(":", "") for annex in annexes]
    assert printed == [tail["heading"].replace(":", "")]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.get("dropped") or case.get("running_matter")])
def test_page_number_is_dropped_and_reported(name: str) -> None:
    case = CASES[name]
    _, report = tota.read(chapter_around(case), "charter")
    assert {note.words for note in report.dropped} == {*case.get("dropped", []), *case.get("running_matter", [])}


# -- real articles: labels and counts -----------------------------------------------------------


@cache
def real_articles(path: Path) -> dict[str, Provision]:
    treaty, _ = tota.read(path.read_bytes(), "treaty")
    found: dict[str, Provision] = {}
    for article in treaty.articles():
        found.setdefault(label(article.label), article)
    return found


def term_of(p: Provision) -> str:
    """A definition's label: the first five words of its term, as the cases give it."""
    assert p.text is not None
    term = next((s for s in p.text.spans if isinstance(s, Term)), None)
    words = p.words[term.start : term.end] if term is not None else p.words
    return '"' + " ".join(words.split()[:5]) + '"'


def labels_and_counts(provision: Provision, prefix: str = "") -> tuple[list[str], Counter[str]]:
    """Labels as lawyers cite within the article, and how many provisions of each kind; all lists count together.

    Consecutive flush lines are one flush provision with a line break; each line counts.
    """
    labels: list[str] = []
    counts: Counter[str] = Counter()
    for p in provision.children:
        kind = "list" if p.kind in LIST_LEVELS else str(p.kind)
        counts[kind] += p.words.count("\n") + 1 if p.kind is Kind.FLUSH else 1
        counts["footnote"] += sum(note.placed for note in p.footnotes)
        here = prefix
        if p.kind is Kind.DEFINITION:
            here = term_of(p)
            labels.append(here)
        elif p.label:
            here += label(p.label) if p.kind is Kind.PARAGRAPH else f"({label(p.label)})"
            labels.append(here)
        below, more = labels_and_counts(p, here)
        labels += below
        counts += more
    return labels, counts


@pytest.mark.corpus
@pytest.mark.parametrize("name", params(REAL_XFAIL))
def test_real_article_has_the_labels_and_counts_counted_by_eye(name: str, corpus: Path) -> None:
    case = CASES[name]
    article = real_articles(corpus / case["file"])[case["article"]]
    labels, counts = labels_and_counts(article)
    expected: Counter[str] = Counter()
    for kind, number in case["counted"].items():
        expected["list" if kind in LISTS else kind] += number
    assert [re.sub("[“”]", "", one) for one in labels] == case["labels"]
    assert counts == expected
