"""Word's automatic numbers as they are printed: styles, levels and counters (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..numerals import to_roman

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_UNITS = (
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen "
    "Nineteen"
).split()
_TENS = "Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety".split()


def local(element: _Element) -> str:
    """An element's name without its namespace: strict and transitional files differ in that alone."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first child of that name, and so on down the path."""
    for name in path:
        element = next((c for c in element if local(c) == name), None) if element is not None else None
    return element


def value(element: _Element | None, name: str = "val", otherwise: str = "") -> str:
    """An attribute in Word's own namespace."""
    if element is None:
        return otherwise
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), otherwise)


def on(element: _Element | None) -> bool:
    """Whether a switch like `<w:vanish/>` is there and on."""
    return element is not None and value(element, otherwise="1") not in ("0", "false", "off", "none")


def whole(text: str, otherwise: int = 0) -> int:
    """A whole number as Word writes it; what is none, or beyond all reason, is `otherwise`."""
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else otherwise


def printed(number: int, form: str) -> str:
    """A number in one of Word's number forms.

    >>> printed(28, "lowerLetter"), printed(4, "upperRoman"), printed(21, "cardinalText")
    ('bb', 'IV', 'Twenty-One')
    """
    match form:
        case "none" | "bullet":
            return ""
        case "lowerLetter" | "upperLetter" if 0 < number < 400:
            letters = chr(97 + (number - 1) % 26) * (1 + (number - 1) // 26)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if 0 < number < 400:
            return to_roman(number) if form == "lowerRoman" else to_roman(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "cardinalText" if 0 <= number < 100:
            if number < 20:
                return _UNITS[number]
            return _TENS[number // 10 - 2] + (f"-{_UNITS[number % 10]}" if number % 10 else "")
        case "chicago" if 0 < number < 400:
            return "*†‡§"[(number - 1) % 4] * (1 + (number - 1) // 4)
        case _:
            return str(number)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, its form, how it is printed, after which level it starts again."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int = -1
    legal: bool = False


@dataclass
class Style:
    """What a paragraph style says of headings and lists, its parents' words taken in."""

    level: int = 0
    list_id: str = ""
    depth: int | None = None
    hidden: bool = False


@dataclass
class _List:
    levels: dict[int, Level] = field(default_factory=dict)
    by_style: dict[str, int] = field(default_factory=dict)
    link: str = ""


class Styles:
    """The paragraph styles of a file."""

    def __init__(self, root: _Element | None) -> None:
        self._raw = {value(s, "styleId"): s for s in (root if root is not None else ()) if local(s) == "style"}
        self._known: dict[str, Style] = {}
        self.default = next(
            (k for k, s in self._raw.items() if value(s, "type") == "paragraph" and value(s, "default") in ("1", "true")), ""
        )

    def list_of(self, style: str) -> str:
        """The list that a numbering style stands for."""
        return value(child(self._raw.get(style), "pPr", "numPr", "numId"))

    def get(self, name: str) -> Style:
        """A style by its id; one that the file does not have says nothing."""
        if name in self._known:
            return self._known[name]
        chain: list[_Element] = []
        at = name
        while at in self._raw and len(chain) < 20:  # a file's styles may go in a circle
            chain.append(self._raw[at])
            at = value(child(self._raw[at], "basedOn"))
        style = Style()
        for raw in reversed(chain):
            called = value(child(raw, "name")).lower()
            outline = child(raw, "pPr", "outlineLvl")
            if called == "title":
                style.level = 1
            elif m := re.fullmatch(r"heading ([1-9])", called):
                style.level = int(m[1])
            if outline is not None:
                n = whole(value(outline), 9)
                style.level = n + 1 if 0 <= n < 9 else 0
            listed = child(raw, "pPr", "numPr")
            if listed is not None:
                style.list_id = value(child(listed, "numId"), otherwise=style.list_id)
                if child(listed, "ilvl") is not None:
                    style.depth = whole(value(child(listed, "ilvl")))
            if child(raw, "rPr", "vanish") is not None:
                style.hidden = on(child(raw, "rPr", "vanish"))
        self._known[name] = style
        return style


class Numbering:
    """The lists of a file and their counters; `next` is asked once for each paragraph, in reading order."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                self._read_list(element)
            elif local(element) == "num":
                self._read_number(element)
        for abstract in self._lists.values():
            if abstract.link:
                target = self._lists.get(self._of.get(styles.list_of(abstract.link), ""))
                if target is not None and target is not abstract:
                    abstract.levels, abstract.by_style = target.levels, target.by_style

    def _read_list(self, element: _Element) -> None:
        found = _List(link=value(child(element, "numStyleLink")))
        for raw in element:
            if local(raw) == "lvl":
                depth = whole(value(raw, "ilvl"))
                found.levels[depth] = _level(raw)
                style = value(child(raw, "pStyle"))
                if style:
                    found.by_style[style] = depth
        self._lists[value(element, "abstractNumId")] = found

    def _read_number(self, element: _Element) -> None:
        list_id = value(element, "numId")
        self._of[list_id] = value(child(element, "abstractNumId"))
        for raw in element:
            if local(raw) != "lvlOverride":
                continue
            depth = whole(value(raw, "ilvl"))
            if (changed := child(raw, "lvl")) is not None:
                self._overrides.setdefault(list_id, {})[depth] = _level(changed)
            if (start := child(raw, "startOverride")) is not None:
                self._starts.setdefault(list_id, {})[depth] = whole(value(start), 1)

    def depth_of(self, list_id: str, style: str) -> int:
        """The level that a list links to a style, the first where it links none."""
        found = self._lists.get(self._of.get(list_id, ""))
        return found.by_style.get(style, 0) if found else 0

    def next(self, list_id: str, depth: int) -> str:
        """The number of the next paragraph at a level of a list, as printed; empty for bullets and lists that are not there."""
        key = self._of.get(list_id, "")
        found = self._lists.get(key)
        if found is None or not 0 <= depth < _LEVELS:
            return ""
        levels = found.levels | self._overrides.get(list_id, {})
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for n in self._starts.get(list_id, {}):
                if 0 <= n < _LEVELS:
                    counts[n] = None
        starts = self._starts.get(list_id, {})
        level = levels.get(depth, Level())
        before = counts[depth]
        counts[depth] = starts.get(depth, level.start) if before is None else before + 1
        for above in range(depth):
            if counts[above] is None:
                counts[above] = starts.get(above, levels.get(above, Level()).start)
        for below in range(depth + 1, _LEVELS):
            restart = levels.get(below, Level()).restart
            if restart < 0 or depth < restart:
                counts[below] = None

        def shown(m: re.Match[str]) -> str:
            n = int(m[1]) - 1
            form = levels.get(n, Level()).form
            return printed(counts[n] or 0, "decimal" if level.legal and form != "none" else form)

        return "" if level.form == "bullet" else " ".join(_PLACEHOLDER.sub(shown, level.text).split())


def _level(raw: _Element) -> Level:
    form = value(child(raw, "numFmt"), otherwise="decimal")
    # lvlRestart 0: never; n: after a paragraph of level n (counted from 1) or one above it
    restart = child(raw, "lvlRestart")
    return Level(
        whole(value(child(raw, "start")), 1),
        form,
        value(child(raw, "lvlText")),
        -1 if restart is None else whole(value(restart)),
        on(child(raw, "isLgl")),
    )
