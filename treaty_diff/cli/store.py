"""Commands that fill, read and check the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from .common import interactive, open_store, read_file, store_option

if TYPE_CHECKING:
    from ..ingest import Report
    from ..store import Catalogue, Store
    from ..store.pull import Pinned

_FORMATS = click.Choice(["terminal", "json", "xml", "text"])
_SELECTOR = "SELECTOR: chapter19, 1904, 1902.2(d)(i), annex1901.2, fn3@14.1, tpp:28.9, tpp/es@2016-02:28.9 …"


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a store in FOLDER (here, by default), with the embedded edition in it."""
    from ..store import Store

    store = Store.create(folder)
    click.echo(f"A store is ready in {store.root}: {', '.join(store.at().treaties())}.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--treaty", required=True, metavar="ID", help="Id of the treaty: small letters, digits, hyphens.")
@click.option("--title", default="", help="The treaty's title, where the source's will not do.")
@click.option("--date", default="", metavar="YYYY-MM-DD", help="Legal date of the text, where the source does not tell or errs.")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Its language, where the source does not tell.")
@click.option("--edition", type=click.Choice(["verbatim", "restatement"]), default="verbatim", show_default=True)
@click.option("--changes", type=click.Choice(["accept", "reject"]), help="What to do with a Word file's tracked changes.")
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
    file: Path,
    treaty: str,
    title: str,
    date: str,
    language: str,
    edition: str,
    changes: Literal["accept", "reject"] | None,
    format_: str,
    store_path: str | None,
) -> None:
    """Read a source FILE into the store.

    The kind of file is found by looking at it: ToTA XML, HTML, Word, PDF or plain text. The report says what was counted, mended and
    not understood; an import that changes nothing commits nothing.
    """
    from ..languages import alpha3
    from ..store.layout import treaty_folder

    treaty_folder(treaty)
    store = open_store(store_path)
    data = read_file(file)
    asked = _Asked(title, date, alpha3(language), edition, changes or "")
    report, commit = _ingest(store, data, file.name, treaty, asked)
    _print_report(report, treaty, commit, format_)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the user says of a source; empty where nothing."""

    title: str = ""
    date: str = ""
    language: str = "eng"
    edition: str = "verbatim"
    changes: Literal["", "accept", "reject"] = ""


def _ingest(store: Store, data: bytes, name: str, treaty: str, asked: _Asked) -> tuple[Report, str | None]:
    """Read, check and store one source; its report and the commit (None where nothing changed)."""
    from ..errors import SourceError, TreatyNotFound
    from ..ingest import PartOutline, read
    from ..store import embedded
    from ..store.pull import digest, pinned
    from ..text.model import Edition, Metadata, Source

    if asked.date and not _is_day(asked.date):
        raise SourceError(
            f"“{asked.date}” is no date.", cause="dates are written YYYY-MM-DD", fix="for example --date 2016-02-04"
        )
    entry: Catalogue | None
    try:
        entry = store.at().catalogue(treaty)
    except TreatyNotFound:
        entry = embedded.entry(treaty)
    sha = digest(data)
    known = next((p for p in pinned() if p.sha256 == sha), None)
    source = Source(name, sha256=sha)
    if known is not None:
        source = Source(known.name, known.url, sha, known.licence, known.attribution)
    corrected: list[str] = []

    def settle(meta: Metadata) -> Metadata:
        """What is known better of the text than its file says."""
        meta = replace(meta, source=source, edition=Edition(asked.edition))
        if entry is not None:
            if entry.signed and meta.signed and meta.signed != entry.signed:
                corrected.append(f"{meta.signed} → {entry.signed}")
                meta = replace(meta, date=entry.signed)
            meta = entry.describe(meta)
        if asked.title:
            meta = replace(meta, title=asked.title)
        if known is not None and known.treaty == treaty:
            meta = replace(meta, date=known.date)
        return replace(meta, date=asked.date) if asked.date else meta

    outline = tuple(PartOutline(p.number, p.chapters) for p in entry.parts) if entry else ()
    text, report = read(data, treaty, name=name, language=asked.language, changes=asked.changes, outline=outline, settle=settle)
    for words in corrected:
        report.mend("date of signature as the catalogue has it", treaty, words)
    return report, store.put(text, title=asked.title)


def _is_day(written: str) -> bool:
    from datetime import date as day

    try:
        return day.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _print_report(report: Report, treaty: str, commit: str | None, format_: str) -> None:
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps({**report.to_dict(), "treaty": treaty, "commit": commit}), nl=False)
        return
    from ..ingest.report import counted

    click.echo(f"{treaty}: {', '.join(counted(kind, n) for kind, n in report.counts.items())}.")
    mended: dict[str, int] = {}
    for note in report.mended:
        mended[note.what] = mended.get(note.what, 0) + 1
    for what, n in sorted(mended.items()):
        click.echo(f"  mended {n} × {what}")
    for what, notes in (("dropped", report.dropped), ("to look at", report.unclear)):
        for note in notes[:12]:
            click.echo(f"  {what}: {note.place}: {note.what}: {note.words}")
        if len(notes) > 12:
            click.echo(f"  {what}: {len(notes) - 12} more (--format json lists all)")
    click.echo(f"Stored as commit {commit[:12]}." if commit else "Nothing changed; nothing committed.")


@click.command()
@click.argument("treaties", nargs=-1)
@click.option(
    "--from",
    "origin",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Take the files from a folder instead of the network.",
)
@store_option
def pull(treaties: tuple[str, ...], origin: Path | None, store_path: str | None) -> None:
    """Get the real texts from their pinned sources (nafta1994, tpp, tpp/es).

    Each file is checked against its known sha256 before anything is read. Their licence and
    attribution are shown here and kept with the text.
    """
    from ..errors import SourceError
    from ..store.pull import download, from_folder

    wanted = _wanted(treaties)
    store = open_store(store_path)
    local = from_folder(origin, wanted) if origin is not None else {}
    missing = []
    for source in wanted:
        label = source.treaty if source.language == "eng" else f"{source.treaty}/{source.language}"
        data = local.get(source.sha256)
        if data is None:
            if origin is not None:
                click.echo(f"{label}: not in {origin}.", err=True)
                missing.append(label)
                continue
            if interactive():
                click.echo(f"{label}: pulling {source.url} …", err=True)
            data = download(source)
        report, commit = _ingest(store, data, source.name, source.treaty, _Asked())
        click.echo(f"{label}: {source.name}. Licence {source.licence}; please cite: {source.attribution}.")
        _print_report(report, label, commit, "terminal")
    if missing and treaties:
        raise SourceError(
            f"{', '.join(missing)} did not come.",
            cause=f"{origin} does not hold the pinned file",
            fix="name a folder that does, or pull without --from",
        )


def _wanted(treaties: tuple[str, ...]) -> tuple[Pinned, ...]:
    from ..errors import SourceError
    from ..languages import alpha3
    from ..store.pull import pinned

    sources = pinned()
    if not treaties:
        return sources
    out: list[Pinned] = []
    for name in treaties:
        treaty, _, language = name.partition("/")
        hits = [s for s in sources if s.treaty == treaty and (not language or s.language == alpha3(language))]
        if not hits:
            there = ", ".join(dict.fromkeys(s.treaty for s in sources))
            raise SourceError(f"No source is pinned for “{name}”.", cause=f"pinned are: {there}", fix="name one of these")
        out += hits
    return tuple(dict.fromkeys(out))


@click.command("list")
@click.argument("treaty", default="")
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
@store_option
def list_(treaty: str, format_: str, store_path: str | None) -> None:
    """List the treaties held, or the contents of one TREATY (nafta1994, tpp/es …)."""
    store = open_store(store_path)
    snapshot = store.at()
    if treaty:
        _contents(store, treaty, format_)
        return
    rows: list[dict[str, Any]] = []
    for name in snapshot.treaties():
        entry = snapshot.catalogue(name)
        rows.append(
            {
                "treaty": name,
                "title": entry.title,
                "signed": entry.signed,
                "status": entry.status,
                "parties": list(entry.parties),
                "expressions": [
                    {"expression": e.name, "edition": str(e.edition), "source": e.source.name} for e in entry.expressions
                ],
            }
        )
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps({"schema": "treaty-diff/list/1", "treaties": rows}), nl=False)
        return
    for row in rows:
        status = f", {row['status']}" if row["status"] else ""
        click.echo(f"{row['treaty']}  {row['title']} (signed {row['signed']}{status})")
        for e in row["expressions"]:
            click.echo(f"    {e['expression']}  {e['edition']}  {e['source']}")


def _contents(store: Store, selector: str, format_: str) -> None:
    from ..citation import parse
    from ..render.json import dumps
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
        click.echo(f"{'  ' * row['depth']}{name}  {row['heading']}{missing}".rstrip())


@click.command(epilog=_SELECTOR)
@click.argument("selector")
@click.option("--format", "format_", type=_FORMATS, default="terminal", show_default=True)
@store_option
def show(selector: str, format_: str, store_path: str | None) -> None:
    """Show the provision that SELECTOR names."""
    from ..citation import TargetKind, parse
    from ..render import terminal
    from ..render.json import PROVISION, dumps, provision_dict
    from ..text import plain
    from ..text.index import Index
    from ..text.model import notice

    address = parse(selector)
    store = open_store(store_path)
    text = store.load(address)
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
        out = terminal.console()
        for p in found:
            terminal.show(out, p, index)


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


@click.command(epilog=_SELECTOR)
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
