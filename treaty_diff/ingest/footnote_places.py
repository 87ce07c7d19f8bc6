"""Places of footnotes whose markers a source displaced or dropped.

A page's small raised numbers may come out of it on a line of their own, above the line they stand
in, or not at all. What is left shows the place: a blank lost where the number stood, the bracket of
the neighbours' places, and what the footnote says of itself (`this Article`, a term in quotes).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from .footnote_marks import UNIT, Body, Mark, SourceLine, is_lone, taken_by
from .lines import ends
from .numbering import CITING, CONNECTIVES

_BROKEN_LINE = 120
"""Characters that a printed line has at most: a longer one was put together from several."""
_PAGE = 6000
"""Characters within which a lost blank still tells of a lost marker."""

_WORD = re.compile(r"[^\W\d_]+")
_LOST_AFTER_STOP = re.compile(r"(?<=[^\W\d_]{2}[,;:])(?=[^\W\d_])|(?<=[a-zà-ÿ]{2}\.)(?=[A-ZÀ-Ý])")
_LAST_CONNECTIVE = re.compile(r"(?<=[;,])[ \t]+(?:and|or|y|o)$")
_SAYS_WHERE = re.compile(r"\b(?:this|est[ea]|el presente|la presente)\s+(Article|Section|Art[ií]culo|Secci[óòo]n)\b", re.I)
_SAYS_CHAPTER = re.compile(r"\b(?:this|este|el presente)\s+(?:Chapter|Cap[ií]tulo)\b", re.I)
_SCOPE = re.compile(r"scope|[áa]mbito|alcance", re.I)
_NAMED_ARTICLE = re.compile(r"\bArt(?:icle|[ií]culo)\s?\d+\.(\d+)")
_SAYS_PARAGRAPH = re.compile(r"\b(?:this|est[ea])\s+(?:sub)?(?:paragraph|p[áa]rrafo)\b", re.I)
_QUOTED = re.compile(
    r"(?:(?:for|para|con)\b[^,“\"]{3,60},\s+)*(?:(?:the|el|la|los)\s+)?(?:(?:terms?|words?|expressions?|references?\s+to|t[ée]rminos?|"
    r"expresi[óo]n|palabra|referencia\s+al?)\s+)?[“\"](?P<term>[^”\"]{3,60})[”\"]",
    re.I,
)
_AFTER_PRINTED = re.compile(
    r"[ \t]+(?!(?:days?|years?|months?|hours?|weeks?|per|percent|días?|años?|meses|horas?|por (?:ciento|cada))\b)[a-zà-ÿ]|[,;:.)]"
)
_END_OF_LINE = re.compile(rf"[ \t]*(?:[\n{UNIT}]|$)")
_NEW_SENTENCE = re.compile(rf"[ \t]+[A-ZÀ-Ý]|[ \t]*(?:\n\s*[^\Wa-zà-ÿ]|\n\s*[“\"(]|\s*{UNIT}|\s*$)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)([)”]?)$")
_CITED_BEFORE = re.compile(r"[ \t](\d{1,3})$")
_CITED_AND_STOP = re.compile(r"\d\.\d+\.$")
_OWN_NUMBER = re.compile(r"\n[ \t]*\d{1,2}\.$")
_LETTERS = re.compile("[^\\s.,;:()\\[\\]“”‘’\"'/0-9]+")
_SMALL = frozenset(
    "that this with from into upon their other party parties article chapter section annex certain para sobre entre relativas con".split()
)

_FIRST_PARTS = frozenset(
    "with where there here other over under after some every inter through thereby contra entre sobre para como cual bien ante".split()
)
"""What whole words begin with (`without`, `whereas`), so that such a word is no run of two."""


class Place(NamedTuple):
    """Characters `start:end` are the marker, none where the source has dropped it.

    `at` is where the footnote belongs; `why` says how that was inferred, empty where the marker
    is printed there; `blank`: a blank was lost with the marker.
    """

    start: int
    end: int
    at: int
    why: str = ""
    blank: bool = False


class Chapter:
    """A chapter's text with its lines and headings, its words counted when they are asked for."""

    def __init__(self, text: str, lines: Sequence[SourceLine], units: Sequence[str], bodies: Sequence[Body]) -> None:
        self.text, self.lines, self.bodies = text, lines, bodies
        self._ends = {end: start for body in bodies for start, end in body.parts}
        self._starts = [line.start for line in lines]
        self._taken = taken_by(bodies)
        self._counts: Counter[str] | None = None
        self.headings: list[tuple[int, int]] = []
        at = 0
        for n, unit in enumerate(units):
            # heading and body of each article in turn, in front of them the chapter's heading or nothing
            if (n + len(units)) % 2 == 0 or not n:
                self.headings.append((at, at + len(unit.rstrip())))
            at += len(unit) + len(UNIT)
        self.articles = self.headings[len(units) % 2 :]

    def inside_body(self, at: int) -> bool:
        """Whether a footnote's body takes the character at `at`."""
        return self._taken(at)

    def end_of_words(self, at: int) -> int:
        """Where the words before `at` end, footnotes' bodies passed over."""
        at = self._behind_words(at)
        while at in self._ends:
            at = self._behind_words(self._ends[at])
        return at

    def _behind_words(self, at: int) -> int:
        while at and self.text[at - 1] in " \t\n":
            at -= 1
        return at

    def _known(self, word: str) -> bool:
        if self._counts is None:
            self._counts = Counter(_LETTERS.findall(self.text.lower()))
        return self._counts[word] >= (2 if len(word) > 2 else 20)

    def lost_blanks(self, start: int, end: int) -> list[tuple[int, bool]]:
        """Places between `start` and `end` where two words ran together: behind a stop (True), or behind the whole run."""
        found = [(m.start(), True) for m in _LOST_AFTER_STOP.finditer(self.text, start, end)]
        for m in _WORD.finditer(self.text, start, end):
            word = m[0].lower()
            if len(word) < 6 or self._known(word):
                continue
            cuts = (cut for cut in range(4, len(word) - 1) if word[:cut] not in _FIRST_PARTS)
            if any(self._known(word[:cut]) and self._known(word[cut:]) for cut in cuts):
                # inside the run it would part what the source has as one word
                found.append((m.end(), False))
        return sorted(place for place in found if not self.inside_body(place[0]))

    def places(self, marks: Sequence[Mark | None]) -> dict[int, Place]:
        """Where each footnote belongs, by its index in `marks`; without those whose place cannot be known."""
        alone: dict[int, list[int]] = {}
        out: dict[int, Place] = {}
        for n, mark in enumerate(marks):
            if mark is None:
                continue
            line = self._line(mark)
            if is_lone(self.lines[line].words):
                alone.setdefault(line, []).append(n)
            else:
                out[n] = Place(mark.start, mark.end, mark.start)
        for line, owners in alone.items():
            found = [mark for n in owners if (mark := marks[n]) is not None]
            out.update(zip(owners, self._of_line(line, found, [self.bodies[n] for n in owners]), strict=True))
        if None in marks:
            out.update(self._infer(marks))
        return out

    def home(self, mark: Mark) -> Place:
        """Where a marker belongs that has no body."""
        line = self._line(mark)
        if is_lone(self.lines[line].words):
            return self._of_line(line, [mark], [])[0]
        return Place(mark.start, mark.end, mark.start)

    def _line(self, mark: Mark) -> int:
        return bisect_right(self._starts, mark.start) - 1

    # -- markers on a line of their own ---------------------------------------------------

    def _of_line(self, number: int, marks: Sequence[Mark], owners: Sequence[Body]) -> list[Place]:
        """The places of the markers that stand alone on line `number`, `owners` their bodies.

        They belong to the end of the line before. Where that line ends with a blank and an empty
        line follows, they were raised above the line that comes after them, and belong to it.
        """
        line = self.lines[number]
        first = number
        while first > 1 and self.lines[first - 1].words == "," and is_lone(self.lines[first - 2].words):
            first -= 2  # a list of markers, its numbers and its commas each on a line
        start = self.lines[first].start
        before = self.end_of_words(start)
        plain = [Place(mark.start, mark.end, before) for mark in marks]
        if first < number:
            return [Place(self.lines[number - 1].start, plain[0].end, before), *plain[1:]]
        if self.text[:start].rstrip("\n")[-1:] not in (" ", "\t"):
            return plain
        after = re.compile(rf"[ \t]*(?:\n[ \t]*\n|(?P<end>\s*{UNIT})|$)").match(self.text, line.end)
        if after is None:
            return plain
        following = self.lines[number + 1] if number + 1 < len(self.lines) else None
        if following is None or self.inside_body(following.start):
            return plain
        if UNIT in self.text[line.end : following.start]:
            at = following.end
            heads = [(a, b) for a, b in self.articles if b == at]
            if heads and ends(self.text[:before], ".;") and any(self._tells(owner, heads[0]) for owner in owners):
                return [Place(mark.start, mark.end, at) for mark in marks]
            return plain
        blanks = self.lost_blanks(following.start, following.end)
        if blanks:
            apart = not any("," in self.text[mark.start : mark.end] for mark in marks[1:]) and len(blanks) >= len(marks)
            chosen = blanks if apart else blanks[:1] * len(marks)
            return [Place(m.start, m.end, at, blank=blank) for m, (at, blank) in zip(marks, chosen, strict=False)]
        if len(following.words) > _BROKEN_LINE:
            return plain
        last = _LAST_CONNECTIVE.search(following.words)
        at = following.start + (last.start() if last else len(following.words))
        return [Place(mark.start, mark.end, at) for mark in marks]

    def _tells(self, body: Body, heading: tuple[int, int]) -> bool:
        return bool(_SAYS_WHERE.search(body.words)) or self._named(body, [heading]) is not None

    # -- markers that were dropped --------------------------------------------------------

    def _infer(self, marks: Sequence[Mark | None]) -> dict[int, Place]:
        """Places for the bodies without a marker, by their index in `bodies`; those that cannot be known are left out."""
        out: dict[int, Place] = {}

        def run(step: int) -> None:
            n = 0
            while n < len(marks):
                if self._at(marks, out, n) is not None:
                    n += 1
                    continue
                last = n
                while last + 1 < len(marks) and self._at(marks, out, last + 1) is None:
                    last += 1
                low = self._at(marks, out, n - 1) if n else 0
                high = self._at(marks, out, last + 1) if last + 1 < len(marks) else len(self.text)
                assert low is not None
                assert high is not None
                # two may hang on one heading
                low = next((start for start, end in self.articles if end == low), low)
                if low < high:
                    (self._printed, self._read, self._terms, self._blanks, self._said)[step](out, n, last, low, high)
                n = last + 1

        for step in range(5):
            run(step)
        return out

    @staticmethod
    def _at(marks: Sequence[Mark | None], out: dict[int, Place], n: int) -> int | None:
        mark = marks[n]
        if mark is not None:
            return mark.start
        return out[n].at if n in out else None

    def _printed(self, out: dict[int, Place], first: int, last: int, low: int, high: int) -> None:
        """A number that stands where a marker may, though elsewhere it would be taken for an amount."""
        for n in range(first, last + 1):
            body = self.bodies[n]
            number = body.number
            found = []
            for m in re.compile(rf"{number}(?![\w.,]?\d)").finditer(self.text, low, high):
                start = self._printed_from(m.start(), m.end(), body)
                if start is not None and not self.inside_body(m.start()):
                    found.append(Place(start, m.end(), start))
            before = [place for place in found if place.start < body.start]
            if before or found:
                out[n] = before[-1] if before else found[0]
                low = out[n].end

    def _printed_from(self, start: int, end: int, body: Body) -> int | None:
        """Where a marker begins whose digits are `start:end`, None where they can be no marker."""
        text, before = self.text, self.text[max(0, start - 40) : start]
        if before[-1:].isdigit():
            # behind a number that is cited: `Article 3126`
            cited = _CITED_BEFORE.search(before)
            return start if cited and re.search(rf"\b{cited[1]}\b", body.words[:100]) else None
        if _OWN_NUMBER.search(before):
            # behind a paragraph's number, alone on its line: `4.14`
            return start if text[end : end + 2].strip(" \t")[:1] in ("", "\n") else None
        if _CITED_AND_STOP.search(before):
            # behind a citation and the stop of its sentence: `Article 3.10.13.26 Each`
            return start if _NEW_SENTENCE.match(text, end) else None
        if before[-1:] not in (" ", "\t"):
            return None
        if _END_OF_LINE.match(text, end):
            listed = before[:-1].endswith(str(body.number - 1))
            return start - 1 if listed or ends(before[:-1]) else None
        if not _AFTER_PRINTED.match(text, end):
            return None
        if before[:-1].endswith(str(body.number - 1)):
            return start - 1
        word = _WORD_BEFORE.search(before[:-1])
        if word is None or word[1].lower() in CONNECTIVES:
            return None
        return start - 1 if word[1].lower() not in CITING or word[2] else None

    def _between(self, low: int, high: int) -> list[tuple[int, int]]:
        """The articles' headings that end between `low` and `high`."""
        return self.articles[bisect_left(self.articles, (low, 0)) : bisect_right(self.articles, (high, 0))]

    def _read(self, out: dict[int, Place], first: int, last: int, low: int, high: int) -> None:
        """The heading of the article that the body names, or whose words it repeats."""
        for n in range(first, last + 1):
            heading = self._named(self.bodies[n], self._between(low, high), near=True)
            if heading is not None:
                out[n] = Place(heading[1], heading[1], heading[1], "the heading that the body speaks of")
                low = heading[0]

    def _named(self, body: Body, headings: Sequence[tuple[int, int]], *, near: bool = False) -> tuple[int, int] | None:
        opening = body.words[:90]
        for m in _NAMED_ARTICLE.finditer(opening):
            n = int(m[1]) - 1
            if n < len(self.articles) and self.articles[n] in headings:
                return self.articles[n]
        if _SAYS_PARAGRAPH.search(body.words):
            return None
        if near:
            # a page's footnotes stand in the article they belong to, or in the next
            last = bisect_right(self.articles, (body.start, 0))
            headings = [heading for heading in headings if heading in self.articles[max(0, last - 2) : last]]
        quoted = _QUOTED.match(body.words)
        said = {word[:7] for word in _WORD.findall((quoted["term"] if quoted else body.words).lower())}
        best, share = None, 0.0
        for start, end in headings:
            words = {w[:7] for w in _WORD.findall(self.text[start:end].lower()) if len(w) > 3 and w not in _SMALL}
            here = len(words & said) / len(words) if words else 0.0
            if here > share and (len(words & said) > 1 or here == 1.0):
                best, share = (start, end), here
        return best if share >= 0.5 else None

    def _blanks(self, out: dict[int, Place], first: int, last: int, low: int, high: int) -> None:
        """As many blanks lost as markers are missing; the last may have stood at its line's end, where none is lost."""
        missing = last - first + 1
        high = min(high, max(self.bodies[first].start, low))
        if high - low > _PAGE:
            return
        if self._between(low, high) and _SAYS_WHERE.search(self.bodies[first].words):
            return
        blanks = self.lost_blanks(low, high)
        if blanks and len(blanks) == missing - 1:
            end = self.text.find("\n", blanks[-1][0])
            end = len(self.text[: end if end >= 0 else len(self.text)].rstrip())
            if ends(self.text[:end], ".;:"):
                blanks.append((end, False))
        if len(blanks) == missing:
            for n, (at, blank) in enumerate(blanks, first):
                out[n] = Place(at, at, at, "a line from which numbers were lost", blank)

    def _terms(self, out: dict[int, Place], first: int, last: int, low: int, high: int) -> None:
        """The term in quotes that the body explains, where it first stands."""
        for n in range(first, last + 1):
            quoted = _QUOTED.match(self.bodies[n].words)
            if quoted is None:
                continue
            stop = min(high, self.bodies[n].start) if self.bodies[n].start > low else high
            pattern = re.compile(rf"\b{re.escape(quoted['term'].strip(' ,.;'))}\b", re.I)
            found = [m.end() for m in pattern.finditer(self.text, low, stop) if not self.inside_body(m.start())]
            heads = [at for at in found if _END_OF_LINE.match(self.text, at) and not ends(self.text[:at], ".;:,")]
            if heads or len(found) == 1 or (found and " " in quoted["term"]):
                at = (heads or found)[0]
                out[n] = Place(at, at, at, "the term that the body explains")
                low = at

    def _said(self, out: dict[int, Place], first: int, last: int, low: int, high: int) -> None:
        """The heading of the article that the body calls `this Article`; what is said of the chapter hangs on its scope."""
        for n in range(first, last + 1):
            body = self.bodies[n]
            between = self._between(low, high)
            heading = None
            if _SAYS_WHERE.search(body.words):
                heading = next((h for h in reversed(between) if h[0] < body.start), None)
            elif _SAYS_CHAPTER.search(body.words):
                scope = [h for h in between if _SCOPE.search(self.text[h[0] : h[1]])]
                heading = scope[0] if len(scope) == 1 else None
            if heading is not None:
                out[n] = Place(heading[1], heading[1], heading[1], "the heading that the body speaks of")
                low = heading[0]
