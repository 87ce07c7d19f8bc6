"""`treaty-diff serve`: the site in a browser of this machine, as the store is now."""

from __future__ import annotations

from pathlib import Path

import click

from .common import audience_option, open_store, store_option
from .compare import templates_option
from .site import Bar, against_option


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    metavar="N",
    help="The port; 0 for any that is free.",
)
@against_option
@audience_option
@templates_option
@store_option
def serve(port: int, against: tuple[str, ...], audience: str, own: Path | None, store_path: str | None) -> None:
    """Show the site of the store in a browser of this machine, and of no other.

    Reload a page to see what has changed in the store. Nothing is written. Ctrl-C ends it.
    """
    from ..render.site.making import Wanted
    from ..render.site.serving import Builder, Server
    from ..text.proposal import Distribution

    store = open_store(store_path)
    builder = Builder(store.root, Wanted(Distribution(audience), against, own.absolute() if own is not None else None))
    try:
        server = Server(builder, port, lambda fault: click.echo(f"treaty-diff: {fault}", err=True))
        with server:
            with Bar() as bar:
                fault = builder.refresh(bar.tell)
            if fault:
                raise click.ClickException(fault)
            click.echo(f"The site is at {server.address} (Ctrl-C ends it).")
            server.serve_forever()
    except KeyboardInterrupt:
        click.echo("Ended.")
    finally:
        builder.close()
