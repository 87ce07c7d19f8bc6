"""`treaty-diff concordance` as its users meet it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from tests.conftest import Run, tota_source
from treaty_diff.align.document import read
from treaty_diff.cli import cli
from treaty_diff.ingest import tota
from treaty_diff.store import Store

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
PATH = Path("store/concordances/ours--theirs.jsonl")
FISH = "Each Party shall count the fish in its lakes and rivers every year and publish the count."
HONEY = "Honey of a Party is exempt from every duty when it crosses a border in a sealed jar."
BOATS = "Fishing boats shall carry a lamp after sunset on every lake, and a bell in fog."
BRIDGES = "A Party shall build each bridge over a shared river out of stone and keep it open at night."
EPOCH = 1_769_860_800
WHEN = "2026-01-31T12:00:00Z"
OURS = (("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Honey", HONEY), ("ARTICLE 103", "Boats", BOATS))
THEIRS = (("ARTICLE 1", "=Honey", HONEY), ("ARTICLE 2", "Fish", FISH), ("ARTICLE 3", "Bridges", BRIDGES))


def git(*arguments: str, code: int = 0) -> str:
    done = subprocess.run(["git", "-C", "store", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def take_in(run: Run, treaty: str, articles: tuple[tuple[str, str, str], ...]) -> None:
    source = Path(f"{treaty}.xml")
    source.write_bytes(tota_source(*articles, name=treaty.title()))
    result = run("import", str(source), "--treaty", treaty)
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two small treaties and their concordance, which nobody changes."""
    root = tmp_path_factory.mktemp("template") / "store"
    with Store.create(root) as store:
        for treaty, articles in (("ours", OURS), ("theirs", THEIRS)):
            store.put(tota.read(tota_source(*articles, name=treaty.title()), treaty)[0])
    result = CliRunner().invoke(cli, ["concordance", "ours", "theirs", "--store", str(root)])
    assert result.exit_code == 0, result.output
    return root


