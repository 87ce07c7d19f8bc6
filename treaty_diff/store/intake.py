"""From a source's bytes to a commit: what the user says, what the catalogue knows, what the file tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ..errors import SourceError, TreatyNotFound
from ..ingest import Choices, PartOutline, Report, Sources, annexes, is_day, read_sources, single
from ..text.model import Edition, Metadata, Source, Treaty
from . import embedded
from .catalogue import Catalogue
from .pins import Pinned, known
from .store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of a source; empty where nothing."""

    title: str = ""
    date: str = ""
    language: str = "eng"
    edition: str = "verbatim"
    changes: Literal["", "accept", "reject"] = ""
    profile: str | Path = ""

    @property
    def choices(self) -> Choices:
        """What counts in reading Word files and web pages."""
        return Choices(self.changes, self.profile)


def pull_in(store: Store, data: bytes, pinned: Pinned) -> tuple[Report, str | None]:
    """Read, check and store a pinned source, as its entry in the catalogue says; its report and the commit.

    Raises SourceError where the file is of another language than its entry, TreatyNotFound where it has annexes of a text
    that is not held.
    """
    asked = Asked(pinned.title, pinned.date, pinned.language)
    sources = single(pinned.name, data)
    if pinned.kind == "annexes":
        return take_in_annexes(store, sources, pinned.treaty, asked, replacing=pinned.replace, pinned=pinned)
    return take_in(store, sources, pinned.treaty, asked, pinned=pinned)


def take_in(
    store: Store, sources: Sources, treaty: str, asked: Asked, *, pinned: Pinned | None = None
) -> tuple[Report, str | None]:
    """Read, check and store a source of one file or several; its report and the commit (None where nothing changed).

    `pinned` is its entry in the catalogue of sources, which is looked up where it is not given. Annexes that the text held already had from another source are kept.
    """
    _check_date(asked)
    entry = _entry(store, treaty)
    pinned = pinned or _pinned(store, sources)
    source = _source(sources, pinned)
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
        if pinned is not None and pinned.treaty == treaty:
            _check_language(meta, pinned)
            meta = replace(meta, date=pinned.date)
        return replace(meta, date=asked.date) if asked.date else meta

    outline = tuple(PartOutline(p.number, p.chapters) for p in entry.parts) if entry else ()
    text, report = read_sources(sources, treaty, language=asked.language, choices=asked.choices, outline=outline, settle=settle)
    for words in corrected:
        report.mend("date of signature as the catalogue has it", treaty, words)
    if entry is not None and (held := _held(store, entry, text)) is not None:
        kept = annexes.of(held, only_from_elsewhere=True)
        text = annexes.add(text, kept, Report(), replacing=True)
        report.counts.clear()
        report.count(text)
        for annex in kept:
            report.mend("annex kept that another source gave", annex.provision.label or annex.provision.title, annex.source.name)
    return report, store.put(_followed(store, text, report), title=asked.title)


def take_in_annexes(
    store: Store,
    sources: Sources,
    treaty: str,
    asked: Asked,
    *,
    replacing: bool = False,
    pinned: Pinned | None = None,
) -> tuple[Report, str | None]:
    """Add a source's annexes to the text held of the same treaty, language and edition; report and commit.

    `replacing`: they take the place of annexes of the same number; `pinned` as in `take_in`. Raises TreatyNotFound where no
    such text is held, SourceError where the annexes are another treaty's.
    """
    _check_date(asked)
    snapshot = store.at()
    held = snapshot.load(treaty, asked.language, asked.date, Edition(asked.edition))
    if pinned is not None and held.meta.date != pinned.date:
        raise TreatyNotFound(
            f"The store does not hold the text of {pinned.date} that {pinned.label} belong to.",
            cause=f"the newest until then is {held.meta.expression}",
            fix="pull or import that text first",
        )
    source = _source(sources, pinned or _pinned(store, sources))

    def settle(meta: Metadata) -> Metadata:
        """The annexes are the held text's."""
        return replace(held.meta, source=source)

    given, report = read_sources(
        sources, treaty, language=asked.language, choices=asked.choices, settle=settle, annexes_only=True
    )
    joined = Report(report.source)
    text = annexes.add(held, annexes.of(given), joined, replacing=replacing)
    joined.count(text)
    joined.add(report)  # behind what was done with the annexes
    return joined, store.put(_followed(store, text, joined), summary=f"{held.meta.title}: annexes from {source.name}")


def _check_date(asked: Asked) -> None:
    if asked.date and not is_day(asked.date):
        raise SourceError(
            f"“{asked.date}” is no date.", cause="dates are written YYYY-MM-DD", fix="for example --date 2016-02-04"
        )


def _entry(store: Store, treaty: str) -> Catalogue | None:
    try:
        return store.at().catalogue(treaty)
    except TreatyNotFound:
        return embedded.entry(treaty)


def _pinned(store: Store, sources: Sources) -> Pinned | None:
    """The entry of the catalogue of sources that has these bytes."""
    return next((pinned for pinned in known(store)[0] if pinned.sha256 == sources.sha256), None)


def _source(sources: Sources, pinned: Pinned | None) -> Source:
    """Where files came from: a pinned source where their bytes are one's, else the files."""
    if pinned is None:
        return Source(sources.name, sha256=sources.sha256)
    return Source(pinned.name, pinned.url, pinned.sha256, pinned.licence, pinned.attribution)


def _check_language(meta: Metadata, pinned: Pinned) -> None:
    if meta.language != pinned.language:
        raise SourceError(
            f"{pinned.name} is not in the language that it should have.",
            cause=f"{pinned.catalogue} pins it as {pinned.language}, it was read as {meta.language}",
            fix=f"mend the entry in the catalogue, or import the file with --language {pinned.language}",
        )


def _held(store: Store, entry: Catalogue, text: Treaty) -> Treaty | None:
    """The expression that a text is about to replace, where it has annexes from elsewhere."""
    same = (e for e in entry.expressions if (e.name, e.edition) == (text.meta.expression, text.meta.edition))
    if not any(e.annexes for e in same):
        return None
    return store.at().load(text.meta.treaty, text.meta.language, text.meta.date, text.meta.edition)


def _followed(store: Store, text: Treaty, report: Report) -> Treaty:
    """The text with the wIds that its provisions have in the other texts of the treaty that are held, so that they can be followed.

    Of the same edition and language the nearest of earlier date comes first, then the nearest of later date; last a text in
    another language of the same date, in which the same label is the same provision. Texts that are held keep theirs: one that
    is imported after a later one takes the later one's.
    """
    meta = text.meta
    try:
        entry = store.at().catalogue(meta.treaty)
    except TreatyNotFound:
        return text
    others = sorted((e for e in entry.expressions if e.edition is meta.edition), key=lambda e: e.date)
    same = [e for e in others if e.language == meta.language]
    earlier, later = [e for e in same if e.date < meta.date], [e for e in same if e.date > meta.date]
    translations = [e for e in others if e.language != meta.language and e.date == meta.date]
    chosen = (*earlier[-1:], *later[:1], *translations[:1])
    if not chosen:
        return text
    from ..align import carry_wids
    from ..text.index import Index

    held = [store.at().text(entry, e) for e in chosen]
    carried = carry_wids(text, *held)
    index = Index(carried)
    known = {p.wid for other in held for p in other.articles()}
    own = {p.eid for p in text.articles() if p.wid == p.eid}
    for p in carried.articles():
        if p.eid in own and p.wid != p.eid and p.wid in known:
            report.mend("article followed from another number", index.citation(p), p.wid)
    return carried
