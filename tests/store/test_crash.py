"""A writer that is killed leaves the store as before or as after, and the next command finishes what it began."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.store.crashing import Case, Point, cases, check_after, check_init, fresh, git, in_child, kill_at_random, points

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills children of fork")

_SAMPLE = 7
"""Points of each writer that the short form tries; `benchmarks/crash.py` tries all."""


@pytest.fixture(scope="module")
def writers(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases(tmp_path_factory.mktemp("writers"))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(7))
def test_a_killed_writer_loses_nothing_and_the_next_command_repairs(writers: list[Case], number: int, tmp_path: Path) -> None:
    case = writers[number]
    tried = points(case, tmp_path)
    seen = set()
    for n in range(_SAMPLE):
        root = fresh(case, tmp_path)
        # the later part, where the branch and the files move, more often than the writing of objects
        place = tried[-1 - round((n / _SAMPLE) ** 1.5 * (len(tried) - 1))]
        assert in_child(case.command(root), place) == -9
        seen.add(check_after(case, root, again=n % 2 == 0))
    assert seen == {"before", "after"}


@pytest.mark.slow
def test_a_killed_init_leaves_a_whole_store_or_none(tmp_path: Path) -> None:
    assert {check_init(Point(step), tmp_path) for step in (1, 30, 400, 900, 100_000)} == {"before", "after"}


@pytest.mark.slow
def test_a_writer_killed_with_all_its_children_at_any_time(writers: list[Case], tmp_path: Path) -> None:
    case = writers[1]
    for delay in (0.3, 0.45, 0.6):
        root = fresh(case, tmp_path)
        kill_at_random([sys.executable, "-m", "treaty_diff", *case.command(root)], delay, lambda: dict(os.environ))
        check_after(case, root, again=True)


def test_a_lock_of_somebody_elses_git_is_left_where_it_is(
    writers: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("treaty_diff.store.lock.WAIT", 0.2)
    case = writers[1]
    root = fresh(case, tmp_path)
    lock = root / ".git" / "index.lock"
    lock.touch()
    assert in_child(case.command(root)) == 1
    assert lock.exists()
    assert "fish" in git(root, "log", "-1", "--format=%B")
    lock.unlink()
    assert in_child(case.command(root)) != 1
    assert git(root, "status", "--porcelain") == ""
