"""From the flat text of an article to its provisions.

Three steps: lines become tokens (markers, definitions, plain words), the numbering grammar
reads all markers together, and the builder hangs every word where it belongs: on the entry
that a line break cut, on the parent of a list that has ended, or on a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ..text.model import Footnote, Kind, Provision, Term, Text, list_kind
from . import definitions, headings
from .lines import Line, bare, ends, ends_with_connective, last_word, split, starts_lower, to_text
from .numbering import CITING, CONNECTIVES, DEFINITION, Marker, Reading, Style, match_marker, read
from .report import Report

_INLINE = re.compile(
    r"\s+(?:(?:(?<=[;:]\s)|(?<=[;:]\s\s)|(?<=[;,] and\s)|(?<=[;,] or\s)|(?<=; y\s)|(?<=; o\s))(?=\(?[a-z]{1,4}\)\s+\S)|(?<=[.;]\s)(?=\d{1,2}\.\s+[A-Z]))"
)
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.|\bNo\.|\bNos\.|\bArt\.|\bpara\.|\bU\.S\.C?|\bUS\.|\be\.g\.|\bi\.e\.)$")
_DEEP_FLUSH = re.compile(r"(?:provided|except|unless|(?:as|so) long as|on condition|siempre que|salvo)\b", re.I)


@dataclass
class _Token:
    """A piece of an article: a marker with its words, the start of a definition, or plain words."""

    words: str
    line: int
    marker: Marker | None = None
    definition: bool = False
    soft: bool = False
    wrapped: bool = False
    reading: Reading | None = None


@dataclass
class _Node:
    kind: Kind
    num: str = ""
    words: str = ""
    children: list[_Node] = field(default_factory=list)
    parent: _Node | None = None

    def add(self, child: _Node) -> _Node:
        child.parent = self
        self.children.append(child)
        return child


# -- tokens -----------------------------------------------------------------------------------


def _pieces(words: str) -> list[str]:
    """Words cut where a marker stands inside the line."""
    if ")" not in words and "." not in words[:-1]:
        return [words]
    cuts = [0]
    cuts += [m.end() for m in _INLINE.finditer(words) if match_marker(words, m.end())]
    return [words[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(words)], strict=True)]


def _tokens(lines: Sequence[Line], defining: bool) -> list[_Token]:
    out: list[_Token] = []
    in_group = defining

    def before() -> str:
        return next((t.words for t in reversed(out) if t.words), "")

    def add_words(words: str, line: Line, *, first: bool, wrapped: bool) -> None:
        """Words without a marker before them, cut at definitions that start in them."""
        nonlocal in_group
        if not words:
            return
        previous = before()
        closed = not previous or ends(previous) or ends_with_connective(previous)
        parts = definitions.split(words) if in_group or definitions.is_chapeau(words.split(":")[0] + ":") else [words]
        for n, part in enumerate(parts):
            if definitions.is_chapeau(part):
                in_group = True
            own_line = n > 0 or (first and closed)
            if in_group and own_line and definitions.match(part):
                out.append(_Token(part, line.number, DEFINITION, definition=True, soft=line.soft and n == 0))
            elif n == 0 and not first and out and out[-1].marker is not None and not out[-1].words:
                out[-1].words = part
            else:
                out.append(_Token(part, line.number, soft=line.soft and n == 0, wrapped=wrapped and first and n == 0))

    width = max((len(line.words) for line in lines), default=0)
    open_ends = sum(not ends(line.words, ".;:,") and not ends_with_connective(line.words) for line in lines)
    hard = len(lines) >= 8 and width <= 140 and open_ends >= 0.4 * len(lines)
    previous_line = ""

    for line in lines:
        rest = line.words
        wrapped = hard and len(previous_line) >= 0.8 * width
        previous_line = rest
        for n, piece in enumerate(_pieces(rest)):
            at = 0
            first = True
            while (m := match_marker(piece, at)) is not None:
                previous = before() if first else ""
                marker = Marker(
                    m[0],
                    inline=n > 0,
                    after=last_word(previous) if first else "",
                    chapeau=ends(previous, ":"),
                )
                out.append(_Token("", line.number, marker, soft=line.soft and n == 0 and first))
                if m[0][0].isdigit():
                    in_group = defining
                at = m.end()
                while at < len(piece) and piece[at] in " \u00a0":
                    at += 1
                first = False
            add_words(piece[at:], line, first=first and n == 0, wrapped=wrapped)
    return out


def _read(tokens: list[_Token], place: str, report: Report) -> list[_Token]:
    """The tokens with their readings; markers that are none go back into the running words."""
    marked = [t for t in tokens if t.marker is not None]
    for token, reading in zip(marked, read([t.marker for t in marked if t.marker is not None]), strict=True):
        token.reading = reading
    out: list[_Token] = []
    for token in tokens:
        if token.marker is None or token.definition or (token.reading and token.reading.depth >= 0):
            if token.reading and not token.reading.sure and not token.definition and token.marker:
                report.unsure("numbering out of order", place, f"{token.marker.printed} {token.words}")
            out.append(token)
            continue
        words = f"{token.marker.printed} {token.words}".strip()
        citing = token.marker.after.lower() in CITING
        if not token.marker.inline and not citing:
            report.unsure("marker that fits no list", place, words)
        if out and (token.marker.inline or citing):
            out[-1].words = f"{out[-1].words} {words}"
        else:
            out.append(_Token(words, token.line, soft=token.soft))
    return out


# -- building ---------------------------------------------------------------------------------


class _Builder:
    def __init__(self, place: str, report: Report) -> None:
        self.article = _Node(Kind.ARTICLE)
        self.base: _Node | None = None
        self.stack: list[_Node] = []
        self.numbered = False
        self.definition: _Node | None = None
        self.last: _Node | None = None
        self.place = place
        self.report = report

    # the list entries that are open, outermost first
    def entries(self) -> list[_Node]:
        return self.stack[1:] if self.numbered else self.stack

    def paragraph(self, words: str = "") -> _Node:
        """A new unnumbered paragraph of the article."""
        self.base = self.article.add(_Node(Kind.PARAGRAPH, words=words))
        self.stack, self.numbered, self.definition = [], False, None
        return self.base

    def marker(self, token: _Token) -> None:
        reading = token.reading
        assert reading is not None and token.marker is not None
        depth = reading.depth
        if depth == 0 and reading.style is Style.NUMBER:
            node = self.article.add(_Node(Kind.PARAGRAPH, token.marker.printed, token.words))
            self.stack, self.numbered, self.definition, self.base = [node], True, None, None
        else:
            if depth == 0 and self.numbered:
                self.numbered, self.base, self.definition = False, None, None
            parent = self._parent(depth)
            if depth == len(self.stack) and self.last is not None and self.last.kind is Kind.FLUSH and self.last.parent:
                parent = self.last.parent  # a list that closing words open
            level = 0
            up: _Node | None = parent
            while up is not None and up.kind not in (Kind.PARAGRAPH, Kind.DEFINITION, Kind.ARTICLE):
                level += 1
                up = up.parent
            node = parent.add(_Node(list_kind(level), token.marker.printed, token.words))
            self.stack = [*self.stack[:depth], node]
        self.last = node

    def _parent(self, depth: int) -> _Node:
        outer = 1 if self.numbered else 0
        if depth > outer:
            return self.stack[depth - 1]
        if self.definition is not None:
            return self.definition
        if self.numbered:
            return self.stack[0]
        return self.base if self.base is not None else self.paragraph()

    def define(self, token: _Token) -> None:
        self.stack = self.stack[:1] if self.numbered else []
        if self.numbered:
            parent = self.stack[0]
        else:
            parent = self.base if self.base is not None else self.paragraph()
        self.definition = self.last = parent.add(_Node(Kind.DEFINITION, words=token.words))

    def plain(self, token: _Token, following: _Token | None) -> None:
        last, words = self.last, token.words
        if last is None:
            self.last = self.paragraph(words)
        elif not last.words:
            last.words = words
        elif self._is_heading(last, token, following):
            self._heading(words, following)
        elif self._continues(last.words, token):
            self.report.mend("line break inside a sentence", self.place, f"{last.words[-40:]}⏎{words[:40]}")
            last.words = f"{last.words} {words}"
        elif definitions.is_chapeau(words) and not self.numbered:
            self.last = self.paragraph(words)
        elif self.entries() and not self._new_paragraph(last, words):
            self.last = self._flush(words, following)
        elif last.kind is Kind.FLUSH or self.definition is not None or self.numbered:
            last.words = f"{last.words}\n{words}"
        else:
            self.last = self.paragraph(words)

    def _is_heading(self, last: _Node, token: _Token, following: _Token | None) -> bool:
        """Whether a line is a heading inside the article: it stands between finished words and a marker."""
        if following is None or self.definition is not None or not headings.looks_like(token.words):
            return False
        return ends(last.words, ".;:") or last.kind is Kind.HEADING

    def _heading(self, words: str, following: _Token | None) -> None:
        """Hang a heading beside the provision that it stands above."""
        assert following is not None and following.reading is not None
        reading = following.reading
        if reading.depth == 0 and reading.style is Style.NUMBER:
            parent = self.article
        else:
            parent = self._parent(reading.depth)
        self.last = parent.add(_Node(Kind.HEADING, words=words))
        self.report.unsure("heading inside an article", self.place, words)

    def _new_paragraph(self, last: _Node, words: str) -> bool:
        """Whether words after a list start anew: only where nothing around is numbered or defined."""
        free = not self.numbered and self.definition is None
        return free and ends(last.words, ".") and not starts_lower(words)

    def _continues(self, before: str, token: _Token) -> bool:
        words = token.words
        in_list = bool(self.entries())
        if words.lower() in CONNECTIVES or before.count("(") > before.count(")") or token.wrapped:
            return True
        if ends(before):
            if ends(before, ".") and (_ABBREVIATION.search(bare(before)) or (starts_lower(words) and not in_list)):
                return True
            return ends(before, ";") and starts_lower(words) and not in_list and self.definition is None
        if token.soft:
            return True
        if in_list and ends(before, ",") and starts_lower(words) and self._final():
            return False
        return True

    def _final(self) -> bool:
        """Whether an open entry is the last of its list: the one before it ends with `and` or `or`."""
        for entry in self.entries():
            siblings = entry.parent.children if entry.parent else []
            if len(siblings) > 1 and siblings[-1] is entry and ends_with_connective(_tail(siblings[-2])):
                return True
        return False

    def _flush(self, words: str, following: _Token | None) -> _Node:
        if self.last is not None and self.last.kind is Kind.FLUSH and self.last.parent is not None:
            self.last.words = f"{self.last.words}\n{words}"
            return self.last
        entries = self.entries()
        holders = [entry.parent for entry in entries if entry.parent is not None]
        holder = holders[0]
        if _DEEP_FLUSH.match(words):
            holder = holders[-1]
        reading = following.reading if following is not None else None
        if reading is not None and reading.depth >= 0 and following is not None and not following.definition:
            outer = 1 if self.numbered else 0
            level = reading.depth - outer
            if level >= 0 and not (reading.depth == 0 and reading.style is Style.NUMBER):
                if level < len(entries) - 1 and not ends(words, ",:"):
                    holder = entries[level]
                else:
                    holder = holders[min(level, len(holders) - 1)]
        return holder.add(_Node(Kind.FLUSH, words=words))


def _tail(node: _Node) -> str:
    """The last words of a provision and all below it."""
    while node.children:
        node = node.children[-1]
    return node.words


_CONDITION = re.compile(r"(?:where|when|if|in the event|upon|cuando|si|en caso)\b", re.I)
_MODAL = re.compile(r"\b(?:shall|may|must|should|deberá|deberán|podrá|podrán)\b")
_MAIN = re.compile(r",\s+(?=(?:then\s+)?(?:the|that|each|such|no|any|it|either|those|la|el|esa|esta)\s+(?:[\w’'-]+\s+){0,7}?(?:shall|may|podrá|deberá)\b)", re.I)
_RELATIVE = re.compile(r"\b(?:that|which|who|whether|whom|if|where|when|as|because|que|cuando)\s*$", re.I)


def _split_last_item(node: _Node, place: str, report: Report) -> None:
    """Cut the main clause off the last entry's line where the chapeau is only a condition."""
    for child in node.children:
        _split_last_item(child, place, report)
    entries = [c for c in node.children if c.kind is not Kind.FLUSH]
    if not entries or len(entries) != len(node.children) or entries[0].kind is Kind.DEFINITION:
        return
    if not _CONDITION.match(node.words) or _MODAL.search(node.words):
        return
    if node.kind is not Kind.PARAGRAPH or any(ends(_tail(e), ".") for e in entries[:-1]):
        return
    last = entries[-1]
    while last.children:
        last = last.children[-1]
    if _CONDITION.match(last.words):
        return
    cuts = [m for m in _MAIN.finditer(last.words) if not _RELATIVE.search(last.words[: m.start()])]
    if cuts:
        cut = cuts[-1]
        flush = last.words[cut.end() :]
        last.words = last.words[: cut.start() + 1]
        node.add(_Node(Kind.FLUSH, words=flush))
        report.mend("closing words on the last entry's line", place, flush)


