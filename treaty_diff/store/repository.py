"""Git, as the store uses it: read blobs of a commit, write a commit, move the branch.

Objects are read through one `git cat-file` process and written by gitdb; moving the branch and the index
calls git with hooks, signing and file-system monitors off.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import RevisionNotFound, StoreError

try:
    import git
except ImportError as error:  # GitPython looks for git, and reads its settings, when it is imported
    raise StoreError(
        "Git cannot be used.", cause=str(error).partition("\n")[0], fix="install git, or mend ~/.gitconfig"
    ) from None
from git.objects.fun import tree_entries_from_data
from gitdb import IStream

from .layout import BRANCH

_SAFE = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "commit.gpgSign=false", "-c", "gc.auto=0")
_ELSEWHERE = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
)
_TREE, _BLOB = 0o040000, 0o100644


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a commit, and when (seconds since 1970, UTC)."""

    name: str
    email: str
    time: int

    def line(self) -> str:
        """As it stands in a commit."""
        return f"{self.name} <{self.email}> {self.time} +0000"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as the log shows it."""

    sha: str
    authored: int
    committed: int
    message: str

    @property
    def subject(self) -> str:
        """First line of the message."""
        return self.message.partition("\n")[0]


class Repository:
    """A git repository on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        _forget_other_repositories()
        try:
            self._repo = git.Repo(root)
        except (git.InvalidGitRepositoryError, git.NoSuchPathError):
            raise StoreError(
                f"{root} is not a git repository.",
                cause="a store keeps its texts in git, and the .git folder is missing",
                fix=f"make a store elsewhere with `treaty-diff init`, or restore {root / '.git'}",
            ) from None

    @classmethod
    def create(cls, root: Path) -> Repository:
        """A new, empty repository with the store's branch."""
        root.mkdir(parents=True, exist_ok=True)
        _forget_other_repositories()
        git.Git(root).execute(["git", "init", "--quiet", "--template=", f"--initial-branch={BRANCH}"], env=_environment())
        return cls(root)

    def close(self) -> None:
        """Let go of git's processes and files."""
        self._repo.close()

    # -- reading --------------------------------------------------------------------------

    def head(self) -> str | None:
        """The commit that HEAD names, None before the first."""
        try:
            return str(self._repo.head.commit.hexsha)
        except ValueError:
            return None

    def resolve(self, revision: str) -> str:
        """The commit that `revision` names; raises RevisionNotFound."""
        if revision and not revision.startswith("-"):
            try:
                found: Any = self._repo.rev_parse(revision)
                while found.type == "tag":
                    found = found.object
                if found.type == "commit":
                    return str(found.hexsha)
            except (git.GitError, git.BadName, git.BadObject, ValueError, LookupError, NotImplementedError, OSError):
                pass
        raise RevisionNotFound(
            f"The store has no revision “{revision}”.",
            cause="git knows no commit, branch or tag of that name",
            fix="see `treaty-diff log`",
        )

    def _tree(self, commit: str, path: str) -> Any:
        tree: Any = self._repo.commit(commit).tree
        for step in filter(None, path.split("/")):
            try:
                tree = tree[step]
            except KeyError:
                return None
        return tree

    def read(self, commit: str, path: str) -> bytes | None:
        """A file's bytes at a commit, None where it is not there."""
        blob = self._tree(commit, path)
        return bytes(blob.data_stream.read()) if blob is not None and blob.type == "blob" else None

    def names(self, commit: str, folder: str) -> list[str]:
        """Names in a folder at a commit, sorted; none where it is not there."""
        tree = self._tree(commit, folder)
        return sorted(item.name for item in tree) if tree is not None and tree.type == "tree" else []

    def files(self, commit: str, folder: str) -> dict[str, bytes]:
        """Name and bytes of the files that lie in a folder at a commit."""
        tree = self._tree(commit, folder)
        if tree is None or tree.type != "tree":
            return {}
        return {blob.name: bytes(blob.data_stream.read()) for blob in tree.blobs}

    def log(self, commit: str, paths: tuple[str, ...] = ()) -> Iterator[Commit]:
        """Commits up to `commit` that touched one of `paths` (all, where none is given), newest first."""
        for found in self._repo.iter_commits(commit, paths=list(paths) or ""):
            yield Commit(found.hexsha, found.authored_date, found.committed_date, str(found.message))

    def identity(self) -> tuple[str, str]:
        """Name and address for commits: git's own settings, else ours."""
        with self._repo.config_reader() as settings:
            name = str(settings.get_value("user", "name", "") or "")
            email = str(settings.get_value("user", "email", "") or "")
        return name or "treaty-diff", email or "treaty-diff@localhost"

    # -- writing --------------------------------------------------------------------------

    def _store(self, kind: str, data: bytes) -> bytes:
        try:
            return bytes(self._repo.odb.store(IStream(kind.encode(), len(data), io.BytesIO(data))).binsha)
        except git.GitError as error:
            raise _refused(error) from None

    def _update_tree(self, old: bytes | None, changes: Mapping[str, bytes | None]) -> bytes | None:
        """A tree with `changes` (path → bytes, None removes); its id, None where nothing is left."""
        entries: dict[str, tuple[bytes, int]] = {}
        if old is not None:
            data = self._repo.odb.stream(old).read()
            entries = {name: (sha, mode) for sha, mode, name in tree_entries_from_data(data)}
        below: dict[str, dict[str, bytes | None]] = {}
        for path, content in changes.items():
            first, _, rest = path.partition("/")
            if rest:
                below.setdefault(first, {})[rest] = content
            elif content is None:
                entries.pop(first, None)
            else:
                entries[first] = (self._store("blob", content), _BLOB)
        for name, inner in below.items():
            entry = entries.get(name)
            made = self._update_tree(entry[0] if entry and entry[1] == _TREE else None, inner)
            if made is None:
                entries.pop(name, None)
            else:
                entries[name] = (made, _TREE)
        if not entries:
            return None
        rows = sorted(entries.items(), key=lambda item: item[0].encode() + (b"/" if item[1][1] == _TREE else b""))
        body = b"".join(f"{mode:o} {name}".encode() + b"\0" + sha for name, (sha, mode) in rows)
        return self._store("tree", body)

    def commit(
        self, changes: Mapping[str, bytes | None], message: str, author: Person, committer: Person, *, parent: str | None
    ) -> str | None:
        """Record `changes` (path → bytes, None removes) as one commit and bring the work tree along.

        `parent` is the commit that the changes were made from (None for the first): where HEAD has
        moved on since, nothing is written. None where they change nothing. Files that a person has changed in the work tree are
        left as they are and named in a StoreError before anything is written.
        """
        old_tree = bytes(self._repo.commit(parent).tree.binsha) if parent else None
        self._refuse_to_overwrite(parent, changes)
        tree = self._update_tree(old_tree, changes) or self._store("tree", b"")
        if tree == old_tree:
            return None
        lines = [f"tree {tree.hex()}", *([f"parent {parent}"] if parent else [])]
        lines += [f"author {author.line()}", f"committer {committer.line()}", "", message.rstrip("\n"), ""]
        sha = self._store("commit", "\n".join(lines).encode()).hex()
        if self.head() != parent:
            raise _moved("HEAD is another commit than the one that was read")
        try:
            self._git("update-ref", "-m", message.partition("\n")[0], "HEAD", sha, parent or "0" * 40)
        except git.GitCommandError as error:
            raise _moved(str(error.stderr).strip(" \n'")) from None
        self._work_tree(sha, changes)
        return sha

    def _refuse_to_overwrite(self, parent: str | None, changes: Mapping[str, bytes | None]) -> None:
        mine = []
        for path, new in changes.items():
            file = self.root / path
            if not file.exists():
                continue
            here = file.read_bytes()
            if here != new and here != (self.read(parent, path) if parent else None):
                mine.append(path)
        if mine:
            raise StoreError(
                f"{len(mine)} files of the store were changed by hand, first {mine[0]}.",
                cause="the command would overwrite them",
                fix="commit them with git, or restore them with `git restore`, then run the command again",
            )

    def _work_tree(self, commit: str, changes: Mapping[str, bytes | None]) -> None:
        rows = []
        for path, content in changes.items():
            file = self.root / path
            if content is None:
                file.unlink(missing_ok=True)
                rows.append(f"0 {'0' * 40}\t{path}\n")
                continue
            blob = self._tree(commit, path)
            rows.append(f"{_BLOB:o} {blob.hexsha}\t{path}\n")
            if not file.exists() or file.read_bytes() != content:
                file.parent.mkdir(parents=True, exist_ok=True)
                _replace(file, content)
        with tempfile.TemporaryFile() as stdin:
            stdin.write("".join(rows).encode())
            stdin.seek(0)
            try:
                self._git("update-index", "--add", "--index-info", istream=stdin)
            except git.GitCommandError as error:
                raise StoreError(
                    "The text is stored, but git's index could not be brought along.",
                    cause=str(error.stderr).strip(" \n'"),
                    fix="run `git reset` in the store when no other git command is at work there",
                ) from None

    def _git(self, *arguments: str, **options: Any) -> str:
        return str(self._repo.git.execute(["git", *_SAFE, *arguments], env=_environment(), **options))


def _replace(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".treaty-diff-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _refused(error: Exception) -> StoreError:
    cause = str(getattr(error, "stderr", "") or error).strip(" \n'")
    return StoreError("Git could not write to the store.", cause=cause, fix="check the disk and your rights")


def _moved(cause: str) -> StoreError:
    return StoreError("The store was changed by somebody else at the same time.", cause=cause, fix="run the command again")


def _forget_other_repositories() -> None:
    """Drop variables (a git hook sets them) that would make git work on another repository than ours."""
    for name in _ELSEWHERE:
        os.environ.pop(name, None)


def _environment() -> dict[str, str]:
    """Settings for the calls of git: it asks nothing, waits for nobody and speaks English."""
    return {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
