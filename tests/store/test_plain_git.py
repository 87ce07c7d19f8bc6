"""Plain git beside it: a person commits, branches, merges, rebases, clones; treaty-diff reads what is there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import small_treaty
from tests.store.crashing import ONE, TWO, git, run
from treaty_diff.citation import parse
from treaty_diff.errors import AknError, StoreError
from treaty_diff.store import Store, find
from treaty_diff.text.model import Treaty

FOLDER = "texts/example/verbatim/eng@2001-02-03"
THREE = ("ARTICLE 103", "Nets", "Nets shall be wide.")


@pytest.fixture
def store(store: Store) -> Store:
    """A store with a small treaty in it, and a person who uses git there."""
    git(store.root, "config", "user.name", "A Person")
    git(store.root, "config", "user.email", "person@example.invalid")
    store.put(small_treaty(ONE, TWO))
    return store


def edit(store: Store, old: str, new: str, name: str = "chp_1.xml") -> None:
    path = store.root / FOLDER / name
    data = path.read_text(encoding="utf-8")
    assert old in data
    path.write_text(data.replace(old, new), encoding="utf-8")


def words(text: Treaty) -> str:
    return " ".join(p.words for p in text.walk())


def test_a_commit_by_hand_is_read(store: Store) -> None:
    edit(store, "shall be blue", "shall be green")
    assert "blue" in words(store.load(parse("example"))), "what is not committed is not read"
    git(store.root, "commit", "-qam", "Boats are green")
    assert "green" in words(store.load(parse("example")))
    assert "blue" in words(store.load(parse("example@HEAD~1")))
    assert next(iter(store.log(parse("example:102")))).commit.subject == "Boats are green"


def test_branches_are_merged_and_the_store_is_written_on(store: Store) -> None:
    git(store.root, "switch", "-qc", "other")
    edit(store, "shall be blue", "shall be green")
    git(store.root, "commit", "-qam", "Boats are green")
    git(store.root, "switch", "-q", "main")
    store.put(small_treaty(ONE, treaty="another"))
    git(store.root, "merge", "-q", "--no-edit", "other")
    assert "green" in words(store.load(parse("example")))
    assert store.at().treaties() == ["another", "example", "nafta1994", "tpp"]
    assert store.put(small_treaty(ONE, TWO, THREE)) is not None
    assert git(store.root, "status", "--porcelain") == ""
    git(store.root, "fsck", "--strict", "--no-dangling")


def test_a_rebase_and_a_reset_are_read(store: Store) -> None:
    git(store.root, "switch", "-qc", "other", "HEAD~1")
    store.put(small_treaty(ONE, treaty="another"))
    git(store.root, "rebase", "-q", "main")
    assert store.at().treaties() == ["another", "example", "nafta1994", "tpp"]
    git(store.root, "reset", "-q", "--hard", "HEAD~1")
    assert store.at().treaties() == ["example", "nafta1994", "tpp"]


def test_packed_objects_and_packed_branches_are_read_and_moved(store: Store) -> None:
    git(store.root, "gc", "-q")
    assert not (store.root / ".git" / "refs" / "heads" / "main").exists()
    assert store.put(small_treaty(ONE)) is not None
    assert len(store.load(parse("example")).articles()) == 1
    assert len(store.load(parse("example@HEAD~1")).articles()) == 2
    assert git(store.root, "reflog", "-1", "--format=%gs").startswith("Example")


def test_a_clone_is_a_store_and_pushes(store: Store, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(store.root), "clone")
    git(store.root, "switch", "-qc", "elsewhere")
    with Store(tmp_path / "clone") as clone:
        assert clone.put(small_treaty(ONE)) is not None
        git(clone.root, "push", "-q", "origin", "main")
        assert git(store.root, "rev-parse", "main") == git(clone.root, "rev-parse", "HEAD")
    assert len(store.load(parse("example@main")).articles()) == 1


def test_a_bare_clone_is_read_and_written(store: Store, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(store.root), "bare")
    root = tmp_path / "bare"
    assert find(str(root)) == root
    assert run(["show", "example:102", "--store", str(root)]) == 0
    with Store(root) as bare:
        assert bare.put(small_treaty(ONE)) is not None
        assert len(bare.load(parse("example")).articles()) == 1
    git(root, "fsck", "--strict", "--no-dangling")
    assert run(["verify", "example", "--store", str(root)]) == 0


def test_a_shallow_clone_is_read_and_its_log_ends_where_it_ends(store: Store, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{store.root}", "shallow")
    with Store(tmp_path / "shallow") as shallow:
        assert shallow.load(parse("example")) == store.load(parse("example"))
        assert [change.change for change in shallow.log(parse("example:101"))] == ["first"]
    assert run(["verify", "example", "--store", str(tmp_path / "shallow")]) == 0


def test_a_detached_head_moves_by_itself(store: Store) -> None:
    git(store.root, "switch", "-q", "--detach")
    before = git(store.root, "rev-parse", "main")
    assert store.put(small_treaty(ONE)) is not None
    assert git(store.root, "rev-parse", "main") == before
    assert git(store.root, "rev-parse", "HEAD~1") == before
    assert git(store.root, "status", "--porcelain") == ""


def test_a_second_work_tree_has_its_own_branch(store: Store, tmp_path: Path) -> None:
    git(store.root, "worktree", "add", "-q", "-b", "second", str(tmp_path / "second"))
    with Store(tmp_path / "second") as second:
        assert second.put(small_treaty(ONE)) is not None
        assert git(second.root, "status", "--porcelain") == ""
    assert git(store.root, "status", "--porcelain") == ""
    assert len(store.load(parse("example")).articles()) == 2
    assert len(store.load(parse("example@second")).articles()) == 1


@pytest.mark.parametrize("setting", ["core.autocrlf=true", "core.eol=crlf", "core.ignoreCase=true"])
def test_a_clone_has_the_same_bytes_whatever_the_systems_line_ends(store: Store, setting: str, tmp_path: Path) -> None:
    git(tmp_path, "-c", setting, "clone", "-q", "-c", setting, str(store.root), "clone")
    files = [path.relative_to(store.root) for path in (store.root / "texts").rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert (tmp_path / "clone" / path).read_bytes() == (store.root / path).read_bytes()
    assert git(tmp_path / "clone", "status", "--porcelain") == ""


def test_no_two_paths_of_a_store_differ_in_capitals_only(store: Store) -> None:
    paths = git(store.root, "ls-files").splitlines()
    assert len({path.casefold() for path in paths}) == len(paths)


def conflict(store: Store, commit: bool) -> None:
    """A merge of two texts for the same words, with its marks in the file."""
    git(store.root, "switch", "-qc", "other")
    edit(store, "shall be blue", "shall be green")
    git(store.root, "commit", "-qam", "green")
    git(store.root, "switch", "-q", "main")
    edit(store, "shall be blue", "shall be red")
    git(store.root, "commit", "-qam", "red")
    merged = subprocess.run(["git", "-C", str(store.root), "merge", "-q", "other"], capture_output=True)
    assert merged.returncode == 1
    if commit:
        git(store.root, "commit", "-qam", "a broken merge")


def test_a_merge_committed_with_its_conflicts_names_the_file(store: Store) -> None:
    conflict(store, commit=True)
    for selector in ("example", "example:102"):
        with pytest.raises(AknError, match=rf"{FOLDER}: chp_1\.xml has the marks of an unfinished merge"):
            store.load_around(parse(selector))
    assert run(["verify", "example", "--store", str(store.root)]) == 1
    assert "red" in words(store.load(parse("example@HEAD~1")))


def test_while_a_merge_is_under_way_nothing_is_written(store: Store) -> None:
    conflict(store, commit=False)
    head = git(store.root, "rev-parse", "HEAD")
    with pytest.raises(StoreError, match="merge or rebase is under way"):
        store.put(small_treaty(ONE, treaty="another"))
    assert git(store.root, "rev-parse", "HEAD") == head
    assert "red" in words(store.load(parse("example"))), "the texts are read all the same"


def test_conflicts_in_a_catalogue_name_the_file(store: Store) -> None:
    path = store.root / "texts/example/treaty.toml"
    path.write_text("<<<<<<< HEAD\nid = 1\n=======\n>>>>>>> other\n", encoding="utf-8")
    git(store.root, "commit", "-qam", "a broken merge")
    with pytest.raises(StoreError, match=r"texts/example/treaty\.toml has the marks of an unfinished merge"):
        store.load(parse("example"))


def test_invalid_xml_committed_by_hand_is_named(store: Store) -> None:
    edit(store, "</article>", "</artikel>")
    git(store.root, "commit", "-qam", "by hand")
    with pytest.raises(AknError, match=rf"{FOLDER}: chp_1\.xml is not well-formed XML"):
        store.load(parse("example"))


def test_a_file_that_was_taken_out_by_hand_is_named(store: Store) -> None:
    git(store.root, "rm", "-q", f"{FOLDER}/chp_1.xml")
    git(store.root, "commit", "-qm", "by hand")
    with pytest.raises(AknError, match=r"chp_1\.xml is missing"):
        store.load(parse("example"))


def test_what_a_person_has_staged_is_not_overwritten(store: Store) -> None:
    edit(store, "shall be blue", "shall be green")
    git(store.root, "add", FOLDER)
    staged = git(store.root, "diff", "--cached")
    with pytest.raises(StoreError, match="changed by hand"):
        store.put(small_treaty(ONE))
    assert git(store.root, "diff", "--cached") == staged


def test_work_on_other_files_is_left_as_it_is(store: Store) -> None:
    edit(store, "shall be blue", "shall be green")
    (store.root / "notes.txt").write_text("mine", encoding="utf-8")
    git(store.root, "add", "notes.txt")
    assert store.put(small_treaty(ONE, treaty="another")) is not None
    assert set(git(store.root, "status", "--porcelain").splitlines()) == {f" M {FOLDER}/chp_1.xml", "A  notes.txt"}


def test_a_folder_without_a_repository_does_not_use_the_one_above(store: Store, tmp_path: Path) -> None:
    inner = store.root / "inner"
    inner.mkdir()
    (inner / "treaty-diff.toml").write_text("format = 1\n", encoding="utf-8")
    with pytest.raises(StoreError, match="not a git repository"):
        Store(inner)
    (inner / ".git").mkdir()
    with pytest.raises(StoreError):
        Store(inner).put(small_treaty(ONE))
