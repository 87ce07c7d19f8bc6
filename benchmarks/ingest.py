"""How fast ToTA sources are parsed, structured and validated, and how much memory that takes.

usage: python benchmarks/ingest.py [--smoke]

All ToTA files of TREATY_DIFF_CORPUS in one process: read, structure, write as Akoma Ntoso, validate
against the OASIS XSD (compiling it counts). Prints source bytes a second and the peak memory of the process.
`--smoke` runs on one small made-up treaty, to see that the script works.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import time
from pathlib import Path

from treaty_diff.ingest import tota
from treaty_diff.text.akn import write_treaty
from treaty_diff.text.validate import schema_errors

SMALL = b"""<treaty><meta><name>Example</name><date_signed>2001-02-03</date_signed><language>en</language></meta><body>
<chapter number="CHAPTER ONE" name="Beginnings"><article number="ARTICLE 101" name="Words">1. A Party may:

(a) speak; or

(b) listen.</article></chapter></body></treaty>"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true")
    smoke = parser.parse_args().smoke
    folder = os.environ.get("TREATY_DIFF_CORPUS", "")
    if smoke:
        sources = {"example": SMALL}
    elif folder:
        sources = {path.name: path.read_bytes() for path in sorted(Path(folder).glob("tota-*.xml"))}
    else:
        print("TREATY_DIFF_CORPUS does not name the folder of the sources", file=sys.stderr)
        return 2
    start, cpu = time.perf_counter(), time.process_time()
    for name, data in sources.items():
        before = time.perf_counter()
        treaty, report = tota.read(data, "example")
        faults = [fault for file, content in write_treaty(treaty).items() for fault in schema_errors(file, content)]
        seconds = time.perf_counter() - before
        print(
            f"{name}: {len(data) / 1e6:.2f} MB, {seconds:.2f} s, {sum(report.counts.values())} provisions, {len(faults)} faults"
        )
        if faults:
            return 1
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    size = sum(map(len, sources.values())) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"all: {size:.2f} MB in {seconds:.2f} s ({cpu:.2f} s CPU): {size / seconds:.2f} MB/s; peak {peak:.0f} MB")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
