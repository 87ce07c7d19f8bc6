"""Blocks in reading order → Treaty: what opens a chapter, an article, an annex, and what hangs where.

A heading's printed form (`printed`) is a claim; it is taken where the numbers agree: a chapter's number
follows the last one's and its articles carry it, an article follows the article before. What does not
follow belongs to the annex that is open, or is a line of running words.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from ..citation import label
from ..errors import SourceError
from ..negotiation.marking import Marker
from ..text.identifiers import assign
from ..text.model import ANNEXES, Footnote, Kind, Metadata, Treaty
from . import bounds, bracketed, contents, headings, printed
from .blocks import Block, Pages
from .lines import SENTINEL, bare, clean, ends, fold, to_text
from .linking import linked
from .printed import Head
from .report import Report
from .rooms import Maker, OutlineLine, Room, chapter_of, chapters

_OPENED = frozenset({Kind.ARTICLE, Kind.CHAPTER})
_SECTIONS = frozenset({Kind.SECTION, Kind.SUBSECTION})


def assemble(pages: Pages, meta: Metadata, report: Report, *, annexes_only: bool = False) -> Treaty:
    """The treaty that `pages` hold, its provisions named, its citations linked.

    Title pages and tables of contents are dropped and listed in `report`. Raises SourceError
    where there is no article, or, where a file of annexes was asked for (`annexes_only`), neither an article nor an annex.
    More than a treaty has is refused, too (`bounds`).
    """
    bounds.check_characters(sum(len(block.words) for block in pages.blocks))
    bounds.check_lines(len(pages.blocks))
    language = pages.language or meta.language
    notes, lines = _lines(pages, language, report)
    lines, signs = bracketed.lift(lines, report)
    for line in lines:
        line.head = None if line.table else printed.read(line.words, level=line.level)
    start = contents.beginning([(line.words, line.head) for line in lines], annexes_only=annexes_only)
    for line in lines[:start]:
        for words in textwrap.wrap(line.words, 110):  # the report cuts what is longer
            report.drop("title or table of contents", line.place, words)
    root = _Outline(lines[start:], report, annexes_only=annexes_only).root()
    made = Maker(language, notes, report).treaty(root)
    if signs is not None:
        made = Marker(signs).provision(made)
    if annexes_only and not any(p.kind in ANNEXES for p in made.walk()):
        raise SourceError(
            "No annex was found in the file.",
            cause="no line reads as the heading of an annex (“Annex 5-A: …”, “ANNEX 301.3”)",
            fix="check that its headings stand on lines of their own",
        )
    if not annexes_only and not any(True for _ in made.articles()):
        raise SourceError(
            "No article was found in the file.",
            cause="no line reads as the heading of an article (“Article 5: …”, “ARTICLE 301 …”)",
            fix="check that it is the text of a treaty, and that its headings stand on lines of their own",
        )
    treaty = linked(Treaty(meta, assign(made)))
    report.count(treaty)
    return treaty


# -- blocks to lines ------------------------------------------------------------------------------


def _lines(pages: Pages, language: str, report: Report) -> tuple[list[Footnote], list[OutlineLine]]:
    """The footnotes, and the blocks' words in which private characters stand for them."""
    notes: list[Footnote] = []
    signs: dict[str, str] = {}
    for key, (marker, words) in pages.notes.items():
        body, _ = clean(words)
        signs[key] = chr(SENTINEL + len(notes))
        notes.append(Footnote(marker, 0, to_text("\n".join(map(fold, body.split("\n"))), language)))
    lines: list[OutlineLine] = []
    used: set[str] = set()
    lost = {mark.key for block in pages.blocks for mark in block.marks if not mark.placed}
    for block in pages.blocks:
        words = _signed(block, signs, used)
        for piece in words.split("\n"):
            if fold(piece) or block.table:
                lines.append(OutlineLine(fold(piece), block.place, block.table, block.level))
    for n, key in enumerate(pages.notes):
        if key in lost:
            notes[n] = replace(notes[n], placed=False)
        elif key not in used:
            _hang(key, list(pages.notes)[:n], signs, lines)
            notes[n] = replace(notes[n], placed=False)
            report.unsure("footnote whose marker was not found", notes[n].marker, notes[n].body.content)
    return notes, lines


