"""From somebody's file to a treaty, and a report of what was done on the way."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import SourceError
from ..text.model import Metadata, Treaty
from . import tota
from .report import Report
from .tota import PartOutline

__all__ = ["PartOutline", "Report", "read"]


def read(
    data: bytes, treaty: str, *, outline: tuple[PartOutline, ...] = (), settle: Callable[[Metadata], Metadata] | None = None
) -> tuple[Treaty, Report]:
    """A source file as a treaty; what kind of file it is, is found by looking at it.

    `settle` may correct the metadata that the source gives, before citations are resolved.

    Raises SourceError where it is no kind that is known, or broken.
    """
    if not data.strip():
        raise SourceError("The file is empty.", cause="it has no characters but blanks", fix="get the file again")
    if tota.sniff(data):
        return tota.read(data, treaty, outline=outline, settle=settle)
    raise SourceError(
        "The file is no kind of source that treaty-diff reads.",
        cause=f"it begins with {_beginning(data)}; known is the XML of Texts of Trade Agreements (ToTA)",
        fix="import a ToTA file, or turn the text into one",
    )


def _beginning(data: bytes) -> str:
    start = data[:40].decode("utf-8", errors="replace").strip().splitlines()
    shown = "".join(c if c.isprintable() else "�" for c in (start[0] if start else ""))
    return f"“{shown[:32]}”"
