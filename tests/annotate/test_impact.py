"""What a deletion leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import Run, small_treaty
from treaty_diff.annotate.impact import impact
from treaty_diff.store import Store
from treaty_diff.text.index import Index

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"

TREATY = small_treaty(
    ("101", "Tolls", "1. A ferry pays a toll.\n2. The Parties hereby establish a Committee on Tolls."),
    ("102", "Definitions", "For purposes of this Agreement:\nferry means a ship that carries passengers;"),
    ("103", "Bills", "1. A bill names the toll of Article 101(1).\n2. The Committee on Tolls checks it."),
    ("104", "Refunds", "A ferry has its toll back where Articles 101 through 103 say so."),
)


def cut(*selectors: str) -> dict[str, object]:
    index = Index(TREATY)
    return impact(TREATY, [p for s in selectors for p in index.find(s)]).to_dict()


def test_citations_from_without_are_listed_ranges_among_them() -> None:
    found = impact(TREATY, Index(TREATY).find("101"))
    assert [c.citation for c in found.citations] == ["Article 103(1)", "Article 104"]
    assert [c.words for c in found.citations] == ["Article 101(1)", "Articles 101 through 103"]


def test_terms_that_the_rest_uses_lose_their_definition() -> None:
    found = impact(TREATY, Index(TREATY).find("102"))
    assert [(o.name, [u.citation for u in o.used]) for o in found.terms] == [("ferry", ["Article 101(1)", "Article 104"])]


def test_bodies_that_the_rest_names_lose_their_home() -> None:
    found = impact(TREATY, Index(TREATY).find("101"))
    assert [(o.name, o.home, [u.citation for u in o.used]) for o in found.bodies] == [
        ("Committee on Tolls", "Article 101(2)", ["Article 103(2)"])
    ]


def test_what_goes_with_it_is_not_left() -> None:
    assert cut("101", "103", "104")["citations"] == []


def test_plain_data_is_what_the_schema_says() -> None:
    jsonschema.validate(cut("101"), json.loads((SCHEMAS / "impact-1.json").read_text(encoding="utf-8")))


def test_command_says_what_else_cites_a_chapter(run: Run) -> None:
    run("init", "store")
    result = run("impact", "chapter19", "--store", "store")
    assert result.exit_code == 0, result.output
    assert "Article 2002(3)(b)(i)" in result.output
    data = json.loads(run("impact", "chapter19", "--store", "store", "--format", "json").output)
    assert data["asked"] == ["Chapter 19"]


def test_selector_that_names_nothing_is_refused(run: Run) -> None:
    run("init", "store")
    assert run("impact", "9999", "--store", "store").exit_code == 2


@pytest.mark.corpus
def test_chapter_nineteen_is_cited_where_its_opponents_had_to_conform_the_text(pulled: Store) -> None:
    from treaty_diff.citation import parse

    treaty = pulled.load(parse("nafta1994"))
    found = impact(treaty, Index(treaty).find("ch19"))
    assert [c.citation for c in found.citations] == [
        "Article 303(2)(a)", "Article 318 (“customs duty”)(b)", "Article 2002(3)(b)(i)", "Article 2004",
    ]  # fmt: skip
