"""The texts as a store has them at one commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from ..citation import Address, TargetKind
from ..errors import AknError, TreatyNotFound
from ..text.model import Edition, Treaty
from . import catalogue, excerpt, layout
from .catalogue import Catalogue, Expression
from .objects import TREE, Entry
from .reading import Held, Texts
from .repository import Repository


class Snapshot:
    """The store as it is at one commit. Commands read commits, never half-written files."""

    def __init__(self, repository: Repository, commit: str, texts: Texts | None = None) -> None:
        """`texts` has what was read before, of other commits perhaps."""
        self._repository = repository
        self.commit = commit
        self._catalogues: dict[str, Catalogue] = {}
        self._texts = texts if texts is not None else Texts()
        self._held: dict[tuple[str, Edition, str], Held] = {}

    def treaties(self) -> list[str]:
        """Ids of the treaties held, sorted."""
        return sorted(entry.name for entry in self._folders(layout.TEXTS) if layout.may_name_treaty(entry.name))

    def proposals(self, topic: str = "") -> list[str]:
        """Ids of the proposals held (`sunset/USA`), sorted: all, or those on a topic."""
        topics = [topic] if topic else [entry.name for entry in self._folders(layout.PROPOSALS)]
        works = (f"{name}/{entry.name}" for name in topics for entry in self._folders(f"{layout.PROPOSALS}/{name}"))
        return sorted(filter(layout.may_name_proposal, works))

    def consolidated(self) -> list[str]:
        """Ids of the consolidated texts held (`sunset/consolidated`), sorted."""
        works = (layout.consolidated(topic.name) for topic in self._folders(layout.PROPOSALS))
        return sorted(work for work in works if self.read(layout.catalogue_path(work)) is not None)

    def _folders(self, folder: str) -> list[Entry]:
        return [entry for entry in self._repository.listing(self.commit, folder) if entry.mode == TREE]

    def catalogue(self, treaty: str) -> Catalogue:
        """The entry of a treaty or a proposal; raises TreatyNotFound with the nearest ids."""
        if treaty not in self._catalogues:
            path = layout.catalogue_path(treaty)
            data = self._repository.read(self.commit, path)
            if data is None:
                raise _unknown(treaty, [*self.treaties(), *self.proposals(), *self.consolidated()])
            self._catalogues[treaty] = catalogue.read(data, path)
        return self._catalogues[treaty]

    def catalogues(self, works: Sequence[str] | None = None) -> list[Catalogue]:
        """The entries of all treaties held, sorted by id, or of the `works` that are named."""
        paths = [layout.catalogue_path(work) for work in (self.treaties() if works is None else works)]
        found = self._repository.read_all(self.commit, paths)
        return [catalogue.read(data, path) for path, data in zip(paths, found, strict=True) if data is not None]

    def read(self, path: str) -> bytes | None:
        """A file of the store by its path, None where it is not there."""
        return self._repository.read(self.commit, path)

    def files(self, treaty: str, expression: Expression) -> dict[str, bytes]:
        """The Akoma Ntoso files of an expression by name."""
        folder = layout.expression_folder(treaty, expression.edition, expression.name)
        return self._repository.files(self.commit, folder)

    def load(self, treaty: str, language: str = "", date: str = "", edition: Edition | None = None, round: int = 0) -> Treaty:
        """An expression as a treaty; `Catalogue.choose` says which."""
        entry = self.catalogue(treaty)
        return self.text(entry, entry.choose(language, date, edition, round))

    def text(self, entry: Catalogue, expression: Expression) -> Treaty:
        """An expression as a treaty; raises AknError or StoreError, naming the file that is broken."""
        with _naming(layout.expression_folder(entry.treaty, expression.edition, expression.name)):
            key = entry.treaty, expression.edition, expression.name
            if key not in self._held:
                self._held[key] = self._texts.read(unmerged(self.files(entry.treaty, expression)))
        held = self._held[key]
        return held.told(entry.describe(held.treaty.meta))

    def load_around(self, address: Address, treaty: str) -> Treaty:
        """The text that an address names, or as much of it as the address needs: the files that have its article.

        What is shown of a provision is the same; a chapter of a large treaty takes a tenth of the time of the whole.
        """
        entry = self.catalogue(treaty)
        expression = entry.choose(address.language, address.date, round=address.round)
        if address.target.kind in (TargetKind.ARTICLE, TargetKind.FOOTNOTE):
            with _naming(layout.expression_folder(entry.treaty, expression.edition, expression.name)):
                found = excerpt.of(unmerged(self.files(treaty, expression)), address.target)
            if found is not None:
                return replace(found, meta=entry.describe(found.meta))
        return self.text(entry, expression)


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

    if layout.is_consolidated(treaty):
        topic = treaty.partition("/")[0]
        return TreatyNotFound(
            f"The store holds no consolidated text on {topic}.",
            cause="none was stored",
            fix=f"store it with `treaty-diff consolidate {topic} --save`, or look at it with `treaty-diff consolidate {topic}`",
        )
    near = get_close_matches(treaty, held, n=3, cutoff=0.4) or held[:5]
    return TreatyNotFound(
        f"The store holds no treaty “{treaty}”.",
        cause=f"held are: {', '.join(near)}" if near else "it holds none yet",
        fix="select one of these, or import the text with `treaty-diff import FILE --treaty ID`",
    )
