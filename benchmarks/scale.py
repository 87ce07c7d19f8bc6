"""A store of 450 treaties with 41,000 articles: how long commands take on it, how large it is.

usage: python benchmarks/scale.py [--smoke] [--keep DIR]

The load is made of TREATY_DIFF_CORPUS: the texts that `pull` knows, whole, and treaties of about 91 articles each that are runs of
chapters of the corpus's texts, ids changed, each stored by the one write path in a commit of its own (XSD validation left
out, which `import` has). Each command is a process of its own and is run seven times; the median and the slowest are printed with the
limits of the project. `--smoke` makes twelve small treaties. `--keep` leaves the store in a folder (and uses one that is there).
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

from lxml import etree

from treaty_diff.ingest import tota
from treaty_diff.store import Store
from treaty_diff.store.commits import Person
from treaty_diff.store.put import legal_time, put
from treaty_diff.text.model import Kind, Provision, Treaty

TREATIES, ARTICLES = 450, 41_000
SMALL = "".join(
    f'<chapter number="CHAPTER {word}" name="Part of it"><article number="ARTICLE {n}01" name="Words">A Party may speak.</article></chapter>'
    for n, word in ((1, "ONE"), (2, "TWO"), (3, "THREE"))
)
META = "<meta><name>Example</name><date_signed>2001-02-03</date_signed><language>en</language></meta>"


def sources(smoke: bool) -> list[Treaty]:
    if smoke:
        return [tota.read(f"<treaty>{META}<body>{SMALL}</body></treaty>".encode(), "example")[0]]
    folder = Path(os.environ["TREATY_DIFF_CORPUS"])
    return [tota.read(path.read_bytes(), "example")[0] for path in sorted(folder.glob("tota-*-en.xml"))]


def runs(texts: list[Treaty], wanted: int) -> list[Treaty]:
    """`wanted` treaties of about 91 articles: runs of chapters that begin at each chapter of each text in turn."""
    out: list[Treaty] = []
    for start in count():
        for text in texts:
            chapters = text.chapters()
            taken: list[Provision] = []
            for chapter in (chapters * 2)[start % len(chapters) :][: len(chapters)]:
                if sum(1 for c in taken for _ in c.articles()) >= ARTICLES / TREATIES:
                    break
                taken.append(chapter)
            name = f"load-{len(out) + 1:03}"
            meta = replace(text.meta, treaty=name, title=f"Load {len(out) + 1}", short="")
            out.append(Treaty(meta, Provision(Kind.TREATY, children=tuple(taken))))
            if len(out) == wanted:
                return out
    raise AssertionError


def fill(root: Path, smoke: bool) -> None:
    program(["init", str(root)])
    if not smoke:
        program(["pull", "--from", os.environ["TREATY_DIFF_CORPUS"], "--store", str(root)])
    begun = time.perf_counter()
    with Store(root) as store:
        for text in runs(sources(smoke), 12 if smoke else TREATIES - len(store.at().treaties())):
            author = Person("load", "load@example.invalid", legal_time(text.meta.date))
            put(
                store.repository,
                text,
                author=author,
                committer=Person("load", "load@example.invalid", int(time.time())),
            )
        entries = store.at().catalogues()
        articles = sum(len(store.at().load(entry.treaty).articles()) for entry in entries)
    print(f"{len(entries)} treaties, {articles} articles, made in {time.perf_counter() - begun:.0f} s")


def program(arguments: list[str]) -> None:
    # as installed: modules are compiled once
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-m", "treaty_diff", *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)


def timed(arguments: list[str], times: int) -> tuple[float, float, float]:
    """Median and slowest wall time of a command, and its median CPU time, in seconds."""
    walls, cpus = [], []
    for _ in range(times):
        before, cpu = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        program(arguments)
        walls.append(time.perf_counter() - before)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - cpu.ru_utime - cpu.ru_stime)
    return statistics.median(walls), max(walls), statistics.median(cpus)


def one_chapter(smoke: bool, number: int) -> bytes:
    """A ToTA source with one chapter; its title differs by `number`, so that each import has something to store."""
    if smoke:
        body = SMALL
    else:
        path = Path(os.environ["TREATY_DIFF_CORPUS"]) / "tota-112-nafta-en.xml"
        chapters = etree.parse(path).getroot().findall(".//chapter")
        body = etree.tostring(chapters[18], encoding="unicode", with_tail=False)
    return f"<treaty>{META.replace('Example', f'Example {number}')}<body>{body}</body></treaty>".encode()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    smoke = options.smoke
    if not smoke and not os.environ.get("TREATY_DIFF_CORPUS"):
        print("TREATY_DIFF_CORPUS does not name the folder of the sources", file=sys.stderr)
        return 2
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        root = options.keep or Path(folder) / "store"
        if not root.exists():
            fill(root, smoke)
        one = "load-007:ch1" if smoke else "tpp:28.9"
        commands = [
            (["--help"], 0.2),
            (["list", "--store", str(root)], 0.5),
            (["show", one, "--store", str(root)], 0.3),
            (["log", one, "--store", str(root)], 1.0),
            (["expressions", "tpp", "--store", str(root)], 1.0),
        ]
        for command, limit in commands:
            wall, worst, cpu = timed(command, 1 if smoke else 7)
            slow += wall > limit
            print(f"{' '.join(command[:2]):22} {wall:.2f} s (slowest {worst:.2f}, CPU {cpu:.2f}), limit {limit} s")
        walls = []
        for number in range(1 if smoke else 7):
            path = Path(folder) / f"one-{number}.xml"
            path.write_bytes(one_chapter(smoke, number))
            command = ["import", str(path), "--treaty", f"one-{number}-{os.getpid()}", "--store", str(root)]
            walls.append(timed(command, 1)[0])
        slow += statistics.median(walls) > 1
        print(f"import of one chapter  {statistics.median(walls):.2f} s (slowest {max(walls):.2f}), limit 1 s")
        for name, place in (("history (.git)", root / ".git"), ("work tree", root / "texts")):
            size = sum(path.stat().st_blocks * 512 for path in place.rglob("*"))
            print(f"size on disk, {name}: {size / 1e6:.0f} MB")
        if not options.keep:
            subprocess.run(["git", "-C", str(root), "gc", "--quiet"], check=True)
            size = sum(path.stat().st_blocks * 512 for path in (root / ".git").rglob("*"))
            print(f"size on disk, history after `git gc`: {size / 1e6:.0f} MB")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    return 1 if slow and not smoke else 0


if __name__ == "__main__":
    raise SystemExit(main())
