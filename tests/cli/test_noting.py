"""Notes at the command line: written, listed, answered, resolved, kept when their words go."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import Run, tota_source
from treaty_diff.ingest import tota
from treaty_diff.store import Store

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
BODY = "A ferry with more than forty passengers pays a toll to the harbour master."


@pytest.fixture
def noted(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command line in a folder with a store that has a small treaty of ours."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")
    run("init", "store")
    Path("small.xml").write_bytes(tota_source(("101", "Tolls", BODY), name="Example"))
    result = run("import", "small.xml", "--treaty", "example", "--store", "store")
    assert result.exit_code == 0, result.output
    return lambda *arguments: run(*arguments, "--store", "store")


def listed(noted: Run, *arguments: str) -> list[dict[str, object]]:
    data = json.loads(noted("notes", *arguments, "--format", "json").output)
    jsonschema.validate(data, json.loads((SCHEMAS / "notes-1.json").read_text(encoding="utf-8")))
    return list(data["notes"])


def test_a_note_is_written_listed_answered_and_resolved(noted: Run) -> None:
    made = noted("note", "example:101", "Why forty?", "--quote", "more than forty passengers", "--question")
    assert made.exit_code == 0, made.output
    name = made.output.split()[1]
    (row,) = listed(noted, "example")
    assert (row["found"], row["citation"], row["resolved"]) == ("there", "Article 101", False)
    assert noted("reply", name, "It was so in 1990.").exit_code == 0
    assert "It was so in 1990." in noted("notes", "example:101").output
    assert noted("resolve", name[:6]).exit_code == 0
    assert listed(noted, "example") == []
    (row,) = listed(noted, "example", "--all")
    assert row["resolved"] is True
    assert "nothing is wrong" in noted("verify").output


def test_notes_are_kept_when_a_text_is_replaced(noted: Run) -> None:
    noted("note", "example:101", "Why forty?", "--quote", "more than forty passengers")
    store = Store(Path("store"))
    other = tota.read(tota_source(("101", "Tolls", BODY.replace("forty", "fifty")), name="Example"), "example")[0]
    store.put(other)
    (row,) = listed(noted, "example")
    assert (row["found"], row["citation"]) == ("there", "Article 101")
    store.put(tota.read(tota_source(("205", "Ice", "Each keeper oils its lamp."), name="Example"), "example")[0])
    (row,) = listed(noted, "example")
    assert (row["found"], row["citation"]) == ("orphaned", None)
    assert "its words are gone" in noted("notes", "example").output


def test_a_note_that_says_nothing_is_refused(noted: Run) -> None:
    result = noted("note", "example:101", "  ")
    assert result.exit_code == 2
    assert "A note says something." in result.output


def test_words_that_the_provision_does_not_have_are_refused(noted: Run) -> None:
    result = noted("note", "example:101", "Why?", "--quote", "no such words")
    assert result.exit_code == 2
    assert not Path("store/annotations").exists()


def test_a_name_that_no_note_has_is_refused(noted: Run) -> None:
    assert noted("reply", "0123abcd", "No.").exit_code == 2
    assert noted("resolve", "").exit_code == 2


def test_a_broken_note_is_told_by_verify(noted: Run) -> None:
    noted("note", "example:101", "Why forty?")
    store = Store(Path("store"))
    (path,) = Path("store/annotations").iterdir()
    import subprocess

    path.write_text("{}", encoding="utf-8")
    subprocess.run(["git", "-C", "store", "commit", "-qam", "by hand"], check=True, env=_env())
    result = noted("verify")
    assert result.exit_code == 1
    assert "is no reviewer's note" in result.output
    assert store.at().commit


def _env() -> dict[str, str]:
    import os

    name = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {**os.environ, **name}


def test_notes_are_for_whom_they_are_marked_and_their_answers_too(noted: Run) -> None:
    open_ = noted("note", "example:101", "Why forty?", "--distribution", "public").output.split()[1]
    inner = noted("note", "example:101", "Our red line is fifty.").output.split()[1]
    noted("reply", open_, "It was so in 1990.")
    noted("reply", inner, "Agreed.")
    (row,) = listed(noted, "example", "--audience", "public")
    assert row["note"]["body"]["value"] == "Why forty?"
    assert [r["body"]["value"] for r in row["replies"]] == ["It was so in 1990."]
    assert row["note"]["audience"]["schema:audienceType"] == "public"
    assert len(listed(noted, "example")) == 2
    whole, public = (json.loads(noted("manifest", *extra).output) for extra in ((), ("--audience", "public")))
    jsonschema.validate(whole, json.loads((SCHEMAS / "manifest-1.json").read_text(encoding="utf-8")))
    assert (len(whole["notes"]), len(public["notes"])) == (4, 2)
    assert all(inner not in file["path"] for file in public["notes"])


def test_a_note_on_a_restricted_text_is_not_public(run: Run) -> None:
    run("init", "store")
    Path("counter.txt").write_text("Article 2205: End\n\nThis Agreement ends when a Party says so.\n", encoding="utf-8")
    tabled = run("table", "counter.txt", "--topic", "sunset", "--party", "CAN", "--round", "6", "--store", "store")
    assert tabled.exit_code == 0, tabled.output
    refused = run("note", "sunset/CAN:2205", "Why?", "--distribution", "public", "--store", "store")
    assert refused.exit_code == 2
    assert "cannot be public" in refused.output
    assert run("note", "sunset/CAN:2205", "Why?", "--store", "store").exit_code == 0
    assert json.loads(run("notes", "--audience", "public", "--format", "json", "--store", "store").output)["notes"] == []
