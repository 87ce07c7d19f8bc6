"""The store: texts of treaties in git, by treaty, language, edition and legal date."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from datetime import date as day
from pathlib import Path

from ..citation import Address, is_treaty_id
from ..errors import AknError, StoreError, TreatyNotFound
from ..text.akn import read_treaty, write_treaty
from ..text.model import Edition, Provision, Treaty
from . import catalogue, layout
from .catalogue import Catalogue, Expression
from .repository import Commit, Person, Repository


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that changed what a log was asked for."""

    commit: Commit
    expression: str


class Snapshot:
    """The store as it is at one commit. Commands read commits, never half-written files."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self._repository = repository
        self.commit = commit
        self._catalogues: dict[str, Catalogue] = {}

    def treaties(self) -> list[str]:
        """Ids of the treaties held, sorted."""
        return [name for name in self._repository.names(self.commit, "texts") if is_treaty_id(name)]

    def catalogue(self, treaty: str) -> Catalogue:
        """A treaty's entry; raises TreatyNotFound with the nearest ids."""
        if treaty not in self._catalogues:
            path = layout.catalogue_path(treaty)
            data = self._repository.read(self.commit, path)
            if data is None:
                raise _unknown(treaty, self.treaties())
            self._catalogues[treaty] = catalogue.read(data, path)
        return self._catalogues[treaty]

    def files(self, treaty: str, expression: Expression) -> dict[str, bytes]:
        """The Akoma Ntoso files of an expression by name."""
        folder = layout.expression_folder(treaty, expression.edition, expression.name)
        return self._repository.files(self.commit, folder)

    def load(self, treaty: str, language: str = "", date: str = "", edition: Edition | None = None) -> Treaty:
        """An expression as a treaty; `Catalogue.choose` says which."""
        entry = self.catalogue(treaty)
        found = read_treaty(self.files(treaty, entry.choose(language, date, edition)))
        return replace(found, meta=entry.describe(found.meta))


class Store:
    """A store on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.repository = Repository(root)
        self.default_treaty = self._settings()

    @classmethod
    def create(cls, root: Path) -> Store:
        """A new store in an empty or missing folder, with the embedded edition as its first history."""
        from .embedded import seed

        if (root / layout.MARK).exists():
            raise StoreError(
                f"{root} is a store already.",
                cause=f"it has a {layout.MARK}",
                fix="use it with --store, or name another folder",
            )
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise StoreError(
                f"{root} is not empty.",
                cause="a store is made in a folder of its own",
                fix="name an empty folder or one that does not exist yet",
            )
        try:
            root.parent.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(dir=root.parent, prefix=".treaty-diff-"))
            try:
                repository = Repository.create(made)
                seed(repository)
                repository.close()
                _move_in(made, root)
            finally:
                shutil.rmtree(made, ignore_errors=True)
        except OSError as error:
            raise StoreError(
                f"No store can be made in {root}.", cause=error.strerror or str(error), fix="name a folder that you may write to"
            ) from None
        return cls(root)

    def close(self) -> None:
        """Let go of git's processes."""
        self.repository.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _settings(self) -> str:
        path = self.root / layout.MARK
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise StoreError(f"{path} cannot be read.", cause=str(error), fix="restore it from git") from None
        if settings.get("format") != layout.FORMAT:
            raise StoreError(
                f"{self.root} has a format that this version does not know.",
                cause=f"format {settings.get('format')!r}, known is {layout.FORMAT}",
                fix="use the version of treaty-diff that made it",
            )
        return str(settings.get("default_treaty", layout.DEFAULT_TREATY))

    # -- reading --------------------------------------------------------------------------

    def at(self, revision: str = "") -> Snapshot:
        """The store at a revision, by default at HEAD."""
        commit = self.repository.resolve(revision or "HEAD")
        return Snapshot(self.repository, commit)

    def load(self, address: Address) -> Treaty:
        """The text that an address names; its place in the text is left aside."""
        snapshot = self.at(address.revision)
        return snapshot.load(address.treaty or self.default_treaty, address.language, address.date)

    # -- writing --------------------------------------------------------------------------

    def put(self, treaty: Treaty, *, summary: str = "", title: str = "") -> str | None:
        """Store an expression in one commit; None where nothing changes.

        `title` replaces the one that the catalogue has for the treaty.

        A text of the same edition, language and legal date is replaced. The author date is the
        legal date (not before 1970), the committer date is now.
        """
        name, email = self.repository.identity()
        committer = Person(name, email, int(time.time()))
        return put(
            self.repository,
            treaty,
            author=Person(name, email, legal_time(treaty.meta.date)),
            committer=committer,
            summary=summary,
            title=title,
        )

    # -- history --------------------------------------------------------------------------

    def log(self, address: Address | None = None) -> Iterator[Change]:
        """Commits, newest first: all of them, or those that changed a treaty or one of its provisions."""
        head = self.repository.head()
        if head is None:
            return
        if address is None:
            for commit in self.repository.log(head):
                yield Change(commit, _trailer(commit, "Expression"))
            return
        treaty = address.treaty or self.default_treaty
        entry = self.at(address.revision).catalogue(treaty)
        expression = entry.choose(address.language, address.date)
        folder = layout.expression_folder(treaty, expression.edition, expression.name)
        names = self._components(address, treaty)
        paths = tuple(f"{folder}/{name}" for name in names) if names else (folder,)
        for commit in self.repository.log(self.repository.resolve(address.revision or "HEAD"), paths):
            yield Change(commit, expression.name)

    def _components(self, address: Address, treaty: str) -> list[str]:
        from ..text.akn.names import filename
        from ..text.index import Index
        from ..text.model import COMPONENTS

        index = Index(self.load(replace(address, treaty=treaty)))
        out: list[str] = []
        for provision in index.find(address.target):
            holder: Provision | None = index.enclosing(provision, *COMPONENTS)
            if holder is None:
                return []
            out.append(filename(holder))
        return list(dict.fromkeys(out))


