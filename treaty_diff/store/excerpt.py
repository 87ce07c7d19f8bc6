"""As much of a text as one article needs: of thirty files the one that has it."""

from __future__ import annotations

from collections.abc import Mapping

from ..citation import Target
from ..errors import SelectorError
from ..text.akn.meta import read_meta
from ..text.akn.names import MASTER
from ..text.akn.read import parse, read_component
from ..text.identifiers import number
from ..text.index import Index
from ..text.model import Kind, Provision, Treaty


def of(files: Mapping[str, bytes], target: Target) -> Treaty | None:
    """A treaty of those chapters and annexes that have an article numbered as the target's.

    None where they do not settle what the target names: then the whole text must be asked. Parts, and the annexes of a
    chapter, are not in it.
    """
    numbers = [number(".".join(target.steps[:n])) for n in (1, 2) if len(target.steps) >= n]
    wanted = [f"art_{written}{end}".encode() for written in numbers for end in ('"', "_")]
    names = sorted(name for name, data in files.items() if name != MASTER and any(eid in data for eid in wanted))
    if not names or MASTER not in files:
        return None
    root = Provision(Kind.TREATY, children=tuple(read_component(files[name], name) for name in names))
    found = Treaty(read_meta(parse(files[MASTER], MASTER)), root)
    index = Index(found)
    try:
        if target.note:
            index.footnote(target)
        else:
            index.find(target)
    except SelectorError:
        return None
    return found
