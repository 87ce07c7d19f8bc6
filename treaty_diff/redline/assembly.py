"""From a correspondence to a comparison: article by article, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from ..align import Concordance
from ..align.features import members, units
from ..align.scope import gone as gone_of
from ..collector import at_rest
from ..text.index import indexed
from ..text.model import Provision, Treaty
from .citations import Follower
from .comparison import (
    Answer,
    Article,
    ArticleKind,
    Comparison,
    Nearest,
    Proof,
    Provisions,
    Row,
    RowKind,
    Summary,
    TextRef,
    Why,
    opening,
)
from .config import RedlineConfig
from .containers import Pair, containers
from .groups import Group, groups
from .lexing import Lexer
from .lines import Bundle, Rows, bundle, moved
from .proof import digest
from .sides import Text, told_apart
from .tokens import Differ, counts

_SHARE = 1 / 3
"""A chapter answers another where it has this share of the articles that answer that one's."""

_COUNTED = {
    RowKind.MOVED_CHANGED: "moved",
    RowKind.INSERTED: "new",
    RowKind.DELETED: "gone",
}


@at_rest()
def build(
    subject: Treaty,
    base: Treaty,
    concordance: Concordance,
    *,
    scope: Sequence[Provision],
    base_scope: Sequence[Provision],
    selectors: tuple[str, str] = ("", ""),
    revisions: tuple[str, str] = ("", ""),
    remarks: tuple[str, ...] = (),
    gone: Sequence[str] | None = None,
    headed: Sequence[Pair] | None = None,
    refs: tuple[TextRef, TextRef] | None = None,
    config: RedlineConfig | None = None,
    lexer: Lexer | None = None,
) -> Comparison:
    """The comparison of two texts under a correspondence; pairs are (subject, base).

    `remarks` join what is said of what was not compared; `gone` are the eIds of the base articles that are, found by
    the scope where they are not given; so are `headed`, the parts, chapters and sections that answer each other. `refs` are the two
    texts by name, the base first, where they are known. `lexer` may be that of other comparisons under the same `config`.
    """
    config = config or RedlineConfig()
    if gone is None:
        gone = gone_of(subject, scope, base, base_scope, concordance)
    right = Text(subject, scope, selectors[0], revisions[0], base)
    left = Text(base, base_scope, selectors[1], revisions[1], subject)
    if headed is None:
        headed = containers(right.index, scope, left.index, concordance, gone)
    if lexer is None or lexer.language != subject.meta.language:
        lexer = Lexer(subject.meta.language, config)
    asked = [p.eid for p, _ in members(scope)]
    found = groups(concordance, asked, [p.eid for p, _ in units(base)])
    paired = {eid for group in found for eid in group.subjects}
    unheld = set(concordance.not_held_subject)
    bundles = [bundle(g.bases, g.subjects, left, right, lexer, config) for g in found]
    bundles += [bundle((), (eid,), left, right, lexer, config) for eid in asked if eid not in paired and eid not in unheld]
    bundles += [bundle((eid,), (), left, right, lexer, config) for eid in gone]
    bundles += [bundle(*pair, left, right, lexer, config) for pair in headed]
    moves = moved(bundles, config)
    differ = Differ(lexer, config, _follower(left, right, concordance, bundles, moves.to))
    maker = Rows(bundles, moves, left, right, differ)
    rows: dict[tuple[bool, str], list[Row]] = {}
    proofs = []
    for n, b in enumerate(bundles):
        for unit, row in maker.of(n):
            rows.setdefault((bool(b.subjects), unit), []).append(row)
    for b in bundles[: len(bundles) - len(headed)]:
        sums = (digest("".join([x.line.text for x in side])) for side in (b.base, b.subject))
        proofs.append(Proof(b.bases, b.subjects, *sums))
    listed = _Listed(left, right, concordance, {eid: b for b in bundles for eid in b.subjects}, rows)
    articles = [listed.article(eid) for eid in asked]
    lost = [listed.gone(eid) for eid in gone]
    headings = tuple(listed.heading(*pair) for pair in headed)
    before, after = refs or told_apart(
        left.ref({eid for b in bundles for eid in b.bases}), right.ref({eid for b in bundles for eid in b.subjects})
    )
    return Comparison(
        before,
        after,
        tuple(articles),
        tuple(lost),
        _summary(articles, lost, headings),
        (*remarks, *_in_part(left, found), *_in_part(right, found), *_not_compared(left, right, concordance, len(lost))),
        concordance.said,
        headings,
        tuple(proofs),
    )


