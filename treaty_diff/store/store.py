"""The store: texts of treaties in git, by treaty, language, edition and legal date."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from datetime import date as day
from pathlib import Path

from ..citation import Address, TargetKind
from ..errors import AknError, StoreError, TreatyNotFound
from ..text.akn import read_treaty, write_treaty
from ..text.model import Edition, Kind, Treaty
from . import catalogue, excerpt, layout
from .catalogue import Catalogue, Expression
from .history import Change, Commit, History, commits
from .message import compose
from .objects import TREE
from .repository import Person, Repository


class Snapshot:
    """The store as it is at one commit. Commands read commits, never half-written files."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self._repository = repository
        self.commit = commit
        self._catalogues: dict[str, Catalogue] = {}

    def treaties(self) -> list[str]:
        """Ids of the treaties held, sorted."""
        held = self._repository.listing(self.commit, "texts")
        return sorted(entry.name for entry in held if entry.mode == TREE and layout.may_name_treaty(entry.name))

    def catalogue(self, treaty: str) -> Catalogue:
        """A treaty's entry; raises TreatyNotFound with the nearest ids."""
        if treaty not in self._catalogues:
            path = layout.catalogue_path(treaty)
            data = self._repository.read(self.commit, path)
            if data is None:
                raise _unknown(treaty, self.treaties())
            self._catalogues[treaty] = catalogue.read(data, path)
        return self._catalogues[treaty]

    def catalogues(self) -> list[Catalogue]:
        """The entries of all treaties held, sorted by id."""
        paths = [layout.catalogue_path(treaty) for treaty in self.treaties()]
        found = self._repository.read_all(self.commit, paths)
        return [catalogue.read(data, path) for path, data in zip(paths, found, strict=True) if data is not None]

    def files(self, treaty: str, expression: Expression) -> dict[str, bytes]:
        """The Akoma Ntoso files of an expression by name."""
        folder = layout.expression_folder(treaty, expression.edition, expression.name)
        return self._repository.files(self.commit, folder)

    def load(self, treaty: str, language: str = "", date: str = "", edition: Edition | None = None) -> Treaty:
        """An expression as a treaty; `Catalogue.choose` says which."""
        entry = self.catalogue(treaty)
        return self.text(entry, entry.choose(language, date, edition))

    def text(self, entry: Catalogue, expression: Expression) -> Treaty:
        """An expression as a treaty; raises AknError or StoreError, naming the file that is broken."""
        with _naming(layout.expression_folder(entry.treaty, expression.edition, expression.name)):
            found = read_treaty(unmerged(self.files(entry.treaty, expression)))
        return replace(found, meta=entry.describe(found.meta))

    def load_around(self, address: Address, treaty: str) -> Treaty:
        """The text that an address names, or as much of it as the address needs: the files that have its article.

        What is shown of a provision is the same; a chapter of a large treaty takes a tenth of the time of the whole.
        """
        entry = self.catalogue(treaty)
        expression = entry.choose(address.language, address.date)
        if address.target.kind in (TargetKind.ARTICLE, TargetKind.FOOTNOTE):
            with _naming(layout.expression_folder(entry.treaty, expression.edition, expression.name)):
                found = excerpt.of(unmerged(self.files(treaty, expression)), address.target)
            if found is not None:
                return replace(found, meta=entry.describe(found.meta))
        return self.text(entry, expression)


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
            data = self.repository.read("HEAD", layout.MARK) or path.read_bytes()
            settings = tomllib.loads(data.decode("utf-8"))
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

    def load_around(self, address: Address) -> Treaty:
        """The text that an address names, or as much of it as its place in the text needs."""
        return self.at(address.revision).load_around(address, address.treaty or self.default_treaty)

    # -- writing --------------------------------------------------------------------------

    def put(self, treaty: Treaty, *, summary: str = "", title: str = "", trailers: Mapping[str, str] | None = None) -> str | None:
        """Store an expression in one commit; None where nothing changes.

        `title` replaces the one that the catalogue has for the treaty; `trailers` are added to the commit's own.

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
            trailers=trailers,
        )

    # -- history --------------------------------------------------------------------------

    def log(self, address: Address | None = None) -> Iterator[Change]:
        """Commits, newest first: all of them, or those that changed a text or one of its provisions.

        Editions and languages are not crossed: the log is of the one that the address means.
        """
        if address is None:
            for commit in commits(self.repository, self.repository.resolve("HEAD")):
                yield Change(commit, commit.trailers.get("Expression", ""))
            return
        treaty = address.treaty or self.default_treaty
        snapshot = self.at(address.revision)
        expression = snapshot.catalogue(treaty).choose(address.language, address.date)
        history = History(self.repository, snapshot.commit, treaty, expression.edition)
        yield from history.changes(expression.language, self._wids(snapshot, address, treaty))

    def stored(self, treaty: str, revision: str = "") -> dict[tuple[Edition, str], Commit]:
        """By which commit each expression of a treaty was last stored."""
        snapshot = self.at(revision)
        expressions = snapshot.catalogue(treaty).expressions
        histories = {e.edition: History(self.repository, snapshot.commit, treaty, e.edition) for e in expressions}
        found = {(e.edition, e.name): histories[e.edition].stored(e.name) for e in expressions}
        return {key: commit for key, commit in found.items() if commit is not None}

    def _wids(self, snapshot: Snapshot, address: Address, treaty: str) -> list[str]:
        """What to follow through history: the wIds of what an address names, none for a whole text or a Part."""
        from ..text.index import Index

        index = Index(snapshot.load_around(address, treaty))
        if address.target.kind is TargetKind.FOOTNOTE:
            return [index.footnote(address.target)[0].wid]
        found = index.find_address(address)
        return [] if any(p.kind in (Kind.TREATY, Kind.PART) for p in found) else [p.wid for p in found]


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
    trailers: Mapping[str, str] | None = None,
    entry: Catalogue | None = None,
    check: bool = True,
) -> str | None:
    """Write an expression and its catalogue entry in one commit (see `Store.put`)."""
    with repository.writing():
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
        entry = entry.with_expression(Expression(meta.language, meta.date, meta.edition, meta.source, annexes))
        folder = layout.expression_folder(meta.treaty, meta.edition, meta.expression)
        files = write_treaty(treaty)
        if check:
            _refuse_invalid(files)
        changes: dict[str, bytes | None] = {path: entry.to_toml()}
        before = {item.name for item in repository.listing(head, folder) if item.is_file} if head else set()
        changes |= {f"{folder}/{name}": None for name in sorted(before - set(files))}
        changes |= {f"{folder}/{name}": data for name, data in files.items()}
        message = compose(treaty, len(files), summary=summary, trailers=trailers)
        return repository.commit(changes, message, author, committer, parent=head)


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


@contextmanager
def _naming(folder: str) -> Iterator[None]:
    """Say in which folder of the store a file is that cannot be read."""
    try:
        yield
    except AknError as error:
        raise AknError(f"{folder}: {error.what}", cause=error.cause, fix=error.fix or "restore it from git") from None


def unmerged(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files; raises AknError where a merge was committed with its conflicts in one of them."""
    for name, data in files.items():
        if b"<<<<<<< " in data and catalogue.CONFLICT.search(data):
            raise AknError(f"{name} has the marks of an unfinished merge.", cause="<<<<<<< stands in it", fix=catalogue.UNMERGED)
    return files


def _unknown(treaty: str, held: list[str]) -> TreatyNotFound:
    from difflib import get_close_matches

    near = get_close_matches(treaty, held, n=3, cutoff=0.4) or held[:5]
    return TreatyNotFound(
        f"The store holds no treaty “{treaty}”.",
        cause=f"held are: {', '.join(near)}" if near else "it holds none yet",
        fix="select one of these, or import the text with `treaty-diff import FILE --treaty ID`",
    )
