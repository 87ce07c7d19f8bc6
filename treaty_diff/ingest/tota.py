"""Texts of Trade Agreements (ToTA) XML → Treaty.

ToTA keeps chapters and articles in attributes and everything below as flat text; its schema
is described in Alschner, Seiermann and Skougarevskiy (2017), UNCTAD Research Paper No. 5.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from ..citation import label
from ..collector import at_rest
from ..errors import SourceError
from ..languages import alpha3, is_code
from ..text.identifiers import assign
from ..text.model import Footnote, Kind, Metadata, Provision, Source, Text, Treaty
from . import bounds, definitions, frame, headings
from .encodings import MIXED, decode_mixed, is_mixed
from .footnotes import lift
from .lines import bare, clean, ends, fold
from .linking import linked
from .report import Report
from .structure import build

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
_DECLARED_UTF8 = re.compile(rb"""\s*(?!<\?xml[^>]*encoding=["'](?!utf-?8["']))""", re.I)
_ANNEX_STARTS = frozenset({"An", "AN", "Ap", "AP"})
_INLINE_SECTION = re.compile(r"([.;:])\s{1,3}(?=(?:Section|Secci[oóòö]n|Subsection)\s+[A-Z]\b\s*[:–—-])")


@dataclass
class _Article:
    """An article of the source: its number and heading as attributes, its body as text."""

    number: str
    heading: str
    body: str


@dataclass
class _Chapter:
    number: str
    heading: str
    articles: list[_Article] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PartOutline:
    """A Part whose extent is known from elsewhere: its number and the numbers of its chapters."""

    number: str
    chapters: tuple[str, ...]


def sniff(data: bytes) -> bool:
    """Whether a file looks like ToTA XML."""
    head = data[:4000]
    return b"<treaty" in head and b"<akomaNtoso" not in head and (b"<meta" in head or b"<body" in head or b"<chapter" in head)


def parse_xml(data: bytes, report: Report) -> etree._Element:
    """The root of a ToTA file; raises SourceError where it is not well formed, or has a document type."""
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        if not _is_utf8(data) and _DECLARED_UTF8.match(data) and is_mixed(data):
            report.mend("encoding", "the file", MIXED)
            return parse_xml(decode_mixed(data).encode(), report)
        raise SourceError(
            "The file is not well-formed XML.",
            cause=" ".join(str(error.msg).split()),
            fix="get the file again; a download may have been cut off",
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(
            "The file declares a document type.",
            cause="entities and what stands outside the file are not read, so words might be missing",
            fix="take the <!DOCTYPE …> out, and write its entities out in full",
        )
    return root


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _chapters(root: etree._Element, report: Report) -> list[_Chapter]:
    out = []
    characters = lines = 0
    for element in root.iter("chapter"):
        chapter = _Chapter(clean(element.get("number") or "")[0], clean(element.get("name") or "")[0])
        characters += len(chapter.number) + len(chapter.heading)
        for article in element.iter("article"):
            body, dropped = clean("".join(map(str, article.itertext())))
            number, name = clean(article.get("number") or "")[0], clean(article.get("name") or "")[0]
            characters += len(number) + len(name) + len(body)
            lines += body.count("\n")
            bounds.check_characters(characters)
            bounds.check_lines(0, lines)
            if dropped:
                report.drop("characters that no text has", number or chapter.heading, str(dropped))
            chapter.articles.append(_Article(number, name, body))
        out.append(chapter)
    return out


def metadata(root: etree._Element, treaty: str, language: str = "eng") -> Metadata:
    """What the source says of the treaty; the store's catalogue may know better. `language` counts where it says none."""

    def value(tag: str) -> str:
        return (root.findtext(f"meta/{tag}") or "").strip()

    signed = value("date_signed") or "0001-01-01"
    said = value("language")
    parties = tuple(e.text.strip() for e in root.iterfind("meta/parties/partyisocode") if e.text)
    return Metadata(
        treaty=treaty,
        title=fold(value("name")) or treaty,
        signed=signed,
        date=signed,
        language=alpha3(said) if is_code(said) else language,
        parties=parties,
        source=Source(name="Texts of Trade Agreements (ToTA)"),
    )


class _Importer:
    def __init__(self, language: str, report: Report) -> None:
        self.language = language
        self.report = report
        self.next_note = 1

    def text(self, raw: str, notes: list[Footnote]) -> Text | None:
        return frame.text(raw, self.language, notes)

    def heading(self, raw: str, notes: list[Footnote], place: str) -> Text | None:
        words = fold(raw)
        cased = headings.recase(words, self.language)
        if cased != words:
            self.report.mend("small words of a heading", place, cased)
        return self.text(cased, notes)

    # -- chapters -----------------------------------------------------------------------

    def chapter(self, source: _Chapter) -> tuple[Provision, str]:
        """The chapter, and the heading of a Part that hangs at its end."""
        number = headings.numeral(source.number)
        units = [source.heading]
        for article in source.articles:
            units += [article.heading, article.body]
        place = number or source.heading
        lifted = lift(units, language=self.language, place=place, report=self.report, first=self.next_note)
        self.next_note = lifted.last + 1 if lifted.notes else self.next_note
        notes = lifted.notes
        children: list[Provision] = []
        annexes: list[Provision] = []
        tail: list[str] = []
        open_sections: list[tuple[Provision, list[Provision]]] = []

        def close(depth: int) -> None:
            while len(open_sections) > depth:
                section, inside = open_sections.pop()
                (open_sections[-1][1] if open_sections else children).append(replace(section, children=tuple(inside)))

        for n, article in enumerate(source.articles):
            for words in tail:
                section = frame.section(words, self.language, notes, inside=bool(open_sections))
                close(1 if section.kind is Kind.SUBSECTION and open_sections and open_sections[0][0].kind is Kind.SECTION else 0)
                open_sections.append((section, []))
            made, more, tail = self.article(article, lifted.units[1 + 2 * n], lifted.units[2 + 2 * n], notes)
            (open_sections[-1][1] if open_sections else children).append(made)
            annexes += more
        close(0)
        chapter = Provision(
            Kind.CHAPTER,
            num=self.text(number, notes),
            heading=self.heading(lifted.units[0], notes, place),
            children=(*children, *annexes),
        )
        if tail and headings.section(tail[-1]) is not None:
            self.report.unsure("section heading with no article after it", place, tail[-1])
        return chapter, " ".join(tail)

    def article(
        self, source: _Article, heading: str, body: str, notes: list[Footnote]
    ) -> tuple[Provision, list[Provision], list[str]]:
        """The article, the annexes printed in it, the headings that hang at its end."""
        number = headings.numeral(source.number)
        own, tail = self._tail(body, number)
        own, printed = self._annexes(own)
        children = build(
            own,
            language=self.language,
            place=number,
            report=self.report,
            notes=notes,
            defining=definitions.is_definitions_heading(heading),
        )
        made = Provision(
            Kind.ARTICLE,
            num=self.text(number, notes),
            heading=self.heading(heading, notes, number),
            children=children,
        )
        return made, [self.annex(head, rest, notes) for head, rest in printed], tail

    def _tail(self, body: str, place: str) -> tuple[str, list[str]]:
        """The body without the headings that hang at its end."""
        lines = [line for line in _INLINE_SECTION.sub(r"\1\n", body).split("\n") if line.strip("\x1f \t")]
        found: list[str] = []
        while len(lines) > 1:
            last = fold(lines[-1].replace("\x1f", ""))
            if headings.section(last) is None and not headings.looks_like(last):
                break
            before = bare(fold(lines[-2].replace("\x1f", "")))
            joined = f"{fold(lines[-2])} {last}"
            if headings.section(joined) is not None and not ends(before, ".;:"):
                lines[-2:] = [joined]  # a section's heading broken in two
                continue
            if not (ends(before, ".;:") or headings.section(before) is not None or headings.looks_like(before)):
                break
            found.insert(0, last)
            lines.pop()
        for words in found:
            self.report.mend("heading that hung at the end of the article before", place, words)
        return "\n".join(lines), found

    # -- annexes ------------------------------------------------------------------------

    def _annexes(self, body: str) -> tuple[str, list[tuple[re.Match[str], str]]]:
        """The body without the annexes printed after it, and each annex's head and text."""
        lines = body.split("\n")
        starts = []
        for n, line in enumerate(lines):
            if line.lstrip("\x1f \t")[:2] not in _ANNEX_STARTS:
                continue
            m = headings.annex(fold(line.replace("\x1f", " ")))
            if m is not None and n and self._finished(lines, n):
                starts.append((n, m))
        if not starts:
            return body, []
        out = []
        for (n, m), end in zip(starts, [*(n for n, _ in starts[1:]), len(lines)], strict=True):
            out.append((m, "\n".join(lines[n + 1 : end])))
        return "\n".join(lines[: starts[0][0]]), out

    @staticmethod
    def _finished(lines: list[str], stop: int) -> bool:
        """Whether the words of the lines before `stop` are complete."""
        above = (fold(lines[n]) for n in range(stop - 1, -1, -1))
        before = next((line for line in above if line.strip("\x1f ")), "")
        return ends(before, ".;:") or headings.looks_like(before)

    def annex(self, head: re.Match[str], body: str, notes: list[Footnote]) -> Provision:
        """An annex from its first line and the text below."""
        place = headings.numeral(head["num"])
        heading = head["heading"]
        lines = [line for line in body.split("\n") if fold(line).strip("\x1f ")]
        if not heading:
            taken = []
            while lines and headings.looks_like(fold(lines[0])) and headings.section(fold(lines[0])) is None:
                taken.append(fold(lines.pop(0)))
            heading = " ".join(taken)
        self.report.mend("annex printed inside an article", place, heading)
        groups: list[tuple[Provision | None, list[str]]] = [(None, [])]
        for line in lines:
            m = headings.section(fold(line))
            if m is not None:
                groups.append((frame.section(fold(line), self.language, notes), []))
            else:
                groups[-1][1].append(line)
        children: list[Provision] = []
        for section, inside in groups:
            built = build("\n".join(inside), language=self.language, place=place, report=self.report, notes=notes)
            children += built if section is None else (replace(section, children=built),)
        kind = Kind.APPENDIX if head["word"].lower().startswith(("app", "apé")) else Kind.ANNEX
        return Provision(
            kind,
            num=self.text(place, notes),
            heading=self.text(heading, notes) if heading else None,
            children=tuple(children),
        )

    # -- preamble and concluding words ----------------------------------------------------

    def preamble(self, source: _Chapter) -> tuple[Provision, str]:
        """The preamble with its recitals, and the heading of a Part at its end."""
        body = "\n".join(article.body for article in source.articles)
        body, tail = self._tail(body, "Preamble")
        return frame.preamble(body.split("\n"), self.language), " ".join(tail)

    def conclusion(self, source: _Chapter) -> list[Provision]:
        """The concluding words, and the annexes printed after them."""
        body = "\n".join(article.body for article in source.articles)
        own, printed = self._annexes(body)
        out = [frame.conclusion(own.split("\n"), self.language)] if own.strip() else []
        return out + [self.annex(head, rest, []) for head, rest in printed]


def _group(children: list[tuple[Provision, str]], outline: tuple[PartOutline, ...]) -> Iterator[Provision]:
    """Chapters gathered into Parts: by a known outline, else from one Part's heading to the next.

    Each chapter comes with the Part heading printed before it, empty where there is none.
    """
    known = {number: part for part in outline for number in part.chapters}
    part: Provision | None = None
    key = ""
    inside: list[Provision] = []
    for chapter, heading in children:
        here = known.get(label(chapter.label))
        starts = here.number != key if here is not None else bool(heading)
        if starts:
            if part is not None:
                yield replace(part, children=tuple(inside))
            inside = []
            key = here.number if here is not None else heading
            part = Provision(
                Kind.PART,
                eid=f"part_{here.number}" if here is not None else "",
                heading=Text(heading, (chapter.heading or Text("", "und")).language) if heading else None,
            )
        if part is None:
            yield chapter
        else:
            inside.append(chapter)
    if part is not None:
        yield replace(part, children=tuple(inside))


@at_rest()
def read(
    data: bytes,
    treaty: str,
    *,
    language: str = "eng",
    outline: tuple[PartOutline, ...] = (),
    settle: Callable[[Metadata], Metadata] | None = None,
) -> tuple[Treaty, Report]:
    """A ToTA file as a treaty, and what was done to get there.

    `language` (ISO 639-2) counts where the file names none; `outline` tells which chapters belong to which Part where the source has lost some of the
    Parts' headings; `settle` what is known better of the text than its source says (citations are
    resolved to the text's final IRIs). Raises SourceError where the file is not well-formed XML or has no article.
    """
    report = Report(source="ToTA XML")
    root = parse_xml(data, report)
    meta = metadata(root, treaty, language)
    if meta.language == language and (said := root.findtext("meta/language")) and not is_code(said.strip()):
        report.unsure("language that is no code", "the file", said)
    if settle is not None:
        meta = settle(meta)
    chapters = _chapters(root, report)
    if not any(chapter.articles for chapter in chapters):
        raise SourceError(
            "The file holds no article.",
            cause="no <chapter> with an <article> in it was found",
            fix="check that it is a ToTA treaty",
        )
    importer = _Importer(meta.language, report)
    before: list[Provision] = []
    after: list[Provision] = []
    body: list[tuple[Provision, str]] = []
    part = ""
    for n, chapter in enumerate(chapters):
        bare_chapter = not chapter.number and not any(article.number for article in chapter.articles)
        if bare_chapter and n == 0:
            preamble, part = importer.preamble(chapter)
            before.append(preamble)
        elif bare_chapter:
            after += importer.conclusion(chapter)
        else:
            made, tail = importer.chapter(chapter)
            body.append((made, part))
            part = tail
    if part:
        report.unsure("heading with nothing after it", "the end", part)
        after.insert(0, Provision(Kind.CONCLUSION, text=Text(part, meta.language)))
    children = (*before, *_group(body, outline), *after)
    treaty_text = Treaty(meta, assign(Provision(Kind.TREATY, children=children)))
    treaty_text = linked(treaty_text)
    report.count(treaty_text)
    return treaty_text, report