@pytest.fixture
def ours(run: Run, template: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A store with two small treaties and their concordance, and a person whom git knows."""
    monkeypatch.setenv("TREATY_DIFF_STORE", "store")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    shutil.copytree(template, "store", symlinks=True)
    git("config", "user.name", "A. Reader")
    git("config", "user.email", "reader@example.invalid")
    return run


def rows() -> list[tuple[str, str, str]]:
    """Citations and origin of the rows of the file in the work tree, which git has as it is."""
    assert git("status", "--porcelain") == ""
    return [
        (
            row.subject.citation.removeprefix("Article ") if row.subject else "",
            row.base.citation.removeprefix("Article ") if row.base else "",
            str(row.origin),
        )
        for row in read(PATH.read_bytes(), str(PATH))
    ]


def said(run: Run, *arguments: str, code: int = 0) -> str:
    result = run("concordance", *arguments)
    assert result.exit_code == code, result.output
    return result.stdout + result.stderr


def counts(text: str) -> dict[str, int]:
    return {line[8:]: int(line[:6]) for line in text.splitlines() if line[:6].strip().isdigit()}


PROPOSED = [("101", "2", "proposed"), ("102", "1", "proposed")]


def test_the_engine_proposes_and_the_commit_says_so(ours: Run) -> None:
    assert rows() == PROPOSED
    assert git("log", "-1", "--format=%B").strip().endswith("Concordance: ours--theirs\nRows: 2")
    head = git("rev-parse", "HEAD")
    text = said(ours, "ours", "theirs")
    assert "nothing changed; nothing committed" in text
    assert counts(text)["proposed"] == 2
    assert git("rev-parse", "HEAD") == head


def test_the_mirrored_pair_has_the_same_document(ours: Run) -> None:
    assert "concordances/ours--theirs.jsonl: nothing changed" in said(ours, "theirs", "ours")
    assert [p.name for p in PATH.parent.iterdir()] == [PATH.name]
    said(ours, "confirm", "theirs:2", "ours:101")
    assert rows() == [("101", "2", "proposed"), ("101", "2", "confirmed"), ("102", "1", "proposed")]
    shown = ours("align", "theirs", "--against", "ours").stdout
    assert "confirmed by A. Reader, 31 January 2026" in shown


def test_who_and_when_and_why_are_kept(ours: Run) -> None:
    text = said(ours, "confirm", "101", "2", "--note", "the same\ncount")
    assert "confirmed: Article 101 ⇄ Article 2; stored as commit" in text
    decision = json.loads(PATH.read_text(encoding="utf-8").splitlines()[1])
    assert (decision["who"], decision["when"], decision["note"]) == ("A. Reader", WHEN, "the same count")
    assert git("log", "-1", "--format=%an %at %s").startswith(f"A. Reader {EPOCH} ours--theirs, confirmed")
    assert "nothing committed" in said(ours, "confirm", "101", "2", "--note", "the same count")


def test_a_run_again_keeps_what_a_person_decided(ours: Run) -> None:
    said(ours, "reject", "101", "2")
    said(ours, "add", "103", "3", "--partial", "--note", "both of the night")
    said(ours, "none", "102")
    before = PATH.read_bytes()
    text = said(ours, "ours", "theirs")
    assert PATH.read_bytes() == before
    assert counts(text) == {
        "proposed": 0,
        "confirmed": 0,
        "rejected": 1,
        "added": 1,
        "no counterpart": 1,
        "stale": 0,
        "not held": 0,
    }
    said(ours, "withdraw", "102")
    said(ours, "withdraw", "theirs:3", "103")
    assert rows() == [("101", "2", "proposed"), ("101", "2", "rejected"), ("102", "1", "proposed")]


def document(run: Run, *arguments: str) -> Any:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    schema = found["schema"].removeprefix("treaty-diff/").replace("/", "-")
    jsonschema.validate(found, json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8")))
    return found


def test_every_output_has_what_was_decided(ours: Run) -> None:
    said(ours, "confirm", "101", "2", "--note", "the same")
    said(ours, "reject", "102", "1")
    said(ours, "none", "103")
    fish, honey, boats = document(ours, "align", "ours", "--against", "theirs")["articles"]
    decision = {"verdict": "confirmed", "who": "A. Reader", "when": WHEN, "note": "the same", "stale": ""}
    assert fish["matches"][0]["decision"] == decision
    assert honey["matches"] == []
    assert honey["nearest"][0]["decision"]["verdict"] == "rejected"
    assert boats["decision"]["who"] == "A. Reader"
    compared = document(ours, "compare", "ours", "--against", "theirs")
    assert [a.get("decision", {}).get("verdict") for a in compared["articles"]] == ["confirmed", None, "confirmed"]
    shown = " ".join(ours("compare", "ours", "--against", "theirs", "--format", "terminal").stdout.split())
    assert "confirmed by A. Reader, 31 January 2026: the same" in shown
    assert "Article 1 (1.00, rejected by A. Reader, 31 January 2026)" in shown
    assert "no counterpart in Theirs, confirmed by A. Reader, 31 January 2026" in shown
    ours("compare", "ours", "--against", "theirs", "--format", "html", "--output", "page")
    page = Path("page/index.html").read_text(encoding="utf-8")
    assert "counterpart · confirmed by A. Reader, 31 January 2026: the same" in page
    assert "no counterpart · confirmed by A. Reader, 31 January 2026" in page
    assert "counterpart · confirmed by" in Path("page/swapped.html").read_text(encoding="utf-8")


def test_a_decision_on_a_text_that_has_changed_is_stale_everywhere(ours: Run) -> None:
    said(ours, "confirm", "101", "2")
    take_in(ours, "ours", (("ARTICLE 101", "Fish", f"{FISH} The count is free."), *OURS[1:]))
    stale = "The link of Article 101 with Article 2 (confirmed by A. Reader) is stale: the text of Article 101 has changed since."
    text = said(ours, "ours", "theirs")
    assert counts(text)["stale"] == 1
    assert stale in text
    assert rows() == [("101", "2", "proposed"), ("101", "2", "confirmed"), ("102", "1", "proposed")]
    assert document(ours, "align", "ours", "--against", "theirs")["decisions"] == [stale]
    compared = document(ours, "compare", "ours:101", "--against", "theirs")
    assert compared["decisions"] == [stale]
    assert compared["articles"][0]["decision"]["stale"] == "the text of Article 101 has changed since"
    assert stale in " ".join(ours("compare", "ours:101", "--against", "theirs", "--format", "terminal").stdout.split())
    ours("compare", "ours:101", "--against", "theirs", "--format", "html", "--output", "page")
    assert stale in Path("page/index.html").read_text(encoding="utf-8")
    assert stale in said(ours, "export", "ours", "theirs", "--format", "html")
    said(ours, "confirm", "101", "2", "--note", "read again")
    assert counts(said(ours, "ours", "theirs"))["stale"] == 0


def test_proposals_on_another_text_are_told_by_the_export(ours: Run) -> None:
    take_in(ours, "ours", (("ARTICLE 101", "Fish", f"{FISH} The count is free."), *OURS[1:]))
    told = "1 proposal of the engine was made on another text; `treaty-diff concordance ours theirs` makes them anew."
    assert told in document(ours, "concordance", "export", "ours", "theirs")["said"]


def test_two_reviewers_of_neighbouring_rows_are_merged_by_git(ours: Run) -> None:
    git("branch", "other")
    said(ours, "confirm", "101", "2")
    git("checkout", "-q", "other")
    said(ours, "reject", "102", "1")
    said(ours, "none", "103")
    git("merge", "-q", "-m", "Both", "main")
    assert rows() == [
        ("101", "2", "proposed"),
        ("101", "2", "confirmed"),
        ("102", "1", "proposed"),
        ("102", "1", "rejected"),
        ("103", "", "confirmed"),
    ]
    assert "nothing committed" in said(ours, "ours", "theirs")


def test_marks_of_a_merge_are_named_with_file_and_line(ours: Run) -> None:
    git("branch", "other")
    said(ours, "confirm", "101", "2", "--note", "yes")
    git("checkout", "-q", "other")
    said(ours, "reject", "101", "2", "--note", "no")
    git("merge", "-q", "main", code=1)
    git("commit", "-qam", "unfinished")
    for arguments in (
        ("concordance", "ours", "theirs"),
        ("compare", "ours", "--against", "theirs", "--format", "json"),
        ("concordance", "export", "ours", "theirs"),
    ):
        result = ours(*arguments)
        assert result.exit_code == 2
        assert "concordances/ours--theirs.jsonl, line 2, is no row of a concordance." in result.stderr
        assert "marks of an unfinished merge" in result.stderr
    assert "line 2" in ours("verify").stdout


def test_two_documents_of_one_pair_are_refused_and_found(ours: Run) -> None:
    data = PATH.read_bytes()
    PATH.with_name("theirs--ours.jsonl").write_bytes(data)
    git("add", ".")
    git("commit", "-qm", "a second")
    assert "two concordances" in said(ours, "ours", "theirs", code=2)
    result = ours("verify")
    assert result.exit_code == 1
    assert "is the second of the same two treaties" in result.stdout


def test_verify_and_manifest_know_the_document(ours: Run) -> None:
    assert ours("verify").exit_code == 0
    (entry,) = document_of_manifest(ours)["concordances"]
    assert (entry["path"], entry["bytes"]) == ("concordances/ours--theirs.jsonl", PATH.stat().st_size)
    (PATH.parent / "Notes.txt").write_text("x", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "notes")
    assert "concordances/Notes.txt: is no concordance of two treaties" in ours("verify").stdout


def document_of_manifest(run: Run) -> Any:
    found = json.loads(run("manifest").stdout)
    jsonschema.validate(found, json.loads((SCHEMAS / "manifest-1.json").read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ours", "ours"), "cannot have a concordance"),
        (("ours:101", "theirs"), "is a part of a text"),
        (("ours", "nowhere"), "holds no treaty"),
        (("confirm", "101", "3"), "is not proposed"),
        (("confirm", "ours:101", "ours:102"), "Both selectors name the same treaty"),
        (("confirm", "ours:101", "tpp:28.9"), "no such concordance"),
        (("confirm", "101", "2", "--of", "ours--tpp"), "no such concordance"),
        (("confirm", "ours:ch1", "2"), "is no article or annex"),
        (("none", "theirs:fn1@2"), "is no article or annex"),
        (("confirm", "199", "2"), "has no Article 199"),
        (("withdraw", "101", "2"), "no decision to take back: Article 101 ⇄ Article 2"),
        (("export", "ours", "tpp"), "no concordance of ours and tpp"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(ours: Run, arguments: tuple[str, ...], told: str) -> None:
    head = git("rev-parse", "HEAD")
    text = said(ours, *arguments, code=2)
    assert told in text
    assert "to fix:" in text
    assert git("rev-parse", "HEAD") == head


def test_where_several_are_held_the_selectors_or_an_option_tell_which(ours: Run) -> None:
    said(ours, "ours", "tpp")
    text = said(ours, "confirm", "101", "2", code=2)
    assert "not clear which concordance" in text
    assert "held are: ours--theirs, ours--tpp" in text
    said(ours, "confirm", "101", "theirs:2")
    said(ours, "reject", "102", "1", "--of", "theirs--ours")
    assert [row for row in rows() if row[2] != "proposed"] == [("101", "2", "confirmed"), ("102", "1", "rejected")]


def test_on_a_new_store_articles_alone_name_the_pair_of_nafta(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREATY_DIFF_STORE", "store")
    Store.create(Path("store")).close()
    assert "stored as commit" in said(run, "nafta1994", "tpp")
    assert "confirmed: Article 2006 ⇄ Article 28.5" in said(run, "confirm", "2006", "28.5")
    assert "added: Article 1904 ⇄ Article 28.9" in said(run, "add", "tpp:28.9", "1904")
    shown = " ".join(run("align", "1904", "--against", "tpp").stdout.split())
    assert re.search(r"→ Article 28\.9 Composition of Panels counterpart, added by [^()]+$", shown)
    assert "only its heading" in said(run, "none", "1101", code=2)
    assert "1904" in said(run, "export", "nafta1994", "tpp")


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_csv_is_a_table_without_formulas(ours: Run) -> None:
    said(ours, "confirm", "101", "2")
    result = ours("concordance", "export", "ours", "theirs")
    assert result.stdout_bytes.count(b"\r\n") == 5
    assert table(result.stdout_bytes.decode()) == [
        ["Ours", "Ours: heading", "Theirs", "Theirs: heading", "Remark"],
        ["Article 101", "Fish", "Article 2", "Fish", "confirmed by A. Reader, 31 January 2026"],
        ["Article 102", "Honey", "Article 1", "'=Honey", "proposed, sure"],
        ["Article 103", "Boats", "", "", "no counterpart in Theirs"],
        ["", "", "Article 3", "Bridges", "no counterpart in Ours"],
    ]
    ours("concordance", "export", "theirs", "ours", "--output", "table.csv")
    assert table(Path("table.csv").read_bytes().decode())[1][:4] == ["Article 1", "'=Honey", "Article 102", "Honey"]


def test_the_printable_table_stands_alone(ours: Run) -> None:
    page = ours("concordance", "export", "ours", "theirs", "--format", "html").stdout
    (style,) = re.findall("<style>(.*?)</style>", page, re.S)
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{allowed}'" in page
    assert "unsafe" not in page
    assert "size: A4" in page
    assert "<script" not in page
    assert '<td class="heading of-subject" lang="en">Fish</td>' in page
    assert page.count('<tr class="chapter">') == 2
    assert "Chapter 1: Beginnings (Theirs)" in page
    assert "src=" not in page
    assert [page.index(f"Article {n}<") for n in (101, 102, 103, 3)] == sorted(
        page.index(f"Article {n}<") for n in (101, 102, 103, 3)
    )
    assert "no counterpart in Ours" in page


def test_the_table_as_json_has_its_schema(ours: Run) -> None:
    said(ours, "add", "103", "3")
    found = document(ours, "concordance", "export", "ours", "theirs")
    assert [(line["origin"], line["kind"], line["score"] is None) for line in found["rows"]] == [
        ("proposed", "counterpart", False),
        ("proposed", "counterpart", False),
        ("added", "counterpart", True),
    ]


@pytest.mark.corpus
def test_a_decision_on_a_restatement_is_stale_on_the_treatys_words(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATY_DIFF_STORE", "store")
    Store.create(Path("store")).close()
    said(run, "nafta1994", "tpp")
    said(run, "confirm", "2006", "28.5")
    assert run("pull", "nafta1994", "tpp", "--from", str(corpus)).exit_code == 0
    text = said(run, "nafta1994", "tpp")
    found = counts(text)
    assert (found["confirmed"], found["stale"], found["not held"]) == (1, 1, 0)
    assert found["proposed"] > 150
    assert "was read in restatement/eng@1994-01-01, and verbatim/eng@1994-01-01 reads differently" in text
    assert "confirmed by" in run("compare", "2006", "--against", "tpp", "--format", "terminal").stdout
    assert "stale" in said(run, "export", "tpp", "nafta1994")


def test_restatements_are_told_on_the_printed_table(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREATY_DIFF_STORE", "store")
    Store.create(Path("store")).close()
    said(run, "nafta1994", "tpp")
    result = run("concordance", "export", "nafta1994", "tpp", "--format", "html")
    assert "a restatement in our own words" in result.stdout
    assert "articles of the TPP are held as a heading only" in result.stdout


def test_a_proposal_has_a_concordance_that_comparisons_use(run: Run) -> None:
    def said(*arguments: str) -> str:
        result = run(*arguments)
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "concordances/sunset_USA--nafta1994.jsonl: 1 rows, stored" in said("concordance", "sunset/us", "nafta1994")
    assert "nothing changed" in said("concordance", "nafta1994", "sunset/USA")
    added = said("concordance", "add", "sunset/USA:2205bis", "nafta1994:2001", "--partial")
    assert "added: Article 2205bis ⇄ Article 2001" in added
    assert "rejected: Article 2205" in said("concordance", "reject", "2205", "2205", "--of", "sunset/USA--nafta1994")
    table = said("concordance", "export", "sunset/USA", "nafta1994").splitlines()
    assert table[0].startswith("The United States’ proposal on sunset,")
    # what the proposal neither replaces nor deletes is not listed as without counterpart
    assert [row.split(",")[0] for row in table[1:]] == ["Article 2205", "Article 2205bis", ""]
    shown = said("compare", "sunset/USA", "--against", "nafta1994", "--format", "terminal")
    assert "rejected by" in shown
    assert "nothing is wrong" in said("verify")
