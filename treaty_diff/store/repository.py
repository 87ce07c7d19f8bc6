"""Git, as the store uses it: files of a commit are read, a commit is written, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import RevisionNotFound, StoreError
from . import journal, layout, lock
from .branch import Branch, Moved
from .claims import release
from .command import Git
from .journal import Journal
from .layout import BRANCH
from .loose import Loose, hash_of
from .objects import EXECUTABLE, FILE, Entry, Object, Objects, entries
from .worktree import WorkTree

_LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a commit, and when (seconds since 1970, UTC)."""

    name: str
    email: str
    time: int

    def line(self) -> str:
        """As it stands in a commit."""
        name, email = ("".join(c for c in word if c.isprintable() and c not in "<>").strip() for word in (self.name, self.email))
        return f"{name} <{email}> {self.time} +0000"


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
        self.git = Git(root)
        self.objects = Objects(self.git)
        self._found: Places | None = None
        self._writing = False

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
            folder, common, objects, algorithm, bare = self.git.run("rev-parse", *asked).decode().splitlines()
            at = self.root / common
            self._found = Places(Path(folder), at.resolve(), (self.root / objects).resolve(), algorithm, bare == "true")
        return self._found

    # -- reading --------------------------------------------------------------------------

    def head(self) -> str | None:
        """The commit that HEAD names, None before the first."""
        found = self.objects.get("HEAD^{commit}")
        return found.oid if found is not None else None

    def resolve(self, revision: str) -> str:
        """The commit that `revision` names; raises RevisionNotFound."""
        cause = "git knows no commit, branch or tag of that name"
        readable = revision.isprintable() and revision.count("{") == revision.count("}")
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
        rows = self.git.run("ls-tree", "-r", "-z", "--full-tree", commit).decode("utf-8", "surrogateescape").split("\0")
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
        rows = self.git.call("config", "-z", "--get-regexp", r"^user\.(name|email)$").stdout.decode("utf-8", "replace")
        known = dict(row.split("\n", 1) for row in rows.split("\0") if "\n" in row)
        return known.get("user.name") or "treaty-diff", known.get("user.email") or "treaty-diff@localhost"

    # -- writing --------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the store's only writer; what a killed writer left is finished first.

        Raises StoreError where another holds the lock for ten seconds or the store cannot be written to.
        """
        if self._writing:
            yield
            return
        try:
            with lock.held(self.places().common / "treaty-diff.lock"):
                self._writing = True
                try:
                    self._repair()
                    yield
                finally:
                    self._writing = False
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
        for path in changes:
            if not layout.is_store_path(path):
                raise StoreError(
                    f"“{_short(path)}” is no file of a store.",
                    cause="names have letters, digits, hyphens and underscores",
                    fix="rename it in the source",
                )
        with self.writing():
            places = self.places()
            branch = Branch(self.git, places.folder, places.common)
            if branch.current() != parent:
                raise Moved("HEAD is another commit than the one that was read")
            blobs = self._blobs(parent, changes, places.algorithm)
            if not blobs:
                return None
            tree = None if places.bare else WorkTree(self.root, places.folder, self.git, places.algorithm)
            if tree is not None:
                tree.refuse_to_overwrite(blobs)
            sha, line = self._write(changes, message, author, committer, parent)
            record = places.folder / "treaty-diff.journal"
            journal.write(record, Journal(sha, parent, blobs))
            try:
                branch.move(parent, sha, line, message.partition("\n")[0])
            except BaseException:
                if branch.current() != sha:
                    journal.clear(record)
                raise
            try:
                self._bring(tree, blobs, {path: new for path, (_, new) in blobs.items()})
            except (StoreError, OSError) as error:
                raise _half_done(sha, error) from None
            journal.clear(record)
            return sha

    def _blobs(
        self, parent: str | None, changes: Mapping[str, bytes | None], algorithm: str
    ) -> dict[str, tuple[str | None, str | None]]:
        """The files that really change: their blobs before and after."""
        before = self._at(parent, list(changes))
        after = {path: None if data is None else hash_of("blob", data, algorithm) for path, data in changes.items()}
        return {path: (before[path], after[path]) for path in changes if before[path] != after[path]}

    def _at(self, commit: str | None, paths: Sequence[str]) -> dict[str, str | None]:
        """The blobs of files at a commit."""
        if commit is None:
            return dict.fromkeys(paths)
        found = self.objects.all([f"{commit}:{path}" for path in paths])
        return {path: blob.oid if blob is not None else None for path, blob in zip(paths, found, strict=True)}

    def _write(
        self, changes: Mapping[str, bytes | None], message: str, author: Person, committer: Person, parent: str | None
    ) -> tuple[str, str]:
        """Write a commit's objects; its id and its committer's line."""
        places = self.places()
        loose = Loose(places.objects, self.objects, places.algorithm)
        base = None
        if parent is not None:
            known = self.commit_object(parent).data.decode("utf-8", "replace")
            base = self.tree(parent)
            # a clock that was set back must not put a commit before the one it stands on
            committer = Person(committer.name, committer.email, max(committer.time, _time(known)))
        tree = loose.change(base, changes) or loose.store("tree", b"")
        lines = [f"tree {tree}", *([f"parent {parent}"] if parent else [])]
        lines += [f"author {author.line()}", f"committer {committer.line()}", "", message.strip("\n").replace("\0", ""), ""]
        sha = loose.store("commit", "\n".join(lines).encode("utf-8", "surrogateescape"))
        loose.settle()
        return sha, committer.line()

    def _bring(
        self, tree: WorkTree | None, known: Mapping[str, tuple[str | None, str | None]], wanted: Mapping[str, str | None]
    ) -> None:
        if tree is None:
            return
        left = tree.bring(known, wanted, self._content)
        tree.bring_index(known, wanted)
        if left:
            self.notices.append(
                f"{len(left)} files were changed by hand and left alone, first {left[0]}: compare them with `git diff`."
            )

    def _content(self, blob: str) -> bytes:
        found = self.objects.get(blob)
        if found is None:
            raise StoreError(f"Object {blob} is missing.", cause="the store is damaged", fix="see `treaty-diff verify`")
        return found.data

    def _repair(self) -> None:
        """Finish what a killed writer began: its locks go, files and index become what HEAD says."""
        places = self.places()
        release(places.folder, places.common)
        tree = None if places.bare else WorkTree(self.root, places.folder, self.git, places.algorithm)
        if tree is not None:
            tree.tidy()
        record = places.folder / "treaty-diff.journal"
        found = journal.read(record)
        if found is not None:
            self._bring(tree, found.paths, self._at(self.head(), list(found.paths)))
            self.notices.append("An earlier command had been interrupted; the store's files were brought up to its history.")
        journal.clear(record)


def _half_done(sha: str, error: StoreError | OSError) -> StoreError:
    cause = f"{error.what} {error.cause}" if isinstance(error, StoreError) else error.strerror or str(error)
    return StoreError(
        f"The text is stored as commit {sha[:12]}, but the files beside the history could not be brought along.",
        cause=cause,
        fix="the next command that writes to the store finishes it",
    )


def _time(commit: str) -> int:
    """When a commit was made, by its committer's line."""
    line = next((line for line in commit.split("\n") if line.startswith("committer ")), "")
    words = line.split()
    return int(words[-2]) if len(words) > 2 and words[-2].isdigit() else 0


def _short(name: str) -> str:
    """A name from outside as a message may show it."""
    shown = "".join(c if c.isprintable() else "�" for c in name)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
