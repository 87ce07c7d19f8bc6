"""Language codes: two letters as people type them, three (ISO 639-2/T) as Akoma Ntoso stores them."""

from __future__ import annotations

from collections.abc import Iterable

from .errors import SelectorError

_ALPHA3 = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "id": "ind", "it": "ita", "ja": "jpn",
    "ko": "kor", "ms": "msa", "nl": "nld", "pt": "por", "ru": "rus", "th": "tha", "tr": "tur", "vi": "vie", "zh": "zho",
}  # fmt: skip
_ALPHA2 = {three: two for two, three in _ALPHA3.items()}
_NAMES = {
    "ara": "Arabic", "deu": "German", "eng": "English", "fra": "French", "ind": "Indonesian", "ita": "Italian",
    "jpn": "Japanese", "kor": "Korean", "msa": "Malay", "nld": "Dutch", "por": "Portuguese", "rus": "Russian",
    "spa": "Spanish", "tha": "Thai", "tur": "Turkish", "vie": "Vietnamese", "zho": "Chinese",
}  # fmt: skip


def alpha3(code: str) -> str:
    """The three-letter code of `code`, which may have two letters or three.

    Raises SelectorError for a code that is neither.

    >>> alpha3("es"), alpha3("spa")
    ('spa', 'spa')
    """
    if is_code(code):
        low = code.lower()
        return _ALPHA3.get(low, low)
    raise SelectorError(
        f"“{code}” is not a language code.",
        cause="languages are named by ISO 639 codes",
        fix="write for example en, es, fr or eng, spa, fra",
    )


def is_code(code: str) -> bool:
    """Whether a source's language is a code that `alpha3` takes."""
    low = code.lower()
    return low in _ALPHA3 or (len(low) == 3 and low.isascii() and low.isalpha())


_COMMON = {
    "eng": frozenset("the of and shall be or any which by for with under is not that this party".split()),
    "spa": frozenset("el los las del que y o en para por una con se su parte presente será cualquier".split()),
    "fra": frozenset("le les des du et ou dans pour par une est qui au aux partie sont présent ce".split()),
}
_FEWEST, _TIMES, _SAMPLE = 40, 3, 20_000


def guess(texts: Iterable[str]) -> str:
    """The language that words plainly are of, by their commonest small words; empty where it is not plain, or none that we know.

    >>> guess(["The Parties shall cooperate with the harbour of the Party that is nearest to it. "] * 10)
    'eng'
    """
    hits = dict.fromkeys(_COMMON, 0)
    seen = 0
    for text in texts:
        for word in text.lower().split():
            for code, common in _COMMON.items():
                hits[code] += word in common
            seen += 1
        if seen > _SAMPLE:
            break
    first, second = sorted(hits, key=lambda code: -hits[code])[:2]
    return first if hits[first] >= _FEWEST and hits[first] > _TIMES * hits[second] else ""


def alpha2(code: str) -> str:
    """The short code for people and HTML's `lang`; a code without one stays as it is."""
    return _ALPHA2.get(code, code)


def name(code: str) -> str:
    """English name of a language, its code where we know none."""
    return _NAMES.get(code, code)
