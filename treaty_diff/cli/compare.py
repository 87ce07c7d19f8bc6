"""`treaty-diff compare`: the signature line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import correspondence, open_store, store_option

if TYPE_CHECKING:
    from ..redline import Comparison
    from ..store import Store


@click.command()
@click.argument("subject")
@click.option(
    "--against", "base", required=True, metavar="BASE", help="The text that is before: tpp, tpp:ch28, nafta1994@HEAD~2 …"
)
@click.option("--swap", is_flag=True, help="Read it the other way round: the subject becomes what is before.")
@click.option(
    "--format", "format_", type=click.Choice(["terminal", "html", "json"]), help="One output instead of summary and page."
)
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where files go [default: ./redline/…]."
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there are differences.")
@store_option
def compare(
    subject: str, base: str, swap: bool, format_: str | None, output: Path | None, exit_code: bool, store_path: str | None
) -> None:
    """Show what SUBJECT changes against BASE: words struck stand only in the base, words inserted only in the subject.

    \b
    treaty-diff compare chapter19 --against tpp
    treaty-diff compare tpp:28.5 --against nafta1994:2006 --format terminal
    """
    store = open_store(store_path)
    comparison, turned = run(store, subject, base, turned=swap or format_ in (None, "html"))
    if swap and turned is not None:
        comparison, turned = turned, comparison
    if format_ == "json":
        _json(comparison, output)
    else:
        if format_ != "html":
            from ..render import terminal
            from ..render.console import console

            terminal.summary(console(), comparison)
        if format_ != "terminal":
            from ..render import html

            folder = output or Path("redline") / _name(comparison)
            page = html.write(comparison, turned, folder)
            click.echo(f"The page is {page}")
    if exit_code and differs(comparison):
        raise SystemExit(1)


def run(store: Store, subject: str, base: str, *, turned: bool) -> tuple[Comparison, Comparison | None]:
    """Compare what two selectors name, straight and, where asked for, turned round."""
    from ..citation import parse
    from ..redline import both, build, whole
    from ..text.index import Index

    after, before = parse(subject), parse(base)
    texts = store.load(after), store.load(before)
    scope, said = whole(index := Index(texts[0]), index.find_address(after))
    base_scope, base_said = whole(index := Index(texts[1]), index.find_address(before))
    concordance = correspondence(store, *texts, scope, base_scope)
    asked: dict[str, Any] = {
        "scope": scope,
        "base_scope": base_scope,
        "selectors": (subject, base),
        "revisions": (after.revision, before.revision),
        "remarks": (*said, *base_said),
    }
    if turned:
        return both(*texts, concordance, **asked)
    return build(*texts, concordance, **asked), None


def differs(comparison: Comparison) -> bool:
    """Whether anything held on both sides differs, quiet differences aside."""
    s = comparison.summary
    return bool(s.changed or s.no_counterpart or s.gone)


def _json(comparison: Comparison, output: Path | None) -> None:
    from ..render.json import comparison_dict, dumps

    text = dumps(comparison_dict(comparison))
    if output is None:
        click.echo(text, nl=False)
        return
    output.mkdir(parents=True, exist_ok=True)
    path = output / "comparison.json"
    path.write_text(text, encoding="utf-8")
    click.echo(f"The comparison is {path}")


def _name(comparison: Comparison) -> str:
    """Folder of a comparison's page, from what was asked for."""

    def part(selector: str, treaty: str) -> str:
        text = selector if treaty in selector else f"{treaty}-{selector}"
        return re.sub(r"[^\w.-]+", "-", text).strip("-")

    a, b = comparison.subject, comparison.base
    return f"{part(a.selector, a.treaty)}--against--{part(b.selector, b.treaty)}"
