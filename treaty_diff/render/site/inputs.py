"""What pages that are kept follow from, as one sum: two with the same sum are the same bytes.

Of a text of which a part is compared the rest has little to say: how provisions are named and where they stand, what is defined, who
cites the part. So a changed paragraph of one chapter leaves the sums of the others as they were.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...align.concordance import twentieths, whole
from ...align.features import by_unit
from ...align.scope import gone
from ...annotate.citing import among, holders
from ...annotate.config import RESIDUE, AnnotateConfig
from ...annotate.exclusions import kept_out
from ...negotiation.marked import legend
from ...redline.groups import groups
from ...text.akn.names import parse_portion
from ...text.index import indexed
from ...text.model import Kind, MultiReference, Provision, Reference, Treaty
from ...text.once import once
from ...text.scope import places
from ..sentences import sureness

if TYPE_CHECKING:
    from ...align import Concordance, Link
    from ...redline.lineage import Lineage
    from ...store.consolidated import Laid
    from ..remarks import Remark, Remarks
    from ..templating import Templates
    from .articles import Place
    from .material import Work
    from .redlines import Asked, Job

_LIBRARIES = ("diff-match-patch", "jinja2", "markupsafe", "numpy", "orjson", "rapidfuzz")
"""Those that have a hand in a page."""


class Inputs:
    """Sums of texts and of what is done with them."""

    def __init__(self, made_by: str, remarks: Mapping[str, Remarks]) -> None:
        """`made_by` is the sum of the program, as `makers` gives it; `remarks` are reviewers' notes by the work's id."""
        self._made_by = made_by
        self._remarks = remarks

    def ready(self, works: Iterable[Work]) -> None:
        """Read the texts."""
        for work in works:
            _text(work.treaty)

    def job(self, job: Job, concordances: Sequence[Concordance], traced: Lineage, follows: str) -> str:
        """The sum of a job: 64 hexadecimal digits; `follows` is what the pages of all comparisons show of the site."""
        asked = [job.subject, *(base for base, _ in job.bases)]
        parts = [self._made_by, follows, repr([paths for _, paths in job.bases])]
        near = {n.base for found in concordances for nears in found.nearest.values() for n in nears}
        for one, found in zip(asked, (None, *concordances), strict=True):
            compared = None
            if found is not None:
                compared = _compared(job.subject, one, found)
                parts.append(_pairs(found, compared))
            seen = _text(one.text).seen(one.scope, None if compared is None else compared | near)
            parts += (one.selector, repr(one.said), repr(one.work.entry), seen, repr(list(self._noted(one, compared))))
        parts.append(repr(traced))
        return _sum(parts)

    def articles(self, work: Work, places: Sequence[Place], follows: str) -> str:
        """The sum of the pages of some articles; `follows` is what all pages of articles show of the site."""
        text, remarks = _text(work.treaty), self._remarks.get(work.id, {})
        parts = [self._made_by, follows]
        for place in places:
            parts += (place.path, text.unit(place.unit.eid), repr(place.said), repr(place.cites))
            parts += [p.eid for p in work.index.above(place.unit)]
            parts += [repr((p.eid, remarks[p.eid])) for p in place.unit.walk() if p.eid in remarks] if remarks else ()
        return _sum(parts)

    def topic(self, topic: str, said: Mapping[str, Any], laid: Laid | None, follows: str) -> str:
        """The sum of the page of a topic: what it says beside the consolidated text, and what that is made of."""
        parts = [self._made_by, follows, topic, repr(said)]
        if laid is not None:
            base = indexed(laid.base)
            scopes = [text.meta.proposal.scope for text in laid.texts if text.meta.proposal is not None]
            selectors = dict.fromkeys(one for scope in scopes for one in (*scope.removed, *scope.after, *scope.retains))
            touched = [place for selector in selectors for place in places(selector, base)]
            eids = {p.eid for place in touched for p in (*place.walk(), *base.above(place))}
            eids.update(p.eid for text in laid.texts for p in text.walk())
            parts.append(_text(laid.base).seen((laid.base.root,), eids))
            parts += [_text(text).seen((text.root,), None) for text in laid.texts]
            parts += [] if laid.made is None else [_text(laid.made.text).seen((laid.made.text.root,), None), repr(laid.made.said)]
        return _sum(parts)

    def _noted(self, one: Asked, compared: Collection[str] | None) -> Iterator[tuple[str, Sequence[Remark]]]:
        """Reviewers' notes on what is compared, of which they stand beside the words; `compared` are eIds of articles (None: all)."""
        found = self._remarks.get(one.work.id, {})
        inside = {p.eid for top in one.scope for p in top.walk()} if found else ()
        others = one.work.eids.difference(compared) if found and compared is not None else ()
        yield from ((eid, said) for eid, said in found.items() if eid in inside and not among(eid, others))


def makers(templates: Templates) -> str:
    """A sum of all that makes pages: the program, its libraries, the templates."""
    return _sum([_program(), _templates(templates.folder)])


@lru_cache(maxsize=1)
def _program() -> str:
    root = Path(__file__).parents[2]
    found = sha256(repr([sys.version, *map(version, _LIBRARIES)]).encode())
    for path in sorted(root.rglob("*.py")):
        found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _templates(own: Path | None) -> str:
    found = sha256()
    for folder in filter(None, (Path(str(files("treaty_diff.templates"))), own)):
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")):
            found.update(repr((path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hexdigest())).encode())
    return found.hexdigest()


