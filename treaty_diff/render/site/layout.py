"""What all pages of a site share: the frame with its navigation, and how a template becomes a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...parties import names
from ...text.proposal import topic_words
from ..doing import place
from ..html import Frame
from ..laying import STATES
from ..remarks import Remarks
from ..sentences import date, listing
from ..templating import OURS, Templates
from . import addresses
from .material import Material, Work

File = tuple[str, bytes]
"""A page's address from the site's root, and its bytes."""

_STATE_WORDS = {one.name: one.word for one in STATES}


@dataclass(frozen=True)
class Layout:
    """Makes pages: `brand` is the site's name, `links` where its navigation leads, `note` what stands at every foot."""

    brand: str
    links: tuple[tuple[str, str], ...]
    note: str
    templates: Templates = OURS
    shown: frozenset[str] = frozenset()
    """The texts that have pages of their own: `nafta1994@1994-01-01`."""
    remarks: Mapping[str, Remarks] = field(default_factory=dict)
    """Reviewers' notes by the work's id."""

    @property
    def follows(self) -> str:
        """What is on all pages."""
        return repr((self.brand, self.links, self.note))

    def frame(self, path: str, here: str = "", crumb: str = "") -> Frame:
        """The frame of the page at an address; `here` is the words of the navigation that are marked, `crumb` what it is a part of."""
        return Frame(addresses.up(path), self.brand, self.links, here, crumb)

    def page(self, template: str, path: str, here: str = "", **context: Any) -> File:
        """A page from a template of the folder `site`."""
        given = {
            "site": self.frame(path, here),
            "kind": template,
            "state_words": _STATE_WORDS,
            "site_note": self.note,
            "place_of": place,
        }
        return path, self.templates.render(f"site/{template}.html", **given, **context).encode()


def layout(material: Material, templates: Templates = OURS) -> Layout:
    """The layout of a site of this material."""
    home = material.home
    links = [("Overview", "index.html"), ("Topics", "index.html#topics"), ("Chapters", "index.html#chapters")]
    if material.others:
        links += [
            ("Correlation table", addresses.correlation(home, material.others[0])),
            ("Map", "map.html"),
        ]
    links.append(("Texts", "texts.html"))
    # No date stands here: a page whose text has not changed is the same on another day.
    note = "Made by treaty-diff. Redlines help reading; the texts of the depositaries prevail."
    return Layout(
        f"{home.name}, redlined",
        tuple(links),
        note,
        templates,
        frozenset(f"{work.id}@{work.expression.date}" for work in material.works),
        material.remarks,
    )


def updated(material: Material) -> str:
    """The day of the store's last commit (UTC), as people write it."""
    from datetime import UTC, datetime

    return date(datetime.fromtimestamp(material.head.committed, UTC).strftime("%Y-%m-%d"))


def topic_name(topic: str) -> str:
    """A topic as a heading: `digital-trade` → `Digital trade`.

    >>> topic_name("digital-trade"), topic_name("sps"), topic_name("anti-corruption")
    ('Digital trade', 'SPS', 'Anti-corruption')
    """
    words = topic_words(topic)
    return words[:1].upper() + words[1:]


def parties(work: Work) -> str:
    """Who tabled a proposal, as a heading has it: `Mexico`, `Canada and Mexico`, `United States`."""
    return names(work.entry.tabled_by).removeprefix("the ")


def joined(parts: list[str]) -> str:
    """Parts of a sentence, empty where there are none."""
    return listing(parts) if parts else ""
