"""`treaty.toml`, `proposal.toml`: what the store knows of a treaty or a proposal, and which expressions of it there are."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from typing import Any

from ..errors import StoreError, TreatyNotFound
from ..printable import printable, steers
from ..text.model import Edition, Metadata, Source
from ..text.proposal import Distribution
from . import layout

_PREFERENCE = (Edition.VERBATIM, Edition.RECONSTRUCTION, Edition.RESTATEMENT)


@dataclass(frozen=True, slots=True)
class PartFact:
    """A Part of the treaty: its number, heading and the numbers of its chapters."""

    number: str
    heading: str
    chapters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """One text of the treaty: language, legal date, edition, where it came from, and where annexes from elsewhere did.

    Of a proposal also the `round` in which it was tabled, and who may see it.
    """

    language: str
    date: str
    edition: Edition
    source: Source = field(default_factory=Source)
    annexes: tuple[Source, ...] = ()
    round: int = 0
    distribution: Distribution = Distribution.PUBLIC

    @property
    def name(self) -> str:
        """`eng@2016-02-04`."""
        return f"{self.language}@{self.date}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A treaty's entry: facts about the work and its expressions, in the order they came.

    Of a proposal `treaty` is `topic/PARTY`, `topic` what it is about, `amends` the treaty that it would change.
    """

    treaty: str
    title: str
    short: str = ""
    signed: str = ""
    status: str = ""
    parties: tuple[str, ...] = ()
    parts: tuple[PartFact, ...] = ()
    expressions: tuple[Expression, ...] = ()
    topic: str = ""
    amends: str = ""

    @property
    def tabled_by(self) -> tuple[str, ...]:
        """Of a proposal, who tabled it (ISO 3166-1 alpha-3), of a consolidated text all Parties; of a treaty, nobody."""
        if self.topic and self.treaty == layout.consolidated(self.topic):
            return self.parties
        return tuple(self.treaty.rpartition("/")[2].split("-")) if self.topic else ()

    def open_to(self, audience: Distribution) -> Catalogue | None:
        """The entry with what an audience may see of its expressions; None where that is nothing."""
        kept = tuple(e for e in self.expressions if e.distribution.open_to(audience))
        return replace(self, expressions=kept) if kept or not self.expressions else None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages held, in the order they came."""
        return tuple(dict.fromkeys(e.language for e in self.expressions))

    def choose(self, language: str = "", date: str = "", edition: Edition | None = None, round: int = 0) -> Expression:
        """The expression a selector means: verbatim before others, English before others, the newest date.

        `date` may be a year, a month or a day: the newest text not after its end is taken; `round` likewise.
        Raises TreatyNotFound, naming what there is.
        """
        found = [e for e in self.expressions if (edition is None or e.edition is edition) and (not round or e.round <= round)]
        if language:
            found = [e for e in found if e.language == language]
        elif any(e.language == "eng" for e in found):
            found = [e for e in found if e.language == "eng"]
        if date:
            found = [e for e in found if e.date <= date + "~"[: 10 - len(date)] or e.date.startswith(date)]
        for kind in _PREFERENCE:
            same = [e for e in found if e.edition is kind]
            if same:
                return max(same, key=lambda e: e.date)
        there = ", ".join(f"{e.name} ({e.edition}{f', round {e.round}' if e.round else ''})" for e in self.expressions) or "none"
        until = [f"not after {limit}" for limit in (date, f"round {round}" if round else "") if limit]
        asked = " ".join(filter(None, (language, *until, str(edition or ""))))
        raise TreatyNotFound(
            f"{self.treaty} is not held: {asked}." if asked else f"No text of {self.treaty} is held.",
            cause=f"held are: {there}",
            fix="select one of these, or import the text",
        )

    def with_expression(self, expression: Expression) -> Catalogue:
        """The entry with an expression added, or replaced where it was there."""
        same = [e for e in self.expressions if (e.name, e.edition) == (expression.name, expression.edition)]
        if same:
            kept = tuple(expression if e is same[0] else e for e in self.expressions)
        else:
            kept = (*self.expressions, expression)
        return replace(self, expressions=kept)

    def describe(self, meta: Metadata) -> Metadata:
        """A text's metadata with what the catalogue knows better."""
        return replace(
            meta,
            treaty=self.treaty,
            title=self.title or meta.title,
            short=self.short or meta.short,
            signed=self.signed or meta.signed,
            status=self.status or meta.status,
            parties=self.parties or meta.parties,
        )

    def to_toml(self) -> bytes:
        """The file's bytes."""
        import tomli_w

        data: dict[str, Any] = {
            "id": self.treaty,
            "title": printable(self.title, " "),
            "short": printable(self.short, " "),
            "signed": self.signed,
            "status": printable(self.status, " "),
            "parties": list(self.parties),
            "languages": list(self.languages),
        }
        if self.topic:
            data |= {"topic": self.topic, "amends": self.amends}
        if self.parts:
            data["part"] = [
                {"number": p.number, "heading": printable(p.heading, " "), "chapters": list(p.chapters)} for p in self.parts
            ]
        data["expression"] = [
            {
                "language": e.language,
                "date": e.date,
                "edition": str(e.edition),
                **({"round": e.round, "distribution": str(e.distribution)} if self.topic else {}),
                **_source_entry(e.source),
                **({"annexes": [_source_entry(source) for source in e.annexes]} if e.annexes else {}),
            }
            for e in self.expressions
        ]
        return tomli_w.dumps(data).encode()


