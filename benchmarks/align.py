"""How well, and how fast, articles are aligned.

usage: python benchmarks/align.py [--gold FILE] [--readings FILE] [--folds N] [--small N] [--ablation] [--fit] [--smoke]

`--gold` is a table NAFTA → TPP, one JSON row a line, `{"nafta": "1102", "links": [{"tpp": "9.4", "kind": "counterpart"}]}`,
kinds counterpart, partial, disputed. Links of any kind are right (precision), every counterpart must be found
(recall). `--readings` (default: tests/align/readings.jsonl) is a second table, by which the models are fitted together
with the first. Chances are cross-validated: a chapter's rows are scored by models that saw none of them. Beside that it prints
the frozen configuration's figures, which saw all rows; near-clones without numbers, headings and order; two
expressions of one treaty; CUSFTA's chapter 19; Spanish; speed on four sizes. `--fit` prints the weights to freeze,
`--ablation` leaves each signal out. The texts come from TREATY_DIFF_CORPUS. `--smoke` runs on two made-up treaties.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import rapidfuzz
from fitting import Corpus, Table, corpora, crossed, fit

from treaty_diff.align import AlignConfig, align, paragraph_links
from treaty_diff.align.assignment import chosen
from treaty_diff.align.features import members
from treaty_diff.citation import label
from treaty_diff.ingest import read
from treaty_diff.text.identifiers import assign
from treaty_diff.text.model import Kind, Provision, Text, Treaty

FILES = {
    "nafta1994": "tota-112-nafta-en.xml",
    "tpp": "tota-449-tpp-en.xml",
    "tpp-es": "tota-450-tpp-es.xml",
    "us-peru": "tota-156-us-peru-en.xml",
    "us-colombia": "tota-342-us-colombia-en.xml",
    "cusfta": "tota-186-cusfta-en.xml",
    "tpp-2015": "release-tpp-2015-11-05-ch1-14-en.txt",
}
CUSFTA_19 = {
    "1901": "1901", "1902": "1902", "1903": "1903", "1904": "1904", "1905": "1906", "1906": "",
    "1907": "1907", "1908": "1907", "1909": "1908", "1910": "1909", "1911": "1911",
}  # fmt: skip
"""Read by hand: what of NAFTA's chapter 19 answers each article of CUSFTA's; its duration clause went."""
READINGS = Path(__file__).parents[1] / "tests" / "align" / "readings.jsonl"
Links = dict[str, list[str]]


def load(folder: Path, name: str) -> Treaty:
    treaty = {"tpp-es": "tpp", "tpp-2015": "tpp"}.get(name, name)
    data = (folder / FILES[name]).read_bytes()
    return read(data, treaty, name=FILES[name], settle=lambda m: replace(m, date=m.date or "2015-11-05"))[0]


def table(path: Path | None) -> Table:
    if path is None:
        return {}
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["nafta"]: {link["tpp"]: link["kind"] for link in row["links"]} for row in rows}


# -- scoring ------------------------------------------------------------------------------------


def score(found: Links, gold: Table) -> dict[str, Any]:
    predicted = [(s, b) for s in gold for b in found.get(s, [])]
    right = sum(b in gold[s] for s, b in predicted)
    asked = [(s, b) for s, links in gold.items() for b, kind in links.items() if kind == "counterpart"]
    hit = sum(b in found.get(s, []) for s, b in asked)
    precision, recall = right / max(len(predicted), 1), hit / max(len(asked), 1)
    having = {s for s, _ in asked}
    none = [s for s, links in gold.items() if not links]
    top = sum(bool(found.get(s)) and gold[s].get(found[s][0]) == "counterpart" for s in having)
    return {
        "F1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "top link right": f"{top} of {len(having)}",
        "none where none": f"{sum(not found.get(s) for s in none)} of {len(none)}",
        "called unanswered": sum(not found.get(s) for s in having),
    }


def picked(chance: Any, made: Corpus, config: AlignConfig) -> Links:
    rows = {n: s for s, n in made.row.items()}
    columns = {n: s for s, n in made.column.items()}
    out: dict[str, list[tuple[float, str]]] = {}
    for i, j, _ in chosen(chance, config):
        if i in rows:
            out.setdefault(rows[i], []).append((-float(chance[i, j]), columns.get(j, made.right[j].eid)))
    return {s: [b for _, b in sorted(links)] for s, links in out.items()}


def wrong(found: Links, gold: Table, chance: Any, made: Corpus) -> None:
    """Every wrong row with its kind of error."""
    for subject in sorted(gold, key=int):
        links, got = gold[subject], found.get(subject, [])
        bad = [b for b in got if b not in links]
        missed = [b for b, kind in links.items() if kind == "counterpart" and b not in got]
        if not bad and not missed:
            continue
        row = chance[made.row[subject]]
        if not links:
            kind = "paired though nothing answers"
        elif missed and not got:
            kind = "called unanswered"
        elif missed and bad:
            kind = "another article taken"
        else:
            kind = "one of several missed" if missed else "one link too many"
        said = [f"{b} ({row[made.column[b]]:.2f})" if b in made.column else b for b in (*bad, "|", *missed)]
        print(f"  {subject}: {kind}: wrong {' '.join(said).replace(' | ', '; missed ').replace('| ', '; missed ')}")


def reliability(chance: Any, made: Corpus, gold: Table) -> None:
    """Chances against how often they came true, with 95 % Wilson intervals."""
    pairs = [
        (float(chance[made.row[s], j]), gold[s].get(b, ""))
        for s in gold
        for b, j in made.column.items()
        if gold[s].get(b) != "disputed"
    ]
    edges = (0.02, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1.001)
    for low, high in pairwise(edges):
        inside = [(p, bool(kind)) for p, kind in pairs if low <= p < high]
        if inside:
            n, share = len(inside), sum(t for _, t in inside) / len(inside)
            middle = (share + 1.92 / n) / (1 + 3.84 / n)
            half = 1.96 * (share * (1 - share) / n + 0.96 / n**2) ** 0.5 / (1 + 3.84 / n)
            mean = sum(p for p, _ in inside) / n
            print(
                f"  {low:.2f}–{min(high, 1):.2f}: {n} pairs, mean {mean:.2f}, true {share:.2f} ({middle - half:.2f}–{middle + half:.2f})"
            )


# -- other texts --------------------------------------------------------------------------------


def hidden(treaty: Treaty, *, headings: bool, shuffle: int | None) -> tuple[Treaty, dict[str, str]]:
    """The treaty with its articles' numbers (and headings, and order) gone; the old eId of each new one."""
    mark = random.Random(shuffle)

    def strip(p: Provision) -> Provision:
        children = [strip(c) for c in p.children]
        if shuffle is not None and children and all(c.kind is Kind.ARTICLE for c in children):
            mark.shuffle(children)
        num = None if p.kind is Kind.ARTICLE else p.num
        heading = p.heading if headings or p.kind not in (Kind.ARTICLE, Kind.CHAPTER) else None
        return replace(p, num=num, heading=heading, children=tuple(children))

    made = treaty.with_root(assign(strip(treaty.root)))
    return made, {new.eid: new.wid for new in made.walk()}


