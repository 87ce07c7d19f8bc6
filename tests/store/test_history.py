"""Editions, expressions and what changed a provision when."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from tests.conftest import small_treaty, tota_source
from tests.store.crashing import ONE, TWO, git
from treaty_diff.citation import parse
from treaty_diff.cli import cli
from treaty_diff.store import Store
from treaty_diff.text.model import Edition, Text, Treaty

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
GREEN = ("ARTICLE 102", "Boats", "Boats shall be green.")


def dated(treaty: Treaty, date: str, language: str = "eng", edition: Edition = Edition.VERBATIM) -> Treaty:
    return replace(treaty, meta=replace(treaty.meta, date=date, language=language, edition=edition))


def log(store: Store, selector: str) -> list[tuple[str, str]]:
    return [(change.expression, change.change) for change in store.log(parse(selector))]


def command(store: Store, *arguments: str) -> Any:
    result = CliRunner().invoke(cli, [*arguments, "--format", "json", "--store", str(store.root)])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    name = document["schema"].removeprefix("treaty-diff/").replace("/", "-")
    jsonschema.validate(document, json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))
    return document


def test_log_shows_only_what_changed_the_provision_and_not_its_file(store: Store) -> None:
    store.put(small_treaty(ONE, TWO))
    store.put(small_treaty(ONE, GREEN))
    assert log(store, "example:102") == [("eng@2001-02-03", "changed"), ("eng@2001-02-03", "first")]
    assert log(store, "example:101") == [("eng@2001-02-03", "first")]
    assert log(store, "example:101.2") == [("eng@2001-02-03", "first")]
    assert len(log(store, "example:ch1")) == 2
    assert len(log(store, "example")) == 2


def test_log_goes_through_all_expressions_in_the_language(store: Store) -> None:
    store.put(dated(small_treaty(ONE, TWO), "2001-02-03"))
    store.put(dated(small_treaty(ONE, GREEN), "2005-01-01"))
    store.put(dated(small_treaty(ONE, GREEN), "2009-01-01"))
    store.put(dated(small_treaty(ONE, TWO), "2009-01-01", language="spa"))
    store.put(dated(small_treaty(ONE), "2010-01-01", edition=Edition.RESTATEMENT))
    assert log(store, "example:102") == [("eng@2005-01-01", "changed"), ("eng@2001-02-03", "first")]
    assert log(store, "example/es:102") == [("spa@2009-01-01", "first")]


def test_an_older_text_that_came_later_is_said_to_be_earlier(store: Store) -> None:
    store.put(dated(small_treaty(ONE, TWO), "2005-01-01"))
    store.put(dated(small_treaty(ONE, GREEN), "2001-02-03"))
    store.put(dated(small_treaty(ONE), "1999-01-01"))
    assert log(store, "example:102") == [("eng@2001-02-03", "earlier"), ("eng@2005-01-01", "first")]
    assert store.load(parse("example")).meta.date == "2005-01-01"


def test_a_provision_that_a_text_no_longer_has_was_removed(store: Store) -> None:
    store.put(small_treaty(ONE, TWO))
    store.put(small_treaty(ONE))
    assert log(store, "example@HEAD~1:102") == [("eng@2001-02-03", "first")]
    store.put(small_treaty(ONE, TWO))
    assert [change for _, change in log(store, "example:102")] == ["first", "removed", "first"]


def test_a_provision_is_followed_by_its_wid_through_renumbering(store: Store) -> None:
    text = small_treaty(ONE, TWO)
    store.put(text)
    chapter = text.root.children[0]
    boats = chapter.children[1]
    renumbered = replace(boats, eid="chp_1__art_150", num=Text("Article 150", "eng"))
    kept = replace(renumbered, children=tuple(replace(p, eid=p.eid.replace("102", "150")) for p in boats.children))
    store.put(text.with_root(replace(text.root, children=(replace(chapter, children=(chapter.children[0], kept)),))))
    assert [change for _, change in log(store, "example:150")] == ["changed", "first"]
    assert [change for _, change in log(store, "example@HEAD~1:102")] == ["first"]


def test_a_commit_by_hand_and_a_merge_are_in_the_log(store: Store) -> None:
    git(store.root, "config", "user.name", "A Person")
    git(store.root, "config", "user.email", "person@example.invalid")
    store.put(small_treaty(ONE, TWO))
    git(store.root, "switch", "-qc", "other")
    path = store.root / "texts/example/verbatim/eng@2001-02-03/chp_1.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("be blue", "be green"), encoding="utf-8")
    git(store.root, "commit", "-qam", "green")
    git(store.root, "switch", "-q", "main")
    store.put(small_treaty(ONE, treaty="another"))
    git(store.root, "merge", "-q", "--no-edit", "other")
    assert [change.commit.subject for change in store.log(parse("example:102"))][:1] == ["green"]
    assert len(log(store, "example:102")) == 2


def test_commits_carry_trailers_that_programs_read(store: Store) -> None:
    store.put(small_treaty(ONE, TWO), trailers={"Round": "4", "Tabled-By": "USA"})
    (row, *_) = command(store, "log", "example")["commits"]
    assert row["trailers"] == {
        "Treaty": "example",
        "Expression": "eng@2001-02-03",
        "Edition": "verbatim",
        "Legal-Date": "2001-02-03",
        "Provisions": "6",
        "Files": "2",
        "Source": "Texts of Trade Agreements (ToTA)",
        "Round": "4",
        "Tabled-By": "USA",
    }
    assert git(store.root, "log", "-1", "--format=%(trailers:key=Tabled-By,valueonly)").strip() == "USA"
    assert row["legal_date"] == "2001-02-03"


def test_a_legal_date_before_1970_is_written_as_1970(store: Store) -> None:
    store.put(dated(small_treaty(ONE), "1947-10-30"))
    assert git(store.root, "log", "-1", "--format=%at").strip() == "0"
    assert "Legal-Date: 1947-10-30" in git(store.root, "log", "-1", "--format=%B")


def test_expressions_say_which_is_current_and_by_which_commit_each_came(store: Store) -> None:
    store.put(dated(small_treaty(ONE, TWO), "2005-01-01"))
    second = store.put(dated(small_treaty(ONE), "2001-02-03"))
    third = store.put(dated(small_treaty(ONE), "2005-01-01", language="spa"))
    first = store.put(dated(small_treaty(ONE, GREEN), "2005-01-01"))
    rows = command(store, "expressions", "example")["expressions"]
    assert [(row["expression"], row["current"], row["commit"]) for row in rows] == [
        ("eng@2001-02-03", False, second),
        ("eng@2005-01-01", True, first),
        ("spa@2005-01-01", True, third),
    ]
    assert len(command(store, "expressions", "example/es")["expressions"]) == 1
    assert len(command(store, "expressions", "example@HEAD~2")["expressions"]) == 2
    shown = CliRunner().invoke(cli, ["expressions", "example", "--store", str(store.root)]).stdout
    assert "eng@2005-01-01  verbatim  current  stored" in shown


def test_a_diff_of_two_texts_reads_from_the_first_to_the_second(store: Store) -> None:
    store.put(dated(small_treaty(ONE, TWO), "2001-02-03"))
    store.put(dated(small_treaty(ONE, GREEN), "2005-01-01"))
    document = command(store, "diff", "example@2001", "example@2005")
    assert (document["base"]["expression"], document["subject"]["expression"]) == ("eng@2001-02-03", "eng@2005-01-01")
    inserted = [s["subject"] for a in document["articles"] for r in a["rows"] for s in r["segments"] if s["op"] == "insert"]
    assert "green" in "".join(inserted)
    same = CliRunner().invoke(cli, ["diff", "example", "example", "--exit-code", "--store", str(store.root)])
    assert same.exit_code == 0
    other = CliRunner().invoke(cli, ["diff", "example@2001", "example@2005", "--exit-code", "--store", str(store.root)])
    assert other.exit_code == 1


def test_a_diff_of_what_the_store_held_before(store: Store) -> None:
    store.put(small_treaty(ONE, TWO))
    store.put(small_treaty(ONE, GREEN))
    document = command(store, "diff", "example@HEAD~1:102", "example:102")
    assert document["summary"]["changed"] == 1


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("nafta1994", "tpp", "are two treaties"),
        ("example@1999", "example@2005", "never crosses editions"),
        ("example@2005", "example/es", "never crosses languages"),
        ("example@1980", "example", "not held"),
    ],
)
def test_a_diff_crosses_neither_treaties_nor_editions_nor_languages(store: Store, before: str, after: str, what: str) -> None:
    store.put(dated(small_treaty(ONE, TWO), "1999-01-01", edition=Edition.RESTATEMENT))
    store.put(dated(small_treaty(ONE, TWO), "2005-01-01"))
    store.put(dated(small_treaty(ONE, TWO), "2005-01-01", language="spa"))
    result = CliRunner().invoke(cli, ["diff", before, after, "--store", str(store.root)])
    assert result.exit_code == 2
    assert what in result.stderr


def test_an_article_by_itself_is_the_same_as_in_the_whole_text(embedded: Store) -> None:
    from treaty_diff.text import plain
    from treaty_diff.text.index import Index

    for selector in ("tpp:28.9", "1904.2", "2205", "tpp:14.1#covered-person", "tpp:28.9.2(d)"):
        address = parse(selector)
        whole, part = embedded.load(address), embedded.load_around(address)
        assert len(part.articles()) < len(whole.articles())
        (one,), (other,) = Index(whole).find_address(address), Index(part).find_address(address)
        assert plain.text(one) == plain.text(other)
        assert Index(whole).citation(one) == Index(part).citation(other)
        assert one == other


def test_what_no_file_settles_is_looked_up_in_the_whole_text(embedded: Store) -> None:
    for selector in ("tpp:99.9", "tpp:ch14", "tpp:28.9.77", "preamble", "nafta1994"):
        assert len(embedded.load_around(parse(selector)).articles()) > 200


@pytest.mark.corpus
def test_the_release_of_november_2015_never_becomes_the_current_text(pulled: Store, corpus: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(pulled.root, tmp_path / "store", symlinks=True)
    with Store(tmp_path / "store") as store:
        source = str(corpus / "release-tpp-2015-11-05-ch1-14-en.txt")
        arguments = ["import", source, "--treaty", "tpp", "--date", "2015-11-05", "--store", str(store.root)]
        assert CliRunner().invoke(cli, arguments).exit_code == 0
        assert store.load(parse("tpp")).meta.date == "2016-02-04"
        for selector in ("tpp@2015-11-05", "tpp@2015-11", "tpp@2015"):
            assert store.load(parse(selector)).meta.date == "2015-11-05"
        assert store.load(parse("tpp/es")).meta.language == "spa"
        assert log(store, "tpp:14.2")[0] == ("eng@2015-11-05", "earlier")
        assert log(store, "tpp:28.9") == [("eng@2016-02-04", "first")]


def test_the_source_is_in_the_commit(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "fish.xml"
    source.write_bytes(tota_source(ONE))
    assert CliRunner().invoke(cli, ["import", str(source), "--treaty", "fish", "--store", str(store.root)]).exit_code == 0
    trailers = next(iter(store.log())).commit.trailers
    assert trailers["Source"] == "fish.xml"
    assert len(trailers["Source-SHA256"]) == 64
