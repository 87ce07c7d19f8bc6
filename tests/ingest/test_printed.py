"""One pact printed as a web page, a Word file, a PDF and a plain text: the same tree from each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.printers import Paragraph, paper, renumbered, web, whole, word
from tests.conftest import small_treaty
from treaty_diff.ingest.docx import read_docx
from treaty_diff.ingest.html import read_html
from treaty_diff.ingest.outline import assemble
from treaty_diff.ingest.pdf import extract, read_pdf
from treaty_diff.ingest.report import Report
from treaty_diff.text.model import Footnote, Kind, Metadata, Provision, Text, Treaty

META = Metadata("pact", "Pact of the Guilds", "2001-02-03", "2001-02-03", "eng")
LONG = "which it shall do on the first day of each month in the hall of the town where it has its seat"


def pact(articles: int = 6) -> Treaty:
    """A pact whose chapter takes several pages, with lists, closing words and a definition."""
    rule = (
        f"1. Each Guild shall weigh its wares, {LONG}.\n\n2. A Guild may, {LONG}:\n\n(a) keep scales of its own, {LONG};\n\n"
        f"(b) do any of the following, {LONG}:\n\n(i) buy weights; or\n\n(ii) sell them; and\n\n(c) test its scales.\n\n"
        f"3. No Guild shall weigh the wares of another Guild, {LONG}."
    )
    return small_treaty(
        *[(f"Article 2.{n}", f"Rule {n}", rule) for n in range(1, articles + 1)], treaty="pact", chapter="CHAPTER 2"
    )


def noted(provision: Provision, count: list[int]) -> Provision:
    """The tree with a footnote in the middle of each third paragraph, and two side by side in each third subparagraph."""
    children = tuple(noted(child, count) for child in provision.children)
    text = provision.text
    if text is not None and provision.label == "3.":
        text = with_notes(text, count, " of another Guild")
    elif text is not None and provision.label == "(c)":
        text = with_notes(text, count, " its scales", 2)
    return replace(provision, children=children, text=text)


def with_notes(text: Text, count: list[int], behind: str, times: int = 1) -> Text:
    offset = text.content.index(behind) + len(behind)
    notes = []
    for _ in range(times):
        count[0] += 1
        body = f"For greater certainty, this note bears the number {count[0]}, {LONG}, and it ends so."
        notes.append(Footnote(str(count[0]), offset, Text(body, "eng")))
    return Text(text.content, text.language, (), tuple(notes))


def shape(provision: Provision) -> tuple[object, ...]:
    """All that counts of a tree: kinds, numbers, headings, words, and footnotes with their places."""
    notes = [(n.marker, n.offset, n.body.content, n.placed) for n in (provision.text.notes if provision.text else ())]
    return (
        provision.kind,
        provision.label,
        provision.title,
        provision.words,
        notes,
        [shape(child) for child in provision.children],
    )


def printed() -> tuple[Provision, list[Paragraph]]:
    (chapter,) = [p for p in pact().walk() if p.kind is Kind.CHAPTER]
    chapter = noted(chapter, [0])
    return chapter, renumbered(whole(chapter))


@pytest.mark.parametrize("form", ["web", "word", "paper"])
def test_a_chapter_comes_back_from_every_form_it_is_printed_in(form: str) -> None:
    chapter, found = printed()
    report = Report()
    if form == "web":
        pages = read_html(web.page("Pact", found), report=report)
    elif form == "word":
        pages = read_docx(word.document(found), report=report)
    else:
        pages = read_pdf(paper.document(found, running="PACT OF THE GUILDS", chapter="2"), report=report)
    treaty = assemble(pages, META, report)
    assert [shape(c) for c in treaty.chapters()] == [shape(chapter)]
    assert not report.unclear


def test_running_lines_and_page_numbers_of_a_printed_chapter_are_listed() -> None:
    _, found = printed()
    data = paper.document(found, running="PACT OF THE GUILDS", chapter="2")
    pages = len(extract(data)["pages"])
    report = Report()
    read_pdf(data, report=report)
    assert pages > 2
    assert [n.words for n in report.dropped if n.what == "page number"] == [f"2-{n}" for n in range(1, pages + 1)]
    assert [n.words for n in report.dropped if n.what == "running line"] == ["PACT OF THE GUILDS"] * pages


def test_raised_numbers_are_told_from_numbers_in_the_words() -> None:
    words = "A field of 9 m is small under Article 31 and services4 are none of 1994."
    found = [Paragraph("", "Article 1: Fields", level=5), Paragraph("1.", words, ((words.index(" and"), "26", "Of trade."),))]
    pages = read_pdf(paper.document(found, running="PACT", chapter="1"))
    block = pages.blocks[-1]
    assert block.words == f"1. {words}"
    assert [block.words[: mark.offset] for mark in block.marks] == ["1. A field of 9 m is small under Article 31"]
    assert list(pages.notes.values()) == [("26", "Of trade.")]


def test_a_raised_number_without_a_footnote_stays_and_is_told() -> None:
    operators = [
        "BT 72 700 Td /F1 11 Tf 0 Ts (A field of 9 m) Tj /F1 7 Tf 4 Ts (2) Tj /F1 11 Tf 0 Ts ( is small.) Tj /F1 7 Tf 4 Ts (1) Tj ET",
        "BT 72 90 Td /F1 7 Tf 4 Ts (1) Tj /F1 9 Tf 0 Ts ( Of land.) Tj ET",
    ]
    report = Report()
    pages = read_pdf(paper.pages_of([operators]), report=report)
    assert [(b.words, [m.offset for m in b.marks]) for b in pages.blocks] == [("A field of 9 m2 is small.", [25])]
    assert [n.what for n in report.unclear] == ["raised number without a footnote, kept as words"]


def test_a_page_in_two_columns_among_others() -> None:
    left = [
        "Article 1: Aims",
        *paper.wrapped(f"1. Each Guild shall weigh its wares, {LONG}, and shall keep a book of them, {LONG}.", 210),
        *paper.wrapped(f"2. It shall show the book, {LONG}.", 210),
    ]
    right = [
        "Article 2: Ends",
        *paper.wrapped(f"1. No Guild shall weigh the wares of another, {LONG}, nor shall it buy them, {LONG}.", 210),
        *paper.wrapped(f"2. It may look, {LONG}.", 210),
    ]
    report = Report()
    treaty = assemble(
        read_pdf(paper.pages_of([paper.in_columns(left, right, running="PACT OF THE GUILDS", number="1-1")]), report=report),
        META,
        report,
    )
    assert [(a.label, len(a.children)) for a in treaty.articles()] == [("Article 1", 2), ("Article 2", 2)]
    assert treaty.articles()[0].children[1].words == f"It shall show the book, {LONG}."
    assert [n.what for n in report.mended] == ["columns read one after the other"]