def share(found: int, asked: int) -> str:
    return f"{found} of {asked} ({found / max(asked, 1):.1%})"


def clones(subject: Treaty, base: Treaty) -> None:
    for headings, said in ((False, "numbers, headings, order hidden"), (True, "numbers, order hidden")):
        blind, was = hidden(subject, headings=headings, shuffle=3)
        other, theirs = hidden(base, headings=headings, shuffle=4)
        links = align(blind, other)
        there = {p.eid for p in base.articles()}
        asked = [(p.eid, was[p.eid]) for p in blind.articles() if was[p.eid] in there]
        right = sum(bool(k := links.of(eid)) and theirs[k[0].base] == old for eid, old in asked)
        print(f"  {said}: top link {share(right, len(asked))}")


def expressions(new: Treaty, old: Treaty) -> None:
    """The later text against the earlier: exact texts are the truth, and headings where they are told."""
    for headings in (False, True):
        after, before = (new, old) if headings else (unheaded(new), unheaded(old))
        links = {k.subject: k.base for k in align(after, before).links}
        title = {p.eid: (c, p.title) for t in (new, old) for p, c in members((t.root,))}
        heads = [{}, {}]
        for n, text in enumerate((new, old)):
            for p, c in members((text.root,)):
                if p.kind is Kind.ARTICLE and p.title:
                    heads[n].setdefault((c, p.title.lower()), []).append(p.eid)
        truth = {a[0]: b[0] for key, a in heads[0].items() if len(a) == 1 and len(b := heads[1].get(key, [])) == 1}
        moved = {a: b for a, b in truth.items() if a != b}
        kept = {a: b for a, b in truth.items() if a == b}
        said = "shown" if headings else "hidden"
        print(
            f"  headings {said}: renumbered {share(sum(links.get(a) == b for a, b in moved.items()), len(moved))}, "
            f"number kept {share(sum(links.get(a) == b for a, b in kept.items()), len(kept))}"
        )
        for a, b in truth.items():
            if links.get(a) != b:
                print(f"    {a} {title[a][1]}: {links.get(a)} instead of {b}")


def unheaded(treaty: Treaty) -> Treaty:
    def strip(p: Provision) -> Provision:
        return replace(p, heading=None if p.kind is Kind.ARTICLE else p.heading, children=tuple(strip(c) for c in p.children))

    return treaty.with_root(strip(treaty.root))


