"""Storing a text: its files and its catalogue entry, in one commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from datetime import date as day

from ..errors import AknError, StoreError
from ..text.akn import write_treaty
from ..text.model import Metadata, Source, Treaty
from . import catalogue, layout
from .catalogue import Catalogue, Expression
from .commits import Person
from .message import compose
from .repository import Repository


def legal_time(date: str) -> int:
    """A legal date as seconds since 1970, UTC, not before 1970."""
    try:
        moment = datetime.combine(day.fromisoformat(date), datetime.min.time(), tzinfo=UTC)
    except ValueError:
        return 0
    return max(0, int(moment.timestamp()))


def put(
    repository: Repository,
    treaty: Treaty,
    *,
    author: Person,
    committer: Person,
    summary: str = "",
    title: str = "",
    trailers: Mapping[str, str] | None = None,
    entry: Catalogue | None = None,
    beside: Mapping[str, bytes | None] | None = None,
) -> str | None:
    """Write an expression and its catalogue entry in one commit (see `Store.put`); `beside` are other files of that commit."""
    with repository.writing():
        meta = treaty.meta
        head = repository.head()
        path = layout.catalogue_path(meta.treaty)
        if meta.proposal is None and head and repository.listing(head, f"{layout.PROPOSALS}/{meta.treaty}"):
            raise StoreError(
                f"“{meta.treaty}” cannot be a treaty's id here.",
                cause="there are proposals on a topic of that name",
                fix="choose another id with --treaty, or table the text with `treaty-diff table`",
            )
        held = repository.read(head, path) if head else None
        if entry is None and held is not None:
            entry = catalogue.read(held, path)
        if entry is None:
            entry = _first(meta)
        if title:
            entry = replace(entry, title=title)
        treaty = replace(treaty, meta=entry.describe(meta))
        meta = treaty.meta
        folder = layout.expression_folder(meta.treaty, meta.edition, meta.expression)
        before = {f"{folder}/{item.name}" for item in repository.listing(head, folder) if item.is_file} if head else set()
        files = write_treaty(treaty)
        _refuse_invalid(files)
        changes: dict[str, bytes | None] = dict.fromkeys(sorted(before - {f"{folder}/{name}" for name in files}))
        changes |= described(treaty, entry, files)
        changes |= beside or {}
        message = compose(treaty, len(files), summary=summary, trailers=trailers)
        return repository.commit(changes, message, author, committer, parent=head)


def described(treaty: Treaty, entry: Catalogue, files: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """The paths of an expression's files, and its work's entry with the expression in it."""
    meta = treaty.meta
    annexes = tuple(dict.fromkeys(source for _, source in treaty.sources))
    folder = layout.expression_folder(meta.treaty, meta.edition, meta.expression)
    known = entry.with_expression(_expression(meta, annexes))
    return {layout.catalogue_path(meta.treaty): known.to_toml(), **{f"{folder}/{name}": data for name, data in files.items()}}


def _first(meta: Metadata) -> Catalogue:
    """The entry of a treaty or a proposal that is new to the store."""
    entry = Catalogue(meta.treaty, meta.title, meta.short, meta.signed, meta.status, meta.parties)
    if meta.proposal is None:
        return entry
    return replace(entry, topic=meta.proposal.topic, amends=meta.proposal.scope.amends)


def _expression(meta: Metadata, annexes: tuple[Source, ...]) -> Expression:
    tabled = (meta.proposal.round, meta.proposal.distribution) if meta.proposal is not None else ()
    return Expression(meta.language, meta.date, meta.edition, meta.source, annexes, *tabled)


def _refuse_invalid(files: Mapping[str, bytes]) -> None:
    """Raise AknError where a file is not valid: the store takes in no other."""
    from ..text.validate import schema_errors

    for name, data in files.items():
        for finding in schema_errors(name, data):
            raise AknError(
                "The text cannot be stored: it would not be valid Akoma Ntoso.",
                cause=f"{finding.citation}: {finding.message}",
                fix="this is a fault of treaty-diff; please report it with the file",
            )
