"""What an import did: what it counted, what it mended, what it did not understand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ..text.model import Treaty

_PLURALS = {
    "annex": "annexes",
    "appendix": "appendices",
    "flush": "closing lines",
    "footnote, place not found": "footnotes whose place was not found",
    "heading": "headings inside articles",
    "part": "Parts",
}


def counted(kind: str, number: int) -> str:
    """A count of provisions in words: `2 annexes`."""
    return f"{number} {kind}" if number == 1 else f"{number} {_PLURALS.get(kind, kind + 's')}"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing worth telling: what kind of thing, where (as a citation), which words."""

    what: str
    place: str
    words: str = ""

    def within(self, file: str) -> Note:
        """The note with its place in a file, where it does not say the file itself."""
        if not file or file in self.place:
            return self
        return Note(self.what, f"{file}, {self.place}" if self.place else file, self.words)

    def to_dict(self) -> dict[str, str]:
        """Plain data."""
        return {"what": self.what, "place": self.place, "words": self.words}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: its name, what kind it is, its sha256, and `use`: text, contents or left out."""

    name: str
    kind: str
    sha256: str
    use: str

    def to_dict(self) -> dict[str, str]:
        """Plain data."""
        return {"name": self.name, "kind": self.kind, "sha256": self.sha256, "use": self.use}


@dataclass
class Report:
    """Filled while a file is read; every change to the source's characters has its note here.

    `mended` are repairs the importer is sure of, `dropped` page furniture left out of the
    text, `unclear` places kept as they stand that a person should look at. `pieces` counts what `bounds` bounds;
    `files` are those of a publication of several, in the order in which they were read.
    """

    source: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    mended: list[Note] = field(default_factory=list)
    dropped: list[Note] = field(default_factory=list)
    unclear: list[Note] = field(default_factory=list)
    pieces: int = 0
    files: list[ReadFile] = field(default_factory=list)

    def mend(self, what: str, place: str, words: str = "") -> None:
        """Note a repair that the importer is sure of."""
        self.mended.append(Note(what, place, _short(words)))

    def drop(self, what: str, place: str, words: str = "") -> None:
        """Note page furniture that was left out of the text."""
        self.dropped.append(Note(what, place, _short(words)))

    def unsure(self, what: str, place: str, words: str = "") -> None:
        """Note a place, kept as it stands, that a person should look at."""
        self.unclear.append(Note(what, place, _short(words)))

    def add(self, other: Report, *, file: str = "") -> None:
        """Take over another report's notes, behind the own ones, their places in `file`; its counts are left."""
        for mine, notes in (
            (self.mended, other.mended),
            (self.dropped, other.dropped),
            (self.unclear, other.unclear),
        ):
            mine += [note.within(file) for note in notes]
        self.files += other.files

    def count(self, treaty: Treaty) -> None:
        """Count the provisions of the finished tree by kind, and its footnotes."""
        counts = self.counts
        for provision in treaty.walk():
            counts[provision.kind.value] += 1
            for text in (provision.heading, provision.text):
                if text is not None and text.notes:
                    counts.update("footnote" if note.placed else "footnote, place not found" for note in text.notes)
        del counts["treaty"]

    def to_dict(self) -> dict[str, Any]:
        """Schema `treaty-diff/ingest/1`."""
        return {
            "schema": "treaty-diff/ingest/1",
            "source": self.source,
            "files": [file.to_dict() for file in self.files],
            "counts": dict(sorted(self.counts.items())),
            "mended": dict(sorted(Counter(note.what for note in self.mended).items())),
            "dropped": [note.to_dict() for note in self.dropped],
            "unclear": [note.to_dict() for note in self.unclear],
            "notes": [note.to_dict() for note in self.mended],
        }


def _short(words: str, width: int = 120) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
