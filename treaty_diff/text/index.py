"""Finding provisions in a text: from a selector, from an eId, and back to a citation."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ..citation import Address, Target, TargetKind, join, label, parse
from ..errors import AmbiguousProvision, ProvisionNotFound
from .identifiers import term_of
from .model import Footnote, Kind, Provision, Treaty

_HEADS = frozenset({Kind.ARTICLE, Kind.ANNEX, Kind.APPENDIX})
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


class Index:
    """The provisions of one treaty by eId, by label and by citation."""

    def __init__(self, treaty: Treaty) -> None:
        self.treaty = treaty
        self.by_eid: dict[str, Provision] = {}
        self._parent: dict[str, Provision] = {}
        self._heads: dict[tuple[Kind, str], list[Provision]] = {}
        self._add(treaty.root)

    def _add(self, provision: Provision) -> None:
        self.by_eid[provision.eid] = provision
        if provision.kind in _HEADS or provision.kind is Kind.CHAPTER:
            self._heads.setdefault((provision.kind, label(provision.label).upper()), []).append(provision)
        for child in provision.children:
            self._parent[child.eid] = provision
            self._add(child)

    # -- up -------------------------------------------------------------------------------

    def parent(self, provision: Provision) -> Provision | None:
        """The provision that holds this one, None for the root."""
        return self._parent.get(provision.eid)

    def above(self, provision: Provision) -> list[Provision]:
        """The provisions that hold this one, nearest first, the root last."""
        out = []
        up = self.parent(provision)
        while up is not None:
            out.append(up)
            up = self.parent(up)
        return out

    def enclosing(self, provision: Provision, *kinds: Kind) -> Provision | None:
        """This provision or the nearest above it that is of one of `kinds`."""
        if provision.kind in kinds:
            return provision
        return next((up for up in self.above(provision) if up.kind in kinds), None)

    # -- names ----------------------------------------------------------------------------

    def steps(self, provision: Provision) -> tuple[Provision | None, tuple[str, ...], str]:
        """Its article or annex, the labels below that, and the term of its definition."""
        labels: list[str] = []
        term = ""
        at: Provision | None = provision
        while at is not None and at.kind not in _HEADS:
            if at.kind is Kind.DEFINITION:
                term = term or _term_words(at)
            elif at.label:
                labels.append(label(at.label))
            at = self.parent(at)
        return at, tuple(reversed(labels)), term

    def selector(self, provision: Provision) -> str:
        """What a person types to reach the provision: `1902.2(d)(i)`, `annex1901.2`, `ch19`."""
        head, steps, term = self.steps(provision)
        if head is None:
            name = {Kind.PREAMBLE: "preamble", Kind.CONCLUSION: "conclusion"}.get(provision.kind, "")
            if provision.kind is Kind.CHAPTER:
                return f"ch{label(provision.label)}"
            chapter = self.enclosing(provision, Kind.CHAPTER)
            if provision.kind in (Kind.SECTION, Kind.SUBSECTION) and chapter and provision.label:
                word = "sec" if provision.kind is Kind.SECTION else "sub"
                up = self.parent(provision)
                outer = self.selector(up) if up is not None else ""
                return f"{outer}.{word}{label(provision.label)}"
            return name or provision.eid
        out = ("" if head.kind is Kind.ARTICLE else str(head.kind)) + label(head.label)
        for n, step in enumerate(steps):
            out += f".{step}" if n == 0 and step.isdigit() else f"({step})"
        return f"{out}#{_slug_above(self, provision)}" if term else out

    def citation(self, provision: Provision) -> str:
        """How a lawyer cites the provision: `Article 1902(2)(d)(i)`, `Article 28.9.2(a)`, `Annex 1901.2`."""
        head, steps, term = self.steps(provision)
        if head is None:
            word = _WORD.get(provision.kind, "")
            if provision.kind is Kind.RECITAL:
                return f"Preamble, recital {provision.eid.rsplit('_', 1)[-1]}"
            if provision.kind is Kind.TREATY:
                return self.treaty.meta.name
            return f"{word} {label(provision.label)}".strip() if provision.label else provision.title or word
        out = f"{_WORD[head.kind]} {join(steps, label(head.label))}"
        if term:
            out += f" (“{term}”)"
        if provision.kind is Kind.FLUSH:
            out += ", closing words"
        return out

    # -- down -----------------------------------------------------------------------------

    def find(self, selector: str | Target) -> tuple[Provision, ...]:
        """The provisions that a selector names: one, or several for a range.

        Raises ProvisionNotFound with the nearest that are there, AmbiguousProvision where a
        label stands twice, SelectorError where the grammar does not know the selector.
        """
        written = selector if isinstance(selector, str) else ""
        target = parse(selector).target if isinstance(selector, str) else selector
        match target.kind:
            case TargetKind.WHOLE:
                return (self.treaty.root,)
            case TargetKind.PREAMBLE | TargetKind.CONCLUSION:
                return (self._only(target),)
            case TargetKind.CHAPTER:
                return (self._chapter(target),)
            case TargetKind.RANGE:
                return self._range(target)
            case _:
                head, rest = self._head(target, written)
                if target.term:
                    return (self._term(head, target.term),)
                return (self._down(head, rest),)

    def find_address(self, address: Address) -> tuple[Provision, ...]:
        """The provisions of an address, its treaty, language and date left aside."""
        return self.find(address.target)

    def footnote(self, target: Target) -> tuple[Provision, Footnote]:
        """The footnote that a selector `fn3@14.1` names, and the provision it hangs on."""
        article, rest = self._head(target, "")
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
                self._missing(f"{self.citation(at)} has no section {step}", [label(p.label) for p in inside], step)
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

    def _head(self, target: Target, written: str) -> tuple[Provision, tuple[str, ...]]:
        kind = {TargetKind.ANNEX: Kind.ANNEX, TargetKind.APPENDIX: Kind.APPENDIX}.get(target.kind, Kind.ARTICLE)
        for n in range(len(target.steps), 0, -1):
            if n > 2 and kind is Kind.ARTICLE:
                continue
            hits = self._heads.get((kind, ".".join(target.steps[:n]).upper()))
            if hits:
                return self._one(kind, ".".join(target.steps[:n])), target.steps[n:]
        wanted = ".".join(target.steps[:2] if kind is Kind.ARTICLE else target.steps)
        return self._one(kind, wanted), ()

    def _one(self, kind: Kind, wanted: str) -> Provision:
        hits = self._heads.get((kind, wanted.upper()), [])
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
        labels = [label(p.label) for (k, _), ps in self._heads.items() if k is kind for p in ps]
        return self._missing(f"{self.treaty.meta.name} has no {_WORD[kind]} {wanted}", labels, wanted)

    def _down(self, at: Provision, steps: tuple[str, ...]) -> Provision:
        for step in steps:
            hits = _below(at, step)
            if len(hits) > 1:
                exact = [p for p in hits if label(p.label) == step]
                hits = exact or hits
            if not hits:
                there = [f"({label(p.label)})" for p in _numbered(at)]
                kinds = sorted({f"{p.kind}s" for p in _numbered(at)})
                self._missing(f"{self.citation(at)} has no ({step})", there, f"({step})", " and ".join(kinds))
            if len(hits) > 1:
                eids = tuple(p.eid for p in hits)
                raise AmbiguousProvision(
                    f"{self.citation(at)} has ({step}) {len(hits)} times.",
                    cause="the source repeats the label",
                    fix=f"show {self.citation(at)} whole",
                    candidates=eids,
                )
            at = hits[0]
        return at

    def _term(self, head: Provision, wanted: str) -> Provision:
        entries = [p for p in head.walk() if p.kind is Kind.DEFINITION]
        key = wanted.lower().replace(" ", "-")
        for entry in entries:
            if term_of(entry) == key:
                return entry
        return self._missing(f"{self.citation(head)} does not define “{wanted}”", [term_of(e) for e in entries], key)

    def _missing(self, what: str, there: Iterable[str], wanted: str, kinds: str = "provisions") -> Provision:
        known = list(there)
        near = tuple(get_close_matches(wanted, known, n=5, cutoff=0.5)) or tuple(known[:8])
        raise ProvisionNotFound(
            f"{what}.",
            cause=f"it has no {kinds} below it" if not known else f"nearest: {', '.join(near)}",
            fix="name one of these" if known else "leave the label out",
            nearest=near,
        )


def _numbered(at: Provision) -> list[Provision]:
    """Numbered provisions below `at` that its citation reaches next, through unnumbered ones."""
    out: list[Provision] = []
    for child in at.children:
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
    from .model import Term

    if definition.text:
        for span in definition.text.spans:
            if isinstance(span, Term):
                return definition.text.content[span.start : span.end]
    return term_of(definition)


def _slug_above(index: Index, provision: Provision) -> str:
    entry = index.enclosing(provision, Kind.DEFINITION)
    return term_of(entry) if entry is not None else ""
