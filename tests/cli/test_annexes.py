"""Annexes from a second source, added to the chapters of a text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run, tota_source
from treaty_diff.store import Store, user_store
from treaty_diff.text.validate import validate_files

TEXT = tota_source(
    ("ARTICLE 101", "Fish", "1. Each Party shall count its fish as Annex 101.1 says.\n\n2. Annex 1-B lists the ponds."),
    ("ARTICLE 102", "Boats", "Boats shall be blue.\n\nAnnex 102\n\nOld Boats\n\nOld boats may be green."),
    name="Fish Treaty",
)
ANNEXES = """\
CHAPTER ONE: WATERS
Article 101: Fish
1. Each Party shall count its fish as Annex 101.1 says.
Article 102: Boats
Boats shall be blue.
Annex 101.1: Counting of Fish
1. Fish are counted under Article 101(1) at noon:
(a) by the tail; or
(b) by the fin.
2. No fish is counted twice.
Annex 102: Old Boats
Old boats may be green or red.
Annex 1-B: Ponds
A pond is a lake that is small.
"""
ALONE = """\
Annex 101.1: Counting of Fish
Article 1: Noon
Fish are counted at noon.
Article 2: Night
No fish is counted by night.
"""


@pytest.fixture
def fish(run: Run) -> Run:
    Path("fish.xml").write_bytes(TEXT)
    Path("annexes.txt").write_text(ANNEXES, encoding="utf-8")
    Path("alone.txt").write_text(ALONE, encoding="utf-8")
    assert run("import", "fish.xml", "--treaty", "fish").exit_code == 0
    return run


def added(run: Run, *options: str, file: str = "annexes.txt") -> dict[str, list[str]]:
    result = run("import", file, "--treaty", "fish", "--annexes", "--format", "json", *options)
    assert result.exit_code == 0, result.output
    report = json.loads(result.output)
    notes = [*report["notes"], *report["dropped"], *report["unclear"]]
    return {
        what: [n["place"] for n in notes if n["what"] == what]
        for what in ("annex added", "annex held already, in other words", "annex for which the file's stands now")
    }


def shown(run: Run, selector: str) -> dict[str, object]:
    result = run("show", selector, "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert isinstance(found, dict)
    return found


def test_each_annex_hangs_on_its_chapter_with_a_tree_of_its_own(fish: Run) -> None:
    found = added(fish)
    assert found["annex added"] == ["Annex 101.1", "Annex 1-B"]
    annex = shown(fish, "fish:annex101.1(1)(b)")
    assert (annex["citation"], annex["text"]) == ("Annex 101.1(1)(b)", "by the fin.")
    listed = json.loads(fish("list", "fish", "--format", "json").output)["contents"]
    assert [row["citation"] for row in listed if row["kind"] == "annex"] == ["Annex 1-B", "Annex 101.1", "Annex 102"]


def test_an_annex_that_the_text_has_stays_unless_it_is_to_be_replaced(fish: Run) -> None:
    assert added(fish)["annex held already, in other words"] == ["Annex 102"]
    assert "green or red" not in fish("show", "fish:annex102", "--format", "text").output
    assert added(fish, "--replace")["annex for which the file's stands now"] == ["Annex 102"]
    assert "green or red" in fish("show", "fish:annex102", "--format", "text").output


def test_annexes_are_added_once(fish: Run) -> None:
    added(fish)
    result = fish("import", "annexes.txt", "--treaty", "fish", "--annexes")
    assert "Nothing changed; nothing committed." in result.output


def test_citations_lead_from_the_articles_to_the_annex_and_back(fish: Run) -> None:
    added(fish)
    assert 'href="/akn/un/act/treaty/2001-02-03/fish/~annex_101-1"' in fish("show", "fish:101.1", "--format", "xml").output
    back = fish("show", "fish:annex101.1", "--format", "xml").output
    assert 'href="/akn/un/act/treaty/2001-02-03/fish/~chp_1__art_101__para_1"' in back


def test_where_the_annexes_came_from_is_kept_with_them(fish: Run) -> None:
    added(fish)
    assert 'name="annexes.txt"' in fish("show", "fish:annex101.1", "--format", "xml").output
    assert 'name="fish.xml"' in fish("show", "fish:annex102", "--format", "xml").output
    entry = Store(user_store()).at().catalogue("fish").expressions[0]
    assert entry.source.name == "fish.xml"
    assert [source.name for source in entry.annexes] == ["annexes.txt"]


def test_importing_the_articles_again_keeps_the_annexes_of_another_source(fish: Run) -> None:
    added(fish, "--replace")
    again = fish("import", "fish.xml", "--treaty", "fish")
    assert "mended 3 × annex kept that another source gave" in again.output
    assert "Nothing changed; nothing committed." in again.output


def test_a_file_of_annexes_alone_may_have_articles_inside_them(fish: Run) -> None:
    assert added(fish, file="alone.txt")["annex added"] == ["Annex 101.1"]
    annex = shown(fish, "fish:annex101.1")
    assert [(c["num"], c["heading"]) for c in annex["children"]] == [("Article 1", "Noon"), ("Article 2", "Night")]  # type: ignore[attr-defined]


def test_annexes_of_another_treaty_are_refused(fish: Run) -> None:
    other = "Annex 901.1: Wool\nWool is combed.\nAnnex 9-A: Sheep\nSheep are shorn.\n"
    Path("other.txt").write_text(other, encoding="utf-8")
    head = Store(user_store()).at().commit
    result = fish("import", "other.txt", "--treaty", "fish", "--annexes")
    assert result.exit_code == 2
    assert "The annexes of the file are not those of Fish Treaty." in result.stderr
    assert Store(user_store()).at().commit == head


@pytest.mark.parametrize(
    ("file", "treaty", "what"),
    [
        ("fish.xml", "fish", "Nothing changed"),
        ("empty.txt", "fish", "No annex was found in the file."),
        ("annexes.txt", "wool", "The store holds no treaty “wool”."),
    ],
)
def test_a_file_without_annexes_or_a_treaty_that_is_not_held(fish: Run, file: str, treaty: str, what: str) -> None:
    Path("empty.txt").write_text("Article 101: Fish\nEach Party shall count its fish.\n", encoding="utf-8")
    result = fish("import", file, "--treaty", treaty, "--annexes")
    assert what in result.output + result.stderr


def test_the_text_with_annexes_is_valid(fish: Run) -> None:
    added(fish, "--replace")
    snapshot = Store(user_store()).at()
    findings = validate_files(snapshot.files("fish", snapshot.catalogue("fish").choose()))
    assert [f for f in findings if f.severity == "error"] == []


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("treaty", "file", "wanted"),
    [
        (
            "nafta1994",
            "edit-nafta-with-annexes-en.txt",
            "1901.2 1903.2 1904.13 1904.15 1905.6 1911 2001.2 2002.2 2004 300-A 403.1 403.2 403.3 1138.2",
        ),
        ("tpp", "edit-tpp-with-annexes-en.txt", "1-A 2-A 3-A 6-A 8-A 8-G 9-A 9-L 10-B 11-E 13-B 16-A 17-F 18-F 20-B 26-A"),
    ],
)
def test_annexes_of_the_real_texts(run: Run, corpus: Path, treaty: str, file: str, wanted: str) -> None:
    assert run("pull", f"{treaty}/en", "--from", str(corpus)).exit_code == 0
    result = run("import", str(corpus / file), "--treaty", treaty, "--annexes", "--replace")
    assert result.exit_code == 0, result.output
    for number in wanted.split():
        assert run("show", f"{treaty}:annex{number}", "--format", "text").exit_code == 0, number
    other = {"nafta1994": "edit-tpp-with-annexes-en.txt", "tpp": "edit-nafta-with-annexes-en.txt"}[treaty]
    assert run("import", str(corpus / other), "--treaty", treaty, "--annexes").exit_code == 2
