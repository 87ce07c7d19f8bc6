"""Finding provisions in a text: from a selector, from an eId, and back to a citation."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ..citation import Address, Target, TargetKind, join, label, parse, slug
from ..errors import AmbiguousProvision, ProvisionNotFound
from .identifiers import term_of
from .model import ANNEXES, COMPONENTS, HEADS, Footnote, Kind, Provision, Term, Treaty
from .once import once

_SILENT = frozenset({Kind.DEFINITION, Kind.FLUSH, Kind.HEADING, Kind.TABLE})
_WORD = {
    Kind.PREAMBLE: "Preamble",
    Kind.CONCLUSION: "Concluding words",
    Kind.PART: "Part",
    Kind.CHAPTER: "Chapter",
    Kind.SECTION: "Section",
    Kind.SUBSECTION: "Subsection",
    Kind.ARTICLE: "Article",
    Kind.ANNEX: "Annex",
    Kind.APPENDIX: "Appendix",
}


_Path = tuple[Provision | None, tuple[str, ...], Provision | None, tuple[str, ...]]
_NOWHERE: _Path = (None, (), None, ())


class Index:
    """The provisions of one treaty by eId, by label and by citation."""

    def __init__(self, treaty: Treaty) -> None:
        self.treaty = treaty
        self.by_eid: dict[str, Provision] = {}
        self._parent: dict[str, Provision] = {}
        self._heads: dict[tuple[Kind, str], list[Provision]] = {}
        self._paths: dict[str, _Path] = {}
        self._above: dict[str, tuple[Provision, ...]] = {}
        self._citations: dict[str, str] = {}
        self.by_eid[treaty.root.eid] = treaty.root
        self._add(treaty.root, False)

    def _add(self, holder: Provision, annexed: bool) -> None:
        """All that stands below a provision, in reading order."""
        for child in holder.children:
            self.by_eid[child.eid] = child
            self._parent[child.eid] = holder
            kind = child.kind
            # An annex's own Article 3 is not the treaty's.
            if kind in COMPONENTS or (kind is Kind.ARTICLE and not annexed):
                self._heads.setdefault((kind, _key(label(child.label))), []).append(child)
            if child.children:
                self._add(child, annexed or kind in ANNEXES)

    # -- up -------------------------------------------------------------------------------

    def parent(self, provision: Provision) -> Provision | None:
        """The provision that holds this one, None for the root."""
        return self._parent.get(provision.eid)

    def above(self, provision: Provision) -> tuple[Provision, ...]:
        """The provisions that hold this one, nearest first, the root last."""
        found = self._above.get(provision.eid)
        if found is None:
            up = self.parent(provision)
            found = self._above[provision.eid] = (up, *self.above(up)) if up is not None else ()
        return found

    def enclosing(self, provision: Provision, *kinds: Kind) -> Provision | None:
        """This provision or the nearest above it that is of one of `kinds`."""
        if provision.kind in kinds:
            return provision
        return next((up for up in self.above(provision) if up.kind in kinds), None)

    # -- names ----------------------------------------------------------------------------

    def steps(self, provision: Provision) -> tuple[Provision | None, tuple[str, ...], str]:
        """Its article or annex, the labels below that, and the term of its definition."""
        head, steps, entry, below = self._path(provision)
        return head, steps + below, _term_words(entry) if entry is not None else ""

    def _path(self, provision: Provision) -> _Path:
        """Its article or annex, the labels below that, the definition it is in, the labels below that."""
        found = self._paths.get(provision.eid)
        if found is None:
            found = self._paths[provision.eid] = self._path_below(provision)
        return found

    def _path_below(self, provision: Provision) -> _Path:
        if provision.kind in HEADS:
            return provision, (), None, ()
        up = self.parent(provision)
        head, labels, entry, below = self._path(up) if up is not None else _NOWHERE
        if provision.kind is Kind.DEFINITION:
            return head, labels, entry or provision, below
        step = (label(provision.label),) if provision.num is not None and provision.label else ()
        return (head, labels + step, None, below) if entry is None else (head, labels, entry, below + step)

    def selector(self, provision: Provision) -> str:
        """What a person types to reach the provision: `1902.2(d)(i)`, `annex1901.2`, `ch19`.

        A provision that nothing in its place labels (a flush line, an unnumbered paragraph)
        has the selector of the one above it; what stands outside articles and annexes and
        has no label is named by its eId.
        """
        head, steps, entry, below = self._path(provision)
        if head is None:
            return self._outside(provision)
        if not head.label:
            return provision.eid
        number = label(head.label)
        annex = self.enclosing(head, *ANNEXES)
        if head is annex:
            out = f"{head.kind}{number}"
        elif annex is not None:
            out = f"{self.selector(annex)}({number})"
        else:
            out = number if any(c.isdigit() for c in number) else f"art{number}"
        for n, step in enumerate(steps):
            out += f".{step}" if n == 0 and step[0].isdigit() and annex in (None, head) else f"({step})"
        if entry is not None:
            out += f"#{term_of(entry)}" + "".join(f"({step})" for step in below)
        return out

    def _outside(self, provision: Provision) -> str:
        """Selector of what stands in no article or annex."""
        match provision.kind:
            case Kind.PREAMBLE | Kind.CONCLUSION:
                return str(provision.kind)
            case Kind.CHAPTER if provision.label:
                return f"ch{label(provision.label)}"
            case Kind.SECTION | Kind.SUBSECTION if provision.label and self.enclosing(provision, Kind.CHAPTER):
                word = "sec" if provision.kind is Kind.SECTION else "sub"
                up = self.parent(provision)
                return f"{self.selector(up) if up is not None else ''}.{word}{label(provision.label)}"
            case _:
                return provision.eid

    def citation(self, provision: Provision) -> str:
        """How a lawyer cites the provision: `Article 1902(2)(d)(i)`, `Article 28.9.2(a)`, `Chapter 11, Section B`."""
        found = self._citations.get(provision.eid)
        if found is None:
            found = self._citations[provision.eid] = self._cited(provision)
        return found

    def heading(self, provision: Provision) -> str:
        """The heading to show beside a citation: empty where the citation is the same words, in whatever case."""
        return "" if provision.title.casefold() == self.citation(provision).casefold() else provision.title

    def _cited(self, provision: Provision) -> str:
        head, steps, entry, below = self._path(provision)
        if head is None:
            word = _WORD.get(provision.kind, "")
            if provision.kind is Kind.PART and not provision.label:
                return f"Part {provision.eid.rpartition('_')[2]}"
            if provision.kind is Kind.RECITAL:
                return f"Preamble, recital {provision.eid.rsplit('_', 1)[-1]}"
            if provision.kind is Kind.TREATY:
                return self.treaty.meta.name
            title = provision.title
            if provision.kind in (Kind.PREAMBLE, Kind.CONCLUSION) and title.isupper():
                # set in capitals as a headline; in a sentence it is a word
                title = title.capitalize()
            own = f"{word} {label(provision.label)}".strip() if provision.label else title or word
            up = self.parent(provision) if provision.kind in (Kind.SECTION, Kind.SUBSECTION) else None
            return f"{self.citation(up)}, {own}" if up is not None else own
        out = f"{_WORD[head.kind]} {join(steps, label(head.label), annex=head.kind in ANNEXES)}"
        if head.kind is Kind.ARTICLE and (annex := self.enclosing(head, *ANNEXES)) is not None:
            out = f"{self.citation(annex)}, {out}"
        if entry is not None:
            out += f" (“{_term_words(entry)}”)" + "".join(f"({step})" for step in below)
        if provision.kind is Kind.FLUSH:
            out += ", closing words"
        return out

    # -- down -----------------------------------------------------------------------------

    def find(self, selector: str | Target) -> tuple[Provision, ...]:
        """The provisions that a selector names: one, or several for a range.

        Raises ProvisionNotFound with the nearest that are there, AmbiguousProvision where a
        label stands twice, SelectorError where the grammar does not know the selector. An eId
        is a selector too.
        """
        target = parse(selector).target if isinstance(selector, str) else selector
        match target.kind:
            case TargetKind.EID:
                eid = target.steps[0]
                if eid not in self.by_eid:
                    self._missing(f"{self.treaty.meta.name} has no provision with the eId {eid}", self.by_eid, eid)
                return (self.by_eid[eid],)
            case TargetKind.WHOLE:
                return (self.treaty.root,)
            case TargetKind.PREAMBLE | TargetKind.CONCLUSION:
                return (self._only(target),)
            case TargetKind.CHAPTER:
                return (self._chapter(target),)
            case TargetKind.RANGE:
                return self._range(target)
            case _:
                head, rest = self._head(target)
                place = self._down(head, rest)
                if target.term:
                    place = self._down(self._term(place, target.term), target.below)
                return (place,)

    def find_address(self, address: Address) -> tuple[Provision, ...]:
        """The provisions of an address, its treaty, language and date left aside."""
        return self.find(address.target)

    def footnote(self, target: Target) -> tuple[Provision, Footnote]:
        """The footnote that a selector `fn3@14.1` names, and the provision it hangs on."""
        article, rest = self._head(target)
        place = self._down(article, rest)
        for provision in place.walk():
            for note in provision.footnotes:
                if note.marker == target.note:
                    return provision, note
        there = tuple(note.marker for p in place.walk() for note in p.footnotes)
        raise ProvisionNotFound(
            f"{self.citation(place)} has no footnote {target.note}.",
            cause=f"it has footnotes {', '.join(there)}" if there else "it has no footnotes",
            fix="name one of these" if there else "name another article",
            nearest=there,
        )

    def _only(self, target: Target) -> Provision:
        kind = Kind.PREAMBLE if target.kind is TargetKind.PREAMBLE else Kind.CONCLUSION
        for child in self.treaty.root.children:
            if child.kind is kind:
                return child
        raise ProvisionNotFound(f"{self.treaty.meta.name} has no {kind} here.", fix="see `treaty-diff list`")

    def _chapter(self, target: Target) -> Provision:
        at = self._one(Kind.CHAPTER, target.steps[0])
        for step in target.steps[1:]:
            inside = [p for p in at.children if p.kind in (Kind.SECTION, Kind.SUBSECTION)]
            hits = [p for p in inside if label(p.label).upper() == step]
            if not hits:
                there = [self.selector(p) for p in inside]
                raise self._missing(f"{self.citation(at)} has no section {step}", there, f"{self.selector(at)}.sec{step}")
            at = hits[0]
        return at

    def _range(self, target: Target) -> tuple[Provision, ...]:
        articles = self.treaty.articles()
        place = {p.eid: n for n, p in enumerate(articles)}
        first = self._one(Kind.ARTICLE, ".".join(target.steps))
        last = self._one(Kind.ARTICLE, ".".join(target.upto))
        lo, hi = place[first.eid], place[last.eid]
        if lo > hi:
            raise ProvisionNotFound(
                f"{self.citation(first)} stands after {self.citation(last)}.",
                cause="a range runs from the earlier article to the later one",
                fix="turn the two round",
            )
        return articles[lo : hi + 1]

    def _head(self, target: Target) -> tuple[Provision, tuple[str, ...]]:
        kind = {TargetKind.ANNEX: Kind.ANNEX, TargetKind.APPENDIX: Kind.APPENDIX}.get(target.kind, Kind.ARTICLE)
        for n in range(len(target.steps), 0, -1):
            if n > 2 and kind is Kind.ARTICLE:
                continue
            hits = self._heads.get((kind, _key(".".join(target.steps[:n]))))
            if hits:
                return self._one(kind, ".".join(target.steps[:n])), target.steps[n:]
        wanted = ".".join(target.steps[:2] if kind is Kind.ARTICLE else target.steps)
        return self._one(kind, wanted), ()

    def _one(self, kind: Kind, wanted: str) -> Provision:
        hits = self._heads.get((kind, _key(wanted)), [])
        if len(hits) == 1:
            return hits[0]
        if hits:
            names = tuple(f"{self.citation(p)} {p.title}" for p in hits)
            raise AmbiguousProvision(
                f"{_WORD[kind]} {wanted} stands {len(hits)} times in {self.treaty.meta.name}.",
                cause="the source repeats the number: " + "; ".join(names),
                fix="select its chapter instead",
                candidates=names,
            )
        there = [self.selector(p) for (k, _), ps in self._heads.items() if k is kind for p in ps]
        word = {Kind.CHAPTER: "ch", Kind.ARTICLE: ""}.get(kind, str(kind))
        raise self._missing(f"{self.treaty.meta.name} has no {_WORD[kind]} {wanted}", there, f"{word}{wanted}")

    def _down(self, at: Provision, steps: tuple[str, ...]) -> Provision:
        for step in steps:
            hits = _below(at, step)
            if len(hits) > 1:
                exact = [p for p in hits if label(p.label) == step]
                hits = exact or hits
            if not hits:
                below = [self.selector(p) for p in _numbered(at)]
                what = f"{self.citation(at)} has no ({step})"
                raise self._missing(what, below or self._elsewhere(at, step), f"{self.selector(at)}({step})", bool(below))
            if len(hits) > 1:
                raise self._ambiguous(f"{self.citation(at)} has ({step}) {len(hits)} times.", "label", at, hits)
            at = hits[0]
        return at

    def _term(self, head: Provision, wanted: str) -> Provision:
        entries = [p for p in head.walk() if p.kind is Kind.DEFINITION]
        key = slug(wanted)
        hits = [entry for entry in entries if term_of(entry) == key]
        if len(hits) > 1:
            raise self._ambiguous(f"{self.citation(head)} has “{wanted}” {len(hits)} times.", "term", head, hits)
        if hits:
            return hits[0]
        there = [self.selector(e) for e in entries]
        raise self._missing(f"{self.citation(head)} does not define “{wanted}”", there, f"{self.selector(head)}#{key}")

    def _ambiguous(self, what: str, repeated: str, at: Provision, hits: list[Provision]) -> AmbiguousProvision:
        return AmbiguousProvision(
            what,
            cause=f"the source repeats the {repeated}",
            fix=f"show {self.selector(at)} whole",
            candidates=tuple(p.eid for p in hits),
        )

    def _elsewhere(self, at: Provision, step: str) -> list[str]:
        """Selectors of `at` itself and of what is labelled `step` beside it, where `at` has nothing below it."""
        up = self.parent(at)
        beside = [p for sibling in (up.children if up is not None else ()) for p in _below(sibling, step)]
        return [self.selector(p) for p in (at, *beside)]

    def _missing(self, what: str, there: Iterable[str], wanted: str, held: bool = True) -> ProvisionNotFound:
        known = list(there)
        near = tuple(get_close_matches(wanted, known, n=5, cutoff=0.5)) or tuple(known[:8])
        nearest = f"nearest: {', '.join(near)}" if near else ""
        empty = "" if held and known else "none is held" if held else "it has no numbered provisions below it"
        fix = "name one of these" if near else "see `treaty-diff list` for what is held" if held else "leave the label out"
        return ProvisionNotFound(f"{what}.", cause="; ".join(filter(None, (empty, nearest))), fix=fix, nearest=near)


@once
def indexed(treaty: Treaty) -> Index:
    """The index of a text."""
    return Index(treaty)


def _key(number: str) -> str:
    """A label so that `G-01.3(b)` and the steps of a selector for it are the same."""
    return number.replace("(", ".").replace(")", "").upper()


def _numbered(at: Provision) -> list[Provision]:
    """Numbered provisions below `at` that its citation reaches next, through unnumbered ones."""
    out: list[Provision] = []
    for child in at.children:
        if child.kind in COMPONENTS:
            continue
        if child.label:
            out.append(child)
        elif child.kind not in _SILENT:
            out.extend(_numbered(child))
    return out


def _below(at: Provision, step: str) -> list[Provision]:
    candidates = _numbered(at)
    hits = [p for p in candidates if label(p.label) == step]
    return hits or [p for p in candidates if label(p.label).lower() == step.lower()]


def _term_words(definition: Provision) -> str:
    if definition.text:
        for span in definition.text.spans:
            if isinstance(span, Term):
                return definition.text.content[span.start : span.end]
    return term_of(definition)
