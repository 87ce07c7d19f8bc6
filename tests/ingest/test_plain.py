"""Plain text as people copy, extract and keep it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from treaty_diff.errors import SourceError
from treaty_diff.ingest import plain, scattered
from treaty_diff.ingest.blocks import Pages
from treaty_diff.ingest.report import Report
from treaty_diff.text.model import Kind, Metadata, Provision, Treaty

META = Metadata("reef", "Reef Treaty", "2001-02-03", "2001-02-03", "eng")
TOKEN = re.compile(r"[^\W\d_]+|\d+")


def read(text: str) -> tuple[Treaty, Report]:
    return plain.read(text.encode(), META)


def article(treaty: Treaty, label: str) -> Provision:
    return next(a for a in treaty.articles() if a.label == label)


# -- encodings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Artículo 1".encode(), "Artículo 1"),
        (b"\xef\xbb\xbf" + "Artículo 1".encode(), "Artículo 1"),
        ("\ufeffArtículo 1".encode("utf-16-le"), "Artículo 1"),
        ("\ufeffArtículo 1".encode("utf-16-be"), "Artículo 1"),
        ("Artículo 1".encode("utf-16-le"), "Artículo 1"),
        ("Artículo 1".encode("utf-16-be"), "Artículo 1"),
        ("Artículo “1” – €".encode("cp1252"), "Artículo “1” – €"),
    ],
)
def test_encoding_is_found_by_looking(data: bytes, text: str) -> None:
    assert plain.decode(data)[0] == text


def test_a_picture_is_no_text() -> None:
    with pytest.raises(SourceError, match="no plain text"):
        plain.read(bytes(range(32)) * 40, META)


def test_a_text_without_an_article_is_said_so() -> None:
    with pytest.raises(SourceError, match="No article"):
        plain.read(b"Dear reader,\n\nthis is a letter and nothing else.\n", META)


# -- pages ----------------------------------------------------------------------------------------

PAGED = """\
CHAPTER 1
KEEPERS OF THE REEF
Article 1.1: Keepers and the Boats That They May Use in the Lagoon and
beyond It
1. Each keeper of the outer reef shall, before the first day of the season,
tell the harbour master in writing which boats it means to send,1 and where.
2. A keeper may:
(a) send a boat that is painted in the colours of the lagoon and that
carries two lamps; or
(b) lend its boat to another keeper for one season, if that keeper has
asked for it in writing,
whichever is cheaper.

1
 For greater certainty, a raft is a boat if it has a mast that is taller than the
shortest of its crew.
1-1
Article 1.2: Count of Boats
The harbour master shall count the boats every evening, also on the days on which
none is expected to leave the lagoon.2 The count is posted at the gate.

