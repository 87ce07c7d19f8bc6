"""How good the redline is and what it costs.

usage: python benchmarks/redline.py [proof] [minimal] [seeded] [speed] [--edits 500] [--smoke]

`proof`: the segments of every pair of the corpus give both texts back, read both ways. `minimal`: how many words and spans are
marked against the shortest edit, on the provisions that are paired and on whole articles. `seeded`: edits of known kind and
place in US–Peru and in the Spanish TPP, how many are found with the right kind at the right provision, and what else is called a change. `speed`:
seconds and megabytes of each step on four sizes. Needs TREATY_DIFF_CORPUS.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.seeded import Edit, seed
from treaty_diff.align import align
from treaty_diff.align.features import members
from treaty_diff.ingest import tota
from treaty_diff.redline import Comparison, RedlineConfig, both, build, faults
from treaty_diff.redline.comparison import ArticleKind, Row, RowKind
from treaty_diff.redline.groups import groups
from treaty_diff.redline.lexing import Lexer, Words
from treaty_diff.redline.lines import bundle
from treaty_diff.redline.sides import Text
from treaty_diff.redline.tokens import Differ, counts, shortest
from treaty_diff.text.model import Treaty

FILES = {
    "nafta": "tota-112-nafta-en.xml", "tpp": "tota-449-tpp-en.xml", "tpp-es": "tota-450-tpp-es.xml", "peru": "tota-156-us-peru-en.xml",
    "colombia": "tota-342-us-colombia-en.xml", "cusfta": "tota-186-cusfta-en.xml", "canada-chile": "tota-101-canada-chile-en.xml",
    "korus": "tota-159-korus-en.xml", "tpp-2015": "release-tpp-2015-11-05-ch1-14-en.txt",
}  # fmt: skip
PAIRS = (
    ("nafta", "tpp"),
    ("peru", "colombia"),
    ("nafta", "cusfta"),
    ("canada-chile", "nafta"),
    ("korus", "peru"),
    ("tpp", "tpp-2015"),
)


class Corpus:
    """The texts, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, Treaty] = {}

    def __getitem__(self, name: str) -> Treaty:
        if name not in self._read:
            data = (self.folder / FILES[name]).read_bytes()
            if FILES[name].endswith(".xml"):
                self._read[name] = tota.read(data, name)[0]
            else:
                from dataclasses import replace

                from treaty_diff.ingest import read

                settle = {"date": "2015-11-05", "signed": "2016-02-04"}
                self._read[name] = read(data, name, settle=lambda meta: replace(meta, **settle))[0]
        return self._read[name]


def compared(subject: Treaty, base: Treaty) -> Comparison:
    return build(subject, base, align(subject, base), scope=(subject.root,), base_scope=(base.root,))


# -- proof ----------------------------------------------------------------------------------------


def proof(corpus: Corpus, edits: int) -> int:
    """Rebuild both sides of every pair, both ways; the number of faults."""
    print("proof: articles compared, faults (both ways)")
    wrong = 0
    texts = [(f"{a} x {b}", corpus[a], corpus[b]) for a, b in PAIRS]
    spanish = corpus["tpp-es"]
    texts.append((f"tpp-es x tpp-es with {edits} edits", seed(spanish, edits, 1)[0], spanish))
    for name, subject, base in texts:
        found = align(subject, base)
        ways = both(subject, base, found, scope=(subject.root,), base_scope=(base.root,))
        bad = [fault for way in ways for fault in faults(way)]
        wrong += len(bad)
        print(f"  {name:36} {sum(len(way.proofs) for way in ways):5} proofs, {len(bad)} faults", *bad[:3])
    return wrong


# -- against the shortest edit ----------------------------------------------------------------------


