"""The page of a redline, as a part of the site, and the files that are downloaded from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...align.features import members
from ...annotate.exclusions import kept_out
from ...text.model import Provision
from ...text.terms import terms
from .. import csv, docx, markdown
from ..html import Download, page, printed_head
from ..json import comparison_dict, dumps
from ..meanings import meanings
from ..remarks import Remarks, comments
from .addresses import Pages, contents, up
from .layout import File, Layout
from .material import Work
from .redlines import Job, Sheet
from .relations import Relations
from .tabled import Tabled, tabled

_FORMS = (("docx", "Word, changes tracked"), ("csv", "CSV"), ("json", "JSON"), ("md", "Markdown"))


class Comparisons:
    """Makes the pages of redlines; those of `printed` have a PDF beside them.

    They show what a sheet has, reviewers' notes on its texts, and what `follows` tells of the site, and nothing else: pages are kept
    and used again by these (`inputs`).
    """

    def __init__(self, layout: Layout, relations: Relations, printed: frozenset[str] = frozenset()) -> None:
        self._layout = layout
        self._relations = relations
        self._printed = printed
        self._pages: dict[str, Pages] = {}

    def _form(self, ending: str, sheet: Sheet) -> bytes:
        comparison, found = sheet.comparison, sheet.annotations
        assert found is not None
        match ending:
            case "docx":
                said = comments(comparison, (self._remarks(sheet.works[1]), self._remarks(sheet.works[0])))
                return docx.document(
                    comparison, texts=(sheet.works[0].treaty, sheet.works[1].treaty), annotations=found, remarks=said
                )
            case "csv":
                return csv.changes([comparison], [found]).encode()
            case "json":
                return dumps(comparison_dict(comparison, found)).encode()
            case _:
                return markdown.document(comparison, found).encode()

    def _remarks(self, work: Work) -> Remarks:
        return self._layout.remarks.get(work.id, {}) if _key(work) in self._layout.shown else {}

    def _address(self, sheet: Sheet) -> Callable[[str, bool], str]:
        root = up(sheet.path)
        pages = []
        for work in sheet.works:
            if _key(work) not in self._pages:
                self._pages[_key(work)] = Pages(work)
            pages.append((work, self._pages[_key(work)]))

        def address(eid: str, subject: bool) -> str:
            work, found = pages[0 if subject else 1]
            # an earlier text of a proposal has no pages of its own
            return root + found.place(work.index.by_eid[eid]) if _key(work) in self._layout.shown else ""

        return address

    def follows(self, job: Job) -> str:
        """What of the site the pages of a job show."""
        asked = [job.subject, *(base for base, _ in job.bases)]
        shown = [_key(one.work) in self._layout.shown for one in asked]
        printed = [path in self._printed for _, paths in job.bases for path in paths]
        tabled = self._tabled(job.subject.work, [p for p, _ in members(job.subject.scope)])
        return repr((self._layout.brand, self._layout.links, shown, printed, tabled))

    def _tabled(self, work: Work, units: Iterable[Provision]) -> dict[str, list[Tabled]]:
        """What is on the table for the articles of a treaty, by eId."""
        if work.entry.topic or _key(work) not in self._layout.shown:
            return {}
        return {p.eid: found for p in units if (found := tabled(self._relations, work, p))}

    def __call__(self, sheet: Sheet) -> Iterator[File]:
        """The page, the style sheet of its printed head, and the comparison in other forms, of a page turned round left out."""
        comparison, path = sheet.comparison, sheet.path
        name = path.removeprefix("compare/").removesuffix(".html")
        yield f"assets/print-{name}.css", printed_head(comparison, self._layout.templates)
        downloads = []
        for ending, words in _FORMS if sheet.annotations is not None else ():
            data = self._form(ending, sheet)
            downloads.append(Download(f"{name}.{ending}", words, len(data)))
            yield f"compare/{name}.{ending}", data
        if path in self._printed:
            downloads.insert(1, Download(f"{name}.pdf", "PDF"))
        address = self._address(sheet)
        subjects = [sheet.works[0].index.by_eid[article.head.eid] for article in comparison.articles]
        text = page(
            comparison,
            name=name,
            swap=sheet.swap.removeprefix("compare/"),
            frame=self._layout.frame(path, crumb=contents(comparison.subject.treaty)),
            annotations=sheet.annotations,
            third=sheet.third,
            downloads=downloads,
            kept_out=kept_out(sheet.works[1].treaty).of(comparison),
            remarks=(self._remarks(sheet.works[1]), self._remarks(sheet.works[0])),
            address=address,
            tabled=self._tabled(sheet.works[0], subjects),
            terms=meanings(comparison, terms(sheet.works[0].treaty), terms(sheet.works[1].treaty), address),
            templates=self._layout.templates,
        )
        yield path, text.encode()


def _key(work: Work) -> str:
    return f"{work.id}@{work.expression.date}"
