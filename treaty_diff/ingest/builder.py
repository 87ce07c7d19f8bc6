"""Hangs every word of an article where it belongs.

Words without a marker go on with the entry that a line break cut, close the list that has
ended (flush words, on the provision that the list belongs to), or are a paragraph of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..text.model import Kind, list_kind
from . import definitions, headings
from .lines import bare, ends, ends_with_connective, starts_lower
from .numbering import CONNECTIVES, Style
from .report import Report
from .tokens import Token

_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.|\bNo\.|\bNos\.|\bArt\.|\bpara\.|\bU\.S\.C?|\bUS\.|\be\.g\.|\bi\.e\.)$")
_DEEP_FLUSH = re.compile(r"(?:provided|except|unless|(?:as|so) long as|on condition|siempre que|salvo)\b", re.I)
_EXCLUSION = re.compile(r"(?:but (?:does|do|shall) not|pero no)\b")
_PREPOSITION = re.compile(r"(?:in|of|to|for|by|with|on|at|from|into|en|de|del|por|para|con(?! tal que))\b")
_OPEN_PREPOSITION = re.compile(r"\b(?:in|of|to|for|by|with|on|at|from|under|en|de|por|para|con),$")
_NEAR = 2_000  # no bracket is open longer
_FINITE = re.compile(r"\b(?:shall|may|is|are|applies|apply|must|será|serán|podrá|deberá|es|son)\b")


@dataclass(slots=True, eq=False)
class Node:
    """A provision while it is built."""

    kind: Kind
    num: str = ""
    words: str = ""
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None

    def add(self, child: Node) -> Node:
        """Hang `child` below, after all others; returns it."""
        child.parent = self
        self.children.append(child)
        return child


def tail(node: Node) -> str:
    """The last words of a provision and all below it."""
    while node.children:
        node = node.children[-1]
    return node.words


class Builder:
    """Takes the tokens of an article in order; `article` is the tree so far."""

    def __init__(self, place: str, report: Report) -> None:
        self.article = Node(Kind.ARTICLE)
        self.base: Node | None = None
        self.stack: list[Node] = []
        self.numbered = False
        self.definition: Node | None = None
        self.last: Node | None = None
        self.place = place
        self.report = report

    def token(self, token: Token, following: Token | None, *, adjacent: bool) -> None:
        """Hang a token; `following` is the next one with a marker, `adjacent` where only headings stand between."""
        if token.definition:
            self._define(token)
        elif token.marker is not None:
            self._marker(token)
        else:
            self._plain(token, following, adjacent)

    def _entries(self) -> list[Node]:
        """The list entries that are open, outermost first."""
        return self.stack[1:] if self.numbered else self.stack

    def _paragraph(self, words: str = "") -> Node:
        """A new unnumbered paragraph of the article."""
        self.base = self.article.add(Node(Kind.PARAGRAPH, words=words))
        self.stack, self.numbered, self.definition = [], False, None
        return self.base

    def _marker(self, token: Token) -> None:
        reading = token.reading
        assert reading is not None
        assert token.marker is not None
        # running words may have closed a list that the numbering alone holds open
        depth = min(reading.depth, len(self.stack))
        if reading.depth == 0 and reading.style is Style.NUMBER:
            node = self.article.add(Node(Kind.PARAGRAPH, token.marker.printed, token.words))
            self.stack, self.numbered, self.definition, self.base = [node], True, None, None
        else:
            if depth == 0 and self.numbered:
                self.numbered, self.base, self.definition = False, None, None
            parent = self._parent(depth)
            if depth == len(self.stack) and self.last is not None and self.last.kind is Kind.FLUSH and self.last.parent:
                parent = self.last.parent  # a list that closing words open
            elif depth < len(self.stack) and self._entries() and self.stack[depth].parent is not None and depth >= self.numbered:
                parent = self.stack[depth].parent or parent
            level = 0
            up: Node | None = parent
            while up is not None and up.kind not in (Kind.PARAGRAPH, Kind.DEFINITION, Kind.ARTICLE):
                level += 1
                up = up.parent
            node = parent.add(Node(list_kind(level), token.marker.printed, token.words))
            self.stack = [*self.stack[:depth], node]
        self.last = node

    def _parent(self, depth: int) -> Node:
        if depth > self.numbered:
            return self.stack[depth - 1]
        if self.definition is not None:
            return self.definition
        if self.numbered:
            return self.stack[0]
        return self.base if self.base is not None else self._paragraph()

    def _define(self, token: Token) -> None:
        self.stack = self.stack[:1] if self.numbered else []
        if self.numbered:
            parent = self.stack[0]
        else:
            parent = self.base if self.base is not None else self._paragraph()
        self.definition = self.last = parent.add(Node(Kind.DEFINITION, words=token.words))

    def _plain(self, token: Token, following: Token | None, adjacent: bool) -> None:
        last, words = self.last, token.words
        if last is None:
            self.last = self._paragraph(words)
        elif not last.words:
            last.words = words
        elif self._is_heading(last, token, following, adjacent):
            self._heading(words, following)
        elif self._continues(last, token):
            self.report.mend("line break inside a sentence", self.place, f"{last.words[-40:]}⏎{words[:40]}")
            hyphen = last.words.endswith("-") and last.words[-2:-1].isalpha() and words[0].isalpha()
            last.words = f"{last.words}{words}" if hyphen else f"{last.words} {words}"
        elif not self.numbered and definitions.is_chapeau(words):
            self.last = self._paragraph(words)
        elif self._entries() and not self._new_paragraph(last, words):
            self.last = self._flush(words, following)
        elif last.kind is Kind.FLUSH or self.definition is not None or self.numbered:
            last.words = f"{last.words}\n{words}"
        else:
            self.last = self._paragraph(words)

    def _is_heading(self, last: Node, token: Token, following: Token | None, adjacent: bool) -> bool:
        """Whether a line is a heading inside the article: it stands between finished words and a marker."""
        if following is None or self.definition is not None or not headings.looks_like(token.words):
            return False
        return ends(last.words, ".;") or last.kind is Kind.HEADING or (adjacent and ends(last.words, ":"))

    def _heading(self, words: str, following: Token | None) -> None:
        """Hang a heading beside the provision that it stands above."""
        assert following is not None
        assert following.reading is not None
        reading = following.reading
        if reading.depth == 0 and reading.style is Style.NUMBER:
            parent = self.article
        else:
            parent = self._parent(min(reading.depth, len(self.stack)))
        self.last = parent.add(Node(Kind.HEADING, words=words))
        self.report.mend("heading inside an article", self.place, words)

    def _new_paragraph(self, last: Node, words: str) -> bool:
        """Whether words after a list start anew: only where nothing around is numbered or defined."""
        free = not self.numbered and self.definition is None
        return free and ends(last.words, ".") and not starts_lower(words)

    def _continues(self, last: Node, token: Token) -> bool:
        """Whether words go on with the sentence that a line break cut."""
        before, words = last.words, token.words
        in_list = bool(self._entries())
        before = before[-_NEAR:]  # asked for every line, while a provision may grow by thousands
        if words.lower() in CONNECTIVES or token.wrapped or before.count("(") > before.count(")"):
            return True
        if definitions.is_where(words):
            return False
        if ends(before):
            if ends(before, ".") and (_ABBREVIATION.search(bare(before)) or (starts_lower(words) and not in_list)):
                return True
            return ends(before, ";") and starts_lower(words) and not in_list and self.definition is None
        if not in_list or not self._final():
            return True
        if self.definition is not None and _EXCLUSION.match(words):
            return False
        if not ends(before, ",") or _OPEN_PREPOSITION.search(bare(before)) or words.count(" ") < (3 if ends(words, ",") else 2):
            return True
        if starts_lower(words):
            return token.soft and bool(_PREPOSITION.match(words))
        # with a capital only the main clause that the words before the list lack
        return token.soft or not _FINITE.search(words) or bool(_FINITE.search(self._holder().words))

    def _holder(self) -> Node:
        """The provision that the outermost open list belongs to."""
        parent = self._entries()[0].parent
        return parent if parent is not None else self.article

    def _final(self) -> bool:
        """Whether an open entry is the last of its list: the one before it ends with `and` or `or`."""
        for entry in self._entries():
            siblings = entry.parent.children if entry.parent else []
            if len(siblings) > 1 and siblings[-1] is entry and ends_with_connective(tail(siblings[-2])):
                return True
        return False

    def _flush(self, words: str, following: Token | None) -> Node:
        if self.last is not None and self.last.kind is Kind.FLUSH and self.last.parent is not None:
            self.last.words = f"{self.last.words}{chr(10) if ends(self.last.words) else ' '}{words}"
            return self.last
        entries = self._entries()
        holders = [entry.parent for entry in entries if entry.parent is not None]
        holder = holders[0]
        if _DEEP_FLUSH.match(words):
            holder = holders[-1]
        for entry in entries[:-1]:
            defined = definitions.match(entry.words)
            if defined is not None and defined["term"].lower() in words.lower():
                holder = entry  # the words speak of the term that the entry defines
        reading = following.reading if following is not None else None
        if reading is not None and reading.depth >= 0 and following is not None and not following.definition:
            level = reading.depth - self.numbered
            if level >= 0 and not (reading.depth == 0 and reading.style is Style.NUMBER):
                if level < len(entries) - 1 and not ends(words, ",:"):
                    holder = entries[level]
                else:
                    holder = holders[min(level, len(holders) - 1)]
        return holder.add(Node(Kind.FLUSH, words=words))
