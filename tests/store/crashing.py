"""Killing writers: a child process that dies at the n-th thing it does to the disk, and what must be true afterwards.

The short form runs in the tests, the long one in `benchmarks/crash.py`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from tests.conftest import tota_source
from treaty_diff.cli import cli
from treaty_diff.store import Store

ONE = ("ARTICLE 101", "Fish", "1. Each Party shall count its fish.\n\n2. No Party may hide a fish.")
TWO = ("ARTICLE 102", "Boats", "Boats shall be blue.")
DONE = 77
"""Exit code of a child that came to its end before it was to die."""

_STEPS = ("open", "write", "fsync", "replace", "rename", "link", "unlink", "mkdir", "rmdir", "ftruncate")


@dataclass(frozen=True)
class Point:
    """Where a child dies: before the `step`-th thing that it does, or `halfway` through it where that is a write."""

    step: int
    how: str = "before"


class _Trap:
    """Counts what the process does to the disk and to git, and kills it at the point.

    With a `fault` (an errno) it lives on, and from the point on every such thing fails.
    """

    def __init__(self, point: Point, fault: int = 0) -> None:
        self.point = point
        self.fault = fault
        self.names: list[str] = []

    def wrap(self, home: Any, name: str) -> None:
        real = getattr(home, name)

        def trapped(*arguments: Any, **options: Any) -> Any:
            if name == "open" and not arguments[1] & (os.O_WRONLY | os.O_RDWR):
                return real(*arguments, **options)
            self.names.append(name)
            if self.fault and name in ("open", "write", "mkdir", "link") and len(self.names) >= self.point.step:
                raise OSError(self.fault, os.strerror(self.fault))
            here = not self.fault and len(self.names) == self.point.step
            if here and (self.point.how == "before" or name != "write"):
                os.kill(os.getpid(), signal.SIGKILL)
            if here:
                real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        setattr(home, name, trapped)


def run(arguments: list[str]) -> int:
    """The exit code of a command, run in this process."""
    return CliRunner().invoke(cli, arguments, prog_name="treaty-diff").exit_code


def in_child(arguments: list[str], point: Point | None = None, record: Path | None = None, fault: int = 0) -> int:
    """Run a command in a child that dies at `point`; `DONE` where it came to its end, else minus the signal's number.

    With a `fault` what it does to the disk fails from the point on. `record` is written with the names of all that the child did to the disk.
    """
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            trap = _Trap(point or Point(0), fault if point is not None else 0)
            for name in _STEPS:
                trap.wrap(os, name)
            trap.wrap(subprocess, "run")
            code = DONE if run(arguments) == 0 else 1
            if record is not None:
                record.write_text(" ".join(trap.names))
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def git(root: Path, *arguments: str) -> str:
    """What plain git says of a store."""
    done = subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True)
    return done.stdout


@dataclass(frozen=True)
class Case:
    """A writer: the store that it starts from and its command; `imports` where that takes the source and may be given again."""

    name: str
    base: Path
    source: Path
    arguments: tuple[str, ...]
    imports: bool = True

    def command(self, root: Path) -> list[str]:
        source = [str(self.source)] if self.imports else []
        return [*self.arguments[:1], *source, *self.arguments[1:], "--store", str(root)]


def cases(folder: Path) -> list[Case]:
    """The writers that are tried: a new treaty, a new text of one, one with a chapter less, a title, an older text, a translation,
    an agreement on bracketed words."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "one": tota_source(ONE, name="Fish Treaty"),
        "two": tota_source(ONE, TWO, name="Fish Treaty"),
        "other-chapter": tota_source(TWO, chapter="CHAPTER TWO", name="Fish Treaty"),
    }
    sources = {}
    for name, data in files.items():
        sources[name] = folder / f"{name}.xml"
        sources[name].write_bytes(data)
    plain, held = folder / "plain", folder / "held"
    Store.create(plain).close()
    shutil.copytree(plain, held, symlinks=True)
    assert run(["import", str(sources["one"]), "--treaty", "fish", "--store", str(held)]) == 0
    return [
        Case("a new treaty", plain, sources["one"], ("import", "--treaty", "fish")),
        Case("a new text", held, sources["two"], ("import", "--treaty", "fish")),
        Case("a chapter less", held, sources["other-chapter"], ("import", "--treaty", "fish")),
        Case("another title", held, sources["one"], ("import", "--treaty", "fish", "--title", "Of Fish")),
        Case("an older text", held, sources["two"], ("import", "--treaty", "fish", "--date", "1999-01-01")),
        Case("a translation", held, sources["two"], ("import", "--treaty", "fish", "--language", "es", "--date", "2001-02-04")),
        Case(
            "an agreement", plain, sources["one"], ("agree", "sunset", "2205bis", "--round", "6", "--view", "USA"), imports=False
        ),
    ]


