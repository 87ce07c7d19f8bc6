"""Every word and every number of a real file is stored, once and in order.

A chapter's source (headings and bodies of its articles) without its footnotes' bodies must be
the stored words in order. Only numbers may be left over in the source: the footnotes' markers
and the numbers before their bodies, and the page numbers that the report says were dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from treaty_diff.ingest import tota
from treaty_diff.text.model import Footnote, Kind, Provision, Treaty

FILES = (
    "tota-101-canada-chile-en.xml",
    "tota-112-nafta-en.xml",
    "tota-156-us-peru-en.xml",
    "tota-159-korus-en.xml",
    "tota-186-cusfta-en.xml",
    "tota-342-us-colombia-en.xml",
    "tota-449-tpp-en.xml",
    "tota-450-tpp-es.xml",
)
TOKEN = re.compile(r"[^\W\d_]+|\d+")
NUMBERLESS = "footnote that had lost its number"


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text.lower())


def stored(provision: Provision, *, number: bool = True) -> list[str]:
    """The words of a provision and all below it; chapters' and articles' own numbers stand in attributes of the source."""
    out = []
    if provision.num is not None and number:
        out += tokens(provision.num.content)
    for text in (provision.heading, provision.text):
        if text is not None:
            out += tokens(text.content)
    for child in provision.children:
        out += stored(child, number=child.kind is not Kind.ARTICLE)
    return out


def footnotes(provision: Provision) -> list[Footnote]:
    return [note for p in provision.walk() for note in p.footnotes]


def blocks(chapter: Provision) -> tuple[list[list[str]], list[list[str]]]:
    """The stored words of each article, the section headings before it in front; and of each annex printed in the chapter."""
    articles: list[list[str]] = []
    annexes: list[list[str]] = []
    before: list[str] = []
    for child in chapter.children:
        if child.kind in (Kind.SECTION, Kind.SUBSECTION):
            for text in (child.num, child.heading):
                before += tokens(text.content) if text is not None else []
            inside, _ = blocks(child)
            inside[0][:0] = before
            articles += inside
            before = []
        elif child.kind is Kind.ARTICLE:
            articles.append(before + stored(child, number=False))
            before = []
        else:
            annexes.append(stored(child))
    return articles, annexes


def without_bodies(source: str, notes: list[Footnote], numberless: set[str]) -> str:
    """The chapter's words without its footnotes' bodies, each of which must stand there in one piece or line by line.

    `numberless` are the numbers of those that have lost them.
    """
    at = 0
    for note in sorted(notes, key=lambda n: int(n.marker)):
        body = " ".join(tokens(note.body.content))
        if not body:
            continue
        words = f" {body} " if note.marker in numberless else f" {note.marker} {body} "
        found = source.find(words, at)
        if found < 0:
            found = source.find(words)
        if found < 0:  # a body with lines of the treaty between its own
            left, printed = words.split(), f" {note.marker} "
            while left:
                taken = next((n for n in range(len(left), 1, -1) if f" {' '.join(left[:n])} " in source[at:]), 0)
                assert taken, f"footnote {note.marker} is not in the source: {' '.join(left[:12])}"
                found = source.index(f" {' '.join(left[:taken])} ", at)
                source = f"{source[:found]}{printed}{source[found + len(' '.join(left[:taken])) + 2 :]}"
                at, left, printed = found, left[taken:], " "
            continue
        source = f"{source[:found]} {note.marker}{source[found + len(words) - 1 :]}"
        at = found
    return source


def left_over(source: list[str], words: list[str], place: str) -> Counter[str]:
    """The numbers of the source that are not among the stored words, which must stand there in order."""
    extra: Counter[str] = Counter()
    at = 0
    for n, token in enumerate(source):
        if at < len(words) and token == words[at]:
            at += 1
        elif at < len(words) and token.isdigit() and words[at].isdigit() and len(token) > 3 and token.startswith(words[at]):
            extra[token[len(words[at]) :]] += 1  # a marker behind a number: `20131`
            at += 1
        else:
            assert token.isdigit(), f"{place}: {source[max(0, n - 12) : n + 3]} / {words[max(0, at - 9) : at + 6]}"
            extra[token] += 1
    assert at == len(words), f"{place}: {' '.join(words[at : at + 12])} is not in the source"
    return extra


def in_source_order(chapter: Provision, bodies: list[list[str]], following: list[str]) -> list[str]:
    """The chapter's stored words as the source has them: annexes behind the article that they were printed in."""
    articles, annexes = blocks(chapter)
    heading = tokens(chapter.title)
    out = list(heading)
    for body, words in zip(bodies, articles, strict=True):
        out += words
        while annexes and " ".join(annexes[0][:12]) in " ".join(body):
            out += annexes.pop(0)
    assert not annexes
    return out + following


