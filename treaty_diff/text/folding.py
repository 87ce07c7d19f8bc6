"""Words as they are compared: spelling, hyphens, quotes and numerals folded.

Comparing works on folded words and shows the authentic ones; nothing here is ever stored.
Tokens are words, numbers with what they cite (`1904(2)(d)`), and marks, each with the white
space before it, so that a token list joins back to its text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ..numerals import WORDS

_WORDS = r"\d+(?:[.,]\d+)*(?:\([0-9A-Za-z]{1,5}\))*|[^\W\d_]+(?:[-\u2010\u2011'’\u00ad][^\W\d_]+)*"
_TOKEN = re.compile(r"(?P<space>[^\S\n]*)(?P<word>" + _WORDS + r"|\n|\S)|(?P<rest>[^\S\n]+)")
RAW = re.compile(r"[^\S\n]*(?:" + _WORDS + r"|\n|\S)|[^\S\n]+")
"""A token with the white space before it; white space at the end is one, too."""
WORD = re.compile(_WORDS)
"""A word, or a number with what it cites."""
_OUR = re.compile(r"(arb|avi|eav|fav|ghb|hon|hum|lab|col|rig|vig|rum)our")
_IZE = re.compile(r"(?<=[a-z]{3})([iy])z(e|es|ed|er|ers|ing|ation|ations|able)$")
_RE = re.compile(r"(cent|fib|lit|met|theat|calib)re(s?)$")
_DOUBLE = re.compile(
    r"\b(cance|trave|labe|counse|leve|signa|tota|fue|mode|channe|marsha|pane|tunne|initia|dia|equa|riva|jewe)"
    r"ll(ist|ists|ed|ing|er|ers|or|ors|ation)$"
)
_ENCE = re.compile(r"(lic|def|off|pret)ence(s?)$")
_IRREGULAR = {
    "programme": "program", "programmes": "programs", "practise": "practice", "practised": "practiced",
    "fulfil": "fulfill", "fulfils": "fulfills", "fulfilment": "fulfillment", "enrol": "enroll",
    "judgement": "judgment", "judgements": "judgments", "acknowledgement": "acknowledgment", "cheque": "check",
    "instalment": "installment", "instalments": "installments", "ageing": "aging", "grey": "gray",
    "catalogue": "catalog", "dialogue": "dialog", "tyre": "tire",
}  # fmt: skip
_OPENING = frozenset({".", ":", ";", "?", "!", "\n"})
_QUOTES = frozenset("\"“”‘’'([«")
_APOSTROPHES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\u2010": "-", "\u2011": "-"}
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark: the white space before it, itself, and its folded form.

    `opens` where it stands at the start of a sentence, so that a capital there says nothing.
    """

    space: str
    word: str
    key: str
    opens: bool = False

    @property
    def raw(self) -> str:
        """The token's characters."""
        return self.space + self.word


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """A word's form for comparing: small letters, American spelling, no hyphen, digits for number words.

    >>> fold_word("Favourable"), fold_word("recognise"), fold_word("anti-dumping"), fold_word("Sixty")
    ('favorable', 'recognise', 'antidumping', '60')
    >>> fold_word("recognize")
    'recognise'
    """
    if word.isascii():
        text = word.lower()
    else:
        text = unicodedata.normalize("NFKC", word).translate(_APOSTROPHES).replace("\u00ad", "").lower()
    if text in WORDS:
        return str(WORDS[text])
    if "-" in text and len(text) > 1:
        return "".join([fold_word(part) if part.isalpha() else part for part in text.split("-")])
    if text in _IRREGULAR:
        return _IRREGULAR[text]
    # A look for the letters costs a tenth of a look for the pattern, and most words have none of them.
    if "our" in text:
        text = _OUR.sub(r"\1or", text)
    if "z" in text:
        text = _IZE.sub(r"\1s\2", text)
    if "re" in text:
        text = _RE.sub(r"\1er\2", text)
    if "ence" in text:
        text = _ENCE.sub(r"\1ense\2", text)
    if "ll" in text:
        text = _DOUBLE.sub(r"\1l\2", text)
    return text


def tokens(text: str) -> list[Token]:
    """The tokens of a text; their `raw` forms joined give it back. A line end is a token of its own."""
    out = []
    opens = True
    for m in _TOKEN.finditer(text):
        word = m["word"] or m["rest"]  # white space at the end is a token, too
        out.append(Token(m["space"] or "", word, fold_word(word), opens))
        if word in _OPENING:
            opens = True
        elif word not in _QUOTES:
            opens = False
    return out


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, marks left out.

    >>> words("No Party shall, within 10 days, …")
    ['no', 'party', 'shall', 'within', '10', 'days']
    """
    return [fold_word(word) for word in WORD.findall(text)]
