"""How many footnotes of the ToTA sources are joined to their places.

usage: python benchmarks/footnotes.py [--gold FILE --of NAME] [--unplaced] [--smoke]

For each ToTA file of TREATY_DIFF_CORPUS: footnotes joined (marker and body in the source), inferred (placed by
what the body says or by a lost blank), not placed (body without a place), without body (marker whose body is not
in the source), and numbers missing from a chapter's series. `--gold` is a JSON file whose `last` gives the number
of the last footnote of each chapter of the file called NAME, counted apart from the import; its chapters are compared.
`--unplaced` lists what was not joined. `--smoke` runs on one small made-up chapter.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path

from treaty_diff.ingest import tota
from treaty_diff.text.model import Footnote, Provision

SMALL = b"""<treaty><meta><name>Example</name><date_signed>2001-02-03</date_signed><language>en</language></meta><body>
<chapter number="CHAPTER 1" name="Mills"><article number="ARTICLE 1.1" name="Dues">1. Mills1 pay.
1 Old ones too.
2. Boats pay.</article></chapter></body></treaty>"""

COLUMNS = ("joined", "inferred", "not placed", "without body", "missing")


def footnotes(chapter: Provision) -> list[Footnote]:
    return [note for provision in chapter.walk() for note in provision.footnotes]


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
        goes_on = bool(markers) and 1 not in markers and before + 1 in markers
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
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