def minimal(corpus: Corpus) -> None:
    """Words and spans marked against the longest common subsequence's."""
    print("against the shortest edit: words, spans (paired provisions | whole articles), islands of one or two function words")
    for a, b in PAIRS[:4]:
        subject, base = corpus[a], corpus[b]
        config = RedlineConfig()
        found = align(subject, base)
        left, right = Text(base, (base.root,), "", ""), Text(subject, (subject.root,), "", "")
        lexer = Lexer(subject.meta.language, config)
        order = [[p.eid for p, _ in members((side.root,))] for side in (subject, base)]
        bundles = [bundle(g.bases, g.subjects, left, right, lexer, config) for g in groups(found, *order)]
        differ = Differ(lexer, config)
        ours, least = [0, 0], [0, 0]
        islands = 0
        for one in bundles:
            for i, j in one.pairs:
                if len(i) == len(j) == 1:
                    x, y = one.base[i[0]].words, one.subject[j[0]].words
                    _add(ours, differ.blocks(x, y), x.ids, y.ids, lexer)
                    _add(least, shortest(x.ids, y.ids), x.ids, y.ids, lexer)
                    islands += _islands(differ.blocks(x, y), x, lexer)
        whole = [0, 0]
        for one in bundles:
            x_ids = [k for item in one.base for k in item.words.ids]
            y_ids = [k for item in one.subject for k in item.words.ids]
            _add(whole, shortest(x_ids, y_ids), x_ids, y_ids, lexer)
        comparison = build(subject, base, found, scope=(subject.root,), base_scope=(base.root,))
        marked = [0, 0]
        for article in comparison.articles:
            if article.kind is ArticleKind.COUNTERPART:
                marked[0] += sum(sum(counts(r.segments)[:2]) for r in article.rows if r.kind is not RowKind.MOVED_AWAY)
                marked[1] += _spans(article.rows)
        print(
            f"  {a} x {b}: words {ours[0] / least[0]:.3f} ({ours[0]}/{least[0]}), spans {ours[1] / least[1]:.3f} ({ours[1]}/{least[1]})"
            f" | words {marked[0] / whole[0]:.3f} ({marked[0]}/{whole[0]}), spans {marked[1] / whole[1]:.3f} ({marked[1]}/{whole[1]})"
            f" | {islands} islands"
        )


def _add(
    total: list[int], blocks: list[tuple[bool, int, int, int, int]], left: list[int], right: list[int], lexer: Lexer
) -> None:
    for equal, a, b, c, d in blocks:
        if not equal:
            total[0] += sum(k not in lexer.marks for k in (*left[a:b], *right[c:d]))
            total[1] += 1


def _islands(blocks: list[tuple[bool, int, int, int, int]], left: Words, lexer: Lexer) -> int:
    """Equal runs of at most two function words between changes; the break of a line is none, it stays wherever both sides have it."""
    count = 0
    for equal, a, b, _, _ in blocks[1:-1]:
        said = [k for k in left.ids[a:b] if k not in lexer.marks]
        count += equal and "\n" not in left.raws[a:b] and len(said) <= 2 and all(k in lexer.idle for k in said)
    return count


def _spans(rows: tuple[Row, ...]) -> int:
    """Runs of changes as a reader of the whole article meets them."""
    count, run = 0, False
    for row in rows:
        if row.kind is RowKind.MOVED_AWAY:
            continue
        for segment in row.segments:
            if segment.changed:
                count += not run
                run = True
            elif (segment.base + segment.subject).strip():
                run = False
    return count


# -- seeded edits -----------------------------------------------------------------------------------


def seeded(corpus: Corpus, edits: int) -> None:
    """Edits found with the right kind at the right provision, and rows that are called changed for nothing."""
    for name in ("peru", "tpp-es"):
        base = corpus[name]
        subject, made = seed(base, edits, 1)
        comparison = compared(subject, base)
        assert not list(faults(comparison))
        right, wrong, stray = judged(comparison, subject, base, made)
        total = sum(right.values()) + len(wrong)
        print(
            f"seeded edits in {name}: {sum(right.values())} of {total} right ({sum(right.values()) / total:.1%}); false changes {len(stray)}"
        )
        kinds = Counter(e.kind for e in made)
        print("  " + ", ".join(f"{kind} {right[kind]}/{n}" for kind, n in sorted(kinds.items())))
        for edit, seen in wrong[:12]:
            print(f"  missed: {edit.kind} at {edit.at} {edit.other}: seen as {seen}")
        for row in stray[:12]:
            side = row.subject or row.base
            words = [(s.base, s.subject) for s in row.segments if s.changed][:3]
            print(f"  false: {row.kind} at {side.citation if side else ''}: {words}")