class _Text:
    """A text unit by unit: all that stands there, and what is seen of it from elsewhere."""

    def __init__(self, treaty: Treaty) -> None:
        self._treaty = treaty
        self._about = repr(treaty.meta)
        self._units: list[tuple[str, str, str]] = []
        """eId; the sums of all of it and of what is seen of it."""
        self._cites: list[tuple[str, tuple[str, ...] | None, str]] = []
        """The unit that cites, the units that what it cites is in (None of a range), the provision with all its words."""
        full: dict[str, list[str]] = {}
        seen: dict[str, list[str]] = {}
        cites: list[tuple[str, str, str, str]] = []
        for p, unit in by_unit(treaty.root):
            own = repr((p.kind, p.eid, p.wid, p.num, p.heading, p.text, p.table, p.element, len(p.children)))
            full.setdefault(unit, []).append(own)
            words = p.words if p.kind is Kind.DEFINITION else bool(p.text or p.table)
            seen.setdefault(unit, []).append(repr((p.kind, p.eid, p.label, p.title, words, len(p.children))))
            cites += ((unit, first, last, own) for first, last in _cited(p))
        self._cites = [
            (unit, None if last else tuple([eid for eid in holders(first) if eid in full]), own)
            for unit, first, last, own in cites
        ]
        self._units = [(unit, _sum(full[unit]), _sum(seen[unit])) for unit in full]

    def unit(self, eid: str) -> str:
        """A sum of all that stands in a unit."""
        return self._full[eid]

    @cached_property
    def _full(self) -> dict[str, str]:
        return {unit: full for unit, full, _ in self._units}

    def seen(self, scope: Sequence[Provision], compared: Collection[str] | None) -> str:
        """A sum of what a comparison of some provisions sees of the text; `compared` are the eIds of the articles of which it shows
        words (None: of all)."""
        return _sum(self._parts(scope, compared))

    def _parts(self, scope: Sequence[Provision], compared: Collection[str] | None) -> Iterator[str]:
        yield from (self._about, self._legend, *(p.eid for p in scope))
        if compared is None and scope == (self._treaty.root,):
            yield from (full for _, full, _ in self._units)
            return
        inside = self._keeping.union([p.eid for top in scope for p in top.walk()] if compared is None else compared)
        yield from (full if unit in inside else seen for unit, full, seen in self._units)
        for unit, cited, own in self._cites:
            if unit not in inside and (cited is None or not inside.isdisjoint(cited)):
                yield own
        yield self._machinery

    @cached_property
    def _keeping(self) -> frozenset[str]:
        """The articles that keep something out: they are quoted where nothing answers an article elsewhere."""
        return frozenset(kept_out(self._treaty).keeping)

    @cached_property
    def _legend(self) -> str:
        return legend((self._treaty.root,))

    @cached_property
    def _machinery(self) -> str:
        """What the rules for words lifted from elsewhere look for anywhere in a text."""
        words = "\n".join([text.content for p in self._treaty.walk() for text in p.texts()])
        return repr([bool(re.search(home, words)) for _, _, home in RESIDUE])


@once
def _text(treaty: Treaty) -> _Text:
    return _Text(treaty)


def _cited(p: Provision) -> Iterator[tuple[str, str]]:
    """The eIds that a provision cites: one, or both ends of a range."""
    for text in p.texts():
        for words in (text, *(note.body for note in text.notes)):
            for span in words.spans:
                for ref in span.parts if isinstance(span, MultiReference) else (span,):
                    if isinstance(ref, Reference) and (first := _eid(ref.href)):
                        yield first, _eid(ref.up_to)


def _eid(href: str) -> str:
    portion = parse_portion(href) if href else None
    return portion.eid if portion is not None else ""


def _compared(subject: Asked, base: Asked, found: Concordance) -> frozenset[str]:
    """The eIds of the base's articles that a comparison shows."""
    return frozenset({link.base for link in found.links}.union(gone(subject.text, subject.scope, base.text, base.scope, found)))


def _pairs(found: Concordance, theirs: Collection[str]) -> str:
    """A correspondence, of which the base's articles are `theirs`; of links with neither end in the comparison only what answers what."""
    mine = found.nearest.keys()
    outside = [_link(k)[:-1] if k.subject in mine or k.base in theirs else (k.subject, k.base) for k in found.outside]
    near = [(eid, [(n.base, _printed(n.score), n.decision) for n in nears]) for eid, nears in found.nearest.items()]
    # Which of several answers is the first hangs on digits that are not printed.
    turned = found.mirrored()
    together = groups(found, list(mine), [k.base for k in found.links]), [(k.subject, k.base) for k in turned.links]
    return repr((list(map(_link, found.links)), together, near, found.unanswered, found.not_held_subject, found.not_held_base,
                 found.alone, found.alone_base, found.said, outside))  # fmt: skip


def _link(link: Link) -> tuple[object, ...]:
    return link.subject, link.base, link.kind, _printed(link.score), link.decision, whole(link.evidence)


def _printed(score: float) -> tuple[float, str, bool]:
    """What is printed of a chance, and what follows from it; its last digits move with every word of both texts."""
    return twentieths(score), sureness(score), score >= AnnotateConfig().sure


def _sum(parts: Sequence[str] | Iterator[str]) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
