"""The command line as a user meets it."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import Run, tota_source
from treaty_diff import __version__
from treaty_diff.cli import cli

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
SOURCE = tota_source(
    (
        "ARTICLE 101",
        "Fish And Chips",
        "1. Each Party shall count its fish.\n\n2. A Party may:\n\n(a) eat them; or\n\n(b) sell them.",
    ),
    ("ARTICLE 102", "Boats", "Boats shall be blue, as Article 101 says."),
    name="Fish Treaty",
)


def check(document: Any, schema: str) -> None:
    jsonschema.validate(document, json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))


@pytest.fixture
def fish(run: Run) -> Run:
    Path("fish.xml").write_bytes(SOURCE)
    result = run("import", "fish.xml", "--treaty", "fish")
    assert result.exit_code == 0, result.output
    return run


def test_version(run: Run) -> None:
    assert run("--version").output == f"treaty-diff {__version__}\n"


@pytest.mark.parametrize("command", [(), *((name,) for name in sorted(cli.commands))])
def test_every_command_has_help(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage: treaty-diff" in result.output


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(run: Run, shell: str) -> None:
    assert "_TREATY_DIFF_COMPLETE" in run("completion", shell).output


def test_the_users_own_store_is_made_at_first_use_and_said_on_stderr(run: Run, tmp_path: Path) -> None:
    first = run("list")
    assert first.exit_code == 0
    assert str(tmp_path / "data" / "treaty-diff" / "store") in first.stderr
    assert "nafta1994" in first.stdout
    assert run("list").stderr == ""


def test_the_signature_line_ends_by_saying_where_the_page_is(run: Run) -> None:
    result = run("compare", "chapter19", "--against", "tpp")
    assert result.exit_code == 0, result.output
    last = result.stdout.rstrip().splitlines()[-1]
    page = Path(last.removeprefix("The page is "))
    assert page.is_file()
    html = page.read_text(encoding="utf-8")
    assert "restatement" in result.stdout
    assert "restatement" in html
    assert "Article 1904" in html


def test_a_redline_on_the_restated_texts(run: Run) -> None:
    result = run("compare", "2014", "--against", "tpp", "--format", "terminal")
    assert "Article 2014  ⇄  Article 28.15" in result.stdout
    assert "[-" in result.stdout
    assert "{+" in result.stdout
    assert not Path("redline").exists()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def words(article: Any, side: str) -> str:
    """The words of one side that stand in an article's rows, as docs/formats.md says to take them."""
    elsewhere = ("moved", "moved and changed") if side == "base" else ("moved away",)
    rows = [row for row in article["rows"] if row["kind"] not in elsewhere]
    return "".join(s[side] for row in rows for s in row["segments"])


def test_comparison_json_keeps_its_schema_and_proves_itself(run: Run) -> None:
    result = run("compare", "chapter20", "--against", "tpp", "--format", "json")
    document = json.loads(result.stdout)
    check(document, "comparison-1.json")
    assert document["notice"]
    pairs = [a for a in document["articles"] if a["kind"] == "counterpart"]
    assert pairs
    for article in document["articles"] + document["gone"]:
        for side in ("base", "subject"):
            assert digest(words(article, side)) == article["sha256"][side]
    listed = {a["subject"]["eId"]: a for a in document["articles"]}
    gone = {a["base"]["eId"]: a for a in document["gone"]}
    for proof in document["proofs"]:
        articles = [listed[eid] for eid in proof["subject"]] or [gone[eid] for eid in proof["base"]]
        for side in ("base", "subject"):
            assert digest("".join(words(a, side) for a in articles)) == proof["sha256"][side]
    article = pairs[0]
    assert words(article, "subject") == run("show", article["subject"]["selector"], "--format", "text").stdout


def test_swap_turns_the_reading_round(run: Run) -> None:
    straight = json.loads(run("compare", "2014", "--against", "tpp", "--format", "json").stdout)
    turned = json.loads(run("compare", "2014", "--against", "tpp", "--swap", "--format", "json").stdout)
    check(turned, "comparison-1.json")
    assert turned["base"] == straight["subject"]
    assert turned["summary"]["words_inserted"] == straight["summary"]["words_deleted"]


@pytest.mark.parametrize(("subject", "base", "code"), [("2014", "tpp", 1), ("2014", "2014", 0), ("chapter20", "chapter20", 0)])
def test_exit_code_tells_of_differences_when_asked(run: Run, subject: str, base: str, code: int) -> None:
    assert run("compare", subject, "--against", base, "--format", "json", "--exit-code").exit_code == code
    assert run("compare", subject, "--against", base, "--format", "json").exit_code == 0


def test_output_folder_takes_the_page_or_the_json(run: Run) -> None:
    assert "out/index.html" in run("compare", "2014", "--against", "tpp", "--format", "html", "--output", "out").stdout
    run("compare", "2014", "--against", "tpp", "--format", "json", "--output", "out")
    check(json.loads(Path("out/comparison.json").read_text(encoding="utf-8")), "comparison-1.json")


