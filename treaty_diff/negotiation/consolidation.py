"""Several Parties' texts over a common base as one bracketed text.

What all have is plain. The rest is in brackets: alternatives side by side, what only some add or delete with who opposes, and inside a
bracket of several Parties what they differ in. A Party with a text is on a side of every bracket, or of one beside it, so that its
view is its own text byte for byte; one without a text gets the base.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import changing
from .brackets import Bracket, Node, Side, Verb, Words, joined
from .changing import Change

_BRIDGE = 3
"""Tokens in common between two changes, blanks among them, that are not worth closing a bracket for."""

_ALIKE = 60.0
"""How much of two additions must agree, of 100, for them to share a bracket."""


def consolidate(base: str, texts: Mapping[str, str], reserved: bool = False) -> tuple[Node, ...]:
    """The bracketed text of the Parties' texts (by ISO 3166-1 alpha-3 code) over a base.

    `reserved`: there are Parties without a text, so that the words in force are kept, as such, where no Party keeps them.
    """
    tokens = changing.tokens(base)
    changes = {party: changing.changes(tokens, changing.tokens(text)) for party, text in sorted(texts.items())}
    nodes: list[Node] = []
    at = 0
    for start, end in _regions(tokens, changes):
        _plain(nodes, "".join(tokens[at:start]))
        options: dict[str, list[str]] = {}
        for party, made in changes.items():
            options.setdefault(_as_had(tokens, made, start, end), []).append(party)
        nodes += _place("".join(tokens[start:end]), options, reserved)
        at = end
    _plain(nodes, "".join(tokens[at:]))
    return joined(nodes)


def _regions(tokens: Sequence[str], changes: Mapping[str, Sequence[Change]]) -> list[tuple[int, int]]:
    """Base tokens that some Party changes, near ones in a sentence together."""
    out: list[tuple[int, int]] = []
    for start, end in sorted({(c.start, c.end) for made in changes.values() for c in made}):
        if out and (start <= out[-1][1] or _bridged(tokens[out[-1][1] : start])):
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _bridged(between: Sequence[str]) -> bool:
    return len(between) <= _BRIDGE and not any(token in ".;:\n" for token in between)


def _as_had(tokens: Sequence[str], made: Sequence[Change], start: int, end: int) -> str:
    """A region of the base as a Party has it."""
    out, at = [], start
    for change in made:
        if start <= change.start and change.end <= end:
            out += [*tokens[at : change.start], change.words]
            at = change.end
    return "".join([*out, *tokens[at:end]])


def _place(base: str, options: Mapping[str, Sequence[str]], reserved: bool) -> list[Node]:
    """One place that Parties have differently, what they begin and end with alike outside the brackets.

    Where the words in force are among the alternatives, they were compared with each already.
    """
    if reserved or base in options or len(options) == 1:
        return _bracketed(base, options, reserved)
    rows = [changing.tokens(words) for words in options]
    shortest = min(map(len, rows))
    start = next((n for n in range(shortest) if len({row[n] for row in rows}) > 1), shortest)
    rest = shortest - start
    end = next((n for n in range(rest) if len({row[-1 - n] for row in rows}) > 1), rest)
    inner = {"".join(row[start : len(row) - end]): who for row, who in zip(rows, options.values(), strict=True)}
    before, behind = "".join(rows[0][:start]), "".join(rows[0][len(rows[0]) - end :])
    return [node for node in (Words(before), *_bracketed("", inner, reserved), Words(behind)) if node != Words("")]


def _bracketed(base: str, options: Mapping[str, Sequence[str]], reserved: bool) -> list[Node]:
    """One place that Parties have differently: `options` are their words, and who has them."""
    if len(options) == 1 and not (reserved and base not in options):
        (words,) = options
        return [Words(words)] if words else []
    without = tuple(options.get("", ()))
    out: list[Node] = []
    held = {words: list(who) for words, who in options.items() if words}
    if reserved and base and base not in held:
        out.append(Bracket((Side(tuple(sorted(p for who in options.values() for p in who)), Verb.DELETE),), (Words(base),)))
    for words, who in _clusters(held, base):
        inner = consolidate(words, who) if len(set(who.values())) > 1 else (Words(words),)
        sides = [Side(tuple(sorted(who)))]
        in_force = words == base and base
        rest = tuple(sorted(p for other in options.values() for p in other if p not in who))
        if in_force and (reserved or without):
            against = rest if reserved else without
            sides += [Side(tuple(sorted(against)), Verb.DELETE)] if against else []
        elif without:
            sides.append(Side(tuple(sorted(without)), Verb.OPPOSE))
        out.append(Bracket(tuple(sides), inner))
    return out


def _clusters(held: Mapping[str, Sequence[str]], base: str) -> list[tuple[str, dict[str, str]]]:
    """Alternatives, those that are much alike together: the words that lead each, and what its Parties have.

    The words in force stay alone, so that it can be seen which they are.
    """
    from rapidfuzz.fuzz import ratio

    out: list[tuple[str, dict[str, str]]] = []
    for words, who in sorted(held.items(), key=lambda item: (item[0] != base, sorted(item[1]))):
        mine = dict.fromkeys(who, words)
        home = next(
            (c for c in out if c[0] != base and words != base and _worth(c[0], words) and ratio(c[0], words) >= _ALIKE), None
        )
        if home is None:
            out.append((words, mine))
        else:
            home[1].update(mine)
    return out


def _worth(*texts: str) -> bool:
    """Whether texts are long enough for a bracket of their own to hold smaller ones."""
    return all(text.count(" ") >= 5 for text in texts)


def _plain(nodes: list[Node], words: str) -> None:
    if words:
        nodes.append(Words(words))
