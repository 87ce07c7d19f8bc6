"""A text of which another expression is held is imported so that its provisions can be followed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run, tota_source
from treaty_diff.citation import parse
from treaty_diff.store import Store
from treaty_diff.text.folding import words
from treaty_diff.text.index import Index
from treaty_diff.text.model import Provision, Treaty

FISH = "1. Each Party shall count the fish in its lakes and rivers every year.\n\n2. The count of fish shall be published in a gazette."
NEW = "1. The rivers and lakes are closed to nets from dusk till dawn.\n\n" + FISH.replace("2.", "3.").replace("1.", "2.", 1)
BOATS = "Fishing boats shall carry a lamp after sunset on every lake, and a bell in fog."
HONEY = "Honey of a Party is exempt from every duty when it crosses a border in a sealed jar."
OLD_TEXT = tota_source(("Article 101", "Fish", FISH), ("Article 102", "Honey", HONEY))
NEW_TEXT = tota_source(("Article 101", "Boats", BOATS), ("Article 102", "Fish", NEW), ("Article 103", "Honey", HONEY))


@pytest.fixture
def make(run: Run) -> Run:
    """Import `OLD_TEXT` or `NEW_TEXT` under a date, else run a command on the store."""
    assert run("init", "store").exit_code == 0
    Path("old.xml").write_bytes(OLD_TEXT)
    Path("new.xml").write_bytes(NEW_TEXT)

    def invoke(first: str, *rest: str) -> object:
        if first in ("old", "new"):
            first, rest = "import", (f"{first}.xml", "--treaty", "lakes", "--date", *rest)
        result = run(first, *rest, "--store", "store")
        assert result.exit_code == 0, result.output
        return result.output

    return invoke  # type: ignore[return-value]


def log(make: Run, selector: str) -> list[tuple[str, str]]:
    rows = json.loads(str(make("log", selector, "--format", "json")))["commits"]
    return [(row["expression"], row["change"]) for row in rows]


def wid(selector: str) -> str:
    with Store(Path("store")) as store:
        address = parse(selector)
        (found,) = Index(store.load(address)).find_address(address)
    return found.wid


def test_the_log_follows_a_renumbered_article_and_a_moved_paragraph(make: Run) -> None:
    make("old", "2001-02-03")
    said = str(make("new", "2003-04-05"))
    assert "2 × article followed from another number" in said
    assert log(make, "lakes:102") == [("eng@2003-04-05", "changed"), ("eng@2001-02-03", "first")]
    assert [date for date, _ in log(make, "lakes:102.3")] == ["eng@2003-04-05", "eng@2001-02-03"]
    assert [date for date, _ in log(make, "lakes:101")] == ["eng@2003-04-05"]
    assert [date for date, _ in log(make, "lakes@2001:101")][-1] == "eng@2001-02-03"


def test_a_decision_follows_its_article_to_another_number(make: Run) -> None:
    make("old", "2001-02-03")
    Path("ponds.xml").write_bytes(tota_source(("Article 1", "Ponds", FISH), ("Article 2", "Sweets", HONEY), name="Ponds"))
    make("import", "ponds.xml", "--treaty", "ponds")
    make("concordance", "lakes", "ponds")
    make("concordance", "reject", "lakes:102", "ponds:2", "--note", "another honey")
    make("new", "2003-04-05")
    found = json.loads(str(make("align", "lakes", "--against", "ponds", "--format", "json")))
    honey = next(a for a in found["articles"] if a["subject"] == "103")
    assert honey["matches"] == []
    assert honey["nearest"][0]["base"] == "2"
    assert "decision" in honey["nearest"][0]


def test_an_older_text_that_comes_later_takes_the_wids_of_the_newer(make: Run) -> None:
    make("new", "2003-04-05")
    before = wid("lakes:102")
    make("old", "2001-02-03")
    assert wid("lakes@2001:101") == before == "chp_1__art_102"
    assert wid("lakes:102") == before
    assert log(make, "lakes:102") == [("eng@2001-02-03", "earlier"), ("eng@2003-04-05", "first")]


def test_a_text_imported_again_changes_nothing(make: Run) -> None:
    make("old", "2001-02-03")
    make("new", "2003-04-05")
    assert "Nothing changed" in str(make("new", "2003-04-05"))
    assert "Nothing changed" in str(make("old", "2001-02-03"))


def test_another_edition_gives_no_wids(make: Run) -> None:
    make("old", "2001-02-03", "--edition", "restatement")
    assert "followed" not in str(make("new", "2003-04-05"))
    assert wid("lakes:102") == "chp_1__art_102"


@pytest.mark.corpus
def test_every_renumbered_article_of_the_tpp_is_followed(run: Run, corpus: Path) -> None:
    assert run("init", "store").exit_code == 0
    for name, date in (("release-tpp-2015-11-05-ch1-14-en.txt", "2015-11-05"), ("tota-449-tpp-en.xml", "2016-02-04")):
        result = run("import", str(corpus / name), "--treaty", "tpp", "--date", date, "--store", "store")
        assert result.exit_code == 0, result.output
    with Store(Path("store")) as store:
        old, new = (store.at().load("tpp", date=date) for date in ("2015-11-05", "2016-02-04"))
        was = {p.wid: p for p in old.articles()}
        before, after = headed(old), headed(new)
        both = [(before[key], after[key]) for key in before.keys() & after.keys()]
        assert [(a.eid, b.eid, b.wid) for a, b in both if was[b.wid] is not a] == []
        moved = [b for a, b in both if a.eid != b.eid]
        assert len(moved) == 45
        for article in moved:
            seen = [change.expression for change in store.log(parse(f"tpp:{article.eid}"))]
            assert seen == ["eng@2016-02-04", "eng@2015-11-05"]


def headed(text: Treaty) -> dict[tuple[str, ...], Provision]:
    """The articles whose heading stands once in their chapter, by both."""
    found: dict[tuple[str, ...], list[Provision]] = {}
    for chapter in text.chapters():
        for p in chapter.articles():
            found.setdefault((chapter.eid, *words(p.title)), []).append(p)
    return {key: articles[0] for key, articles in found.items() if len(articles) == 1}
