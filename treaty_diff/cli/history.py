"""Commands about what happened to a text: its commits, its expressions, what changed from one to the next."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..printable import printable
from .common import SELECTOR, audience_option, format_option, open_store, store_option
from .compare import FORMATS, compare, output_option

if TYPE_CHECKING:
    from ..citation import Address
    from ..store import Store
    from ..text.model import Treaty


def _day(seconds: int) -> str:
    """The day (UTC) of a commit; empty where its clock was beyond reason."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return ""


@click.command(epilog=SELECTOR)
@click.argument("selector", default="")
@format_option
@audience_option
@store_option
def log(selector: str, format_: str, audience: str, store_path: str | None) -> None:
    """Show the commits that changed a text: all, or those that changed the provision that SELECTOR names.

    A provision is followed through renumbering and through the treaty's expressions in its language; editions are not crossed.
    A topic (sunset) gives the commits of all Parties' texts on it.
    """
    from ..citation import parse
    from ..text.proposal import Distribution

    allowed = [mark for mark in Distribution if mark.open_to(Distribution(audience))]
    store = open_store(store_path)
    rows: list[dict[str, Any]] = [
        {
            "commit": change.commit.sha,
            "stored": _day(change.commit.committed),
            "legal_date": _day(change.commit.authored),
            "expression": change.expression,
            "change": change.change,
            "subject": change.commit.subject,
            "trailers": dict(change.commit.trailers),
        }
        for change in store.log(parse(selector) if selector else None)
        if change.commit.trailers.get("Distribution", "public") in allowed
    ]
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps({"schema": "treaty-diff/log/1", "commits": rows}), nl=False)
        return
    for row in rows:
        what = f"  {row['expression']} {row['change']}" if row["change"] else ""
        click.echo(printable(f"{row['commit'][:12]}  {row['stored']}{what}  {row['subject']}"))
    if not rows:
        click.echo("No commit changed it.")


@click.command(epilog=SELECTOR)
@click.argument("selector")
@click.option(
    "--against",
    "bases",
    multiple=True,
    metavar="TREATY",
    help="A text that words may stand in, too [default: nafta1994 and tpp, where held].",
)
@format_option
@audience_option
@store_option
def blame(selector: str, bases: tuple[str, ...], format_: str, audience: str, store_path: str | None) -> None:
    """Show for each run of words of a provision which commit, Party and round brought it, and whether it stands in NAFTA or the TPP.

    All texts until the one that SELECTOR names are followed, in their legal order, word by word; renumbered provisions, too. Where words
    cannot be traced, since a text is in our words, the redline with the article that a proposal would replace says which it keeps.

    \b
    treaty-diff blame sunset/MEX
    treaty-diff blame nafta1994:1904.15
    treaty-diff blame tpp:28.9 --against nafta1994
    """
    from ..citation import parse
    from ..store.blaming import blame as found
    from ..text.proposal import Distribution

    store = open_store(store_path)
    address = parse(selector)
    made = found(store, address, _bases(store, address, bases), Distribution(audience))
    from ..render import blame as shown

    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps(shown.document(made)), nl=False)
        return
    from ..render.console import console

    shown.show(console(), made)


def _bases(store: Store, address: Address, named: tuple[str, ...]) -> list[Treaty]:
    """The texts that words are looked for in, in the language of the one that an address names: those named, else NAFTA and the TPP."""
    from ..citation import parse
    from ..store.layout import DEFAULT_TREATY

    own = store.resolve(address)
    if named:
        return [store.load(parse(base)) for base in named]
    snapshot = store.at()
    wanted = [DEFAULT_TREATY, "tpp"]
    language = snapshot.catalogue(own.treaty).choose(own.language, own.date, round=own.round).language
    held = [snapshot.catalogue(name) for name in wanted if name in snapshot.treaties() and name != own.treaty]
    return [snapshot.load(entry.treaty, language) for entry in held if language in entry.languages]


@click.command()
@click.argument("selector")
@format_option
@store_option
def expressions(selector: str, format_: str, store_path: str | None) -> None:
    """List the texts of a treaty (SELECTOR: tpp, tpp/es, tpp@HEAD~2): language, legal date, edition, source, when stored.

    `current` is the text that the treaty's name in that language selects.
    """
    from ..citation import parse

    store = open_store(store_path)
    address = store.resolve(parse(selector))
    rows = _expressions(store, address)
    if format_ == "json":
        from ..render.json import dumps

        document = {"schema": "treaty-diff/expressions/1", "treaty": address.treaty, "expressions": rows}
        click.echo(dumps(document), nl=False)
        return
    for row in rows:
        words = [
            row["expression"],
            row["edition"],
            "current" if row["current"] else "",
            f"stored {row['stored']} by {row['commit'][:12]}",
        ]
        click.echo(printable("  ".join(filter(None, [*words, row["source"]["name"]]))))


def _expressions(store: Store, address: Address) -> list[dict[str, Any]]:
    from dataclasses import asdict

    treaty = address.treaty
    entry = store.at(address.revision).catalogue(treaty)
    stored = store.stored(treaty, address.revision)
    rows = []
    for e in sorted(entry.expressions, key=lambda e: (e.language, e.date, e.edition)):
        if address.language and e.language != address.language:
            continue
        commit = stored.get((e.edition, e.name))
        rows.append(
            {
                "expression": e.name,
                "language": e.language,
                "legal_date": e.date,
                "edition": str(e.edition),
                "current": entry.choose(e.language) is e,
                "source": asdict(e.source),
                "annexes": [asdict(source) for source in e.annexes],
                "stored": _day(commit.committed) if commit is not None else "",
                "commit": commit.sha if commit is not None else "",
            }
        )
    return rows


@click.command(epilog=SELECTOR)
@click.argument("before")
@click.argument("after")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="terminal",
    show_default=True,
    help="Form of the output.",
)
@output_option
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there are differences.")
@store_option
@click.pass_context
def diff(
    ctx: click.Context, before: str, after: str, format_: str, output: Path | None, exit_code: bool, store_path: str | None
) -> None:
    """Show what changed from one text of a treaty to another: by legal date, or by what the store held when.

    \b
    treaty-diff diff tpp@2015-11-05 tpp@2016-02-04
    treaty-diff diff nafta1994@HEAD~2:1904 nafta1994:1904
    """
    from ..citation import parse
    from ..errors import StoreError

    store = open_store(store_path)
    old, new = store.resolve(parse(before)), store.resolve(parse(after))
    treaties = [old.treaty, new.treaty]
    if treaties[0] != treaties[1]:
        raise StoreError(
            f"{treaties[0]} and {treaties[1]} are two treaties.",
            cause="diff shows what changed between two texts of one treaty",
            fix=f"treaty-diff compare {after} --against {before}",
        )
    texts = [
        store.at(address.revision).catalogue(treaty).choose(address.language, address.date, round=address.round)
        for address, treaty in zip((old, new), treaties, strict=True)
    ]
    for what, values in (("edition", [str(e.edition) for e in texts]), ("language", [e.language for e in texts])):
        if values[0] != values[1]:
            raise StoreError(
                f"{before} is in the {what} {values[0]}, {after} in the {what} {values[1]}.",
                cause=f"a diff never crosses {what}s: every word would differ",
                fix="name two texts of the same; `treaty-diff expressions` lists them",
            )
    store.close()
    ctx.invoke(
        compare,
        subject=after,
        bases=(before,),
        swap=False,
        format_=format_,
        output=output,
        exit_code=exit_code,
        store_path=store_path,
    )
