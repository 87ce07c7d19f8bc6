"""The templates of the pages: ours, and in their place those of a user's own folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..align.concordance import twentieths, whole
from ..errors import RenderError
from ..languages import alpha2
from ..languages import name as language_name
from ..redline.comparison import TextRef, opening
from .sentences import date, decided, nearness

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from jinja2 import Environment
    from markupsafe import Markup

_TEMPLATES = "treaty_diff.templates"


@dataclass(frozen=True)
class Templates:
    """The templates that pages are made from.

    A file in `folder` takes the place of ours of the same name; there `ours/NAME` is ours, to extend or include. What a template
    prints is escaped, whoever wrote it. A folder may come with a store from elsewhere: its templates reach what they are given and
    nothing of Python (Jinja's sandbox).
    """

    folder: Path | None = None

    @cached_property
    def _environment(self) -> Environment:
        return _environment(self.folder)

    def render(self, name: str, /, **context: Any) -> str:
        """A page; raises RenderError where a user's template is broken."""
        with self._named(name):
            return self._environment.get_template(name).render(**context)

    @contextmanager
    def _named(self, name: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            if self.folder is None:
                raise
            # a user's template may do whatever it likes, and so fail in any way
            raise RenderError(
                f"The template {getattr(error, 'name', None) or name} cannot be used.",
                cause=f"{type(error).__name__}: {error}"[:300],
                fix=f"mend it in {self.folder}, or take it away to have ours",
            ) from error

    def ready(self) -> None:
        """Read all templates of pages, so that processes which are forked from now on have them; raises as `render`."""
        ours = files(_TEMPLATES)
        for folder in ("", "site/"):
            for entry in ours.joinpath(folder).iterdir():
                if entry.name.endswith(".html"):
                    with self._named(name := f"{folder}{entry.name}"):
                        self._environment.get_template(name)

    def assets(self, folder: str = "assets") -> Iterator[tuple[str, bytes]]:
        """What pages share, by the path under which they ask for it; `folder` is one of the templates' folders."""
        found = dict(_assets(files(_TEMPLATES).joinpath(*folder.split("/")), "assets"))
        own = self.folder / folder if self.folder is not None else None
        if own is not None and own.is_dir():
            found |= dict(_assets(own, "assets"))
        yield from sorted(found.items())


def own_folder(store: Path, named: Path | None) -> Path | None:
    """The folder of a user's templates: that which is named, else `templates` in the store's folder, where there is one."""
    if named is not None:
        return named.absolute()
    kept = store / "templates"
    return kept if kept.is_dir() else None


OURS = Templates()
"""Our templates as they are."""


def read_again() -> None:
    """Forget what was read of a user's folder: a template that came into it later takes the place of ours from now on."""
    _environment.cache_clear()


@lru_cache(maxsize=4)
def _environment(folder: Path | None) -> Environment:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, FunctionLoader, PrefixLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    ours = FunctionLoader(_template)
    own = [FileSystemLoader(folder)] if folder is not None else []
    found = (Environment if folder is None else ImmutableSandboxedEnvironment)(
        loader=ChoiceLoader([*own, PrefixLoader({"ours": ours}), ours]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "commands": _commands,
        "decided": decided,
        "css_string": _css_string,
        "date": _date,
        "day": date,
        "nearness": nearness,
        "twentieths": twentieths,
        "whole": whole,
        "opening": opening,
        "language": language_name,
        "short": alpha2,
    }
    return found


def _template(name: str) -> str | None:
    found = files(_TEMPLATES).joinpath(*name.split("/"))
    return found.read_text("utf-8") if found.is_file() else None


def _assets(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.is_dir():
            yield from _assets(entry, f"{path}/{entry.name}")
        else:
            yield f"{path}/{entry.name}", entry.read_bytes()


def _date(text: TextRef) -> str:
    """The legal date of an expression as people write it, empty where it bears none.

    >>> _date(TextRef("tpp", "TPP", "", "eng@2016-02-04", "eng", "verbatim", "", "", ""))
    '4 February 2016'
    """
    return date(text.expression.partition("@")[2])


def _commands(text: str) -> Markup:
    """Our own sentences, with the commands in them (between backticks) as code."""
    from markupsafe import Markup

    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))


def _css_string(text: str) -> Markup:
    """A string of CSS; whatever is no letter, digit or blank is written as an escape."""
    from markupsafe import Markup

    return Markup('"' + re.sub(r"[^0-9A-Za-z ]", lambda m: f"\\{ord(m[0]):x} ", text) + '"')
