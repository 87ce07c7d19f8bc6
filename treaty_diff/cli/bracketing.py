"""Commands about bracketed texts: the Parties' texts as one, and one Party's text of that."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..printable import printable
from .common import audience_option, committed, open_store, store_option

if TYPE_CHECKING:
    from ..negotiation.brackets import Node
    from ..negotiation.topic import Consolidated
    from ..negotiation.views import View
    from ..store.consolidated import Table

_view = click.option("--view", "party", metavar="PARTY", help="One Party's text (USA, US …), or what is common: agreed.")


@click.command()
@click.argument("topic")
@_view
@click.option("--round", "number", type=click.IntRange(1, 99), metavar="N", help="With the texts tabled not after this round.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["terminal", "text", "json", "docx"]),
    default="terminal",
    show_default=True,
    help="Form of the output; docx is a Word file.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the Word file goes [default: ./TOPIC-consolidated.docx].",
)
@click.option("--save", is_flag=True, help="Store the bracketed text, as TOPIC/consolidated.")
@audience_option
@store_option
def consolidate(
    topic: str,
    party: str | None,
    number: int | None,
    format_: str,
    output: Path | None,
    save: bool,
    audience: str,
    store_path: str | None,
) -> None:
    """Merge the Parties' texts on a TOPIC, over the treaty that they amend, into one bracketed text, article by article.

    What all have is plain; the rest is in brackets with who proposes, opposes and would delete it. A Party without a text has the words in
    force. What was agreed (see `treaty-diff agree`) is plain until a Party tables a later text. With --view one Party's text or what is
    common is shown, and what must be said of it on stderr. With --save the text is stored: `treaty-diff show TOPIC/consolidated`.

    \b
    treaty-diff consolidate disputes
    treaty-diff consolidate sunset --view MEX
    treaty-diff consolidate disputes --view agreed --format text
    """
    from ..negotiation.brackets import write
    from ..store import consolidated
    from ..text.index import Index
    from ..text.model import notice
    from ..text.proposal import Distribution

    store = open_store(store_path)
    if save:
        work, commit = consolidated.save(store, topic, number or 0)
        click.echo(f"{work}: {committed(commit)}.")
        return
    table = consolidated.on_the_table(store.at(), topic, number or 0, Distribution(audience))
    base, texts, found = table.base, table.texts, table.places
    for sentence in table.said:
        click.echo(printable(sentence), err=True)
    if format_ == "docx":
        _word(table, party, output or Path(f"{topic}-consolidated.docx"))
        return
    notes = [said for text in (*texts, base) if (said := notice(text.meta.name, text.meta.edition))]
    made = [(one, _viewed(one.nodes, party)) for one in found] if party is not None else []
    if format_ == "json":
        from ..render.json import dumps

        places = [_place(one, view) for one, view in made] or [_place(one, None) for one in found]
        document = {"schema": "treaty-diff/consolidated/1", "topic": topic, "view": party or "", "notice": " ".join(notes)}
        click.echo(dumps({**document, "places": places}), nl=False)
        return
    for note in notes:
        click.echo(printable(note), err=format_ == "text")
    for one, view in made:
        click.echo(view.text if format_ == "text" else "\n".join(map(printable, view.text.split("\n"))), nl=False)
        _say(view, one.place.citation)
    if made:
        return
    if format_ == "terminal":
        said = ", ".join(text.meta.proposal.selector for text in texts if text.meta.proposal is not None)
        click.echo(printable(f"{topic}: {said}, over {base.meta.name}. A Party without a text here has the words in force."))
        click.echo()
        from ..render import provision
        from ..render.console import console

        index = Index(table.text)
        for part in table.text.root.children:
            provision.print_lines(console(), part, index)
        return
    for one in found:
        click.echo(write(one.nodes), nl=False)


def _word(table: Table, party: str | None, path: Path) -> None:
    from ..errors import SelectorError
    from ..render import files
    from ..render.word import bracketed

    if party is not None:
        raise SelectorError(
            "A view is no bracketed text.", cause="--view and docx are given", fix="leave one out; --format text prints a view"
        )
    click.echo(f"The Word file is {files.write(path, bracketed.document(table.text, table.base.meta.name, table.said))}")


def _place(one: Consolidated, view: View | None) -> dict[str, Any]:
    from dataclasses import asdict

    from ..negotiation.brackets import write

    place = one.place
    text = write(one.nodes) if view is None else view.text
    flags = [asdict(flag) for flag in view.flags] if view is not None else []
    about = {"eId": place.eid, "citation": place.citation, "base": place.base, "texts": dict(place.texts)}
    return {**about, "text": text, "flags": flags}


def _viewed(nodes: Sequence[Node], party: str) -> View:
    from ..negotiation.views import agreed, view
    from ..parties import alpha3

    return agreed(nodes) if party.lower() == "agreed" else view(nodes, alpha3(party))


def _say(view: View, where: str) -> None:
    """What must be said of a view, on stderr: how often each, and where first."""
    for why in dict.fromkeys(flag.why for flag in view.flags):
        places = [flag for flag in view.flags if flag.why == why]
        before = " ".join(view.text[max(0, places[0].start - 30) : places[0].start].split())
        count = f"{len(places)} place{'s' if len(places) > 1 else ''}"
        first = f"after “…{before}”" if before else "at its beginning"
        click.echo(printable(f"{where}: {why} at {count}, {'first ' if len(places) > 1 else ''}{first}"), err=True)


@click.command()
@click.argument("topic")
@click.argument("provision")
@click.option(
    "--round", "number", type=click.IntRange(1, 99), required=True, metavar="N", help="The round in which it is agreed."
)
@click.option("--text", metavar="WORDS", help="The agreed words of the provision; empty where it goes.")
@click.option("--view", "party", metavar="PARTY", help="The words of one Party's view (USA, US …), or of what is common: agreed.")
@click.option("--date", default="", metavar="YYYY-MM-DD", help="The day [default: the round's first].")
@click.option("--pending", default="", metavar="WHO", help="Who still confirms: it is agreed ad referendum.")
@click.option("--final", is_flag=True, help="Agreed, and not ad referendum.")
@click.option("--note", default="", help="A note on it.")
@store_option
def agree(
    topic: str,
    provision: str,
    number: int,
    text: str | None,
    party: str | None,
    date: str,
    pending: str,
    final: bool,
    note: str,
    store_path: str | None,
) -> None:
    """Replace the brackets of a PROVISION of the consolidated text on a TOPIC by the agreed words.

    One commit stores the consolidated text, dated in the round, and that the provision is agreed ad referendum. `consolidate` then shows its
    words plain, until a Party tables a later text that changes the article.

    \b
    treaty-diff agree disputes 2016.1 --round 6 --view CAN
    treaty-diff agree sunset 2205 --round 6 --text 'A Party may withdraw six months after it gives notice.'
    treaty-diff agree sunset 2205bis --round 6 --text ''
    """
    from ..errors import SelectorError
    from ..store.agreeing import Agreement, agree

    if text is not None and party is not None:
        raise SelectorError("Words and a view are given.", cause="--text and --view each say what is agreed", fix="leave one out")
    if final and pending:
        raise SelectorError("What is final waits for nobody.", cause="--final and --pending are given", fix="leave one out")
    status = "agreed" if final else "agreed ad referendum"
    store = open_store(store_path)
    done = agree(store, Agreement(topic, provision, number, text, party or "", date, status, pending, note))
    if done.view is not None:
        _say(done.view, done.citation)
    click.echo(
        printable(f"{done.citation} on {topic}: {status}{f', pending: {pending}' if pending else ''}; {committed(done.commit)}.")
    )
    click.echo(printable(done.words.rstrip("\n") or "It goes, and nothing stands in its place.", "\n"))


@click.command("view")
@click.argument("what", metavar="FILE|SELECTOR")
@click.option("--party", required=True, metavar="PARTY", help="Whose text (USA, US …), or what is common: agreed.")
@store_option
def view_(what: str, party: str, store_path: str | None) -> None:
    """Resolve a bracketed text that people wrote to one Party's text or to what is common.

    It is a plain text FILE in UTF-8, or what SELECTOR names in the store: a text that was imported or tabled with its brackets. Brackets of a
    file that are not closed and codes of no Party are told with line and column, and the exit code is then 1.

    \b
    treaty-diff view chapter20.txt --party MX
    treaty-diff view chapter20.txt --party agreed
    treaty-diff view disputes/consolidated:2008 --party US
    """
    path = Path(what)
    if path.is_file():
        _view_file(path, party)
        return
    from ..citation import parse
    from ..errors import SelectorError
    from ..negotiation.marked import is_bracketed, nodes
    from ..text.index import Index
    from ..text.model import notice

    address = parse(what)
    text = open_store(store_path).load(address)
    index = Index(text)
    if said := notice(text.meta.name, text.meta.edition):
        click.echo(printable(said), err=True)
    for provision in index.find_address(address):
        if not is_bracketed(provision):
            raise SelectorError(
                f"{index.citation(provision)} has no brackets.", cause="nobody's view differs", fix=f"treaty-diff show {what}"
            )
        found = _viewed(nodes(provision), party)
        click.echo("\n".join(map(printable, found.text.split("\n"))), nl=False)
        _say(found, index.citation(provision))


def _view_file(path: Path, party: str) -> None:
    from ..errors import SourceError
    from ..negotiation.brackets import read

    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path} is no text in UTF-8.",
            cause=str(error),
            fix="save it as plain text in UTF-8, or bring it into the store with `treaty-diff table`",
        ) from None
    reading = read(text)
    found = _viewed(reading.nodes, party)
    click.echo(found.text, nl=not found.text.endswith("\n"))
    _say(found, path.name)
    for problem in reading.problems:
        click.echo(printable(f"{path.name}, line {problem.line}, column {problem.column}: {problem.message}"), err=True)
    if reading.problems:
        raise SystemExit(1)
