"""Citations in running text, resolved to IRIs.

`link` finds where a text cites its own provisions (`Article 1902(2)(d)`, `Articles 1115
through 1138`, `paragraphs 1 and 2`, `subparagraph (b)(ii)`, `Chapter Twenty (…)`, `Annex 1901.2`)
and marks the words. Other instruments' articles (`Article III of the GATT 1994`) are left
alone: a number counts as the treaty's own only where it has the treaty's own form and no other
instrument is named beside it.
"""

from __future__ import annotations

import operator
import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from ..citation import label
from ..numerals import WORDS, from_words
from .akn.names import portion_iri
from .identifiers import number
from .model import COMPONENTS, LIST_LEVELS, Edition, Kind, Metadata, MultiReference, Provision, Reference, Span, Text, Treaty

_TRIGGERS = {
    "article": Kind.ARTICLE, "articles": Kind.ARTICLE, "artículo": Kind.ARTICLE, "artículos": Kind.ARTICLE,
    "chapter": Kind.CHAPTER, "chapters": Kind.CHAPTER, "capítulo": Kind.CHAPTER, "capítulos": Kind.CHAPTER,
    "annex": Kind.ANNEX, "annexes": Kind.ANNEX, "anexo": Kind.ANNEX, "anexos": Kind.ANNEX,
    "section": Kind.SECTION, "sections": Kind.SECTION, "sección": Kind.SECTION, "secciones": Kind.SECTION,
    "paragraph": Kind.PARAGRAPH, "paragraphs": Kind.PARAGRAPH, "párrafo": Kind.PARAGRAPH, "párrafos": Kind.PARAGRAPH,
    "subparagraph": Kind.SUBPARAGRAPH, "subparagraphs": Kind.SUBPARAGRAPH,
    "subpárrafo": Kind.SUBPARAGRAPH, "subpárrafos": Kind.SUBPARAGRAPH,
}  # fmt: skip
_TRIGGER = re.compile(  # begins with letters alone, so that the search can leap from one to the next
    r"(?P<word>Articles?|Art[ií]culos?|Chapters?|Cap[ií]tulos?|Annex(?:es)?|Anexos?|Sections?|Secci(?:ón|ones)"
    r"|Subparagraphs?|subparagraphs?|Paragraphs?|paragraphs?|Subpárrafos?|subpárrafos?|Párrafos?|párrafos?)[ \u00a0]+(?=[\d(A-Z])"
)
_TAIL = r"(?:\([0-9a-zA-Z]{1,5}\))"
_SPELT = "|".join(sorted((w.title() for w in WORDS), key=len, reverse=True)).replace("-", "[- ]")
_ITEM = {
    Kind.ARTICLE: re.compile(rf"(?P<num>[A-Z]{{1,2}}-\d+|\d+(?:[ \u00a0](?:bis|ter|quater)\b)?)(?P<path>(?:\.\d+|{_TAIL})*)"),
    Kind.CHAPTER: re.compile(rf"(?P<num>\d{{1,2}}|(?:{_SPELT})\b|[A-Z](?![\w-]))(?P<path>)", re.I),
    Kind.ANNEX: re.compile(rf"(?!Annex|Anexo|Article|Chapter|Section)(?P<num>[A-Z0-9][\w-]*(?:\.[\w-]*\w)*)(?P<path>{_TAIL}*)"),
    Kind.SECTION: re.compile(r"(?P<num>[A-Z])(?![\w-])(?P<path>)"),
    Kind.PARAGRAPH: re.compile(rf"(?P<num>\d{{1,2}})(?![\w.]?\d)(?P<path>{_TAIL}*)"),
    Kind.SUBPARAGRAPH: re.compile(rf"(?P<num>\d{{0,2}})(?P<path>{_TAIL}+)"),
}
_HEADING = re.compile(r"[ \u00a0]\((?=[A-ZÁÉÍÓÚ])[^()\n]{2,160}\)")
_BETWEEN = re.compile(
    r"(?P<range>[ \u00a0](?:through|to|a|al|hasta)[ \u00a0])|,[ \u00a0](?:(?:and|or|y|o|e)[ \u00a0])?"
    r"|[ \u00a0](?:and|or|and/or|y|o|e)[ \u00a0]"
)
_ALTERNATIVE = re.compile(r"[ \u00a0](?:or|o)[ \u00a0]")
_OTHER = re.compile(
    r"[ \u00a0](?:of|to|in|under|del?|de la)[ \u00a0](?:the[ \u00a0]|la[ \u00a0]|los[ \u00a0]|las[ \u00a0])?"
    r"(?!(?:Chapters?|Annex|Articles?|Section|Cap[ií]tulo|Anexo|Artículo|Sección)\b)(?=[A-Z“\d])"
)
_ANOTHER = re.compile(
    r"(?:,|,?[ \u00a0](?:and|or|y|o|e))[ \u00a0](?:el[ \u00a0]|los[ \u00a0])?(?:Articles?|Art[ií]culos?)[ \u00a0]"
)
_INSTRUMENT = re.compile(
    r"(?:GATT(?: 1994)?|GATS|TRIPS|ADPIC|AGCS|(?<!this )Agreement|Convention|Code|Act|HS|Convenio|Acuerdo),?[ \u00a0]$"
)
# What a paragraph is part of, said after it (`of Article 1902(2)`) or before it (`Annex 703.2, Section A, `).
_OF_PARAGRAPH = re.compile(rf"[ \u00a0](?:of|del)[ \u00a0](?:paragraph|párrafo)[ \u00a0](?P<num>\d{{1,2}})(?P<path>{_TAIL}*)")
_OF_ARTICLE = re.compile(
    rf"[ \u00a0](?:of|del)[ \u00a0](?:Article|Art[ií]culo)[ \u00a0](?P<num>[A-Z]{{1,2}}-\d+|\d+)(?P<path>(?:\.\d+|{_TAIL})*)"
    r"(?P<roman>[IVX])?"
)
_OF_OTHER = re.compile(
    r"[ \u00a0](?:of|to|in|del?|de la|al?)[ \u00a0](?:(?:the|that|la|esa|dicha)[ \u00a0](?:definition|definición)"
    r"|(?:Article|Art[ií]culo)[ \u00a0][IVXL])"
)
_OF_ANNEX = re.compile(r"[ \u00a0](?:of|to|in|del?|al?)[ \u00a0](?:Annex|Anexo)[ \u00a0](?P<num>[A-Z0-9][\w-]*(?:\.[\w-]*\w)*)")
_AFTER_ANNEX = re.compile(r"(?:Annex|Anexo)[ \u00a0][\w.\-]*\w(?:,[ \u00a0](?:Section|Secci[oó]n)[ \u00a0][A-Z])?,[ \u00a0]$")
_STEP = re.compile(r"\.(\d+)|\(([0-9a-zA-Z]+)\)")
_LONGEST_LIST = 12
"""Articles cited one after another that are looked through for the instrument they are of; more would be asked again for each."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text stands: what `paragraph 2` and `Section B` there are relative to."""

    component: str
    chapter: Provision | None = None
    head: Provision | None = None
    paragraph: Provision | None = None
    entries: tuple[Provision, ...] = ()
    """The list entries that hold the text, nearest first."""


