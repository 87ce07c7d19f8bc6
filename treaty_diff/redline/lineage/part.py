"""The lineage of a part of a text, cut from that of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...text.model import Provision
from .result import Lineage


def part(whole: Lineage, scope: Sequence[Provision]) -> Lineage:
    """What `lineage` finds for some provisions of a text of which the whole was traced, to one base or two.

    Of more bases the classes depend on what is asked for: that is not known here. Raises ValueError there.
    """
    if whole.off:
        return whole
    if len(whole.bases) > _MOST:
        raise ValueError("the lineage of a part cannot be cut from that of the whole where there are more than two bases")
    eids = [p.eid for top in scope for p in top.walk()]
    inside = set(eids)
    lines = tuple(line for line in whole.lines if line.eid in inside)
    sources = dict.fromkeys(source for line in lines for run in line.runs for source in run.sources)
    cited = [(source.base, eid) for source in sources for eid in (source.provision, source.article)]
    return replace(
        whole,
        lines=lines,
        shares={eid: whole.shares[eid] for eid in eids},
        citations={key: whole.citations[key] for key in cited},
    )


_MOST = 2
