"""What a Word file says before and behind the articles: what is compared, how much changed, what the marks mean, the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...redline.comparison import ArticleKind, Comparison, Head, TextRef
from ..annotations import counted
from ..sentences import HEADINGS, copied, counts, figures, number, provisions, sureness, title
from .body import bookmark, ours
from .inline import Author
from .page import field, run

if TYPE_CHECKING:
    from ...annotate import Annotations


def head(comparison: Comparison, annotations: Annotations | None) -> Iterator[str]:
    """The paragraphs before the first article."""
    base, subject = comparison.base.name, comparison.subject.name
    yield ours(title(comparison), "OurTitle")
    if comparison.notice:
        yield ours(_unquoted(comparison.notice), "Notice")
    yield ours(f"{comparison.reading} Accept all changes, and {subject}’s text is left; reject all, and {base}’s.", "OurText")
    yield ours(counts(comparison), "OurText")
    yield ours(provisions(comparison), "OurText")
    if comparison.lineage is not None and (said_ := copied(comparison.lineage)):
        yield ours(_unquoted(said_), "OurText")
    if annotations is not None:
        yield ours(_unquoted(annotations.off or counted(annotations)), "OurText")
    yield _figures(figures(comparison))
    if headings := comparison.differing:
        yield ours(HEADINGS, "OurPart")
        for one in headings:
            yield ours(f"{_headed(one.base)} → {_headed(one.subject)}", "OurText")
    if comparison.not_compared:
        yield ours("Not compared", "OurHeading")
        yield from (ours(_unquoted(sentence), "OurText") for sentence in comparison.not_compared)
    if comparison.decisions:
        yield ours("Decisions to be looked at", "OurHeading")
        yield from (ours(_unquoted(sentence), "OurText") for sentence in comparison.decisions)
    yield ours("What the marks mean", "OurHeading")
    yield from _legend(comparison)
    yield ours("Articles", "OurHeading")
    yield _contents(comparison)


def foot(comparison: Comparison) -> Iterator[str]:
    """The paragraphs behind the last article."""
    yield ours("The texts compared", "OurPart")
    for side, text in (("Before", comparison.base), ("After", comparison.subject)):
        yield ours(f"{side}: {_described(text)}", "OurText")
    if comparison.gone or any(a.with_ for a in comparison.articles):
        yield ours(
            f"With all changes rejected, the words of {comparison.base.name} stand in the order in which {comparison.subject.name} "
            "takes them up; what nothing takes up stands at the end.",
            "OurText",
        )


def header(comparison: Comparison) -> str:
    """The head of every page."""
    left, right = title(comparison), "before → after: " + f"{comparison.base.name} → {comparison.subject.name}"
    return f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{run(left)}<w:r><w:tab/></w:r>{run(right)}</w:p>'


def footer(comparison: Comparison) -> str:
    """The foot of every page: the notice of the editions in short, the page's number."""
    left = "not the treaties’ own words" if comparison.notice else ""
    pages = f"{run('page ')}{field('PAGE')}{run(' of ')}{field('NUMPAGES')}"
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{run(left)}<w:r><w:tab/></w:r>{pages}</w:p>'


def _legend(comparison: Comparison) -> Iterator[str]:
    base, subject = comparison.base.name, comparison.subject.name
    yield _paragraph(
        f"{run('struck', 'Removed')}{run(f': only in {base} (before). ')}{run('underlined', 'Added')}{run(f': only in {subject} (after). ')}"
        + run("A provision that stands elsewhere in the other text is marked as moved, at both ends.")
    )
    yield ours(
        f"Changes have the author “{Author.CHANGES}”. Differences that change nothing have the author “{Author.QUIET}”: spelling, "
        "one set phrase for another, a provision’s own number, a citation that goes where the concordance sends its target. To see "
        "changes alone, leave that author out: Review › Show Markup › Specific People.",
        "OurText",
    )
    yield ours(
        "Comments say how an article answers the other text and how sure that is, what comes nearest where nothing answers, which "
        "citations lead nowhere, and what a change does. All changes bear one date, that of a text. Words set like these are not the treaties’.",
        "OurText",
    )


def _figures(rows: Sequence[tuple[str, int]]) -> str:
    """The counts, three columns of them."""
    third = -(-len(rows) // 3)
    lines = []
    for n in range(third):
        cells = [rows[k] if (k := n + c * third) < len(rows) else None for c in range(3)]
        inside = "".join(
            _cell(run(label if count is not None else ""), 2300)
            + _cell(run("" if count is None else f"{count:,}"), 720, right=True)
            for label, count in ((cell or ("", None)) for cell in cells)
        )
        lines.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inside}</w:tr>")
    return _table([2300, 720] * 3, lines)


def _contents(comparison: Comparison) -> str:
    widths = [3600, 3600, 1870]
    lines = [_line([f"In {comparison.subject.name}", f"Answered in {comparison.base.name}", "How"], widths)]
    for n, article in enumerate((*comparison.articles, *comparison.gone)):
        name = f"{article.head.citation}  {article.head.heading}".strip()
        if article.kind is ArticleKind.GONE:
            cells = ["–", name, "gone"]
        elif article.kind is ArticleKind.COUNTERPART and article.base is not None:
            said_ = f"{number(article.changes, 'change')}, {sureness(article.score, article.decision)}"
            cells = [name, f"{article.base.citation}  {article.base.heading}".strip(), said_]
        elif article.elsewhere:
            cells = [name, article.elsewhere[0].head.citation, "outside"]
        else:
            cells = [name, "–", "text not held" if article.kind is ArticleKind.NOT_HELD else "no counterpart"]
        lines.append(_line(cells, widths, bookmark(n)))
    return _table(widths, lines)


def _line(cells: list[str], widths: list[int], to: str = "") -> str:
    out = []
    linked_at = 1 if cells[0] == "–" else 0
    for n, (text, width) in enumerate(zip(cells, widths, strict=True)):
        inside = run(text, "OurHead" if not to else "OurLink" if n == linked_at else "")
        if to and n == linked_at:
            inside = f'<w:hyperlink w:anchor="{to}" w:history="1">{inside}</w:hyperlink>'
        out.append(_cell(inside, width))
    header = "" if to else "<w:tblHeader/>"
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(out)}</w:tr>"


def _table(widths: list[int], lines: list[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="OurTable"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl><w:p><w:pPr><w:pStyle w:val="BehindTable"/></w:pPr></w:p>'
    )


def _cell(inside: str, width: int, *, right: bool = False) -> str:
    aligned = '<w:jc w:val="right"/>' if right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="OurCell"/>{aligned}</w:pPr>{inside}</w:p></w:tc>'
    )


def _paragraph(inside: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="OurText"/></w:pPr>{inside}</w:p>'


def _described(text: TextRef) -> str:
    parts = [
        text.title or text.name,
        f"{text.scope}, {text.expression}, {text.edition}",
        *([f"revision {text.revision}"] if text.revision else []),
        *([f"from {text.source}"] if text.source else []),
        *([text.attribution] if text.attribution else []),
        *([f"licence {text.licence}"] if text.licence else []),
        f"sha256 of the words compared {text.sha256}",
    ]
    return "; ".join(parts) + "."


def _headed(head: Head | None) -> str:
    return f"{head.citation}, {head.heading}" if head is not None else ""


def _unquoted(sentence: str) -> str:
    """A sentence of ours with the commands in it in quotation marks, where a terminal has backticks."""
    return re.sub(r"`([^`]+)`", r"“\1”", sentence)
