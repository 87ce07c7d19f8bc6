"""Whole commands on the real texts beside other tools for the same texts.

usage: python benchmarks/peers.py [--runs 7] [--peers]

Makes a store of NAFTA and the TPP in a temporary folder, and times `treaty-diff` as a whole process (stored texts to JSON), with
an empty cache of alignments and a full one, and `git diff --no-index --word-diff=porcelain` on the same two texts. `--peers` adds redlines,
htmldiff of lxml, xmldiff, jsdiff and diff-match-patch on one chapter pair and on the whole, each for a minute at most, where they are
installed (`pip install redlines xmldiff`, `npm install diff`). They compare words or nodes in file order; none aligns provisions.
Needs TREATY_DIFF_CORPUS.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

SOURCES = {"nafta1994": "tota-112-nafta-en.xml", "tpp": "tota-449-tpp-en.xml"}
COMMANDS = {
    "align chapter19": ("align", "chapter19", "--against", "tpp"),
    "compare chapter19": ("compare", "chapter19", "--against", "tpp", "--format", "json"),
    "compare nafta1994": ("compare", "nafta1994", "--against", "tpp", "--format", "json"),
}
PEERS = {
    "redlines": "import sys; from redlines import Redlines; a, b = (open(p, encoding='utf-8').read() for p in sys.argv[1:3]); Redlines(a, b).output_markdown",
    "lxml htmldiff": "import sys, html; from lxml.html.diff import htmldiff; "
    "htmldiff(*('<p>' + html.escape(open(p, encoding='utf-8').read()).replace(chr(10), '</p><p>') + '</p>' for p in sys.argv[1:3]))",
    "xmldiff": "import sys, html; from lxml import etree; from xmldiff import main; "
    "main.diff_trees(*(etree.fromstring('<t><p>' + html.escape(open(p, encoding='utf-8').read()).replace(chr(10), '</p><p>') + '</p></t>') for p in sys.argv[1:3]))",
    "diff-match-patch, no time-out": "import sys; from diff_match_patch import diff_match_patch as d; m = d(); m.Diff_Timeout = 0; "
    "x = m.diff_main(*(open(p, encoding='utf-8').read() for p in sys.argv[1:3])); m.diff_cleanupSemantic(x)",
}
JSDIFF = (
    "const fs = require('fs'), d = require('diff'); d.diffWords(...process.argv.slice(-2).map(p => fs.readFileSync(p, 'utf8')))"
)


def timed(
    command: Sequence[str], runs: int, environment: dict[str, str], fresh: Path | None = None
) -> tuple[float, float, float]:
    """Median seconds, median seconds of the processor, and peak MB of a command as a whole process; `fresh` is emptied before each run."""
    seconds, processor = [], []
    for _ in range(runs):
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode())
        seconds.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return statistics.median(seconds), statistics.median(processor), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--peers", action="store_true")
    asked = parser.parse_args()
    corpus = os.environ.get("TREATY_DIFF_CORPUS")
    if not corpus:
        print("TREATY_DIFF_CORPUS does not name the folder of the real texts.", file=sys.stderr)
        return 2
    ours = [sys.executable, "-m", "treaty_diff"]
    print(
        f"Python {platform.python_version()}, rapidfuzz {version('rapidfuzz')}, orjson {version('orjson')}, {os.cpu_count()} cores"
    )
    with tempfile.TemporaryDirectory() as folder:
        store, cache = Path(folder) / "store", Path(folder) / "cache"
        environment = {**os.environ, "TREATY_DIFF_STORE": str(store), "TREATY_DIFF_CACHE": str(cache)}
        subprocess.run([*ours, "init", str(store)], check=True, stdout=subprocess.DEVNULL)
        for treaty, name in SOURCES.items():
            command = [*ours, "import", str(Path(corpus) / name), "--treaty", treaty]
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        texts = {}
        for selector in ("nafta1994", "tpp", "chapter20", "tpp:ch28"):
            texts[selector] = Path(folder) / f"{selector.replace(':', '-')}.txt"
            shown = subprocess.run(
                [*ours, "show", selector, "--format", "text"], env=environment, check=True, capture_output=True
            )
            texts[selector].write_bytes(shown.stdout)
        least, _, _ = timed(
            ["git", "diff", "--no-index", "--word-diff=porcelain", str(texts["tpp"]), str(texts["nafta1994"])],
            asked.runs,
            environment,
        )
        print(f"git diff --word-diff=porcelain, whole texts: {least:.3f} s")
        for name, words in COMMANDS.items():
            cold = timed([*ours, *words], asked.runs, environment, cache)
            timed([*ours, *words], 1, environment)
            warm = timed([*ours, *words], asked.runs, environment)
            ratio = f", {warm[0] / least:.1f} (cold {cold[0] / least:.1f}) x git diff" if name.endswith("nafta1994") else ""
            print(
                f"{name}: {warm[0]:.2f} s ({warm[1]:.2f} s of the processor), "
                f"nothing aligned before {cold[0]:.2f} s ({cold[1]:.2f}), peak {warm[2]:.0f} MB{ratio}"
            )
        if asked.peers:
            for pair in (("tpp:ch28", "chapter20"), ("tpp", "nafta1994")):
                files = [str(texts[name]) for name in pair]
                for peer, script in PEERS.items():
                    _peer(f"{peer}, {' x '.join(pair)}", [sys.executable, "-c", script, *files])
                _peer(f"jsdiff diffWords, {' x '.join(pair)}", ["node", "-e", JSDIFF, *files])
    return 0


def _peer(name: str, command: Sequence[str]) -> None:
    start = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        print(f"  {name}: does not end in 60 s")
        return
    except FileNotFoundError:
        print(f"  {name}: not installed")
        return
    failed = done.stderr.decode().strip().splitlines()[-1:] if done.returncode else []
    print(
        f"  {name}: "
        + (
            f"fails: {failed[0][:80] if failed else done.returncode}"
            if done.returncode
            else f"{time.perf_counter() - start:.2f} s"
        )
    )


if __name__ == "__main__":
    sys.exit(main())
