"""The concordances of a store: found from either side, read, written in one commit."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..errors import StoreError
from ..printable import printable
from . import layout
from .commits import Person
from .repository import Repository

if TYPE_CHECKING:
    from ..align.document import Row


@dataclass(frozen=True, slots=True)
class Document:
    """A concordance as the store has it: the treaties in the order of its name, the path, the rows."""

    subject: str
    base: str
    path: str
    rows: tuple[Row, ...] = ()

    @property
    def name(self) -> str:
        """`nafta1994--tpp`, `sunset/USA--nafta1994`."""
        return f"{self.subject}--{self.base}"

    def towards(self, subject: str) -> tuple[Row, ...]:
        """The rows with this treaty as the subject: as they are, or mirrored."""
        return self.rows if subject == self.subject else tuple(row.mirrored() for row in self.rows)


def names(repository: Repository, commit: str) -> Iterator[tuple[str, str]]:
    """The pairs of treaties of which there is a concordance, sorted."""
    for entry in repository.listing(commit, layout.CONCORDANCES):
        pair = layout.pair_of(entry.name)
        if pair is not None and entry.is_file:
            yield pair


def find(repository: Repository, commit: str, subject: str, base: str) -> Document | None:
    """The concordance of two treaties, whichever stands first in its name; None where there is none.

    Raises StoreError where it is broken, and where there is one for each direction.
    """
    paths = {}
    for pair in ((subject, base), (base, subject)):
        with suppress(StoreError):
            paths[layout.concordance_path(*pair)] = pair
    held = {path: data for path, data in zip(paths, repository.read_all(commit, list(paths)), strict=True) if data is not None}
    if len(held) > 1:
        raise StoreError(
            f"{subject} and {base} have two concordances.",
            cause=f"{' and '.join(sorted(held))} are of the same pair",
            fix="remove one with git; `treaty-diff concordance` makes the proposals anew, and `confirm`, `reject` and `add` its decisions",
        )
    if not held:
        return None
    from ..align.document import read

    for path, data in held.items():
        return Document(*paths[path], path, read(data, path))
    return None


def save(repository: Repository, document: Document, rows: Iterable[Row], summary: str, head: str) -> str | None:
    """Record the document's rows in one commit, made from the commit `head`; None where they are what is held."""
    from ..align.document import write

    kept = tuple(rows)
    data = write(kept)
    trailers = f"Concordance: {document.name}\nRows: {len(kept)}"
    name, email = repository.identity()
    person = Person(name, email, now())
    message = f"{' '.join(printable(summary, ' ').split())}\n\n{trailers}"
    return repository.commit({document.path: data}, message, person, person, parent=head)


def now() -> int:
    """The time of what is decided and recorded, in seconds since 1970: `SOURCE_DATE_EPOCH`, else the clock's."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(fixed) if re.fullmatch(r"[0-9]{1,11}", fixed) else int(time.time())


def moment() -> str:
    """`now` as rows have it: ISO 8601, UTC."""
    return datetime.fromtimestamp(now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def decider(repository: Repository) -> str:
    """Who decides: the name that git knows, else that of the user's account; raises StoreError where there is neither."""
    import getpass

    name = repository.user_name()
    if not name:
        try:
            name = getpass.getuser()
        except (KeyError, OSError):
            name = ""
    name = " ".join(printable(name, " ").split())
    if not name:
        raise StoreError(
            "Nobody knows who decides.",
            cause="git has no user.name, and the system no name for you",
            fix='git config --global user.name "Your Name"',
        )
    return name
