"""A Word file's parts, read from its zip archive with bounds, and their XML without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PART = 64_000_000
"""An unpacked part of this many bytes holds ten times the longest trade agreement."""
MAX_PARTS = 10_000
MAX_ELEMENTS = 400_000
"""Elements in one paragraph or table; more are an attack on memory."""

_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff_docx(data: bytes) -> bool:
    """Whether the bytes are a Word file: a zip archive that names a main document of Word's."""
    return data[:4] == b"PK\x03\x04" and b"word/" in data and b"[Content_Types].xml" in data


class Package:
    """The parts of a Word file by what they are to the main document.

    Raises SourceError for what is no archive, is larger than our bounds or holds no Word document.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name or "The file"
        if data.startswith(_OLE):
            raise self.error("is of an older Word, or locked by a password", "save it as .docx without a password")
        if data.count(_ENTRY) > MAX_PARTS:
            raise self.error(f"it has more than {MAX_PARTS:,} parts", "take its pictures out")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeError) as e:
            raise self.error(f"it is no zip archive, or is cut off ({e})", "get the file again, or save it as .docx") from e
        self._names = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()}
        self._unpacked = 0
        main = self._related("")
        self.document = next((p for kind, p in main if kind == "officeDocument"), "word/document.xml")
        if self.document.lower() not in self._names:
            raise self.error("it holds no Word document", "look what kind of file it is")
        self._parts = dict(self._related(self.document))

    def error(self, cause: str, fix: str) -> SourceError:
        """The error for this file."""
        return SourceError(f"{self.name} cannot be read as a Word file.", cause=cause, fix=fix)

    def tree(self, kind: str) -> _Element | None:
        """Root of the part that the main document calls `kind` (`numbering`, `styles`, …), None where it has none."""
        path = self._parts.get(kind, "")
        if path.lower() not in self._names:
            return None
        root: _Element | None = None
        for element in self._events(self._read(path), whole=True):
            root = element
        return root

    def blocks(self) -> Iterator[_Element]:
        """Children of the main document's body one after another, each complete and then let go."""
        yield from self._events(self._read(self.document), whole=False)

    def _events(self, data: bytes, *, whole: bool) -> Iterator[_Element]:
        from lxml import etree

        depth = count = 0
        events = etree.iterparse(
            io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            for event, element in events:
                if event == "start":
                    if depth == 0 and element.getroottree().docinfo.doctype:
                        raise self.error(
                            "its XML has a document type declaration, which Word never writes", "save it again in Word"
                        )
                    depth += 1
                    count += 1
                    if count > MAX_ELEMENTS * (2 if whole else 1):
                        raise self.error(
                            f"a part or paragraph of it has more than {MAX_ELEMENTS:,} elements", "look at the file in Word"
                        )
                    continue
                depth -= 1
                if whole and depth == 0:
                    yield element
                elif not whole and depth == 2:
                    yield element
                    count = 0
                    element.clear()
                    parent = element.getparent()
                    while parent is not None and len(parent) > 1:
                        del parent[0]
        except etree.XMLSyntaxError as e:
            raise self.error(f"its XML is broken ({e.msg})", "open it in Word and save it again") from e

    def _read(self, path: str) -> bytes:
        info = self._names[path.lower()]
        if info.flag_bits & 1:
            raise self.error("it is locked by a password", "save it without one")
        self._unpacked += info.file_size
        if info.file_size > MAX_PART or self._unpacked > 2 * MAX_PART:
            raise self.error(
                f"{path} unpacks to {info.file_size // 1_000_000} MB", "look at the file in Word; no treaty is that long"
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.error(f"{path} is packed in a way that Word does not use", "save it again in Word")
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as e:
            raise self.error(f"{path} is damaged ({e})", "get the file again") from e

    def _related(self, part: str) -> list[tuple[str, str]]:
        """What a part is related to, as (kind, path); Open Packaging Conventions, ISO/IEC 29500-2."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path.lower() not in self._names:
            return []
        found = []
        for root in self._events(self._read(path), whole=True):
            for relation in root:
                if relation.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, unquote(relation.get("Target", "")))).lstrip("/")
                    found.append((relation.get("Type", "").rpartition("/")[2], target))
        return found
