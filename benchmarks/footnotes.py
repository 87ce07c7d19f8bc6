"""How many footnotes of the ToTA sources are joined to their places.

usage: python benchmarks/footnotes.py [--gold FILE --of NAME] [--numbers NAME NAME] [--words NAME NAME] [--unplaced] [--smoke]

For each ToTA file of TREATY_DIFF_CORPUS: footnotes joined (marker and body in the source), inferred (placed by
what the body says or by a lost blank), not placed (body without a place), without body (marker whose body is not
in the source), and numbers missing from a chapter's series. `--gold` is a JSON file whose `last` gives the number
of the last footnote of each chapter of the file called NAME, counted apart from the import; its chapters are compared.
`--numbers` and `--words` compare where two files have the same footnotes: one treaty in two languages, paired by
chapter and number, or two treaties of one mould, paired by the words of the bodies (`--words`). A place is the path of
numbers below the chapter and whether it is the heading or the text; a definition counts as one whatever its term.
`--unplaced` lists what was not joined, and the pairs whose places differ. `--smoke` runs on one small made-up chapter.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from treaty_diff.ingest import tota
from treaty_diff.text.model import CONTAINERS, Footnote, Kind, Provision

SMALL = b"""<treaty><meta><name>Example</name><date_signed>2001-02-03</date_signed><language>en</language></meta><body>
<chapter number="CHAPTER 1" name="Mills"><article number="ARTICLE 1.1" name="Dues">1. Mills1 pay.
1 Old ones too.
2. Boats pay.</article></chapter></body></treaty>"""

COLUMNS = ("joined", "inferred", "not placed", "without body", "missing")


def footnotes(chapter: Provision) -> list[Footnote]:
    return [note for provision in chapter.walk() for note in provision.footnotes]


class Found(NamedTuple):
    """A footnote with its chapter's number, its place below the chapter, and the words in front of it."""

    chapter: str
    place: tuple[str, ...]
    before: str
    note: Footnote

    def __str__(self) -> str:
        where = " ".join(self.place) if self.note.placed else "not placed"
        return f"{self.chapter}:{self.note.marker} {where} | {self.before} | {self.note.body.content[:50]}"


def places(data: bytes) -> list[Found]:
    """The footnotes of a file that have bodies."""
    treaty, _ = tota.read(data, "example")
    out: list[Found] = []

    def visit(provision: Provision, chapter: str, path: tuple[str, ...]) -> None:
        if provision.kind not in CONTAINERS:
            number = (provision.label.split() or [""])[-1]
            # a paragraph without a number is the text of its article
            path += (number or "definition",) if number or provision.kind is Kind.DEFINITION else ()
        for text in provision.texts():
            where = (*path, "heading") if text is provision.heading else path
            out.extend(
                Found(chapter, where, text.content[max(0, n.offset - 40) : n.offset], n) for n in text.notes if n.body.content
            )
        for child in provision.children:
            visit(child, chapter, path)

    for chapter in treaty.chapters():
        visit(chapter, (chapter.label.split() or [""])[-1], ())
    return out


def by_number(one: list[Found], other: list[Found]) -> list[tuple[Found, Found]]:
    there = {(found.chapter, found.note.marker): found for found in other}
    return [(found, there[key]) for found in one if (key := (found.chapter, found.note.marker)) in there]


def by_words(one: list[Found], other: list[Found], least: float = 80.0) -> list[tuple[Found, Found]]:
    """Footnotes of one chapter whose bodies are alike, the best pairs first."""
    scores = sorted(
        (
            (fuzz.ratio(a.note.body.content, b.note.body.content), -abs(int(a.note.marker) - int(b.note.marker)), i, j)
            for i, a in enumerate(one)
            for j, b in enumerate(other)
            if a.chapter == b.chapter
        ),
        reverse=True,
    )
    left, right, out = set(range(len(one))), set(range(len(other))), []
    for score, _, i, j in scores:
        if score >= least and i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.append((i, j))
    return [(one[i], other[j]) for i, j in sorted(out)]


def compare(names: Sequence[str], pairs: Sequence[tuple[Found, Found]], counts: tuple[int, int], *, listed: bool) -> None:
    differ = [(a, b) for a, b in pairs if a.place != b.place or not a.note.placed or not b.note.placed]
    print(
        f"{names[0]} with {names[1]}: {counts[0]} and {counts[1]} footnotes with bodies, {len(pairs)} in both; "
        f"same place {len(pairs) - len(differ)}, not {len(differ)}"
    )
    if listed:
        for a, b in differ:
            print(f"  {a}\n  {b}\n")


def chapter_counts(notes: list[Footnote], inferred: int, first: int, last: int) -> Counter[str]:
    """The columns for one chapter, whose footnotes run from `first` to `last`."""
    placed = sum(note.placed and bool(note.body.content) for note in notes)
    numbers = {int(note.marker) for note in notes}
    return Counter(
        {
            "joined": placed - inferred,
            "inferred": inferred,
            "not placed": sum(not note.placed for note in notes),
            "without body": sum(not note.body.content for note in notes),
            "missing": sum(n not in numbers for n in range(first, last + 1)),
        }
    )


def measure(name: str, data: bytes, gold: dict[str, int] | None, *, unplaced: bool) -> int:
    """Print one file's counts; the number of chapters whose last footnote is another than the gold file's."""
    treaty, report = tota.read(data, "example")
    inferred = Counter(note.place.split()[-1] for note in report.mended if note.what == "footnote placed by what it says")
    total: Counter[str] = Counter()
    wrong = 0
    before = 0
    for chapter in treaty.chapters():
        notes = footnotes(chapter)
        number = (chapter.label.split() or [""])[-1]
        markers = [int(note.marker) for note in notes]
        goes_on = bool(markers) and min(markers) == before + 1
        last = max(markers, default=0) if gold is None else gold.get(number, 0)
        counts = chapter_counts(notes, inferred[number], before + 1 if goes_on else 1, last)
        total += counts
        before = max(markers, default=before)
        if gold is not None and (notes or last):
            same = last == max(markers, default=0) and not counts["missing"] and len(notes) == last
            wrong += not same
            print(f"  chapter {number}: {len(notes)} of {last}" + "".join(f"; {k} {counts[k]}" for k in COLUMNS if counts[k]))
    print(f"{name}: " + ", ".join(f"{key} {total[key]}" for key in COLUMNS))
    if unplaced:
        for note in report.unclear:
            if note.what.startswith("footnote"):
                print(f"  {note.what} | {note.place} | {note.words}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--of", default="")
    parser.add_argument("--numbers", nargs=2, metavar="NAME")
    parser.add_argument("--words", nargs=2, metavar="NAME")
    parser.add_argument("--unplaced", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    folder = os.environ.get("TREATY_DIFF_CORPUS", "")
    if options.smoke:
        sources = {"example": SMALL}
    elif folder:
        sources = {path.name: path.read_bytes() for path in sorted(Path(folder).glob("tota-*.xml"))}
    else:
        print("TREATY_DIFF_CORPUS does not name the folder of the sources", file=sys.stderr)
        return 2
    gold = json.loads(options.gold.read_text(encoding="utf-8"))["last"] if options.gold else None
    wrong = sum(
        measure(name, data, gold if name == options.of else None, unplaced=options.unplaced) for name, data in sources.items()
    )
    for names, pair in ((options.numbers, by_number), (options.words, by_words)):
        if names:
            one, other = (places(sources[name]) for name in names)
            compare(names, pair(one, other), (len(one), len(other)), listed=options.unplaced)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
