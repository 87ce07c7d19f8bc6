"""Running text of Akoma Ntoso that others wrote: white space folded, every word in its place, what is not ours kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from ..citation import slug
from ..text.akn.inline import SPANS, Flat, name_of, span_of, spans_inside
from ..text.model import Footnote, Markup, Term, Text
from .akn_source import DEEPEST, height

_BLANKS = re.compile("[ \t\r\n]+")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

LEVELS = frozenset(
    "alinea article book chapter clause division hcontainer indent level list paragraph part point proviso rule section"
    " subchapter subclause subdivision sublist subparagraph subpart subrule subsection subtitle title tome transitional".split()
)
"""Akoma Ntoso's levels of the hierarchy."""

INLINE = frozenset(
    "a abbr affectedDocument argument b br change concept courtType date decoration def del docAuthority docCommittee docDate"
    " docIntroducer docJurisdiction docNumber docProponent docPurpose docStage docStatus docTitle docType docketNumber"
    " embeddedStructure embeddedText entity eol eop event fillIn i img inline ins judge lawyer legislature location marker"
    " mmod mod mref neutralCitation noteRef object omissis opinion organization outcome party person placeholder process"
    " quantity quotedText recordedTime ref relatedDocument remark rmod role rref session shortTitle signature span sub subFlow"
    " sup term time u vote".split()
)
"""Akoma Ntoso's elements inside running text."""

_BLOCKS = LEVELS | frozenset(
    "block blockContainer blockList body caption container content crossHeading div heading intro item li listIntroduction"
    " listWrapUp mainBody num ol p quotedStructure subheading table tblock td th tocItem toc tr ul wrapUp".split()
)
"""Elements whose words are parted from those before and after."""

WRAPPERS = frozenset(
    "blockContainer body collectionBody container content div formula intro listIntroduction listWrapUp longTitle mainBody"
    " preambleText wrapUp".split()
)
"""Elements that only hold paragraphs: their words are kept, they are not."""

_QUOTED = frozenset({"quotedStructure", "embeddedStructure"})

_LEFT_OUT = frozenset({"eId", "wId", "GUID"})
"""Addresses in the source's own scheme: ours are assigned afresh."""

_CHANGES = frozenset({"ins", "del"})

Changes = Literal["", "accept", "reject"]
KEPT = " kept as it is"
"""How a note ends on an element that the stored text has where the source has it."""

_TOLD = 200
"""Pieces of text whose words are told of an element; the report shows fewer."""

Tell = Callable[[str, str, str], None]
"""Told of what was kept: `mended` or `unclear`, what, which words."""


@dataclass
class Words:
    """What all running text of one file is read with: its language, its collected notes, whom to tell."""

    language: str
    tell: Tell
    changes: Changes = ""
    notes: Mapping[str, etree._Element] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)
    """Ids of the collected notes that the text has shown."""
    above: int = 0
    """Levels of elements around the collected note that is being read."""

    def flow(self) -> Flow:
        """A new text, still empty."""
        return Flow(words=self)

    def inline(self, element: etree._Element) -> Text:
        """A number or a heading."""
        flow = self.flow()
        flow.language = language_of(element, self.language)
        flow.take(element, self.leaf)
        return flow.made()

    def leaf(self, element: etree._Element) -> Text:
        """Paragraphs one below the other: a footnote, a recital, a cell."""
        flow = self.flow()
        flow.paragraphs(element)
        return flow.made()


def language_of(element: etree._Element, language: str) -> str:
    """The language that an element says it has, or one around it; `language` where none does."""
    from ..errors import SelectorError
    from ..languages import alpha3

    for one in (element, *element.iterancestors()):
        if (code := one.get(_LANG)) is not None:
            try:
                return alpha3(code.partition("-")[0])
            except SelectorError:
                return language
    return language


def parts_of(element: etree._Element) -> Iterator[etree._Element | str]:
    """What stands inside an element, in order: elements, and words that are more than blanks."""
    if element.text and element.text.strip(" \t\r\n"):
        yield str(element.text)
    for child in element:
        yield child
        if child.tail and child.tail.strip(" \t\r\n"):
            yield str(child.tail)


