"""Reviewers' notes on the site's pages: where they stand, what they say, who sees them."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import small_treaty, without_proposals
from treaty_diff.cli import cli
from treaty_diff.store import Store

SAID = "Who feeds the <b>herons</b>?"
NAFTA = small_treaty(
    ("Article 101", "Panels", "1. A Party may ask for a panel.\n2. A panel has five members."),
    treaty="nafta1994",
)
TPP = small_treaty(
    ("Article 28.1", "Panels", "1. A Party may ask for a panel.\n2. A panel has three members."),
    treaty="tpp",
    chapter="CHAPTER TWENTY-EIGHT",
)


def done(*arguments: str) -> str:
    result = CliRunner().invoke(cli, [*arguments], env={"SOURCE_DATE_EPOCH": "1770000000"})
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small treaties, a question with an answer on each, and a note that is resolved."""
    root = tmp_path_factory.mktemp("noted") / "store"
    with Store.create(root) as made:
        without_proposals(made)
        made.put(NAFTA)
        made.put(TPP)
    name = done("note", "nafta1994:101.2", SAID, "--quote", "five members", "--question", "--store", str(root)).split()[1]
    done("reply", name, "The keeper does.", "--store", str(root))
    done("note", "tpp:28.1", "Compare the older draft.", "--store", str(root))
    old = done("note", "nafta1994:101.1", "An old quarrel.", "--store", str(root)).split()[1]
    done("resolve", old, "--store", str(root))
    return root


@pytest.fixture(scope="module")
def site(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site for those who may see all."""
    output = tmp_path_factory.mktemp("site") / "site"
    done("site", "--store", str(store), "--output", str(output))
    return output


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_question_stands_below_its_provision_with_its_answer(site: Path) -> None:
    page = (site / "texts/nafta1994/101.html").read_text("utf-8")
    row = page[page.index("five members") :]
    assert "question on “five members”" in plain(row)
    assert "Who feeds the &lt;b&gt;herons&lt;/b&gt;?" in row
    assert row.index("herons") < row.index("The keeper does.")


def test_a_redline_has_the_notes_of_both_texts_at_their_rows(site: Path) -> None:
    page = (site / "compare/nafta1994-ch1--tpp.html").read_text("utf-8")
    assert "2 notes of reviewers" in plain(page)
    row = re.search(r'<div class="row [^"]*noted" id="chp_1__art_101__para_2">.*?</div>\n', page, re.S)
    assert row
    assert "herons" in row[0]
    assert "Compare the older draft." in page
    assert "<option>reviewers’ notes</option>" in page


def test_the_word_file_has_them_as_comments(site: Path) -> None:
    with zipfile.ZipFile(site / "compare/nafta1994-ch1--tpp.docx") as word:
        assert "herons" in word.read("word/comments.xml").decode()


def test_a_note_that_is_resolved_is_not_shown(site: Path) -> None:
    assert not [path for path in site.rglob("*.html") if "An old quarrel" in path.read_text("utf-8")]


def test_the_search_finds_notes_and_annotations_at_their_places(site: Path) -> None:
    found = re.fullmatch(r"TREATY_DIFF_SEARCH\([^,]+,[^,]+,(.*)\);\n", (site / "search/notes.js").read_text("ascii"), re.S)
    assert found
    listed = list(zip(*(column.split("\n") for column in json.loads(found[1])), strict=True))
    (note,) = [one for one in listed if "herons" in one[3]]
    page, _, place = note[0].partition("#")
    assert (note[1], note[2]) == ("Article 101(2) of NAFTA 1994", "reviewers’ notes")
    assert f'id="{place}"' in (site / page).read_text("utf-8")
    for address, _, kind, _ in listed:
        page, _, place = address.partition("#")
        assert f'id="{place}"' in (site / page).read_text("utf-8"), kind


@pytest.mark.parametrize("audience", ["public", "delegation"])
def test_a_note_that_is_not_marked_is_for_nobody_who_may_not_see_all(store: Path, tmp_path: Path, audience: str) -> None:
    done("site", "--store", str(store), "--output", str(tmp_path / "site"), "--audience", audience)
    for path in (tmp_path / "site").rglob("*"):
        assert path.is_dir() or not re.search(rb"herons|older draft|keeper does", path.read_bytes()), path
