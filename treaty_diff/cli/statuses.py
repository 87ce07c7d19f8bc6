"""Statuses and answers as the commands about them read, list and record them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..errors import SelectorError
from ..negotiation.records import ANSWERS, CHAPTER, PROVISION, Answer, Status, current, newest
from ..parties import name

if TYPE_CHECKING:
    from ..store import Store
    from ..store.negotiation import Negotiation


def named(store: Store, found: Negotiation, what: str, *, is_new: bool) -> str:
    """What a status is about, as it is recorded: `nafta1994:ch15`, `sunset`, `sunset/USA:2205.2`.

    Raises SelectorError or TreatyNotFound where no chapter, topic or provision of that name is held, unless it `is_new`.
    """
    from ..citation import TargetKind, parse
    from ..store.layout import may_name_treaty
    from ..text.index import Index

    known = {entry.topic for entry in found.proposals} | {status.what for status in found.statuses}
    if what in known or (is_new and may_name_treaty(what)):
        return what
    address = store.resolve(parse(what))
    text = Index(store.load(address))
    if address.target.kind is TargetKind.WHOLE:
        return address.treaty
    (place, *_) = text.find_address(address)
    return f"{address.treaty}:{text.selector(place)}"


def asked(store: Store, found: Negotiation, what: str, word: str, party: str | None, said: Mapping[str, Any]) -> Status | Answer:
    """The status or answer that the command line asks to record; raises SelectorError for a word that does not fit what it is about."""
    from ..parties import alpha3
    from ..text.proposal import Distribution

    if not what:
        raise SelectorError("It is not said what the status is of.", fix="name a chapter, a topic or a provision: ch15, sunset")
    if said["number"] is None:
        raise SelectorError("It is not said in which round.", fix="give it, for example --round 6")
    about = named(store, found, what, is_new=said["is_new"])
    marking, when = Distribution(said["distribution"]), (said["number"], said["date"])
    if party is not None:
        proposal = store.resolve(parse_whole(what)).treaty
        if proposal not in {entry.treaty for entry in found.proposals}:
            raise SelectorError(f"“{what}” is no proposal.", cause="a Party answers a proposal", fix="name one: sunset/USA")
        _check(word, ANSWERS, "an answer to a proposal")
        return Answer(proposal, alpha3(party), word, *when, said["note"], "", marking)
    place = about.partition(":")[2]
    whole = "/" not in about and (not place or place.startswith("ch"))
    _check(word, CHAPTER if whole else PROVISION, "a status of a chapter" if whole else "a status of a provision")
    return Status(about, word, *when, said["pending"], said["note"], "", marking)


def parse_whole(what: str) -> Any:
    """The address of a whole text."""
    from dataclasses import replace

    from ..citation import WHOLE, parse

    return replace(parse(what), target=WHOLE)


def _check(word: str, known: Sequence[str], what: str) -> None:
    if word not in known:
        raise SelectorError(f"“{word}” is not {what}.", cause=f"known are: {', '.join(known)}", fix="set one of these")


def record(store: Store, made: Status | Answer) -> str:
    """Record it; what was done, in a sentence."""
    from ..store import negotiation

    commit = negotiation.record(store, made)
    if isinstance(made, Status):
        said = f"{made.what}: {made.status}"
    else:
        said = f"{made.proposal}: {name(made.party)}: {made.answer}"
    return f"{said}; {f'stored as commit {commit[:12]}' if commit else 'it is so already; nothing committed'}."


def rows(found: Negotiation, what: str) -> list[dict[str, Any]]:
    """Chapters and topics with their status (open where none is recorded), proposals and answers; of `what` alone with its history."""
    now, answers = current(found.statuses), newest(found.answers)
    topics = {entry.topic for entry in found.proposals}
    about = sorted(topics | set(now))
    if what:
        about = [one for one in about if one == what or one.startswith((f"{what}/", f"{what}:"))] or [what]
    out = []
    for one in about:
        status = now.get(one)
        out.append(
            {
                "what": one,
                "status": status.status if status else "open" if one in topics else "tabled",
                "round": status.round if status else 0,
                "date": status.date if status else "",
                "pending": status.pending if status else "",
                "note": status.note if status else "",
                "history": [asdict(s) for s in found.statuses if what and s.what == one],
                "proposals": [
                    {
                        "proposal": entry.treaty,
                        "round": min(e.round for e in entry.expressions),
                        "answers": [asdict(a) for (work, _), a in sorted(answers.items()) if work == entry.treaty],
                    }
                    for entry in found.proposals
                    if one in (entry.topic, entry.treaty)
                ],
            }
        )
    return out


def lines(table: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The rows for a terminal."""
    width = max((len(row["what"]) for row in table), default=0)
    for row in table:
        when = f" (round {row['round']})" if row["round"] else ""
        pending = f", pending: {row['pending']}" if row["pending"] else ""
        yield f"{row['what']:{width}}  {row['status']}{when}{pending}"
        for old in row["history"]:
            yield f"    {old['date']}  {old['status']}, recorded by {old['by']}{f': {old_note}' if (old_note := old['note']) else ''}"
        for proposal in row["proposals"]:
            said = "; ".join(f"{name(a['party'])} {a['answer']}" for a in proposal["answers"])
            yield f"    {proposal['proposal']} (round {proposal['round']}){f': {said}' if said else ''}"


def events(found: Negotiation, topic: str) -> list[dict[str, Any]]:
    """What happened on a topic, by day: texts tabled, answers, statuses."""
    out: list[dict[str, Any]] = []
    for entry in found.proposals:
        if entry.topic == topic:
            for n, e in enumerate(sorted(entry.expressions, key=lambda e: e.date)):
                said = f"{entry.treaty} {'tabled' if n == 0 else 'tabled anew'}: {entry.title}"
                out.append({"kind": "tabled", "round": e.round, "date": e.date, "what": entry.treaty, "said": said})
    for a in found.answers:
        if a.proposal.partition("/")[0] == topic:
            said = f"{a.proposal}: {name(a.party)} {a.answer}{f'. {a.note}' if a.note else ''}"
            out.append({"kind": "answer", "round": a.round, "date": a.date, "what": a.proposal, "said": said})
    for s in found.statuses:
        if s.what == topic or s.what.startswith((f"{topic}/", f"{topic}:")):
            said = f"{s.what}: {s.status}{f', pending: {s.pending}' if s.pending else ''}{f'. {s.note}' if s.note else ''}"
            out.append({"kind": "status", "round": s.round, "date": s.date, "what": s.what, "said": said})
    return sorted(out, key=lambda event: (event["round"], event["date"]))