def judged(
    comparison: Comparison, subject: Treaty, base: Treaty, edits: list[Edit]
) -> tuple[Counter[str], list[tuple[Edit, str]], list[Row]]:
    """Right edits by kind; wrong ones with what was seen; rows changed that no edit touched."""
    now = {p.wid: p.eid for p in subject.walk()}
    rows = [row for article in (*comparison.articles, *comparison.gone) for row in article.rows]
    at: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for side, place in (("base", row.base), ("subject", row.subject)):
            if place is not None:
                at.setdefault((side, place.eid), []).append(row)
    right: Counter[str] = Counter()
    wrong: list[tuple[Edit, str]] = []
    touched: set[int] = set()
    for edit in edits:
        there = [*at.get(("subject", now.get(edit.at, "")), []), *at.get(("base", edit.at), [])]
        if edit.kind in ("split", "merge"):
            there += [*at.get(("subject", now.get(edit.other, "")), []), *at.get(("base", edit.other), [])]
        there = list({id(row): row for row in there}.values())
        touched.update(map(id, there))
        if _found(edit, there):
            right[edit.kind] += 1
        else:
            wrong.append((edit, ", ".join(str(r.kind) for r in there)))
    quiet = {RowKind.EQUAL, RowKind.RENUMBERED}
    return right, wrong, [row for row in rows if row.kind not in quiet and id(row) not in touched]


def _found(edit: Edit, rows: list[Row]) -> bool:
    kinds = {row.kind for row in rows}
    struck = [s.base.strip(" ,.;") for row in rows for s in row.segments if s.changed and s.base]
    put = [s.subject.strip(" ,.;") for row in rows for s in row.segments if s.changed and s.subject]
    match edit.kind:
        case "respell" | "wording":
            return kinds <= {RowKind.EQUAL, RowKind.RENUMBERED} and any(
                s.why in ("spelling", "wording") for r in rows for s in r.segments
            )
        case "insert":
            return kinds == {RowKind.INSERTED}
        case "delete":
            return kinds == {RowKind.DELETED}
        case "move":
            return kinds == {RowKind.MOVED, RowKind.MOVED_AWAY}
        case "move and change":
            return kinds == {RowKind.MOVED_CHANGED, RowKind.MOVED_AWAY} and any(edit.put in s for s in put)
        case "split" | "merge":
            return kinds == {RowKind.SPLIT if edit.kind == "split" else RowKind.MERGED}
        case _:
            changed = [row for row in rows if row.kind is RowKind.CHANGED]
            short = sum(len(s) for s in (*struck, *put)) <= 3 * (len(edit.struck) + len(edit.put)) + (
                160 if edit.kind in ("cite", "footnote") else 24
            )
            return len(changed) == 1 and short and any(edit.put.strip(" ,.;") in s for s in put or [""])


# -- speed ------------------------------------------------------------------------------------------


def speed(corpus: Corpus) -> None:
    """Seconds of the processor for the comparison of parsed and aligned texts."""
    print("speed: align, compare (seconds of the processor, best of three), peak MB of this process so far")
    for a, b in (("nafta", "tpp"), ("peru", "colombia"), ("nafta", "cusfta"), ("canada-chile", "nafta")):
        subject, base = corpus[a], corpus[b]
        best = [9e9, 9e9]
        for _ in range(3):
            start = time.process_time()
            found = align(subject, base)
            middle = time.process_time()
            build(subject, base, found, scope=(subject.root,), base_scope=(base.root,))
            best = [min(best[0], middle - start), min(best[1], time.process_time() - middle)]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  {a} x {b}: {best[0]:.2f} + {best[1]:.2f} s, {peak:.0f} MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=["proof", "minimal", "seeded", "speed", []])
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--smoke", action="store_true")
    asked = parser.parse_args()
    folder = os.environ.get("TREATY_DIFF_CORPUS")
    if not folder:
        print("TREATY_DIFF_CORPUS does not name the folder of the real texts.", file=sys.stderr)
        return 0 if asked.smoke else 2
    corpus = Corpus(Path(folder))
    parts = asked.parts or ["proof", "minimal", "seeded", "speed"]
    if asked.smoke:
        parts, asked.edits = ["seeded"], 60
    print(f"Python {platform.python_version()}, rapidfuzz {version('rapidfuzz')}, {os.cpu_count()} cores")
    wrong = proof(corpus, asked.edits) if "proof" in parts else 0
    if "minimal" in parts:
        minimal(corpus)
    if "seeded" in parts:
        seeded(corpus, asked.edits)
    if "speed" in parts:
        speed(corpus)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
