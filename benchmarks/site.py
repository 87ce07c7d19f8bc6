"""How long a site takes to build, to build again, to be read: with NAFTA, the TPP and the embedded proposals.

usage: python benchmarks/site.py [--runs N] [--smoke] [--site DIR]

Built by the command itself, with an empty cache (cold), with nothing changed, and with one paragraph of NAFTA's Chapter Twenty changed;
of each the time on the clock, the processors' time, and the memory of all its processes together (PSS, looked at twenty times a
second). The same change again and again in a store that is
served: the time until the site is built. After the change the same is built in an empty folder without a cache, and the two must be the same files. Then the largest
redline is opened from the disk in Chromium, where there is one: the first paint, the change of views until the page is painted
again, and searches, each on ten fresh pages with nothing loaded. The texts come from TREATY_DIFF_CORPUS; `--smoke` takes the
embedded restatements, `--site` only reads a site that is there.
Exit code 1 where the files differ or a page is too large.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from treaty_diff.citation import parse
from treaty_diff.render.site.making import Wanted
from treaty_diff.render.site.serving import Builder
from treaty_diff.store import Store
from treaty_diff.text.model import Provision
from treaty_diff.text.proposal import Distribution

PULLED = ("nafta1994", "tpp")
CHAPTER = "chp_20"
LARGEST, LARGEST_PACKED = 1_500_000, 250_000
"""Bytes that a redline may have, and gzipped."""
ASKED = (
    *("panel", '"in accordance with its law"', "28.9.3", "rules of origin", "party", "extraordinary challenge committee"),
    *("binational", '"each party shall"', "órgano", "annex 1901.2"),
)
FRESH = 10


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of the processors, megabytes at most."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:6.2f} s, {self.cpu:6.2f} s of processors, {self.memory:4.0f} MB"


def family(pid: int) -> Iterator[int]:
    """A process and those that it started."""
    yield pid
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from family(int(child))
    except OSError:
        return


def memory(pid: int) -> int:
    """Kilobytes of a process and its children; what they share counts once. 0 where the system does not tell."""
    total = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def built(store: Path, output: Path, cache: Path | None) -> Cost:
    """Build the site by the command."""
    env = {**os.environ, "TREATY_DIFF_CACHE": str(cache) if cache is not None else ""}
    command = [sys.executable, "-m", "treaty_diff", "site", "--store", str(store), "--output", str(output)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    most = 0
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, memory(process.pid))
            time.sleep(0.05)
    wall = time.monotonic() - started
    if process.returncode:
        raise SystemExit(f"the build ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most / 1000)


def change(root: Path, words: str) -> None:
    """Add words to one paragraph of a chapter of a store."""
    done = False

    def of(p: Provision, inside: bool) -> Provision:
        nonlocal done
        inside = inside or p.eid == CHAPTER
        if inside and not done and p.text is not None and not p.children and not p.text.spans and len(p.words) > len(CHAPTER):
            done = True
            return replace(p, text=replace(p.text, content=f"{p.words} {words}"))
        return replace(p, children=tuple([of(child, inside) for child in p.children]))

    with Store(root) as held:
        treaty = held.load(parse(PULLED[0]))
        held.put(treaty.with_root(of(treaty.root, False)))
    assert done


def served(root: Path, runs: int) -> list[float]:
    """Seconds from the reload of a page after a change until the site that is served is built again."""
    builder = Builder(root, Wanted(Distribution.RESTRICTED))
    taken = []
    try:
        said = builder.refresh()
        for n in range(runs):
            change(root, f"Bells ring {n} times.")
            started = time.monotonic()
            said = said or builder.refresh()
            taken.append(time.monotonic() - started)
    finally:
        builder.close()
    if said:
        raise SystemExit(said)
    return taken


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def read(site: Path, page: str) -> None:
    """Open a redline and the search in Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("reading: no Chromium here (Debian: apt install chromium)")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1600, "height": 900})
        paints = []
        for _ in range(3):
            opened.goto(f"{(site / page).as_uri()}")
            opened.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
            paints.append(opened.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        print(f"first paint of {page}: {', '.join(f'{ms:.0f}' for ms in paints)} ms (target 1000)")
        for button in opened.locator("[data-view]").all():
            taken = [button.evaluate(_CLICK) for _ in range(2)]
            print(f"to the view {button.get_attribute('data-view')}: {', '.join(f'{ms:.0f}' for ms in taken)} ms (target 200)")
        opened.close()
        for asked in ASKED:
            first, again = zip(*(searched(browser, site, asked) for _ in range(FRESH)), strict=True)
            print(f"search for {asked}: {median(first):.0f}, at most {max(first):.0f}, again {median(again):.0f} ms (target 150)")
        browser.close()


_CLICK = """button => new Promise(done => {
    const started = performance.now();
    button.click();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
})"""
_SEARCH = """asked => new Promise(done => {
    const field = document.getElementById("find"), found = document.getElementById("found");
    field.value = asked;
    const started = performance.now();
    new MutationObserver((_, self) => {
        if (/place|Nothing/.test(found.textContent)) { self.disconnect(); done(performance.now() - started); }
    }).observe(found, { childList: true, characterData: true, subtree: true });
    field.form.requestSubmit();
})"""


def searched(browser: Any, site: Path, asked: str) -> tuple[float, float]:
    """Milliseconds until the places are listed: with nothing loaded, and again."""
    page = browser.new_page()
    page.goto((site / "search.html").as_uri())
    first, again = (float(page.evaluate(_SEARCH, asked)) for _ in range(2))
    page.close()
    return first, again


def largest_page(site: Path) -> str:
    return max(site.glob("compare/*.html"), key=lambda path: path.stat().st_size).relative_to(site).as_posix()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--site", type=Path)
    options = parser.parse_args()
    if options.site is not None:
        read(options.site.resolve(), largest_page(options.site))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store, site = folder / "store", folder / "site"
        Store.create(store).close()
        if not options.smoke:
            corpus = os.environ.get("TREATY_DIFF_CORPUS", "")
            if not corpus:
                print("TREATY_DIFF_CORPUS does not name the folder of the texts", file=sys.stderr)
                return 2
            pull = [sys.executable, "-m", "treaty_diff", "pull", *PULLED, "--from", corpus, "--store", str(store)]
            subprocess.run(pull, check=True, capture_output=True)
        other = Path(shutil.copytree(store, folder / "changed"))
        change(other, "Lanterns burn.")
        for n in range(1 if options.smoke else options.runs):
            cache = folder / f"cache-{n}"
            shutil.rmtree(site, ignore_errors=True)
            print(f"cold:             {built(store, site, cache)} (target 10 s, 500 MB)")
            print(f"nothing changed:  {built(store, site, cache)}")
            print(f"one chapter:      {built(other, site, cache)} (target 1.5 s)", flush=True)
        os.environ["TREATY_DIFF_CACHE"] = str(folder / "cache-0")
        taken = served(Path(shutil.copytree(store, folder / "served")), 1 if options.smoke else options.runs)
        print(f"served, one chapter, reload: {', '.join(f'{seconds:.2f}' for seconds in taken)} s")
        built(other, folder / "again", None)
        same = files(site) == files(folder / "again")
        print(f"built again and built anew are {'the same files' if same else 'DIFFERENT'}")
        largest = largest_page(site)
        page = (site / largest).read_bytes()
        packed = len(gzip.compress(page, 9))
        print(f"{len(files(site)):,} files, {sum(map(len, files(site).values())) / 1e6:.1f} MB")
        print(
            f"largest redline: {largest}, {len(page):,} bytes (target {LARGEST:,}), gzipped {packed:,} (target {LARGEST_PACKED:,})"
        )
        read(site, largest)
    return 0 if same and len(page) <= LARGEST and packed <= LARGEST_PACKED else 1


if __name__ == "__main__":
    sys.exit(main())
