"""Reviewers' own notes as pages show them: who said what of which words, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..languages import alpha2
from .findings import Finding, Severity
from .sentences import date

if TYPE_CHECKING:
    from ..redline.comparison import Comparison, Row
    from ..store.notes import Thread
    from ..text.index import Index
    from ..text.notes import Note

KIND = "reviewers’ notes"
"""How notes are called where annotations are called by their kinds."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What one person said on a day, in a language."""

    who: str
    day: str
    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A note on a provision: whether it asks something, the words that it is on (empty: all of it), what was answered.

    `carried` says in words that it was found again after the text changed, empty where it stands where it was written.
    """

    name: str
    question: bool
    saying: Saying
    quote: str
    replies: tuple[Saying, ...]
    carried: str = ""

    @property
    def sentence(self) -> str:
        """All of it in one line, as a comment has it."""
        on = f" on “{self.quote}”" if self.quote else ""
        said = [f"{self.saying.who}, {self.saying.day}{on}: {self.saying.words}"]
        return " ".join([*said, *(f"{reply.who}, {reply.day}: {reply.words}" for reply in self.replies)])


Remarks = Mapping[str, Sequence[Remark]]
"""The notes of a text by the eId of the provision that each is on."""


def remarks(index: Index, threads: Iterable[Thread]) -> dict[str, list[Remark]]:
    """The notes on a text that are not resolved, by eId, oldest first; those whose words are gone from it are left out."""
    from ..text.akn.names import expression_iri
    from ..text.anchoring import How, anchor
    from ..text.notes import QUESTIONING, Target

    own = Target(expression_iri(index.treaty.meta), "", "").work
    out: dict[str, list[Remark]] = {}
    for thread in threads:
        target = thread.note.target
        if target is None or target.work != own or thread.resolved is not None:
            continue
        found = anchor(index, target)
        if found.provision is None:
            continue
        words = found.provision.words
        part = 0 < found.end - found.start < len(words)
        out.setdefault(found.provision.eid, []).append(
            Remark(
                thread.note.short,
                thread.note.motive == QUESTIONING,
                _saying(thread.note),
                words[found.start : found.end] if part else "",
                tuple(_replies(thread.replies)),
                "" if found.how is How.THERE else str(found.how),
            )
        )
    return out


def on_row(row: Row, found: tuple[Remarks, Remarks], said: set[tuple[int, str]]) -> Iterator[Remark]:
    """The notes on a row's provisions, the base's and the subject's; `said` has the provisions whose notes stand at a row above."""
    for k, side in enumerate((row.base, row.subject)):
        if side is not None and not side.note and (k, side.eid) not in said:
            said.add((k, side.eid))
            yield from found[k].get(side.eid, ())


def comments(comparison: Comparison, found: tuple[Remarks, Remarks]) -> Iterator[Finding]:
    """The notes on a comparison's provisions, as a Word file has them: comments on the rows."""
    for article in (*comparison.articles, *comparison.gone):
        said: set[tuple[int, str]] = set()
        for row in article.rows:
            for remark in on_row(row, found, said):
                yield Finding(row, remark.sentence, Severity.NOTE, "question" if remark.question else "note")


def _replies(notes: Iterable[Note]) -> Iterator[Saying]:
    for note in notes:
        if note.words:
            yield _saying(note)


def _saying(note: Note) -> Saying:
    return Saying(note.who, date(note.when), note.words, alpha2(note.language) or note.language)
