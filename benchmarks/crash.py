"""Kill writers at every thing that they do to the disk, and at random times; check the store after each.

usage: python benchmarks/crash.py [--every N] [--random N] [--smoke]

Each writer (a new treaty, a new text of one, one with a chapter less, a title, an older text, a translation, an agreement) is run in a child
that kills itself (SIGKILL) before its n-th open-to-write, write, fsync, rename, link, unlink, mkdir, rmdir, truncate or call of
git, and halfway through each write, for every n (`--every 3`: for every third). Afterwards `git fsck --strict` must be clean,
the branch before or after, the next command (the same, or another import, in turn) must come to its end and leave
`git status` clean, no lock, no journal and no temporary file, and `treaty-diff verify` must find nothing. `--random` kills
whole process groups after times spread over a run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.store.crashing import Case, Point, cases, check_after, check_init, fresh, in_child, kill_at_random, points


def judged(case: Case, root: Path, number: int, faults: list[str], place: str) -> str:
    try:
        return check_after(case, root, again=number % 2 == 0)
    except (AssertionError, subprocess.CalledProcessError) as error:
        faults.append(f"{case.name}, {place}: {error}")
        return "FAULT"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--random", type=int, default=60)
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    every, at_random = (40, 2) if options.smoke else (options.every, options.random)
    faults: list[str] = []
    total = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in cases(folder / "cases"):
            started = time.monotonic()
            seen: Counter[str] = Counter()
            for number, point in enumerate(points(case, folder)[::every]):
                root = fresh(case, folder)
                if in_child(case.command(root), point) != -9:
                    faults.append(f"{case.name}, {point}: the child was not killed")
                seen[judged(case, root, number, faults, str(point))] += 1
            total += seen.total()
            print(
                f"{case.name:16} {seen.total():4} kills: {dict(sorted(seen.items()))}  {time.monotonic() - started:.0f} s",
                flush=True,
            )
        started, seen = time.monotonic(), Counter()
        for step in range(1, 1030, 600 if options.smoke else 25):
            try:
                seen[check_init(Point(step), folder)] += 1
            except (AssertionError, subprocess.CalledProcessError) as error:
                faults.append(f"init, step {step}: {error}")
        total += seen.total()
        print(f"{'init':16} {seen.total():4} kills: {dict(sorted(seen.items()))}  {time.monotonic() - started:.0f} s", flush=True)
        case = cases(folder / "again")[1]
        command = [sys.executable, "-m", "treaty_diff"]
        began = time.monotonic()
        kill_at_random([*command, *case.command(fresh(case, folder))], 60, lambda: dict(os.environ))
        span = time.monotonic() - began
        seen = Counter()
        for number in range(at_random):
            root = fresh(case, folder)
            # the second half of a run is where it writes
            delay = span * (0.5 + 0.55 * number / max(1, at_random - 1))
            kill_at_random([*command, *case.command(root)], delay, lambda: dict(os.environ))
            seen[judged(case, root, number, faults, f"after {delay:.3f} s")] += 1
        total += seen.total()
        print(f"{'at random times':16} {seen.total():4} kills: {dict(sorted(seen.items()))}")
    print(f"{total} kills, {len(faults)} faults")
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
