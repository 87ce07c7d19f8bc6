"""Commands about the negotiation: rounds, what is tabled in them, statuses, answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..printable import printable
from .common import audience_option, distribution_option, format_option, open_store, store_option

if TYPE_CHECKING:
    from ..store import Store
    from ..store.table import Outcome

_round = click.option("--round", "number", type=click.IntRange(1, 99), required=True, metavar="N", help="The round.")


@click.command("table")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--topic", required=True, metavar="TOPIC", help="What it is about: sunset, digital-trade …")
@click.option("--party", "parties", required=True, metavar="PARTY", help="Who tables it: MEX, MX, or several: CAN/MEX.")
@_round
@click.option("--date", default="", metavar="YYYY-MM-DD", help="The day [default: the round's first].")
@click.option("--title", default="", help="Its title.")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Its language, where the source does not tell.")
@click.option(
    "--edition",
    type=click.Choice(["verbatim", "reconstruction"]),
    default="verbatim",
    show_default=True,
    help="The Party's own words, or yours after what was reported.",
)
@click.option("--amends", default="nafta1994", show_default=True, metavar="TREATY", help="The treaty that it would change.")
@click.option(
    "--replaces",
    multiple=True,
    metavar="SELECTOR",
    help="What its words stand in place of [default: articles of the same number].",
)
@click.option("--deletes", multiple=True, metavar="SELECTOR", help="What goes without any in its place.")
@click.option("--after", multiple=True, metavar="SELECTOR", help="Behind what its words stand.")
@click.option("--retains", multiple=True, metavar="SELECTOR", help="What stays word for word.")
@click.option("--certainty", type=click.Choice(["high", "medium", "low"]), help="Of a reconstruction: how sure its content is.")
@click.option(
    "--dating", type=click.Choice(["day", "round", "inferred"]), default="day", show_default=True, help="What the date rests on."
)
@click.option(
    "--report", "reports", multiple=True, type=(str, str, str), metavar="DATE WHO WHAT", help="What was reported of it."
)
@click.option("--choice", "choices", multiple=True, metavar="TEXT", help="What in it nobody reported.")
@distribution_option
@format_option
@store_option
def table_(files: tuple[Path, ...], topic: str, parties: str, format_: str, store_path: str | None, **said: Any) -> None:
    """Table a Party's text on a topic: read FILE (of any kind that import reads), check it, and commit it in its round.

    The text is refused where it breaks the schema or our conventions; citations and places in the treaty that cannot be found
    are told. Tabled again with another date it is a new text of the same proposal.

    \b
    treaty-diff table counter.docx --topic sunset --party MEX --round 5
    treaty-diff table cap.txt --topic procurement --party US --round 6 --replaces '1001.1(c)' --after 1004
    """
    from ..ingest import gather
    from ..languages import alpha3
    from ..parties import joined
    from ..store.table import Tabled, table
    from ..text.model import Edition
    from ..text.proposal import Certainty, Choice, Dating, Distribution, Proposal, Report, Scope

    marking = Distribution(said["distribution"])
    proposal = Proposal(
        topic=topic,
        tabled_by=tuple(joined(parties.replace("/", ",").replace("-", ",").split(",")).split("-")),
        round=said["number"],
        dating=Dating(said["dating"]),
        certainty=Certainty(said["certainty"]) if said["certainty"] else None,
        distribution=marking,
        scope=Scope(said["amends"], said["replaces"], said["deletes"], said["after"], said["retains"]),
        reports=tuple(Report(day, who, what, marking) for day, who, what in said["reports"]),
        choices=tuple(Choice(choice, marking) for choice in said["choices"]),
    )
    asked = Tabled(proposal, said["date"], said["title"], alpha3(said["language"]), Edition(said["edition"]))
    _print(table(open_store(store_path), gather(files), asked), format_)


def _print(outcome: Outcome, format_: str) -> None:
    from ..render.proposal import placed

    findings = [finding.to_dict() for finding in outcome.findings]
    if format_ == "json":
        from ..render.json import dumps

        document = {"schema": "treaty-diff/table/1", "proposal": outcome.proposal.to_dict(), "commit": outcome.commit}
        click.echo(dumps({**document, "report": outcome.report.to_dict(), "findings": findings}), nl=False)
        return
    from .importing import print_report

    click.echo(printable(placed(outcome.proposal.scope) or "Its scope is not declared."))
    for finding in findings:
        click.echo(printable(f"{finding['severity']}: {finding['citation']}: {finding['message']}"))
    print_report(outcome.report, outcome.proposal.selector, outcome.commit, format_)


@click.command()
@click.option(
    "--close", "closing", type=click.IntRange(1, 99), metavar="N", help="Tag the store as it is now as the end of a round."
)
@format_option
@audience_option
@store_option
def rounds(closing: int | None, format_: str, audience: str, store_path: str | None) -> None:
    """List the rounds: where, when, and which texts were tabled in each."""
    from ..store.negotiation import held
    from ..text.proposal import Distribution

    store = open_store(store_path)
    found = held(store.at(), Distribution(audience))
    if closing is not None:
        _close(store, closing)
        return
    tags = set(store.repository.tags())
    rows: list[dict[str, Any]] = [
        {
            "number": at.number,
            "place": at.place,
            "opens": at.opens,
            "closes": at.closes,
            "tag": at.tag if at.tag in tags else "",
            "tabled": [entry.treaty for entry in found.proposals if any(e.round == at.number for e in entry.expressions)],
        }
        for at in found.calendar.rounds
    ]
    sessions = [{"after": s.after, "place": s.place, "when": s.when} for s in found.calendar.sessions]
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps({"schema": "treaty-diff/rounds/1", "rounds": rows, "sessions": sessions}), nl=False)
        return
    for at, row in zip(found.calendar.rounds, rows, strict=True):
        click.echo(printable(f"{at.name}{f'  ({at.tag})' if row['tag'] else ''}"))
        for work in row["tabled"]:
            click.echo(printable(f"    {work}"))
        for session in found.calendar.sessions:
            if session.after == at.number:
                click.echo(printable(f"Between rounds: {session.place}, {session.when}"))
    if not rows:
        click.echo("The store has no calendar of rounds.")


def _close(store: Store, number: int) -> None:
    from ..store.commits import Person
    from ..store.concordances import now
    from ..store.negotiation import calendar

    at = calendar(store.at()).round(number)
    name, email = store.repository.identity()
    store.repository.tag(at.tag, at.name, Person(name, email, now()))
    click.echo(f"{at.name} is closed: {at.tag} is {store.at().commit[:12]}.")


@click.command()
@click.argument("what", default="")
@click.option("--set", "word", metavar="STATUS", help="Record a status, or with --party an answer.")
@click.option("--party", metavar="PARTY", help="Whose answer to the proposal WHAT it is.")
@click.option("--round", "number", type=click.IntRange(1, 99), metavar="N", help="The round, with --set.")
@click.option("--date", default="", metavar="YYYY-MM-DD", help="The day [default: the round's first].")
@click.option("--pending", default="", metavar="TEXT", help="What it waits for, or who still confirms.")
@click.option("--note", default="", metavar="TEXT", help="Why, or on what evidence.")
@click.option("--new", "is_new", is_flag=True, help="WHAT is a chapter on the table of which no text is held.")
@distribution_option
@format_option
@audience_option
@store_option
def status(
    what: str, word: str | None, party: str | None, format_: str, audience: str, store_path: str | None, **said: Any
) -> None:
    """Show what became of chapters and provisions, and what Parties answered; --set records it, and the history is kept.

    WHAT is a chapter (ch15), a topic (sunset), a proposal (sunset/USA) or a provision of one (sunset/USA:2205.2). Chapters and topics
    are open, substantively concluded, closed or scrubbed, and may be reopened; provisions are tabled, bracketed, agreed ad
    referendum or agreed. A Party answers non-starter, open to or studying.

    \b
    treaty-diff status
    treaty-diff status ch15 --set closed --round 4
    treaty-diff status sunset/USA:2205.2 --set 'agreed ad referendum' --round 6 --pending CAN
    treaty-diff status autos/USA --party MX --set non-starter --round 5
    """
    from ..store.negotiation import held
    from ..text.proposal import Distribution
    from . import statuses

    store = open_store(store_path)
    found = held(store.at(), Distribution(audience))
    if word is not None:
        made = statuses.asked(store, found, what, word, party, said)
        click.echo(printable(statuses.record(store, made)))
        return
    rows = statuses.rows(found, statuses.named(store, found, what, is_new=False) if what else "")
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps({"schema": "treaty-diff/status/1", "rows": rows}), nl=False)
        return
    for line in statuses.lines(rows):
        click.echo(printable(line))


@click.command()
@click.argument("topic")
@format_option
@audience_option
@store_option
def timeline(topic: str, format_: str, audience: str, store_path: str | None) -> None:
    """Show proposals, counter-proposals, answers and statuses on a TOPIC over the rounds."""
    from ..errors import TreatyNotFound
    from ..store.negotiation import held
    from ..text.proposal import Distribution
    from . import statuses

    store = open_store(store_path)
    found = held(store.at(), Distribution(audience))
    events = statuses.events(found, topic)
    if not events:
        topics = sorted({entry.topic for entry in found.proposals} | {s.what for s in found.statuses if ":" not in s.what})
        raise TreatyNotFound(
            f"Nothing is known of the topic “{topic}”.",
            cause=f"topics are: {', '.join(topics) or 'none'}",
            fix="name one of these",
        )
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps({"schema": "treaty-diff/timeline/1", "topic": topic, "events": events}), nl=False)
        return
    at = 0
    for event in events:
        if event["round"] != at:
            at = event["round"]
            click.echo(next((r.name for r in found.calendar.rounds if r.number == at), f"Round {at}"))
        click.echo(printable(f"    {event['date']}  {event['said']}"))
