"""What happened to a text: the commits, and which of them changed one provision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import StoreError
from ..text.model import Edition
from . import layout
from .commits import Commit, read_commit
from .objects import TREE
from .repository import Repository


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that changed what a log was asked for: in which expression, and how.

    `change` is `first` (no other text was held that has it), `changed` and `removed` (against the text before), or `earlier` (it
    differs from the later text that was held already); empty for a log of everything.
    """

    commit: Commit
    expression: str
    change: str = ""


def commits(repository: Repository, revision: str, *paths: str) -> Iterator[Commit]:
    """Commits up to a commit that touched one of `paths` (all, where none is given), newest first."""
    shas = repository.command.run("rev-list", "--topo-order", revision, "--", *paths).decode().split()
    for sha, found in zip(shas, repository.objects.all(shas), strict=True):
        if found is None:
            raise StoreError(f"Commit {sha} is missing.", cause="the store is damaged", fix="see `treaty-diff verify`")
        yield read_commit(found)


class History:
    """The commits of one edition of a treaty, and what each did to its expressions."""

    def __init__(self, repository: Repository, revision: str, treaty: str, edition: Edition) -> None:
        self._repository = repository
        self._folder = f"{layout.treaty_folder(treaty)}/{edition}"
        self.commits = tuple(commits(repository, revision, self._folder))
        wanted = {sha for commit in self.commits for sha in (commit.sha, *commit.parents)}
        self._held = {sha: self._expressions(sha) for sha in wanted}

    def _expressions(self, sha: str) -> dict[str, str]:
        """The expressions at a commit and their trees."""
        return {
            entry.name: entry.oid
            for entry in self._repository.listing(sha, self._folder)
            if entry.mode == TREE and layout.EXPRESSION.fullmatch(entry.name)
        }

    def stored(self, expression: str) -> Commit | None:
        """The commit that last changed an expression."""
        for commit in self.commits:
            here = self._held[commit.sha].get(expression)
            if here is not None and all(self._held[parent].get(expression) != here for parent in commit.parents):
                return commit
        return None

    def changes(self, language: str, wids: Sequence[str]) -> Iterator[Change]:
        """The commits and expressions in one language that changed the provisions of these wIds (no wId: the whole text).

        A text is set against the one that it replaces, else against the next older one that was held, else against the next
        newer one. Provisions are followed by wId, so through renumbering and from file to file.
        """
        reader = _Provisions(self._repository, wids)
        for commit in self.commits:
            here = self._held[commit.sha]
            before = [self._held[parent] for parent in commit.parents] or [{}]
            names = {name for held in (here, *before) for name in held if name.startswith(f"{language}@")}
            for name in sorted(names, reverse=True):
                if any(held.get(name) == here.get(name) for held in before):
                    continue
                now = reader.at(here.get(name))
                references = [_reference(held, name) for held in before]
                then = [reader.at(held.get(other)) for held, other in zip(before, references, strict=True)]
                change = _kind(then[0], now, references[0] > name)
                if change and all(old != now for old in then):
                    yield Change(commit, name, change)


def _reference(held: Mapping[str, str], name: str) -> str:
    """The expression that one is set against: itself, else the next older one, else the next newer one; empty for none."""
    language = name.partition("@")[0]
    if name in held:
        return name
    others = sorted(other for other in held if other.startswith(f"{language}@"))
    older = [other for other in others if other < name]
    return older[-1] if older else next(iter(others), "")


def _kind(old: tuple[bytes, ...] | None, new: tuple[bytes, ...] | None, newer: bool) -> str:
    """What became of a provision; `newer` says that `old` is of a later legal date. Empty where that is no change."""
    if new is None:
        # an older text that never had the provision takes nothing away
        return "" if newer else "removed"
    if old is None:
        return "first"
    return "earlier" if newer else "changed"


class _Provisions:
    """Some provisions of an expression, as its files have them; each tree and each file is read once."""

    def __init__(self, repository: Repository, wids: Sequence[str]) -> None:
        self._repository = repository
        self._wids = tuple(wids)
        self._trees: dict[str, tuple[bytes, ...] | None] = {}
        self._blobs: dict[str, dict[str, bytes]] = {}

    def at(self, tree: str | None) -> tuple[bytes, ...] | None:
        """The provisions in a tree, None where none is there."""
        if tree is None:
            return None
        if not self._wids:
            return (tree.encode(),)
        if tree not in self._trees:
            files = [entry for entry in self._repository.listing(tree, "") if entry.is_file and entry.name.endswith(".xml")]
            new = [entry.oid for entry in files if entry.oid not in self._blobs]
            for oid, blob in zip(new, self._repository.objects.all(new), strict=True):
                self._blobs[oid] = self._found(blob.data) if blob is not None else {}
            found = {wid: data for entry in files for wid, data in self._blobs[entry.oid].items()}
            self._trees[tree] = tuple(found.get(wid, b"") for wid in self._wids) if found else None
        return self._trees[tree]

    def _found(self, data: bytes) -> dict[str, bytes]:
        wanted = {wid for wid in self._wids if f'"{wid}"'.encode() in data}
        if not wanted:
            return {}
        from lxml import etree

        from ..errors import AknError
        from ..text.akn.read import parse

        try:
            root = parse(data)
        except AknError:
            return {}
        out = {}
        for element in root.iter(etree.Element):
            wid = element.get("wId") or element.get("eId")
            if wid in wanted:
                out[str(wid)] = bytes(etree.tostring(element, with_tail=False))
        return out
