"""The command that makes a store."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a store in FOLDER (here, by default), with the embedded edition in it."""
    from ..store import Store

    store = Store.create(folder)
    snapshot = store.at()
    proposals = snapshot.proposals()
    topics = len({work.partition("/")[0] for work in proposals})
    click.echo(
        f"A store is ready in {store.root}: {', '.join(snapshot.treaties())}; {len(proposals)} proposals on {topics} topics "
        "(reconstructions)."
    )