_BUT = re.compile(r"(?<=[;,])\s+(?=but\b)")


def _split_exclusion(node: _Node, place: str, report: Report) -> None:
    """Cut `; but does not include …` off the last entry of a definition's list."""
    for child in list(node.children):
        _split_exclusion(child, place, report)
    if not any(up.kind is Kind.DEFINITION for up in _above(node)):
        return
    for n, entry in enumerate(node.children):
        if entry.kind in (Kind.FLUSH, Kind.DEFINITION) or entry.children or n == 0:
            continue
        cut = _BUT.search(entry.words)
        if cut is None or not ends_with_connective(_tail(node.children[n - 1])):
            continue
        opens = ends(entry.words, ",:")
        if not opens and n + 1 < len(node.children):
            continue
        flush = _Node(Kind.FLUSH, words=entry.words[cut.end() :])
        entry.words = entry.words[: cut.start()]
        report.mend("closing words on the last entry's line", place, flush.words)
        up = node.parent
        if opens and n + 1 == len(node.children) and up is not None and up.children[-1] is not node:
            flush.parent = up
            up.children.insert(up.children.index(node) + 1, flush)
        else:
            flush.parent = node
            node.children.insert(n + 1, flush)
        return


def _above(node: _Node) -> Iterator[_Node]:
    at: _Node | None = node
    while at is not None:
        yield at
        at = at.parent


