"""Lines of a PDF's page with the height of their letters, raised numbers told from others.

Runs in the process that reads. A line is plain data, `[height, [[words, raised], …]]`, since it goes to the parent as JSON.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

MeasuredLine = tuple[float, list[tuple[str, bool]]]

_LINE = re.compile("[^\r\n\ufffe\x02]+[\ufffe\x02]?")
_HYPHENS = str.maketrans("\ufffe\x02", "--")  # PDFium writes one for a hyphen that parts a word at a line's end
_NUMBER = re.compile(r"\d+(?:, ?\d+)*")
_NUMBERS_ALONE = re.compile(r"\s*\d[\d, ]*")
_NUMBERS_LAST = re.compile(r"(\d) *$")
_LETTER = re.compile(r"[^\W\d_]")
_SMALL = 0.85  # a raised number is so much smaller than the letters beside it, at most
_RAISED = 0.05  # and so much of their height above them, at least
_LEVEL = 0.02  # letters whose feet differ by less of their height stand on one line


@dataclass(frozen=True, slots=True)
class _Box:
    """The space that a character's font gives it: where it begins from below, and its height, in points."""

    bottom: float
    height: float

    def is_raised_beside(self, letter: _Box) -> bool:
        """Whether the character is printed smaller and higher than a letter of the same line of print."""
        above = self.bottom - letter.bottom
        return 0 < self.height < _SMALL * letter.height and _RAISED * letter.height < above < letter.height

    def is_level_with(self, other: _Box) -> bool:
        """Whether two letters stand on one line of print."""
        return abs(self.bottom - other.bottom) < _LEVEL * other.height


@dataclass(slots=True)
class _Line:
    """Words, and the index of each character on the page."""

    words: str
    at: Sequence[int]

    def with_(self, other: _Line) -> _Line:
        """The two lines as one."""
        return _Line(self.words + other.words, [*self.at, *other.at])


def measured(text: PdfTextPage) -> list[MeasuredLine]:
    """The lines of a page in one column."""
    page = _Page(text)
    return [page.measured(line) for line in page.together(page.lines())]


def unmeasured(words: str) -> MeasuredLine:
    """A line of which nothing but its words is known."""
    return 0.0, [(words, False)]


class _Page:
    def __init__(self, text: PdfTextPage) -> None:
        from pypdfium2 import raw

        self.text = text
        count = text.count_chars()
        self.characters = text.get_text_range()
        if len(self.characters) != count:  # PDFium's own string leaves some characters out
            self.characters = "".join(chr(raw.FPDFText_GetUnicode(text.raw, n)) for n in range(count))

    def box(self, at: int) -> _Box:
        """Where a character stands."""
        from pypdfium2 import raw

        found: Any = raw.FS_RECTF()
        if not raw.FPDFText_GetLooseCharBox(self.text.raw, at, ctypes.byref(found)):
            return _Box(0.0, 0.0)
        return _Box(min(found.top, found.bottom), abs(found.top - found.bottom))

    def lines(self) -> list[_Line]:
        """The lines as PDFium parts them."""
        found = (m for m in _LINE.finditer(self.characters) if m[0].strip())
        return [_Line(m[0].translate(_HYPHENS), range(m.start(), m.end())) for m in found]

    def together(self, lines: Sequence[_Line]) -> list[_Line]:
        """The lines as printed: PDFium may put a raised number, and what stands behind it, on lines of their own."""
        out: list[_Line] = []
        waiting: _Line | None = None  # a raised number that the line below begins with
        level: _Box | None = None  # of the letter before a raised number that ends the last line
        for n, line in enumerate(lines):
            first = self.box(line.at[len(line.words) - len(line.words.lstrip())])
            if waiting is not None:
                out.append(waiting.with_(line))
                waiting = level = None
            elif level is not None and first.is_level_with(level):
                out[-1] = out[-1].with_(line)
                level = self.before_raised(line)
            elif _NUMBERS_ALONE.fullmatch(line.words):
                before = level or (self.letter(out[-1], last=True) if out else None)
                after = self.letter(lines[n + 1]) if n + 1 < len(lines) else None
                level = None
                if before is not None and first.is_raised_beside(before):
                    out[-1] = out[-1].with_(line)
                    level = before
                elif after is not None and first.is_raised_beside(after):
                    waiting = line
                else:
                    out.append(line)
            else:
                out.append(line)
                level = self.before_raised(line)
        return out

    def before_raised(self, line: _Line) -> _Box | None:
        """The last letter of a line that ends with a raised number, None for another line."""
        m = _NUMBERS_LAST.search(line.words)
        letter = self.letter(line, last=True) if m is not None else None
        return (
            letter if m is not None and letter is not None and self.box(line.at[m.end(1) - 1]).is_raised_beside(letter) else None
        )

    def letter(self, line: _Line, *, last: bool = False) -> _Box | None:
        """Where the first or the last letter of a line stands, None where it has none."""
        found = [m.start() for m in _LETTER.finditer(line.words)]
        return self.box(line.at[found[-1 if last else 0]]) if found else None

    def measured(self, line: _Line) -> MeasuredLine:
        """The line in runs, raised numbers apart."""
        first = self.letter(line)
        if first is None:
            return unmeasured(line.words)
        runs: list[tuple[str, bool]] = []
        for m in _NUMBER.finditer(line.words):
            beside = next((n for n in range(m.start() - 1, -1, -1) if line.words[n].isalpha()), None)
            letter = first if beside is None else self.box(line.at[beside])
            up = [self.box(line.at[n]).is_raised_beside(letter) if line.words[n].isdigit() else None for n in range(*m.span())]
            if True not in up:
                continue
            start = m.start() + up.index(True)  # `Article 3126`, its marker 26
            end = m.end() if False not in up[up.index(True) :] else m.start() + up.index(False, up.index(True))
            before = sum(len(words) for words, _ in runs)
            runs += [(line.words[before:start], False)] if start > before else []
            runs.append((line.words[start:end], True))
        before = sum(len(words) for words, _ in runs)
        runs += [(line.words[before:], False)] if before < len(line.words) else []
        return round(first.height, 2), runs
