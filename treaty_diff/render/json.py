"""A comparison and a provision as JSON; `docs/formats.md` describes both, `schemas` below checks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from ..align.concordance import twentieths, whole
from ..collector import at_rest
from ..text.index import Index
from ..text.model import Provision

if TYPE_CHECKING:
    from ..align.concordance import Decision
    from ..annotate import Annotations
    from ..redline.comparison import Article, Comparison, Head, Row, Segment, Side

COMPARISON = "treaty-diff/comparison/1"
COMPARISONS = "treaty-diff/comparisons/1"
PROVISION = "treaty-diff/provision/1"


def _head(head: Head | None) -> dict[str, str] | None:
    if head is None:
        return None
    return {
        "citation": head.citation,
        "selector": head.selector,
        "eId": head.eid,
        "heading": head.heading,
        "chapter": head.chapter,
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    return None if side is None else {"eId": side.eid, "citation": side.citation, "note": side.note}


def _segment(segment: Segment) -> dict[str, str]:
    out = {"op": segment.op.value, "base": segment.base, "subject": segment.subject}
    if segment.why:
        out["why"] = str(segment.why)
    return out


def _row(row: Row) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "base": _side(row.base),
        "subject": _side(row.subject),
        "segments": [_segment(s) for s in row.segments],
    }


def decision_of(decision: Decision | None) -> dict[str, Any]:
    """A decision as plain data under its key; nothing where nobody has decided."""
    return {} if decision is None else {"decision": asdict(decision)}


def _article(article: Article) -> dict[str, Any]:
    return {
        "kind": str(article.kind),
        "subject": _head(article.subject),
        "base": _head(article.base),
        "score": twentieths(article.score),
        **decision_of(article.decision),
        "evidence": dict(whole(article.evidence)),
        "answers": [
            {**(_head(a.head) or {}), "kind": a.link, "score": twentieths(a.score), **decision_of(a.decision)}
            for a in article.answers
        ],
        "with": [_head(head) for head in article.with_],
        **(
            {"elsewhere": [{**(_head(a.head) or {}), "kind": a.link, "score": twentieths(a.score)} for a in article.elsewhere]}
            if article.elsewhere
            else {}
        ),
        "nearest": [{**(_head(n.head) or {}), "score": twentieths(n.score), **decision_of(n.decision)} for n in article.nearest],
        "changes": article.changes,
        "sha256": {"base": article.base_sha256, "subject": article.subject_sha256},
        "rows": [_row(row) for row in article.rows],
    }


def _heading(heading: Article) -> dict[str, Any]:
    return {
        "kind": str(heading.kind),
        "subject": _head(heading.subject),
        "base": _head(heading.base),
        "sha256": {"base": heading.base_sha256, "subject": heading.subject_sha256},
        "rows": [_row(row) for row in heading.rows],
    }


@at_rest()
def comparison_dict(comparison: Comparison, annotations: Annotations | None = None) -> dict[str, Any]:
    """A comparison as plain data, schema `treaty-diff/comparison/1`, with what was found of its changes where that is known."""
    return {
        "schema": COMPARISON,
        "reading": comparison.reading,
        "notice": comparison.notice,
        "base": asdict(comparison.base),
        "subject": asdict(comparison.subject),
        "summary": asdict(comparison.summary),
        "not_compared": list(comparison.not_compared),
        **({"decisions": list(comparison.decisions)} if comparison.decisions else {}),
        "headings": [_heading(a) for a in comparison.headings],
        "articles": [_article(a) for a in comparison.articles],
        "gone": [_article(a) for a in comparison.gone],
        **({"lineage": comparison.lineage.to_dict()} if comparison.lineage is not None else {}),
        **({"annotations": annotations.to_dict()} if annotations is not None else {}),
        "proofs": [
            {"base": list(p.base), "subject": list(p.subject), "sha256": {"base": p.base_sha256, "subject": p.subject_sha256}}
            for p in comparison.proofs
        ],
    }


def comparisons_dict(comparisons: Sequence[Comparison], findings: Sequence[Annotations] = ()) -> dict[str, Any]:
    """Comparisons of one subject with several bases as plain data, schema `treaty-diff/comparisons/1`; their lineage is one."""
    found = comparisons[0].lineage
    return {
        "schema": COMPARISONS,
        "lineage": found.to_dict() if found is not None else None,
        "comparisons": [comparison_dict(replace(one, lineage=None), found) for one, found in zip_longest(comparisons, findings)],
    }


def provision_dict(provision: Provision, index: Index) -> dict[str, Any]:
    """A provision and all below it as plain data, schema `treaty-diff/provision/1`."""
    out: dict[str, Any] = {
        "citation": index.citation(provision),
        "eId": provision.eid,
        "num": provision.label,
        "heading": provision.title,
        "kind": str(provision.kind),
        "text": provision.words,
        "footnotes": [{"marker": n.marker, "text": n.body.content, "placed": n.placed} for n in provision.footnotes],
        "children": [provision_dict(child, index) for child in provision.children],
    }
    if provision.table:
        out["table"] = [[cell.text.content for cell in row] for row in provision.table]
    return out


def dumps(data: Any) -> str:
    """JSON text as every command prints it: UTF-8 characters as they are, two spaces, a line end."""
    import orjson

    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
