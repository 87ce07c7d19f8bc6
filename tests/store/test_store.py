"""The store: treaties, editions and expressions in git."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import small_treaty
from treaty_diff.citation import parse
from treaty_diff.errors import RevisionNotFound, StoreError, TreatyNotFound
from treaty_diff.store import Store, find
from treaty_diff.store.layout import expression_folder
from treaty_diff.text.model import Edition, Treaty

ONE = ("ARTICLE 101", "Fish", "1. Each Party shall count its fish.\n\n2. No Party may hide a fish.")
TWO = ("ARTICLE 102", "Boats", "Boats shall be blue.")


def dated(treaty: Treaty, date: str, language: str = "eng", edition: Edition = Edition.VERBATIM) -> Treaty:
    return replace(treaty, meta=replace(treaty.meta, date=date, language=language, edition=edition))


def git(store: Store, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(store.root), *arguments], check=True, capture_output=True, text=True).stdout


def test_a_new_store_has_the_embedded_edition_and_a_clean_work_tree(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "made")
    assert store.at().treaties() == ["nafta1994", "tpp"]
    assert store.load(parse("nafta1994")).meta.edition is Edition.RESTATEMENT
    assert git(store, "status", "--porcelain") == ""
    git(store, "fsck", "--strict")


def test_two_new_stores_have_the_same_history(store: Store, tmp_path: Path) -> None:
    other = Store.create(tmp_path / "other")
    assert git(store, "rev-parse", "HEAD") == git(other, "rev-parse", "HEAD")


def test_author_dates_of_the_first_history_are_legal_dates(store: Store) -> None:
    dates = git(store, "log", "--reverse", "--format=%ad", "--date=short").split()
    assert dates[:4] == ["1970-01-01", "1994-01-01", "2016-02-04", "2017-08-16"]
    assert dates == sorted(dates)


def test_a_stored_text_comes_back_the_same(store: Store) -> None:
    text = small_treaty(ONE, TWO)
    assert store.put(text) is not None
    assert store.load(parse("example")) == text
    assert git(store, "status", "--porcelain") == ""


def test_an_import_that_changes_nothing_commits_nothing(store: Store) -> None:
    store.put(small_treaty(ONE))
    before = git(store, "rev-parse", "HEAD")
    assert store.put(small_treaty(ONE)) is None
    assert git(store, "rev-parse", "HEAD") == before


def test_a_commit_carries_trailers(store: Store) -> None:
    store.put(small_treaty(ONE))
    message = git(store, "log", "-1", "--format=%B")
    for line in ("Treaty: example", "Expression: eng@2001-02-03", "Edition: verbatim", "Legal-Date: 2001-02-03"):
        assert line in message.splitlines()


@pytest.mark.parametrize("order", [("2001-02-03", "1999-05-06"), ("1999-05-06", "2001-02-03")])
def test_an_older_text_never_becomes_the_current_one(store: Store, order: tuple[str, str]) -> None:
    for date in order:
        store.put(dated(small_treaty(ONE, TWO), date))
    assert store.load(parse("example")).meta.date == "2001-02-03"
    assert store.load(parse("example@1999-05-06")).meta.date == "1999-05-06"
    assert store.load(parse("example@2000")).meta.date == "1999-05-06"
    assert store.load(parse("example@1999-05")).meta.date == "1999-05-06"
    assert store.load(parse("example@2001")).meta.date == "2001-02-03"


def test_a_date_before_the_first_text_is_an_error_that_names_what_is_held(store: Store) -> None:
    store.put(small_treaty(ONE))
    with pytest.raises(TreatyNotFound, match="eng@2001-02-03"):
        store.load(parse("example@1980"))


def test_verbatim_is_preferred_to_a_restatement_whichever_came_first(store: Store) -> None:
    store.put(dated(small_treaty(ONE, TWO), "2001-02-03"))
    store.put(dated(small_treaty(ONE), "2001-02-03", edition=Edition.RESTATEMENT))
    assert store.load(parse("example")).meta.edition is Edition.VERBATIM
    assert len(store.load(parse("example")).articles()) == 2


def test_languages_stand_side_by_side(store: Store) -> None:
    store.put(small_treaty(ONE))
    store.put(dated(small_treaty(TWO), "2001-02-03", language="spa"))
    assert store.load(parse("example")).meta.language == "eng"
    assert store.load(parse("example/es")).articles()[0].title == "Boats"
    with pytest.raises(TreatyNotFound):
        store.load(parse("example/fr"))


def test_a_git_revision_reads_the_store_as_it_was(store: Store) -> None:
    store.put(small_treaty(ONE))
    store.put(small_treaty(ONE, TWO))
    assert len(store.load(parse("example")).articles()) == 2
    assert len(store.load(parse("example@HEAD~1:101")).articles()) == 1
    with pytest.raises(TreatyNotFound):
        store.load(parse("example@HEAD~2"))


@pytest.mark.parametrize("revision", ["HEAD~99", "nowhere", "--upload-pack=touch", "-c", "HEAD:texts", ""])
def test_a_revision_that_git_does_not_know_is_an_error(store: Store, revision: str) -> None:
    with pytest.raises(RevisionNotFound):
        store.repository.resolve(revision)


def test_a_chapter_that_the_new_text_lacks_is_removed(store: Store) -> None:
    store.put(small_treaty(ONE))
    store.put(small_treaty(ONE, chapter="CHAPTER TWO"))
    assert git(store, "ls-files", "texts/example/verbatim").split() == [
        "texts/example/verbatim/eng@2001-02-03/chp_2.xml",
        "texts/example/verbatim/eng@2001-02-03/main.xml",
    ]


def test_files_changed_by_hand_are_never_overwritten(store: Store) -> None:
    store.put(small_treaty(ONE))
    path = store.root / "texts/example/verbatim/eng@2001-02-03/chp_1.xml"
    path.write_text("by hand", encoding="utf-8")
    before = git(store, "rev-parse", "HEAD")
    with pytest.raises(StoreError, match="changed by hand"):
        store.put(small_treaty(ONE, TWO))
    assert path.read_text(encoding="utf-8") == "by hand"
    assert git(store, "rev-parse", "HEAD") == before


def test_log_lists_the_commits_that_changed_a_chapter(store: Store) -> None:
    before = len(list(store.log()))
    store.put(small_treaty(ONE))
    store.put(small_treaty(ONE, TWO))
    assert len(list(store.log(parse("example:ch1")))) == 2
    assert len(list(store.log(parse("tpp:ch14")))) == 1
    assert len(list(store.log())) == before + 2


def test_a_store_is_found_from_a_folder_inside_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TREATY_DIFF_STORE", raising=False)
    assert find(None, store.root / "texts" / "tpp") == store.root
    monkeypatch.setenv("TREATY_DIFF_STORE", str(store.root))
    assert find(None, Path("/")) == store.root


def test_a_folder_that_is_no_store_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not a store"):
        find(str(tmp_path))


def test_a_store_is_not_made_in_a_folder_that_has_files(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear colleague", encoding="utf-8")
    with pytest.raises(StoreError, match="not empty"):
        Store.create(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_an_expression_has_a_language_and_a_day() -> None:
    assert expression_folder("tpp", Edition.VERBATIM, "eng@2016-02-04") == "texts/tpp/verbatim/eng@2016-02-04"
    with pytest.raises(StoreError):
        expression_folder("tpp", Edition.VERBATIM, "eng@../../x")


def test_a_broken_catalogue_names_the_file(store: Store) -> None:
    store.put(small_treaty(ONE))
    path = store.root / "texts/example/treaty.toml"
    path.write_text("<<<<<<< ours\n", encoding="utf-8")
    git(store, "-c", "user.name=a", "-c", "user.email=a@example.invalid", "commit", "-qam", "a broken merge")
    with pytest.raises(StoreError, match=r"texts/example/treaty\.toml"):
        store.load(parse("example"))


def test_without_git_that_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StoreError, match="Git cannot be used"):
        Store(store.root)


def test_an_unchanged_file_is_not_stored_again(store: Store) -> None:
    store.put(small_treaty(ONE, TWO))
    git(store, "gc", "-q")
    store.put(small_treaty(ONE, TWO), title="Of Fish")
    new = git(store, "count-objects", "-v").splitlines()[0]
    assert new == "count: 9", "a commit, five folders, and three files in which the title stands"
