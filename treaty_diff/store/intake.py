"""From a source's bytes to a commit: what the user says, what the catalogue knows, what the file tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date as day
from typing import Literal

from ..errors import SourceError, TreatyNotFound
from ..ingest import PartOutline, Report, read
from ..text.model import Edition, Metadata, Source
from . import embedded
from .catalogue import Catalogue
from .pull import digest, pinned
from .store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of a source; empty where nothing."""

    title: str = ""
    date: str = ""
    language: str = "eng"
    edition: str = "verbatim"
    changes: Literal["", "accept", "reject"] = ""


def take_in(store: Store, data: bytes, name: str, treaty: str, asked: Asked) -> tuple[Report, str | None]:
    """Read, check and store one source; its report and the commit (None where nothing changed)."""
    if asked.date and not _is_day(asked.date):
        raise SourceError(
            f"“{asked.date}” is no date.", cause="dates are written YYYY-MM-DD", fix="for example --date 2016-02-04"
        )
    entry: Catalogue | None
    try:
        entry = store.at().catalogue(treaty)
    except TreatyNotFound:
        entry = embedded.entry(treaty)
    sha = digest(data)
    known = next((p for p in pinned() if p.sha256 == sha), None)
    source = Source(name, sha256=sha)
    if known is not None:
        source = Source(known.name, known.url, sha, known.licence, known.attribution)
    corrected: list[str] = []

    def settle(meta: Metadata) -> Metadata:
        """What is known better of the text than its file says."""
        meta = replace(meta, source=source, edition=Edition(asked.edition))
        if entry is not None:
            if entry.signed and meta.signed and meta.signed != entry.signed:
                corrected.append(f"{meta.signed} → {entry.signed}")
                meta = replace(meta, date=entry.signed)
            meta = entry.describe(meta)
        if asked.title:
            meta = replace(meta, title=asked.title)
        if known is not None and known.treaty == treaty:
            meta = replace(meta, date=known.date)
        return replace(meta, date=asked.date) if asked.date else meta

    outline = tuple(PartOutline(p.number, p.chapters) for p in entry.parts) if entry else ()
    text, report = read(data, treaty, name=name, language=asked.language, changes=asked.changes, outline=outline, settle=settle)
    for words in corrected:
        report.mend("date of signature as the catalogue has it", treaty, words)
    return report, store.put(text, title=asked.title)


def _is_day(written: str) -> bool:
    try:
        return day.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