@dataclass
class Flow(Flat):
    """Words being collected; blanks are one space, and none stands at a paragraph's ends."""

    words: Words = field(kw_only=True)
    language: str = ""
    _line: int = 0
    _gap: bool = False
    _break: bool = False
    _running: bool = False

    def add(self, words: str | None) -> None:
        """More words, white space folded."""
        for n, word in enumerate(_BLANKS.split(words or "")):
            self._gap = self._gap or n > 0
            if word:
                self._begin()
                super().add(word)

    def _begin(self, *, gap: bool = True) -> None:
        """Whatever comes next begins here: after the line end or the space that is due."""
        if self._break:
            super().add("\n")
            self._line = self.length
        elif gap and self._gap and self.length > self._line and self.content[-1] != " ":
            super().add(" ")
        self._break = False
        self._gap = self._gap and not gap

    def _end_line(self) -> None:
        self._break = self._break or self.length > self._line or bool(self.notes or self.markup or self.spans)
        self._gap = False
        self._running = False

    @property
    def empty(self) -> bool:
        """Whether nothing was collected."""
        return not (self.length or self.notes or self.markup or self.spans)

    # -- blocks -----------------------------------------------------------------------------

    def paragraph(self, element: etree._Element) -> None:
        """A `p`, or another element that holds a paragraph's words, as a line."""
        self._end_line()
        self._language(element)
        self.take(element, self.words.leaf)
        self._end_line()

    def kept(self, element: etree._Element) -> None:
        """A block that is kept as it is, as a line of its own."""
        self._end_line()
        self.child(element, self.words.leaf, SPANS, beside=True)
        self._end_line()

    def run(self, part: etree._Element | str) -> None:
        """Words or an inline element that stand in no paragraph: what stands together is one line."""
        if not self._running:
            self._end_line()
        self._running = True
        if isinstance(part, str):
            self.add(part)
        else:
            self._language(part)
            self.child(part, self.words.leaf)
            self.add(part.tail if part.tail and not part.tail.strip(" \t\r\n") else None)

    def paragraphs(self, element: etree._Element, leave: frozenset[str] = frozenset()) -> None:
        """The blocks inside an element, one below the other, without those named in `leave`."""
        for part in parts_of(element):
            name = "" if isinstance(part, str) else name_of(part)
            if name in leave:
                continue
            if isinstance(part, str) or name in INLINE or name == "authorialNote":
                self.run(part)
            elif name in ("p", "block"):
                self.paragraph(part)
            elif name in WRAPPERS:
                self.paragraphs(part, leave)
            elif name in ("num", "heading", "subheading", "crossHeading"):
                self.paragraph(part)
            else:
                self.kept(part)

    def _language(self, element: etree._Element) -> None:
        if not self.language:
            self.language = language_of(element, self.words.language)

    # -- elements ---------------------------------------------------------------------------

    def child(
        self,
        child: etree._Element,
        body: Callable[[etree._Element], Text],
        free: frozenset[str] = SPANS,
        *,
        beside: bool = False,
    ) -> None:
        """An element inside running text; `beside` where it stands beside paragraphs."""
        name = name_of(child)
        if name in _BLOCKS or name == "br" or (name == "eol" and child.get("breakWord") is None and child.get("breakAt") is None):
            self._gap = True
        elif name in _CHANGES and (before := child.getprevious()) is not None and name_of(before) in _CHANGES:
            self._gap = self._gap or not before.tail  # what was struck and what was put in its place are two words
        if name == "authorialNote":
            self._begin(gap=False)
            self.notes.append(Footnote(child.get("marker", ""), self.length, body(child)))
        elif name == "noteRef" and self._collected(child, body):
            pass
        elif name in _CHANGES and self.words.changes:
            self._change(child, name == ("ins" if self.words.changes == "accept" else "del"), free)
        elif name in free and _resolves(child):
            self._span(child, body, free)
        else:
            self._keep(child, name, body, free, beside=beside)
        if name in _QUOTED:
            self._gap = (child.tail or "")[:1].isalnum()
        elif name in _BLOCKS:
            self._gap = True

    def _span(self, child: etree._Element, body: Callable[[etree._Element], Text], free: frozenset[str]) -> None:
        self._begin()
        start, piece = self.length, len(self.content)
        before, self.spans = self.spans, []
        self.take(child, body, spans_inside(child, free))
        span = span_of(child, start, self.length, self.spans)
        if isinstance(span, Term):
            span = Term(start, self.length, slug("".join(self.content[piece:])))
        before.append(span)
        self.spans = before

    def _collected(self, child: etree._Element, body: Callable[[etree._Element], Text]) -> bool:
        """Take in the footnote that a mark refers to, where the file has it and no mark has shown it yet."""
        eid = child.get("href", "").removeprefix("#")
        note = self.words.notes.get(eid)
        if note is None or eid in self.words.cited:
            return False
        outer = self.words.above
        above = outer + sum(1 for _ in child.iterancestors())
        if above + height(note) > DEEPEST:  # notes that cite one another nest as deep as there are notes
            return False
        self.words.cited.add(eid)
        self._begin(gap=False)
        self.words.above = above
        self.notes.append(Footnote(child.get("marker", note.get("marker", "")), self.length, body(note)))
        self.words.above = outer
        return True

    def _change(self, child: etree._Element, stays: bool, free: frozenset[str]) -> None:
        """A tracked change of which the user has said what becomes of it."""
        words = " ".join("".join(map(str, child.itertext())).split())
        if stays:
            self.words.tell("mended", f"tracked change: <{name_of(child)}> taken as text", words)
            self.take(child, self.words.leaf, free)
        else:
            self.words.tell("dropped", f"tracked change: <{name_of(child)}> left out", words)

    def _keep(
        self, child: etree._Element, name: str, body: Callable[[etree._Element], Text], free: frozenset[str], *, beside: bool
    ) -> None:
        foreign = name.startswith("{")
        attributes = tuple((str(key), str(value)) for key, value in child.attrib.items() if foreign or key not in _LEFT_OUT)
        parent = child.getparent()
        within = name_of(parent) if parent is not None else ""
        alien = within == "foreign" or within.startswith("{")
        around: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
        if not alien and (foreign or name == "foreign"):
            around = () if name == "foreign" else (("foreign", ()),)
            if not beside and within != "subFlow":
                around = (("subFlow", (("name", "foreign"),)), *around)
        elif not alien and not beside and not _known(child, name):
            # The schema's own way to hold an inline element that it has no name for.
            name, attributes = "inline", (("name", name), *(pair for pair in attributes if pair[0] != "name"))
        self._begin()
        start, piece = self.length, len(self.content)
        before, self.markup = self.markup, []
        self.take(child, body, free)
        if name in SPANS and self.length == start:
            # Without words it would not stay inside the span that makes it one to keep.
            name, attributes = "inline", (("name", name), *attributes)
        made = Markup(start, self.length, name, attributes, tuple(self.markup))
        for outer, pairs in reversed(around):
            made = Markup(start, self.length, outer, pairs, (made,))
        before.append(made)
        self.markup = before
        if not alien:
            self._told(child, name_of(child), "".join(self.content[piece : piece + _TOLD])[:_TOLD], beside=beside)

    def _told(self, child: etree._Element, name: str, words: str, *, beside: bool) -> None:
        if name in _CHANGES:
            self.words.tell("unclear", f"tracked change kept as text: <{name}>", words)
        elif name.startswith("{"):
            local = etree.QName(child)
            self.words.tell("unclear", f"foreign element <{local.localname}> of {local.namespace}", words)
        elif name not in INLINE and name not in _BLOCKS and name != "foreign":
            self.words.tell("unclear", f"<{name}> is no element of Akoma Ntoso", words)
        elif name in INLINE or name in _QUOTED or beside:
            self.words.tell("mended", f"<{name}>{KEPT}", words)

    def made(self) -> Text:
        """What was collected, in the language of its first paragraph."""
        return self.text(self.language or self.words.language)


def _known(element: etree._Element, name: str) -> bool:
    """Whether the schema knows an element in running text, and it says what it must there."""
    return _resolves(element) if name in SPANS else name in INLINE or name in _BLOCKS


def _resolves(element: etree._Element) -> bool:
    """Whether a span's element says what it must: a citation without an address is kept as it is."""
    match name_of(element):
        case "ref":
            return bool(element.get("href"))
        case "rref":
            return bool(element.get("from") and element.get("upTo"))
        case "mref":
            return any(name_of(child) in ("ref", "rref") for child in element)
        case _:
            return bool("".join(map(str, element.itertext())).strip())
