"""From somebody's file to a treaty, and a report of what was done on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date as day

from ..errors import SourceError
from ..printable import printable
from ..text.model import Metadata, Treaty
from . import akn_source, bounds, tota
from .kinds import Changes, Choices, pages
from .oddities import report_oddities
from .report import Report
from .sources import SourceFile, Sources, gather, single
from .tota import PartOutline

__all__ = ["Choices", "PartOutline", "Report", "SourceFile", "Sources", "gather", "is_day", "read", "read_sources", "single"]

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
    settled = _settled(settle)
    report = Report()
    if any(akn_source.sniff_akn(file.data) for file in sources.files):
        from . import akn

        bounds.check_bytes(sum(len(file.data) for file in sources.files))
        made, told = akn.read_akn(sources, treaty, language=language, changes=choices.changes, settle=settled)
        return _told(made, told), told
    if len(sources.files) == 1:
        (file,) = sources.files
        if not file.data.strip():
            raise SourceError("The file is empty.", cause="it has no characters but blanks", fix="get the file again")
        bounds.check_bytes(len(file.data), bounds.MAX_FILE)
        if tota.sniff(file.data):
            _refuse_profile(choices, "ToTA XML")
            bounds.check_bytes(len(file.data))
            made, told = tota.read(file.data, treaty, language=language, outline=outline, settle=settled)
            return _told(made, told), told
        found = pages(file.data, file.name, choices, report)
        _refuse_profile(choices, report.source)
        for aside, kind in sources.aside:
            report.drop("file that is no text of a treaty", aside, kind)
    else:
        from . import publication

        found = publication.read(sources, choices, report)
    from .outline import assemble

    meta = settled(Metadata(treaty, found.title or treaty, "", "", found.language or language))
    if not meta.date:
        raise SourceError(
            "The file does not say of what date its text is.",
            cause=f"{report.source} has no place for it",
            fix="give its legal date, for example --date 2016-02-04",
        )
    text = assemble(found, replace(meta, signed=meta.signed or meta.date), report, annexes_only=annexes_only)
    return _told(text, report), report


def _told(text: Treaty, report: Report) -> Treaty:
    """The text, what is odd in it told."""
    report_oddities(text, report)
    return text


def _settled(settle: Settle | None) -> Settle:
    """`settle`, and a check that the date it ends with is one."""

    def settled(meta: Metadata) -> Metadata:
        meta = settle(meta) if settle is not None else meta
        if meta.date and not is_day(meta.date):
            raise SourceError(
                f"The file says “{printable(meta.date[:32])}” for its date.",
                cause="that is no day of the calendar, written YYYY-MM-DD",
                fix="give its legal date, for example --date 2016-02-04",
            )
        return meta

    return settled


def is_day(written: str) -> bool:
    """Whether a date is a day of the calendar, written YYYY-MM-DD."""
    try:
        return day.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _refuse_profile(choices: Choices, kind: str) -> None:
    if choices.profile and kind != "HTML":
        raise SourceError(
            "The profile has nothing to say here.",
            cause=f"profiles are for web pages, the file is {kind}",
            fix="leave --profile out",
        )