def legal_time(date: str) -> int:
    """A legal date as seconds since 1970, UTC, not before 1970."""
    try:
        moment = datetime.combine(day.fromisoformat(date), datetime.min.time(), tzinfo=UTC)
    except ValueError:
        return 0
    return max(0, int(moment.timestamp()))


def put(
    repository: Repository,
    treaty: Treaty,
    *,
    author: Person,
    committer: Person,
    summary: str = "",
    title: str = "",
    entry: Catalogue | None = None,
    check: bool = True,
) -> str | None:
    """Write an expression and its catalogue entry in one commit (see `Store.put`)."""
    meta = treaty.meta
    head = repository.head()
    path = layout.catalogue_path(meta.treaty)
    held = repository.read(head, path) if head else None
    if entry is None and held is not None:
        entry = catalogue.read(held, path)
    if entry is None:
        entry = Catalogue(meta.treaty, meta.title, meta.short, meta.signed, meta.status, meta.parties)
    if title:
        entry = replace(entry, title=title)
    treaty = replace(treaty, meta=entry.describe(meta))
    meta = treaty.meta
    annexes = tuple(dict.fromkeys(source for _, source in treaty.sources))
    expression = Expression(meta.language, meta.date, meta.edition, meta.source, annexes)
    entry = entry.with_expression(expression)
    folder = layout.expression_folder(meta.treaty, meta.edition, meta.expression)
    files = write_treaty(treaty)
    if check:
        _refuse_invalid(files)
    changes: dict[str, bytes | None] = {path: entry.to_toml()}
    before = set(repository.names(head, folder)) if head else set()
    changes |= {f"{folder}/{name}": None for name in sorted(before - set(files))}
    changes |= {f"{folder}/{name}": data for name, data in files.items()}
    return repository.commit(changes, _message(treaty, files, summary), author, committer, parent=head)


def _refuse_invalid(files: Mapping[str, bytes]) -> None:
    """Raise AknError where a file is not valid: the store takes in no other."""
    from ..text.validate import schema_errors

    for name, data in files.items():
        for finding in schema_errors(name, data):
            raise AknError(
                "The text cannot be stored: it would not be valid Akoma Ntoso.",
                cause=f"{finding.citation}: {finding.message}",
                fix="this is a fault of treaty-diff; please report it with the file",
            )


def _move_in(made: Path, root: Path) -> None:
    """Put a finished store in its place: whole where nothing is there, else its mark last."""
    if not root.exists():
        os.rename(made, root)
        return
    for item in sorted(made.iterdir(), key=lambda path: path.name == layout.MARK):
        os.rename(item, root / item.name)


def _message(treaty: Treaty, files: Mapping[str, bytes], summary: str) -> str:
    meta = treaty.meta
    provisions = sum(1 for p in treaty.walk() if p.eid)
    lines = [summary or f"{meta.title}: {meta.expression}, {meta.edition}", ""]
    lines += [f"Treaty: {meta.treaty}", f"Expression: {meta.expression}", f"Edition: {meta.edition}", f"Legal-Date: {meta.date}"]
    lines += [f"Provisions: {provisions}", f"Files: {len(files)}"]
    for source in dict.fromkeys((meta.source, *(source for _, source in treaty.sources))):
        lines += [f"Source: {source.name}"] if source.name else []
        lines += [f"Source-SHA256: {source.sha256}"] if source.sha256 else []
    return "\n".join(lines)


def _trailer(commit: Commit, name: str) -> str:
    prefix = f"{name}: "
    return next((line.removeprefix(prefix) for line in commit.message.splitlines() if line.startswith(prefix)), "")


def _unknown(treaty: str, held: list[str]) -> TreatyNotFound:
    from difflib import get_close_matches

    near = get_close_matches(treaty, held, n=3, cutoff=0.4) or held[:5]
    return TreatyNotFound(
        f"The store holds no treaty “{treaty}”.",
        cause=f"held are: {', '.join(near)}" if near else "it holds none yet",
        fix="select one of these, or import the text with `treaty-diff import FILE --treaty ID`",
    )
