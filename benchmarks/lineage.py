"""Where words come from: the field's measure on raw texts, lineage against a reader, shares, speed, memory.

usage: python benchmarks/lineage.py [--judged FILE] [--no-speed] [--smoke]

`--judged` (default: tests/redline/lineage-judged.jsonl) holds runs of the TPP that stand in NAFTA, one JSON row a line: `spans` (eId, line of
the provision, first character, one past the last), `sha256` of their characters joined by line ends, `verdict` (`copied` or `stock`),
`base` (the NAFTA article that they were read against), `reason`, `sample` and `held_out`. A run counts as marked where at least
half of its characters are. The texts come from TREATY_DIFF_CORPUS. `--smoke` runs on two made-up treaties.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lxml import etree

from treaty_diff.ingest import read, tota
from treaty_diff.redline.lineage import Lineage, lineage, shared6
from treaty_diff.text import plain
from treaty_diff.text.model import Treaty

FILES = {
    "US–Colombia": "tota-342-us-colombia-en.xml",
    "US–Peru": "tota-156-us-peru-en.xml",
    "KORUS": "tota-159-korus-en.xml",
    "Canada–Chile": "tota-101-canada-chile-en.xml",
    "NAFTA": "tota-112-nafta-en.xml",
    "CUSFTA": "tota-186-cusfta-en.xml",
    "TPP": "tota-449-tpp-en.xml",
}
JUDGED = Path(__file__).parents[1] / "tests" / "redline" / "lineage-judged.jsonl"
_TOKEN = re.compile(r"\w+|[^\w\s]")


def raw(path: Path) -> str:
    """The bodies of a ToTA file, one after another."""
    return "\n".join("".join(map(str, article.itertext())) for article in etree.parse(str(path)).getroot().iter("article"))


def interval(right: int, of: int) -> str:
    """A share with its 95 % Wilson interval."""
    if not of:
        return "–"
    share, z = right / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5 / (1 + z * z / of)
    return f"{right} of {of} = {share:.3f} ({middle - half:.2f}–{middle + half:.2f})"


def field(folder: Path) -> None:
    bodies = {name: raw(folder / file) for name, file in FILES.items()}
    print(
        "| text | words | its words in the TPP | the TPP's in it | its words in NAFTA | NAFTA's in it |\n| --- | --- | --- | --- | --- | --- |"
    )
    for name, text in bodies.items():
        cells = [
            f"{100 * shared6(a, b).share:.1f} %" if a is not b else "–"
            for other in ("TPP", "NAFTA")
            for a, b in ((text, bodies[other]), (bodies[other], text))
        ]
        print(f"| {name} | {shared6(text, '').words} | " + " | ".join(cells) + " |")


def marked(row: dict[str, Any], found: Lineage) -> bool:
    inside = sum(
        max(0, min(run.end, end) - max(run.start, start))
        for eid, place, start, end in row["spans"]
        for run in found.of(eid, place)
        if run.sources
    )
    return 2 * inside >= sum(end - start for _, _, start, end in row["spans"])


def judged(rows: Iterable[dict[str, Any]], subject: Treaty, found: Lineage) -> None:
    texts: dict[tuple[str, int], str] = {}
    seen: dict[str, int] = {}
    for line in plain.lines(subject.root):
        eid = line.provision.eid
        texts[eid, seen.get(eid, 0)] = line.text
        seen[eid] = seen.get(eid, 0) + 1
    results = []
    for row in rows:
        quote = "\n".join(texts[eid, place][start:end] for eid, place, start, end in row["spans"])
        if hashlib.sha256(quote.encode()).hexdigest() != row["sha256"]:
            raise SystemExit(f"the text of {row['spans']} is not the one that was judged")
        results.append((row, marked(row, found), row["verdict"] == "copied"))
    groups = {
        "all": lambda row: True,
        "chosen on": lambda row: not row["held_out"],
        "held out": lambda row: row["held_out"],
        "held out, first sample": lambda row: row["held_out"] and row["sample"] == 1,
        "held out, second sample": lambda row: row["held_out"] and row["sample"] == 2,
        "4–6 words": lambda row: row["words"] <= 6,
        "7–8 words": lambda row: 7 <= row["words"] <= 8,
        "9–12 words": lambda row: 9 <= row["words"] <= 12,
        "13 words and more": lambda row: row["words"] >= 13,
    }
    print("| runs | judged | copied | precision | recall |\n| --- | --- | --- | --- | --- |")
    for name, of in groups.items():
        some = [(said, copied) for row, said, copied in results if of(row)]
        both = sum(said and copied for said, copied in some)
        print(
            f"| {name} | {len(some)} | {sum(copied for _, copied in some)} | {interval(both, sum(said for said, _ in some))} "
            f"| {interval(both, sum(copied for _, copied in some))} |"
        )
    for row, said, copied in results:
        if said != copied:
            held = ", held out" if row["held_out"] else ""
            print(f"  {'marked' if said else 'missed'}: {row['spans'][0][0]} ({row['words']} words{held}): {row['reason']}")


def shares(texts: dict[str, Treaty]) -> None:
    print("| text | NAFTA | TPP | both | new |\n| --- | --- | --- | --- | --- |")
    for name, text in texts.items():
        if name not in ("NAFTA", "TPP"):
            found = lineage(text, [texts["NAFTA"], texts["TPP"]], names=["NAFTA", "TPP"]).share(text.root.eid)
            print(f"| {name} | " + " | ".join(f"{100 * found[c]:.1f} %" for c in ("NAFTA", "TPP", "both", "new")) + " |")
    for name, other in (("TPP", "NAFTA"), ("NAFTA", "TPP")):
        found = lineage(texts[name], [texts[other]], names=["there"]).share(texts[name].root.eid)
        print(f"the words of {name} that were copied from {other} or by it: {100 * found['there']:.1f} %")


def speed(texts: dict[str, Treaty], times: int = 9) -> None:
    words = plain.text(texts["NAFTA"].root) + plain.text(texts["TPP"].root)
    start = time.process_time()
    _TOKEN.findall(words)
    print(f"a bare regular expression over NAFTA and the TPP: {time.process_time() - start:.3f} s")
    for subject, bases in (("NAFTA", ("TPP", "US–Peru")), ("TPP", ("NAFTA", "US–Peru"))):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        took = []
        for _ in range(times):
            start = time.process_time()
            lineage(texts[subject], [texts[base] for base in bases])
            took.append(time.process_time() - start)
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(
            f"{subject} against {' and '.join(bases)}, from parsed texts: processor time first {took[0]:.2f} s, "
            f"best {min(took):.2f} s, median {sorted(took)[len(took) // 2]:.2f} s; peak memory {more:.0f} MB more"
        )


def smoke() -> int:
    def made(name: str, body: str) -> Treaty:
        rows = f'<article number="ARTICLE 1" name="Fish">{body}</article>'
        head = f"<treaty><meta><name>{name}</name><date_signed>2001-02-03</date_signed><language>en</language></meta><body>"
        return tota.read(f'{head}<chapter number="CHAPTER 1" name="X">{rows}</chapter></body></treaty>'.encode(), name)[0]

    fish = "the wardens of every lake count carp and pike in spring and nail the tally to the boathouse door"
    subject = made("ours", f"As ever {fish}.")
    found = lineage(subject, [made("theirs", f"Henceforth {fish}.")])
    right = [run.words for line in found.lines for run in line.runs if run.sources] == [len(fish.split())]
    print("smoke run:", "right" if right else f"wrong: {found.lines}")
    return 0 if right else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judged", type=Path, default=JUDGED)
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    if options.smoke:
        return smoke()
    folder = os.environ.get("TREATY_DIFF_CORPUS", "")
    if not folder:
        print("TREATY_DIFF_CORPUS does not name the folder of the texts", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}; {platform.machine()}, {os.cpu_count()} cores")
    print("words in common sequences of six and more, raw bodies:")
    field(Path(folder))
    texts = {name: read((Path(folder) / file).read_bytes(), file[5:8], name=file)[0] for name, file in FILES.items()}
    if not options.no_speed:
        speed(texts)
    print("words copied from NAFTA and from the TPP (or by it):")
    shares(texts)
    print("runs judged by eye, the TPP against NAFTA:")
    rows = [json.loads(line) for line in options.judged.read_text(encoding="utf-8").splitlines()]
    judged(rows, texts["TPP"], lineage(texts["TPP"], [texts["NAFTA"]], names=["NAFTA"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
