"""`treaty-diff concordance`: the correspondence as a document that persons confirm and correct."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..printable import printable
from . import deciding
from .common import open_store, store_option

if TYPE_CHECKING:
    from ..align.document import Row
    from ..align.review import Side
    from ..citation import Address
    from ..store import Store
    from ..store.concordances import Document


class _Documents(click.Group):
    """A group of which `concordance SUBJECT BASE` is short for `concordance make SUBJECT BASE`."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named, else `make`."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            args = ["make", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_Documents, subcommand_metavar="SUBJECT BASE | COMMAND [ARGS]...")
def concordance() -> None:
    """Keep which provision answers which as a document in the store, for persons to confirm and correct.

    `concordance SUBJECT BASE` writes the engine's proposals, or makes them anew; what persons decided stays. Two
    texts have one document, concordances/SUBJECT--BASE.jsonl, which serves both directions. SUBJECT and BASE are treaties or proposals.

    \b
    treaty-diff concordance nafta1994 tpp
    treaty-diff concordance sunset/USA nafta1994
    treaty-diff concordance confirm 2006 28.5 --note "the same steps"
    treaty-diff concordance add nafta1994:1904 tpp:28.9 --partial
    treaty-diff concordance none 1905
    treaty-diff concordance export nafta1994 tpp --format html --output table.html
    """


for _command in (deciding.confirm, deciding.reject, deciding.add, deciding.none, deciding.withdraw):
    concordance.add_command(_command)


@concordance.command()
@click.argument("subject")
@click.argument("base")
@store_option
def make(subject: str, base: str, store_path: str | None) -> None:
    """Write the engine's proposals, or make them anew.

    SUBJECT and BASE are treaties or proposals (sunset/USA); `make` may be left out. Where nothing changes, nothing is committed.
    """
    from ..align import align, declared
    from ..align.review import propose
    from ..store import concordances
    from ..store.layout import concordance_path

    store = open_store(store_path)
    head = store.at().commit
    asked, offered = _whole(store, subject), _whole(store, base)
    names = (asked.treaty, offered.treaty)
    path = concordance_path(*names)
    held = concordances.find(store.repository, head, *names)
    if held is not None and held.subject != names[0]:
        asked, offered = offered, asked
    document = held or concordances.Document(*names, path)
    mine, theirs = _side(store, asked), _side(store, offered)
    found = declared.apply(mine.treaty, theirs.treaty, align(mine.treaty, theirs.treaty))
    rows = propose(mine, theirs, found, document.rows)
    summary = f"Concordance of {mine.meta.name} and {theirs.meta.name}"
    commit = concordances.save(store.repository, document, rows, summary, head)
    _report(mine, theirs, rows)
    stored = f"{len(rows)} rows, stored as commit {commit[:12]}" if commit else "nothing changed; nothing committed"
    click.echo(f"{document.path}: {stored}.")


def _report(mine: Side, theirs: Side, rows: tuple[Row, ...]) -> None:
    """The counts of the rows, and each decision that needs to be looked at."""
    from ..align.document import NONE, Origin
    from ..align.review import open_proposals, standings

    stands = list(standings(mine, theirs, rows))
    links = [s for s in stands if s.row.kind != NONE]
    counts = {
        str(Origin.PROPOSED): len(open_proposals(rows)),
        **{str(o): sum(s.row.origin is o for s in links) for o in (Origin.CONFIRMED, Origin.REJECTED, Origin.ADDED)},
        "no counterpart": len(stands) - len(links),
        "stale": sum(bool(s.change) and not s.lost for s in stands),
        "not held": sum(s.lost for s in stands),
    }
    for what, count in counts.items():
        click.echo(f"{count:6,}  {what}")
    for s in stands:
        if sentence := s.sentence():
            click.echo(printable(sentence))


@concordance.command()
@click.argument("subject")
@click.argument("base")
@click.option("--format", "format_", type=click.Choice(["csv", "html", "json"]), default="csv", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it there instead of printing it."
)
@store_option
def export(subject: str, base: str, format_: str, output: Path | None, store_path: str | None) -> None:
    """Export a concordance as a correlation table.

    SUBJECT and BASE are its treaties, in either order. The table is one of article, heading, article, heading, remark, in SUBJECT's order, then what BASE has besides; as CSV, as a page to
    be printed on A4, or as JSON. The engine is not run again.
    """
    from ..render import correlation

    store = open_store(store_path)
    asked, offered = _whole(store, subject), _whole(store, base)
    mine, theirs = _side(store, asked), _side(store, offered)
    document = _held(store, mine.meta.treaty, theirs.meta.treaty)
    table = correlation.build(mine, theirs, document.towards(mine.meta.treaty))
    for sentence in (*filter(None, [table.notice if format_ == "csv" else ""]), *table.said):
        click.echo(printable(sentence), err=True)
    text = {"csv": correlation.csv, "html": correlation.html, "json": correlation.json}[format_](table)
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8", newline="")
    click.echo(f"The table is {output}")


def _held(store: Store, subject: str, base: str) -> Document:
    """The concordance of two treaties; raises StoreError where there is none."""
    from ..errors import StoreError
    from ..store import concordances

    found = concordances.find(store.repository, store.at().commit, subject, base)
    if found is None:
        raise StoreError(
            f"The store has no concordance of {subject} and {base}.",
            cause="nobody has made it yet",
            fix=f"make it with `treaty-diff concordance {subject} {base}`",
        )
    return found


def _whole(store: Store, selector: str) -> Address:
    """The address of a treaty's or a proposal's text, as it is held; raises SelectorError where a part of it is named."""
    from ..citation import TargetKind, parse
    from ..errors import SelectorError

    address = store.resolve(parse(selector))
    if address.target.kind is not TargetKind.WHOLE:
        raise SelectorError(
            f"“{selector}” is a part of a text.",
            cause="a concordance is of two whole texts",
            fix=f"name the text: {address.treaty}",
        )
    return address


def _side(store: Store, address: Address) -> Side:
    from ..align.review import Side

    return Side(store.load(address))