def both(
    subject: Treaty,
    base: Treaty,
    concordance: Concordance,
    *,
    scope: Sequence[Provision],
    base_scope: Sequence[Provision],
    selectors: tuple[str, str] = ("", ""),
    revisions: tuple[str, str] = ("", ""),
    remarks: tuple[str, ...] = (),
    config: RedlineConfig | None = None,
    lexer: Lexer | None = None,
) -> tuple[Comparison, Comparison]:
    """The comparison, and the same articles read the other way round: what was new is gone, what was struck is inserted.

    The arguments are those of `build`.
    """
    config = config or RedlineConfig()
    lexer = lexer or Lexer(subject.meta.language, config)
    gone = gone_of(subject, scope, base, base_scope, concordance)
    headed = containers(indexed(subject), scope, indexed(base), concordance, gone)
    straight = build(
        subject,
        base,
        concordance,
        scope=scope,
        base_scope=base_scope,
        selectors=selectors,
        revisions=revisions,
        remarks=remarks,
        gone=gone,
        headed=headed,
        config=config,
        lexer=lexer,
    )
    inside = {k.base for k in concordance.links} | set(gone)
    turned = build(
        base,
        subject,
        concordance.mirrored(),
        scope=[p for p, _ in units(base) if p.eid in inside],
        base_scope=scope,
        selectors=(selectors[1], selectors[0]),
        revisions=(revisions[1], revisions[0]),
        remarks=remarks,
        gone=[eid for eid in concordance.nearest if not concordance.of(eid)],
        headed=[(after, before) for before, after in headed],
        refs=(straight.subject, straight.base),
        config=config,
        lexer=lexer,
    )
    return straight, turned


def _follower(
    left: Text, right: Text, concordance: Concordance, bundles: Sequence[Bundle], moves: Mapping[tuple[int, int], tuple[int, int]]
) -> Follower:
    """What answers each base provision: by the concordance, by the lines that go together, chapters by their articles."""
    links: dict[str, dict[str, None]] = {}
    votes: dict[str, Counter[str]] = {}
    for link in (*concordance.links, *concordance.outside):
        links.setdefault(link.base, {})[link.subject] = None
        ends = left.chapter(link.base), right.chapter(link.subject)
        if ends[0] is not None and ends[1] is not None:
            votes.setdefault(ends[0].eid, Counter())[ends[1].eid] += 1
    for chapter, found in votes.items():
        links.setdefault(chapter, {}).update(dict.fromkeys(c for c, n in found.items() if n >= _SHARE * found.total()))
    compared: set[str] = set()
    for b in bundles:
        compared.update(x.line.provision.eid for x in b.base if not x.head)
        for mine, theirs in b.pairs:
            for i in mine:
                for j in theirs:
                    if not b.base[i].head and b.base[i].line.note is None:
                        links.setdefault(b.base[i].line.provision.eid, {})[b.subject[j].line.provision.eid] = None
    for here, there in moves.items():
        old, new = bundles[there[0]].base[there[1]], bundles[here[0]].subject[here[1]]
        links[old.line.provision.eid] = {new.line.provision.eid: None}
    return Follower(left.targets, right.targets, links, compared)


