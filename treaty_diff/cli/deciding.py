"""The commands by which a person decides on rows of a concordance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from ..errors import SelectorError, StoreError
from ..printable import printable
from .common import committed, open_store, store_option

if TYPE_CHECKING:
    from ..align.document import Anchor, Row
    from ..citation import Address
    from ..store import Store
    from ..store.concordances import Document

_of = click.option("--of", metavar="SUBJECT--BASE", help="The concordance, where the selectors do not tell which.")
_note = click.option("--note", default="", metavar="TEXT", help="Why.")
_partial = click.option("--partial", is_flag=True, help="One carries only a part of the other's function.")
_HOW = "write for example nafta1994:1904 tpp:28.9, or name the concordance: --of nafta1994--tpp"


def _on_pair(function: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options of a decision on a pair."""
    for decorate in (store_option, _of, _note, click.argument("base"), click.argument("subject")):
        function = decorate(function)
    return function


@click.command()
@_on_pair
@_partial
def confirm(subject: str, base: str, note: str, of: str | None, partial: bool, store_path: str | None) -> None:
    """Confirm that BASE answers SUBJECT, as the engine proposes.

    SUBJECT and BASE are articles or annexes: 1904 28.9, or nafta1994:1904 tpp:28.9.
    """
    _decide(store_path, of, (subject, base), "confirmed", "partial" if partial else "", note)


@click.command()
@_on_pair
def reject(subject: str, base: str, note: str, of: str | None, store_path: str | None) -> None:
    """Reject the link of SUBJECT with BASE.

    It is not used any more, and not proposed again.
    """
    _decide(store_path, of, (subject, base), "rejected", "", note)


@click.command()
@_on_pair
@_partial
def add(subject: str, base: str, note: str, of: str | None, partial: bool, store_path: str | None) -> None:
    """Link SUBJECT with BASE where the engine does not."""
    _decide(store_path, of, (subject, base), "added", "partial" if partial else "", note)


@click.command()
@click.argument("selector")
@_note
@_of
@store_option
def none(selector: str, note: str, of: str | None, store_path: str | None) -> None:
    """Confirm that nothing answers SELECTOR.

    What the engine proposes for this article or annex is not used.
    """
    _decide(store_path, of, (selector,), "confirmed", "none", note)


@click.command()
@click.argument("selector")
@click.argument("base", default="")
@_of
@store_option
def withdraw(selector: str, base: str, of: str | None, store_path: str | None) -> None:
    """Take a decision back.

    The one on SELECTOR and BASE; with SELECTOR alone, that nothing answers it.
    """
    from ..align import deciding
    from ..align.document import Origin, Row

    store = open_store(store_path)
    chosen = _choose(store, of, tuple(filter(None, (selector, base))))
    asked = Row(chosen.subject, chosen.base, Origin.CONFIRMED, "")
    rows = deciding.withdraw(chosen.document.rows, asked.pair, deciding.described(asked))
    _save(store, chosen, rows, f"withdrawn: {deciding.described(asked)}")


def _decide(store_path: str | None, of: str | None, selectors: Sequence[str], origin: str, kind: str, note: str) -> None:
    from ..align import deciding
    from ..align.document import Origin, Row
    from ..store.concordances import decider, moment

    store = open_store(store_path)
    chosen = _choose(store, of, selectors)
    said = " ".join(printable(note, " ").split())
    row = Row(chosen.subject, chosen.base, Origin(origin), kind, None, decider(store.repository), moment(), said)
    rows = deciding.decide(chosen.document.rows, row)
    _save(store, chosen, rows, f"{origin}: {deciding.described(row)}")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A concordance at the commit `head`, and the provisions that selectors name in it."""

    head: str
    document: Document
    subject: Anchor | None
    base: Anchor | None


def _choose(store: Store, of: str | None, selectors: Sequence[str]) -> _Chosen:
    """What selectors name: in the one concordance that has the treaties in front of them, or in the one that `of` names.

    Without a treaty in front, the first is of the store's default treaty where the concordance is of that one.
    """
    from ..citation import parse
    from ..store import concordances

    head = store.at().commit
    parsed = [parse(selector) for selector in selectors]
    addresses = [store.resolve(address) if address.treaty else address for address in parsed]
    written = [address.treaty for address in addresses]
    pair = _pair(store, head, of, [treaty for treaty in written if treaty])
    document = concordances.find(store.repository, head, *pair)
    assert document is not None
    treaties = _treaties(pair, written, store.default_treaty)
    found = {treaty: _anchor(store, address, treaty) for address, treaty in zip(addresses, treaties, strict=False)}
    return _Chosen(head, document, found.get(document.subject), found.get(document.base))


def _treaties(pair: tuple[str, str], written: Sequence[str], default: str) -> tuple[str, str]:
    """The treaties of a first and a second selector; raises SelectorError where both are written with the same."""

    def other(treaty: str) -> str:
        return pair[1 - pair.index(treaty)]

    first = written[0] or next((other(treaty) for treaty in written[1:] if treaty), "")
    first = first or (default if default in pair else pair[0])
    if first in written[1:]:
        raise SelectorError("Both selectors name the same treaty.", cause="a link is from one treaty to the other", fix=_HOW)
    return first, other(first)


def _pair(store: Store, head: str, of: str | None, named: Sequence[str]) -> tuple[str, str]:
    """The treaties of the concordance that is meant; raises StoreError where none or several are."""
    from ..store import concordances, layout

    held = list(concordances.names(store.repository, head))
    if of is not None:
        asked = layout.pair_of(f"{of.replace('/', '_')}.jsonl")
        fitting = [pair for pair in held if asked is not None and sorted(pair) == sorted(asked)]
    else:
        fitting = held
    fitting = [pair for pair in fitting if set(named) <= set(pair)]
    if not named and len(fitting) > 1:
        fitting = [pair for pair in fitting if store.default_treaty in pair] or fitting
    if len(fitting) == 1 or (fitting and len({frozenset(pair) for pair in fitting}) == 1):
        return fitting[0]
    there = ", ".join(f"{a}--{b}" for a, b in held) or "none"
    raise StoreError(
        "It is not clear which concordance is meant." if fitting else "The store has no such concordance.",
        cause=f"held are: {there}",
        fix=_HOW if fitting else "make it first, for example with `treaty-diff concordance nafta1994 tpp`",
    )


def _anchor(store: Store, address: Address, treaty: str) -> Anchor:
    """Where a row about the provision of a selector is anchored; raises SelectorError where it is no article or annex with a text."""
    from dataclasses import replace

    from ..align.features import UNITS
    from ..align.review import Side

    side = Side(store.load(replace(address, treaty=treaty)))
    found = side.index.find_address(address)
    if len(found) != 1 or found[0].kind not in UNITS or address.target.note:
        holder = side.index.enclosing(found[0], *UNITS)
        fix = f"name {side.index.citation(holder)}" if holder is not None else "name one article"
        raise SelectorError(
            f"“{address.written}” is no article or annex.", cause="a concordance links articles and annexes", fix=fix
        )
    if not found[0].held:
        raise SelectorError(
            f"The text of {side.index.citation(found[0])} is not held, only its heading.",
            cause="a decision is on a text that can be read",
            fix="get it with `treaty-diff pull`",
        )
    return side.anchor(found[0])


def _save(store: Store, chosen: _Chosen, rows: Sequence[Row], what: str) -> None:
    from ..store import concordances

    document = chosen.document
    commit = concordances.save(store.repository, document, rows, f"{document.name}, {what}", chosen.head)
    click.echo(printable(f"{document.path}: {what}; {committed(commit)}."))
