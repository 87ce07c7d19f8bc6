"""`treaty-diff compare`: the signature line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import correspondence, open_store, store_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..annotate import Annotations
    from ..redline import Comparison
    from ..store import Store
    from ..text.model import Treaty


@click.command()
@click.argument("subject")
@click.option(
    "--against",
    "bases",
    required=True,
    multiple=True,
    metavar="BASE",
    help="The text that is before: tpp, tpp:ch28, nafta1994@HEAD~2 … Several are compared one by one, and words traced to all.",
)
@click.option("--swap", is_flag=True, help="Read it the other way round: the subject becomes what is before.")
@click.option(
    "--format", "format_", type=click.Choice(["terminal", "html", "json"]), help="One output instead of summary and page."
)
@click.option(
    "--brief", is_flag=True, help="One page a chapter: five sentences, the weightiest changes, what has no counterpart."
)
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where files go [default: ./redline/…]."
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there are differences.")
@store_option
def compare(
    subject: str,
    bases: tuple[str, ...],
    swap: bool,
    format_: str | None,
    brief: bool,
    output: Path | None,
    exit_code: bool,
    store_path: str | None,
) -> None:
    """Show what SUBJECT changes against BASE: words struck stand only in the base, words inserted only in the subject.

    \b
    treaty-diff compare chapter19 --against tpp
    treaty-diff compare tpp:28.5 --against nafta1994:2006 --format terminal
    treaty-diff compare chapter20 --against tpp --against nafta1994@HEAD~2
    treaty-diff compare chapter20 --against tpp --brief
    """
    from ..citation import parse

    store = open_store(store_path)
    texts = store.load(parse(subject)), [store.load(parse(base)) for base in bases]
    made = run(store, subject, bases, turned=swap or (format_ in (None, "html") and not brief), texts=texts)
    if swap:
        made = [(other, one) for one, other in made if other is not None]
    comparisons = [one for one, _ in made]
    findings = [
        _annotated(one, *((base, texts[0]) if swap else (texts[0], base)))
        for one, base in zip(comparisons, texts[1], strict=True)
    ]
    if format_ == "json":
        _json(comparisons, findings, output)
    elif brief:
        from ..render import brief as briefs
        from ..render.console import console

        for comparison, found in zip(comparisons, findings, strict=True):
            briefs.write(console(), comparison, found)
    else:
        if format_ != "html":
            from ..render import terminal
            from ..render.console import console

            for comparison, found in zip(comparisons, findings, strict=True):
                terminal.summary(console(), comparison, found)
        if format_ != "terminal":
            from ..render import html

            for comparison, turned in made:
                name = _name(comparison)
                folder = (output / name if len(made) > 1 else output) if output else Path("redline") / name
                click.echo(f"The page is {html.write(comparison, turned, folder)}")
    if exit_code and any(differs(one) for one in comparisons):
        raise SystemExit(1)


def _annotated(comparison: Comparison, subject: Treaty, base: Treaty) -> Annotations:
    from ..annotate import annotate

    return annotate(comparison, subject, base)


def run(
    store: Store, subject: str, bases: Sequence[str], *, turned: bool, texts: tuple[Treaty, Sequence[Treaty]] | None = None
) -> list[tuple[Comparison, Comparison | None]]:
    """Compare what selectors name: the subject with each base, straight and, where asked for, turned round.

    `texts` are the subject's and the bases' where they are loaded already.
    """
    from dataclasses import replace

    from ..align.scope import whole
    from ..citation import parse
    from ..redline import both, build
    from ..redline.lineage import lineage
    from ..text.index import Index
    from ..text.scope import said_of_gone

    after = parse(subject)
    before = [parse(base) for base in bases]
    text, others = texts or (store.load(after), [store.load(address) for address in before])
    scope, said = whole(index := Index(text), index.find_address(after))
    out: list[tuple[Comparison, Comparison | None]] = []
    concordances = []
    for address, base, other in zip(before, bases, others, strict=True):
        base_scope, base_said = whole(index := Index(other), index.find_address(address))
        concordance = correspondence(store, text, other, scope, base_scope)
        concordances.append(concordance)
        asked: dict[str, Any] = {
            "scope": scope,
            "base_scope": base_scope,
            "selectors": (subject, base),
            "revisions": (after.revision, address.revision),
            "remarks": (*said, *base_said, *said_of_gone(text.meta.proposal, other, base_scope)),
        }
        out.append(both(text, other, concordance, **asked) if turned else (build(text, other, concordance, **asked), None))
    traced = lineage(text, others, scope=scope, concordances=concordances)
    return [(replace(one, lineage=traced), other) for one, other in out]


def differs(comparison: Comparison) -> bool:
    """Whether anything held on both sides differs, quiet differences aside."""
    s = comparison.summary
    return bool(s.changed or s.no_counterpart or s.gone)


def _json(comparisons: Sequence[Comparison], findings: Sequence[Annotations], output: Path | None) -> None:
    from ..render.json import comparison_dict, comparisons_dict, dumps

    one = len(comparisons) == 1
    text = dumps(comparison_dict(comparisons[0], findings[0]) if one else comparisons_dict(comparisons, findings))
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
