"""`treaty-diff align`: which provision answers which."""

from __future__ import annotations

import click

from .common import correspondence, open_store, store_option


@click.command()
@click.argument("subject")
@click.option("--against", "base", required=True, metavar="BASE", help="The text whose articles answer: tpp, tpp:ch28 …")
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
@store_option
def align(subject: str, base: str, format_: str, store_path: str | None) -> None:
    """List each article of SUBJECT with the articles of BASE that answer it, how surely, and why.

    An article without a counterpart is listed with the three that come nearest.

    \b
    treaty-diff align chapter19 --against tpp
    treaty-diff align nafta1994 --against tpp --format json
    """
    from ..align.scope import gone, whole
    from ..citation import parse
    from ..text.index import Index

    store = open_store(store_path)
    asked, offered = parse(subject), parse(base)
    mine, theirs = Index(store.load(asked)), Index(store.load(offered))
    scope, _ = whole(mine, mine.find_address(asked))
    base_scope, _ = whole(theirs, theirs.find_address(offered))
    concordance = correspondence(store, mine.treaty, theirs.treaty, scope, base_scope)
    missing = gone(mine.treaty, scope, theirs.treaty, base_scope, concordance)
    if format_ == "json":
        from ..render.alignment import alignment_dict
        from ..render.json import dumps

        click.echo(dumps(alignment_dict(mine, theirs, scope, concordance, missing)), nl=False)
        return
    from ..render.alignment import show
    from ..render.console import console

    show(console(), mine, theirs, concordance, missing)
