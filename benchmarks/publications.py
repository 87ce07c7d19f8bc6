"""What a publication of several files loses against the text that it was printed from.

usage: python benchmarks/publications.py [--all] [--smoke] [FORM …]

The structured text of a treaty (ToTA, in TREATY_DIFF_CORPUS) is printed by `printers` as a folder with a file a
chapter, in one FORM after the other: `web` (pages and a contents page), `word`, `paper` (PDF with running
lines, page numbers and footnotes at the foot), `mixed` (the three in turn). Each folder is imported and compared with the
text it was printed from, as `against` tells. Seconds and peak memory are those of the import in a process of its own.
`--smoke` does so with a small made-up treaty and wants every word back.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from against import by_path, cited, described, first_difference
from printers import paper, renumbered, web, whole, word

from treaty_diff.citation import label
from treaty_diff.ingest import Report, gather, read_sources, tota
from treaty_diff.text.model import Metadata, Provision, Treaty

TPP = "tota-449-tpp-en.xml"
FORMS = ("web", "word", "paper", "mixed")
ENDINGS = {"web": "html", "word": "docx", "paper": "pdf"}
SMALL = b"""<treaty><meta><name>Pact</name><date_signed>2001-02-03</date_signed><language>en</language></meta><body>
<chapter number="CHAPTER 1" name="Beginnings"><article number="Article 1.1" name="Words">1. A Guild may, on any day that is no holiday in its own town:

(a) speak in the hall with a loud voice, where the other Guilds have come to hear it; or

(b) listen.

2. Nothing in this Chapter obliges a Guild to speak.</article></chapter>
<chapter number="CHAPTER 2" name="Wares"><article number="Article 2.1" name="Scales">1. Each Guild shall keep scales.

2. The scales shall be tested each year in the month of May.</article></chapter></body></treaty>"""


def print_to(folder: Path, treaty: Treaty, form: str) -> None:
    """Print a treaty's chapters as files, and a contents page with links where they are web pages."""
    links = []
    chapters = treaty.chapters()
    for n, chapter in enumerate(chapters):
        shape = ("web", "word", "paper")[n % 3] if form == "mixed" else form
        name = f"chapter{n + 1}.{ENDINGS[shape]}"
        (folder / name).write_bytes(_printed(chapter, shape, label(chapter.label), treaty.meta.title))
        links.append((f"{chapter.label}: {chapter.title}", name))
    if form == "web":
        (folder / "index.html").write_bytes(web.contents(treaty.meta.title, links))


def _printed(chapter: Provision, shape: str, number: str, title: str) -> bytes:
    found = renumbered(whole(chapter))
    if shape == "web":
        return web.page(chapter.title, found)
    if shape == "word":
        return word.document(found)
    return paper.document(found, running=title, chapter=number)


def dated(meta: Metadata) -> Metadata:
    return replace(meta, date=meta.date or "2016-02-04", signed=meta.signed or "2016-02-04")


def imported(folder: Path) -> tuple[Treaty, Report]:
    return read_sources(gather([folder]), "example", settle=dated)


def compare(base: Treaty, form: str, *, every: bool) -> tuple[int, int]:
    """Print, import and compare in one form; provisions equal, and of how many."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        print_to(folder, base, form)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"\n{form}: {len(list(folder.iterdir()))} files, {size:.2f} MB")
        treaty, report = imported(folder)
        described(treaty, report)
        seconds, peak = own_process(folder)
    ours, theirs = by_path(treaty), by_path(base)
    wanted = [label(article.label) for article in base.articles()]
    found = {path[0] for path in ours}
    missing = [number for number in wanted if number not in found]
    print(f"  articles found: {len(wanted) - len(missing)} of {len(wanted)}", missing[:12])
    equal = sum(ours.get(path) == words for path, words in theirs.items())
    held = Counter(map(tuple, ours.values()))
    differing = [path for path in theirs if ours.get(path) != theirs[path]]
    elsewhere = sum(held[tuple(theirs[path])] > 0 for path in differing)
    print(
        f"  provisions equal: {equal} of {len(theirs)} ({equal / len(theirs):.2%}); {elsewhere} more have their words at another path"
    )
    print(f"  footnotes with their words at the same provision: {footnotes(base, treaty)}")
    for path in differing[: None if every else 12]:
        there = first_difference(theirs[path], ours[path]) if path in ours else f"not there: {' '.join(theirs[path][:10])}"
        print(f"    {cited(path)}: {there}")
    extra = [path for path in ours if path not in theirs]
    print(f"  paths that only the import has: {len(extra)}", ", ".join(cited(p) for p in (extra if every else extra[:8])))
    print(f"  {seconds} s, peak {peak} MB in a process of its own")
    return equal, len(theirs)


def footnotes(base: Treaty, treaty: Treaty) -> str:
    """How many of the articles' footnotes hang at the same article with the same words before the marker."""

    def all_of(text: Treaty) -> Iterator[tuple[str, str, str]]:
        for article in text.articles():
            for p in article.walk():
                for own in p.texts():
                    for note in own.notes:
                        yield (
                            label(article.label),
                            own.content[max(0, note.offset - 20) : note.offset].strip(),
                            note.body.content[:40],
                        )

    theirs, ours = Counter(all_of(base)), Counter(all_of(treaty))
    return f"{sum((theirs & ours).values())} of {sum(theirs.values())}, the import has {sum(ours.values())}"


def own_process(folder: Path) -> tuple[str, str]:
    """Seconds and peak memory (MB) of a process that imports the folder, and of the largest that it starts."""
    done = subprocess.run([sys.executable, __file__, "--import", str(folder)], capture_output=True, text=True, check=False)
    seconds, _, peak = done.stdout.strip().partition(" ")
    return seconds or "?", peak or "?"


def measure(folder: Path) -> None:
    """Import a folder and print seconds and peak memory."""
    start = time.perf_counter()
    imported(folder)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{time.perf_counter() - start:.2f} {peak / 1024:.0f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--all", action="store_true", help="list every difference")
    parser.add_argument("--import", dest="folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("forms", nargs="*", metavar="FORM", help="only these forms")
    asked = parser.parse_args()
    if asked.folder:
        measure(asked.folder)
        return 0
    if asked.smoke:
        small, _ = tota.read(SMALL, "example")
        results = [compare(small, form, every=True) for form in FORMS]
        return 0 if all(equal == of for equal, of in results) else 1
    corpus = os.environ.get("TREATY_DIFF_CORPUS", "")
    if not corpus:
        print("TREATY_DIFF_CORPUS does not name the folder of the sources", file=sys.stderr)
        return 2
    base, _ = tota.read((Path(corpus) / TPP).read_bytes(), "example")
    for form in asked.forms or FORMS:
        compare(base, form, every=asked.all)
    return 0


if __name__ == "__main__":
    sys.exit(main())
