"""What plain texts lose against the structured text of the same treaty.

usage: python benchmarks/plain.py [--all] [--smoke]

Reads three plain texts of TREATY_DIFF_CORPUS and the ToTA text of the same treaty. An article is found
where its number is; a provision is equal where the same citation path (`1904(2)(d)`, definitions by
their term, what has no number by its place) holds the same words, spelling folded. Differences are
listed by citation: the first ones, or all with `--all`. The release of November 2015 is an earlier
version: what differs there is mostly the treaty itself, so a second line counts its articles that stand as
`Article n.n` at a line's start in the source. Seconds and peak memory are those of a process of its own.
`--smoke` runs on a small made-up text.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from against import by_path, cited, described, first_difference

from treaty_diff.citation import label
from treaty_diff.ingest import plain, tota
from treaty_diff.ingest.report import Report
from treaty_diff.text.folding import words
from treaty_diff.text.model import Metadata

PAIRS = (
    ("edit-nafta-with-annexes-en.txt", "tota-112-nafta-en.xml"),
    ("edit-tpp-with-annexes-en.txt", "tota-449-tpp-en.xml"),
    ("release-tpp-2015-11-05-ch1-14-en.txt", "tota-449-tpp-en.xml"),
)
META = Metadata("example", "Example", "2016-02-04", "2016-02-04", "eng")
SMALL = b"""CHAPTER 1
BEGINNINGS
Article 1.1: Words
1. A Party may:
(a) speak; or
(b) listen.
Article 1.2: Silence
Nothing in this Chapter obliges a Party to speak.
"""


def compare(name: str, other: str, folder: Path, *, every: bool) -> None:
    start = time.perf_counter()
    treaty, report = plain.read((folder / name).read_bytes(), META)
    seconds = time.perf_counter() - start
    base, _ = tota.read((folder / other).read_bytes(), "example")
    print(f"\n{name} ({(folder / name).stat().st_size / 1e6:.2f} MB) against {other}")
    described(treaty, report)
    ours, theirs = by_path(treaty), by_path(base)
    found = {path[0] for path in ours if len(path) == 1}
    chapters = {label(c.label) for c in treaty.chapters()}
    wanted = [label(a.label) for c in base.chapters() if label(c.label) in chapters for a in c.articles()]
    missing = [number for number in wanted if number not in found]
    print(f"  articles found: {len(wanted) - len(missing)} of {len(wanted)} ({1 - len(missing) / len(wanted):.2%})", missing[:12])
    if name.startswith("release"):
        text = (folder / name).read_text(encoding="utf-8")
        printed = set(re.findall(r"^Article (\d+\.\d+): ", text, re.M))
        print(
            f"  headings in the source found as articles: {len(printed & found)} of {len(printed)}", sorted(printed - found)[:12]
        )
    of = [path for path in theirs if path[0] in set(wanted)]
    equal = [path for path in of if ours.get(path) == theirs[path]]
    moved = Counter(tuple(v) for k, v in ours.items())
    differing = [path for path in of if ours.get(path) != theirs[path]]
    elsewhere = sum(moved[tuple(theirs[path])] > 0 for path in differing)
    print(
        f"  provisions equal: {len(equal)} of {len(of)} ({len(equal) / len(of):.2%}); {elsewhere} more have their words at another path"
    )
    numbered = [path for path in of if not any(step.startswith("[") for step in path)]
    same = sum(ours.get(path) == theirs[path] for path in numbered)
    print(f"  of those cited by numbers and terms alone: {same} of {len(numbered)} ({same / len(numbered):.2%})")
    blocks = plain.pages((folder / name).read_bytes(), Report()).blocks
    held = f" {' '.join(word for block in blocks for word in words(block.words))} "
    absent = [path for path in differing if f" {' '.join(theirs[path])} " not in held]
    print(f"  of the {len(differing)} that differ, {len(absent)} have words that the source does not hold in one piece")
    print(f"  equal of those that it does: {len(equal) / (len(of) - len(absent)):.2%}")
    for path in differing[: None if every else 12]:
        there = f"{first_difference(theirs[path], ours[path])}" if path in ours else f"not there: {' '.join(theirs[path][:10])}"
        print(f"    {cited(path)}: {there}")
    extra = [path for path in ours if path[0] in set(wanted) and path not in theirs]
    print(f"  paths that only the plain text has: {len(extra)}", ", ".join(cited(p) for p in (extra if every else extra[:8])))
    print(f"  {seconds:.2f} s, peak {own_peak(folder / name)} MB in a process of its own")


def own_peak(path: Path) -> str:
    """Peak memory of a process that reads one plain text and nothing else."""
    code = (
        "import resource,sys;from treaty_diff.ingest import plain;from treaty_diff.text.model import Metadata;"
        "plain.read(open(sys.argv[1],'rb').read(),Metadata('x','X','2000-01-01','2000-01-01','eng'));"
        "print(round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "?"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--all", action="store_true", help="list every difference")
    parser.add_argument("names", nargs="*", help="only texts whose names contain one of these")
    asked = parser.parse_args()
    if asked.smoke:
        treaty, report = plain.read(SMALL, META)
        described(treaty, report)
        return 0 if [label(a.label) for a in treaty.articles()] == ["1.1", "1.2"] else 1
    folder = os.environ.get("TREATY_DIFF_CORPUS", "")
    if not folder:
        print("TREATY_DIFF_CORPUS does not name the folder of the sources", file=sys.stderr)
        return 2
    for name, other in PAIRS:
        if not asked.names or any(part in name for part in asked.names):
            compare(name, other, Path(folder), every=asked.all)
    return 0


if __name__ == "__main__":
    sys.exit(main())
