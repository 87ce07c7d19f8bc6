"""`treaty-diff site`: the static site that reviewers read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import audience_option, correspondence, interactive, open_store, store_option
from .compare import compared, templates_of, templates_option

if TYPE_CHECKING:
    from ..align import Concordance
    from ..align.document import Row
    from ..annotate import Annotations
    from ..redline import Comparison
    from ..render.site.material import Material
    from ..render.site.redlines import Asked
    from ..store import Store
    from ..text.model import Treaty


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    metavar="DIR",
    help="Where the site goes: a new or empty folder, or that of an earlier build.",
)
@click.option(
    "--against", multiple=True, metavar="TREATY", help="Another treaty to compare with [default: tpp, where it is held]."
)
@audience_option
@templates_option
@store_option
def site(output: Path, against: tuple[str, ...], audience: str, own: Path | None, store_path: str | None) -> None:
    """Build a static site of the store: topics, redlines, texts, correlation tables, search.

    It is read in a browser from the disk, without a server. What the audience may not see is in no file of it. A page that has not
    changed is not written anew.

    \b
    treaty-diff site --audience public
    treaty-diff site --output /srv/redlines --against tpp --against korus
    """
    from ..collector import at_rest
    from ..render.site.building import build
    from ..render.site.material import gather
    from ..render.site.writing import write
    from ..text.proposal import Distribution

    store = open_store(store_path)
    against = against or tuple(name for name in _DEFAULT if name in store.at().treaties())
    material = gather(store, Distribution(audience), against)
    engine = _Engine(store)
    with _Progress() as progress, at_rest():
        files = build(
            material, engine, lambda other: _rows(store, engine, material, other), progress.tell, templates_of(store, own)
        )
    done = write(files, output)
    removed = f", {done.removed:,} removed" if done.removed else ""
    click.echo(f"The site is {output / 'index.html'}")
    click.echo(f"{len(files):,} files, {done.size / 1e6:.1f} MB: {done.written:,} written, {done.kept:,} unchanged{removed}.")


_DEFAULT = ("tpp",)


class _Engine:
    """Compares with what the store has decided; an answer is worked out once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: dict[tuple[str, str, str, str], Concordance] = {}

    def answers(self, subject: Treaty, base: Treaty) -> Concordance:
        """Which base article answers which of the subject, over both texts whole."""
        key = (subject.meta.treaty, subject.meta.expression, base.meta.treaty, base.meta.expression)
        if key not in self._found:
            self._found[key] = correspondence(self._store, subject, base, (subject.root,), (base.root,))
        return self._found[key]

    def compare(self, subject: Asked, bases: Sequence[Asked]) -> list[tuple[Comparison, Comparison | None]]:
        """The subject with each base, and each the other way round."""
        return compared(self._store, subject, bases, turned=True)

    def annotate(self, comparison: Comparison, subject: Treaty, base: Treaty) -> Annotations:
        """What the changes do."""
        from ..annotate import annotate

        return annotate(comparison, subject, base)


def _rows(store: Store, engine: _Engine, material: Material, other: str) -> tuple[Row, ...]:
    """The concordance with another treaty: the store's document, else what the engine proposes now."""
    from ..align.review import Side, propose
    from ..store import concordances

    home, base = material.home, material.work(other)
    assert base is not None
    document = concordances.find(store.repository, store.at().commit, home.id, base.id)
    if document is not None:
        return document.towards(home.id)
    return propose(Side(home.treaty), Side(base.treaty), engine.answers(home.treaty, base.treaty), ())


class _Progress:
    """A bar on a terminal, nothing elsewhere."""

    def __enter__(self) -> _Progress:
        from rich.progress import Progress

        from ..render.console import console

        self._bar = Progress(console=console(stderr=True), transient=True, disable=not interactive())
        self._tasks: dict[str, int] = {}
        self._bar.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._bar.stop()

    def tell(self, what: str, done: int, total: int) -> None:
        """So much of it is done."""
        from rich.progress import TaskID

        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total)
        self._bar.update(TaskID(self._tasks[what]), completed=done, total=total)
