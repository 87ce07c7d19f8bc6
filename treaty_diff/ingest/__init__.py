"""From somebody's file to a treaty, and a report of what was done on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from ..errors import SourceError
from ..text.model import Metadata, Treaty
from . import tota
from .blocks import Pages
from .report import Report
from .tota import PartOutline

__all__ = ["PartOutline", "Report", "read"]

Changes = Literal["", "accept", "reject"]
Settle = Callable[[Metadata], Metadata]


def read(
    data: bytes,
    treaty: str,
    *,
    name: str = "",
    language: str = "eng",
    changes: Changes = "",
    outline: tuple[PartOutline, ...] = (),
    settle: Settle | None = None,
    annexes_only: bool = False,
) -> tuple[Treaty, Report]:
    """A source file as a treaty; what kind of file it is, is found by looking at it.

    ToTA XML, HTML, Word (DOCX), PDF and plain text are read. `language` (ISO 639-2) counts where the file
    does not say; `changes` says what to do with a Word file's tracked changes; `outline` tells the
    Parts' chapters; `settle` may correct the metadata that the source gives, before citations
    are resolved; `annexes_only`: the file need not have an article, but an annex. Raises SourceError where the file is no kind that is known, or broken, or
    where nobody says of what date the text is.
    """
    if not data.strip():
        raise SourceError("The file is empty.", cause="it has no characters but blanks", fix="get the file again")
    if tota.sniff(data):
        return tota.read(data, treaty, outline=outline, settle=settle)
    report = Report()
    pages = _pages(data, name, changes, report)
    from .outline import assemble

    meta = Metadata(treaty, pages.title or treaty, "", "", pages.language or language)
    meta = settle(meta) if settle is not None else meta
    if not meta.date:
        raise SourceError(
            "The file does not say of what date its text is.",
            cause=f"{report.source} has no place for it",
            fix="give its legal date, for example --date 2016-02-04",
        )
    return assemble(pages, replace(meta, signed=meta.signed or meta.date), report, annexes_only=annexes_only), report


def _pages(data: bytes, name: str, changes: Changes, report: Report) -> Pages:
    """The blocks of a file of running pages, by what it is."""
    from . import docx, docx_package, html, html_source, pdf, plain

    if docx_package.sniff_docx(data):
        report.source = "Word (DOCX)"
        return docx.read_docx(data, name=name, changes=changes, report=report)
    if pdf.sniff_pdf(data):
        report.source = "PDF"
        return pdf.read_pdf(data, name=name, report=report)
    if b"<akomaNtoso" in data[:4000]:
        raise SourceError(
            "The file is Akoma Ntoso, which is not imported yet.",
            cause="the store keeps Akoma Ntoso that treaty-diff wrote",
            fix="import the source that it was made from",
        )
    if html_source.sniff_html(data):
        report.source = "HTML"
        return html.read_html(data, name=name, report=report)
    if b"\0" not in data[:4000].replace(b"\xff\xfe", b"") and not data.lstrip().startswith((b"<", b"{", b"\xff\xd8")):
        report.source = "plain text"
        return plain.pages(data, report)
    raise SourceError(
        "The file is no kind of source that treaty-diff reads.",
        cause=f"it begins with {_beginning(data)}; known are ToTA XML, HTML, Word (DOCX), PDF and plain text",
        fix="import one of these",
    )


def _beginning(data: bytes) -> str:
    start = data[:40].decode("utf-8", errors="replace").strip().splitlines()
    shown = "".join(c if c.isprintable() else "�" for c in (start[0] if start else ""))
    return f"“{shown[:32]}”"
