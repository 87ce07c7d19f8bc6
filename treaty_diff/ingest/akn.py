"""Akoma Ntoso → Treaty: acts, bills, treaties and resolutions that others wrote, and files of our own.

Levels become provisions (`akn_tree`), running text keeps its words and what is inside them (`akn_words`).
What has no place among our kinds keeps its name; what has none in the schema is reported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from lxml import etree

from ..errors import SourceError
from ..text.akn.inline import name_of
from ..text.akn.names import AKN, MASTER
from ..text.identifiers import assign
from ..text.index import Index
from ..text.model import ANNEXES, Kind, Metadata, Provision, Text, Treaty
from .akn_links import follow
from .akn_own import is_ours, read_own
from .akn_source import describe, document_of, parse_akn, sniff_akn
from .akn_storable import storable
from .akn_tree import Making, Tree, unit_of
from .akn_words import KEPT, Changes, Flow, Words, parts_of
from .linking import linked
from .report import Report
from .sources import Sources

_Q = f"{{{AKN}}}"


def read_akn(
    sources: Sources,
    treaty: str,
    *,
    language: str = "eng",
    changes: Changes = "",
    settle: Callable[[Metadata], Metadata] | None = None,
) -> tuple[Treaty, Report]:
    """An Akoma Ntoso file, or the files of one text of ours, as a treaty, and what was done to get there.

    `language` counts where the file does not say; `changes` says what becomes of `ins` and `del`;
    `settle` may correct the metadata. Raises SourceError where the file is not well formed, declares a
    document type, has no provisions or no legal date, and for several files that are not one text of ours.
    """
    report = Report()
    files = {file.name: file.data for file in sources.files if sniff_akn(file.data)}
    for file in sources.files:
        if file.name not in files:
            report.drop("file that is no Akoma Ntoso", file.name)
    name = next(iter(files)) if len(files) == 1 else MASTER
    if name not in files:
        raise SourceError(
            f"{sources.name} holds {len(files)} files of Akoma Ntoso, and none of them says how they belong together.",
            cause=f"there is no {MASTER} as treaty-diff writes it",
            fix="import them one by one, each as a treaty",
        )
    root = parse_akn(files[name], report)
    document = document_of(root, report)
    if is_ours(root):
        return read_own(files, name, root, treaty, report, settle), report
    meta, work = describe(document, treaty, language, report)
    said = meta.language
    meta = settle(meta) if settle is not None else meta
    if not meta.date:
        raise SourceError(
            "The file does not say of what date its text is.",
            cause="its FRBRExpression and FRBRWork have no full date",
            fix="give its legal date, for example --date 2016-02-04",
        )
    meta = replace(meta, signed=meta.signed or meta.date, language=said)
    return _Reading(root, document, meta, changes, report).treaty(work), report


class _Reading:
    """One file being read."""

    def __init__(self, root: etree._Element, document: etree._Element, meta: Metadata, changes: Changes, report: Report) -> None:
        self.root = root
        self.document = document
        self.meta = meta
        self.report = report
        self.told: list[tuple[str, str, str, str]] = []
        notes = {eid: note for note in root.iter(f"{_Q}note") if (eid := note.get("eId", ""))}
        self.words = Words(meta.language, self.tell, changes, notes)
        self.tree = Tree(self.words, unit_of(document))

    def tell(self, severity: str, what: str, words: str) -> None:
        """Keep what there is to say until the place can be cited."""
        self.told.append((severity, what, self.tree.here, words))

    def treaty(self, work: str) -> Treaty:
        """The finished text."""
        root = Provision(Kind.TREATY, children=tuple(_closed_once(self.children())))
        if not any(p.kind not in (Kind.PREAMBLE, Kind.CONCLUSION) and p.held for p in root.children):
            elsewhere = [words for _, what, _, words in self.told if "not in this file" in what]
            raise SourceError(
                "The file holds no provision.",
                cause=f"its parts are in other files: {'; '.join(elsewhere[:3])}" if elsewhere else "its body has no words",
                fix="import a file that holds the text itself",
            )
        named = assign(root)
        by_token = {p.wid: p for p in named.walk() if p.wid in self.tree.sources}
        made = Treaty(self.meta, _own_places(named))
        made = follow(made, work, {p.eid: self.tree.sources[token] for token, p in by_token.items()}, self.root)
        made, bare = storable(linked(made), self.report)
        eids = {token: p.eid for token, p in by_token.items()}
        self.told = [one for one in self.told if not (one[1].endswith(KEPT) and eids.get(one[2]) in bare)]
        self._report(made, eids)
        self.report.count(made)
        return made

    def _report(self, treaty: Treaty, eids: dict[str, str]) -> None:
        index = Index(treaty)
        by_eid = {p.eid: p for p in treaty.walk()}

        @cache
        def place(token: str) -> str:
            found = by_eid.get(eids.get(token, ""))
            return "the file" if found is None else "Preamble" if found.kind is Kind.PREAMBLE else index.citation(found)

        say = {"mended": self.report.mend, "dropped": self.report.drop, "unclear": self.report.unsure}
        for severity, what, token, words in self.told:
            say[severity](what, place(token), words)
        for eid, note in self.words.notes.items():
            if eid not in self.words.cited:
                self.report.drop("note in the metadata that no words refer to", eid, "".join(map(str, note.itertext())))

    # -- documents --------------------------------------------------------------------------

    def children(self) -> list[Provision]:
        """What stands at the top of the tree, in order."""
        if name_of(self.document) != "documentCollection":
            return [*self.main(self.document), *self.beside(self.document)]
        inside = [part for part in self.document.iter(*(f"{_Q}{n}" for n in ("act", "bill", "doc", "statement"))) if _whole(part)]
        main = next((part for part in inside if name_of(part) in ("act", "bill")), inside[0] if inside else None)
        out = self.main(self.document)
        for part in self.document.iter(f"{_Q}documentRef", f"{_Q}componentRef"):
            if not self._held(part):
                self.tree.elsewhere(part)
        if main is None:
            return out
        self.tree.unit = unit_of(main)
        own = self.main(main)
        if out and own and out[0].kind is Kind.PREAMBLE and own[0].kind is Kind.PREAMBLE:
            out = [_one_preamble(out[0], own.pop(0)), *out[1:]]
        out += [*own, *self.beside(main)]
        for part in inside:
            if part is not main and not any(one is main for one in part.iterancestors()):
                holder = part.getparent()
                out.append(self.tree.annex(holder if holder is not None else part, part, Kind.TREATY))
        return [*(p for p in out if p.kind is Kind.PREAMBLE), *(p for p in out if p.kind is not Kind.PREAMBLE)]

    def _held(self, ref: etree._Element) -> bool:
        """Whether the component that a collection names is in the file."""
        href = (ref.get("src") or ref.get("href") or "").rpartition("#")[2].rpartition("!")[2]
        return any(c.get("eId") == href for c in self.root.iter(f"{_Q}component", f"{_Q}doc", f"{_Q}act", f"{_Q}bill"))

    def main(self, document: etree._Element) -> list[Provision]:
        """Preamble, body and concluding words of a document."""
        out: list[Provision] = []
        front: list[etree._Element] = []
        for part in document.iterchildren(etree.Element):
            match name_of(part):
                case "coverPage" | "preface" | "preamble":
                    front.append(part)
                case "body" | "mainBody":
                    making = Making(self.tree, Kind.TREATY)
                    self.tree.fill(making, part)
                    out += making.made().children
                case "conclusions":
                    token = self.tree.token(part)
                    out.append(Provision(Kind.CONCLUSION, wid=token, text=self.words.leaf(part)))
        self.tree.here = ""
        preamble = self.front(front)
        return [preamble, *out] if preamble is not None else out

    def beside(self, document: etree._Element) -> list[Provision]:
        """What is attached to a document, in it or beside it in the file."""
        self.tree.here = ""
        groups = [*document.iterchildren(f"{_Q}attachments", f"{_Q}components"), *self.root.iterchildren(f"{_Q}components")]
        return [annex for group in groups for annex in self.tree.attached(group, Kind.TREATY)]

    # -- front matter -----------------------------------------------------------------------

    def front(self, parts: list[etree._Element]) -> Provision | None:
        """Cover, preface and preamble as the preamble: what is printed above it is its heading."""
        token = self.tree.token(parts[-1]) if parts else ""
        heading, text = self.words.flow(), self.words.flow()
        entries: list[tuple[str, Text | None, Text, str]] = []
        for part in parts:
            if name_of(part) == "preamble":
                self._preamble(part, heading, text, entries)
                continue
            for toc in part.iter(f"{_Q}toc"):
                self.report.drop("table of contents", "the front matter", " ".join("".join(map(str, toc.itertext())).split()))
            heading.paragraphs(part, frozenset({"toc"}))
        title = heading.made()
        if title.content == self.meta.title and not title.notes:
            heading = self.words.flow()  # the title alone is in the metadata
            self.told = [one for one in self.told if one[2] != token or not one[1].startswith("<doc")]
        if heading.empty and text.empty and not entries:
            return None
        children = []
        for n, (name, num, words, wid) in enumerate(entries, 1):
            closing = n == len(entries) and name not in ("recital", "citation") and num is None
            kind = Kind.FLUSH if closing else Kind.RECITAL
            children.append(Provision(kind, "", wid, num, text=words, element="" if name in ("recital", "p") else name))
        return Provision(
            Kind.PREAMBLE,
            wid=token,
            heading=None if heading.empty else heading.made(),
            text=None if text.empty else text.made(),
            children=tuple(children),
        )

    def _preamble(
        self, element: etree._Element, heading: Flow, text: Flow, entries: list[tuple[str, Text | None, Text, str]]
    ) -> None:
        for part in parts_of(element):
            name = "" if isinstance(part, str) else name_of(part)
            if not isinstance(part, str) and name in ("heading", "num", "subheading") and text.empty and not entries:
                heading.paragraph(part)
            elif not isinstance(part, str) and name in (
                "recitals",
                "citations",
                "container",
                "blockContainer",
                "preambleText",
                "div",
            ):
                self._preamble(part, heading, text, entries)
            elif not isinstance(part, str) and name in ("recital", "citation"):
                outer, token = self.tree.here, self.tree.token(part)
                num = part.find(f"{_Q}num")
                flow = self.words.flow()
                flow.paragraphs(part, frozenset({"num"}))
                entries.append((name, self.words.inline(num) if num is not None else None, flow.made(), token))
                self.tree.here = outer
            else:
                flow = self.words.flow() if entries else text
                if isinstance(part, str) or name == "authorialNote":
                    flow.run(part)
                elif name == "p" or name in ("heading", "num", "subheading"):
                    flow.paragraph(part)
                elif name in ("intro", "wrapUp", "formula"):
                    flow.paragraphs(part)
                else:
                    flow.kept(part)
                if entries and not flow.empty:
                    entries.append((name, None, flow.made(), self.tree.token(part) if not isinstance(part, str) else ""))


def _whole(part: etree._Element) -> bool:
    """Whether a document in a collection is no attachment of another one in it."""
    above = [name_of(one) for one in part.iterancestors()]
    until = above[: above.index("documentCollection")] if "documentCollection" in above else above
    return not {"act", "bill", "doc", "statement"} & set(until)


def _closed_once(children: list[Provision]) -> list[Provision]:
    """The tree's children, where concluding words before its end, or a second time, are a paragraph."""
    last = max((n for n, p in enumerate(children) if p.kind not in ANNEXES), default=0)
    early = [p.kind is Kind.CONCLUSION and n < last for n, p in enumerate(children)]
    return [replace(p, kind=Kind.PARAGRAPH, element="conclusions") if e else p for p, e in zip(children, early, strict=True)]


def _one_preamble(outer: Provision, inner: Provision) -> Provision:
    """A collection's front matter above that of its main document."""
    lines = [text for text in (outer.heading, outer.text, inner.heading) if text is not None]
    children = (*(replace(c, kind=Kind.RECITAL) for c in outer.children), *inner.children)
    first = lines[0] if lines else None
    for text in lines[1:]:
        assert first is not None
        first = _joined(first, text)
    return replace(inner, heading=first, children=children)


def _joined(a: Text, b: Text) -> Text:
    from .akn_links import shifted

    at = len(a.content) + 1
    moved = shifted(b, at)
    return Text(f"{a.content}\n{b.content}", a.language, a.spans + moved.spans, a.notes + moved.notes, a.markup + moved.markup)


def _own_places(p: Provision) -> Provision:
    """The tree with every wId what its eId is: addresses of the source's own scheme would never meet ours."""
    return replace(p, wid=p.eid, children=tuple(map(_own_places, p.children)))
