"""What kind of file a source is, found by looking, and its blocks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import SourceError
from .blocks import Pages
from .bounds import MAX_FILE, MAX_MARKUP, check_bytes
from .report import Report

Changes = Literal["", "accept", "reject"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user says of the files: what to do with tracked changes, which profile web pages have."""

    changes: Changes = ""
    profile: str | Path = ""


def kind_of(data: bytes) -> str:
    """`Word (DOCX)`, `PDF`, `HTML` or `plain text`; empty for what is none of these."""
    from . import docx_package, html_source, pdf, plain

    if docx_package.sniff_docx(data):
        return "Word (DOCX)"
    if pdf.sniff_pdf(data):
        return "PDF"
    if html_source.sniff_html(data):
        return "HTML"
    if plain.sniff_plain(data):
        return "plain text"
    return ""


def pages(data: bytes, name: str, choices: Choices, report: Report) -> Pages:
    """The blocks of a file of running pages, by what it is; its kind becomes the report's source.

    Raises SourceError for a file of no kind that is known.
    """
    from . import docx, html, pdf, plain

    report.source = kind_of(data)
    check_bytes(len(data), MAX_FILE if report.source in ("Word (DOCX)", "PDF") else MAX_MARKUP)
    match report.source:
        case "Word (DOCX)":
            return docx.read_docx(data, name=name, changes=choices.changes, report=report)
        case "PDF":
            return pdf.read_pdf(data, name=name, report=report)
        case "HTML":
            return html.read_html(data, name=name, profile=choices.profile, report=report)
        case "plain text":
            return plain.pages(data, report)
    raise SourceError(
        "The file is no kind of source that treaty-diff reads.",
        cause=f"it begins with {_beginning(data)}; known are Akoma Ntoso, ToTA XML, HTML, Word (DOCX), PDF and plain text",
        fix="import one of these",
    )


def _beginning(data: bytes) -> str:
    start = data[:40].decode("utf-8", errors="replace").strip().splitlines()
    shown = "".join(c if c.isprintable() else "�" for c in (start[0] if start else ""))
    return f"“{shown[:32]}”"
