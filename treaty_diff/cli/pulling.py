"""The command that gets pinned texts, and shows which there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import SourceError, TreatyDiffError
from .common import interactive, open_store, store_option
from .importing import print_report

if TYPE_CHECKING:
    from ..store import Store
    from ..store.pins import Pinned
    from ..store.pull import Fetch


@click.command()
@click.argument("treaties", nargs=-1)
@click.option(
    "--from",
    "origin",
    default="",
    metavar="DIR|URL",
    help="Take the files from a folder (their names do not matter) or a mirror instead.",
)
@click.option(
    "--catalogue",
    "named",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A catalogue of further sources, for this time.",
)
@click.option("--list", "listing", is_flag=True, help="Show what can be pulled, on what terms, and what is held; pull nothing.")
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
@store_option
def pull(treaties: tuple[str, ...], origin: str, named: Path | None, listing: bool, format_: str, store_path: str | None) -> None:
    """Get the real texts from their pinned sources: all, or those named (nafta1994, tpp, tpp/es …).

    Each file is checked against its known sha256 before anything is read. Its licence and
    attribution are shown here and kept with the text. Every text is committed by itself; exit
    code 2 where one did not come.

    A file catalogue.toml in the store's folder adds sources of your own. A mirror's address ends
    where the files' own names begin, or has {sha256} in it.
    """
    from ..store.pins import known, select

    store = open_store(store_path)
    sources, notes = known(store, named)
    wanted = select(sources, treaties)
    for note in notes:
        click.echo(note, err=True)
    if listing:
        _list(store, wanted, format_)
    else:
        _pull(store, wanted, origin, format_)


def _pull(store: Store, wanted: tuple[Pinned, ...], origin: str, format_: str) -> None:
    from ..render.json import dumps
    from ..store.intake import pull_in
    from ..store.pull import supplier

    bytes_of = supplier(origin, wanted)
    came: list[dict[str, Any]] = []
    failed: list[tuple[Pinned, TreatyDiffError]] = []
    for source in wanted:
        try:
            with _fetching(source) as fetch:
                data = bytes_of(source, fetch)
            report, commit = pull_in(store, data, source)
        except TreatyDiffError as error:
            failed.append((source, error))
            if len(wanted) > 1:
                click.echo(f"{source.label}: did not come: {error.what}", err=True)
            continue
        came.append({**asdict(source), "commit": commit, "report": report.to_dict()})
        if format_ == "terminal":
            click.echo(f"{source.label}: {source.name}. Licence {source.licence}; please cite: {source.attribution}.")
            print_report(report, source.label, commit, format_)
    if format_ == "json":
        missed = [{**asdict(source), "what": e.what, "cause": e.cause, "fix": e.fix} for source, e in failed]
        click.echo(dumps({"schema": "treaty-diff/pull/1", "came": came, "did_not_come": missed}), nl=False)
    if failed:
        raise _summary(wanted, failed)


def _summary(wanted: tuple[Pinned, ...], failed: list[tuple[Pinned, TreatyDiffError]]) -> TreatyDiffError:
    """What is said at the end where not all came: which did not and why, and which did."""
    if len(wanted) == 1:
        return failed[0][1]
    missed = {source.place for source, _ in failed}
    came = ", ".join(source.label for source in wanted if source.place not in missed)
    return SourceError(
        f"{len(failed)} of {len(wanted)} sources did not come: {', '.join(source.label for source, _ in failed)}.",
        cause="\n".join(f"{source.label}: {error.cause or error.what}" for source, error in failed),
        fix="\n".join(dict.fromkeys(e.fix for _, e in failed if e.fix)) + (f"\n{came}: came, and stored." if came else ""),
    )


@contextmanager
def _fetching(source: Pinned) -> Iterator[Fetch]:
    """What fetches a source, and shows how far it is on a terminal."""
    from functools import partial

    from ..store.download import fetch

    if not interactive():
        yield partial(fetch, retrying=lambda cause, wait: click.echo(_waiting(source, cause, wait), err=True))
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    out = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task(source.label, total=source.size or None)
        yield partial(
            fetch,
            progress=lambda done, total: bar.update(task, completed=done, total=total or source.size or None),
            retrying=lambda cause, wait: out.print(_waiting(source, cause, wait), markup=False, highlight=False, soft_wrap=True),
        )


def _waiting(source: Pinned, cause: str, wait: float) -> str:
    return f"{source.label}: {cause}; trying again in {wait:.0f} s."


def _list(store: Store, sources: tuple[Pinned, ...], format_: str) -> None:
    """Print the sources, and whether the store holds each: `held`, `other` (the text from another file), or empty."""
    rows = [{**asdict(source), "held": _held(store, source)} for source in sources]
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps({"schema": "treaty-diff/sources/1", "sources": rows}), nl=False)
        return
    marks = {"pinned": "held", "other": "held from another source", "": "not held"}
    for source, row in zip(sources, rows, strict=True):
        size = f", {source.size / 1e6:.1f} MB" if source.size else ""
        click.echo(f"{source.label}  {source.language}@{source.date}  {marks[row['held']]}")
        click.echo(f"    {source.name}{size}; {source.catalogue}")
        click.echo(f"    Licence {source.licence}; please cite: {source.attribution}")


def _held(store: Store, source: Pinned) -> str:
    """`pinned` where the store has the text from this source, `other` where from another, else empty."""
    from ..errors import TreatyNotFound
    from ..text.model import Edition

    try:
        entry = store.at().catalogue(source.treaty)
    except TreatyNotFound:
        return ""
    same = [e for e in entry.expressions if (e.language, e.date, e.edition) == (source.language, source.date, Edition.VERBATIM)]
    origins = [s for e in same for s in (e.annexes if source.kind == "annexes" else (e.source,))]
    if any(s.sha256 == source.sha256 for s in origins):
        return "pinned"
    return "other" if origins and source.kind == "text" else ""
