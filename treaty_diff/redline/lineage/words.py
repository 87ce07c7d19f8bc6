"""A text as a row of word numbers, with the line and the article of each.

Spelling, hyphens, quotes and number words are folded (`treaty_diff.text.folding`); a citation of the text's own
provisions, however long, is one key that equals any other such citation. Numbers of provisions are no words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ...align.features import by_unit
from ...text import folding
from ...text.model import MultiReference, Provision, Reference, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

CITATION = 0
"""The key of every citation of the text's own provisions."""
BREAK = -1
"""The key that stands where no run goes on: after a heading and between articles."""
_LINE, _OPEN, _CLOSE = -2, -3, -4
_SIGNS = {BREAK: "\ud800", _LINE: "\ud801", _OPEN: "\ud802", _CLOSE: "\ud803"}
"""What stands for a break, a line's end and a citation's ends while a text is cut into words: no text that can be written has these."""
_SEVERAL = -16
"""This number and those below it are of chunks that do not hold just one word."""
_MARKS = '.,;:"“”'
"""Marks that are of no word, wherever they stand at its edge."""


class Vocabulary(dict[str, int]):
    """The number of the word that stands between two blanks: `goods,` has that of `goods`.

    What holds several words (`and/or`) or none (`–`) has a negative number, by which `several` has the words' numbers.
    """

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, int] = {"": CITATION}
        self.several: list[tuple[int, ...]] = [()]
        for key, sign in _SIGNS.items():
            self[sign] = key

    def __missing__(self, chunk: str) -> int:
        known = self.known
        if chunk.isalpha():
            found = known.setdefault(folding.fold_word(chunk), len(known))
        elif (bare := chunk.strip(_MARKS)) != chunk:
            found = self[bare] if bare else _SEVERAL
        else:
            numbers = tuple([known.setdefault(word, len(known)) for word in folding.words(chunk)])
            if len(numbers) == 1:
                found = numbers[0]
            else:
                found = _SEVERAL - (len(self.several) if numbers else 0)
                if numbers:
                    self.several.append(numbers)
        self[chunk] = found
        return found

    def spelt(self, numbers: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The words of numbered chunks, and of each word the chunk that it is in and which of its words it is."""
        import numpy as np

        size = np.array([len(some) for some in self.several], dtype=np.int64)
        flat = np.array([n for some in self.several for n in some], dtype=np.int64)
        many = numbers <= _SEVERAL
        count = np.ones(len(numbers), dtype=np.int64)
        count[many] = size[_SEVERAL - numbers[many]]
        chunk = np.repeat(np.arange(len(numbers)), count)
        inner = np.arange(len(chunk)) - (np.cumsum(count) - count)[chunk]
        words = numbers[chunk]
        at = np.flatnonzero(words <= _SEVERAL)
        words[at] = flat[(np.cumsum(size) - size)[_SEVERAL - words[at]] + inner[at]]
        return words, chunk, inner


class Part(NamedTuple):
    """A line of `treaty_diff.text.plain` before it is put together (a tuple, because a treaty has thousands).

    `unit` is the eId of its article, `place` which of the provision's own lines it is; `num` the number or marker as printed; `texts`
    the texts that make its words, with `joint` between them.
    """

    provision: Provision
    unit: str
    place: int
    num: str
    texts: tuple[Text, ...]
    joint: str = " "

    @property
    def words(self) -> str:
        """The line's words, as `plain.Line.words`."""
        return self.joint.join([text.content for text in self.texts])

    @property
    def before(self) -> int:
        """Characters that stand before the words in the line's text."""
        return len(self.num) + 1 if self.num else 0


@dataclass(frozen=True, slots=True)
class Stream:
    """A text's keys in reading order.

    `words` is how many words each key stands for (a citation for several, a break for none); `line` and `unit` number the line and
    the article (or annex, preamble, container's heading) of each key; `lines` has the lines themselves, `units` the articles' eIds.
    `chunks` are what stands between blanks; those that `silent` names are signs of ours, `ends` those after a line's last one. `first`
    and `last` say of each key among which chunk its first and its last word are, and which word of the chunk each is.
    """

    keys: Numbers
    words: Numbers
    line: Numbers
    unit: Numbers
    lines: tuple[Part, ...]
    units: tuple[str, ...]
    chunks: list[str]
    silent: Numbers
    ends: Numbers
    first: tuple[Numbers, Numbers]
    last: tuple[Numbers, Numbers]


def parts(root: Provision) -> Iterator[Part]:
    """The lines of a text in reading order, those of `plain.lines` one by one."""
    for p, unit in by_unit(root):
        num, heading, text = p.num, p.heading, p.text
        own = tuple([t for t in (heading, text) if t is not None and t.content])
        place = 0
        if own or (num is not None and num.content):
            yield Part(p, unit, place, num.content if num is not None else "", own)
            place += 1
        for row in p.table:
            yield Part(p, unit, place, "", tuple([cell.text for cell in row]), "\t")
            place += 1
        if p.table or (text and text.notes) or (heading and heading.notes) or (num and num.notes):
            for note in p.footnotes:
                yield Part(p, unit, place, f"[{note.marker}]", (note.body,))
                place += 1


def _signed(text: Text) -> Iterator[str]:
    """The words of a text, its citations of its own provisions between signs; what touches one belongs to it."""
    content = text.content
    done = 0
    for span in text.spans:
        if not isinstance(span, Reference | MultiReference) or not done <= span.start < span.end:
            continue
        start, end = span.start, span.end
        while start > done and not content[start - 1].isspace():
            start -= 1
        while end < len(content) and not content[end].isspace():
            end += 1
        yield content[done:start]
        yield _SIGNS[_OPEN]
        yield content[start:end]
        yield _SIGNS[_CLOSE]
        done = end
    yield content[done:]


def stream(root: Provision, vocabulary: Vocabulary) -> Stream:
    """The words of a whole text."""
    import numpy as np

    lines = tuple(parts(root))
    pieces: list[str] = []
    units: dict[str, int] = {}
    owner: list[int] = []
    before = ""
    for p, unit, _, _, texts, _ in lines:
        if unit != before:
            pieces.append(_SIGNS[BREAK])
            before = unit
        for text in texts:
            if text.spans:
                pieces.extend(_signed(text))
            else:
                pieces.append(text.content)
            if text is p.heading:
                pieces.append(_SIGNS[BREAK])
        pieces.append(_SIGNS[_LINE])
        owner.append(units.setdefault(unit, len(units)))
    chunks = " ".join(pieces).split()
    row, chunk, inner = vocabulary.spelt(np.fromiter(map(vocabulary.__getitem__, chunks), dtype=np.int64, count=len(chunks)))
    silent, ends = chunk[row < 0], chunk[row == _LINE]
    line = np.cumsum(row == _LINE)
    opened, closed = row == _OPEN, row == _CLOSE
    inside = np.cumsum(opened) > np.cumsum(closed)
    total = np.cumsum(row >= 0)
    words = (row >= 0).astype(np.int64)
    words[opened] = total[closed] - total[opened]
    row[opened] = CITATION
    kept = np.flatnonzero(((row >= 0) & ~inside) | (opened & (words > 0)) | (row == BREAK))
    first = kept + opened[kept]
    last = first + np.maximum(words[kept] - 1, 0)
    line = line[kept]
    return Stream(
        row[kept],
        words[kept],
        line,
        np.array(owner, dtype=np.int64)[line],
        lines,
        tuple(units),
        chunks,
        silent,
        ends,
        (chunk[first], inner[first]),
        (chunk[last], inner[last]),
    )
