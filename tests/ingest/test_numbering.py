"""The numbering grammar: tables of runs of markers, and random trees that are printed and read again."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treaty_diff.ingest.numbering import Marker, interpretations, match_marker, read
from treaty_diff.ingest.report import Report
from treaty_diff.ingest.structure import build
from treaty_diff.numerals import to_roman
from treaty_diff.text.model import Provision


@pytest.mark.parametrize(
    ("markers", "depths"),
    [
        ("1. 2. 3.", "0 0 0"),
        ("(a) (b) (c)", "0 0 0"),
        ("1. a) b) 2. a)", "0 1 1 0 1"),
        ("1. (a) (b) 2. (a)", "0 1 1 0 1"),
        ("1. (a) (i) (ii) (b) 2.", "0 1 2 2 1 0"),
        ("(g) (h) (i) (j)", "0 0 0 0"),  # the letter i
        ("(h) (i) (ii) (i) (j)", "0 1 1 0 0"),  # romans below (h), then the letter i
        ("(a) (i) (ii) (b)", "0 1 1 0"),  # roman at once
        ("(h) (i) (i) (ii) (j)", "0 0 1 1 0"),  # romans below the letter i
        ("1. (a) (i) (A) (B) (ii) (b)", "0 1 2 3 3 2 1"),
        ("(a) (i) (A) (AA) (BB) (B)", "0 1 2 3 3 2"),
        ("(i) (ii) (iii) (iv) (v) (vi)", "0 0 0 0 0 0"),
        ("(u) (v) (w)", "0 0 0"),
        ("(y) (z) (aa) (bb)", "0 0 0 0"),
        ("1. (a) (b) (1) (2) (c)", "0 1 1 2 2 1"),
        ("(k) 1) (m)", "0 0 0"),  # a scanner's 1) for l)
    ],
)
def test_depths_of_a_run_of_markers(markers: str, depths: str) -> None:
    run = [Marker(printed) for printed in markers.split()]
    if markers.startswith(("(g)", "(h)", "(u)", "(y)", "(k)")):  # the list began before
        first = markers.split()[0][1]
        run = [Marker(f"({chr(n)})") for n in range(ord("a"), ord(first))] + run
    found = [reading.depth for reading in read(run)]
    assert found[-len(depths.split()) :] == [int(depth) for depth in depths.split()]


@pytest.mark.parametrize(
    ("markers", "kept"),
    [
        ([Marker("1."), Marker("14."), Marker("2.")], [True, False, True]),
        ([Marker("1."), Marker("8.", after="paragraph"), Marker("2.")], [True, False, True]),
        ([Marker("(a)"), Marker("(b)"), Marker("(a)", after="subparagraph"), Marker("(c)")], [True, True, False, True]),
        ([Marker("(a)"), Marker("(b)", inline=True, after="or"), Marker("(b)")], [True, False, True]),
    ],
)
def test_cited_number_at_a_lines_start_opens_nothing(markers: list[Marker], kept: list[bool]) -> None:
    assert [reading.depth >= 0 for reading in read(markers)] == kept


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("(a) words", "(a)"),
        ("a) words", "a)"),
        ("12. Words", "12."),
        ("(ii)(A) words", "(ii)"),
        ("302.2. shall", None),
        ("1994, and", None),
        ("(see below)", None),
        ("(abcd) words", None),
    ],
)
def test_what_looks_like_a_marker(line: str, marker: str | None) -> None:
    m = match_marker(line)
    assert (m[0] if m else None) == marker


@pytest.mark.parametrize(
    ("printed", "ways"), [("(i)", 2), ("(b)", 1), ("(A)", 1), ("(ii)", 2), ("3.", 1), ("(3)", 1), ("(abc)", 0)]
)
def test_ways_to_read_a_marker(printed: str, ways: int) -> None:
    assert len(interpretations(printed)) == ways


# -- random trees ------------------------------------------------------------------------------


@dataclass
class Entry:
    """A numbered provision of a random tree."""

    words: list[str]
    children: list[Entry] = field(default_factory=list)


WORDS = st.lists(
    st.sampled_from("guild ware toll mill boat river grain smith ledger fair weight trade keeps pays sells goes".split()),
    min_size=2,
    max_size=6,
)
SIZES = {3: (2, 3, 9, 10, 12, 28), 2: (2, 3, 6, 11), 1: (2, 4)}


def entries(depth: int) -> st.SearchStrategy[list[Entry]]:
    """Lists of two or more entries, `depth` levels of them; those of letters go past (i) and past (z)."""
    if depth == 0:
        return st.just([])
    below = st.one_of(st.just([]), st.just([]), st.just([]), entries(depth - 1))
    entry = st.builds(Entry, WORDS, below)
    return st.sampled_from(SIZES[depth]).flatmap(lambda size: st.lists(entry, min_size=size, max_size=size))


TREES = st.lists(st.builds(Entry, WORDS, st.one_of(st.just([]), entries(3))), min_size=1, max_size=6)


def letters(n: int) -> str:
    return chr(96 + n) if n <= 26 else 2 * chr(96 + n - 26)


STYLES = (letters, to_roman, lambda n: letters(n).upper())
Read = tuple[str, str, list["Read"]]


@dataclass
class Printing:
    """How a tree is printed: brackets, what stands after a marker, blank lines, where sentences are broken."""

    brackets: bool
    gap: str
    blank: str
    broken: int

    def sentence(self, words: list[str], stop: str) -> str:
        text = list(words)
        if self.broken and len(text) > self.broken + 1:
            text[self.broken] += self.blank  # a hard break inside the sentence
            return " ".join(text[: self.broken + 1]) + " ".join(text[self.broken + 1 :]) + stop
        return " ".join(text) + stop

    def label(self, depth: int, n: int) -> str:
        if depth == 0:
            return f"{n}."
        inner = STYLES[depth - 1](n)
        return f"({inner})" if self.brackets else f"{inner})"

    def lines(self, tree: list[Entry], depth: int = 0) -> list[str]:
        out = []
        for n, entry in enumerate(tree, 1):
            stop = ":" if entry.children else "." if depth == 0 or n == len(tree) else "; and" if n == len(tree) - 1 else ";"
            out.append(f"{self.label(depth, n)}{self.gap}{self.sentence(entry.words, stop)} ")
            out += self.lines(entry.children, depth + 1)
        return out

    def expected(self, tree: list[Entry], depth: int = 0) -> list[Read]:
        return [(self.label(depth, n), " ".join(e.words), self.expected(e.children, depth + 1)) for n, e in enumerate(tree, 1)]


PRINTINGS = st.builds(
    Printing,
    brackets=st.booleans(),
    gap=st.sampled_from([" ", "\t", " \t", "\n\n"]),
    blank=st.sampled_from(["\n", "\n\n", "\n\n\n"]),
    broken=st.integers(0, 5),
)


def stripped(provisions: tuple[Provision, ...]) -> list[Read]:
    out: list[Read] = []
    for p in provisions:
        words = p.words.removesuffix(" and").rstrip(".;:")
        out.append((p.label, words, stripped(p.children)))
    return out


@settings(max_examples=150)
@given(TREES, PRINTINGS)
def test_printed_tree_is_read_again(tree: list[Entry], printing: Printing) -> None:
    body = printing.blank.join(printing.lines(tree))
    report = Report()
    found = build(body, language="eng", place="Article 1", report=report)
    assert stripped(found) == printing.expected(tree)
    assert [note for note in report.unclear if note.what != "numbering out of order"] == []


def test_a_citation_broken_behind_its_labels_goes_on_in_the_next_line() -> None:
    body = "1. A warden may pay:\n(i) dues; or\n(ii) fines,\nprovided that he cites paragraph 3(a) or (b)\n(i)(C) of the rule.\n2. No more."
    found = build(body, language="eng", place="Article 1", report=Report())
    assert [p.label for p in found] == ["1.", "2."]
    assert [(str(c.kind), c.label) for c in found[0].children] == [
        ("subparagraph", "(i)"),
        ("subparagraph", "(ii)"),
        ("flush", ""),
    ]
    assert found[0].children[2].words == "provided that he cites paragraph 3(a) or (b) (i) (C) of the rule."
