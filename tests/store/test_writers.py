"""Writers: one at a time, on disks that are full or read-only, with clocks that go wrong."""

from __future__ import annotations

import errno
import os
import time
from bisect import bisect_left
from pathlib import Path

import pytest

from tests.conftest import small_treaty, tota_source
from tests.store.crashing import DONE, ONE, TWO, Case, Point, cases, check_after, fresh, git, in_child, points
from treaty_diff.citation import parse
from treaty_diff.errors import StoreError
from treaty_diff.store import Store, lock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="uses fork")


@pytest.fixture(scope="module")
def writers(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases(tmp_path_factory.mktemp("writers"))


def beside(store: Store, seconds: float) -> int:
    """Another process that holds the store's lock for a while; its id."""
    ready, said = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            with lock.held(store.root / ".git" / "treaty-diff.lock"):
                os.write(said, b"!")
                time.sleep(seconds)
        finally:
            os._exit(0)
    os.read(ready, 1)
    os.close(ready)
    os.close(said)
    return pid


def test_a_second_writer_waits_for_the_first(store: Store) -> None:
    pid = beside(store, 0.4)
    assert store.put(small_treaty(ONE)) is not None
    os.waitpid(pid, 0)


def test_a_second_writer_gives_up_and_names_the_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lock.WAIT == 10
    monkeypatch.setattr(lock, "WAIT", 0.2)
    before = git(store.root, "rev-parse", "HEAD")
    pid = beside(store, 1.5)
    with pytest.raises(StoreError, match=f"(?s)being written to by another command.*process {pid} on ") as raised:
        store.put(small_treaty(ONE))
    assert raised.value.exit_code == 2
    assert git(store.root, "rev-parse", "HEAD") == before
    os.waitpid(pid, 0)


def test_a_lock_whose_holder_died_holds_nobody_up(store: Store) -> None:
    pid = beside(store, 60)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    assert store.put(small_treaty(ONE)) is not None


def test_writers_at_the_same_time_lose_nothing(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "fish.xml"
    source.write_bytes(tota_source(ONE))
    before = int(git(store.root, "rev-list", "--count", "HEAD"))
    children = []
    for n in range(5):
        pid = os.fork()
        if pid == 0:
            os._exit(in_child(["import", str(source), "--treaty", f"fish-{'abcde'[n]}", "--store", str(store.root)]))
        children.append(pid)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children] == [DONE] * 5
    assert store.at().treaties() == [*(f"fish-{n}" for n in "abcde"), "nafta1994", "tpp"]
    assert int(git(store.root, "rev-list", "--count", "HEAD")) == before + 5
    assert git(store.root, "status", "--porcelain") == ""


def test_a_commit_made_meanwhile_with_git_is_not_undone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from treaty_diff.store import writer

    real = writer.journal.write

    def meddled(path: Path, record: writer.Journal) -> None:
        real(path, record)
        git(store.root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--allow-empty", "-qm", "by hand")

    monkeypatch.setattr(writer.journal, "write", meddled)
    with pytest.raises(StoreError, match="changed by somebody else"):
        store.put(small_treaty(ONE))
    assert git(store.root, "log", "-1", "--format=%s") == "by hand\n"
    assert git(store.root, "status", "--porcelain") == ""
    assert not (store.root / ".git" / "treaty-diff.journal").exists()


@pytest.mark.slow
def test_a_full_disk_is_an_error_and_everything_is_as_before_or_after(writers: list[Case], tmp_path: Path) -> None:
    case = writers[1]
    tried = [point for point in points(case, tmp_path) if point.how == "before"]
    seen = set()
    for n, point in enumerate(tried[:: len(tried) // 12]):
        root = fresh(case, tmp_path)
        if in_child(case.command(root), point, fault=errno.ENOSPC) == DONE:
            continue  # nothing was written any more from there on
        seen.add(check_after(case, root, again=n % 2 == 0))
    assert "before" in seen


def test_a_read_only_store_is_read_and_not_written(writers: list[Case], tmp_path: Path) -> None:
    case = writers[1]
    root = fresh(case, tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for command in (
        ["list"],
        ["show", "fish:101"],
        ["log", "fish:101"],
        ["expressions", "fish"],
        ["verify", "fish"],
        ["manifest"],
    ):
        assert in_child([*command, "--store", str(root)], Point(1), fault=errno.EROFS) == DONE, command
    assert in_child(case.command(root), Point(1), fault=errno.EROFS) == 1
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_what_cannot_be_written_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"cannot be written to\.\ncause: No space left"):
        store.put(small_treaty(ONE))


def test_a_clock_that_was_set_back_does_not_put_a_commit_before_its_parent(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(small_treaty(ONE))
    first = int(git(store.root, "log", "-1", "--format=%ct"))
    monkeypatch.setattr(time, "time", lambda: 86_400.0)
    store.put(small_treaty(ONE, TWO))
    assert int(git(store.root, "log", "-1", "--format=%ct")) == first
    assert [change.commit.subject for change in store.log(parse("example"))] != []


def test_a_file_changed_by_hand_after_a_crash_is_left_alone(writers: list[Case], tmp_path: Path) -> None:
    case = writers[1]
    steps = [point for point in points(case, tmp_path) if point.how == "before"]
    old = git(case.base, "rev-parse", "HEAD")

    def has_moved(point: Point) -> bool:
        in_child(case.command(root := fresh(case, tmp_path)), point)
        return git(root, "rev-parse", "HEAD") != old

    moved = steps[bisect_left(steps, True, key=has_moved)]
    root = fresh(case, tmp_path)
    in_child(case.command(root), moved)
    file = root / "texts/fish/verbatim/eng@2001-02-03/chp_1.xml"
    file.write_text("by hand", encoding="utf-8")
    assert in_child(["import", str(case.source), "--treaty", "another", "--store", str(root)]) == DONE
    assert file.read_text(encoding="utf-8") == "by hand"
    assert git(root, "status", "--porcelain").strip() == "M texts/fish/verbatim/eng@2001-02-03/chp_1.xml"
