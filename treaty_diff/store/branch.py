"""Moving the branch that HEAD names from one commit to the next, in one step, by git's own rules for files."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..errors import StoreError
from .claims import claimed
from .command import Git, failed
from .durable import append, read_plain, sync_folder

_BRANCH = re.compile(rb"ref: (refs/heads/[^\x00-\x20\x7f~^:?*\[\\]+)\s*")


class Moved(StoreError):
    """HEAD is another commit than the one that a writer read."""

    def __init__(self, cause: str) -> None:
        super().__init__("The store was changed by somebody else at the same time.", cause=cause, fix="run the command again")


class Branch:
    """The branch of a work tree; `folder` is its git folder, `common` the one that all work trees share."""

    def __init__(self, git: Git, folder: Path, common: Path) -> None:
        self._git = git
        self._folder = folder
        self._common = common

    def current(self) -> str | None:
        """The commit that HEAD names, None before the first."""
        done = self._git.call("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if done.returncode not in (0, 1):
            raise failed(("rev-parse",), done.stderr)
        return done.stdout.decode().strip() or None

    def move(self, old: str | None, new: str, who: str, message: str) -> None:
        """Move it from `old` (None: it is not there yet) to `new`; raises Moved where it is not at `old`."""
        if (self._common / "reftable").is_dir():
            self._by_git(old, new, message)
            return
        head = read_plain(self._folder / "HEAD") or b""
        named = _BRANCH.fullmatch(head)
        name = named[1].decode() if named else "HEAD"
        path = self._common / name if named else self._folder / "HEAD"
        if name != "HEAD" and (b".." in named[1] if named else False):
            raise StoreError("HEAD names no branch.", cause=name, fix="check out a branch with git")
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(f"{path.name}.lock")
        with claimed(self._folder, lock, f"{new}\n".encode()):
            if self.current() != old:
                raise Moved("HEAD is another commit than the one that was read")
            os.replace(lock, path)
            sync_folder(path.parent)
        line = f"{old or '0' * len(new)} {new} {who}\t{message}\n".encode()
        self._note(self._folder / "logs" / "HEAD", line)
        if name != "HEAD":
            self._note(self._common / "logs" / name, line)

    def _note(self, log: Path, line: bytes) -> None:
        """Add a line to git's log of a branch, where one is kept: it helps people, and nothing rests on it."""
        if not (self._folder / "logs").is_dir() and not (self._folder / "index").exists():
            return
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            append(log, line)
        except OSError:
            pass

    def _by_git(self, old: str | None, new: str, message: str) -> None:
        done = self._git.call("update-ref", "-m", message, "HEAD", new, old or "0" * len(new))
        if done.returncode:
            raise Moved(done.stderr.decode("utf-8", "replace").strip())