def points(case: Case, folder: Path) -> list[Point]:
    """All points of a writer: before each thing that it does, and halfway through each write."""
    counted = folder / "steps"
    if in_child(case.command(fresh(case, folder)), record=counted) != DONE:
        raise AssertionError(f"{case.name}: the writer fails by itself")
    names = counted.read_text().split()
    whole = [Point(step) for step in range(1, len(names) + 1)]
    return whole + [Point(step, "halfway") for step, name in enumerate(names, 1) if name == "write"]


def fresh(case: Case, folder: Path) -> Path:
    """A copy of the store that a writer starts from."""
    root = folder / "store"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(case.base, root, symlinks=True)
    return root


def check_after(case: Case, root: Path, *, again: bool) -> str:
    """Raise AssertionError where the store is not whole after a writer died; `before` or `after`, by what the branch says.

    The next command (the same `again`, else another) must finish what was begun and leave nothing behind.
    """
    git(root, "fsck", "--strict", "--no-dangling")
    old = git(case.base, "rev-parse", "HEAD").strip()
    new = git(root, "rev-parse", "HEAD").strip()
    assert new == old or git(root, "rev-parse", "HEAD~1").strip() == old, "the branch is neither before nor after"
    again = again and (case.imports or new == old)
    command = case.command(root) if again else ["import", str(case.source), "--treaty", "another", "--store", str(root)]
    assert in_child(command) == DONE, "the next command failed"
    assert git(root, "status", "--porcelain") == "", "the work tree is not what HEAD says"
    left = [path for path in (root / ".git").rglob("*") if path.suffix == ".lock" and path.name != "treaty-diff.lock"]
    left += [path for path in root.rglob("*treaty-diff*") if path.name not in ("treaty-diff.toml", "treaty-diff.lock")]
    left = [path for path in left if not path.name.startswith("tmp_obj_")]
    assert not left, f"left behind: {left}"
    treaties = ["fish"] if again or new != old or "held" in str(case.base) else ["another"]
    treaties = treaties if case.imports else []
    assert in_child(["verify", *treaties, "--store", str(root)]) == DONE, "verify finds something wrong"
    return "before" if new == old else "after"


def check_init(point: Point, folder: Path) -> str:
    """Raise AssertionError where a killed `init` leaves something that is no whole store; `before` or `after`."""
    root = folder / "new"
    shutil.rmtree(root, ignore_errors=True)
    assert in_child(["init", str(root)], point) in (-signal.SIGKILL, DONE)
    made = root.exists()
    if not made:
        assert in_child(["init", str(root)]) == DONE, "the next init failed"
    assert in_child(["list", "--store", str(root)]) == DONE
    git(root, "fsck", "--strict", "--no-dangling")
    assert git(root, "status", "--porcelain") == "", "the work tree is not what HEAD says"
    return "after" if made else "before"


def kill_at_random(command: list[str], delay: float, environment: Callable[[], dict[str, str]]) -> int:
    """Start a command in a process group of its own and kill the group after `delay` seconds; its exit code."""
    child = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    try:
        return child.wait(delay)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        return child.wait()
