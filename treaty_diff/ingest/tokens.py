"""From the lines of an article to tokens: markers with their words, definitions, plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import definitions
from .bounds import check_pieces
from .lines import Line, ends, ends_with_connective
from .numbering import CITING, DEFINITION, Marker, Reading, cited_after, match_marker, read
from .report import Report

_INLINE = re.compile(  # begins with a stop, so that the search can leap from one to the next
    r"[.,;:] (?:(?<=[;:] )(?=\(?[a-z]{1,4}\)\s+\S)|(?<=[;,] )(?:and|or) (?=\(?[a-z]{1,4}\)\s+\S)"
    r"|(?<=; )[yo] (?=\(?[a-z]{1,4}\)\s+\S)|(?<=[.;] )(?=\d{1,2}\.\s+[A-Z]))"
)
_INLINE_NUMBER = re.compile(r"[.;] (?=\d{1,2}\.\s+[A-Z])")
_WRAPPED = 110  # no line of a text that was wrapped at a page's width is longer


@dataclass(slots=True)
class Token:
    """A piece of an article: a marker with its words, the start of a definition, or plain words.

    `soft`: something was lifted out before it, so it may go on with the sentence before;
    `wrapped`: it stands in a text whose every line was broken at the page's width.
    """

    words: str
    marker: Marker | None = None
    definition: bool = False
    soft: bool = False
    wrapped: bool = False
    reading: Reading | None = None


def _pieces(words: str) -> list[str]:
    """Words cut where a marker stands inside the line."""
    if ") " in words:
        found = _INLINE.finditer(words)
    elif ". " in words:
        found = _INLINE_NUMBER.finditer(words)
    else:
        return [words]
    cuts = [m.end() for m in found if match_marker(words, m.end())]
    if not cuts:
        return [words]
    return [words[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]


class _Wrap:
    """Whether the lines below a marker were broken at a page's width, as far as they were seen."""

    def __init__(self) -> None:
        self.all_open = 0
        self.restart()

    def restart(self) -> None:
        self.width = self.open = self.before = 0

    def line(self, words: str) -> bool:
        """Take the next line; True where it goes on with the one before, whatever that ends with."""
        if len(words) > _WRAPPED:
            self.width = len(words)
            return False
        full = self.open > 0 and self.all_open > 2 and self.width <= _WRAPPED and 0.65 <= self.before / self.width <= 1.1
        self.before = 0 if ends(words, ";:") else len(words)
        if not ends(words, ".;:,") and not ends_with_connective(words):
            self.open += 1
            self.all_open += 1
            self.width = max(self.width, len(words))
        return full


class _Tokenizer:
    def __init__(self, defining: bool) -> None:
        self.defining = defining
        self.out: list[Token] = []
        self.group = defining  # whether definitions may stand here
        self.symbols = False  # whether symbols are explained here: `where: RVC is …`
        self.previous = ""  # the last words before
        self.wrap = _Wrap()

    def line(self, line: Line) -> None:
        out = self.out
        wrapped = False
        for n, piece in enumerate(_pieces(line.words)):
            at = 0
            after = ""
            while (m := match_marker(piece, at)) is not None:
                opens = not at  # of two markers at once only the first has words before it
                previous = self.previous if opens else ""
                after = cited_after(previous) if opens else after if after.lower() in CITING else ""
                marker = Marker(m[0], n > 0, after, ends(previous, ":"))
                if self.group and not self.defining and out and definitions.is_chapeau(out[-1].words):
                    self.group = False  # the definitions of this group are lettered
                out.append(Token("", marker, soft=line.soft and n == 0 and opens))
                if m[0][0].isdigit():
                    self.group, self.symbols = self.defining, False
                at = m.end()
                while at < len(piece) and piece[at] in " \u00a0":
                    at += 1
            if at:
                self.wrap.restart()
            if at < len(piece):
                wrapped = self.wrap.line(piece[at:])
                self.words(piece[at:], line, alone=not at and n == 0, wrapped=wrapped)

    def words(self, words: str, line: Line, *, alone: bool, wrapped: bool) -> None:
        """Words after a marker, or `alone` on their line, cut at definitions that start in them."""
        out, previous = self.out, self.previous
        self.previous = words
        cut = self.group or self.symbols or definitions.opens(words)
        if not alone and not cut and out and out[-1].marker is not None and not out[-1].words:
            out[-1].words = words
            self.symbols = "=" in words and definitions.opens_symbols(words)
            return
        closed = alone and (
            not previous or ends(previous) or ends_with_connective(previous) or definitions.opens_symbols(previous)
        )
        parts = definitions.split(words, symbols=self.symbols) if cut else [words]
        for n, part in enumerate(parts):
            soft = line.soft and n == 0
            if definitions.is_chapeau(part):
                self.group = True
            elif alone and definitions.opens_symbols(part):
                self.symbols = True
            own = n > 0 or closed
            if own and ((self.group and definitions.match(part)) or (self.symbols and definitions.symbol(part))):
                out.append(Token(part, DEFINITION, definition=True, soft=soft))
            elif n == 0 and not alone and out and out[-1].marker is not None and not out[-1].words:
                out[-1].words = part
            else:
                out.append(Token(part, soft=soft, wrapped=wrapped and alone and n == 0))


def _whole_terms(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, a defined term and the verb behind it on one."""
    held: Line | None = None
    for line in lines:
        if held is not None and not ends(held.words) and definitions.goes_on(held.words, line.words):
            held = held._replace(words=f"{held.words} {line.words}")
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def tokens(lines: Sequence[Line], *, defining: bool, place: str, report: Report) -> list[Token]:
    """The tokens of an article with their readings.

    Markers that open nothing (`8.` after `paragraph`) go back into the running words. Raises SourceError for
    more than a treaty has.
    """
    tokenizer = _Tokenizer(defining)
    for line in _whole_terms(lines) if defining else lines:
        tokenizer.line(line)
    report.pieces += len(tokenizer.out)
    check_pieces(report.pieces)
    marked = [(token, token.marker) for token in tokenizer.out if token.marker is not None]
    if not marked:
        return tokenizer.out
    for (token, _), found in zip(marked, read([marker for _, marker in marked]), strict=True):
        token.reading = found
    out: list[Token] = []
    for token in tokenizer.out:
        marker, reading = token.marker, token.reading
        if marker is None or reading is None or token.definition or reading.depth >= 0:
            if marker is not None and reading is not None and not reading.sure and not token.definition:
                report.unsure("numbering out of order", place, f"{marker.printed} {token.words}")
            out.append(token)
            continue
        words = f"{marker.printed} {token.words}".strip()
        inside = marker.inline or marker.after.lower() in CITING
        if not inside:
            report.unsure("marker that fits no list", place, words)
        if out and inside:
            out[-1].words = f"{out[-1].words} {words}"
        else:
            out.append(Token(words, soft=token.soft))
    return out
