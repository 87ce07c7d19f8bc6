"""The one way in which anything is written: objects, journal, branch, files, index, in this order.

Killed anywhere, a writer leaves the branch as before or as after, and a journal from which the next one finishes the files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import StoreError
from . import journal
from .branch import Branch, Moved
from .claims import release
from .commits import Person, Step, read_commit
from .journal import Journal
from .loose import Loose, hash_of
from .worktree import Blobs, WorkTree

if TYPE_CHECKING:
    from .repository import Repository

_JOURNAL = "treaty-diff.journal"


class Writer:
    """Writes to a repository, whose lock is held."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._places = places = repository.places()
        self._branch = Branch(repository.command, places.folder, places.common)
        self._tree = None if places.bare else WorkTree(repository.root, places.folder, repository.command, places.algorithm)
        self._record = places.folder / _JOURNAL

    def commit(
        self, changes: Mapping[str, bytes | None], message: str, author: Person, committer: Person, parent: str | None
    ) -> str | None:
        """As `Repository.commit` says."""
        if self._branch.current() != parent:
            raise Moved("HEAD is another commit than the one that was read")
        blobs = self._blobs(parent, changes)
        if not blobs:
            return None
        if self._tree is not None:
            self._tree.refuse_to_overwrite(blobs)
        sha, who = self._write({path: changes[path] for path in blobs}, message, author, committer, parent)
        journal.write(self._record, Journal(sha, parent, blobs))
        try:
            self._branch.move(parent, sha, who, message.partition("\n")[0])
        except BaseException:
            if self._branch.current() != sha:
                journal.clear(self._record)
            raise
        try:
            self._bring(blobs, {path: new for path, (_, new) in blobs.items()})
        except (StoreError, OSError) as error:
            raise _half_done(sha, error) from None
        journal.clear(self._record)
        return sha

    def begin(self, steps: Sequence[Step]) -> None:
        """As `Repository.begin` says."""
        loose = self._loose()
        tags: dict[str, str] = {}
        files: dict[str, bytes | None] = {}
        tree = head = None
        for step in steps:
            files |= step.changes
            tree = loose.change(tree, step.changes) or loose.store("tree", b"")
            head = _commit(loose, tree, head, step.message, step.who, step.who)
            if step.tag is not None:
                tags[step.tag[0]] = _tag(loose, head, *step.tag)
        loose.settle()
        if head is None:
            return
        self._branch.move(None, head, steps[-1].who.line(), "a new store")
        blobs = self._blobs(None, {path: data for path, data in files.items() if data is not None})
        self._bring(blobs, {path: new for path, (_, new) in blobs.items()})
        for name, made in tags.items():
            self._refer(name, made)

    def tag(self, name: str, message: str, tagger: Person) -> str:
        """As `Repository.tag` says."""
        head = self._branch.current()
        if head is None:
            raise StoreError("There is nothing to tag yet.", cause="the store has no commit")
        loose = self._loose()
        made = _tag(loose, head, name, message, tagger)
        loose.settle()
        self._refer(name, made)
        return made

    def _loose(self) -> Loose:
        return Loose(self._places.objects, self._repository.objects, self._places.algorithm)

    def _refer(self, name: str, made: str) -> None:
        # git's own way to a ref is one step, and refuses where there is one already
        done = self._repository.command.call("update-ref", f"refs/tags/{name}", made, "0" * len(made))
        if done.returncode:
            raise StoreError(
                f"The store cannot be tagged {name}.",
                cause=done.stderr.decode("utf-8", "replace").strip(),
                fix=f"see `git tag --list {name}`",
            )

    def repair(self) -> None:
        """Finish what a killed writer began: its locks go, files and index become what HEAD says."""
        release(self._places.folder, self._places.common)
        if self._tree is not None:
            self._tree.tidy()
        found = journal.read(self._record)
        if found is not None:
            self._bring(found.paths, self._at(self._branch.current(), list(found.paths)))
            self._repository.notices.append(
                "An earlier command had been interrupted; the store's files were brought up to its history."
            )
        journal.clear(self._record)

    def _blobs(self, parent: str | None, changes: Mapping[str, bytes | None]) -> Blobs:
        """The files that really change: their blobs before and after."""
        before = self._at(parent, list(changes))
        algorithm = self._places.algorithm
        after = {path: None if data is None else hash_of("blob", data, algorithm) for path, data in changes.items()}
        return {path: (before[path], after[path]) for path in changes if before[path] != after[path]}

    def _at(self, commit: str | None, paths: Sequence[str]) -> dict[str, str | None]:
        """The blobs of files at a commit."""
        if commit is None:
            return dict.fromkeys(paths)
        found = self._repository.objects.all([f"{commit}:{path}" for path in paths])
        return {path: blob.oid if blob is not None else None for path, blob in zip(paths, found, strict=True)}

    def _write(
        self, changes: Mapping[str, bytes | None], message: str, author: Person, committer: Person, parent: str | None
    ) -> tuple[str, str]:
        """Write a commit's objects; its id and its committer's line."""
        loose = self._loose()
        base = None
        if parent is not None:
            known = self._repository.commit_object(parent)
            base = self._repository.tree(parent)
            # a clock that was set back must not put a commit before the one it stands on
            committer = replace(committer, time=max(committer.time, read_commit(known).committed))
        tree = loose.change(base, changes) or loose.store("tree", b"")
        sha = _commit(loose, tree, parent, message, author, committer)
        loose.settle()
        return sha, committer.line()

    def _bring(self, known: Blobs, wanted: Mapping[str, str | None]) -> None:
        if self._tree is None:
            return
        left = self._tree.bring(known, wanted, self._content)
        self._tree.bring_index(known, wanted)
        if left:
            self._repository.notices.append(
                f"{len(left)} files were changed by hand and left alone, first {left[0]}: compare them with `git diff`."
            )

    def _content(self, blob: str) -> bytes:
        found = self._repository.objects.get(blob)
        if found is None:
            raise StoreError(f"Object {blob} is missing.", cause="the store is damaged", fix="see `treaty-diff verify`")
        return found.data


def _commit(loose: Loose, tree: str, parent: str | None, message: str, author: Person, committer: Person) -> str:
    lines = [f"tree {tree}", *([f"parent {parent}"] if parent else [])]
    lines += [f"author {author.line()}", f"committer {committer.line()}", "", message.strip("\n").replace("\0", ""), ""]
    return loose.store("commit", "\n".join(lines).encode("utf-8", "surrogateescape"))


def _tag(loose: Loose, commit: str, name: str, message: str, tagger: Person) -> str:
    lines = [f"object {commit}", "type commit", f"tag {name}", f"tagger {tagger.line()}", "", message, ""]
    return loose.store("tag", "\n".join(lines).encode())


def _half_done(sha: str, error: StoreError | OSError) -> StoreError:
    cause = f"{error.what} {error.cause}" if isinstance(error, StoreError) else error.strerror or str(error)
    return StoreError(
        f"The text is stored as commit {sha[:12]}, but the files beside the history could not be brought along.",
        cause=cause,
        fix="the next command that writes to the store finishes it",
    )