2 A count by lamp light is a count.
1-2CHAPTER 2
GUESTS
Article 2.1: Guests
Guests of the lagoon may use the boats of the keepers if they ask for them on the
evening before.
2-1
ANNEX 2-A
LIST OF GUESTS
1. The guests are listed by the harbour master.
2-2
"""


def test_pages_leave_no_trace_but_in_the_report() -> None:
    treaty, report = read(PAGED)
    assert [note.words for note in report.dropped if note.what == "page number"] == ["1-1", "1-2", "2-1", "2-2"]
    assert not re.search(r"\d-\d", " ".join(p.words for p in treaty.walk()))


def test_a_heading_that_a_page_break_glued_is_found() -> None:
    treaty, _ = read(PAGED)
    assert [(c.label, c.title) for c in treaty.chapters()] == [("Chapter 1", "KEEPERS OF THE REEF"), ("Chapter 2", "GUESTS")]


def test_a_heading_that_a_line_broke_is_one() -> None:
    treaty, _ = read(PAGED)
    assert article(treaty, "Article 1.1").title == "Keepers and the Boats That They May Use in the Lagoon and beyond It"


def test_footnotes_at_the_foot_are_joined_to_their_words() -> None:
    treaty, report = read(PAGED)
    first = article(treaty, "Article 1.1").children[0]
    (note,) = first.footnotes
    assert first.words[: note.offset].endswith("means to send,")
    assert note.body.content.startswith("For greater certainty, a raft")
    assert note.body.content.endswith("of its crew.")
    (second,) = article(treaty, "Article 1.2").children[0].footnotes
    assert (second.marker, second.body.content) == ("2", "A count by lamp light is a count.")
    assert report.counts["footnote"] == 2


def test_lines_of_a_paragraph_are_put_together_and_a_closing_line_is_not() -> None:
    treaty, _ = read(PAGED)
    second = article(treaty, "Article 1.1").children[1]
    assert [(c.kind, c.label) for c in second.children] == [
        (Kind.SUBPARAGRAPH, "(a)"),
        (Kind.SUBPARAGRAPH, "(b)"),
        (Kind.FLUSH, ""),
    ]
    assert second.children[0].words == "send a boat that is painted in the colours of the lagoon and that carries two lamps; or"
    assert second.children[2].words == "whichever is cheaper."


def test_the_annex_hangs_on_its_chapter() -> None:
    treaty, _ = read(PAGED)
    annex = treaty.chapters()[1].children[-1]
    assert (annex.kind, annex.eid, annex.title) == (Kind.ANNEX, "annex_2-A", "LIST OF GUESTS")
    assert [c.label for c in annex.children] == ["1."]


def test_numbers_counted_through_and_running_lines_are_furniture() -> None:
    names = "amber basalt coral dune estuary fjord gulf".split()
    pages = [
        "Reef Treaty\n"
        + "\n".join(f"({letter}) the boats of the {name} and of its {letter * 3} reef;" for letter in "abcdefghijklmn")
        for name in names
    ]
    pages[0] = pages[0].replace("\n", "\nArticle 1: Boats\nThe boats are:\n", 1)
    text = "\n".join(f"{page}\n{n}" for n, page in enumerate(pages, 1))
    _, report = read(text)
    assert [note.words for note in report.dropped if note.what == "page number"] == [str(n) for n in range(1, 8)]
    assert [note.words for note in report.dropped if note.what == "running line"] == ["Reef Treaty"] * 7


# -- footnotes in brackets ------------------------------------------------------------------------

BRACKETS = """\
CHAPTER 1
Lamps

Article 1.1: Lamps[1]
Each lamp has one wick.[2]
Annex 1-A
Wicks
Wicks are white[3].
— — —
[1] A lantern is a lamp.
[2] A wick may be:
(a) round; or
(b) flat.
[3] Or nearly so.

CHAPTER 2
Oil