class _Linker:
    def __init__(self, treaty: Treaty, base: Treaty | None) -> None:
        self.meta: Metadata = treaty.meta
        # The treaty that a proposal amends is cited as such, whoever's words it is held in.
        self.base = replace(base.meta, edition=Edition.VERBATIM) if base is not None else None
        self.heads: dict[tuple[Kind, str], Provision] = {}
        self.component: dict[str, str] = {}
        self.sections: dict[str, dict[str, Provision]] = {}
        self._collect(treaty.root, "")
        own = frozenset(self.component)
        if base is not None:
            self._collect(base.root, "")
        self.amended = frozenset(self.component) - own
        numbers = [label(p.label) for p in (base or treaty).articles() if p.label]
        self.dotted = sum("." in n for n in numbers) > len(numbers) / 2
        self.lettered = sum("-" in n for n in numbers) > len(numbers) / 2
        # Where articles are numbered by hundreds, `Article 20` is another instrument's.
        self.digits = 3 if sum(len(n) >= 3 for n in numbers) > len(numbers) / 2 else 1
        chapters = [p.label for p in (base or treaty).chapters()]
        self.spelt = sum(from_words(c.partition(" ")[2]) is not None for c in chapters) > len(chapters) / 2

    def _collect(self, p: Provision, component: str) -> None:
        if p.kind in COMPONENTS:
            component = p.eid
        if p.kind in (Kind.ARTICLE, Kind.CHAPTER, Kind.ANNEX) and p.label:
            self.heads.setdefault((p.kind, label(p.label).upper()), p)
        if p.kind is Kind.SECTION and p.label:
            self.sections.setdefault(component, {}).setdefault(label(p.label), p)
        self.component.setdefault(p.eid, component)
        for child in p.children:
            self._collect(child, component)

    # -- resolving ------------------------------------------------------------------------

    def href(self, eid: str, place: _Place) -> str:
        if self.base is not None and (eid in self.amended or _head_of(eid) in self.amended):
            return portion_iri(self.base, eid)
        if eid in self.component and self.component[eid] == place.component:
            return f"#{eid}"
        return portion_iri(self.meta, eid)

    def own_form(self, num: str) -> bool:
        """Whether an article number has the form that this treaty's articles have."""
        if self.lettered or self.dotted:
            return ("-" if self.lettered else ".") in num
        return "-" not in num and len(num) >= self.digits

    def article(self, num: str, path: str) -> tuple[Provision | None, str, str]:
        """The article that a cited number names, its whole number, and what of `path` goes below it."""
        first = re.match(r"\.\d+", path) if self.dotted else None
        if first is not None:
            num, path = num + first[0], path[first.end() :]
        return self.heads.get((Kind.ARTICLE, label(num).upper())), num, path

    def down(self, at: Provision, path: str) -> Provision | None:
        """The provision `path` (`.2(d)(i)`) below `at`; None where it is not there."""
        for a, b in _STEP.findall(path):
            found = _child(at, a or b)
            if found is None:
                return None
            at = found
        return at

    def target(self, kind: Kind, num: str, path: str, place: _Place, base: Provision | None) -> str | None:
        """The IRI that one cited item names; None where it is not ours to resolve."""
        match kind:
            case Kind.ARTICLE:
                article, num, path = self.article(num, path)
                if not self.own_form(num):
                    return None
                if article is None:
                    return portion_iri(self.base or self.meta, f"art_{number(num)}")
                found = self.down(article, path)
                return self.href(found.eid if found is not None else _invented(article.eid, path), place)
            case Kind.CHAPTER:
                digits = num.isdigit()
                if digits == self.spelt or (len(num) == 1 and not digits and not self.lettered):
                    return None
                chapter = self.heads.get((Kind.CHAPTER, label(num).upper()))
                return self.href(chapter.eid, place) if chapter is not None else None
            case Kind.ANNEX:
                annex = self.heads.get((Kind.ANNEX, num.upper()))
                if annex is None:
                    return portion_iri(self.base or self.meta, f"annex_{number(num)}")
                found = self.down(annex, path)
                return self.href((found or annex).eid, place)
            case Kind.SECTION:
                section = self.sections.get(place.chapter.eid if place.chapter else "", {}).get(num)
                return self.href(section.eid, place) if section is not None else None
            case Kind.PARAGRAPH:
                head = base if base is not None else place.head
                if head is None:
                    return None
                found = self.down(head, f".{num}{path}")
                return self.href(found.eid if found is not None else _invented(head.eid, f".{num}{path}"), place)
            case _:
                full = f".{num}{path}" if num else path
                holders = (base,) if base is not None else self._holders(place, num, path)
                for holder in filter(None, holders):
                    if (found := self.down(holder, full)) is not None:
                        return self.href(found.eid, place)
                nearest = next(filter(None, (base, place.head if num else place.paragraph, place.head)), None)
                return self.href(_invented(nearest.eid, full), place) if nearest is not None else None

    @staticmethod
    def _holders(place: _Place, num: str, path: str) -> tuple[Provision | None, ...]:
        """Where a cited subparagraph may be, likeliest first: `(ii)` near by, `(b)` in the paragraph."""
        if num:
            return (place.head,)
        step = _STEP.match(path)
        if step is not None and _style(step[2]) != "a":
            return (*place.entries, place.paragraph, place.head)
        return (place.paragraph, *place.entries, place.head)

    # -- reading --------------------------------------------------------------------------

    def spans(self, text: str, place: _Place) -> list[Span]:
        """The citations in `text`, in order."""
        out: list[Span] = []
        at = 0
        for trigger in _TRIGGER.finditer(text):
            start = trigger.start()
            if start < at or (start and (text[start - 1].isalnum() or text[start - 1] in "_-")):
                continue
            word = trigger["word"].lower().replace("articulo", "artículo").replace("capitulo", "capítulo")
            kind = _TRIGGERS[word]
            plural = word.endswith("s")
            items = self._items(text, trigger.end(), kind, plural)
            if not items:
                continue
            end = items[-1][2]
            base = None
            if kind in (Kind.PARAGRAPH, Kind.SUBPARAGRAPH):
                if _OF_OTHER.match(text, end) or _AFTER_ANNEX.search(text, max(0, start - 80), start):
                    continue
                base, ours = self._base(text, end, place)
                if not ours:
                    continue
            if self._foreign(text, end) or (kind is not Kind.PARAGRAPH and _INSTRUMENT.search(text, max(0, start - 40), start)):
                continue
            refs = self._references(items, kind, place, base)
            if not refs:
                continue
            if len(refs) == 1 and len(items) <= 2:
                out.append(Reference(start, end, refs[0].href, refs[0].up_to))
            else:
                out.append(MultiReference(start, end, tuple(refs)))
            at = end
        return out

    def _base(self, text: str, at: int, place: _Place) -> tuple[Provision | None, bool]:
        """What the words at `at` say a paragraph is part of, and whether that is ours to resolve."""
        paragraph = _OF_PARAGRAPH.match(text, at)
        end = paragraph.end() if paragraph is not None else at
        of = _OF_ARTICLE.match(text, end)
        base = place.head if paragraph is not None else None
        annex = _OF_ANNEX.match(text, end)
        if annex is not None:
            base = self.heads.get((Kind.ANNEX, annex["num"].upper()))
            if base is None or self._foreign(text, annex.end()):
                return None, False
        elif of is not None:
            article, _, path = self.article(of["num"], of["path"])
            base = self.down(article, path) if article is not None else None
            if base is None or of["roman"]:
                return None, False
        elif paragraph is not None and self._foreign(text, end):
            return None, False
        if paragraph is not None and base is not None:
            base = self.down(base, f".{paragraph['num']}{paragraph['path']}")
            return base, base is not None
        return base, True

    @staticmethod
    def _foreign(text: str, at: int) -> bool:
        """Whether another instrument is named at `at`, or after further articles: `and Article 4 of the GATT 1994`."""
        for _ in range(_LONGEST_LIST):
            if _OTHER.match(text, at) is not None:
                return True
            more = _ANOTHER.match(text, at)
            item = _ITEM[Kind.ARTICLE].match(text, more.end()) if more is not None else None
            if item is None:
                return False
            at = item.end()
        return False

    def _items(self, text: str, at: int, kind: Kind, plural: bool) -> list[tuple[re.Match[str], bool, int]]:
        """The items of a list of citations: each match, whether a range leads to it, and its end."""
        out: list[tuple[re.Match[str], bool, int]] = []
        ranged = False
        while (m := _ITEM[kind].match(text, at)) is not None:
            end = m.end()
            if kind in (Kind.ARTICLE, Kind.CHAPTER, Kind.ANNEX) and (h := _HEADING.match(text, end)) is not None:
                end = h.end()
            out.append((m, ranged, end))
            between = (_BETWEEN if plural else _ALTERNATIVE).match(text, end)
            if between is None:
                break
            ranged = bool(between.groupdict().get("range"))
            at = between.end()
        return out

    def _references(
        self, items: list[tuple[re.Match[str], bool, int]], kind: Kind, place: _Place, base: Provision | None
    ) -> list[Reference]:
        refs: list[Reference] = []
        before: tuple[str, ...] = ()
        for m, ranged, end in items:
            num, path = m["num"], m["path"]
            if kind is Kind.SUBPARAGRAPH:
                num, path, before = _complete(num, path, before)
            href = self.target(kind, num, path, place, base)
            if href is None:
                continue
            if ranged and refs:
                refs[-1] = replace(refs[-1], end=end, up_to=href)
            else:
                refs.append(Reference(m.start(), end, href))
        return refs

    # -- the tree -------------------------------------------------------------------------

    def text(self, text: Text | None, place: _Place) -> Text | None:
        if text is None:
            return None
        found = self.spans(text.content, place)
        if text.spans:
            found = [s for s in found if not _overlaps(text.spans, s)]
        if text.markup:
            found = [s for s in found if text.markable(s.start, s.end)]
        if not found and not text.notes:
            return text
        notes = tuple(replace(n, body=self.text(n.body, place) or n.body) for n in text.notes)
        spans = sorted([*text.spans, *found], key=lambda s: s.start)
        return Text(text.content, text.language, tuple(spans), notes, text.markup)

    def provision(self, p: Provision, place: _Place) -> Provision:
        if p.kind in COMPONENTS:
            place = _Place(p.eid, p if p.kind is Kind.CHAPTER else place.chapter, p if p.kind is not Kind.CHAPTER else None)
        elif p.kind is Kind.ARTICLE:
            place = _Place(place.component, place.chapter, p)
        elif p.kind in (Kind.PARAGRAPH, Kind.DEFINITION):
            place = _Place(place.component, place.chapter, place.head, p)
        elif p.kind in LIST_LEVELS:
            place = _Place(place.component, place.chapter, place.head, place.paragraph, (p, *place.entries))
        children = tuple([self.provision(child, place) for child in p.children])
        heading, text = self.notes(p.heading, place), self.text(p.text, place)
        if not p.table and text is p.text and heading is p.heading and all(map(operator.is_, children, p.children)):
            return p
        rows = tuple(tuple(replace(c, text=self.text(c.text, place) or c.text) for c in row) for row in p.table)
        return Provision(p.kind, p.eid, p.wid, p.num, heading, text, children, rows, p.element)

    def notes(self, text: Text | None, place: _Place) -> Text | None:
        """A heading: only the bodies of its footnotes cite."""
        if text is None or not text.notes:
            return text
        return replace(text, notes=tuple(replace(n, body=self.text(n.body, place) or n.body) for n in text.notes))


