"""What becomes of each source file: provisions by kind, footnotes, annexes, words kept, seconds, memory.

usage: python benchmarks/corpus.py [--smoke]

Reads every file of TREATY_DIFF_CORPUS, each in a process of its own, and prints one row a file. Words are runs of
letters, counted as a multiset: for ToTA XML those of the articles' bodies against those of the tree (headings and numbers
of chapters and articles, which the source keeps in attributes, left out on both sides), for plain text those of the file
against those of the blocks and of what the report lists as dropped. `--smoke` reads one small made-up text.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from lxml import etree

from treaty_diff.ingest import read
from treaty_diff.ingest.plain import decode, pages
from treaty_diff.ingest.report import Report
from treaty_diff.text.model import ANNEXES, Kind, Provision, Treaty

_WORD = re.compile(r"[^\W\d_]+")
_IN_ATTRIBUTES = frozenset({Kind.CHAPTER, Kind.ARTICLE})
KINDS = "chapter section article paragraph subparagraph item subitem definition flush annex appendix".split()
SMALL = b"CHAPTER 1\nBEGINNINGS\nArticle 1.1: Words\n1. A Party may:\n(a) speak; or\n(b) listen.\n2. No Party need sing.\n"


def counted(*texts: str) -> Counter[str]:
    return Counter(word.lower() for text in texts for word in _WORD.findall(text))


def of_tree(p: Provision) -> Counter[str]:
    """The words stored below a provision, those of attributes of the source left out; footnotes count."""
    own = [text for text in p.texts() if p.kind not in _IN_ATTRIBUTES or text not in (p.num, p.heading)]
    words = counted(*(text.content for text in own), *(note.body.content for note in p.footnotes))
    for child in p.children:
        words += of_tree(child)
    return words


def words_kept(data: bytes, treaty: Treaty, source: str) -> tuple[int, int]:
    """How many words of the source are missing, and how many are in no place of it."""
    if source == "ToTA XML":
        root = etree.fromstring(data)
        before = counted(*("".join(map(str, article.itertext())) for article in root.iter("article")))
        after = of_tree(treaty.root)
    else:
        report = Report()
        found = pages(data, report)
        before = counted(decode(data)[0])
        after = counted(*(f"{b.number} {b.words}" for b in found.blocks), *(words for _, words in found.notes.values()))
        after += counted(*(note.words for note in report.dropped))
    return (before - after).total(), (after - before).total()


def measure(path: Path) -> dict[str, object]:
    import resource

    data = path.read_bytes()
    start = time.process_time()
    treaty, report = read(data, "example", name=path.name, settle=lambda meta: meta if meta.date else dated(meta))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lost, invented = words_kept(data, treaty, report.source)
    notes = [note for p in treaty.walk() for note in p.footnotes]
    return {
        "file": path.name,
        "source": report.source,
        **{kind: report.counts.get(kind, 0) for kind in KINDS},
        "footnotes joined": sum(note.placed and bool(note.body.content) for note in notes),
        "not joined": sum(not note.placed or not note.body.content for note in notes),
        "annexes": sum(p.kind in ANNEXES for p in treaty.walk()),
        "lost": lost,
        "invented": invented,
        "to look at": len(report.unclear),
        "CPU s": round(seconds, 2),
        "MB": round(peak),
    }


def dated(meta: object) -> object:
    from dataclasses import replace

    return replace(meta, date="2000-01-01", signed="2000-01-01")  # type: ignore[type-var]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--file", type=Path, help="measure one file and print it as JSON")
    asked = parser.parse_args()
    if asked.file is not None:
        print(json.dumps(measure(asked.file)))
        return 0
    if asked.smoke:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            small = Path(folder) / "small.txt"
            small.write_bytes(SMALL)
            row = measure(small)
        print(row)
        return 0 if (row["article"], row["lost"], row["invented"]) == (1, 0, 0) else 1
    folder = os.environ.get("TREATY_DIFF_CORPUS", "")
    if not folder:
        print("TREATY_DIFF_CORPUS does not name the folder of the sources", file=sys.stderr)
        return 2
    rows = []
    for path in sorted(Path(folder).iterdir()):
        if path.suffix in (".xml", ".txt"):
            done = subprocess.run([sys.executable, __file__, "--file", str(path)], capture_output=True, text=True, check=True)
            rows.append(json.loads(done.stdout))
    heads = list(rows[0])
    print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
    for row in rows:
        print("| " + " | ".join(str(row[head]) for head in heads) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
