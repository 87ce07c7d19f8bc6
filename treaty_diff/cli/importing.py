"""Commands that bring texts into the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from .common import interactive, open_store, store_option

if TYPE_CHECKING:
    from ..ingest import Report


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--treaty", required=True, metavar="ID", help="Id of the treaty: small letters, digits, hyphens.")
@click.option("--title", default="", help="The treaty's title, where the source's will not do.")
@click.option("--date", default="", metavar="YYYY-MM-DD", help="Legal date of the text, where the source does not tell or errs.")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Its language, where the source does not tell.")
@click.option("--edition", type=click.Choice(["verbatim", "restatement"]), default="verbatim", show_default=True)
@click.option(
    "--changes", type=click.Choice(["accept", "reject"]), help="What to do with the tracked changes of Word or Akoma Ntoso."
)
@click.option(
    "--profile",
    default="",
    metavar="NAME|FILE",
    help="Profile of the web pages, by name or TOML file, where none that is found fits.",
)
@click.option("--annexes", "annexes_only", is_flag=True, help="Add the file's annexes to the text held, and nothing else of it.")
@click.option("--replace", "replacing", is_flag=True, help="With --annexes: also those that the text has already.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="Form of the report.",
)
@store_option
def import_(
    files: tuple[Path, ...],
    treaty: str,
    title: str,
    date: str,
    language: str,
    edition: str,
    changes: Literal["accept", "reject"] | None,
    profile: str,
    annexes_only: bool,
    replacing: bool,
    format_: str,
    store_path: str | None,
) -> None:
    """Read a source FILE into the store, or a publication of several files: a folder, or FILEs in reading order.

    The kind of a file is found by looking at it: Akoma Ntoso, ToTA XML, HTML, Word, PDF or plain text. The report
    says what was counted, mended, left out and not understood; an import that changes nothing commits nothing.

    A folder's files are put in the order of its table of contents, where a page links to them, else of their chapters.
    Profiles tell where the text is on a site's pages: canada, eurlex, general, sice, ustr, word, or a file of your own.

    With --annexes a second source completes a text: each annex goes to its chapter, the articles that annexes hang on
    are looked up, and annexes that the text has already stay unless --replace is given.
    """
    from ..ingest import gather
    from ..languages import alpha3
    from ..store.intake import Asked, take_in, take_in_annexes
    from ..store.layout import treaty_folder

    treaty_folder(treaty)
    store = open_store(store_path)
    sources = gather(files)
    if interactive() and len(sources.files) > 1:
        sources = replace(sources, progress=lambda name: click.echo(f"reading {name} …", err=True))
    asked = Asked(title, date, alpha3(language), edition, changes or "", profile)
    if annexes_only:
        report, commit = take_in_annexes(store, sources, treaty, asked, replacing=replacing)
    else:
        report, commit = take_in(store, sources, treaty, asked)
    print_report(report, treaty, commit, format_)


def print_report(report: Report, treaty: str, commit: str | None, format_: str) -> None:
    """Say what became of a source: counts, what was mended and not understood, and the commit."""
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps({**report.to_dict(), "treaty": treaty, "commit": commit}), nl=False)
        return
    from ..ingest.report import counted
    from ..text.bidi import visible

    click.echo(f"{treaty}: {', '.join(counted(kind, n) for kind, n in report.counts.items())}.")
    if report.files:
        used = sum(file.use == "text" for file in report.files)
        click.echo(f"  text from {used} of {len(report.files)} files read: {report.source} (--format json lists them)")
    mended: dict[str, int] = {}
    for note in report.mended:
        mended[note.what] = mended.get(note.what, 0) + 1
    for what, n in sorted(mended.items()):
        click.echo(f"  mended {n} × {what}")
    for what, notes in (("dropped", report.dropped), ("to look at", report.unclear)):
        for note in notes[:12]:
            click.echo(visible(f"  {what}: {note.place}: {note.what}: {note.words}"))
        if len(notes) > 12:
            click.echo(f"  {what}: {len(notes) - 12} more (--format json lists all)")
    click.echo(f"Stored as commit {commit[:12]}." if commit else "Nothing changed; nothing committed.")
