"""Git, as the store uses it: files of a commit are read, a commit is written, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import RevisionNotFound, StoreError
from ..printable import printable, steers
from . import layout
from .command import SETTINGS, Git, environment
from .commits import Person, Step
from .layout import BRANCH
from .objects import EXECUTABLE, FILE, Entry, Object, Objects, entries

if TYPE_CHECKING:
    import git

    from .writer import Writer

_LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class Places:
    """Where git keeps things: the git folder of this work tree, the one that all work trees share, how objects are hashed."""

    folder: Path
    common: Path
    objects: Path
    algorithm: str
    bare: bool


class Repository:
    """A git repository on disk.

    `notices` are sentences for the user, of what was found unfinished and what was left alone.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.notices: list[str] = []
        if not (root / ".git").exists() and not layout.is_bare(root):
            raise StoreError(
                f"{root} is not a git repository.",
                cause="a store keeps its texts in git, and the .git folder is missing",
                fix=f"make a store elsewhere with `treaty-diff init`, or restore {root / '.git'}",
            )
        self.command = Git(root)
        self.objects = Objects(self.command)
        self._found: Places | None = None
        self._writer: Writer | None = None

    @classmethod
    def create(cls, root: Path) -> Repository:
        """A new, empty repository with the store's branch."""
        root.mkdir(parents=True, exist_ok=True)
        Git(root).run("init", "--quiet", "--template=", "--object-format=sha1", f"--initial-branch={BRANCH}")
        return cls(root)

    def close(self) -> None:
        """Let go of git's processes."""
        self.objects.close()

    def places(self) -> Places:
        """Where git keeps things."""
        if self._found is None:
            asked = (
                "--absolute-git-dir",
                "--git-common-dir",
                "--git-path",
                "objects",
                "--show-object-format",
                "--is-bare-repository",
            )
            folder, common, objects, algorithm, bare = self.command.run("rev-parse", *asked).decode().splitlines()
            at = self.root / common
            self._found = Places(Path(folder), at.resolve(), (self.root / objects).resolve(), algorithm, bare == "true")
        return self._found

    def python(self) -> git.Repo:
        """The repository as GitPython has it, for what needs more of git than files and commits; as safe as our own calls.

        Whoever asks closes it.
        """
        import git

        places = self.places()
        found = git.Repo(self.root)
        elsewhere = {"GIT_DIR": places.folder, "GIT_COMMON_DIR": places.common, "GIT_OBJECT_DIRECTORY": places.objects}
        found.git.update_environment(**environment(self.root), **{name: str(path) for name, path in elsewhere.items()})
        found.git.set_persistent_git_options(c=[f"{name}={value}" for name, value in SETTINGS.items()])
        return found

    # -- reading --------------------------------------------------------------------------

    def head(self) -> str | None:
        """The commit that HEAD names, None before the first."""
        found = self.objects.get("HEAD^{commit}")
        return found.oid if found is not None else None

    def resolve(self, revision: str) -> str:
        """The commit that `revision` names; raises RevisionNotFound."""
        cause = "git knows no commit, branch or tag of that name"
        readable = not steers(revision) and revision.count("{") == revision.count("}")
        if readable and 0 < len(revision) <= _LONGEST_NAME and not revision.startswith("-"):
            try:
                found = self.objects.get(f"{revision}^{{commit}}")
            except StoreError as error:  # git ends at a reflog entry that is not there
                found, cause = None, error.cause
            if found is not None and found.kind == "commit":
                return found.oid
        raise RevisionNotFound(f"The store has no revision “{_short(revision)}”.", cause=cause, fix="see `treaty-diff log`")

    def commit_object(self, commit: str) -> Object:
        """A commit as git has it; raises StoreError where it is missing."""
        found = self.objects.get(commit)
        if found is None or found.kind != "commit":
            raise StoreError(f"Commit {commit} is missing.", cause="the store is damaged, or was cloned without its history")
        return found

    def tree(self, commit: str) -> str:
        """The id of a commit's tree."""
        return self.commit_object(commit).data.decode("utf-8", "replace").partition("\n")[0].removeprefix("tree ")

    def all_files(self, commit: str) -> dict[str, str]:
        """The files at a commit and their blobs, by path; links and submodules are left out."""
        rows = self.command.run("ls-tree", "-r", "-z", "--full-tree", commit).decode("utf-8", "surrogateescape").split("\0")
        out = {}
        for row in filter(None, rows):
            head, _, path = row.partition("\t")
            mode, _, oid = head.split(" ")
            if int(mode, 8) in (FILE, EXECUTABLE):
                out[path] = oid
        return out

    def read(self, commit: str, path: str) -> bytes | None:
        """A file's bytes at a commit, None where it is not there."""
        return self.read_all(commit, [path])[0]

    def read_all(self, commit: str, paths: Sequence[str]) -> list[bytes | None]:
        """The bytes of files at a commit, in order, None for each that is not there."""
        found = self.objects.all([f"{commit}:{path}" for path in paths])
        return [blob.data if blob is not None and blob.kind == "blob" else None for blob in found]

    def listing(self, commit: str, folder: str) -> list[Entry]:
        """What a folder holds at a commit, in git's order; nothing where it is not there."""
        tree = self.objects.get(f"{commit}:{folder}")
        return list(entries(tree.data, len(tree.oid) // 2)) if tree is not None and tree.kind == "tree" else []

    def files(self, commit: str, folder: str) -> dict[str, bytes]:
        """Name and bytes of the files in a folder at a commit; raises StoreError for a link or a submodule among them."""
        held = self.listing(commit, folder)
        for entry in held:
            if not entry.is_file:
                raise StoreError(
                    f"{folder}/{_short(entry.name)} is no plain file.",
                    cause=f"git has it with mode {entry.mode:o}: a folder, a symbolic link or a submodule",
                    fix="take it out of the store",
                )
        blobs = self.objects.all([entry.oid for entry in held])
        out = {}
        for entry, blob in zip(held, blobs, strict=True):
            if blob is None:
                raise StoreError(
                    f"{folder}/{entry.name} is missing.", cause=f"git has no object {entry.oid}", fix="fetch it from a clone"
                )
            out[entry.name] = blob.data
        return out

    def identity(self) -> tuple[str, str]:
        """Name and address for commits: git's own settings, else ours."""
        known = self._user()
        return known.get("user.name") or "treaty-diff", known.get("user.email") or "treaty-diff@localhost"

    def user_name(self) -> str:
        """The user's name as git's settings have it, empty where they have none."""
        return self._user().get("user.name", "")

    def _user(self) -> dict[str, str]:
        rows = self.command.call("config", "-z", "--get-regexp", r"^user\.(name|email)$").stdout.decode("utf-8", "replace")
        return dict(row.split("\n", 1) for row in rows.split("\0") if "\n" in row)

    # -- writing --------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Be the store's only writer; what a killed writer left is finished first.

        Raises StoreError where another holds the lock for ten seconds or the store cannot be written to.
        """
        from . import lock
        from .writer import Writer

        if self._writer is not None:
            yield self._writer
            return
        try:
            with lock.held(self.places().common / "treaty-diff.lock"):
                self._writer = writer = Writer(self)
                try:
                    writer.repair()
                    yield writer
                finally:
                    self._writer = None
        except OSError as error:
            raise StoreError(
                "The store cannot be written to.",
                cause=error.strerror or str(error),
                fix="check the disk and your rights; the next command that writes finishes what this one began",
            ) from None

    def commit(
        self, changes: Mapping[str, bytes | None], message: str, author: Person, committer: Person, *, parent: str | None
    ) -> str | None:
        """Record `changes` (path → bytes, None removes) as one commit and bring the work tree along.

        `parent` is the commit that the changes were made from (None for the first): where HEAD has
        moved on since, nothing is written. None where they change nothing. Files that a person has changed in the work tree are
        left as they are and named in a StoreError before anything is written.
        """
        self._check_paths(changes)
        with self.writing() as writer:
            return writer.commit(changes, message, author, committer, parent)

    @staticmethod
    def _check_paths(paths: Iterable[str]) -> None:
        for path in paths:
            if not layout.is_store_path(path):
                raise StoreError(
                    f"“{_short(path)}” is no file of a store.",
                    cause="names have letters, digits, hyphens and underscores",
                    fix="rename it in the source",
                )

    def begin(self, steps: Sequence[Step]) -> None:
        """Record the first history of a repository that has none: commit after commit, and the branch and the files in one go at the end."""
        self._check_paths(path for step in steps for path in step.changes)
        with self.writing() as writer:
            writer.begin(steps)

    def tag(self, name: str, message: str, tagger: Person) -> str:
        """Give the commit that HEAD names a tag; its id. Raises StoreError where there is a tag of that name, or no commit."""
        with self.writing() as writer:
            return writer.tag(name, message, tagger)

    def tags(self) -> list[str]:
        """The names of the tags, sorted."""
        return sorted(self.command.run("for-each-ref", "--format=%(refname:strip=2)", "refs/tags").decode().split())


def _short(name: str) -> str:
    """A name from outside as a message may show it."""
    shown = printable(name)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