Article 2.1: Oil[1], [2]
No lamp burns without oil.
[1] Rape oil is oil.
[2] Whale oil is not oil.
"""


def test_footnotes_in_brackets_are_counted_by_chapter() -> None:
    treaty, report = read(BRACKETS)
    notes = [(p.kind, note.marker, note.body.content) for p in treaty.walk() for note in p.footnotes]
    assert notes == [
        (Kind.ARTICLE, "1", "A lantern is a lamp."),
        (Kind.PARAGRAPH, "2", "A wick may be:\n(a) round; or\n(b) flat."),
        (Kind.PARAGRAPH, "3", "Or nearly so."),
        (Kind.ARTICLE, "1", "Rape oil is oil."),
        (Kind.ARTICLE, "2", "Whale oil is not oil."),
    ]
    assert article(treaty, "Article 2.1").title == "Oil"
    assert [note.what for note in report.dropped] == ["rule"]


# -- everything on one line -----------------------------------------------------------------------

FILLER = " ".join(
    f"{n}. Keeper number {n} of the outer reef shall mend the nets of its boats in the evening." for n in range(3, 260)
)
FOLDED = (
    "MainText:\nPart One: Chapter One: TABLE OF CONTENTS Lamps _______________ PREAMBLE The keepers, resolved to: LIGHT the lamps; "
    "and MEND the nets; HAVE AGREED as follows: PART ONE: GENERAL PART CHAPTER ONE: LAMPS AND NETS ARTICLE 101: Lamps of the Reef "
    "The keepers shall light their lamps. Article 102: Nets 1. A keeper may: (a) mend a net, (b) sell a net; or c) burn a "
    f"net by reason of (i) its age, or (ii) its smell. Ashes are swept. 2. Nothing in paragraph 1(a) or (b) obliges a keeper. {FILLER} "
    "Annex 102.1: Nets of Canada Note: Nets are shown. Section A - Small Nets 1. Small nets are nets. Section B - Large Nets "
    "1. Large nets are not. CHAPTER TWO: BOATS Section A - Rafts ARTICLE 201: Rafts Each raft has a mast. "
    "ARTICLE 202: Final Words 2. 3. Boats float. Rafts drift. 4. Masts stand. IN WITNESS WHEREOF, the undersigned have signed.\n\nAnnexText:\nNA"
)


def test_one_line_is_taken_apart_at_printed_headings() -> None:
    treaty, report = read(FOLDED)
    assert [(a.label, a.title) for a in treaty.articles()] == [
        ("Article 101", "Lamps of the Reef"),
        ("Article 102", "Nets"),
        ("Article 201", "Rafts"),
        ("Article 202", "Final Words"),
    ]
    assert [c.title for c in treaty.chapters()] == ["LAMPS AND NETS", "BOATS"]
    assert [p.kind for p in treaty.root.children] == [Kind.PREAMBLE, Kind.PART, Kind.CONCLUSION]
    assert {note.what for note in report.dropped} == {"label of a database", "rule", "title or table of contents"}


def test_lists_on_one_line_are_found_and_citations_are_none() -> None:
    treaty, _ = read(FOLDED)
    first, second = article(treaty, "Article 102").children[:2]
    assert [c.label for c in first.children] == ["(a)", "(b)", "c)", ""]
    assert (first.children[3].kind, first.children[3].words) == (Kind.FLUSH, "Ashes are swept.")
    assert [c.label for c in first.children[2].children] == ["(i)", "(ii)"]
    assert second.words == "Nothing in paragraph 1(a) or (b) obliges a keeper."
    assert not second.children


def test_an_annex_on_one_line_keeps_its_sections() -> None:
    treaty, _ = read(FOLDED)
    annex = next(p for p in treaty.walk() if p.kind is Kind.ANNEX)
    assert (annex.title, annex.children[0].words) == ("Nets of Canada", "Note: Nets are shown.")
    assert [(c.label, c.title, len(c.children)) for c in annex.children[1:]] == [
        ("Section A", "Small Nets", 1),
        ("Section B", "Large Nets", 1),
    ]


def test_numbers_that_a_column_put_together_are_moved_where_it_is_certain() -> None:
    treaty, report = read(FOLDED)
    assert [(c.label, c.words) for c in article(treaty, "Article 202").children] == [
        ("2.", "Boats float."),
        ("3.", "Rafts drift."),
        ("4.", "Masts stand."),
    ]
    assert any(note.what == "numbers moved to their words" for note in report.mended)


ORDERED = FOLDED.replace(
    "Annex 102.1: Nets of Canada",
    "ARTICLE 103: When Lamps Are Lit and Nets Are Mended 1. A lamp burns: "
    "(a) by night, (b) 30 days after a storm, (c) Sundays excepted, or (d) in fog that is (i) 10 yards deep, or (ii) White. 2. by the shore: A keeper who sees the 3. Boats "
    "wait for a light under paragraph 1(a), (b) or (c). 4. The light of a lamp is counted thus: LUX = OIL x 100 NET "
    "where LUX is the light; OIL is the oil that is burnt; and NET is the net that is mended. Annex 102.1: Nets of Canada",
)


def test_markers_that_are_next_in_their_row_open_entries_whatever_stands_around_them() -> None:
    treaty, _ = read(ORDERED)
    found = article(treaty, "Article 103")
    assert found.title == "When Lamps Are Lit and Nets Are Mended"
    assert [c.label for c in found.children] == ["1.", "2.", "3.", "4."]
    lamps, shore, boats, light = found.children
    assert [(c.label, c.words) for c in lamps.children] == [
        ("(a)", "by night,"),
        ("(b)", "30 days after a storm,"),
        ("(c)", "Sundays excepted, or"),
        ("(d)", "in fog that is"),
    ]
    assert [(c.label, c.words) for c in lamps.children[3].children] == [("(i)", "10 yards deep, or"), ("(ii)", "White.")]
    assert shore.words == "by the shore: A keeper who sees the"
    assert boats.words == "Boats wait for a light under paragraph 1(a), (b) or (c)."
    assert [c.words for c in light.children] == [
        "LUX is the light;",
        "OIL is the oil that is burnt; and",
        "NET is the net that is mended.",
    ]


# -- nothing lost, nothing invented ---------------------------------------------------------------

FILES = ("edit-nafta-with-annexes-en.txt", "edit-tpp-with-annexes-en.txt", "release-tpp-2015-11-05-ch1-14-en.txt")


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text.lower())


def of_words(found: list[str]) -> list[str]:
    """The words without numbers and letters that may be markers."""
    return [token for token in found if len(token) > 1 and token.isalpha()]


def digits(found: Iterable[str]) -> Counter[str]:
    """Digits one by one: a page break or a marker may have glued two numbers."""
    return Counter(digit for token in found if token.isdigit() for digit in token)


def without_bodies(source: str, pages: Pages) -> str:
    """The source's words without its footnotes' bodies, each of which must stand there in one piece."""
    at = 0
    for marker, words in pages.notes.values():
        body = f" {marker} {' '.join(tokens(words))} "
        found = source.find(body, at)
        assert found >= 0, f"footnote {marker} is not in the source: {words[:80]}"
        source = source[: found + 1] + source[found + len(body) :]
        at = found
    return source


def units(provision: Provision) -> list[list[str]]:
    """The stored words unit by unit: what has a heading of its own stands apart from what is below it."""
    own: list[str] = []
    out = [own]
    for text in (provision.num, provision.heading, provision.text):
        if text is not None:
            own += tokens(text.content)
    for row in provision.table:
        for cell in row:
            own += tokens(cell.text.content)
    apart = (
        Kind.PART,
        Kind.CHAPTER,
        Kind.SECTION,
        Kind.SUBSECTION,
        Kind.ARTICLE,
        Kind.ANNEX,
        Kind.APPENDIX,
        Kind.PREAMBLE,
        Kind.CONCLUSION,
    )
    for child in provision.children:
        inside = units(child)
        if child.kind in apart:
            out += inside
        else:
            for words in inside:
                own += words
    return out


@pytest.mark.corpus
@pytest.mark.parametrize("name", FILES)
def test_every_word_of_a_plain_text_becomes_a_block_in_order(name: str, corpus: Path) -> None:
    data = (corpus / name).read_bytes()
    report = Report()
    pages = plain.pages(data, report)
    blocks = [token for block in pages.blocks for token in tokens(f"{block.number} {block.words}")]
    dropped = Counter(token for note in report.dropped for token in tokens(note.words))
    source = without_bodies(f" {' '.join(tokens(plain.decode(data)[0]))} ", pages).split()
    words = of_words(source)
    kept = iter(of_words(blocks))
    left: Counter[str] = Counter()
    ahead = next(kept, None)
    for word in words:
        if word == ahead:
            ahead = next(kept, None)
        else:
            left[word] += 1
    assert ahead is None, f"{ahead} is not in the source, or not at its place"
    assert left == Counter(of_words(list(dropped.elements())))
    found = [key for block in pages.blocks for key in [mark.key for mark in block.marks if mark.placed]]
    markers = Counter(digit for key in found for digit in pages.notes[key][0])
    counted = digits(token for note in report.mended if note.what == scattered.COUNTED for token in tokens(note.words))
    assert digits(source) + counted == digits(blocks) + digits(dropped.elements()) + markers


@pytest.mark.corpus
@pytest.mark.parametrize("name", FILES)
def test_every_block_is_stored_in_one_place(name: str, corpus: Path) -> None:
    data = (corpus / name).read_bytes()
    before = plain.pages(data, Report())
    treaty, report = plain.read(data, META)
    blocks = f" {' '.join(token for block in before.blocks for token in tokens(block.words))} "
    dropped = [t for n in report.dropped if n.what.startswith(("title", "heading of an annex")) for t in tokens(n.words)]
    stored = [words for words in units(treaty.root) if words]
    for words in stored:
        assert f" {' '.join(words)} " in blocks, f"not in one piece in the source: {' '.join(words[:20])}"
    assert Counter(t for words in stored for t in words) + Counter(dropped) == Counter(blocks.split())
