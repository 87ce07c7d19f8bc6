"""Commands that check what the store holds, and let others check it."""

from __future__ import annotations

from pathlib import Path

import click

from ..printable import printable
from .common import audience_option, format_option, interactive, open_store, store_option


@click.command()
@click.argument("selector")
@format_option
@store_option
def validate(selector: str, format_: str, store_path: str | None) -> None:
    """Check the text that SELECTOR names (nafta1994, tpp/es …): schema, eIds, citations, numbering.

    Exit code 1 where there are errors; warnings alone leave it 0.
    """
    from ..citation import parse
    from ..render.json import dumps
    from ..text.validate import validate_files

    store = open_store(store_path)
    address = store.resolve(parse(selector))
    treaty, snapshot = address.treaty, store.at(address.revision)
    entry = snapshot.catalogue(treaty)
    expression = entry.choose(address.language, address.date, round=address.round)
    base = snapshot.load(entry.amends) if entry.amends in snapshot.treaties() else None
    findings = validate_files(snapshot.files(treaty, expression), base)
    errors = sum(f.severity == "error" for f in findings)
    if format_ == "json":
        click.echo(
            dumps({"schema": "treaty-diff/validation/1", "treaty": treaty, "findings": [f.to_dict() for f in findings]}), nl=False
        )
    else:
        for f in findings:
            click.echo(printable(f"{f.severity}: {f.citation}: {f.message}"))
        click.echo(f"{treaty} {expression.name} ({expression.edition}): {errors} errors, {len(findings) - errors} warnings.")
    if errors:
        raise SystemExit(1)


@click.command()
@click.argument("treaties", nargs=-1)
@click.option("--revision", default="HEAD", show_default=True, metavar="REV", help="The commit whose texts are checked.")
@click.option("--signed", is_flag=True, help="Say which commits carry valid signatures, as git finds them.")
@click.option(
    "--allowed-signers",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Who may sign with which SSH key [default: your own git setting gpg.ssh.allowedSignersFile].",
)
@format_option
@store_option
def verify(
    treaties: tuple[str, ...], revision: str, signed: bool, allowed_signers: Path | None, format_: str, store_path: str | None
) -> None:
    """Check the store: git's objects, each file's XML and eIds, sources' sha256, the catalogue against the files.

    TREATIES limits what is read of the texts. Exit code 1 where something is wrong. Differences between work tree and history are
    told, and are not wrong.
    """
    from ..render.json import dumps
    from ..store.verify import verify as check

    store = open_store(store_path)
    report = check(store, revision, treaties, signed=signed, allowed_signers=allowed_signers, progress=_progress)
    if format_ == "json":
        click.echo(dumps(report.to_dict()), nl=False)
    else:
        for finding in report.findings:
            click.echo(printable(f"{finding.severity}: {finding.place}: {finding.message}"))
        for s in report.signatures:
            click.echo(printable(f"{s.commit[:12]}  {s.state}  {s.signer or s.note}".rstrip()))
        click.echo(report.sentence())
    if report.errors:
        raise SystemExit(1)


@click.command()
@click.option("--revision", default="HEAD", show_default=True, metavar="REV", help="The commit that is described.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it there instead of printing it."
)
@audience_option
@store_option
def manifest(revision: str, output: Path | None, audience: str, store_path: str | None) -> None:
    """Print the sha256 of every text and file at a commit, so that a published page can be checked by hand.

    \b
    treaty-diff show tpp --format text | sha256sum      a text's sha256
    git cat-file blob COMMIT:PATH | sha256sum           a file's
    """
    from ..render.json import dumps
    from ..store.manifest import manifest as describe
    from ..text.proposal import Distribution

    store = open_store(store_path)
    text = dumps(describe(store, revision, progress=_progress, audience=Distribution(audience)))
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"The manifest is {output}")


def _progress(done: int, total: int, what: str) -> None:
    """One line on a terminal that says how far a long check has come."""
    if interactive():
        click.echo(f"\r{done}/{total} {printable(what):40.40}" if done < total else f"\r{'':60}\r", nl=False, err=True)
