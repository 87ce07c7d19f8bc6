"""The files beside the history: brought along after a commit, and left alone where a person has changed them."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ..errors import StoreError
from .claims import claimed
from .command import Git
from .durable import read_plain, remove, replace, sync_folder
from .loose import hash_of
from .objects import FILE

_UNDER_WAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
_PRIVATE = "treaty-diff.index"

Blobs = Mapping[str, tuple[str | None, str | None]]
"""Path → the blob before and the blob after; None where the file is not there."""


class WorkTree:
    """The files of a store and git's index of them; `folder` is the git folder."""

    def __init__(self, root: Path, folder: Path, git: Git, algorithm: str) -> None:
        self._root = root
        self._folder = folder
        self._git = git
        self._algorithm = algorithm

    def blob(self, path: str) -> str | None:
        """The id of what lies at a path, None where nothing does, empty where it is no plain file in plain folders."""
        at = self._root
        for step in path.split("/")[:-1]:
            at = at / step
            try:
                if not stat.S_ISDIR(os.lstat(at).st_mode):
                    return ""
            except FileNotFoundError:
                return None
        try:
            data = read_plain(self._root / path)
        except OSError:
            return ""
        return None if data is None else hash_of("blob", data, self._algorithm)

    def staged(self, paths: Iterable[str]) -> dict[str, str]:
        """What git's index holds at and around the paths; empty for a file in conflict."""
        folders = sorted({"/".join(path.split("/")[:2]) for path in paths})
        rows = self._git.run("ls-files", "-s", "-z", "--", *folders).decode("utf-8", "surrogateescape")
        out: dict[str, str] = {}
        for row in filter(None, rows.split("\0")):
            head, _, path = row.partition("\t")
            _, oid, stage = head.split(" ")
            out[path] = oid if stage == "0" else ""
        return out

    def refuse_to_overwrite(self, blobs: Blobs) -> None:
        """Raise StoreError where a person has changed or staged one of the files, or has a merge under way."""
        for name in _UNDER_WAY:
            if (self._folder / name).exists():
                raise StoreError(
                    "A merge or rebase is under way in the store.",
                    cause=f"git keeps {name}",
                    fix="finish it with git, or take it back (`git merge --abort`, `git rebase --abort`), then run the command again",
                )
        staged = self.staged(blobs) if (self._folder / "index").exists() else None
        mine = [path for path, (old, new) in blobs.items() if not self._is_ours(path, old, new, staged)]
        if mine:
            raise StoreError(
                f"{len(mine)} files of the store were changed by hand, first {mine[0]}.",
                cause="the command would overwrite them",
                fix="commit them with git, or restore them with `git restore --staged --worktree`, then run the command again",
            )

    def _is_ours(self, path: str, old: str | None, new: str | None, staged: Mapping[str, str] | None) -> bool:
        return self.blob(path) in (None, old, new) and (staged is None or staged.get(path) in (old, new))

    def bring(self, known: Blobs, wanted: Mapping[str, str | None], content: Callable[[str], bytes]) -> list[str]:
        """Make the files what `wanted` says, where they are still one of the blobs that are `known`.

        The paths that were left alone, because a person changed them. `content` gives the bytes of a blob.
        """
        left = []
        for path, blob in wanted.items():
            here = self.blob(path)
            if here == "":
                left.append(path)
                continue
            temporary = self._beside(path)
            remove(temporary)
            if here == blob:
                continue
            if here is not None and here not in known[path]:
                left.append(path)
            elif blob is None:
                self._take_away(path)
            else:
                file = self._root / path
                file.parent.mkdir(parents=True, exist_ok=True)
                replace(file, content(blob), temporary)
        for folder in sorted({(self._root / path).parent for path in wanted}):
            if folder.is_dir():
                sync_folder(folder)
        return left

    def _beside(self, path: str) -> Path:
        file = self._root / path
        return file.with_name(f".{file.name}.treaty-diff")

    def _take_away(self, path: str) -> None:
        file = self._root / path
        remove(file)
        for folder in list(file.parents)[: path.count("/")]:
            try:
                os.rmdir(folder)
            except OSError:
                break

    def bring_index(self, known: Blobs, wanted: Mapping[str, str | None]) -> None:
        """Make git's index what `wanted` says, where it still has one of the blobs that are `known`.

        It is made beside git's own and put in its place in one step, under git's lock.
        """
        index, private = self._folder / "index", self._folder / f"{_PRIVATE}-{os.getpid()}"
        with claimed(self._folder, self._folder / "index.lock"):
            staged = self.staged(wanted) if index.exists() else {}
            none = "0" * (40 if self._algorithm == "sha1" else 64)
            rows = [
                f"{FILE:o} {blob}\t{path}\0" if blob is not None else f"0 {none}\t{path}\0"
                for path, blob in wanted.items()
                if staged.get(path) != blob and (path not in staged or staged[path] in known[path])
            ]
            if not rows:
                return
            remove(private)
            if index.exists():
                shutil.copyfile(index, private)
            self._git.run(
                "update-index",
                "-z",
                "--add",
                "--index-info",
                given="".join(rows).encode(),
                variables={"GIT_INDEX_FILE": str(private)},
            )
            os.replace(private, index)

    def tidy(self) -> None:
        """Remove what a killed writer left beside git's index."""
        for file in self._folder.glob(f"{_PRIVATE}-*"):
            remove(file)
