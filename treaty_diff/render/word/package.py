"""The zip archive of a Word file (ISO/IEC 29500-2), the same bytes for the same parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip archive can say."""

_ROOTS = {
    "document": "document",
    "styles": "styles",
    "settings": "settings",
    "footnotes": "footnotes",
    "comments": "comments",
    "header1": "hdr",
    "footer1": "ftr",
}
"""The root element of each part, in the order of the archive."""

_KINDS = {"document": "document.main", "header1": "header", "footer1": "footer"}


def relation(part: str) -> str:
    """The id by which the document refers to a part."""
    return f"rId{list(_ROOTS).index(part)}"


def pack(parts: Mapping[str, str], title: str) -> bytes:
    """A Word file of the insides of its parts; `title` is escaped for XML."""
    names = [name for name in _ROOTS if name in parts]
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{_KINDS.get(name, name)}+xml"/>' for name in names
    )
    core = f"{_PACKAGE}/metadata/core-properties"
    files = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}'
            '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": _relations(
            [
                ("rId1", f"{_R}/officeDocument", "word/document.xml"),
                ("rId2", core.replace("/2006/", "/2006/relationships/"), "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title><dc:creator>treaty-diff</dc:creator></cp:coreProperties>"
        ),
        "word/_rels/document.xml.rels": _relations(
            [(relation(name), f"{_R}/{_KINDS.get(name, name)}", f"{name}.xml") for name in names if name != "document"]
        ),
        **{
            f"word/{name}.xml": f'<w:{_ROOTS[name]} xmlns:w="{_W}" xmlns:r="{_R}">{parts[name]}</w:{_ROOTS[name]}>'
            for name in names
        },
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, (_XML + text).encode())
    return out.getvalue()


def _relations(found: list[tuple[str, str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{ident}" Type="{kind}" Target="{target}"/>' for ident, kind, target in found)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
