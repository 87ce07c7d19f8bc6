"""Inputs made at random for each importer: no exception but our own, nothing that hangs, and what was read can be stored.

usage: python benchmarks/fuzz.py [--importer NAME] [--inputs N] [--seed N] [--seconds S] [--processes 2] [--save DIR]
                                 [--engine mutate|atheris] [--smoke]

Small made-up sources are mutated: bytes turned, cut, repeated and spliced, lines moved, markers, headings, tags, entities and odd
characters put in; of Word files the parts inside; of Akoma Ntoso the elements. The n-th input of a seed is always the same. Each is read as `import` reads it;
a tree that comes of it is written as Akoma Ntoso and read back (it must be the same), and one in fifty is validated against the
schema. Failing inputs are kept once for each place in the code (`--save`). A PDF's pages are extracted in this process, not in one
of their own as `import` does. `--engine atheris` lets coverage guide the inputs instead (`pip install atheris` first).
`--smoke` runs a few hundred inputs for each importer. Exits with 1 where anything was found.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FunctionType

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.mutations import Rearranging, mutated, unzipped, zipped
from tests.conftest import tota_source
from tests.ingest.test_docx import docx, note, p
from tests.ingest.test_pdf import down, pdf
from tests.text.trees import FERRIES
from treaty_diff.errors import TreatyDiffError
from treaty_diff.ingest import read
from treaty_diff.ingest.outline import assemble
from treaty_diff.ingest.pdf import _pages as pages_of_pdf
from treaty_diff.ingest.pdf import extract
from treaty_diff.ingest.report import Report
from treaty_diff.text.akn import read_treaty, write_treaty
from treaty_diff.text.model import Metadata, Treaty
from treaty_diff.text.validate import validate_files

BODY = """1. Each keeper shall, before the season,1 tell the harbour:
(a) which boats it sends; and
(b) where, if:
(i) the tide is low; or
(ii) Article 1.2 applies,
whichever is sooner.
1 A raft is a boat.
2. Nothing in paragraph 1(a) binds a guest."""
DEFINED = """For the purposes of this Chapter:
boat means a raft or:
(a) a punt; and
(b) a skiff, but does not include a buoy;
harbour master means “the keeper” of a harbour, where:
RVC is the count."""
PLAIN = f"CHAPTER 1\nKEEPERS\nSection A: Boats\nArticle 1.1: Aims\n{BODY}\nArticle 1.2: Definitions\n{DEFINED}\nANNEX 1-A\nLIST\n1. Oars.\n"
PAGED = "\f".join(
    f"{line} and the boats of all the keepers go out\ninto the lagoon[{n}]\n[{n}] Boats.\n\n{n}\n"
    for n, line in enumerate(PLAIN.split("\n")[:9], 1)
)
HTML = (
    "<!DOCTYPE html><html lang=en><title>Pact</title><body><h1>Chapter 1: Keepers</h1><h2>Article 1.1: Aims</h2>"
    "<ol><li>Each keeper shall tell:<sup><a href='#f1' id=r1>1</a></sup><ol type=a><li>boats; or<li>oars.</ol><li>Guests go.</ol>"
    "<h2>Article 1.2: Ends</h2><p>(a) x;<p>(b) y.<table><tr><th>a<td colspan=2>b</table><p id=f1><a href='#r1'>1</a> A raft.</body></html>"
)
WORD = docx(
    p("Chapter 1: Keepers", "Heading1") + p("Article 1.1: Aims", "Heading1") + p("Each keeper shall tell:", num="1")
    + p("boats; and", num="1", depth=1) + p(f"<w:r><w:t>oars.</w:t></w:r>{note(1)}", num="1", depth=1)
    + p("<w:ins><w:r><w:t>Guests</w:t></w:r></w:ins>") + "<w:tbl><w:tr><w:tc>" + p("x") + "</w:tc><w:tc>" + p("y") + "</w:tc></w:tr></w:tbl>",
    notes=f'<w:footnote w:id="1">{p("A raft.")}</w:footnote>',
)  # fmt: skip
SHAPES = tuple(path.read_bytes() for path in sorted((Path(__file__).parents[1] / "tests" / "ingest" / "akn").glob("*.xml")))
OWN = tuple(write_treaty(FERRIES).values())
SEEDS: dict[str, tuple[bytes, ...]] = {
    "tota": (tota_source(("ARTICLE 1.1", "Aims", BODY), ("ARTICLE 1.2", "Definitions", DEFINED + "\nAnnex 1: Oars\n1. x")),),
    "plain": (PLAIN.encode(), PAGED.encode(), PLAIN.replace("\n", " ").encode(), PLAIN.encode("utf-16")),
    "html": (HTML.encode(), f"<html><body><pre>{PLAIN}</pre>".encode()),
    "docx": (WORD,),
    "akn": (*SHAPES, *OWN),
    "pdf": (pdf(down(*PLAIN.split("\n")[:20]), down(*DEFINED.split("\n"))),),
}


def inputs(importer: str, seed: int, numbers: range) -> Iterator[bytes]:
    """The inputs of these numbers; each depends on the seed and its number alone."""
    seeds = SEEDS[importer]
    parts = unzipped(seeds[0]) if importer == "docx" else {}
    rearranging = Rearranging(seeds) if importer == "akn" else None
    every = [data for group in SEEDS.values() for data in group]
    for n in numbers:
        rng = random.Random(f"{importer} {seed} {n}")
        if parts and rng.random() < 0.95:
            name = rng.choice([*parts, *["word/document.xml"] * 8])
            yield zipped({**parts, name: mutated(parts[name], rng.choice(list(parts.values())), rng)})
        elif rearranging is not None and rng.random() < 0.9:
            yield rearranging.rearranged(rng.choice(seeds), rng)
        else:
            yield mutated(rng.choice(seeds), rng.choice(every), rng)


# -- what must hold -------------------------------------------------------------------------------


class Hung(BaseException):
    """An input took longer than it may."""


class Broken(Exception):
    """A text was read that cannot be stored, or comes back another."""


def treaty_of(data: bytes, importer: str) -> Treaty:
    if importer == "pdf":
        answer = extract(data)
        if "cause" in answer:
            raise TreatyDiffError("The file cannot be read as a PDF.", cause=str(answer["cause"]))
        report = Report()
        meta = Metadata("fuzz", "Fuzz", "2001-02-03", "2001-02-03", "eng")
        return assemble(pages_of_pdf(answer, "The file", report), meta, report)
    return read(data, "fuzz", changes="accept", settle=lambda meta: replace(meta, date="2001-02-03", signed="2001-02-03"))[0]


def check(data: bytes, importer: str, *, schema: bool) -> bool:
    """Read an input; whether it was a treaty. Raises what is no error of ours, and Broken."""
    try:
        treaty = treaty_of(data, importer)
    except TreatyDiffError as error:
        if not (error.what and error.cause):
            raise Broken(f"an error without a cause: {error}") from error
        return False
    try:
        files = write_treaty(treaty)
        back = read_treaty(files)
    except TreatyDiffError as error:
        raise Broken(f"what was read cannot be stored: {error}") from error
    if back.root != treaty.root:
        raise Broken("what was stored comes back another")
    if schema:
        for finding in validate_files(files):
            if finding.severity == "error":
                raise Broken(f"{finding.code}: {finding.message}")
    return True


@dataclass
class Found:
    """What a run came upon: counts, and failing inputs by the place in the code."""

    read: int = 0
    done: int = 0
    slowest: float = 0.0
    faults: dict[str, tuple[str, bytes, int]] = field(default_factory=dict)

    def fault(self, error: BaseException, data: bytes) -> None:
        ours = [f for f in traceback.extract_tb(error.__traceback__) if "treaty_diff" in f.filename]
        place = " < ".join(f"{Path(f.filename).name}:{f.name}" for f in reversed(ours[-3:]))
        message = str(error).splitlines()[0][:160] if str(error) else ""
        key = f"{type(error).__name__} {place}" if not isinstance(error, Broken) else f"Broken {message[:60]}"
        times = self.faults[key][2] + 1 if key in self.faults else 1
        kept = min(data, self.faults[key][1], key=len) if key in self.faults else data
        self.faults[key] = (message, kept, times)


def run(importer: str, seed: int, numbers: range, seconds: float) -> Found:
    found = Found()

    def stop(*_: object) -> None:
        raise Hung

    signal.signal(signal.SIGVTALRM, stop)
    start = time.perf_counter()
    for n, data in zip(numbers, inputs(importer, seed, numbers), strict=True):
        began = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        try:
            found.read += check(data, importer, schema=n % 50 == 0)
        except (Exception, Hung) as error:
            found.fault(error, data)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        found.done += 1
        found.slowest = max(found.slowest, time.process_time() - began)
        if found.done % 10_000 == 0:
            print(
                f"  {importer}: {found.done:,} inputs, {found.done / (time.perf_counter() - start):.0f}/s, {len(found.faults)} faults",
                flush=True,
            )
    return found


def fuzz(importer: str, asked: argparse.Namespace) -> int:
    start = time.perf_counter()
    share = -(-asked.inputs // asked.processes)
    ranges = [range(n, min(n + share, asked.inputs)) for n in range(0, asked.inputs, share)]
    if len(ranges) == 1:
        runs = [run(importer, asked.seed, ranges[0], asked.seconds)]
    else:
        with multiprocessing.Pool(len(ranges)) as pool:
            runs = pool.starmap(run, [(importer, asked.seed, numbers, asked.seconds) for numbers in ranges])
    faults: dict[str, tuple[str, bytes, int]] = {}
    for found in runs:
        for key, (message, data, times) in found.faults.items():
            faults[key] = (message, data, times + faults.get(key, ("", b"", 0))[2])
    done = sum(found.done for found in runs)
    rate = done / (time.perf_counter() - start)
    slowest = max(found.slowest for found in runs)
    print(
        f"{importer}: {done:,} inputs, {sum(f.read for f in runs):,} read, {rate:.0f}/s, slowest {slowest:.2f} s, {len(faults)} faults",
        flush=True,
    )
    for n, (key, (message, data, times)) in enumerate(sorted(faults.items())):
        print(f"  {times} × {key}: {message}")
        if asked.save is not None:
            asked.save.mkdir(parents=True, exist_ok=True)
            (asked.save / f"{importer}-{n}").write_bytes(data)
    return len(faults)


def our_functions() -> Iterator[FunctionType]:
    """The functions and methods of the modules that read and write texts."""
    for name, module in list(sys.modules.items()):
        if not name.startswith(("treaty_diff.ingest", "treaty_diff.text")):
            continue
        inside = [*vars(module).values()]
        inside += [v for c in inside if isinstance(c, type) and c.__module__ == name for v in vars(c).values()]
        yield from (f for f in inside if isinstance(f, FunctionType) and f.__module__ == name)


def guided(importer: str, asked: argparse.Namespace) -> int:
    """Run atheris on one importer; it ends the process itself at the first fault."""
    import atheris  # type: ignore[import-not-found]

    asked.save.mkdir(parents=True, exist_ok=True)
    for n, data in enumerate(SEEDS[importer]):
        (asked.save / f"{importer}-seed-{n}").write_bytes(data)
    for function in our_functions():  # all that Python has loaded would take minutes
        atheris.instrument_func(function)
    test: Callable[[bytes], object] = lambda data: check(data, importer, schema=False) and None  # noqa: E731
    atheris.Setup([sys.argv[0], f"-runs={asked.inputs}", f"-seed={asked.seed + 1}", "-max_len=8000", str(asked.save)], test)
    atheris.Fuzz()
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--importer", choices=[*SEEDS, "all"], default="all")
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=2.0, help="of the processor, for one input")
    parser.add_argument("--processes", type=int, choices=(1, 2), default=1)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--engine", choices=("mutate", "atheris"), default="mutate")
    parser.add_argument("--smoke", action="store_true")
    asked = parser.parse_args()
    if asked.smoke:
        asked.inputs = 600
    if asked.engine == "atheris":
        if asked.importer == "all" or asked.save is None:
            parser.error("atheris runs on one importer, and needs --save for what it learns")
        return guided(asked.importer, asked)
    wanted = list(SEEDS) if asked.importer == "all" else [asked.importer]
    return 1 if sum(fuzz(importer, asked) for importer in wanted) else 0


if __name__ == "__main__":
    sys.exit(main())
