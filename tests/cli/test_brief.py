"""What a comparison's changes do, at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import Run, tota_source

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
BEFORE = (
    (
        "101",
        "Tolls of ferries",
        "1. Each Party shall publish the tolls of its ferries within 30 days of their adoption.\n2. A raft pays none.",
    ),
    ("102", "Refunds of tolls", "The owner of a ferry may ask the Commission for a refund of its toll."),
)
AFTER = (
    (
        "101",
        "Tolls of ferries",
        "1. Each Party shall endeavour to publish the tolls of its ferries within 90 days of their adoption.\n2. A raft pays none.",
    ),
    ("103", "Gulls on lamps", "Keepers feed gulls that sit on lamps at night."),
)


@pytest.fixture
def two(run: Run) -> Run:
    """A command line with a store of two small treaties of ours."""
    run("init", "store")
    for name, articles in (("before", BEFORE), ("after", AFTER)):
        Path(f"{name}.xml").write_bytes(tota_source(*articles, name=f"The {name.title()} Pact"))
        result = run("import", f"{name}.xml", "--treaty", f"{name}-pact", "--store", "store")
        assert result.exit_code == 0, result.output
    for step in (("make", "after-pact", "before-pact"), ("confirm", "after-pact:101", "before-pact:101")):
        result = run("concordance", *step, "--store", "store")
        assert result.exit_code == 0, result.output
    return lambda *arguments: run(*arguments, "--store", "store")


def test_a_brief_is_one_page_of_five_sentences_the_changes_and_what_is_alone(two: Run) -> None:
    result = two("compare", "after-pact", "--against", "before-pact", "--brief")
    assert result.exit_code == 0, result.output
    said = " ".join(result.output.split())
    assert "1 of 2 articles has a counterpart" in said
    assert "Weaker duty: each Party “shall endeavour to publish" in said
    assert "A time limit is longer: “90 days”; before, “30 days”" in said
    assert "Article 103 has no counterpart" in said
    assert "Only in The Before Pact" in said
    assert "Article 102 Refunds of tolls" in said
    assert "article gone that bound: 1 right, of owners (Article 102)" in said
    assert not Path("redline").exists()


def test_the_summary_begins_with_the_weightiest_findings(two: Run) -> None:
    said = " ".join(two("compare", "after-pact", "--against", "before-pact", "--format", "terminal").output.split())
    assert "3 findings: 2 duty and 1 time limits." in said
    assert said.index("Weaker duty") < said.index("Article 103")


def test_json_has_what_the_schemas_say_and_swap_turns_the_findings_round(two: Run) -> None:
    straight = json.loads(two("compare", "after-pact", "--against", "before-pact", "--format", "json").output)
    turned = json.loads(two("compare", "after-pact", "--against", "before-pact", "--format", "json", "--swap").output)
    for data in (straight, turned):
        jsonschema.validate(data, json.loads((SCHEMAS / "comparison-1.json").read_text(encoding="utf-8")))
        jsonschema.validate(data["annotations"], json.loads((SCHEMAS / "annotations-1.json").read_text(encoding="utf-8")))
    assert [a["rule"] for a in straight["annotations"]["annotations"]][:1] == ["duty-weakened"]
    assert [a["rule"] for a in turned["annotations"]["annotations"]][:1] == ["duty-strengthened"]


def test_of_restatements_only_what_they_keep_is_annotated_and_the_brief_says_why(run: Run) -> None:
    run("init", "store")
    result = run("compare", "chapter20", "--against", "tpp", "--brief", "--store", "store")
    said = " ".join(result.output.split())
    assert (
        "Looked for were figures, recourse and citations only: NAFTA 1994 and the TPP are restatements in our own words" in said
    )
    assert "time limits and figures changed" in said


def test_a_brief_names_articles_in_a_row_once() -> None:
    from treaty_diff.render.brief import _list

    assert _list([f"Article {n}" for n in range(101, 111)]) == "Articles 101, 102, 103, 104, 105, 106, 107, 108 and 2 more"
    assert _list(["Article 101", "Annex 7"]) == "Article 101 and Annex 7"
    assert _list(["Article 101"]) == "Article 101"
