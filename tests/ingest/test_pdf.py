"""PDFs written here by hand: lines, pages, columns, and files that no reader should trust."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treaty_diff.errors import SourceError
from treaty_diff.ingest import read
from treaty_diff.ingest.outline import assemble
from treaty_diff.ingest.pdf import extract, read_pdf, sniff_pdf
from treaty_diff.ingest.report import Report
from treaty_diff.text.model import Metadata

Placed = tuple[float, float, str]  # points from the left, from the bottom, words
META = Metadata("pact", "Pact of the Guilds", "2001-02-03", "2001-02-03", "eng")


def pdf(*pages: list[Placed], trailer: str = "", stream: bytes | None = None) -> bytes:
    """A PDF with lines of Helvetica in 10 points on A4."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        shown = "\n".join(f"BT /F1 10 Tf {x} {y} Td ({words.translate(ESCAPED)}) Tj ET" for x, y, words in lines)
        content = stream if stream is not None else zlib.compress(shown.encode("cp1252"))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(content), content))
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        objects.append(page.encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = b"%PDF-1.4\n"
    places = []
    for n, inside in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (n, inside)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def down(*lines: str, x: float = 72, top: float = 770) -> list[Placed]:
    return [(x, top - 14 * n, words) for n, words in enumerate(lines)]


def lines(data: bytes) -> list[str]:
    """The lines of all pages as they are extracted."""
    return ["".join(words for words, _ in runs).strip() for found, _ in extract(data)["pages"] for _, runs in found]


def test_each_paragraph_is_a_block_with_its_page() -> None:
    pages = read_pdf(pdf(down("Article 1: Aims", "1. The Guilds shall trade."), down("Article 2: Ends")))
    assert [(b.words, b.place) for b in pages.blocks] == [
        ("Article 1: Aims", "page 1"),
        ("1. The Guilds shall trade.", "page 1"),
        ("Article 2: Ends", "page 2"),
    ]


def printed_pages() -> bytes:
    """A pact as governments print them: a running line, page numbers, a footnote at the foot, sentences over pages."""

    def wide(n: int) -> list[str]:
        return [
            f"{n}. Each Guild shall weigh its wares on the scales of the hall on the first day of",
            "every month, and shall keep a book of what it weighs there.",
        ]

    first = ["CHAPTER 1", "WARES AND SCALES", "Article 1.1: Scales", *wide(1), *wide(2)[:1]]
    second = [
        *wide(2)[1:],
        *wide(3),
        "4. No Guild may weigh the wares of another Guild1 where that Guild has scales of its",
        "own in the hall.",
    ]
    third = ["Article 1.2: Books", *wide(1), *wide(2), *wide(3)]
    pages = []
    for number, body in enumerate((first, second, third), 1):
        rows = [(220, 810, "PACT OF THE GUILDS"), *down(*body, top=780)]
        if number == 2:
            rows += [
                (72, 120, "1 For greater certainty, wares of another Guild include wares that it has sold and"),
                (72, 106, "not yet sent."),
            ]
        pages.append([*rows, (290, 40, f"1-{number}")])
    for number in (4, 5, 6):
        pages.append(
            [
                (220, 810, "PACT OF THE GUILDS"),
                *down(f"Article 1.{number - 1}: Rule {number}", *wide(1), *wide(2), top=780),
                (290, 40, f"1-{number}"),
            ]
        )
    return pdf(*pages)


def test_page_furniture_is_dropped_and_listed_footnotes_joined_and_sentences_made_whole() -> None:
    report = Report()
    treaty = assemble(read_pdf(printed_pages(), report=report), META, report)
    first = next(treaty.root.articles())
    assert [a.label for a in treaty.articles()] == [f"Article 1.{n}" for n in range(1, 6)]
    assert [p.label for p in first.children] == ["1.", "2.", "3.", "4."]
    assert first.children[1].words == (
        "Each Guild shall weigh its wares on the scales of the hall on the first day of every month, and shall keep a book of what it weighs there."
    )
    (note,) = first.children[3].footnotes
    assert first.children[3].words[: note.offset].endswith("the wares of another Guild")
    assert note.body.content == "For greater certainty, wares of another Guild include wares that it has sold and not yet sent."
    dropped = [(n.what, n.place, n.words) for n in report.dropped]
    assert [d for d in dropped if d[0] == "page number"] == [("page number", f"page {n}", f"1-{n}") for n in range(1, 7)]
    assert [d[1] for d in dropped if d[0] == "running line"] == [f"page {n}" for n in range(1, 7)]


def test_a_pdf_becomes_a_treaty() -> None:
    report = Report()
    data = pdf(
        down(
            "Article 1: Aims",
            "1. The Guilds shall trade",
            "freely in wares.",
            "2. Each Guild shall keep:",
            "(a) scales; and",
            "(b) books.",
        )
    )
    treaty = assemble(read_pdf(data, report=report), META, report)
    (article,) = treaty.articles()
    assert [p.label for p in article.walk()] == ["Article 1", "1.", "2.", "(a)", "(b)"]
    assert article.children[0].words == "The Guilds shall trade freely in wares."


def test_a_word_parted_at_the_end_of_a_line_keeps_its_hyphen() -> None:
    assert lines(pdf(down("the mid-", "sized guilds"))) == ["the mid-", "sized guilds"]


LEFT = [f"left words of line {n} of the column" for n in range(12)]
RIGHT = [f"right words of line {n} of the column" for n in range(12)]


def test_columns_are_read_one_after_the_other() -> None:
    rows = [line for n in range(12) for line in (down(LEFT[n], top=700 - 14 * n)[0], down(RIGHT[n], x=320, top=700 - 14 * n)[0])]
    head, foot = (
        (72, 770, "A heading that stands above both of the columns and is as wide as they are together"),
        (290, 40, "page"),
    )
    report = Report()
    data = pdf([head, *rows, foot])
    read_pdf(data, report=report)
    assert lines(data) == [head[2], *LEFT, *RIGHT, "page"]
    assert [note.what for note in report.mended] == ["columns read one after the other"]


@pytest.mark.parametrize(
    "rows",
    [
        [(f"Chapter {n} of the pact and its wares", f"{n}") for n in range(14)],  # a table of contents
        [(f"01{n:02}", f"words of tariff line {n} and its ware") for n in range(14)],
    ],
)
def test_tables_are_not_taken_for_columns(rows: list[tuple[str, str]]) -> None:
    placed = [p for n, (a, b) in enumerate(rows) for p in ((72, 700 - 14 * n, a), (400, 700 - 14 * n, b))]
    assert " ".join(lines(pdf(placed))) == " ".join(f"{a} {b}" for a, b in rows)


def test_a_page_without_text_among_others_is_reported() -> None:
    report = Report()
    assert len(read_pdf(pdf(down("words"), []), report=report).blocks) == 1
    assert [(n.what, n.place) for n in report.unclear] == [("page without text", "page 2")]


GOOD = pdf(down("Article 1: Aims"))


def test_a_file_larger_than_a_pdf_may_be_is_refused() -> None:
    with pytest.raises(SourceError, match="too large"):
        read(GOOD + b"\0" * 100_000_001, "demo")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"%PDF-1.4 and nothing more",
        b"%PDF-" + b"\0" * 5_000,
        GOOD[: len(GOOD) // 3],
        pdf([]),
        b"%PDF-1.4\n" + b"[" * 1_000_000,
        pdf([], stream=zlib.compress(b"[" * 2_000_000)),
    ],
    ids="empty jpeg header nul cut no-text brackets deep-content".split(),
)
def test_hostile_and_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        read_pdf(data, name="pact.pdf")
    assert "pact.pdf" in error.value.what
    assert error.value.cause
    assert error.value.fix


def test_a_packed_bomb_does_not_outgrow_its_bounds() -> None:
    squared = zlib.compress(b"BT /F1 1 Tf (x) Tj ET\n" * 20_000_000, 9)
    with pytest.raises(SourceError) as error:
        read_pdf(pdf([], stream=squared), seconds=5)
    assert error.value.fix


def test_reading_stops_at_its_time_limit() -> None:
    with pytest.raises(SourceError, match="PDF") as error:
        read_pdf(GOOD, seconds=0.001)
    assert "0.001 seconds" in error.value.cause


@pytest.mark.parametrize(
    ("data", "expected"), [(GOOD, True), (b"\n\n%PDF-1.7", True), (b"PDF", False), (b"x" * 2000 + b"%PDF-", False)]
)
def test_a_pdf_is_known_by_its_sign(data: bytes, expected: bool) -> None:
    assert sniff_pdf(data) is expected


@settings(max_examples=300)
@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=4), st.integers(0, 60))
def test_damaged_bytes_are_read_or_refused(at: int, put: bytes, cut: int) -> None:
    answer = extract(GOOD[:at] + put + GOOD[at + cut :])
    assert "pages" in answer or answer["cause"]