def _provision(node: _Node, make: Callable[[str], Text]) -> Provision:
    text = make(node.words) if node.words else None
    if text is not None and node.kind is Kind.DEFINITION:
        found = definitions.term(text.content)
        if found is not None:
            text = Text(text.content, text.language, (Term(*found),), text.notes)
    return Provision(
        node.kind,
        num=make(node.num) if node.num else None,
        text=text,
        children=tuple(_provision(child, make) for child in node.children),
    )


def build(
    body: str,
    *,
    language: str,
    place: str,
    report: Report,
    notes: Sequence[Footnote] = (),
    defining: bool = False,
) -> tuple[Provision, ...]:
    """The provisions of an article's (or annex's) body.

    `body` is its text with line breaks; private characters in it stand for `notes` (see
    `lines.SENTINEL`). `defining`: the heading says that it holds definitions. `place` is the
    citation for the report. Provisions have no eIds yet.
    """
    tokens = _read(_tokens(split(body), defining), place, report)
    builder = _Builder(place, report)
    for n, token in enumerate(tokens):
        if token.definition:
            builder.define(token)
        elif token.marker is not None:
            builder.marker(token)
        else:
            following = next((t for t in tokens[n + 1 :] if t.marker is not None), None)
            builder.plain(token, following)
    for node in builder.article.children:
        _split_last_item(node, place, report)
        _split_exclusion(node, place, report)

    def make(words: str) -> Text:
        return to_text(words, language, notes)

    return tuple(_provision(node, make) for node in builder.article.children)
