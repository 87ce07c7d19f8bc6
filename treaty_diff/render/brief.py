"""A brief: one page a chapter that a minister reads; five sentences, the weightiest changes, what has no counterpart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text as Styled

from ..redline.comparison import Article, ArticleKind, Comparison, opening
from .annotations import line
from .sentences import listing, number

if TYPE_CHECKING:
    from ..annotate import Annotation, Annotations

_WEIGHTIEST = 10
_NAMED = 8
_LISTED = frozenset({"article-created", "article-dropped"})
"""Rules whose articles the brief lists by name."""


def write(out: Console, comparison: Comparison, annotations: Annotations) -> None:
    """Print a page for each chapter of the subject, and one for what is gone where no chapter of the subject has a place for it."""
    for chapter, articles in _chapters(comparison):
        own = {a.head.eid for a in articles}
        found = [a for a in annotations.made if a.article in own]
        out.print(
            Styled(
                f"{chapter or comparison.subject.scope}: {comparison.subject.name} against {comparison.base.name}", style="bold"
            )
        )
        if comparison.notice:
            out.print(Styled(comparison.notice, style="bold yellow"))
        out.print(" ".join(sentences(comparison, articles, found, annotations)))
        out.print()
        if found:
            out.print(Styled("The weightiest changes", style="bold"))
            for annotation in [a for a in found if a.rule not in _LISTED][:_WEIGHTIEST]:
                line(out, annotation)
            out.print()
        alone = [a for a in articles if a.kind is ArticleKind.NO_COUNTERPART]
        gone = [a for a in articles if a.kind is ArticleKind.GONE]
        for title, listed in ((f"No counterpart in {comparison.base.name}", alone), (f"Only in {comparison.base.name}", gone)):
            if listed:
                out.print(Styled(title, style="bold"))
                for article in listed:
                    out.print(f"  {article.head.citation}  {article.head.heading}")
                out.print()


def sentences(
    comparison: Comparison, articles: Sequence[Article], found: Sequence[Annotation], annotations: Annotations
) -> list[str]:
    """Five sentences: the direction, how much has a counterpart, what becomes of duties and rights, what of enforcement and time, what is alone."""
    base, subject = comparison.base.name, comparison.subject.name
    mine = [a for a in articles if a.kind is not ArticleKind.GONE]
    pairs = [a for a in mine if a.kind is ArticleKind.COUNTERPART]
    out = [f"What follows reads from {base} to {subject}: “new” is what only {subject} has, “dropped” what only {base} has."]
    same = sum(a.equal for a in pairs)
    of = number(len(mine), "article")
    if not pairs:
        out.append(f"None of its {of} has a counterpart." if len(mine) > 1 else "Its only article has no counterpart.")
    else:
        alike = (
            f"{same or 'none'} of them the same in substance, " if len(pairs) > 1 else "the same in substance, " if same else ""
        )
        out.append(
            f"{len(pairs)} of {of} {'has' if len(pairs) == 1 else 'have'} a counterpart, {alike}"
            f"with {number(sum(a.changes for a in pairs), 'change')}."
        )
    if annotations.off:
        return [*out, annotations.off]
    count = {rule: sum(a.rule == rule for a in found) for rule in {a.rule for a in found}}

    def told(*rules: tuple[str, str]) -> str:
        parts = [_count(n, noun) for rule, noun in rules if (n := sum(count.get(r, 0) for r in rule.split()))]
        return listing(parts) if parts else ""

    binds = told(
        ("duty-created", "new duty|new duties"), ("duty-dropped", "dropped duty|dropped duties"),
        ("duty-strengthened hedge-dropped", "stronger duty|stronger duties"), ("duty-weakened hedge-added", "weaker duty|weaker duties"),
        ("right-gained", "new right|new rights"), ("right-lost", "lost right|lost rights"),
        ("kind-changed duty-reversed actor-changed", "rule that binds otherwise|rules that bind otherwise"),
    )  # fmt: skip
    wholes = [a.sentence.rstrip(".") for a in found if a.rule in ("chapter-created", "chapter-dropped")]
    wholes = wholes or [f"{a.sentence.rstrip('.')} ({a.citation})" for a in found if a.rule in _LISTED]
    binds = "; ".join(
        [*([f"in what has a counterpart, {binds}"] if binds and wholes else [binds] if binds else []), *map(_lowered, wholes)]
    )
    unseen = annotations.partly or "Nothing that binds was seen to change."
    out.append(f"What binds: {binds}." if binds else unseen)
    recourse = [a for a in found if str(a.kind) == "enforceability"]
    times = [a for a in found if str(a.kind) == "time limits"]
    ends = recourse[0].sentence.rstrip(".") if recourse else "Recourse to dispute settlement is as it was"
    if recourse and recourse[0].rule != "chapter-recourse":
        ends = f"{ends.partition(':')[0]} ({recourse[0].citation})"
    out.append(
        f"{ends}; {_count(len(times), 'time limit or figure|time limits and figures')} changed."
        if times
        else f"{ends}; no time limit or figure changed."
    )
    alone = [a.head.citation for a in articles if a.kind is ArticleKind.NO_COUNTERPART]
    gone = [a.head.citation for a in articles if a.kind is ArticleKind.GONE]
    out.append(
        f"{opening(_list(alone))} {'has' if len(alone) == 1 else 'have'} no counterpart."
        if alone
        else "Every article has a counterpart."
    )
    if gone:
        out[-1] = f"{out[-1][:-1]}; {_list(gone)} of {base} {'is' if len(gone) == 1 else 'are'} answered by nothing."
    return out


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _count(n: int, forms: str) -> str:
    one, _, many = forms.partition("|")
    return f"{n} {one if n == 1 else many}"


def _list(names: Sequence[str]) -> str:
    """Places in a sentence, `Article` said once where all are articles."""
    more = len(names) - _NAMED
    shown = list(names[:_NAMED])
    articles = len(shown) > 1 and all(name.startswith("Article ") for name in shown)
    if articles:
        shown = [name.removeprefix("Article ") for name in shown]
    return ("Articles " if articles else "") + listing([*shown, *([f"{more} more"] if more > 0 else [])])


def _chapters(comparison: Comparison) -> Iterator[tuple[str, list[Article]]]:
    """The subject's chapters with their articles; what is gone stands with the last chapter that the base's chapter answers, else apart."""
    chapters: dict[str, list[Article]] = {}
    home: dict[str, str] = {}
    for article in comparison.articles:
        chapters.setdefault(article.head.chapter, []).append(article)
        if article.base is not None:
            home.setdefault(article.base.chapter, article.head.chapter)
    for article in comparison.gone:
        chapters.setdefault(home.get(article.head.chapter, article.head.chapter), []).append(article)
    yield from chapters.items()
