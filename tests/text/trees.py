"""Small treaties to test with, in our own words."""

from __future__ import annotations

from dataclasses import replace

from treaty_diff.citation import slug
from treaty_diff.text.identifiers import assign
from treaty_diff.text.model import Cell, Footnote, Kind, Metadata, Provision, Source, Span, Term, Text, Treaty

META = Metadata(
    treaty="demo",
    title="Agreement on Ferries & “Fishing” between A < B and C",
    signed="1994-01-01",
    date="1995-06-30",
    language="eng",
    parties=("CAN", "MEX"),
    short="Ferry Agreement",
    status="in force",
    source=Source("A source", "https://example.org/?a=1&b=2", "0" * 64, "CC0", 'By "nobody"'),
)


def text(words: str, *spans: Span, notes: tuple[Footnote, ...] = (), language: str = "eng") -> Text:
    return Text(words, language, spans, notes)


def note(marker: str, offset: int, words: str | Text, *, placed: bool = True) -> Footnote:
    return Footnote(marker, offset, words if isinstance(words, Text) else text(words), placed)


def provision(
    kind: Kind, num: str | Text = "", words: str | Text = "", *children: Provision, heading: str | Text = ""
) -> Provision:
    """A provision; empty strings stand for nothing there."""

    def made(value: str | Text) -> Text | None:
        return (text(value) if value else None) if isinstance(value, str) else value

    return Provision(kind, num=made(num), heading=made(heading), text=made(words), children=children)


def chapter(num: str, heading: str | Text, *children: Provision) -> Provision:
    return provision(Kind.CHAPTER, num, "", *children, heading=heading)


def section(num: str, heading: str, *children: Provision) -> Provision:
    return provision(Kind.SECTION, num, "", *children, heading=heading)


def article(num: str | Text, heading: str | Text, *children: Provision) -> Provision:
    return provision(Kind.ARTICLE, num, "", *children, heading=heading)


def annex(num: str, heading: str, *children: Provision) -> Provision:
    return provision(Kind.ANNEX, num, "", *children, heading=heading)


def para(num: str, words: str | Text, *children: Provision) -> Provision:
    return provision(Kind.PARAGRAPH, num, words, *children)


def sub(num: str | Text, words: str | Text, *children: Provision) -> Provision:
    return provision(Kind.SUBPARAGRAPH, num, words, *children)


def item(num: str, words: str | Text, *children: Provision) -> Provision:
    return provision(Kind.ITEM, num, words, *children)


def flush(words: str | Text) -> Provision:
    return provision(Kind.FLUSH, "", words)


def definition(words: str, *children: Provision) -> Provision:
    """A definition entry; what stands before `means` is its term."""
    term = words.partition(" means")[0]
    return provision(Kind.DEFINITION, "", text(words, Term(0, len(term), slug(term))), *children)


def heading(words: str) -> Provision:
    return provision(Kind.HEADING, "", words)


def table(*rows: tuple[str | Text, ...], kind: Kind = Kind.TABLE) -> Provision:
    """A table whose first row is its header."""
    cells = tuple(
        tuple(Cell(text(cell) if isinstance(cell, str) else cell, header=n == 0) for cell in row) for n, row in enumerate(rows)
    )
    return replace(provision(kind), table=cells)


def treaty(*children: Provision, meta: Metadata = META) -> Treaty:
    """The treaty with eIds on every provision."""
    return Treaty(meta, assign(Provision(Kind.TREATY, children=children)))


def one_article(*children: Provision, num: str = "Article 101") -> Treaty:
    """A treaty of one chapter with one article, which has these children."""
    return treaty(chapter("Chapter One", "Objectives", article(num, "Scope", *children)))


FERRIES = treaty(
    provision(Kind.PREAMBLE, "", "The Parties,", provision(Kind.RECITAL, "", "WISHING for ferries;"), flush("HAVE AGREED:")),
    chapter(
        "Chapter Eleven",
        "Boats",
        section("Section A", "Owners", article("Article 1101", "Scope", para("1.", "Boats float."), para("2.", "Some sink."))),
        section(
            "Section B",
            "Disputes",
            article("Article 1115", "Purpose", para("", "Crews may quarrel.")),
            article("Article 1116", "Claim"),
        ),
        article("Article 1138", "Exclusions", para("", "Canoes.")),
    ),
    chapter(
        "Chapter Nineteen",
        "Review of Tolls",
        article(
            "Article 1902",
            "Retention of Tolls",
            para("1.", "Each Party keeps its tolls."),
            para(
                "2.",
                "A Party may change them, provided:",
                sub("(a)", "it says so;"),
                sub("(d)", "the change", item("(i)", "is small, or"), item("(ii)", "comes late;")),
                flush("in which case nobody is cross."),
            ),
        ),
        article(
            text("Article 1904", notes=(note("1", 12, "A footnote on a number."),)),
            "Review of Final Tolls",
            para("1.", "A panel sits."),
            para("2.", "It has no list."),
            para(
                "15.", "It acts:", sub("(a)", "at noon;"), sub("(d)", text("by night.", notes=(note("3", 2, "Not on Sundays."),)))
            ),
        ),
        article(
            "Article 1911",
            "Definitions",
            para(
                "",
                "In this Chapter:",
                definition("ferry means a boat;"),
                definition("toll payer means:", sub("(a)", "a driver; or"), sub("(b)", "a walker.", item("(i)", "with a dog"))),
            ),
        ),
        annex(
            "Annex 1904.13",
            "Extraordinary Tolls",
            section("Section A", "Who", para("1.", "Three judges:", sub("(a)", "one from each side.")), para("2.", "No more.")),
        ),
    ),
    provision(Kind.CONCLUSION, "", "DONE at sea."),
    annex("Annex 6-A", "Ports", para("1.", "All ports."), provision(Kind.APPENDIX, "Appendix 1", "", para("1.", "And piers."))),
)
"""A treaty numbered by hundreds, like NAFTA; its 1904(2) has nothing below it."""
