"""Web pages as ministries publish treaties: a page a chapter, a contents page that links them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from . import Paragraph

_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
    '<header><a href="/">Ministry of Wares</a></header><main property="mainContentOfPage">{body}</main>'
    "<footer>Date modified: 2016-02-04</footer></body></html>"
)


def page(title: str, found: Sequence[Paragraph]) -> bytes:
    """A chapter's page, its footnotes in a list at the end."""
    body: list[str] = ['<p><a href="index.html">Table of contents</a></p>']
    notes: list[tuple[str, str]] = []
    for p in found:
        if p.table:
            rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in p.table)
            body.append(f"<table>{rows}</table>")
            continue
        words = []
        at = 0
        for offset, marker, text in p.notes:
            words.append(escape(p.words[at:offset]))
            words.append(
                f'<sup id="fn{marker}-rf"><a class="fn-lnk" href="#fn{marker}"><span class="wb-inv">Footnote </span>{marker}</a></sup>'
            )
            notes.append((marker, text))
            at = offset
        words.append(escape(p.words[at:]))
        tag = f"h{min(p.level, 6)}" if p.level else "p"
        number = f"{escape(p.number)} " if p.number else ""
        body.append(f"<{tag}>{number}{''.join(words)}</{tag}>")
    if notes:
        rows = "".join(
            f'<dt>Footnote {marker}</dt><dd id="fn{marker}">'
            + "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
            + f'<p class="fn-rtn"><a href="#fn{marker}-rf">Return to footnote {marker}</a></p></dd>'
            for marker, text in notes
        )
        body.append(f'<aside class="wb-fnote" role="note"><h2>Footnotes</h2><dl>{rows}</dl></aside>')
    return _PAGE.format(title=escape(title), body="\n".join(body)).encode()


def contents(title: str, links: Sequence[tuple[str, str]]) -> bytes:
    """The contents page: (words, file) of each link."""
    rows = "".join(f'<li><a href="{escape(name)}">{escape(words)}</a></li>' for words, name in links)
    return _PAGE.format(title=escape(title), body=f"<h1>{escape(title)}</h1><ul>{rows}</ul>").encode()
