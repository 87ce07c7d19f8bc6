"""A comparison as a Word file whose changes are Word's own: accept them all for the subject's text, reject them all for the base's.

A line of `treaty_diff.text.plain` is a paragraph, a row of a table a row, a footnote a footnote. Word's model of changes
(ISO/IEC 29500-1, 17.13.5) is written directly: the libraries for Word files make none of them, and stamp the day on what
they make.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..languages import alpha2
from . import files
from .findings import Finding, findings
from .sentences import title
from .word.body import Body, ours
from .word.comments import Comments
from .word.footnotes import Footnotes
from .word.head import foot, footer, head, header
from .word.inline import Marker, said
from .word.notes import Anchors, Hooks, Place, anchors, hooks
from .word.package import pack, relation
from .word.page import PAGE
from .word.styles import styles

if TYPE_CHECKING:
    from ..annotate import Annotations
    from ..redline.comparison import Comparison, Row
    from ..text.model import Treaty

_SETTINGS = (
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)


def write(
    comparison: Comparison,
    path: Path,
    *,
    texts: tuple[Treaty, Treaty] | None = None,
    annotations: Annotations | None = None,
    remarks: Iterable[Finding] = (),
) -> Path:
    """Write the file; arguments are those of `document`. Raises RenderError where it cannot be written."""
    return files.write(path, document(comparison, texts=texts, annotations=annotations, remarks=remarks))


def document(
    comparison: Comparison,
    *,
    texts: tuple[Treaty, Treaty] | None = None,
    annotations: Annotations | None = None,
    remarks: Iterable[Finding] = (),
) -> bytes:
    """The bytes of the file.

    `texts` are the subject and the base as they were compared: they know at which word a footnote hangs; without them it
    hangs at the end of its line. What the comparison and the `annotations` say of a row becomes a comment on it, and so do
    `remarks` of others.
    """
    places: tuple[Anchors, Anchors] = ({}, {}) if texts is None else (anchors(texts[1]), anchors(texts[0]))
    hung = hooks(comparison, *places)
    before, after = comparison.base.language, comparison.subject.language
    # LibreOffice takes a comment for the footnote that has the same number.
    numbers = 2 * sum(map(len, hung.on.values()))
    marker = Marker(date(comparison), alpha2(before) if before != after else "", numbers)
    comments = Comments(marker, _on(comparison, hung, annotations, remarks))
    notes = Footnotes(marker)
    body = Body(comparison, marker, hung, notes, comments)
    out = [*head(comparison, annotations)]
    chapter = ""
    for n, article in enumerate((*comparison.articles, *comparison.gone)):
        if n == len(comparison.articles):
            chapter = ""
            out.append(ours(f"In {comparison.base.name}, and answered by nothing here", "OurPart"))
        if article.head.chapter != chapter:
            chapter = article.head.chapter
            out += [ours(chapter, "ChapterHeading")] if chapter else []
        out += body.article(n, article)
    out += foot(comparison)
    references = "".join(f'<w:{kind}Reference w:type="default" r:id="{relation(f"{kind}1")}"/>' for kind in ("header", "footer"))
    parts = {
        "document": f"<w:body>{''.join(out)}<w:sectPr>{references}{PAGE}</w:sectPr></w:body>",
        "styles": styles(alpha2(after)),
        "settings": _SETTINGS,
        "footnotes": notes.part(),
        "comments": comments.part(),
        "header1": header(comparison),
        "footer1": footer(comparison),
    }
    return pack(parts, said(title(comparison)))


def date(comparison: Comparison) -> str:
    """The date that all changes bear: the subject's text's, else the base's, else one that is nobody's."""
    for text in (comparison.subject, comparison.base):
        found = text.expression.partition("@")[2]
        if re.fullmatch(r"\d{4}-[01]\d-[0-3]\d", found):
            return found
    return "2000-01-01"


def _on(
    comparison: Comparison, hung: Hooks, annotations: Annotations | None, remarks: Iterable[Finding]
) -> dict[Place, list[Finding]]:
    """What is to be said of each row; what is said of a footnote stands where its reference does."""
    asked: dict[Row, list[Finding]] = {}
    for remark in remarks:
        asked.setdefault(remark.row, []).append(remark)
    at = {hook.place: place for place, found in hung.on.items() for hook in found}
    out: dict[Place, list[Finding]] = {}
    articles = (*comparison.articles, *comparison.gone)
    for n, (article, own) in enumerate(zip(articles, findings(comparison, annotations), strict=True)):
        by_row: dict[int, list[Finding]] = {}
        for f in own:
            by_row.setdefault(id(f.row), []).append(f)
        for k, row in enumerate(article.rows):
            found = by_row.get(id(row), []) + (asked.pop(row, []) if asked else [])
            if found:
                out.setdefault(at.get((n, k), (n, k)), []).extend(found)
    return out