def _overlaps(spans: tuple[Span, ...], span: Span) -> bool:
    """Whether a span shares words with one of those, which are in order."""
    first = bisect_right(spans, span.start, key=_end)
    return first < len(spans) and spans[first].start < span.end


def _end(span: Span) -> int:
    return span.end


def _head_of(eid: str) -> str:
    """The eId of the article or annex that a provision stands in, or would."""
    parts = eid.split("__")
    return "__".join(parts[: 2 if parts[0].startswith("chp_") else 1])


def unlink(treaty: Treaty) -> Treaty:
    """The treaty without the marks of its citations, to be linked anew."""

    def text(t: Text) -> Text:
        kept = tuple(span for span in t.spans if not isinstance(span, Reference | MultiReference))
        return replace(t, spans=kept, notes=tuple(replace(n, body=text(n.body)) for n in t.notes))

    def provision(p: Provision) -> Provision:
        return replace(
            p,
            num=text(p.num) if p.num else p.num,
            heading=text(p.heading) if p.heading else p.heading,
            text=text(p.text) if p.text else p.text,
            children=tuple(map(provision, p.children)),
            table=tuple(tuple(replace(c, text=text(c.text)) for c in row) for row in p.table),
        )

    return treaty.with_root(provision(treaty.root))


def _style(step: str) -> str:
    """How a label counts: `i` roman, `A` capitals, `1` numbers, `a` letters."""
    return "i" if re.fullmatch("[ivx]+", step) else "1" if step.isdigit() else "A" if step.isupper() else "a"


