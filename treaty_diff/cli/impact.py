"""`treaty-diff impact`: what a deletion would leave behind."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from .common import SELECTOR, format_option, open_store, store_option

if TYPE_CHECKING:
    from ..annotate.impact import Impact, Orphan


@click.command(epilog=SELECTOR)
@click.argument("selector")
@format_option
@store_option
def impact(selector: str, format_: str, store_path: str | None) -> None:
    """Show what else in the treaty cites SELECTOR, and what terms and bodies its deletion leaves without a home.

    \b
    treaty-diff impact chapter19
    treaty-diff impact tpp:28.9 --format json
    """
    from ..annotate.impact import impact as found_of
    from ..citation import parse
    from ..text.index import Index

    store = open_store(store_path)
    address = parse(selector)
    treaty = store.load(address)
    found = found_of(treaty, Index(treaty).find_address(address))
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps(found.to_dict()), nl=False)
        return
    _print(found, treaty.meta.name)


def _print(found: Impact, name: str) -> None:
    from ..render.sentences import listing, number

    asked = listing(list(found.asked))
    if not found.citations:
        click.echo(f"Nothing else in {name} cites {asked}.")
    else:
        chapters = list(dict.fromkeys(c.chapter or "outside the chapters" for c in found.citations))
        click.echo(
            f"{number(len(found.citations), 'provision')} of {name} cite{'s' if len(found.citations) == 1 else ''} {asked}, in {listing(chapters)}:"
        )
        for chapter, places in groupby(found.citations, key=lambda c: c.chapter or "Outside the chapters"):
            click.echo(f"  {chapter}")
            for place in places:
                click.echo(f"    {place.citation}{f': “{place.words}”' if place.words else ''}")
    _orphans("Terms that only it defines and the rest uses", found.terms)
    _orphans("Bodies that it establishes and the rest names", found.bodies)


def _orphans(title: str, orphans: tuple[Orphan, ...]) -> None:
    if not orphans:
        return
    click.echo(f"\n{title}:")
    for orphan in orphans:
        places = [left.citation for left in orphan.used]
        more = f" and {len(places) - 6} more" if len(places) > 6 else ""
        click.echo(f"  {orphan.name} ({orphan.home}): {', '.join(places[:6])}{more}")
