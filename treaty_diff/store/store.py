"""The store: texts of treaties in git, by treaty, language, edition and legal date."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..citation import Address, TargetKind
from ..errors import StoreError
from ..text.model import Edition, Kind, Treaty
from . import layout
from .commits import Commit, Person
from .reading import Texts
from .repository import Repository
from .snapshot import Snapshot

if TYPE_CHECKING:
    from .history import Change


class Store:
    """A store on disk."""

    def __init__(self, root: Path, texts: Texts | None = None) -> None:
        """`texts` has what was read of the store before, by a process that opens it again and again."""
        self.root = root
        self._texts = texts
        self.repository = Repository(root)
        self.default_treaty = self._settings()

    @classmethod
    def create(cls, root: Path) -> Store:
        """A new store in an empty or missing folder, with the embedded edition as its first history."""
        import shutil
        import tempfile

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
        return Snapshot(self.repository, commit, self._texts)

    def resolve(self, address: Address) -> Address:
        """The address with the treaty or the proposal that it means (`treaty` is then `nafta1994` or `sunset/USA`).

        A topic without a Party is the text tabled first; which others there are is among the repository's notices.
        """
        from .tabled import resolve

        return resolve(self, address)

    def load(self, address: Address) -> Treaty:
        """The text that an address names; its place in the text is left aside."""
        a = self.resolve(address)
        return self.at(a.revision).load(a.treaty, a.language, a.date, round=a.round)

    def load_around(self, address: Address) -> Treaty:
        """The text that an address names, or as much of it as its place in the text needs."""
        a = self.resolve(address)
        return self.at(a.revision).load_around(a, a.treaty)

    # -- writing --------------------------------------------------------------------------

    def put(
        self,
        treaty: Treaty,
        *,
        summary: str = "",
        title: str = "",
        trailers: Mapping[str, str] | None = None,
        beside: Mapping[str, bytes | None] | None = None,
    ) -> str | None:
        """Store an expression in one commit; None where nothing changes.

        `title` replaces the one that the catalogue has for the treaty; `trailers` are added to the commit's own; `beside` are
        other files that the same commit writes.

        A text of the same edition, language and legal date is replaced. The author date is the
        legal date (not before 1970), the committer date is now.
        """
        from .put import legal_time, put

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
            beside=beside,
        )

    # -- history --------------------------------------------------------------------------

    def log(self, address: Address | None = None) -> Iterator[Change]:
        """Commits, newest first: all of them, or those that changed a text or one of its provisions.

        Editions and languages are not crossed: the log is of the one that the address means. A topic without a Party, asked for
        as a whole, gives the commits of all its texts.
        """
        from .history import Change, commits

        if address is None:
            for commit in commits(self.repository, self.repository.resolve("HEAD")):
                yield Change(commit, commit.trailers.get("Expression", ""))
            return
        from .tabled import all_of

        asked = all_of(self, address)
        if len(asked) > 1:
            order = {commit.sha: n for n, commit in enumerate(commits(self.repository, self.repository.resolve("HEAD")))}
            found = [change for one in asked for change in self._changes(one)]
            yield from sorted(found, key=lambda change: order.get(change.commit.sha, 0))
            return
        yield from self._changes(self.resolve(address))

    def _changes(self, address: Address) -> Iterator[Change]:
        from .history import History

        treaty, snapshot = address.treaty, self.at(address.revision)
        expression = snapshot.catalogue(treaty).choose(address.language, address.date, round=address.round)
        history = History(self.repository, snapshot.commit, treaty, expression.edition)
        yield from history.changes(expression.language, self._wids(snapshot, address, treaty))

    def stored(self, treaty: str, revision: str = "") -> dict[tuple[Edition, str], Commit]:
        """By which commit each expression of a treaty was last stored."""
        from .history import History

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


def _move_in(made: Path, root: Path) -> None:
    """Put a finished store in its place: whole where nothing is there, else its mark last."""
    if not root.exists():
        os.rename(made, root)
        return
    for item in sorted(made.iterdir(), key=lambda path: path.name == layout.MARK):
        os.rename(item, root / item.name)
