"""`treaty-diff site`: the static site that reviewers read."""

from __future__ import annotations

from pathlib import Path

import click

from .common import audience_option, interactive, open_store, store_option
from .compare import templates_of, templates_option

against_option = click.option(
    "--against", multiple=True, metavar="TREATY", help="Another treaty to compare with [default: tpp, where it is held]."
)


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    metavar="DIR",
    help="Where the site goes: a new or empty folder, or that of an earlier build.",
)
@against_option
@audience_option
@templates_option
@click.option("--pdf", is_flag=True, help="Print the comparisons as PDFs, too: Chromium does it, where it is installed.")
@store_option
def site(output: Path, against: tuple[str, ...], audience: str, own: Path | None, pdf: bool, store_path: str | None) -> None:
    """Build a static site of the store: topics, redlines, texts, correlation tables, search.

    It is read in a browser from the disk, without a server. What the audience may not see is in no file of it. A page that has not
    changed is not written anew.

    \b
    treaty-diff site --audience public
    treaty-diff site --output /srv/redlines --against tpp --against korus
    """
    from .. import caches
    from ..render.site.making import Wanted, make, state
    from ..render.site.printing import Printer
    from ..render.site.writing import mark, standing, write
    from ..text.proposal import Distribution

    printer = Printer(caches.prints()) if pdf else None
    store = open_store(store_path)
    wanted = Wanted(Distribution(audience), against, templates_of(store, own).folder)
    known = caches.sites() if not pdf else None
    key = state(store, wanted) if known is not None else ""
    listed = known.get(key) if known is not None else None
    done = standing(output, listed) if listed is not None else None
    if done is None:
        with Bar() as bar:
            files = make(store, wanted, bar.tell, printer)
        done = write(files, output)
        if known is not None:
            known.put(key, mark(output))
    removed = f", {done.removed:,} removed" if done.removed else ""
    click.echo(f"The site is {output / 'index.html'}")
    click.echo(
        f"{done.written + done.kept:,} files, {done.size / 1e6:.1f} MB: {done.written:,} written, {done.kept:,} unchanged{removed}."
    )


class Bar:
    """A bar on a terminal, nothing elsewhere. No thread draws it: the build forks."""

    def __enter__(self) -> Bar:
        from rich.progress import Progress

        from ..render.console import console

        self._bar = Progress(console=console(stderr=True), transient=True, auto_refresh=False, disable=not interactive())
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
        self._bar.update(TaskID(self._tasks[what]), completed=done, total=total, refresh=True)
