"""What broken and hostile sources cost: seconds and peak memory of the command that imports each.

usage: python benchmarks/hostile.py [--light] [--smoke] [NAME …]

Runs `treaty-diff import` on every heavy case of tests/ingest/hostile.py (with `--light` on the others, too), each in a
process of its own on a temporary store. Seconds are the processor's, children included, so that other work on the machine
does not count. Exits with 1 where a case takes more than 10 s or 500 MB, or ends otherwise than it must.
`--smoke` runs three of them; NAMEs choose cases whose names contain one.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.ingest.hostile import HEAVY, LIGHT, Case

SECONDS, MEGABYTES = 10, 500
MEASURED = """
import atexit, re, sys
peak = sys.argv.pop(1)
atexit.register(lambda: open(peak, "w").write(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]))
from treaty_diff.cli import main
main()
"""
"""The command, which writes its own peak memory (Linux): what a parent learns counts the parent's pages, too."""
SMOKE = ("entity bomb", "zip bomb below the bound", "90 MB")


def run(case: Case, folder: Path, environment: dict[str, str]) -> tuple[float, int, int, str]:
    """Processor seconds, peak memory in MB, exit code and last words of one import."""
    path = folder / case.file
    path.write_bytes(case.make())
    date = () if case.name == "no day" else ("--date", "2001-02-03")
    treaty = "hostile" if date else "undated"  # the store knows the day of a text that it has
    command = [sys.executable, "-c", MEASURED, str(folder / "peak"), "import", str(path), "--treaty", treaty, *date]
    with open(folder / "out", "wb") as out, open(folder / "err", "wb") as err:
        process = subprocess.Popen([*command, "--store", str(folder / "store")], stdout=out, stderr=err, env=environment)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    path.unlink()
    said = (folder / "err").read_text(errors="replace") or (folder / "out").read_text(errors="replace")
    return used.ru_utime + used.ru_stime, int((folder / "peak").read_text()) // 1024, process.returncode, said


def is_good(case: Case, code: int, said: str) -> bool:
    if code == 0:
        return case.either or not case.refused
    return code == 2 and "\nto fix: " in said and bool(case.either or re.search(case.refused or "^$", said))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    cases = HEAVY + LIGHT if asked.light or asked.smoke or asked.names else HEAVY
    if asked.smoke:
        cases = tuple(case for case in cases if case.name in SMOKE)
    if asked.names:
        cases = tuple(case for case in cases if any(name in case.name for name in asked.names))
    bad = 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        environment = {**os.environ, "HOME": made, "XDG_DATA_HOME": made}
        subprocess.run(
            [sys.executable, "-m", "treaty_diff", "init", str(folder / "store")], env=environment, check=True, stdout=-3
        )
        for case in cases:
            seconds, memory, code, said = run(case, folder, environment)
            good = is_good(case, code, said) and seconds <= SECONDS and memory <= MEGABYTES
            bad += not good
            words = " ".join(said.split())[:70] if code else "read"
            print(f"{'' if good else 'BAD '}{case.name}: {seconds:.1f} s, {memory} MB, exit {code}: {words}", flush=True)
    print(f"{len(cases)} cases, {bad} beyond {SECONDS} s or {MEGABYTES} MB, or otherwise wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