def numbers(treaty: Treaty) -> dict[str, str]:
    return {p.eid: label(p.label) for p in treaty.articles()}


def cusfta(subject: Treaty, base: Treaty) -> None:
    links = align(subject, base)
    mine, theirs = numbers(subject), numbers(base)
    top = {mine[p.eid]: (theirs.get(k[0].base, k[0].base) if (k := links.of(p.eid)) else "") for p in subject.articles()}
    right = {s: top.get(s) == b for s, b in CUSFTA_19.items()}
    print(
        f"  chapter 19 by hand: {share(sum(right.values()), len(right))}; others:",
        {s: top.get(s) for s, ok in right.items() if not ok},
    )
    print(f"  linked: {share(sum(bool(b) for b in top.values()), len(top))}")


def spanish(text: Treaty) -> None:
    """A Spanish text against itself as another treaty, a fifth of its words dropped, numbers, headings and order hidden."""
    mark = random.Random(5)

    def lose(t: Text | None) -> Text | None:
        if t is None:
            return None
        return Text(" ".join(w for w in t.content.split(" ") if mark.random() > 0.2), t.language)

    def strip(p: Provision) -> Provision:
        return replace(p, text=lose(p.text), children=tuple(strip(c) for c in p.children))

    blind, was = hidden(text.with_root(strip(text.root)), headings=False, shuffle=6)
    blind = replace(blind, meta=replace(blind.meta, treaty="otro"))
    other = text.with_root(unheaded(text).root)
    links = align(blind, other)
    asked = [p.eid for p in blind.articles()]
    print(f"  top link {share(sum(bool(k := links.of(e)) and k[0].base == was[e] for e in asked), len(asked))}")


def timed(subject: Treaty, base: Treaty, runs: int = 5) -> str:
    wall, cpu = [], []
    for _ in range(runs):
        a, b = time.perf_counter(), time.process_time()
        align(subject, base)
        wall.append(time.perf_counter() - a)
        cpu.append(time.process_time() - b)
    return f"median {sorted(wall)[runs // 2]:.3f} s, best {min(wall):.3f} s, processor {min(cpu):.3f} s"


def part(treaty: Treaty, most: int) -> Treaty:
    left = most

    def cut(p: Provision) -> Provision:
        nonlocal left
        children = []
        for c in p.children:
            if c.kind is Kind.ARTICLE:
                left -= 1
                if left < 0:
                    continue
            children.append(cut(c))
        return replace(p, children=tuple(children))

    return treaty.with_root(cut(treaty.root))