class _Listed:
    """Makes the articles of a comparison of their rows."""

    def __init__(
        self,
        left: Text,
        right: Text,
        concordance: Concordance,
        bundles: dict[str, Bundle],
        rows: dict[tuple[bool, str], list[Row]],
    ) -> None:
        self.left, self.right, self.concordance, self.bundles, self.rows = left, right, concordance, bundles, rows

    def article(self, eid: str) -> Article:
        """An article of the subject."""
        head = self.right.head(eid)
        if eid not in self.bundles:
            return Article(ArticleKind.NOT_HELD, head, None, 0.0, ())
        found = self.concordance
        rows = tuple(self.rows.get((True, eid), ()))
        near = tuple(Nearest(self.left.head(n.base), n.score, n.decision) for n in found.nearest.get(eid, ()))
        answers, outside = (
            tuple(Answer(self.left.head(k.base), str(k.kind), k.score, k.evidence, k.decision) for k in links)
            for links in (found.of(eid), [k for k in found.outside if k.subject == eid])
        )
        bundle = self.bundles[eid]
        own = digest("".join([x.line.text for x in bundle.subject if x.unit == eid]))
        if not answers:
            alone = found.alone.get(eid)
            return Article(
                ArticleKind.NO_COUNTERPART, head, None, 0.0, rows, near, subject_sha256=own, decision=alone, elsewhere=outside
            )
        best = answers[0]
        return Article(
            ArticleKind.COUNTERPART,
            head,
            best.head,
            best.score,
            rows,
            near,
            best.evidence,
            best.link,
            digest("".join([row.base_text for row in rows])),
            own,
            best.decision,
            answers,
            tuple(self.right.head(other) for other in bundle.subjects if other != eid),
        )

    def heading(self, base: tuple[str, ...], subject: tuple[str, ...]) -> Article:
        """A part, chapter or section of the subject with what answers it, or one of the base that nothing answers."""
        rows = tuple(self.rows.get((bool(subject), (subject or base)[0]), ()))
        kind = (ArticleKind.COUNTERPART if base else ArticleKind.NO_COUNTERPART) if subject else ArticleKind.GONE
        return Article(
            kind,
            self.right.head(subject[0]) if subject else None,
            self.left.head(base[0]) if base else None,
            0.0,
            rows,
            base_sha256=digest("".join([line.text for eid in base for line in self.left.lines(eid)])),
            subject_sha256=digest("".join([line.text for eid in subject for line in self.right.lines(eid)])),
        )

    def gone(self, eid: str) -> Article:
        """A base article that nobody answers."""
        rows = tuple(self.rows.get((False, eid), ()))
        text = "".join([line.text for line in self.left.lines(eid)])
        decision = self.concordance.alone_base.get(eid)
        return Article(ArticleKind.GONE, None, self.left.head(eid), 0.0, rows, base_sha256=digest(text), decision=decision)


def _summary(articles: Sequence[Article], gone: Sequence[Article], headings: Sequence[Article]) -> Summary:
    inserted = deleted = equal = changes = 0
    provisions: Counter[str] = Counter()
    quiet: Counter[str] = Counter()
    for article in (*articles, *gone):
        for row in article.rows:
            kind = _COUNTED.get(row.kind, str(row.kind))
            provisions[kind] += 1
            quiet.update(segment.why for segment in row.segments if segment.why)
        if article.kind is ArticleKind.COUNTERPART:
            for row in article.rows:
                if row.kind is not RowKind.MOVED_AWAY:
                    a, b, c = counts(row.segments)
                    inserted, deleted, equal = inserted + a, deleted + b, equal + c
            changes += article.changes
    kinds = [a.kind for a in articles]
    same = sum(a.equal for a in articles)
    return Summary(
        articles=len(articles),
        headings=sum(h.differs for h in headings),
        equal=same,
        changed=kinds.count(ArticleKind.COUNTERPART) - same,
        no_counterpart=kinds.count(ArticleKind.NO_COUNTERPART),
        gone=len(gone),
        not_held=kinds.count(ArticleKind.NOT_HELD),
        words_inserted=inserted,
        words_deleted=deleted,
        words_equal=equal,
        changes=changes,
        quiet=quiet[Why.SPELLING] + quiet[Why.WORDING],
        followed=quiet[Why.FOLLOWED],
        astray=quiet[Why.ASTRAY],
        dangling=quiet[Why.DANGLING],
        provisions=Provisions(**{f.name: provisions[f.name] for f in fields(Provisions)}),
    )


def _in_part(text: Text, found: Iterable[Group]) -> Iterable[str]:
    """Of which articles only the parts are compared that a proposal replaces."""
    compared = {eid for group in found for eid in (*group.bases, *group.subjects)}
    for eid in text.parts:
        if eid in compared:
            yield (
                f"{opening(text.treaty.meta.name)}: of {text.index.citation(text.index.by_eid[eid])} only what the proposal replaces "
                f"({', '.join(text.replaced(eid))}) is compared, and what it repeats beside that; the rest stays."
            )


def _not_compared(left: Text, right: Text, concordance: Concordance, gone: int) -> Iterable[str]:
    for side, missing in ((right, concordance.not_held_subject), (left, concordance.not_held_base)):
        if missing:
            count = f"{len(missing)} articles are" if len(missing) > 1 else "1 article is"
            yield (
                f"{opening(side.treaty.meta.name)}: {count} held as a heading only and not compared; "
                "`treaty-diff pull` gets the text."
            )
    rest = len(concordance.unanswered) - gone
    if rest:
        yield f"{opening(left.treaty.meta.name)}: {rest} held articles lie outside this comparison."
