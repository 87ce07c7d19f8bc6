"""The page on which two texts are compared: one file for each direction, and what they share.

    folder/index.html      the comparison
    folder/swapped.html    the same turned round, where it was made
    folder/assets/         style sheets, script, fonts with their licences

The page is read without a network, from a disk too, and without its script; the script adds
other views of the same elements. Nothing in it depends on the day or the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import RenderError
from ..languages import alpha2
from ..redline.comparison import Comparison
from .doing import doing
from .files import put
from .laying import ELSEWHERE, NEW, NONE, Ids, LaidArticle, lay
from .markup import line
from .meanings import Meanings
from .remarks import KIND, Remarks
from .sentences import HEADINGS, copied, counts, listing, number
from .templating import OURS, Templates
from .third import thirds
from .tints import legend

if TYPE_CHECKING:
    from ..annotate import Annotation, Annotations
    from ..annotate.exclusions import Said

_WHOLE = "the whole text"
"""How a comparison calls a scope that needs no naming in a headline."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The site that a page stands in: the way to its root (`../`), what it is called, where its navigation leads (words, address
    from the root), which of these is marked, and what the page is a part of (an address from the root)."""

    root: str
    brand: str
    links: tuple[tuple[str, str], ...]
    here: str = ""
    crumb: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """The comparison in another form: the file's name beside the page, what it is, its size in bytes (0: not known)."""

    name: str
    words: str
    size: int = 0

    @property
    def weight(self) -> str:
        """Its size as people say it, empty where it is not known.

        >>> Download("a.csv", "CSV", 1_340_000).weight, Download("a.csv", "CSV", 12_300).weight
        ('1.3 MB', '12 kB')
        """
        if not self.size:
            return ""
        return f"{self.size / 1e6:.1f} MB" if self.size >= _MEGA else f"{max(1, round(self.size / 1e3))} kB"


_MEGA = 1_000_000


def write(
    comparison: Comparison,
    swapped: Comparison | None,
    folder: Path,
    *,
    annotations: Annotations | None = None,
    third: Comparison | None = None,
    kept_out: Mapping[str, Sequence[Said]] | None = None,
    templates: Templates = OURS,
) -> Path:
    """Write the page, `swapped` beside it where given, and their assets; returns the page's path.

    The other arguments are those of `page`. Each file is complete before it takes its name, the pages last. Raises RenderError
    where the folder cannot be written.
    """
    out: list[tuple[str, bytes]] = list(templates.assets())
    pages = [("index", comparison, "swapped.html" if swapped is not None else "", annotations, third)]
    if swapped is not None:
        pages.insert(0, ("swapped", swapped, "index.html", None, None))
    for name, one, swap, notes, beside in pages:
        text = page(
            one,
            name=name,
            swap=swap,
            annotations=notes,
            third=beside,
            kept_out=kept_out if one is comparison else None,
            templates=templates,
        )
        out += [(f"assets/print-{name}.css", printed_head(one, templates)), (f"{name}.html", text.encode())]
    try:
        for name, data in out:
            put(folder / name, data)
    except OSError as error:
        raise RenderError(
            f"The page cannot be written to {folder}.",
            cause=error.strerror or str(error),
            fix="name a folder that can be written, or make room there",
        ) from error
    return folder / "index.html"


def page(
    comparison: Comparison,
    *,
    name: str = "index",
    swap: str = "",
    frame: Frame | None = None,
    annotations: Annotations | None = None,
    third: Comparison | None = None,
    downloads: Sequence[Download] = (),
    kept_out: Mapping[str, Sequence[Said]] | None = None,
    remarks: tuple[Remarks, Remarks] = ({}, {}),
    address: Callable[[str, bool], str] | None = None,
    terms: Meanings | None = None,
    tabled: Mapping[str, Sequence[object]] | None = None,
    templates: Templates = OURS,
) -> str:
    """The comparison as one HTML document.

    `name` is that of the file without its ending (its style sheet of the printed head is called
    after it), `swap` the address of the page turned round, empty where there is none. `frame` is the site that the page is part of,
    `annotations` stand beside the words that they are about. `third` compares the same subject with another text, which a third
    column shows. `downloads` stand beside the page. `kept_out` says of articles without counterpart, by eId, what of the base
    shuts their matter out. `remarks` are the reviewers' notes on the base and on the subject. `address` gives
    the page of an article, by eId and whether it is the subject's (empty: it has none). `terms` are the defined terms that it uses. `tabled` is
    what is on the table for articles of the subject, by eId (records with `topic`, `when`, `who`, `what`, `address`).
    """
    beside = thirds(comparison, third) if third is not None else {}
    ids = Ids()
    notes: dict[tuple[bool, str, int], list[Annotation]] = {}
    for note in annotations or ():
        notes.setdefault((note.gone, note.article, note.row), []).append(note)
    articles = [lay(article, comparison, ids, notes, beside, remarks) for article in comparison.articles]
    gone = [lay(article, comparison, ids, notes, {}, remarks) for article in comparison.gone]
    return templates.render(
        "comparison.html",
        c=comparison,
        articles=articles,
        gone=gone,
        counts=counts(comparison),
        differences=_differences(articles, gone),
        copied=copied(comparison.lineage) if comparison.lineage is not None else "",
        headings=[line(row) for heading in comparison.differing for row in heading.rows],
        headings_said=HEADINGS,
        lineage=legend(comparison.lineage) if comparison.lineage is not None else [],
        name=name,
        swap=swap,
        whole=_WHOLE,
        notes=annotations,
        doing=doing([*articles, *gone]),
        remarked=sum(len(row.remarks) for one in (*articles, *gone) for row in one.rows),
        remarks_kind=KIND,
        site=frame,
        root=frame.root if frame is not None else "",
        lang=alpha2(comparison.subject.language),
        base_lang=alpha2(comparison.base.language),
        third=third.base if third is not None else None,
        downloads=downloads,
        kept_out=kept_out or {},
        terms=terms,
        tabled=tabled or {},
        address=address or (lambda eid, subject: ""),
        third_lang=alpha2(third.base.language) if third is not None else "",
    )


def _differences(articles: list[LaidArticle], gone: list[LaidArticle]) -> str:
    """What *next change* walks through, in words."""
    changes = sum(one.changes for one in articles)
    whole = sum(one.state in (NONE, NEW, ELSEWHERE) for one in articles)
    parts = [number(changes, "change") + " inside articles"]
    if whole:
        parts.append(number(whole, "article") + " without counterpart")
    if gone:
        parts.append(number(len(gone), "article") + " gone")
    return listing(parts)


def printed_head(comparison: Comparison, templates: Templates = OURS) -> bytes:
    """The style sheet that prints what is compared at the head of every sheet of paper."""
    return templates.render("print-head.css", c=comparison).encode()
