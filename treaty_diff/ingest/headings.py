"""Headings: their case, and those that hang at the end of the article before."""

from __future__ import annotations

import re

from .lines import bare

_SMALL = {
    "eng": frozenset(
        (
            "a an and as at between but by for from in into nor of on onto or over per the through to under upon via with "
            "within without"
        ).split()
    ),
    "spa": frozenset("a al con de del e el en entre la las los o para por que sin sobre su sus u un una y".split()),
    "fra": frozenset("à au aux avec d' dans de des du en et l' la le les ou par pour sans sur un une".split()),
}
_ACRONYMS = frozenset(
    "GATT WTO NAFTA OECD TRIPS TRIMS GATS TBT SPS APEC ILO ICSID NAALC NAAEC UNCITRAL WIPO IMF WCO CUSFTA MERCOSUR EU US USA "
    "OMC APEC ADPIC TLCAN OIT MSF OTC AGCS".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SECTION = re.compile(
    r"(?P<num>(?P<word>Section|Secci[oóòö]n|Subsection|Subsecci[oóòö]n)\s+(?P<label>[A-Z]|[IVX]+|\d{1,2})\b)\s*(?P<sep>[:–—.\-]?)\s*(?P<heading>.*)",
    re.S,
)
_ANNEX = re.compile(
    r"(?P<num>(?P<word>Annex|ANNEX|Anexo|ANEXO|Annexe|ANNEXE|Appendix|APPENDIX|Apéndice)\s+(?P<label>[A-Z0-9][\w.\-]*(?:\([a-z0-9]+\))*))\s*(?P<sep>[:–—]?)\s*(?P<heading>.*)",
    re.S,
)
_VERBS = re.compile(
    r"\b(?:shall|may|is|are|was|were|has|have|applies|apply|sets?|means|includes?|does|do|provides?|contains?|establish(?:es)?|deberá|podrá|aplica|establece|es|son)\b"
)


def recase(heading: str, language: str) -> str:
    """A heading in Title Case with its small words small and acronyms in capitals.

    >>> recase("Relation To Gatt Dispute Settlement", "eng")
    'Relation to GATT Dispute Settlement'
    """
    small = _SMALL.get(language, frozenset())
    first = True

    def word(m: re.Match[str]) -> str:
        nonlocal first
        text, leading = m[0], first or heading[max(0, m.start() - 8) : m.start()].rstrip().endswith((":", "–", "—", " -"))
        first = False
        if text.upper() in _ACRONYMS and text == text.title():
            return text.upper() if text.upper() not in ("US", "EU") else text
        if not leading and text == text.title() and text.lower() in small:
            return text.lower()
        return text

    return _WORD.sub(word, heading)


def small_words() -> frozenset[str]:
    """Words that headings print small, in all languages known."""
    return frozenset().union(*_SMALL.values())


def numeral(num: str) -> str:
    """A number in capitals as treaties print it: `CHAPTER TWENTY ONE` → `Chapter Twenty-One`.

    >>> numeral("ARTICLE 1904")
    'Article 1904'
    >>> numeral("APPENDIX TO ANNEX 26-A")
    'Appendix to Annex 26-A'
    """
    words = num.split()
    if not words or not words[0].isupper():
        return num
    if len(words) > 2 and words[1].lower() in small_words():  # `APPENDIX TO ANNEX 26-A`
        return " ".join(_word_of_number(word) for word in words)
    spelt = [w.title() if len(w) > 2 or len(words) > 2 else w for w in words[1:]]
    return f"{words[0].capitalize()} {'-'.join(spelt)}".strip()


def _word_of_number(word: str) -> str:
    return word.lower() if word.lower() in small_words() else word.capitalize() if word.isalpha() and len(word) > 2 else word


def looks_like(words: str) -> bool:
    """Whether a line reads as a heading: short, no stop at its end, capitals, no verb of duty."""
    text = bare(words).strip()
    if not text or len(text) > 140 or text[-1] in ".;,:" or _VERBS.search(text):
        return False
    tokens = [w for w in _WORD.findall(text) if w.lower() not in _SMALL["eng"] | _SMALL["spa"]]
    return bool(tokens) and text[0].isupper() and sum(w[0].isupper() for w in tokens) >= 0.75 * len(tokens)


def section(words: str) -> re.Match[str] | None:
    """`Section B: …` with its heading, where the line is one."""
    m = _SECTION.fullmatch(words)
    if m is None or (m["heading"] and not looks_like(m["heading"])):
        return None
    return m


def annex(words: str, *, marked: bool = False) -> re.Match[str] | None:
    """`Annex 1901.2: …` with its heading, where the line opens an annex; `marked` as a heading by the source."""
    m = _ANNEX.fullmatch(words)
    if m is None:
        return None
    if marked:
        return m
    if not m["heading"]:
        return m if m["label"][-1] not in "." else None
    return m if m["sep"] and looks_like(m["heading"]) else None


def is_subsection(match: re.Match[str]) -> bool:
    """Whether a section's heading says that it is a subsection."""
    return match["word"].lower().startswith("subsec")
