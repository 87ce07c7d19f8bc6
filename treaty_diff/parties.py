"""Parties to treaties: three letters (ISO 3166-1 alpha-3) as texts are kept, two as brackets write them, names for people."""

from __future__ import annotations

from collections.abc import Iterable

from .errors import SelectorError

_PARTIES = {
    "AUS": ("AU", "Australia"), "BRN": ("BN", "Brunei Darussalam"), "CAN": ("CA", "Canada"), "CHL": ("CL", "Chile"),
    "CHN": ("CN", "China"), "COL": ("CO", "Colombia"), "CRI": ("CR", "Costa Rica"), "GBR": ("GB", "United Kingdom"),
    "JPN": ("JP", "Japan"), "KOR": ("KR", "Korea"), "MEX": ("MX", "Mexico"), "MYS": ("MY", "Malaysia"),
    "NZL": ("NZ", "New Zealand"), "PAN": ("PA", "Panama"), "PER": ("PE", "Peru"), "SGP": ("SG", "Singapore"),
    "USA": ("US", "United States"), "VNM": ("VN", "Viet Nam"),
}  # fmt: skip
_WITH_ARTICLE = frozenset({"GBR", "USA"})
_ALPHA3 = {two: three for three, (two, _) in _PARTIES.items()}


def is_code(code: str) -> bool:
    """Whether capitals name a Party that we know, by two letters or three."""
    return code in _PARTIES or code in _ALPHA3


def alpha3(code: str) -> str:
    """The three-letter code of a Party, given by two letters or three.

    Raises SelectorError for a code of no Party that we know.

    >>> alpha3("us"), alpha3("MEX")
    ('USA', 'MEX')
    """
    high = code.strip().upper()
    if high in _PARTIES:
        return high
    if high in _ALPHA3:
        return _ALPHA3[high]
    raise SelectorError(
        f"“{code}” is the code of no Party.",
        cause="Parties are named by ISO 3166-1 codes",
        fix=f"write one of {', '.join(f'{three} ({two})' for three, (two, _) in _PARTIES.items())}",
    )


def alpha2(code: str) -> str:
    """The two-letter code that brackets write; a code without one stays as it is."""
    return _PARTIES[code][0] if code in _PARTIES else code


def name(code: str) -> str:
    """English name of a Party, its code where we know none."""
    return _PARTIES[code][1] if code in _PARTIES else code


def names(codes: Iterable[str]) -> str:
    """Several Parties in running text.

    >>> names(["CAN", "USA"])
    'Canada and the United States'
    """
    *most, last = (f"the {name(code)}" if code in _WITH_ARTICLE else name(code) for code in codes)
    return f"{', '.join(most)} and {last}" if most else last


def possessive(codes: Iterable[str]) -> str:
    """Several Parties as those whose something is.

    >>> possessive(["USA"]), possessive(["CAN", "MEX"])
    ('the United States’', 'Canada and Mexico’s')
    """
    said = names(codes)
    return f"{said}’" if said.endswith("s") else f"{said}’s"


def joined(codes: Iterable[str]) -> str:
    """Parties that table a text together, as its id and selectors write them: `CAN-MEX`."""
    return "-".join(sorted(map(alpha3, codes)))
