"""From the bytes of a web page to its tree: the encoding found, hostile pages refused."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from ..errors import SourceError
from . import bounds
from .encodings import MIXED, decode_mixed, is_mixed
from .lines import clean
from .report import Report

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ATTRIBUTES = 200
"""libxml2 compares each attribute of a tag with all before it: 40,000 of them take seconds."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""", re.I)
_KNOWN = re.compile(
    r"utf-?8|windows-\d{3,4}|cp\d{3,4}|iso-?8859-\d{1,2}|latin-?\d|macintosh|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gbk|gb2312|gb18030|big5"
)
_LATIN = frozenset(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"))
_MARKUP = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | <(script|style)\b.*?(?:</\1|\Z)
      | <[a-z](?:[^>=]++ | =\s*"[^"]*(?:"|\Z) | =\s*'[^']*(?:'|\Z) | =)*+""",
    re.X | re.S | re.I,
)
_TAG = re.compile(r"<[a-z!/?]", re.I)
_QUOTED = re.compile(r"""=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))""")
_ATTRIBUTE = re.compile(r"[\s/][^\s/>=]|=[^\s>]")
_OPENING = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*+(?:<!doctype\s+html\b|<html\b|<(?:head|body|title|meta|center|table|div|h[1-6]|p|font|main|article)[\s>])",
    re.I | re.S,
)


def sniff_html(data: bytes) -> bool:
    """Whether the bytes are a web page, seen by its opening; no page needs to be well formed."""
    if data[:4] in (b"PK\x03\x04", b"%PDF"):
        return False
    return bool(_OPENING.match(_decode(data[:8192])[0].lstrip("\ufeff")))


def parse(data: bytes, name: str, report: Report) -> _Element:
    """The root of a page's tree.

    Raises SourceError for a page that is empty, too large, or nested too deeply to be read whole.
    """
    from lxml import etree, html

    bounds.check_bytes(len(data))
    text, odd = _decode(data)
    if odd:
        report.mend("encoding", name, odd)
    text, controls = clean(text)
    if controls > 8 + len(text) // 100 or not _TAG.search(text):
        raise SourceError(
            f"{name or 'The file'} is no web page.",
            cause="it has no tags, or bytes that no text has",
            fix="look what kind of file it is",
        )
    if controls:
        report.mend("control characters left out", name, str(controls))
    bounds.check_elements(text.count("<") - text.count("</"))
    _few_attributes(text, name)
    # the declaration of the bytes' encoding no longer holds for the decoded text
    body = re.sub(r"\A\s*<\?xml[^>]*>", "", text.lstrip("\ufeff"))
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(body.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as e:
        raise SourceError(
            f"{name or 'The page'} has no text.", cause=f"nothing in it is HTML ({e})", fix="get the page again"
        ) from e
    # past its depth libxml2 drops the rest of the page and says so only in its log
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise SourceError(
            f"{name or 'The page'} cannot be read whole.",
            cause="its elements are nested more than 2,000 deep",
            fix="save the page again, or import the text of the treaty as plain text",
        )
    return root


def _few_attributes(text: str, name: str) -> None:
    for m in _MARKUP.finditer(text):
        if m.end() - m.start() < 2 * MAX_ATTRIBUTES or m[1] or m[0].startswith("<!--"):
            continue
        if len(_ATTRIBUTE.findall(_QUOTED.sub("=x", m[0]))) > 2 * MAX_ATTRIBUTES:
            raise SourceError(
                f"{name or 'The page'} cannot be read.",
                cause=f"one of its tags has more than {MAX_ATTRIBUTES} attributes",
                fix="look what is wrong with the page, and get it again",
            )


def _decode(data: bytes) -> tuple[str, str]:
    """The characters of a page, and what was odd about their encoding.

    The order is that of the HTML standard (byte order mark, declaration, guess), but words that
    are UTF-8 are read so whatever the page declares.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace"), ""
    m = _DECLARED.search(data[:4096])
    label = (m[1] or m[2]).decode("ascii", "replace").lower() if m else ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        if e.end == len(data) and e.reason == "unexpected end of data" and (not label or label.startswith("utf")):
            return data[: e.start].decode("utf-8"), "the last character is cut in two"
    else:
        wrong = label and not label.startswith("utf") and not data.isascii()
        return text, f"declared {label}, is UTF-8" if wrong else ""
    if label.startswith("utf") or (not label and is_mixed(data)):
        return decode_mixed(data), MIXED
    if label in _LATIN or not _KNOWN.fullmatch(label):
        return data.decode(
            "windows-1252", "replace"
        ), "" if label in _LATIN else "none declared that is known, read as windows-1252"
    try:
        return data.decode(label, "replace"), ""
    except LookupError:
        return data.decode("windows-1252", "replace"), f"declared {label} is unknown, read as windows-1252"
