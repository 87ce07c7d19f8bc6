"""Reviewers' notes in a store: a file a note under `annotations/`, so that two persons' notes merge by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import ProvisionNotFound, StoreError
from ..printable import printable
from ..text import notes
from ..text.notes import Note
from ..text.proposal import Distribution
from . import layout
from .commits import Person
from .concordances import now

if TYPE_CHECKING:
    from .store import Store


@dataclass(frozen=True, slots=True)
class Thread:
    """A note with its replies, oldest first, and whoever resolved it last."""

    note: Note
    replies: tuple[Note, ...] = ()
    resolved: Note | None = None


def held(store: Store, commit: str, audience: Distribution = Distribution.RESTRICTED) -> list[Note]:
    """The documents at a commit that an audience may see, oldest first; raises StoreError for one that is broken."""
    names = [e.name for e in store.repository.listing(commit, layout.ANNOTATIONS) if e.is_file and layout.is_note(e.name)]
    paths = [f"{layout.ANNOTATIONS}/{name}" for name in names]
    found = zip(paths, store.repository.read_all(commit, paths), strict=True)
    return sorted(
        (note for path, data in found if data is not None and (note := notes.read(data, path)).distribution.open_to(audience)),
        key=lambda n: (n.when, n.motive == notes.MODERATING, n.id),
    )


def threads(documents: Sequence[Note]) -> Iterator[Thread]:
    """The notes with what was answered; a reply to a reply stands with its note."""
    by_id = {n.id: n for n in documents}

    def root(n: Note) -> str:
        seen: set[str] = set()
        while n.answers in by_id and n.id not in seen:
            seen.add(n.id)
            n = by_id[n.answers]
        return n.id

    below: dict[str, list[Note]] = {}
    for n in documents:
        if n.answers:
            below.setdefault(root(n), []).append(n)
    for n in documents:
        if n.target is not None:
            rest = below.get(n.id, [])
            # a reply opens a note again that was resolved before it
            resolved = rest[-1] if rest and rest[-1].motive == notes.MODERATING else None
            yield Thread(n, tuple(rest), resolved)


def named(documents: Sequence[Note], name: str) -> Note:
    """The document whose id begins with `name`; raises ProvisionNotFound where none or several do."""
    wanted = name.removeprefix("urn:uuid:").lower()
    hits = [n for n in documents if n.id.removeprefix("urn:uuid:").startswith(wanted)] if wanted else []
    if len(hits) == 1:
        return hits[0]
    raise ProvisionNotFound(
        f"{'Several notes begin' if hits else 'No note begins'} with “{name[:40]}”.",
        cause=f"they are {', '.join(n.short for n in hits[:6])}" if hits else "`treaty-diff notes` lists them",
        fix="write more of the id" if hits else "name one of these",
    )


def save(store: Store, note: Note, about: str) -> str | None:
    """Record a document in one commit; None where it is there already."""
    name, email = store.repository.identity()
    person = Person(name, email, now())
    verb = {notes.REPLYING: "Reply", notes.MODERATING: "Resolve"}.get(note.motive, "Note")
    message = f"{verb}: {' '.join(printable(about, ' ').split())}\n\nNote: {note.short}\nDistribution: {note.distribution}"
    path = f"{layout.ANNOTATIONS}/{notes.filename(note)}"
    return store.repository.commit({path: notes.write(note)}, message, person, person, parent=store.at().commit)


def checked(words: str) -> str:
    """A note's words as they are kept; raises StoreError where there are none."""
    said = printable(words, " ").strip()
    if not said:
        raise StoreError(
            "A note says something.", cause="its text is empty", fix='write for example: treaty-diff note 1904.3 "Why?"'
        )
    return said
