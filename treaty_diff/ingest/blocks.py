"""What every importer of running pages hands on: blocks in reading order, and footnotes by key.

A plain text, a web page, a Word file and a PDF differ in how a block is found; what the
blocks mean (chapters, articles, provisions, annexes) is read in one place, `outline`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote's marker before character `offset` of a block's words; `key` names its body.

    `placed` is False where the source has lost the marker: the footnote then hangs where its body stood.
    """

    offset: int
    key: str
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table of a source.

    `words` keep the source's characters, white space folded; `number` is a list number that the source
    keeps apart from the words (Word's automatic lists), `(a)` or `1.` as it would be printed;
    `level` is 1 and up for what the source marks as a heading, 0 where it does not say;
    `place` says where it stands (`line 12`, `page 3`).
    """

    words: str
    place: str = ""
    number: str = ""
    level: int = 0
    marks: tuple[Mark, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass
class Pages:
    """A source taken apart: its blocks, and the bodies of its footnotes by key (marker and words)."""

    blocks: list[Block] = field(default_factory=list)
    notes: dict[str, tuple[str, str]] = field(default_factory=dict)
    language: str = ""
    title: str = ""
