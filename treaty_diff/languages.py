"""Language codes: two letters as people type them, three (ISO 639-2/T) as Akoma Ntoso stores them."""

from __future__ import annotations

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
    low = code.lower()
    if low in _ALPHA3:
        return _ALPHA3[low]
    if len(low) == 3 and low.isascii() and low.isalpha():
        return low
    raise SelectorError(
        f"“{code}” is not a language code.",
        cause="languages are named by ISO 639 codes",
        fix="write for example en, es, fr or eng, spa, fra",
    )


def alpha2(code: str) -> str:
    """The short code for people and HTML's `lang`; a code without one stays as it is."""
    return _ALPHA2.get(code, code)


def name(code: str) -> str:
    """English name of a language, its code where we know none."""
    return _NAMES.get(code, code)