def speed(texts: dict[str, Treaty]) -> None:
    nafta, tpp = texts["nafta1994"], texts["tpp"]
    for size in (50, 100, 200, 507):
        a, b = part(nafta, size), part(tpp, size)
        print(f"  {len(a.articles())} × {len(b.articles())} articles: {timed(a, b)}")
    print(f"  US–Peru × US–Colombia: {timed(texts['us-peru'], texts['us-colombia'])}")
    found = align(nafta, tpp)
    at = time.process_time()
    count = sum(1 for _ in paragraph_links(nafta, tpp, found))
    print(f"  paragraphs of the whole pair: {count} links, processor {time.process_time() - at:.3f} s")
    print(f"  peak memory of this whole run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


# -- the run ------------------------------------------------------------------------------------


def tables(options: argparse.Namespace, nafta: Treaty, tpp: Treaty) -> None:
    gold, readings = table(options.gold), table(options.readings)
    both = {**readings, **gold}
    made = corpora(nafta, tpp, options.small)
    config = AlignConfig()
    chance = crossed(made, both, options.folds)
    found = picked(chance, made[0], config)
    frozen = Links()
    mine, theirs = numbers(nafta), numbers(tpp)
    for link in reversed(align(nafta, tpp).links):
        if link.subject in mine:
            frozen.setdefault(mine[link.subject], []).insert(0, theirs.get(link.base, link.base))
    for name, rows in (("gold", gold), ("readings", readings), ("both", both)):
        if rows:
            print(f"{name}, {len(rows)} rows: cross-validated {score(found, rows)}")
            print(f"{name}, {len(rows)} rows: the frozen configuration, which saw them {score(frozen, rows)}")
    if gold:
        apart = picked(crossed_apart(made, readings, gold), made[0], config)
        print(f"gold by models fitted to the readings alone: {score(apart, gold)}")
        apart = picked(crossed_apart(made, gold, readings), made[0], config)
        print(f"readings by models fitted to the gold alone: {score(apart, readings)}")
        print("wrong rows of the gold table, cross-validated (chances in brackets):")
        wrong(found, gold, chance, made[0])
    print("reliability, cross-validated, partial links counted as true:")
    reliability(chance, made[0], both)
    print("thresholds, cross-validated:")
    for low in (0.3, 0.35, 0.4, 0.45, 0.5):
        trial = replace(config, link=low, mutual=min(config.mutual, low))
        print(f"  link {low}: {score(picked(chance, made[0], trial), both)}")
    if options.ablation:
        ablation(made, both, options.folds, gold)
    if options.fit:
        for name, weights in zip(("TEXT", "CONTEXT"), fit(made, both), strict=True):
            print(f"{name}: Weights = (", *(f'    ("{n}", {v}),' for n, v in weights), ")", sep="\n")


def crossed_apart(made: Sequence[Corpus], seen: Table, asked: Table) -> Any:
    from fitting import chances

    return chances(made[0], fit(made, {s: v for s, v in seen.items() if s not in asked}))


def ablation(made: Sequence[Corpus], both: Table, folds: int, gold: Table) -> None:
    groups = {
        "words": ("words", "words apart"),
        "pairs of words": ("pairs", "pairs apart", "pairs of best, both", "pairs of best, one", "pairs apart in the chapter"),
        "passages": ("passages", "passages of both", "passages of one", "passages apart"),
        "headings": ("heading", "heading in the chapter", "heading words in the chapter"),
        "defined terms": ("terms",),
        "definitions articles": ("one defines", "both define", "both define in the chapter"),
        "rivals (lead)": ("lead, both", "lead, one"),
        "standing apart": ("words apart", "pairs apart", "passages apart", "pairs apart in the chapter"),
        "chapters": (
            "chapters, both", "chapters, one", "heading words in the chapter", "heading in the chapter",
            "both define in the chapter", "pairs apart in the chapter",
        ),
        "neighbours": ("neighbours, both", "neighbours, one"),
        "rest beyond the best": ("beyond the best, both", "beyond the best, one"),
        "size of the choice": ("choice",),
    }  # fmt: skip
    print("each left out, cross-validated, both tables:")
    for name, signals in groups.items():
        found = picked(crossed(made, both, folds, frozenset(signals)), made[0], AlignConfig())
        print(f"  without {name}: {score(found, both)}", f"gold F1 {score(found, gold)['F1']}" if gold else "", flush=True)


def smoke() -> int:
    from treaty_diff.ingest import tota

    def made(name: str, *articles: tuple[str, str, str]) -> Treaty:
        rows = "".join(f'<article number="ARTICLE {n}" name="{h}">{b}</article>' for n, h, b in articles)
        source = f"<treaty><meta><name>{name}</name><date_signed>2001-02-03</date_signed><language>en</language></meta><body>"
        return tota.read(f'{source}<chapter number="CHAPTER 1" name="X">{rows}</chapter></body></treaty>'.encode(), name)[0]

    fish = "Each Party shall count the fish in its lakes and rivers every year and publish the count."
    honey = "Honey of a Party is exempt from every duty when it crosses a border in a sealed jar."
    found = align(
        made("ours", ("101", "Fish", fish), ("102", "Honey", honey)),
        made("theirs", ("1", "Sweets", honey), ("2", "Waters", fish)),
    )
    right = [(k.subject[-3:], k.base[-1:]) for k in found.links] == [("101", "2"), ("102", "1")]
    print("smoke run:", "right" if right else f"wrong: {found.links}")
    return 0 if right else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--readings", type=Path, default=READINGS)
    parser.add_argument("--folds", type=int, default=22)
    parser.add_argument("--small", type=int, default=14)
    for flag in ("--ablation", "--fit", "--smoke", "--no-tables"):
        parser.add_argument(flag, action="store_true")
    options = parser.parse_args()
    if options.smoke:
        return smoke()
    folder = os.environ.get("TREATY_DIFF_CORPUS", "")
    if not folder:
        print("TREATY_DIFF_CORPUS does not name the folder of the texts", file=sys.stderr)
        return 2
    print(
        f"Python {platform.python_version()}, numpy {np.__version__}, rapidfuzz {rapidfuzz.__version__}; {platform.machine()}, {os.cpu_count()} cores"
    )
    texts = {name: load(Path(folder), name) for name in FILES}
    print("speed, from parsed texts:")
    speed(texts)
    print("US–Peru × US–Colombia:")
    clones(texts["us-peru"], texts["us-colombia"])
    print("TPP 2016 × its release of 2015, chapters 1–14, articles whose heading stands once in its chapter:")
    expressions(texts["tpp"], texts["tpp-2015"])
    print("CUSFTA × NAFTA:")
    cusfta(texts["cusfta"], texts["nafta1994"])
    print("TPP in Spanish × itself with words lost:")
    spanish(texts["tpp-es"])
    if not options.no_tables:
        tables(options, texts["nafta1994"], texts["tpp"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
