"""Which text on the table a selector means: `sunset`, `sunset/MEX`, `sunset@round-4`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .. import parties
from ..citation import Address, TargetKind
from ..errors import SelectorError, TreatyNotFound
from . import layout
from .catalogue import Catalogue

if TYPE_CHECKING:
    from .store import Store


def resolve(store: Store, address: Address) -> Address:
    """As `Store.resolve` says.

    Raises TreatyNotFound where the Party has no text on the topic, SelectorError for a Party behind a treaty.
    """
    named = address.treaty or store.default_treaty
    if layout.is_consolidated(named):
        return replace(address, revision="" if address.round else address.revision)
    # A round of a proposal is looked up in what is held now, not in what was held when that round ended.
    snapshot = store.at("" if address.round else address.revision)
    works = snapshot.proposals(named)
    if not works:
        if address.party:
            raise SelectorError(
                f"There are no proposals on “{named}”.",
                cause=f"{address.party} is a Party, and {named} no topic",
                fix="see `treaty-diff list` for the topics",
            )
        return replace(address, treaty=named, round=0)
    entries = sorted(snapshot.catalogues(works), key=first_tabled)
    wanted = set(filter(None, address.party.split("-")))
    if not wanted and address.language.upper() in {party for entry in entries for party in entry.tabled_by}:
        wanted, address = {address.language.upper()}, replace(address, language="")
    fitting = [entry for entry in entries if wanted <= set(entry.tabled_by)]
    if not fitting:
        raise TreatyNotFound(
            f"{parties.names(sorted(wanted))} tabled no text on {named} that is held.",
            cause=f"held are: {', '.join(works)}",
            fix="select one of these",
        )
    if not wanted and len(fitting) > 1:
        _tell(store, named, fitting)
    elif len(fitting) > 1:
        fitting.sort(key=lambda entry: len(entry.tabled_by))  # a Party's own text before one that it tabled with others
    revision = "" if address.round else address.revision
    return replace(address, treaty=fitting[0].treaty, party="", revision=revision)


def all_of(store: Store, address: Address) -> list[Address]:
    """The texts of a topic that an address means when it names no Party and no place in the text; else none."""
    if address.party or address.language or address.target.kind is not TargetKind.WHOLE:
        return []
    snapshot = store.at("" if address.round else address.revision)
    revision = "" if address.round else address.revision
    works = (
        [entry for entry in snapshot.catalogues(snapshot.proposals(address.treaty)) if _until(entry, address)]
        if address.treaty
        else []
    )
    return [replace(address, treaty=entry.treaty, revision=revision) for entry in works]


def _until(entry: Catalogue, address: Address) -> bool:
    """Whether a text of the work is within the round or the date that an address names."""
    try:
        entry.choose("", address.date, round=address.round)
    except TreatyNotFound:
        return False
    return True


def first_tabled(entry: Catalogue) -> tuple[int, str, str]:
    """What puts proposals in the order in which they were tabled: round, day, id."""
    return min(((e.round, e.date, entry.treaty) for e in entry.expressions), default=(0, "", entry.treaty))


def _tell(store: Store, topic: str, entries: list[Catalogue]) -> None:
    """Which of several texts is taken."""
    first, *others = entries
    rest = ", ".join(f"{entry.treaty} (round {first_tabled(entry)[0]})" for entry in others)
    said = f"{topic} is taken as {first.treaty} (round {first_tabled(first)[0]}), the first text tabled; there is also {rest}."
    if said not in store.repository.notices:
        store.repository.notices.append(said)