def test_import_reports_what_it_counted_and_mended(fish: Run) -> None:
    Path("fish2.xml").write_bytes(SOURCE.replace(b"its fish", b"all\nits fish"))
    result = fish("import", "fish2.xml", "--treaty", "fish", "--format", "json")
    report = json.loads(result.stdout)
    assert report["schema"] == "treaty-diff/ingest/1"
    assert report["counts"]["article"] == 2
    assert report["counts"]["subparagraph"] == 2
    assert report["mended"]["line break inside a sentence"] == 1
    assert report["mended"]["small words of a heading"] == 1
    assert report["commit"]


def test_plain_text_and_a_web_page_give_the_same_tree_as_tota(fish: Run) -> None:
    body = (
        "CHAPTER ONE: BEGINNINGS\n\nArticle 101: Fish and Chips\n\n1. Each Party shall count its fish.\n\n2. A Party may:\n\n"
        "(a) eat them; or\n\n(b) sell them.\n\nArticle 102: Boats\n\nBoats shall be blue, as Article 101 says.\n"
    )
    Path("fish.txt").write_text(body, encoding="utf-8")
    page = "".join(f"<p>{part}</p>" for part in body.strip().split("\n\n"))
    Path("fish.html").write_text(f"<html lang=en><body>{page}</body></html>", encoding="utf-8")
    expected = json.loads(fish("show", "fish:101", "--format", "json").stdout)
    for name in ("fish.txt", "fish.html"):
        treaty = name.replace(".", "-")
        result = fish("import", name, "--treaty", treaty, "--date", "2001-02-03")
        assert result.exit_code == 0, result.output
        shown = json.loads(fish("show", f"{treaty}:101", "--format", "json").stdout)
        assert {k: shown[k] for k in ("num", "heading", "children")} == {k: expected[k] for k in ("num", "heading", "children")}


def test_importing_the_same_again_commits_nothing(fish: Run) -> None:
    result = fish("import", "fish.xml", "--treaty", "fish")
    assert "Nothing changed; nothing committed." in result.stdout


def test_show_as_json(fish: Run) -> None:
    document = json.loads(fish("show", "fish:101", "--format", "json").stdout)
    check(document, "provision-1.json")
    assert document["citation"] == "Article 101"
    assert document["heading"] == "Fish and Chips"
    assert [c["num"] for c in document["children"]] == ["1.", "2."]
    assert [c["text"] for c in document["children"][1]["children"]] == ["eat them; or", "sell them."]


def test_show_as_text_xml_and_in_the_terminal(fish: Run) -> None:
    assert fish("show", "fish:101.2", "--format", "text").stdout == "2. A Party may:\n(a) eat them; or\n(b) sell them.\n"
    assert 'eId="chp_1__art_101__para_2"' in fish("show", "fish:101.2", "--format", "xml").stdout
    assert "(b) sell them." in fish("show", "fish:101(2)").stdout


def test_a_chapter_as_xml_is_a_whole_valid_file(fish: Run) -> None:
    from treaty_diff.text.validate import schema_errors

    data = fish("show", "fish:ch1", "--format", "xml").stdout.encode()
    assert schema_errors("chp_1.xml", data) == []


def test_show_a_range_a_footnote_and_what_is_not_held(run: Run) -> None:
    assert len(json.loads(run("show", "2202-2205", "--format", "json").stdout)) == 4
    assert run("show", "tpp:fn3@14.1").stdout.count("[3]") == 1
    assert "Text not held" in run("show", "101").stdout


def test_restatements_are_said_so_wherever_they_are_shown(run: Run) -> None:
    assert "a restatement in our own words" in run("show", "2205").stdout
    assert "a restatement in our own words" in run("show", "2205", "--format", "text").stderr
    assert json.loads(run("show", "2205", "--format", "json").stdout)["edition"] == "restatement"
    assert 'edition="restatement"' in run("show", "ch22", "--format", "xml").stdout
    assert "restatement" in run("list").stdout


def test_contents_of_a_treaty(run: Run) -> None:
    out = run("list", "tpp").stdout
    assert "Chapter 28  Dispute Settlement" in out
    assert "Article 28.9  Composition of Panels\n" in out
    assert "Article 9.9  Transfers  (text not held)" in out


def test_validate_says_how_many_findings(fish: Run) -> None:
    result = fish("validate", "fish")
    assert result.exit_code == 0
    assert "0 errors, 0 warnings" in result.stdout


