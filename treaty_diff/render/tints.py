"""Where the words of a page come from: tints, their labels, and what each means."""

from __future__ import annotations

from ..redline.comparison import Row, RowKind
from ..redline.lineage.result import BOTH, NEW, Lineage, Run
from .markup import Tint


def tints(row: Row, seen: dict[str, int], lineage: Lineage) -> list[Tint]:
    """Where the words of a row come from; `seen` counts the lines of each provision."""
    if row.subject is None or row.kind is RowKind.MOVED_AWAY:
        return []
    eid = row.subject.eid
    place = seen.get(eid, 0)
    if row.subject_text.endswith("\n"):
        seen[eid] = place + 1
    if row.kind is RowKind.MERGED:
        return []  # the line stands in several rows
    named = labels(lineage)
    return [
        Tint(run.start, run.end, lineage.classes.index(name) + 1, named[name], _from(run, lineage))
        for run in lineage.of(eid, place)
        if run.sources and (name := lineage.name(run)) in named
    ]


def legend(lineage: Lineage) -> list[tuple[str, str]]:
    """Labels of the classes that the page tints, each with what it means."""
    if lineage.off:
        return []
    said = {BOTH: f"words that stand in {' and '.join(lineage.bases)}"}
    return [(label, said.get(name, f"words that stand in {name}")) for name, label in labels(lineage).items()]


def labels(lineage: Lineage) -> dict[str, str]:
    """A short label for each class that is shown: the initials of the texts that have the words."""
    return {
        name: "·".join(base[:1] for base in lineage.bases) if name == BOTH else name[:1]
        for name in lineage.classes[:3]
        if name != NEW
    }


def _from(run: Run, lineage: Lineage) -> str:
    return "; ".join(f"{s.base}, {lineage.citations[s.base, s.provision]}" for s in run.sources)
