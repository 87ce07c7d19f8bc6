"""From somebody's file to a treaty, and a report of what was done on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..errors import SourceError
from ..text.model import Metadata, Treaty
from . import akn_source, tota
from .kinds import Changes, Choices, pages
from .report import Report
from .sources import SourceFile, Sources, gather, single
from .tota import PartOutline

__all__ = ["Choices", "PartOutline", "Report", "SourceFile", "Sources", "gather", "read", "read_sources", "single"]

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
    """One source file as a treaty: `read_sources` says the rest."""
    return read_sources(
        single(name, data),
        treaty,
        language=language,
        choices=Choices(changes),
        outline=outline,
        settle=settle,
        annexes_only=annexes_only,
    )


def read_sources(
    sources: Sources,
    treaty: str,
    *,
    language: str = "eng",
    choices: Choices | None = None,
    outline: tuple[PartOutline, ...] = (),
    settle: Settle | None = None,
    annexes_only: bool = False,
) -> tuple[Treaty, Report]:
    """The files of a source as a treaty; what kind of file each is, is found by looking at it.

    Akoma Ntoso, ToTA XML, HTML, Word (DOCX), PDF and plain text are read; of several files none may be XML but those
    of one text that treaty-diff wrote. `language` (ISO 639-2)
    counts where the files do not say; `choices` are for Word files and web pages; `outline` tells the
    Parts' chapters; `settle` may correct the metadata that the source gives, before citations
    are resolved; `annexes_only`: there need not be an article, but an annex. Raises SourceError where a file is no
    kind that is known, or broken, or where nobody says of what date the text is.
    """
    choices = choices or Choices()
    report = Report()
    if any(akn_source.sniff_akn(file.data) for file in sources.files):
        from . import akn

        return akn.read_akn(sources, treaty, language=language, changes=choices.changes, settle=settle)
    if len(sources.files) == 1:
        (file,) = sources.files
        if not file.data.strip():
            raise SourceError("The file is empty.", cause="it has no characters but blanks", fix="get the file again")
        if tota.sniff(file.data):
            return tota.read(file.data, treaty, outline=outline, settle=settle)
        found = pages(file.data, file.name, choices, report)
    else:
        from . import publication

        found = publication.read(sources, choices, report)
    from .outline import assemble

    meta = Metadata(treaty, found.title or treaty, "", "", found.language or language)
    meta = settle(meta) if settle is not None else meta
    if not meta.date:
        raise SourceError(
            "The file does not say of what date its text is.",
            cause=f"{report.source} has no place for it",
            fix="give its legal date, for example --date 2016-02-04",
        )
    return assemble(found, replace(meta, signed=meta.signed or meta.date), report, annexes_only=annexes_only), report
