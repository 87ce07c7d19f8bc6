"""Commands about the store itself: making it, its history, checking it."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import click

from .common import SELECTOR, open_store, store_option


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a store in FOLDER (here, by default), with the embedded edition in it."""
    from ..store import Store

    store = Store.create(folder)
    click.echo(f"A store is ready in {store.root}: {', '.join(store.at().treaties())}.")


@click.command(epilog=SELECTOR)
@click.argument("selector", default="")
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
@store_option
def log(selector: str, format_: str, store_path: str | None) -> None:
    """Show the commits that changed a text: all, or those of what SELECTOR names."""
    from datetime import datetime

    from ..citation import parse

    store = open_store(store_path)
    rows = []
    for change in store.log(parse(selector) if selector else None):
        commit = change.commit
        stored, legal = (datetime.fromtimestamp(s, UTC).date().isoformat() for s in (commit.committed, commit.authored))
        rows.append(
            {
                "commit": commit.sha,
                "stored": stored,
                "legal_date": legal,
                "expression": change.expression,
                "subject": commit.subject,
            }
        )
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps({"schema": "treaty-diff/log/1", "commits": rows}), nl=False)
        return
    for row in rows:
        click.echo(f"{row['commit'][:12]}  {row['stored']}  {row['subject']}")
    if not rows:
        click.echo("No commit changed it.")


@click.command()
@click.argument("selector")
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
@store_option
def validate(selector: str, format_: str, store_path: str | None) -> None:
    """Check the text that SELECTOR names (nafta1994, tpp/es …): schema, eIds, citations, numbering.

    Exit code 1 where there are errors; warnings alone leave it 0.
    """
    from ..citation import parse
    from ..render.json import dumps
    from ..text.validate import validate_files

    address = parse(selector)
    store = open_store(store_path)
    treaty = address.treaty or store.default_treaty
    snapshot = store.at(address.revision)
    expression = snapshot.catalogue(treaty).choose(address.language, address.date)
    findings = validate_files(snapshot.files(treaty, expression))
    errors = sum(f.severity == "error" for f in findings)
    if format_ == "json":
        click.echo(
            dumps({"schema": "treaty-diff/validation/1", "treaty": treaty, "findings": [f.to_dict() for f in findings]}), nl=False
        )
    else:
        for f in findings:
            click.echo(f"{f.severity}: {f.citation}: {f.message}")
        click.echo(f"{treaty} {expression.name} ({expression.edition}): {errors} errors, {len(findings) - errors} warnings.")
    if errors:
        raise SystemExit(1)