def _source_entry(source: Source) -> dict[str, str]:
    return {
        "source": printable(source.name, " "),
        "url": printable(source.url, " "),
        "sha256": source.sha256,
        "licence": printable(source.licence, " "),
        "attribution": printable(source.attribution, " "),
    }


CONFLICT = re.compile(rb"^(?:<{7}|>{7}|\|{7}) ", re.M)
"""What git writes into a file that it could not merge."""

UNMERGED = "settle the conflict in the file, then commit it with git"
"""What mends a file that has conflict marks in it."""


def read(data: bytes, path: str) -> Catalogue:
    """A `treaty.toml`; raises StoreError, naming the file, where it is broken."""
    if CONFLICT.search(data):
        raise StoreError(f"{path} has the marks of an unfinished merge.", cause="<<<<<<< stands in it", fix=UNMERGED)
    try:
        return _entry(_Table(tomllib.loads(data.decode("utf-8"))))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, RecursionError) as error:
        missing = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise StoreError(
            f"{path} cannot be read.", cause=f"{type(error).__name__}: {missing}", fix="repair the file, or restore it from git"
        ) from None


class _Table:
    """A table of a TOML file, whose values must be what is asked for; raises TypeError, KeyError where they are not."""

    def __init__(self, values: Any) -> None:
        if not isinstance(values, dict):
            raise TypeError(f"{values!r:.40} is no table")
        self._values = values

    def text(self, key: str, default: str | None = None) -> str:
        value = self._values[key] if default is None else self._values.get(key, default)
        if not isinstance(value, str):
            raise TypeError(f"{key} is not in quotation marks")
        if steers(value):
            raise ValueError(f"{key} has a character that steers a terminal")
        return value

    def _list(self, key: str) -> list[Any]:
        value = self._values.get(key, [])
        if not isinstance(value, list):
            raise TypeError(f"{key} is no list")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(_Table({key: str(value) if isinstance(value, int) else value}).text(key) for value in self._list(key))

    def tables(self, key: str) -> list[_Table]:
        return [_Table(value) for value in self._list(key)]

    def number(self, key: str) -> str:
        return str(self._values[key]) if isinstance(self._values[key], int) else self.text(key)

    def count(self, key: str) -> int:
        value = self._values.get(key, 0)
        if not isinstance(value, int) or value < 0:
            raise TypeError(f"{key} is no number")
        return value


def _entry(table: _Table) -> Catalogue:
    return Catalogue(
        treaty=table.text("id"),
        title=table.text("title"),
        short=table.text("short", ""),
        signed=table.text("signed", ""),
        status=table.text("status", ""),
        parties=table.texts("parties"),
        parts=tuple(PartFact(p.number("number"), p.text("heading", ""), p.texts("chapters")) for p in table.tables("part")),
        expressions=tuple(
            Expression(
                e.text("language"),
                e.text("date"),
                Edition(e.text("edition")),
                _source(e),
                tuple(map(_source, e.tables("annexes"))),
                e.count("round"),
                # What is not marked is not for everybody to see.
                Distribution(e.text("distribution", "restricted" if table.text("topic", "") else "public")),
            )
            for e in table.tables("expression")
        ),
        topic=table.text("topic", ""),
        amends=table.text("amends", ""),
    )


def _source(table: _Table) -> Source:
    return Source(*(table.text(key, "") for key in ("source", "url", "sha256", "licence", "attribution")))
