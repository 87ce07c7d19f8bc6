"""Word files with styles for headings, automatic lists and footnotes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from treaty_diff.numerals import to_roman

from . import Paragraph

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = "".join(f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in range(1, 7))
_FORMS = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"), ("upperLetter", "(%4)"))


def document(found: Sequence[Paragraph]) -> bytes:
    """A chapter as .docx: a number that goes on with its list is left to Word, another one is typed."""
    lists = _Lists()
    notes: list[str] = []
    body = [_paragraph(p, lists, notes) for p in found]
    kinds = {
        "document": f"<w:body>{''.join(body)}</w:body>",
        "styles": _STYLES,
        "numbering": lists.definitions(),
        "footnotes": "".join(f'<w:footnote w:id="{n}">{inside}</w:footnote>' for n, inside in enumerate(notes, 1)),
    }
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": "<Relationships>"
        + "".join(f'<Relationship Id="{k}" Type="{_R}/{k}" Target="{k}.xml"/>' for k in kinds if k != "document")
        + "</Relationships>",
        **{
            f"word/{k}.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:{k} xmlns:w="{_W}">{inside}</w:{k}>'
            for k, inside in kinds.items()
        },
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


class _Lists:
    """Which list each number belongs to, and how far each has counted."""

    def __init__(self) -> None:
        self.count = 0
        self.counted: list[int] = []

    def number(self, p: Paragraph) -> tuple[int, int] | None:
        """List and level of a paragraph's number, None where Word would print another one."""
        if p.level:
            self.counted = []
            return None
        level = next(
            (n for n in range(4) if p.number == _printed(n, (self.counted[n] if n < len(self.counted) else 0) + 1)), None
        )
        if not p.number or level is None or level > len(self.counted):
            return None
        if not self.counted:
            self.count += 1
        self.counted = [*self.counted[:level], (self.counted[level] if level < len(self.counted) else 0) + 1]
        return self.count, level

    def definitions(self) -> str:
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for n, (form, text) in enumerate(_FORMS)
        )
        restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/>{restart}</w:num>' for n in range(1, self.count + 1))
        return f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{nums}'


def _printed(level: int, n: int) -> str:
    if n > 26 and level in (1, 3):
        return ""
    return (f"{n}.", f"({chr(96 + n)})" if n < 27 else "", f"({to_roman(n).lower()})", f"({chr(64 + n)})" if n < 27 else "")[
        level
    ]


def _paragraph(p: Paragraph, lists: _Lists, notes: list[str]) -> str:
    if p.table:
        rows = ("".join(f"<w:tc><w:p>{_run(cell)}</w:p></w:tc>" for cell in row) for row in p.table)
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    listed = lists.number(p)
    runs = [] if listed or not p.number else [_run(f"{p.number} ")]
    at = 0
    for offset, _, body in p.notes:
        runs.append(_run(p.words[at:offset]))
        notes.append("".join(f"<w:p>{_run(line)}</w:p>" for line in body.split("\n")))
        runs.append(f'<w:r><w:footnoteReference w:id="{len(notes)}"/></w:r>')
        at = offset
    runs.append(_run(p.words[at:]))
    style = f'<w:pStyle w:val="H{p.level}"/>' if p.level else ""
    numbered = f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>' if listed else ""
    return f"<w:p><w:pPr>{style}{numbered}</w:pPr>{''.join(runs)}</w:p>"


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""