ERRORS = [
    (("show", "1904.2(d)"), "Article 1904(2)"),
    (("show", "1999"), "no Article 1999"),
    (("show", "tppp:1"), "no treaty “tppp”"),
    (("show", "(("), "names no provision"),
    (("show", "tpp@1900:28.9"), "not held"),
    (("show", "nafta1994@nowhere:1904"), "no revision"),
    (("compare", "chapter19", "--against", "nowhere"), "no treaty “nowhere”"),
    (("compare", "chapter99", "--against", "tpp"), "no Chapter 99"),
    (("import", "missing.xml", "--treaty", "x"), "cannot be read"),
    (("import", "missing.xml", "--treaty", "Bad Name"), "cannot name a treaty"),
    (("pull", "--from", "nowhere"), "not a folder"),
    (("pull", "atlantis"), "No source is pinned"),
    (("list", "--store", "/"), "not a store"),
    (("init", "taken"), "not empty"),
]


@pytest.mark.parametrize(("arguments", "what"), ERRORS)
def test_bad_input_gets_a_clear_message_and_exit_code_2(run: Run, arguments: tuple[str, ...], what: str) -> None:
    Path("taken").mkdir()
    Path("taken/file").touch()
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert what in result.stderr
    assert "Traceback" not in result.stderr


BROKEN = [
    (b"", "empty"),
    (b"\xff\xd8\xff\xe0JFIF", "no kind of source"),
    (b"<treaty><meta/><body><chapter>", "not well-formed"),
    (b"<treaty><meta/><body></body></treaty>", "no article"),
    (b"<html><body>hello</body></html>", "does not say of what date"),
    (b"Once upon a time there was a lake.", "does not say of what date"),
    (b'<akomaNtoso xmlns="x"/>', "of a kind that has no provisions"),
    (b'<!DOCTYPE a [<!ENTITY x "y">]><akomaNtoso xmlns="x"/>', "declares a document type"),
]


@pytest.mark.parametrize(("data", "what"), BROKEN)
def test_a_broken_source_writes_nothing(run: Run, data: bytes, what: str, tmp_path: Path) -> None:
    run("list")
    store = tmp_path / "data" / "treaty-diff" / "store"
    head = subprocess.run(["git", "-C", str(store), "rev-parse", "HEAD"], capture_output=True, check=True).stdout
    Path("broken.xml").write_bytes(data)
    result = run("import", "broken.xml", "--treaty", "broken")
    assert result.exit_code == 2
    assert what in result.stderr
    assert subprocess.run(["git", "-C", str(store), "rev-parse", "HEAD"], capture_output=True, check=True).stdout == head


@pytest.mark.corpus
def test_pull_and_compare_the_real_texts(run: Run, corpus: Path) -> None:
    result = run("pull", "--from", str(corpus))
    assert result.exit_code == 0, result.output
    assert "CC BY-NC 4.0" in result.stdout
    document = json.loads(run("compare", "chapter19", "--against", "tpp", "--format", "json").stdout)
    check(document, "comparison-1.json")
    assert document["notice"] == ""
    assert (document["base"]["edition"], document["subject"]["edition"]) == ("verbatim", "verbatim")
    found = {a["subject"]["selector"]: (a["base"] or {}).get("selector") for a in document["articles"]}
    assert [found[str(n)] for n in range(1903, 1912)] == [None] * 9
    retained = next(a for a in document["articles"] if a["subject"]["selector"] == "1902")
    assert (retained["base"] or retained["nearest"][0])["citation"] == "Article 6.8"
    disputes = json.loads(run("compare", "chapter20", "--against", "tpp", "--format", "json").stdout)
    paired = {a["subject"]["selector"]: (a["base"] or {}).get("selector") for a in disputes["articles"]}
    assert [paired[n] for n in ("2003", "2006", "2007", "2008")] == ["28.2", "28.5", "28.6", "28.7"]
    es = json.loads(run("show", "tpp/es:28.9", "--format", "json").stdout)
    assert es["expression"] == "spa@2016-02-04"


def test_align_lists_every_article_once_in_order_and_fits_its_schema(run: Run) -> None:
    result = run("align", "chapter22", "--against", "tpp", "--format", "json")
    document = json.loads(result.stdout)
    check(document, "alignment-1.json")
    assert (document["subject"], document["base"]) == ("nafta1994", "tpp")
    assert [a["subject"] for a in document["articles"]] == ["2201", "2202", "2203", "2204", "2205", "2206"]
    assert document["articles"][1]["matches"][0]["base"] == "30.2"
    assert "2201" in document["not_held"]["subject"]
    assert set(document["unanswered_base"]) <= {"30.1", "30.3", "30.5", "30.7", "30.8"}


def test_align_names_articles_headings_kinds_and_reasons(run: Run) -> None:
    result = run("align", "1902-1903", "--against", "tpp")
    assert result.exit_code == 0
    assert "Article 1903" in result.stdout
    assert "no counterpart" in result.stdout
    assert "nearest: Article" in result.stdout
    assert "→ Article 30.2  Amendments" in run("align", "2202", "--against", "tpp").stdout
