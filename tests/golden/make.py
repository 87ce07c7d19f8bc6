"""Write a golden case's expected.json anew: `python -m tests.golden.make CASE`. Read the diff before you commit it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from treaty_diff.align import align
from treaty_diff.ingest import tota
from treaty_diff.redline import build
from treaty_diff.redline.comparison import Comparison, Op

HERE = Path(__file__).parent
_MARK = {Op.EQUAL: "{1}", Op.QUIET: "({0}={1})", Op.DELETE: "[-{0}-]", Op.INSERT: "{{+{1}+}}"}


def outline(comparison: Comparison) -> dict[str, Any]:
    """What a lawyer checks of a comparison: pairs, kinds, and the redline as marked text."""
    return {
        "articles": [
            {
                "subject": a.subject.selector if a.subject else None,
                "base": a.base.selector if a.base else None,
                "kind": str(a.kind),
                "rows": [
                    [str(row.kind), "".join(_MARK[s.op].format(s.base, s.subject) for s in row.segments).rstrip("\n")]
                    for row in a.rows
                ],
            }
            for a in comparison.articles
        ],
        "gone": [a.head.selector for a in comparison.gone],
    }


def compare(case: Path) -> dict[str, Any]:
    """Left is the base (before), right the subject (after)."""
    left, _ = tota.read((case / "left.xml").read_bytes(), "left")
    right, _ = tota.read((case / "right.xml").read_bytes(), "right")
    concordance = align(right, left)
    return outline(build(right, left, concordance, scope=(right.root,), base_scope=(left.root,)))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        text = json.dumps(compare(HERE / name), ensure_ascii=False, indent=1) + "\n"
        (HERE / name / "expected.json").write_text(text, encoding="utf-8")