def part_headings(treaty: Treaty) -> dict[str, list[str]]:
    """Words of the Part heading that the source prints at the end of the chapter before, by that chapter's eId."""
    out: dict[str, list[str]] = {}
    before = "preamble"
    for child in treaty.root.children:
        if child.kind is Kind.PART:
            out[before] = tokens(child.title)
            before = child.children[-1].eid
        elif child.kind is Kind.CHAPTER:
            before = child.eid
    return out


def is_numbered(chapter: etree._Element) -> bool:
    """Whether an element of the source is a chapter; the preamble and the conclusion have no number."""
    return bool(chapter.get("number")) or any(article.get("number") for article in chapter.iter("article"))


@pytest.mark.corpus
@pytest.mark.parametrize("name", FILES)
def test_every_word_is_stored_in_order(name: str, corpus: Path) -> None:
    data = (corpus / name).read_bytes()
    treaty, report = tota.read(data, "treaty")
    headings = part_headings(treaty)
    numbered = [c for c in etree.fromstring(data).iter("chapter") if is_numbered(c)]
    chapters = treaty.chapters()
    assert len(chapters) == len(numbered)
    extra: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    for source, chapter in zip(numbered, chapters, strict=True):
        bodies = [tokens((a.get("name") or "") + "\n" + "".join(a.itertext())) for a in source.iter("article")]
        words = [*tokens(source.get("name") or ""), *(t for body in bodies for t in body)]
        notes = footnotes(chapter)
        numberless = {
            n.words.split()[0] for n in report.mended if n.what == NUMBERLESS and n.place in (chapter.label, chapter.title)
        }
        rest = without_bodies(f" {' '.join(words)} ", notes, numberless).split()
        extra += left_over(rest, in_source_order(chapter, bodies, headings.get(chapter.eid, [])), chapter.label)
        for footnote in notes:
            expected[footnote.marker] += footnote.placed + bool(footnote.body.content)
    for note in report.mended:
        if note.what == "footnote placed by what it says":  # its marker is not in the source
            expected[note.words.split(",")[0]] -= 1
    for note in report.dropped:
        expected.update(tokens(note.words))
    for token in [t for t in extra - expected if len(t) == 2]:  # `12` is how the markers 1 and 2 look side by side
        for _ in range(extra[token] - expected[token]):
            extra.subtract([token])
            extra.update(token)
    assert extra == expected


@pytest.mark.corpus
@pytest.mark.parametrize("name", FILES)
def test_preamble_and_conclusion_lose_no_word(name: str, corpus: Path) -> None:
    data = (corpus / name).read_bytes()
    treaty, _ = tota.read(data, "treaty")
    bare = [c for c in etree.fromstring(data).iter("chapter") if not is_numbered(c)]
    words = [t for chapter in bare for article in chapter.iter("article") for t in tokens("".join(article.itertext()))]
    outside = [p for p in treaty.root.children if p.kind not in (Kind.PART, Kind.CHAPTER)]
    preambles = [t for p in outside if p.kind is Kind.PREAMBLE for t in stored(p)]
    others = [t for p in outside if p.kind is not Kind.PREAMBLE for t in stored(p)]
    assert words == preambles + part_headings(treaty).get("preamble", []) + others
