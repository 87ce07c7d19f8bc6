"""What every output says of a comparison in words, in one home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..align.concordance import Decision, twentieths
from ..wording import number as number

if TYPE_CHECKING:
    from ..redline.comparison import Comparison, Row
    from ..redline.lineage.result import Lineage

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def sureness(score: float, decision: Decision | None = None) -> str:
    """How sure a link is, in a word: sure, likely, doubtful; who decided, where a person did."""
    if decision is not None:
        return decided(decision)
    return "sure" if score >= 0.75 else "likely" if score >= 0.5 else "doubtful"


def date(iso: str) -> str:
    """A date as people write it, from ISO 8601; empty where it is none.

    >>> date("2018-01-16"), date("2018-01"), date("2018"), date("")
    ('16 January 2018', 'January 2018', '2018', '')
    """
    when = iso[:10].split("-")
    if not all(part.isdecimal() for part in when) or (len(when) > 1 and not 1 <= int(when[1]) <= 12):
        return ""
    return " ".join([str(int(day)) for day in when[2:3]] + [_MONTHS[int(month) - 1] for month in when[1:2]] + when[:1])


def decided(decision: Decision) -> str:
    """Who decided, when and why; that the text is another one since.

    >>> decided(Decision("confirmed", "A. Reader", "2018-01-16T09:00:00Z", "the same steps"))
    'confirmed by A. Reader, 16 January 2018: the same steps'
    """
    said = f"{decision.verdict} by {decision.who}, {date(decision.when)}"
    return f"{said}{': ' if decision.note else ''}{decision.note}{f' (stale: {decision.stale})' if decision.stale else ''}"


def nearness(score: float, decision: Decision | None = None) -> str:
    """How near something comes that is no answer: its score, and who rejected it.

    >>> nearness(0.31), nearness(0.03)
    ('0.30', 'under 0.05')
    """
    said = f"{printed:.2f}" if (printed := twentieths(score)) else "under 0.05"
    return said + (f", {decided(decision)}" if decision is not None else "")


def listing(parts: list[str]) -> str:
    """Parts of a sentence joined with commas and a last `and`."""
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0]


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def copied(lineage: Lineage) -> str:
    """Which part of a text's words stands where, or why that is not said."""
    if lineage.off:
        return lineage.off
    total = sum(lineage.totals.values())
    if not total:
        return ""
    said = [f"{name} {words / total:.0%}" for name, words in lineage.totals.items()]
    return " ".join([f"Its {number(total, 'word')} by where they stand: {', '.join(said)}.", *lineage.remarks])


HEADINGS = "Headings of parts, chapters and sections that differ"


def counts(comparison: Comparison) -> str:
    """The counts in one or two sentences: which articles have a counterpart, which words stand on one side only."""
    from ..redline.comparison import opening

    total, base, subject = comparison.summary, comparison.base.name, comparison.subject.name
    answered = total.equal + total.changed
    listed = (*comparison.articles, *comparison.gone)
    noun = "article" if all(a.head.citation.startswith("Article") for a in listed) else "text"
    nouns = "articles" if noun == "article" else "articles and other texts"
    whole = number(total.articles, noun) if total.articles == 1 else f"{total.articles:,} {nouns}"
    verb = _have(1 if total.articles == 1 else answered)
    parts = [f"{answered:,} of {whole} {verb} a counterpart in {base}"]
    if total.equal:
        parts[0] += f" ({total.equal:,} the same)"
    elsewhere = sum(bool(article.elsewhere) for article in comparison.articles)
    if elsewhere:
        parts.append(f"{elsewhere:,} {_is(elsewhere)} answered outside this comparison")
    if none := total.no_counterpart - elsewhere:
        parts.append(f"{none:,} {_is(none)} new" if comparison.within else f"{none:,} {_have(none)} none")
    if total.not_held:
        parts.append(f"{total.not_held:,} {_is(total.not_held)} held as a heading only")
    if total.gone:
        parts.append(f"{number(total.gone, 'article')} of {base} {_is(total.gone)} gone")
    said = opening(listing(parts)) + "."
    if not total.changed:
        return said
    stand = "stands" if total.words_deleted == 1 else "stand"
    return (
        f"{said} Where both speak, {number(total.words_deleted, 'word')} {stand} only in {base}, "
        f"{total.words_inserted:,} only in {subject} and {total.words_equal:,} in both."
    )


def figures(comparison: Comparison) -> tuple[tuple[str, int], ...]:
    """What every output counts, in the same words and order: articles, provisions, words, changes, citations."""
    s, base, subject = comparison.summary, comparison.base.name, comparison.subject.name
    p = s.provisions
    return (
        ("articles the same", s.equal),
        ("articles changed", s.changed),
        ("articles without counterpart", s.no_counterpart),
        ("articles gone", s.gone),
        ("articles not held", s.not_held),
        ("provisions equal", p.equal),
        ("provisions changed", p.changed),
        ("provisions renumbered", p.renumbered),
        ("provisions split", p.split),
        ("provisions merged", p.merged),
        ("provisions moved", p.moved),
        ("provisions new", p.new),
        ("provisions gone", p.gone),
        (f"words only in {base}", s.words_deleted),
        (f"words only in {subject}", s.words_inserted),
        ("words in both", s.words_equal),
        ("changes", s.changes),
        ("quiet differences", s.quiet),
        ("citations that follow", s.followed),
        ("citations astray", s.astray),
        ("citations dangling", s.dangling),
        ("headings of parts, chapters and sections changed", s.headings),
    )


def provisions(comparison: Comparison) -> str:
    """The counts of provisions in a sentence, those that are none left out."""
    counted = [(label.removeprefix("provisions "), n) for label, n in figures(comparison) if label.startswith("provisions ")]
    return f"Provisions: {listing([f'{n:,} {label}' for label, n in counted if n]) if any(n for _, n in counted) else 'none'}."


def standing(row: Row) -> str:
    """Where a row's words come from or went, empty where they stay: `moved from Article 9(2)`, `part of Article 9(2)`."""
    from ..redline.comparison import RowKind

    if row.base is None or row.subject is None:
        return ""
    match row.kind:
        case RowKind.MOVED:
            return f"moved from {row.base.citation}"
        case RowKind.MOVED_CHANGED:
            return f"moved from {row.base.citation}, and changed"
        case RowKind.MOVED_AWAY:
            return f"moved to {row.subject.citation}"
        case RowKind.SPLIT:
            return f"part of {row.base.citation}"
        case RowKind.MERGED:
            return f"joined in {row.subject.citation}"
        case _:
            return ""


def shortened(words: str, most: int) -> str:
    """The first words, of so many characters at most, with a sign where more follow.

    >>> shortened("A panel has five members.", 12), shortened("A panel.", 12)
    ('A panel …', 'A panel.')
    """
    return words if len(words) <= most else f"{words[:most].rsplit(None, 1)[0]} …"


def title(comparison: Comparison) -> str:
    """What is compared with what, as a headline: `NAFTA, Chapter Nineteen, against the TPP`."""
    from ..redline.comparison import opening

    said = f"{opening(comparison.subject.name)}, {comparison.subject.scope}, against {comparison.base.name}"
    return said if comparison.base.scope == "the whole text" else f"{said}, {comparison.base.scope}"
