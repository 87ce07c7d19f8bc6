"""A comparison as one file of Markdown, to be read as it is or as GitHub renders it.

Words struck and inserted are in `<del>` and `<ins>`: the marks of Markdown itself (`~~`, `**`) depend on the blanks and signs
beside them, which a redline cannot choose. Old words that differ only quietly are in `<s>`. Everything else that Markdown
or HTML would take for a mark is escaped. Without `<del>…</del>` and `<s>…</s>` what is left of a line is the subject's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..redline.comparison import Article, ArticleKind, Comparison, Row, RowKind
from ..text.bidi import visible
from .annotations import counted
from .findings import Finding, findings, linked
from .sentences import HEADINGS, copied, counts, figures, provisions, title
from .word.spans import Change, tidied

if TYPE_CHECKING:
    from ..annotate import Annotations

_BLANKS = re.compile(r"[\n\r\u0085\u2028\u2029\t]+")
_MARKS = re.compile(r"([\\`*_\[\]~|$])")
_NUMBERED = re.compile(r"^(\s*\d{1,9})([.)])")
_BULLETS = re.compile(r"^(\s*)([-+#>=])")
_ENDED = re.compile(r" +((?:</\w+>)?) *$")
_ADDRESS = re.compile(r"(?i)\.(?<=www\.)|:(?:(?<=http:)|(?<=https:)|(?<=ftp:)|(?=[\w+-]+:))|@")


def document(comparison: Comparison, annotations: Annotations | None = None) -> str:
    """The comparison as Markdown, with what its changes do."""
    return "\n".join(_lines(comparison, annotations)) + "\n"


def escape(text: str) -> str:
    """Words as Markdown that says them: no mark, link, mention or formula comes of them.

    >>> escape("2. *x* <y> & a_b")
    '2. \\\\*x\\\\* &lt;y&gt; &amp; a\\\\_b'
    """
    flat = _BLANKS.sub(" ", visible(text))
    html = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ADDRESS.sub(lambda m: f"&#{ord(m[0])};", _MARKS.sub(r"\\\1", html))


def _lines(comparison: Comparison, annotations: Annotations | None) -> Iterator[str]:
    base, subject = escape(comparison.base.name), escape(comparison.subject.name)
    yield f"# {escape(title(comparison))}"
    yield ""
    if comparison.notice:
        yield f"> **{_ours(comparison.notice)}**"
        yield ""
    yield escape(counts(comparison))
    yield ""
    yield escape(provisions(comparison))
    yield ""
    if comparison.lineage is not None and (said := copied(comparison.lineage)):
        yield _ours(said)
        yield ""
    if annotations is not None:
        yield _ours(annotations.off or counted(annotations))
        yield ""
    yield "| what | how many |"
    yield "| --- | ---: |"
    for label, count in figures(comparison):
        yield f"| {escape(label)} | {count:,} |"
    yield ""
    yield (
        f"<del>struck</del>: only in {base} (before); <ins>underlined</ins>: only in {subject} (after); <s>struck</s> and no "
        "underlined word: another spelling, set phrase, number or citation that changes nothing."
    )
    yield ""
    for sentence in (*comparison.not_compared, *comparison.decisions):
        yield f"- {_ours(sentence)}"
    if headings := comparison.differing:
        yield ""
        yield f"## {HEADINGS}"
        yield ""
        for row in (row for heading in headings for row in heading.rows):
            yield f"- {line(row)}"
    found = findings(comparison, annotations)
    for n, article in enumerate((*comparison.articles, *comparison.gone)):
        if n == len(comparison.articles):
            yield ""
            yield f"## In {base}, and answered by nothing here"
        yield ""
        yield from _article(article, found[n], comparison)


def _article(article: Article, said: tuple[Finding, ...], comparison: Comparison) -> Iterator[str]:
    yield f"### {escape(f'{article.head.citation} {article.head.heading}'.strip())}"
    yield ""
    yield f"*{escape(linked(article, comparison))}*"
    if article.kind is not ArticleKind.NOT_HELD:
        yield ""
    said = said[1:]
    above: list[int] = []
    for row in article.rows:
        side = row.subject if row.kind is not RowKind.DELETED and row.subject is not None else row.base
        assert side is not None
        depth = side.depth + side.note
        while above and above[-1] >= depth:
            above.pop()
        yield f"{'  ' * len(above)}- {line(row)}{_remarks(row, said)}"
        above.append(depth)


def line(row: Row) -> str:
    """A row's words with their marks."""
    out: list[str] = []
    for span in tidied(row.segments):
        if span.base == span.subject or not (span.base + span.subject).strip():
            out.append(escape(span.subject))
        elif span.change is Change.NONE:
            out.append((f"<s>{escape(span.base)}</s>" if span.base else "") + escape(span.subject))
        else:
            name = str(span.change)
            out.append(f"<{name}>{escape(span.base + span.subject)}</{name}>")
    return _opened(_ENDED.sub(r"\1", "".join(out)))


def _opened(text: str) -> str:
    """A line that does not open a list or a heading inside its own entry."""
    return _BULLETS.sub(r"\1\\\2", _NUMBERED.sub(r"\1\\\2", text))


def _remarks(row: Row, said: tuple[Finding, ...]) -> str:
    """What is said of a row, but how its article is linked, which stands under its heading."""
    parts = [f"{f.kind}: {f.sentence}" if f.kind else f.sentence for f in said if f.row is row]
    return f" *({escape(' '.join(parts))})*" if parts else ""


def _ours(sentence: str) -> str:
    """A sentence of ours, the commands in it as code."""
    return "".join(f"`{part}`" if n % 2 else escape(part) for n, part in enumerate(sentence.split("`")))
