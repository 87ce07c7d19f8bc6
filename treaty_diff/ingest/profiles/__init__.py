"""Profiles of sites: which CSS selectors find the text of a treaty on their pages, and what is furniture.

A profile is a TOML file. `fits` are selectors of which one must be found for the profile to be
chosen; `content` the places of the text, the first that is found counts; `drop` what is left out;
`articles` the headings of articles, `[headings]` those of other levels; `notes` the bodies of
footnotes; `[lists]` ordered lists whose style the site's style sheet tells, by what their entries are numbered with
(`a`, `A`, `i`, `I`, `1`, `none`); `bold` the level of a short paragraph all in bold (0: none).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import SourceError

if TYPE_CHECKING:
    from lxml.cssselect import CSSSelector

GENERAL = "general"
ARTICLE_LEVEL = 5
"""Level of what a profile calls the heading of an article: below Parts, chapters and sections."""

_NUMBERED = ("a", "A", "i", "I", "1", "none")
_LISTS = ("fits", "content", "drop", "articles", "notes")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a site's pages; all members but `name` and `bold` hold CSS selectors."""

    name: str
    fits: tuple[str, ...] = ()
    content: tuple[str, ...] = ("body",)
    drop: tuple[str, ...] = ()
    headings: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
    bold: int = 6


@cache
def shipped() -> dict[str, Profile]:
    """The profiles that come with treaty-diff, by name, the general one last."""
    files = (f for f in resources.files(__package__).iterdir() if f.name.endswith(".toml"))
    found = [parse(f.read_text(encoding="utf-8"), f.name.removesuffix(".toml")) for f in files]
    return {p.name: p for p in sorted(found, key=lambda p: (p.name == GENERAL, p.name))}


def named(profile: str | Path) -> Profile:
    """A profile by its name, or from a TOML file of one's own.

    Raises SourceError where there is no such profile or the file is none.
    """
    known = shipped()
    if isinstance(profile, str) and profile in known:
        return known[profile]
    path = Path(profile)
    try:
        return parse(path.read_text(encoding="utf-8"), path.stem)
    except (OSError, ValueError) as e:
        raise SourceError(
            f"There is no profile “{profile}”.",
            cause=f"it is neither one of {', '.join(known)} nor a readable file ({e})",
            fix="name one of these, or the path of a TOML file",
        ) from e


def parse(text: str, name: str) -> Profile:
    """A profile from the text of its file. Raises SourceError where it breaks the form."""
    try:
        raw: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        raise _malformed(name, str(e)) from e
    unknown = set(raw) - {*_LISTS, "headings", "lists", "bold", "about"}
    if unknown:
        raise _malformed(name, f"unknown: {', '.join(sorted(unknown))}")
    lists = {key: _selectors(name, key, raw.get(key, [])) for key in _LISTS}
    headings = [(selector, ARTICLE_LEVEL) for selector in lists["articles"]]
    for level, selectors in _table(name, "headings", raw).items():
        if not level.isdecimal() or not 1 <= int(level) <= 9:
            raise _malformed(name, f"“{level}” is no level of headings, which are 1 to 9")
        headings += [(selector, int(level)) for selector in _selectors(name, f"headings.{level}", selectors)]
    numbered = []
    for style, selectors in _table(name, "lists", raw).items():
        if style not in _NUMBERED:
            raise _malformed(name, f"lists: “{style}” is not one of {', '.join(_NUMBERED)}")
        numbered += [(selector, style) for selector in _selectors(name, f"lists.{style}", selectors)]
    bold = raw.get("bold", 6)
    if not isinstance(bold, int) or isinstance(bold, bool) or not 0 <= bold <= 9:
        raise _malformed(name, "bold is not a level from 0 to 9")
    content = lists["content"] or ("body",)
    return Profile(name, lists["fits"], content, lists["drop"], tuple(headings), lists["notes"], tuple(numbered), bold)


@cache
def compiled(selector: str) -> CSSSelector:
    """A CSS selector, to be called with an element."""
    from lxml.cssselect import CSSSelector

    return CSSSelector(selector, translator="html")


def _table(name: str, key: str, raw: dict[str, Any]) -> dict[str, Any]:
    value = raw.get(key, {})
    if not isinstance(value, dict):
        raise _malformed(name, f"{key} is not a table of selectors")
    return value


def _selectors(name: str, key: str, value: Any) -> tuple[str, ...]:
    from lxml.cssselect import SelectorError

    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _malformed(name, f"{key} is not a list of selectors")
    for selector in value:
        if ":contains" in selector:
            # no CSS, and lxml's own function for it reads freed memory once a compiled selector is used again
            raise _malformed(name, f"{key}: “:contains” is no CSS selector")
        try:
            compiled(selector)
        except (SelectorError, SyntaxError) as e:
            raise _malformed(name, f"{key}: “{selector}” is no CSS selector ({e})") from e
    return tuple(value)


def _malformed(name: str, cause: str) -> SourceError:
    return SourceError(
        f"The profile {name} cannot be used.",
        cause=cause,
        fix="mend the profile; docs/formats.md tells its form",
    )
