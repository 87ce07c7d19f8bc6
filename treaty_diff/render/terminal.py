"""Redlines in a terminal; readable at 80 columns and without colour."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text as Styled

from ..annotate import Annotations
from ..redline.comparison import Article, ArticleKind, Comparison, Op, Row, RowKind, Segment
from .annotations import findings
from .sentences import HEADINGS, copied, counts, decided, nearness, number, provisions, standing, sureness, title

_WEIGHTIEST = 3
_HEADINGS = 5


def redline(row: Row, *, colour: bool) -> Styled:
    """A row as a redline: `[-struck-]{+inserted+}`, coloured, struck and underlined where the terminal can.

    A matched provision's number that changed shows the old one before the new.
    """
    text = Styled()
    moved = row.base is not None and row.subject is not None and row.base.num != row.subject.num
    for n, segment in enumerate(_joined(row.segments)):
        if segment.op is Op.DELETE:
            if row.kind is RowKind.MOVED_AWAY:
                text.append(segment.base.replace("\n", " "), style="dim strike" if colour else "")
            else:
                _mark(text, segment.base, "[-", "-]", "red strike" if colour else "")
        elif segment.op is Op.INSERT:
            _mark(text, segment.subject, "{+", "+}", "blue underline" if colour else "")
        elif moved and n == 0 and segment.op is Op.QUIET and segment.base.strip():
            text.append(f"{segment.base.strip()} → {segment.subject}", style="dim" if colour else "")
        else:
            text.append(segment.subject.replace("\n", " "))
    text.rstrip()
    if said := standing(row):
        text.append(f" ({said})", style="dim" if colour else "")
    return text


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """The segments with neighbours of one kind as one: what more is said of some does not show here."""
    out: list[Segment] = []
    for s in segments:
        if out and out[-1].op is s.op and s.op is not Op.QUIET:
            last = out.pop()
            s = Segment(s.op, last.base + s.base, last.subject + s.subject)
        out.append(s)
    return out


def _mark(text: Styled, words: str, before: str, after: str, style: str) -> None:
    """Marked words; the blanks around them stand outside the marks, so that no two words run together."""
    flat = words.replace("\n", " ")
    said = flat.strip(" ")
    if not said:
        if not text.plain.endswith(" "):
            text.append(" ")
        return
    if flat[0] == " " and text.plain and not text.plain.endswith(" "):
        text.append(" ")
    text.append(f"{before}{said}{after}", style=style)
    if flat[-1] == " ":
        text.append(" ")


def _article(out: Console, article: Article) -> None:
    if article.base is not None and article.subject is not None:
        title = f"{article.subject.citation}  ⇄  {article.base.citation}   {article.link}, {sureness(article.score, article.decision)}"
        out.print(Styled(title, style="bold"))
    for row in article.rows:
        if row.kind is RowKind.DELETED and row.base is not None:
            depth = row.base.depth
        else:
            depth = row.subject.depth if row.subject is not None else 0
        out.print(Padding(redline(row, colour=out.is_terminal), (0, 0, 0, 3 * max(0, depth - 1))))
    out.print()


def summary(out: Console, comparison: Comparison, annotations: Annotations | None = None, *, page: bool = True) -> None:
    """Print what is compared, the counts, the weightiest findings, and the weightiest redlines.

    `page` is whether a page with all of them is written too.
    """
    out.print(Styled(title(comparison), style="bold"))
    if comparison.notice:
        out.print(Styled(comparison.notice, style="bold yellow"))
    out.print(comparison.reading)
    out.print()
    out.print(counts(comparison))
    out.print(provisions(comparison))
    if comparison.lineage is not None and (said := copied(comparison.lineage)):
        out.print(said)
    for sentence in comparison.not_compared:
        out.print(Styled(sentence, style="dim"))
    for sentence in comparison.decisions:
        out.print(Styled(sentence, style="yellow"))
    if annotations is not None:
        findings(out, annotations)
    out.print()
    for article in comparison.articles:
        glyph = _GLYPH[article.kind] if not article.equal else "="
        for n, part in enumerate(_line(article, comparison).wrap(out, out.width - 4)):
            part.rstrip()
            out.print(Styled(f"  {glyph} " if n == 0 else "    ") + part)
    out.print()
    _headings(out, comparison)
    pairs = [a for a in comparison.articles if a.kind is ArticleKind.COUNTERPART and a.changes]
    weightiest = sorted(pairs, key=lambda a: (a.score < 0.5 and a.decision is None, -_weight(a), a.head.citation))[:_WEIGHTIEST]
    for article in weightiest:
        _article(out, article)
    if len(pairs) > len(weightiest):
        rest = f"{number(len(pairs) - len(weightiest), 'more pair')} with changes"
        where = ": on the page." if page else ": `--format html`, `markdown` or `docx` shows all."
        out.print(Styled(rest + where, style="dim"))


def _headings(out: Console, comparison: Comparison) -> None:
    found = comparison.differing
    if not found:
        return
    out.print(Styled(HEADINGS, style="bold"))
    for heading in found[:_HEADINGS]:
        for row in heading.rows:
            out.print(Padding(redline(row, colour=out.is_terminal), (0, 0, 0, 2)))
    if len(found) > _HEADINGS:
        out.print(Styled(f"  and {len(found) - _HEADINGS} more", style="dim"))
    out.print()


def _weight(article: Article) -> float:
    """How much of a pair changed, weighed by how sure the pair is."""
    changed = sum(
        len(s.base.split()) + len(s.subject.split()) for r in article.rows for s in r.segments if s.op in (Op.INSERT, Op.DELETE)
    )
    return changed * article.score


def _line(article: Article, comparison: Comparison) -> Styled:
    head = article.head
    text = Styled(f"{head.citation}  {head.heading}".rstrip())
    if article.kind is ArticleKind.COUNTERPART and article.base is not None:
        text.append(f"  ⇄ {article.base.citation}", style="bold")
        text.append(f"  ({number(article.changes, 'change')}, {sureness(article.score, article.decision)})")
    elif article.kind is ArticleKind.NO_COUNTERPART:
        near = ", ".join(f"{n.head.citation} ({nearness(n.score, n.decision)})" for n in article.nearest)
        said = "answered outside this comparison" if article.elsewhere else f"no counterpart in {comparison.base.name}"
        text.append(f"  {said}", style="italic")
        if article.decision is not None:
            text.append(f", {decided(article.decision)}")
        if near:
            text.append(f"; nearest: {near}", style="dim")
    else:
        text.append("  text not held", style="dim italic")
    return text


_GLYPH = {ArticleKind.COUNTERPART: "~", ArticleKind.NO_COUNTERPART: "∅", ArticleKind.GONE: "−", ArticleKind.NOT_HELD: "⌷"}
