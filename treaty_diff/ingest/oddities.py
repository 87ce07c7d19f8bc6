"""What a person should look at in a text that was read without a fault."""

from __future__ import annotations

from collections.abc import Iterator

from .. import languages
from ..text.bidi import TURNING
from ..text.index import Index
from ..text.model import Kind, Provision, Text, Treaty
from .report import Report


def report_oddities(treaty: Treaty, report: Report) -> None:
    """Tell `report` of characters that turn the direction of writing, words of another language, and articles' numbers."""
    _turned(treaty, report)
    _language(treaty, report)
    _numbers(treaty, report)


def _turned(treaty: Treaty, report: Report) -> None:
    """Overrides and isolates can show words in another order than they are stored (CVE-2021-42574)."""
    found = [p for p in treaty.walk() if any(TURNING.search(words) for words in _words(p))]
    index = Index(treaty) if found else None
    for p in found:
        assert index is not None
        report.unsure("characters that turn the direction of writing", index.citation(p), p.title or p.words)


def _words(provision: Provision) -> Iterator[str]:
    def of(text: Text) -> Iterator[str]:
        yield text.content
        for note in text.notes:
            yield from of(note.body)

    for text in provision.texts():
        yield from of(text)


def _language(treaty: Treaty, report: Report) -> None:
    looks = languages.guess(p.words for p in treaty.walk())
    if looks and looks != treaty.meta.language:
        said, seen = languages.name(treaty.meta.language), languages.name(looks)
        report.unsure("language", "the file", f"said to be {said}, but the words are plainly {seen}")


def _numbers(treaty: Treaty, report: Report) -> None:
    for p in treaty.articles():
        if not p.label:
            report.unsure("article without a number", p.eid, p.title)
    for p in treaty.chapters():
        if not p.label:
            report.unsure("chapter without a number", p.eid, p.title)
    seen: set[str] = set()
    for p in treaty.articles():
        if p.kind is Kind.ARTICLE and p.label and p.label in seen:
            report.unsure("article number repeated", p.label, p.title)
        seen.add(p.label)
