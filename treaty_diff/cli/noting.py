"""The commands by which reviewers write notes, answer and resolve them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .common import SELECTOR, audience_option, distribution_option, format_option, open_store, store_option

if TYPE_CHECKING:
    from ..store import Store
    from ..store.notes import Thread
    from ..text.anchoring import Anchor
    from ..text.index import Index
    from ..text.model import Metadata
    from ..text.notes import Note
    from ..text.proposal import Distribution


@click.command(epilog=SELECTOR)
@click.argument("selector")
@click.argument("text")
@click.option("--quote", default="", metavar="WORDS", help="The words of the provision that the note is on [default: all of it].")
@click.option("--question", is_flag=True, help="The note asks something.")
@distribution_option
@store_option
def note(selector: str, text: str, quote: str, question: bool, distribution: str, store_path: str | None) -> None:
    """Write a note on a provision. Its answers are for those who may see it.

    \b
    treaty-diff note 1904.3 "Who pays for this?" --question
    treaty-diff note tpp:28.9.2 "Only for two Parties" --quote "the disputing Parties"
    """
    from ..citation import parse
    from ..errors import ProvisionNotFound
    from ..store import notes as kept
    from ..store.concordances import decider, moment
    from ..text import notes
    from ..text.anchoring import target
    from ..text.index import Index

    words = kept.checked(text)
    store = open_store(store_path)
    address = parse(selector)
    treaty = store.load(address)
    index = Index(treaty)
    provision = index.find_address(address)[0]
    found = target(treaty.meta, provision, quote)
    if found is None:
        raise ProvisionNotFound(
            f"{index.citation(provision)} does not have these words.",
            cause=f"“{quote[:60]}” is not in it as it is written",
            fix=f"copy them from `treaty-diff show {index.selector(provision)}`",
        )
    marking = _marking(treaty.meta, distribution)
    motive = notes.QUESTIONING if question else notes.COMMENTING
    made = notes.made(motive, decider(store.repository), moment(), words, target=found, distribution=marking)
    kept.save(store, made, f"{treaty.meta.treaty}:{index.selector(provision)}")
    click.echo(f"Note {made.short} on {index.citation(provision)} of {treaty.meta.name}.")


def _marking(meta: Metadata, wanted: str) -> Distribution:
    """Who may see a note; raises StoreError where that is more than may see the text whose words it quotes."""
    from ..errors import StoreError
    from ..text.proposal import Distribution

    marking = Distribution(wanted)
    of = meta.proposal.distribution if meta.proposal is not None else Distribution.PUBLIC
    if not of.open_to(marking):
        raise StoreError(
            f"A note on {meta.name} cannot be {marking}.",
            cause=f"the text is {of}, and a note quotes it",
            fix=f"write it with --distribution {of}",
        )
    return marking


@click.command()
@click.argument("name", metavar="NOTE")
@click.argument("text")
@store_option
def reply(name: str, text: str, store_path: str | None) -> None:
    """Answer a note; NOTE is the first letters of its id."""
    from ..store import notes as kept
    from ..text import notes

    _answer(open_store(store_path), name, notes.REPLYING, kept.checked(text))


@click.command()
@click.argument("name", metavar="NOTE")
@click.argument("text", default="")
@store_option
def resolve(name: str, text: str, store_path: str | None) -> None:
    """Say that a note is resolved; a later reply opens it again."""
    from ..text import notes

    _answer(open_store(store_path), name, notes.MODERATING, text.strip())


def _answer(store: Store, name: str, motive: str, words: str) -> None:
    from ..store import notes as kept
    from ..store.concordances import decider, moment
    from ..text import notes

    about = kept.named(kept.held(store, store.at().commit), name)
    made = notes.made(motive, decider(store.repository), moment(), words, answers=about.id, distribution=about.distribution)
    kept.save(store, made, about.short)
    click.echo(f"Note {about.short} is {'resolved' if motive == notes.MODERATING else f'answered by {made.short}'}.")


@click.command(name="notes", epilog=SELECTOR)
@click.argument("selector", default="")
@click.option("--all", "every", is_flag=True, help="Resolved ones too.")
@format_option
@audience_option
@store_option
def notes_(selector: str, every: bool, format_: str, audience: str, store_path: str | None) -> None:
    """List the notes on SELECTOR, or on all texts, with where their words are now."""
    store = open_store(store_path)
    found = [row for row in _listed(store, selector, audience) if every or row[0].resolved is None]
    if format_ == "json":
        from ..render.json import dumps

        click.echo(dumps({"schema": "treaty-diff/notes/1", "notes": [_dict(*row) for row in found]}), nl=False)
        return
    if not found:
        click.echo("There are no notes here." if every else "There are no open notes here; --all lists resolved ones.")
    for thread, index, anchor in found:
        click.echo(f"{thread.note.short}  {_place(thread, index, anchor)}")
        for n in (thread.note, *thread.replies):
            click.echo(f"          {_said(n)}")


def _listed(store: Store, selector: str, audience: str) -> list[tuple[Thread, Index | None, Anchor | None]]:
    """The threads with the text and the place in which each is found; on a selector, those that lie within it."""
    from ..citation import parse
    from ..store import notes as kept
    from ..text.akn.names import expression_iri
    from ..text.anchoring import How, anchor
    from ..text.index import Index
    from ..text.notes import Target
    from ..text.proposal import Distribution

    snapshot = store.at()
    threads = list(kept.threads(kept.held(store, snapshot.commit, Distribution(audience))))
    if not threads:
        return []
    if selector:
        address = parse(selector)
        texts = [Index(store.load(address))]
        wanted = {p.eid for top in texts[0].find_address(address) for p in top.walk()}
    else:
        texts = [Index(snapshot.load(work)) for work in (*snapshot.treaties(), *snapshot.proposals())]
        wanted = set()
    out: list[tuple[Thread, Index | None, Anchor | None]] = []
    for thread in threads:
        target = thread.note.target
        assert target is not None
        index = next((i for i in texts if Target(expression_iri(i.treaty.meta), "", "").work == target.work), None)
        found = anchor(index, target) if index is not None else None
        place = found.provision.eid if found is not None and found.provision is not None else ""
        # an orphan is kept in sight where the whole text is asked for
        orphan = found is not None and found.how is How.ORPHANED and texts[0].treaty.root.eid in wanted
        if not selector or place in wanted or orphan:
            out.append((thread, index, found))
    return out


def _place(thread: Thread, index: Index | None, anchor: Anchor | None) -> str:
    state = " (resolved)" if thread.resolved is not None else ""
    target = thread.note.target
    assert target is not None
    if index is None or anchor is None:
        return f"{target.source} is not held{state}"
    if anchor.provision is None:
        return f"{index.treaty.meta.name}: orphaned, its words are gone: “{target.exact[:60]}”{state}"
    from ..text.anchoring import How

    how = f" ({anchor.how})" if anchor.how is not How.THERE else ""
    return f"{index.citation(anchor.provision)} of {index.treaty.meta.name}{how}{state}"


def _said(n: Note) -> str:
    from ..render.sentences import date

    mark = "resolved" if n.motive == "moderating" else ""
    return f"{n.who}, {date(n.when)}: {' '.join(filter(None, (mark, n.words)))}"


def _dict(thread: Thread, index: Index | None, anchor: Anchor | None) -> dict[str, Any]:
    import json

    from ..text import notes

    place = anchor.provision if anchor is not None else None
    return {
        "note": json.loads(notes.write(thread.note)),
        "replies": [json.loads(notes.write(n)) for n in thread.replies],
        "resolved": thread.resolved is not None,
        "found": str(anchor.how) if anchor is not None else "not held",
        "eId": place.eid if place is not None else None,
        "citation": index.citation(place) if place is not None and index is not None else None,
        "start": anchor.start if place is not None and anchor is not None else None,
        "end": anchor.end if place is not None and anchor is not None else None,
    }
