"""Closing words that stand on the line of a list's last entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text.model import Kind
from .builder import Node, tail
from .lines import ends, ends_with_connective
from .report import Report

_CONDITION = re.compile(r"(?:where|when|if|in the event|upon|cuando|si|en caso)\b", re.I)
_MODAL = re.compile(r"\b(?:shall|may|must|should|deberá|deberán|podrá|podrán)\b")
_MAIN = re.compile(
    r",\s+(?=(?:then\s+)?(?:the|that|each|such|no|any|it|either|those|la|el|esa|esta)\s+(?:[\w’'-]+\s+){0,7}?(?:shall|may|podrá|deberá)\b)",
    re.I,
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whether|whom|if|where|when|as|because|que|cuando)\s*$", re.I)
_BUT = re.compile(r"(?<=[;,])\s+(?=but\b)")
_CLOSING = "closing words on the last entry's line"


def cut(node: Node, place: str, report: Report) -> None:
    """Cut the closing words off the entries of all lists of a provision."""
    if node.children:
        _main_clause(node, place, report)
        if any(child.kind is Kind.DEFINITION for child in node.children):
            _exclusion(node, place, report)


def _main_clause(node: Node, place: str, report: Report) -> None:
    """Cut the main clause off the last entry's line where the chapeau is only a condition."""
    for child in node.children:
        if child.children:
            _main_clause(child, place, report)
    if node.kind is not Kind.PARAGRAPH or not _CONDITION.match(node.words) or _MODAL.search(node.words):
        return
    entries = node.children
    if any(entry.kind in (Kind.FLUSH, Kind.DEFINITION) for entry in entries) or any(ends(tail(e), ".") for e in entries[:-1]):
        return
    last = entries[-1]
    while last.children:
        last = last.children[-1]
    if _CONDITION.match(last.words):
        return
    cuts = [m for m in _MAIN.finditer(last.words) if not _RELATIVE.search(last.words[: m.start()])]
    if cuts:
        flush = last.words[cuts[-1].end() :]
        last.words = last.words[: cuts[-1].start() + 1]
        node.add(Node(Kind.FLUSH, words=flush))
        report.mend(_CLOSING, place, flush)


def _exclusion(node: Node, place: str, report: Report) -> None:
    """Cut `; but does not include …` off the last entry of a definition's list."""
    for child in list(node.children):
        if child.children:
            _exclusion(child, place, report)
    if not any(up.kind is Kind.DEFINITION for up in _above(node)):
        return
    for n, entry in enumerate(node.children):
        if entry.kind in (Kind.FLUSH, Kind.DEFINITION) or entry.children or n == 0:
            continue
        m = _BUT.search(entry.words)
        if m is None or not ends_with_connective(tail(node.children[n - 1])):
            continue
        opens = ends(entry.words, ",:")
        if not opens and n + 1 < len(node.children):
            continue
        flush = Node(Kind.FLUSH, words=entry.words[m.end() :])
        entry.words = entry.words[: m.start()]
        report.mend(_CLOSING, place, flush.words)
        up = node.parent
        if opens and n + 1 == len(node.children) and up is not None and up.children[-1] is not node:
            flush.parent = up
            up.children.insert(up.children.index(node) + 1, flush)
        else:
            flush.parent = node
            node.children.insert(n + 1, flush)
        return


def _above(node: Node) -> Iterator[Node]:
    at: Node | None = node
    while at is not None:
        yield at
        at = at.parent