def _signed(block: Block, signs: dict[str, str], used: set[str]) -> str:
    out = []
    at = 0
    for mark in sorted(block.marks, key=lambda m: m.offset):
        if mark.key not in signs or mark.key in used:
            continue
        used.add(mark.key)
        out += [clean(block.words[at : mark.offset])[0], signs[mark.key]]
        at = mark.offset
    words = "".join([*out, clean(block.words[at:])[0]])
    return f"{block.number} {words}" if block.number else words


def _hang(key: str, before: Sequence[str], signs: dict[str, str], lines: list[OutlineLine]) -> None:
    """Put an unplaced footnote's sign behind the sign of the footnote before it, or on the last line."""
    for other in reversed(before):
        for line in lines:
            if signs[other] in line.words:
                line.words = line.words.replace(signs[other], signs[other] + signs[key])
                return
    if lines:
        lines[-1].words += signs[key]


# -- lines to rooms -------------------------------------------------------------------------------


class _Outline:
    """Reads the lines once; `here` is the room that takes the next words."""

    def __init__(self, lines: list[OutlineLine], report: Report, *, annexes_only: bool = False) -> None:
        self.annexes_only = annexes_only  # an annex may stand before the first article, and have articles of its own
        self.lines = lines
        self.report = report
        self.treaty = Room(Kind.TREATY)
        self.part: Room | None = None
        self.chapter: Room | None = None
        self.sections: list[Room] = []
        self.annexes: list[Room] = []  # the open annex, its appendix
        self.inner: list[Room] = []  # sections and articles inside the annex
        self.here = self.treaty
        self.article = ""  # number of the treaty's last article
        self.at = 0
        self._found: dict[Hashable, int] = {}

    def root(self) -> Room:
        """The rooms of the whole treaty."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.head is None or not self._opens(line, line.head):
                if printed.is_conclusion(line.words) and self._begun() and not self.inner and self._finished():
                    self._leave_annexes()
                    self.here = self.treaty.open(Kind.CONCLUSION, None, line.place)
                elif self.here is self.treaty:
                    self.here = self.treaty.open(Kind.PREAMBLE, None, line.place)
                self.here.body.append(line)
            self.at += 1
        self._conclude()
        return self.treaty

    def _conclude(self) -> None:
        """Give closing words that more of the treaty follows back to the room before them: they close nothing."""
        rooms = self.treaty.rooms
        for room in [
            r for n, r in enumerate(rooms) if r.kind is Kind.CONCLUSION and any(x.kind not in ANNEXES for x in rooms[n + 1 :])
        ]:
            before = rooms[rooms.index(room) - 1]
            while before.rooms:
                before = before.rooms[-1]
            before.body += room.body
            rooms.remove(room)
            self.report.unsure("closing words before the end", room.place, room.body[0].words)

    # -- what opens a room ------------------------------------------------------------------

    def _opens(self, line: OutlineLine, head: Head) -> bool:
        match head.kind:
            case Kind.PREAMBLE:
                opened = self._preamble(line, head)
            case Kind.PART:
                opened = self._part(line, head)
            case Kind.CHAPTER:
                opened = self._chapter(line, head)
            case Kind.SECTION | Kind.SUBSECTION:
                opened = self._section(line, head)
            case Kind.ARTICLE:
                opened = self._article(line, head)
            case _:
                opened = self._annex(line, head)
        return opened

    def _preamble(self, line: OutlineLine, head: Head) -> bool:
        if self.treaty.rooms:
            return False
        self.here = self.treaty.open(Kind.PREAMBLE, head, line.place)
        return True

    def _part(self, line: OutlineLine, head: Head) -> bool:
        ahead = self._ahead(skip=frozenset({Kind.PART}))
        if ahead is not None and ahead.kind is Kind.CHAPTER and self._follows_chapter(ahead):
            self._leave_annexes()
            self.part = self.here = self.treaty.open(Kind.PART, head, line.place)
            self.chapter, self.sections = None, []
            self._title()
            return True
        if self.annexes and head.sure:
            return self._inside(line, head, Kind.SECTION)
        return False

    def _chapter(self, line: OutlineLine, head: Head) -> bool:
        if not self._follows_chapter(head) or not self._has_articles(head):
            return False
        self._leave_annexes()
        self.chapter = self.here = (self.part or self.treaty).open(Kind.CHAPTER, head, line.place)
        self.sections = []
        self._title()
        return True

    def _section(self, line: OutlineLine, head: Head) -> bool:
        ahead = self._ahead(skip=_SECTIONS, bare_only=True)
        of_treaty = ahead is not None and ahead.kind is Kind.ARTICLE and self._follows_article(ahead.key)
        if self.annexes and not of_treaty:
            return self._inside(line, head, head.kind)
        if not head.num:
            return False  # a schedule of a Party is none outside annexes
        if not self.annexes and not of_treaty and not (head.sure and self._finished()):
            return False
        self._leave_annexes()
        outer = [room for room in self.sections[:1] if head.kind is Kind.SUBSECTION and room.kind is Kind.SECTION]
        holder = outer[0] if outer else self.chapter or self.part or self.treaty
        self.here = holder.open(head.kind, head, line.place)
        self.sections = [*outer, self.here]
        self._title()
        return True

    def _article(self, line: OutlineLine, head: Head) -> bool:
        of_annex = self.annexes_only and self.annexes and not self.article
        if not of_annex and self._follows_article(head.key) and (head.sure or self._finished()):
            self._hanging()
            self._leave_annexes()
            holder = self.sections[-1] if self.sections else self.chapter or self.part or self.treaty
            self.article = head.key
            self.here = holder.open(Kind.ARTICLE, head, line.place)
        elif self.annexes and head.sure and self._finished():
            return self._inside(line, head, Kind.ARTICLE)
        elif head.sure and self._finished() and not self.annexes and head.heading:
            self.report.unsure("article out of order", line.place, line.words)
            holder = self.sections[-1] if self.sections else self.chapter or self.part or self.treaty
            self.here = holder.open(Kind.ARTICLE, head, line.place)
        else:
            return False
        self._title()
        return True

    def _hanging(self) -> None:
        """Make a section of the heading that hangs at the end of the article before."""
        body = self.here.body
        if self.here.kind is not Kind.ARTICLE or len(body) < 2 or not headings.looks_like(bare(body[-1].words)):
            return
        if not ends(body[-2].words, ".;:") or body[-1].table:
            return
        line = body.pop()
        outer = [room for room in self.sections[:1] if room.num]
        kind = Kind.SUBSECTION if outer else Kind.SECTION
        holder = outer[0] if outer else self.chapter or self.part or self.treaty
        room = holder.open(kind, Head(kind, "", line.words, "", True), line.place)
        self.sections = [*outer, room]
        self.report.mend("heading that hung at the end of the article before", line.place, line.words)

    def _annex(self, line: OutlineLine, head: Head) -> bool:
        if not (self.article or self.annexes_only) or not (head.sure or self._finished()):
            return False
        of_annex = head.kind is Kind.APPENDIX and self.annexes
        same = self.annexes[0] if self.annexes and self.annexes[0].kind is head.kind else None
        if same is not None and same.key == head.key and head.key:
            if fold(bare(same.heading)).casefold() == fold(bare(head.heading)).casefold():
                self.report.drop("heading of an annex, printed again", line.place, line.words)
                return True
            self.report.unsure("annex of the same number again", line.place, line.words)
        if of_annex:
            holder = self.annexes[0]
            self.here = holder.open(head.kind, head, line.place)
            self.annexes = [holder, self.here]
        else:
            self._leave_annexes()
            self.here = (self.chapter or self.treaty).open(head.kind, head, line.place)
            self.annexes = [self.here]
        self.inner = []
        self._title()
        return True

    def _inside(self, line: OutlineLine, head: Head, kind: Kind) -> bool:
        """A section or article of the open annex."""
        if not self._finished() and not line.level:
            return False
        keep = {Kind.SECTION: (), Kind.SUBSECTION: (Kind.SECTION,), Kind.ARTICLE: (Kind.SECTION, Kind.SUBSECTION)}[kind]
        while self.inner and self.inner[-1].kind not in keep:
            self.inner.pop()
        holder = self.inner[-1] if self.inner else self.annexes[-1]
        self.here = holder.open(kind, head, line.place)
        self.inner.append(self.here)
        self._title()
        return True

    def _leave_annexes(self) -> None:
        self.annexes, self.inner = [], []

    # -- evidence ---------------------------------------------------------------------------

    def _ahead(self, *, skip: frozenset[Kind], bare_only: bool = False) -> Head | None:
        """The next heading of a kind not to skip; `bare_only`: no running words may stand before it."""

        def stops(line: OutlineLine) -> bool:
            if line.head is not None:
                return line.head.kind not in skip
            return bare_only and not headings.looks_like(line.words)

        line = self._next((skip, bare_only), stops)
        return line.head if line is not None else None

    def _next(self, key: Hashable, stops: Callable[[OutlineLine], bool]) -> OutlineLine | None:
        """The next line where `stops`, None where there is none; `key` names the question, which thousands of headings may ask."""
        found = self._found.get(key, 0)
        if found <= self.at:
            found = next((n for n in range(self.at + 1, len(self.lines)) if stops(self.lines[n])), len(self.lines))
            self._found[key] = found
        return self.lines[found] if found < len(self.lines) else None

    def _finished(self) -> bool:
        """Whether the words before the present line are complete."""
        if not self.at:
            return True
        before = self.lines[self.at - 1]
        words = bare(before.words)
        return bool(before.head or before.level or before.table or ends(words, ".;:") or headings.looks_like(words))

    def _begun(self) -> bool:
        """Whether there is something to conclude."""
        return any(room.kind is not Kind.PREAMBLE for room in self.treaty.rooms)

    def _follows_chapter(self, head: Head) -> bool:
        number = printed.ordinal(label(head.num))
        last = max((printed.ordinal(c.key) or 0 for c in chapters(self.treaty)), default=0)
        return number is None or number > last

    def _has_articles(self, head: Head) -> bool:
        """Whether the next article below a chapter's heading may be that chapter's."""
        number = printed.ordinal(label(head.num))
        line = self._next(
            "article or chapter", lambda line: line.head is not None and line.head.sure and line.head.kind in _OPENED
        )
        if line is None or line.head is None or line.head.kind is Kind.CHAPTER:
            return False
        own = chapter_of(line.head.key)
        return own == number if own is not None and number is not None else _after(line.head.key, self.article)

    def _follows_article(self, key: str) -> bool:
        """Whether an article of this number is the treaty's next, and not an annex's own."""
        own = chapter_of(key)
        if self.chapter is not None and own is not None:
            number = printed.ordinal(self.chapter.key)
            if number is not None and own != number:
                return False
            return self.article == "" or chapter_of(self.article) != own or _after(key, self.article)
        return _after(key, self.article)

    def _title(self) -> None:
        """Take the lines below a heading that only says its number as its title."""
        room = self.here
        if room.heading:
            return
        taken: list[str] = []
        while self.at + 1 < len(self.lines):
            line = self.lines[self.at + 1]
            words = bare(line.words)
            if line.head is not None or line.table or not headings.looks_like(words):
                break
            if taken and not (words.isupper() and bare(taken[-1]).isupper()):
                break
            if room.kind in _SECTIONS and not words.isupper():
                break
            taken.append(line.words)
            self.at += 1
        room.heading = " ".join(taken)


def _after(key: str, last: str) -> bool:
    """Whether an article's number may stand behind another one."""
    if not last:
        return True
    new, old = _parts(key), _parts(last)
    return new > old if new and old else True


def _parts(key: str) -> list[int]:
    if (spelt := printed.ordinal(key)) is not None:
        return [spelt]
    return [int(n) for n in re.findall(r"\d+", key)]
