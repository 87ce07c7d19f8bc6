"""Commands about bracketed texts: the Parties' texts as one, and one Party's text of that."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import TreatyNotFound
from ..printable import printable
from .common import audience_option, open_store, store_option

if TYPE_CHECKING:
    from ..negotiation.brackets import Node
    from ..negotiation.topic import Consolidated
    from ..negotiation.views import View
    from ..store import Store
    from ..text.model import Treaty
    from ..text.proposal import Distribution

_view = click.option("--view", "party", metavar="PARTY", help="One Party's text (USA, US …), or what is common: agreed.")


@click.command()
@click.argument("topic")
@_view
@click.option("--round", "number", type=click.IntRange(1, 99), metavar="N", help="With the texts tabled not after this round.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["terminal", "text", "json"]),
    default="terminal",
    show_default=True,
    help="Form of the output.",
)
@audience_option
@store_option
def consolidate(topic: str, party: str | None, number: int | None, format_: str, audience: str, store_path: str | None) -> None:
    """Merge the Parties' texts on a TOPIC, over the treaty that they amend, into one bracketed text, article by article.

    What all have is plain; the rest is in brackets with who proposes, opposes and would delete it. A Party without a text has the words in
    force. With --view one Party's text or what is common is shown, and what must be said of it on stderr.

    \b
    treaty-diff consolidate disputes
    treaty-diff consolidate sunset --view MEX
    treaty-diff consolidate disputes --view agreed --format text
    """
    from ..negotiation.topic import consolidated
    from ..text.model import notice
    from ..text.proposal import Distribution

    store = open_store(store_path)
    base, texts = _texts(store, topic, number or 0, Distribution(audience))
    found = consolidated(base, texts)
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
    for one in found:
        _print_place(one, format_)


def _texts(store: Store, topic: str, number: int, audience: Distribution) -> tuple[Treaty, list[Treaty]]:
    """The treaty that a topic's texts amend, and the texts that an audience may see; raises TreatyNotFound where there are none."""
    snapshot = store.at()
    entries = [entry.open_to(audience) for entry in snapshot.catalogues(snapshot.proposals(topic) if topic else [])]
    texts = []
    for entry in filter(None, entries):
        if not number or any(e.round <= number for e in entry.expressions):
            texts.append(snapshot.text(entry, entry.choose(round=number)))
    if not texts:
        topics = sorted({work.partition("/")[0] for work in snapshot.proposals()})
        raise TreatyNotFound(
            f"There is no text on the topic “{topic}”{f' until round {number}' if number else ''}.",
            cause=f"topics are: {', '.join(topics) or 'none'}",
            fix="name one of these",
        )
    amended = {text.meta.proposal.scope.amends for text in texts if text.meta.proposal is not None}
    if len(amended) > 1:
        raise TreatyNotFound(f"The texts on {topic} have no common base.", cause=f"they amend {', '.join(sorted(amended))}")
    return snapshot.load(amended.pop()), texts


def _place(one: Consolidated, view: View | None) -> dict[str, Any]:
    from dataclasses import asdict

    from ..negotiation.brackets import write

    place = one.place
    text = write(one.nodes) if view is None else view.text
    flags = [asdict(flag) for flag in view.flags] if view is not None else []
    about = {"eId": place.eid, "citation": place.citation, "base": place.base, "texts": dict(place.texts)}
    return {**about, "text": text, "flags": flags}


def _print_place(one: Consolidated, format_: str) -> None:
    from ..negotiation.brackets import write
    from ..render.brackets import styled

    if format_ == "text":
        click.echo(write(one.nodes), nl=False)
        return
    from ..render.console import console

    console().print(styled(one.nodes))


def _viewed(nodes: Sequence[Node], party: str) -> View:
    from ..negotiation.views import agreed, view
    from ..parties import alpha3

    return agreed(nodes) if party.lower() == "agreed" else view(nodes, alpha3(party))


def _say(view: View, where: str) -> None:
    """What must be said of a view, on stderr: how often each, and where first."""
    for why in dict.fromkeys(flag.why for flag in view.flags):
        places = [flag for flag in view.flags if flag.why == why]
        before = " ".join(view.text[max(0, places[0].start - 30) : places[0].start].split())
        click.echo(
            printable(f"{where}: {why} at {len(places)} place{'s' if len(places) > 1 else ''}, first after “…{before}”"), err=True
        )


@click.command("view")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--party", required=True, metavar="PARTY", help="Whose text (USA, US …), or what is common: agreed.")
def view_(file: Path, party: str) -> None:
    """Resolve a bracketed text that people wrote, a plain text FILE in UTF-8, to one Party's text or to what is common.

    Brackets that are not closed and codes of no Party are told with line and column, and the exit code is then 1.

    \b
    treaty-diff view chapter20.txt --party MX
    treaty-diff view chapter20.txt --party agreed
    """
    from ..errors import SourceError
    from ..negotiation.brackets import read

    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"{file} is no text in UTF-8.", cause=str(error), fix="save it as plain text in UTF-8") from None
    reading = read(text)
    found = _viewed(reading.nodes, party)
    click.echo(found.text, nl=not found.text.endswith("\n"))
    _say(found, file.name)
    for problem in reading.problems:
        click.echo(printable(f"{file.name}, line {problem.line}, column {problem.column}: {problem.message}"), err=True)
    if reading.problems:
        raise SystemExit(1)
