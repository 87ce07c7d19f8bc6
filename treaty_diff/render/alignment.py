"""A correspondence for people and programs: plain data (`docs/schemas/alignment-1.json`), and lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..align.concordance import Concordance, Link, hundredths
from ..align.features import UNITS, members
from ..text.index import Index
from ..text.model import Provision, notice
from .json import decision_of

if TYPE_CHECKING:
    from rich.console import Console

ALIGNMENT = "treaty-diff/alignment/1"
_EVIDENCE = 4


def alignment_dict(
    mine: Index, theirs: Index, scope: Sequence[Provision], concordance: Concordance, gone: Sequence[str]
) -> dict[str, Any]:
    """A correspondence of the texts of two indexes as plain data; every article of the subject's scope once, in order.

    `gone` are eIds.
    """
    from ..align import paragraph_links, shared_passages

    subject, base = mine.treaty, theirs.treaty
    paragraphs: dict[str, list[Link]] = {}
    for link in paragraph_links(subject, base, concordance):
        article = mine.enclosing(mine.by_eid[link.subject], *UNITS)
        paragraphs.setdefault(article.eid if article is not None else "", []).append(link)

    def address(index: Index, eid: str) -> str:
        return index.selector(index.by_eid[eid])

    def match(link: Link) -> dict[str, Any]:
        return {
            "base": address(theirs, link.base),
            "kind": str(link.kind),
            "score": hundredths(link.score),
            "eId": link.base,
            "heading": theirs.by_eid[link.base].title,
            **decision_of(link.decision),
            "evidence": dict(link.evidence),
            "passages": list(shared_passages(mine.by_eid[link.subject], theirs.by_eid[link.base])),
        }

    articles = []
    for provision, _ in members(scope):
        eid = provision.eid
        near = concordance.nearest.get(eid, ())
        articles.append(
            {
                "subject": address(mine, eid),
                "eId": eid,
                "heading": provision.title,
                **decision_of(concordance.alone.get(eid)),
                "held": eid not in concordance.not_held_subject,
                "matches": [match(link) for link in concordance.of(eid)],
                "nearest": [
                    {"base": address(theirs, n.base), "score": hundredths(n.score), **decision_of(n.decision)} for n in near
                ],
                "paragraphs": [
                    {
                        "subject": mine.citation(mine.by_eid[k.subject]),
                        "base": theirs.citation(theirs.by_eid[k.base]),
                        "kind": str(k.kind),
                        "score": hundredths(k.score),
                    }
                    for k in paragraphs.get(eid, ())
                ],
            }
        )
    return {
        "schema": ALIGNMENT,
        "subject": subject.meta.treaty,
        "base": base.meta.treaty,
        "expressions": {"subject": subject.meta.expression, "base": base.meta.expression},
        "notice": " ".join(dict.fromkeys(filter(None, (notice(t.meta.name, t.meta.edition) for t in (subject, base))))),
        **({"decisions": list(concordance.said)} if concordance.said else {}),
        "articles": articles,
        "unanswered_base": [address(theirs, eid) for eid in gone],
        "not_held": {
            "subject": [address(mine, eid) for eid in concordance.not_held_subject],
            "base": [address(theirs, eid) for eid in concordance.not_held_base],
        },
    }


def show(out: Console, mine: Index, theirs: Index, concordance: Concordance, gone: Sequence[str]) -> None:
    """Print a correspondence of the texts of two indexes: each article with what answers it and why, else what comes nearest."""
    from rich.padding import Padding
    from rich.text import Text as Styled

    from .sentences import decided, nearness, sureness

    subject, base = mine.treaty, theirs.treaty

    def named(index: Index, eid: str) -> str:
        provision = index.by_eid[eid]
        return f"{index.citation(provision)}  {provision.title}".strip()

    for text in (subject, base):
        if banner := notice(text.meta.name, text.meta.edition):
            out.print(Styled(banner, style="bold yellow"))
    for sentence in concordance.said:
        out.print(Styled(sentence, style="yellow"))
    out.print(Styled(f"{subject.meta.name} and what answers it in {base.meta.name}", style="bold"))
    for eid, near in concordance.nearest.items():
        out.print()
        out.print(Styled(named(mine, eid), style="bold"))
        links = concordance.of(eid)
        for link in links:
            out.print(Padding(Styled(f"→ {named(theirs, link.base)}"), (0, 0, 0, 3)))
            why = ", ".join(f"{name} {value:+.1f}" for name, value in link.evidence[:_EVIDENCE])
            said = f"{link.kind}, {sureness(link.score, link.decision)}"
            if link.decision is None or why:
                said += f" ({hundredths(link.score):.2f}){': ' if why else ''}{why}"
            out.print(Padding(Styled(said, style="dim"), (0, 0, 0, 5)))
        if not links:
            alone = concordance.alone.get(eid)
            said = f"no counterpart, {decided(alone)}" if alone is not None else "no counterpart"
            out.print(Padding(Styled(said, style="italic"), (0, 0, 0, 3)))
            nearest = "; ".join(f"{theirs.citation(theirs.by_eid[n.base])} ({nearness(n.score, n.decision)})" for n in near)
            out.print(Padding(Styled(f"nearest: {nearest}", style="dim"), (0, 0, 0, 5)))
    if gone:
        out.print()
        out.print(Styled(f"In {base.meta.name} and answered by nothing here:", style="bold"))
        for eid in gone:
            out.print(Padding(named(theirs, eid), (0, 0, 0, 3)))
    if missing := len(concordance.not_held_subject):
        out.print()
        out.print(Styled(f"{missing} of {subject.meta.name}'s articles are held as a heading only.", style="italic dim"))