def _complete(num: str, path: str, before: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Number and path of a list's item, and all its steps, with what it shares with the item before.

    In `(d)(ii) through (v)` the last is `(d)(v)`: it counts as the end of the first does.
    """
    steps = ((num,) if num else ()) + tuple(b for _, b in _STEP.findall(path))
    kept = len(before) - len(steps)
    if not num and kept > 0 and _style(before[kept]) == _style(steps[0]) != _style(before[0]):
        steps = before[:kept] + steps
    head = steps[0] if steps[0].isdigit() else ""
    return head, "".join(f"({step})" for step in steps[1 if head else 0 :]), steps


def _child(at: Provision, step: str) -> Provision | None:
    for child in at.children:
        if child.label:
            if label(child.label) == step:
                return child
        elif child.kind is not Kind.DEFINITION and (found := _child(child, step)) is not None:
            return found
    return None


def _invented(head: str, path: str) -> str:
    """The eId that a provision would have if it were there: what a dangling citation names."""
    out = head
    for n, (a, b) in enumerate(_STEP.findall(path)):
        step = a or b
        out += f"__para_{step}" if n == 0 and step.isdigit() else f"__list_1__point_{step}"
    return out


_STEMS = "rticle rtículo rticulo hapter apítulo nnex nexo ection ección ccion aragraph árrafo".split()


def count(treaty: Treaty) -> int:
    """About how many words there are that may begin a citation: what `link` costs grows with them."""
    words = [text.content for p in treaty.walk() for text in p.texts()]
    return sum(content.count(stem) for content in words for stem in _STEMS)


def link(treaty: Treaty, base: Treaty | None = None) -> Treaty:
    """The treaty with its citations marked. Run it once, on a tree with eIds.

    A proposal's citations of what it does not hold itself are those of `base`, the treaty that it amends.
    """
    linker = _Linker(treaty, base)
    return treaty.with_root(linker.provision(treaty.root, _Place("main")))
