"""`treaty-diff compare`: the signature line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import correspondence, open_store, store_option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..annotate import Annotations
    from ..redline import Comparison
    from ..redline.lineage import Lineage
    from ..redline.together import Asked
    from ..render.templating import Templates
    from ..store import Store
    from ..text.model import Provision, Treaty


_ENDINGS = {"json": ".json", "markdown": ".md", "csv": ".csv", "docx": ".docx"}
"""How the files of the formats are called that are one file."""

FORMATS = ("terminal", "html", *_ENDINGS)

format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="One output instead of summary and page; docx is a Word file with tracked changes.",
)
templates_option = click.option(
    "--templates",
    "own",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Templates that take the place of ours on the pages [default: the folder templates in the store, where there is one].",
)
output_option = click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A folder for the files, or a file where the format is one [default: pages and Word files in ./redline, others printed].",
)


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
@format_option
@click.option(
    "--brief", is_flag=True, help="One page a chapter: five sentences, the weightiest changes, what has no counterpart."
)
@output_option
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there are differences.")
@templates_option
@store_option
def compare(
    subject: str,
    bases: tuple[str, ...],
    swap: bool,
    format_: str | None,
    brief: bool,
    output: Path | None,
    exit_code: bool,
    own: Path | None,
    store_path: str | None,
) -> None:
    """Show what SUBJECT changes against BASE: words struck stand only in the base, words inserted only in the subject.

    \b
    treaty-diff compare chapter19 --against tpp
    treaty-diff compare tpp:28.5 --against nafta1994:2006 --format terminal
    treaty-diff compare chapter20 --against tpp --against nafta1994@HEAD~2
    treaty-diff compare chapter20 --against tpp --brief
    treaty-diff compare chapter20 --against tpp --format docx
    """
    store = open_store(store_path)
    asked, before = asked_for(store, subject), [asked_for(store, base) for base in bases]
    made, traced = _begun(store, asked, before, turned=swap or (format_ in (None, "html") and not brief))
    texts = [(base.text, asked.text) if swap else (asked.text, base.text) for base in before]
    shown = [other if swap and other is not None else one for one, other in made]
    findings = [_annotated(one, *pair) for one, pair in zip(shown, texts, strict=True)]
    traces = traced()
    made = [(replace(one, lineage=traces), other) for one, other in made]
    if swap:
        made = [(other, one) for one, other in made if other is not None]
    comparisons = [one for one, _ in made]
    if format_ == "docx":
        _word(comparisons, findings, texts, output)
    elif format_ in _ENDINGS:
        _text(format_, comparisons, findings, output)
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
                terminal.summary(console(), comparison, found, page=format_ is None)
        if format_ != "terminal":
            _pages(store, made, findings, texts, output, swap, own)
    if exit_code and any(differs(one) for one in comparisons):
        raise SystemExit(1)


def templates_of(store: Store, own: Path | None) -> Templates:
    """The templates that pages are made from: those named, else those in the store's folder, before ours."""
    from ..render.templating import Templates, own_folder

    return Templates(own_folder(store.root, own))


def _pages(
    store: Store,
    made: Sequence[tuple[Comparison, Comparison | None]],
    findings: Sequence[Annotations],
    texts: Sequence[tuple[Treaty, Treaty]],
    output: Path | None,
    swap: bool,
    own: Path | None,
) -> None:
    """Write a page for each comparison; `texts` are their subjects and bases."""
    from ..annotate.exclusions import kept_out
    from ..render import html

    templates = templates_of(store, own)
    for n, ((comparison, turned), found, (_, base)) in enumerate(zip(made, findings, texts, strict=True)):
        name = _name(comparison)
        folder = (output / name if len(made) > 1 else output) if output else Path("redline") / name
        third = next((one for k, (one, _) in enumerate(made) if k != n), None) if not swap else None
        said = kept_out(base).of(comparison)
        page = html.write(comparison, turned, folder, annotations=found, third=third, kept_out=said, templates=templates)
        click.echo(f"The page is {page}")


