"""How often the annotations are right: precision and recall by kind on the pairs of `tests/annotate/pairs`.

usage: python benchmarks/annotations.py [--smoke] [--corpus]

Every annotation made of any pair counts for its own kind; blind pairs were written before the rules of their kind. With
`--corpus` the real texts of TREATY_DIFF_CORPUS are compared in three places and the annotations counted by kind, and what
annotating adds to comparing NAFTA with the TPP whole is timed (processor seconds, best of five).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.annotate.pairs_read import Score, annotated, cases, scored

PLACES = (("nafta1994:ch20", "tpp"), ("nafta1994:ch13", "tpp:ch13"), ("nafta1994:1115-1138", "tpp:9.18-9.30"))

WHOLE = ("nafta1994", "tpp")


def on_pairs() -> int:
    found = [(case, annotated(case)) for case in cases()]
    scores = scored(found)
    print("| kind | pairs | made | wanted | right | precision | recall | blind precision | blind recall |")
    print("|" + " --- |" * 9)
    short = 0
    for kind in dict.fromkeys(kind for kind, _ in scores):
        blind, after = scores.get((kind, True), Score()), scores.get((kind, False), Score())
        both = blind + after
        short += both.precision < 0.95 or both.recall < 0.85
        shares = " | ".join(f"{share:.2f}" for share in (both.precision, both.recall, blind.precision, blind.recall))
        print(f"| {kind} | {both.pairs} | {both.made} | {both.wanted} | {both.right} | {shares} |")
    return 1 if short else 0


def on_corpus(folder: str) -> None:
    from click.testing import CliRunner

    from treaty_diff.align import align
    from treaty_diff.annotate import annotate
    from treaty_diff.cli import cli
    from treaty_diff.cli.compare import asked_for
    from treaty_diff.redline import together
    from treaty_diff.store import Store

    with tempfile.TemporaryDirectory() as home:
        root = Path(home) / "store"
        Store.create(root)
        CliRunner().invoke(cli, ["pull", "--from", folder, "--store", str(root)], catch_exceptions=False)
        store = Store(root)
        for place in (*PLACES, WHOLE):
            asked, before = (asked_for(store, selector) for selector in place)
            start = time.process_time()
            found = align(asked.text, before.text, scope=asked.scope, base_scope=before.scope)
            ((comparison, _),) = together.compare(asked, [before], [found], turned=False)
            spent = time.process_time() - start
            made = annotate(comparison, asked.text, before.text)
            counts = ", ".join(f"{kind} {n}" for kind, n in made.counts.items())
            print(f"{place[0]} against {place[1]}: {len(made)} ({counts})")
        times = []
        for _ in range(5):
            start = time.process_time()
            made = annotate(comparison, asked.text, before.text)
            times.append(time.process_time() - start)
        print(
            f"whole: compare {spent:.2f} s, annotate {times[0]:.2f} s the first time, best {min(times):.2f} s, {len(made)} annotations"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="only the pairs")
    parser.add_argument("--corpus", action="store_true", help="the real texts too")
    asked = parser.parse_args()
    failed = on_pairs()
    if asked.corpus and not asked.smoke:
        folder = os.environ.get("TREATY_DIFF_CORPUS", "")
        if not folder:
            print("TREATY_DIFF_CORPUS does not name the folder of the sources", file=sys.stderr)
            return 2
        on_corpus(folder)
    return failed


if __name__ == "__main__":
    sys.exit(main())
