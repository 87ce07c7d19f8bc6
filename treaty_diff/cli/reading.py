"""Commands that show what the store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .common import SELECTOR, audience_option, open_store, store_option

if TYPE_CHECKING:
    from ..store import Store

_FORMATS = click.Choice(["terminal", "json", "xml", "text"])


@click.command("list")
@click.argument("treaty", default="")
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
@audience_option
@store_option
def list_(treaty: str, format_: str, audience: str, store_path: str | None) -> None:
    """List the treaties and proposals held, or the contents of one TREATY or proposal (nafta1994, tpp/es, sunset/USA …)."""
    from ..printable import printable
    from ..store.tabled import first_tabled
    from ..text.proposal import Distribution

    store = open_store(store_path)
    snapshot = store.at()
    if treaty:
        _contents(store, treaty, format_)
        return
    rows: list[dict[str, Any]] = []
    for entry in snapshot.catalogues():
        rows.append(
            {
                "treaty": entry.treaty,
                "title": entry.title,
                "signed": entry.signed,
                "status": entry.status,
                "parties": list(entry.parties),
                "expressions": [
                    {"expression": e.name, "edition": str(e.edition), "source": e.source.name} for e in entry.expressions
                ],
            }
        )
    known = [entry.open_to(Distribution(audience)) for entry in snapshot.catalogues(snapshot.proposals())]
    tabled: list[dict[str, Any]] = [
        {
            "proposal": entry.treaty,
            "topic": entry.topic,
            "tabled_by": list(entry.tabled_by),
            "title": entry.title,
            "amends": entry.amends,
            "expressions": [
                {"expression": e.name, "edition": str(e.edition), "round": e.round, "distribution": str(e.distribution)}
                for e in entry.expressions
            ],
        }
        for entry in sorted(filter(None, known), key=lambda entry: (entry.topic, first_tabled(entry)))
    ]
    merged = [entry.open_to(Distribution(audience)) for entry in snapshot.catalogues(snapshot.consolidated())]
    stored: list[dict[str, Any]] = [
        {
            "text": entry.treaty,
            "title": entry.title,
            "expressions": [
                {"expression": e.name, "round": e.round, "distribution": str(e.distribution)} for e in entry.expressions
            ],
        }
        for entry in filter(None, merged)
    ]
    if format_ == "json":
        from ..render.json import dumps

        document = {"schema": "treaty-diff/list/1", "treaties": rows, "proposals": tabled, "consolidated": stored}
        click.echo(dumps(document), nl=False)
        return
    for row in rows:
        status = f", {row['status']}" if row["status"] else ""
        click.echo(f"{row['treaty']}  {row['title']} (signed {row['signed']}{status})")
        for e in row["expressions"]:
            click.echo(f"    {e['expression']}  {e['edition']}  {e['source']}")
    for row in tabled:
        click.echo(printable(f"{row['proposal']}  {row['title']} (amends {row['amends']})"))
        for e in row["expressions"]:
            click.echo(f"    {e['expression']}  {e['edition']}  round {e['round']}, {e['distribution']}")
    for row in stored:
        click.echo(printable(f"{row['text']}  {row['title']}"))
        for e in row["expressions"]:
            click.echo(f"    {e['expression']}  round {e['round']}, {e['distribution']}")


def _contents(store: Store, selector: str, format_: str) -> None:
    from ..citation import parse
    from ..render.json import dumps
    from ..text.bidi import visible
    from ..text.index import Index
    from ..text.model import CONTAINERS, Kind, Provision

    text = store.load(parse(selector))
    index = Index(text)
    rows: list[dict[str, Any]] = []

    def add(p: Provision, depth: int) -> None:
        if p.kind is not Kind.TREATY:
            rows.append(
                {
                    "depth": depth,
                    "kind": str(p.kind),
                    "citation": index.citation(p),
                    "heading": p.title,
                    "eId": p.eid,
                    "held": p.held,
                }
            )
        if p.kind in CONTAINERS:
            for child in p.children:
                add(child, depth + (p.kind is not Kind.TREATY))

    add(text.root, 0)
    if format_ == "json":
        click.echo(dumps({"schema": "treaty-diff/contents/1", "treaty": text.meta.treaty, "contents": rows}), nl=False)
        return
    for row in rows:
        missing = "" if row["held"] or row["kind"] != "article" else "  (text not held)"
        name = row["citation"] if row["citation"] != row["heading"] else ""
        click.echo(visible(f"{'  ' * row['depth']}{name}  {row['heading']}{missing}".rstrip()))


@click.command(epilog=SELECTOR)
@click.argument("selector")
@click.option("--format", "format_", type=_FORMATS, default="terminal", show_default=True)
@store_option
def show(selector: str, format_: str, store_path: str | None) -> None:
    """Show the provision that SELECTOR names."""
    from ..citation import TargetKind, parse
    from ..render.json import PROVISION, dumps, provision_dict
    from ..text import plain
    from ..text.index import Index
    from ..text.model import notice

    address = parse(selector)
    store = open_store(store_path)
    text = store.load_around(address)
    index = Index(text)
    note = notice(text.meta.name, text.meta.edition)
    if address.target.kind is TargetKind.FOOTNOTE:
        _show_footnote(index, address.target, format_, note)
        return
    found = index.find_address(address)
    if format_ == "text":
        if note:
            click.echo(note, err=True)
        for p in found:
            click.echo(plain.text(p), nl=False)
    elif format_ == "json":
        about = {
            "schema": PROVISION,
            "treaty": text.meta.treaty,
            "expression": text.meta.expression,
            "edition": str(text.meta.edition),
            "notice": note,
        }
        rows = [{**about, **provision_dict(p, index)} for p in found]
        click.echo(dumps(rows[0] if len(rows) == 1 else rows), nl=False)
    elif format_ == "xml":
        from ..text.akn.extract import fragment

        for p in found:
            click.echo(fragment(text, p, index).decode(), nl=False)
    else:
        from ..render import provision
        from ..render.console import console

        out = console()
        for p in found:
            provision.show(out, p, index)


def _show_footnote(index: Any, target: Any, format_: str, note: str) -> None:
    from ..render.json import dumps

    provision, footnote = index.footnote(target)
    if format_ == "json":
        row = {
            "citation": f"footnote {footnote.marker} of {index.citation(provision)}",
            "marker": footnote.marker,
            "text": footnote.body.content,
        }
        click.echo(dumps({**row, "notice": note}), nl=False)
        return
    if note and format_ == "terminal":
        click.echo(note)
    click.echo(f"[{footnote.marker}] {footnote.body.content}")
