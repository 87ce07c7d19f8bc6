"""Where pages stand. An address is made of what the page is about, never of a place in a list, so it survives a rebuild."""

from __future__ import annotations

import re
from functools import cached_property

from ...text.model import Kind, Provision
from .material import Work


def slug(name: str) -> str:
    """A name as a part of an address.

    >>> slug("sunset/USA"), slug("annex2002.2(b)")
    ('sunset-USA', 'annex2002.2-b')
    """
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "text"


def up(path: str) -> str:
    """The way from a page to the site's root.

    >>> up("index.html"), up("texts/nafta1994/1904.html")
    ('', '../../')
    """
    return "../" * path.count("/")


def comparison(subject: Work, scope: str, base: Work) -> tuple[str, str]:
    """The addresses of a redline and of the same turned round; `scope` is the selector of a part of the subject."""
    one = slug(f"{subject.id}-{scope}" if scope else subject.id)
    # Two texts of one work are told apart by their dates.
    two = slug(f"{base.id}-{base.expression.date}" if base.id == subject.id else base.id)
    return f"compare/{one}--{two}.html", f"compare/{two}--{one}.html"


def topic(name: str) -> str:
    """The page of a topic."""
    return f"topics/{slug(name)}.html"


def correlation(subject: Work, base: Work) -> str:
    """The table of two treaties in the first one's order."""
    return f"correlation/{slug(subject.id)}--{slug(base.id)}.html"


def contents(work: str) -> str:
    """The page that lists a work's chapters and articles, by the work's id."""
    return f"texts/{slug(work)}/index.html"


class Pages:
    """The pages of a work's articles, chapters and annexes by eId; each its own, also where a file system takes `a` for `A`."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.folder = f"texts/{slug(work.id)}"

    @cached_property
    def _names(self) -> dict[str, str]:
        taken: set[str] = {"index"}
        out: dict[str, str] = {}
        index = self.work.index
        for provision, _ in self.work.units:
            wanted = name = slug(index.selector(provision))
            count = 1
            while name.lower() in taken:
                count += 1
                name = f"{wanted}-{count}"
            taken.add(name.lower())
            out[provision.eid] = f"{self.folder}/{name}.html"
        return out

    @property
    def contents(self) -> str:
        """The page that lists the work's chapters and articles."""
        return contents(self.work.id)

    def of(self, unit: Provision) -> str:
        """The page of an article, annex, preamble or conclusion."""
        return self._names[unit.eid]

    def place(self, provision: Provision) -> str:
        """The address of any provision: its article's page, and its own place there; of a chapter and its
        sections the chapter's place in the contents."""
        at: Provision | None = provision
        while at is not None and at.eid not in self._names:
            at = self.work.index.parent(at)
        if at is None:
            chapter = self.work.index.enclosing(provision, Kind.CHAPTER)
            return f"{self.contents}#{chapter.eid}" if chapter is not None else self.contents
        return self._names[at.eid] + (f"#{provision.eid}" if at.eid != provision.eid else "")