def _annotated(comparison: Comparison, subject: Treaty, base: Treaty) -> Annotations:
    from ..annotate import annotate

    return annotate(comparison, subject, base)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a selector names, as `Asked` has it."""

    selector: str
    revision: str
    text: Treaty
    scope: tuple[Provision, ...]
    said: tuple[str, ...] = ()


def asked_for(store: Store, selector: str) -> Asked:
    """The text and the provisions that a selector names."""
    from ..align.scope import whole
    from ..citation import parse
    from ..text.index import indexed

    address = parse(selector)
    text = store.load(address)
    index = indexed(text)
    return _Asked(selector, address.revision, text, *whole(index, index.find_address(address)))


def _begun(
    store: Store, subject: Asked, bases: Sequence[Asked], *, turned: bool
) -> tuple[list[tuple[Comparison, Comparison | None]], Callable[[], Lineage]]:
    """A text compared with each base, straight and, where asked for, turned round; its lineage to all of them is still to be asked for."""
    from functools import partial

    from ..beside import beside
    from ..redline import together
    from ..redline.lineage import lineage

    text, scope = subject.text, subject.scope
    concordances = [correspondence(store, text, base.text, scope, base.scope) for base in bases]
    trace = partial(lineage, text, [base.text for base in bases], scope=scope, concordances=concordances)
    traced: Callable[[], Lineage] = beside(trace)
    return together.compare(subject, bases, concordances, turned=turned), traced


def differs(comparison: Comparison) -> bool:
    """Whether anything held on both sides differs, quiet differences aside."""
    s = comparison.summary
    return bool(s.changed or s.no_counterpart or s.gone or s.headings)


def _text(format_: str, comparisons: Sequence[Comparison], findings: Sequence[Annotations], output: Path | None) -> None:
    """Print the comparisons in one of the forms that are text, or write them to a file."""
    match format_:
        case "json":
            from ..render.json import comparison_dict, comparisons_dict, dumps

            one = len(comparisons) == 1
            text = dumps(comparison_dict(comparisons[0], findings[0]) if one else comparisons_dict(comparisons, findings))
        case "csv":
            from ..render import csv

            text = csv.changes(comparisons, findings)
        case _:
            from ..render import markdown

            text = "\n".join(map(markdown.document, comparisons, findings))
    if output is None:
        click.echo(text, nl=False)
    else:
        from ..render import files

        click.echo(f"The comparison is {files.write(_file(output, 'comparison', format_), text.encode())}")


def _word(
    comparisons: Sequence[Comparison],
    findings: Sequence[Annotations],
    texts: Sequence[tuple[Treaty, Treaty]],
    output: Path | None,
) -> None:
    """Write a Word file for each comparison; `texts` are their subjects and bases."""
    from ..errors import RenderError
    from ..render import docx

    if output is not None and output.suffix.lower() == _ENDINGS["docx"] and len(comparisons) > 1:
        raise RenderError(
            f"{len(comparisons)} comparisons cannot be one Word file.",
            cause="its changes lead from one text to one other",
            fix="name a folder with --output",
        )
    for comparison, found, pair in zip(comparisons, findings, texts, strict=True):
        path = _file(output or Path("redline"), _name(comparison), "docx")
        click.echo(f"The Word file is {docx.write(comparison, path, texts=pair, annotations=found)}")


def _file(output: Path, name: str, format_: str) -> Path:
    """The file that is meant: `output` itself where it ends as its form does, else one in that folder."""
    ending = _ENDINGS[format_]
    return output if output.suffix.lower() == ending else output / f"{name}{ending}"


def _name(comparison: Comparison) -> str:
    """Folder of a comparison's page, from what was asked for."""

    def part(selector: str, treaty: str) -> str:
        text = selector if treaty in selector else f"{treaty}-{selector}"
        return re.sub(r"[^\w.-]+", "-", text).strip("-")

    a, b = comparison.subject, comparison.base
    return f"{part(a.selector, a.treaty)}--against--{part(b.selector, b.treaty)}"
