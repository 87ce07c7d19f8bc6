"""A concordance as a correlation table: article, heading, article, heading, remark; as CSV, JSON, or a page to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..align.concordance import Decision
from ..align.document import Row
from ..align.review import Side, apply, recorded
from ..languages import alpha2
from ..languages import name as language_name
from ..redline.comparison import opening
from ..text.model import Kind, notice
from ..text.scope import gone_within
from .json import dumps
from .sentences import date, decided, number, sureness
from .sheet import sheet

SCHEMA = "treaty-diff/correlation/1"


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision by name: selector, citation, heading."""

    selector: str
    citation: str
    heading: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a pair, or a provision of one side that nothing answers.

    `kind` is `counterpart`, `partial` or `none`; `origin` `proposed`, `confirmed` or `added`; `score` is None where no engine gave one.
    `chapter` is the one that the provision stands in, by citation and heading, the subject's where there is a subject.
    """

    subject: Entry | None
    base: Entry | None
    kind: str
    origin: str
    score: float | None
    decision: Decision | None
    remark: str
    chapter: str


@dataclass(frozen=True, slots=True)
class Table:
    """A concordance made ready: two texts by name, expression and date, the lines in the subject's order, then the base's alone.

    `languages` are those of the headings as HTML names them (`es`). `said` is what a reader must know of rows that are stale or do not count, and of provisions that are not held.
    """

    treaties: tuple[str, str]
    names: tuple[str, str]
    titles: tuple[str, str]
    expressions: tuple[str, str]
    described: tuple[str, str]
    languages: tuple[str, str]
    notice: str
    lines: tuple[Line, ...]
    said: tuple[str, ...]


def build(subject: Side, base: Side, rows: Sequence[Row]) -> Table:
    """The table of the rows of a document, whose subject is `subject`, on two texts as they are held."""
    found = apply(subject, base, recorded(subject, base, rows), rows)
    names = (subject.meta.name, base.meta.name)

    def entry(side: Side, eid: str) -> Entry:
        provision = side.index.by_eid[eid]
        citation = side.index.citation(provision)
        return Entry(side.index.selector(provision), citation, side.index.heading(provision))

    lines = []
    listed = _within(base, subject), _within(subject, base)
    proposed = {(k.subject, k.base): k.score for k in recorded(subject, base, rows).links}
    for eid in found.nearest:
        links = found.of(eid)
        for link in links:
            d = link.decision
            score = proposed.get((link.subject, link.base))
            remark = _remark(
                "in part" if link.kind == "partial" else "", sureness(link.score, d) if d else f"proposed, {sureness(link.score)}"
            )
            origin = d.verdict if d is not None else "proposed"
            entries = entry(subject, eid), entry(base, link.base)
            lines.append(Line(*entries, str(link.kind), origin, score, d, remark, _chapter(subject, eid)))
        if not links and (listed[0] is None or eid in listed[0]):
            alone = found.alone.get(eid)
            lines.append(_alone(entry(subject, eid), None, names[1], alone, _chapter(subject, eid)))
    lines += [
        _alone(None, entry(base, eid), names[0], found.alone_base.get(eid), _chapter(base, eid))
        for eid in found.unanswered
        if listed[1] is None or eid in listed[1]
    ]
    said = [
        *found.said,
        *_outdated(subject, base, rows),
        *(
            f"{name}: what the proposal neither replaces nor deletes is not listed."
            for name, inside in zip(names, listed, strict=True)
            if inside is not None
        ),
        *(
            f"{number(len(missing), 'article')} of {name} {'is' if len(missing) == 1 else 'are'} held as a heading only and not listed."
            for name, missing in ((names[0], found.not_held_subject), (names[1], found.not_held_base))
            if missing
        ),
    ]
    metas = (subject.meta, base.meta)
    return Table(
        (metas[0].treaty, metas[1].treaty),
        names,
        (metas[0].title or names[0], metas[1].title or names[1]),
        (subject.expression, base.expression),
        (_described(subject), _described(base)),
        (alpha2(metas[0].language), alpha2(metas[1].language)),
        " ".join(filter(None, (notice(m.name, m.edition) for m in metas))),
        tuple(lines),
        tuple(said),
    )


def _within(proposal: Side, amended: Side) -> frozenset[str] | None:
    """Where one side is a proposal that amends the other, what of that one can be without counterpart; else None."""
    return gone_within(proposal.meta.proposal, amended.index, (amended.treaty.root,))


def _chapter(side: Side, eid: str) -> str:
    """The chapter of a provision by citation and heading; empty for what stands in none."""
    found = side.index.enclosing(side.index.by_eid[eid], Kind.CHAPTER)
    return ": ".join(filter(None, (side.index.citation(found), found.title))) if found is not None else ""


def _alone(subject: Entry | None, base: Entry | None, other: str, decision: Decision | None, chapter: str) -> Line:
    remark = _remark(f"no counterpart in {other}", decided(decision) if decision else "")
    return Line(subject, base, "none", "confirmed" if decision else "proposed", None, decision, remark, chapter)


def _remark(*parts: str) -> str:
    return "; ".join(filter(None, parts))


def _described(side: Side) -> str:
    meta = side.meta
    parts = [language_name(meta.language), f"text of {date(meta.date)}" if date(meta.date) else ""]
    return ", ".join(filter(None, parts))


def _outdated(subject: Side, base: Side, rows: Sequence[Row]) -> list[str]:
    """That proposals were made on texts that have changed since."""
    old = sum(
        any(side.change(a) for side, a in ((subject, row.subject), (base, row.base)) if a is not None)
        for row in rows
        if not row.decided
    )
    if not old:
        return []
    command = f"`treaty-diff concordance {subject.meta.treaty} {base.meta.treaty}`"
    return [
        f"{number(old, 'proposal')} of the engine {'was' if old == 1 else 'were'} made on another text; {command} makes them anew."
    ]


def csv(table: Table) -> str:
    """The table as CSV."""
    names = [opening(name) for name in table.names]
    rows = [(names[0], f"{names[0]}: heading", names[1], f"{names[1]}: heading", "Remark")]
    for line in table.lines:
        cells = [cell for e in (line.subject, line.base) for cell in ((e.citation, e.heading) if e is not None else ("", ""))]
        rows.append((cells[0], cells[1], cells[2], cells[3], line.remark))
    return sheet(rows)


def json(table: Table) -> str:
    """The table as JSON, schema `treaty-diff/correlation/1`."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "subject": table.treaties[0],
        "base": table.treaties[1],
        "expressions": {"subject": table.expressions[0], "base": table.expressions[1]},
        "notice": table.notice,
        "said": list(table.said),
        "rows": [asdict(line) for line in table.lines],
    }
    return dumps(document)


def html(table: Table) -> str:
    """The table as one page without script or other files, to be read on a screen or printed on A4."""
    from base64 import b64encode
    from hashlib import sha256

    from markupsafe import Markup

    from .templating import OURS

    style = OURS.render("correlation-page.css")
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    heads = [opening(name) for name in table.names]
    return OURS.render("correlation.html", t=table, heads=heads, address=None, style=Markup(style), inline=allowed)
