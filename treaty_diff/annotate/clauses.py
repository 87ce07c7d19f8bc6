"""Binding words of a line: who must, may or is said to do what."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import StrEnum
from typing import NamedTuple

from .config import AFFIRMS, HEADS, HEDGE_KEYS, HEDGES, ROLES, STATES, STATES_UNLESS_WHO
from .scanning import ends, every


class Bind(StrEnum):
    """How a clause binds; clauses are weighed only inside a kind."""

    DUTY = "duty"
    RIGHT = "right"
    STATEMENT = "statement"


SHALL, EFFORT, CONSIDER, SHOULD, ENCOURAGED = 5, 4, 3, 2, 1


class Clause(NamedTuple):
    """A clause with a binding word at `start:end`; it reaches from `left` to `right`.

    `strength` orders clauses of one kind: duties 5 (`shall`) to 1 (`are encouraged to`), rights 2 (`may`) and 1 (`may only`),
    statements 2 (`affirm`) and 1 (`recognise`). `actor` is who acts as it is compared, `who` as it is printed, empty where the
    line does not say; `passive` where the subject is acted on. `words` are all of it in small letters, `verb` is what is to be done.
    """

    start: int
    end: int
    left: int
    right: int
    kind: Bind
    strength: int
    negative: bool
    words: str
    actor: str
    who: str
    passive: bool
    verb: str
    opening: int
    """Where `who` begins, `start` where nobody is named."""
    forbids: bool
    """Whether the word that negates is that of `who`: `No Party`."""
    relative: bool = False
    """Whether it says more of somebody named before: `a chair, who shall`."""

    @property
    def unless(self) -> bool:
        """Whether it forbids what a condition allows: `No claim shall be submitted unless`."""
        return self.kind is Bind.DUTY and self.negative and _UNLESS.search(self.words) is not None

    @property
    def name(self) -> str:
        """Who acts, without the article before the noun."""
        return _DETERMINER.sub("", self.who)

    @property
    def hedges(self) -> tuple[str, ...]:
        """The names of the words that loosen it."""
        low = self.words
        if not any(key in low for key in HEDGE_KEYS):
            return ()
        return tuple(sorted({HEDGES[int(h.lastgroup[1:])][1] for h in _HEDGE.finditer(low) if h.lastgroup}))


_ADVERB = r"(?:\s+(?:at all times|also|further|promptly|then|thereafter|only|likewise|always|\w+ly))*"
_BEGINS = (
    "shall",
    "should",
    "may",
    "must",
    "need not",
    "undertake",
    "commit",
    "retain",
    "reserve",
    "has the right",
    "have the right",
)
"""What a binding word begins with, wherever it stands; then what follows those that begin with `is` and `are`, and what others follow."""
_OBLIGED = ("entitled", "permitted", "allowed", "free", "required", "obliged", "obligated", "encouraged")
_AFTER = ("party ", "parties ")
_MODAL = re.compile(
    r"\b(?:"
    r"(?P<need>need not|(?:shall|is|are) not (?:be )?(?:required|obliged|obligated) to)"
    r"|(?P<right>shall (?:be (?:entitled|permitted|allowed|free) to|have (?:the|an?|at least)\b[\w ]{0,24}\b(?:right|opportunity|period|time)\b)"
    r"|(?:is|are) (?:entitled|permitted|allowed|free) to|ha(?:s|ve) the right|(?:retain|reserve)s? (?:the|its) rights?)"
    rf"|(?P<effort>(?:shall|must){_ADVERB},? (?:endeavou?r|seek|strive|try|attempt|make (?:every|all|its|their|reasonable|best)[\w ]{{0,12}}(?:effort|attempt|endeavou?r)s?|use (?:its|their) best (?:efforts|endeavou?rs))\b)"
    rf"|(?P<consider>shall{_ADVERB} (?:consider|give (?:\w+ ){{0,2}}consideration)\b(?! to be| as)|undertakes? to consider\b)"
    r"|(?P<maynot>may not)"
    r"|(?P<shall>shall(?: not)?|must(?: not)?|undertakes? (?:not )?to|(?:(?<=parties )|(?<=party ))agrees? (?:not )?to(?! (?:an?|the|any|such|this|that|these|those|its|their)\b)|(?:is|are) (?:required|obliged|obligated) to|commits? (?:itself |themselves )?to)"
    r"|(?P<encouraged>(?:is|are|shall be) encouraged to)"
    r"|(?P<should>should(?: not)?)"
    r"|(?P<may>may)"
    rf"|(?:(?<=parties )|(?<=party ))(?:(?:also|further|\w+ly) )?(?P<states>{'|'.join(verb for verb, _ in AFFIRMS)})"
    r")\b"
)
_HEADS = "|".join(re.escape(h) for h in sorted(HEADS, key=len, reverse=True))
_NO_NAME = (
    "shall|may|that|who|which|of|under|unless|as|if|where|when|by|to|with|and|or|in|on|for|from|at|than|each|the|a|an|any|no"
)
_ACTOR = re.compile(
    r"\b(?:(?:and|or|but|then|that(?= (?:the|an?|each|no|any|all|such)\b)|where|when|if|also|however|thereafter|whether|because|while),? )?"
    r"(?P<who>(?P<det>(?:no|neither|each|every|any|a|an|the|all|such|either|one|both|another|that|this|those|its|their|nor)(?: of the| other)?\s+)?"
    rf"(?P<np>(?:(?!(?:{_NO_NAME})\b)[\w’'-]+ ){{0,3}}?(?:{_HEADS})\b))"
)
_DETERMINER = re.compile(
    r"^(?i:no|neither|each|every|any|an?|the|all|such|either|one|both|another|that|this|those|its|their|nor)(?: of the| other)? "
)
_PRONOUN = re.compile(r"(?:it|they)\b")
_AND = re.compile(r"[\s,]*(?:and|or|but|and then)?[\s,]*")
_OF = re.compile(r"\bof\s*$")
"""Before a noun: of `an investor of a Party` the investor is the one that `it` then means."""
_UNLESS = re.compile(r"\bunless\b|\bexcept (?:if|where|when)\b")
_WHO = (" who", " which")
_ROLE = dict(ROLES)
_QUALIFIERS = frozenset(
    "disputing complaining responding requesting requested consulting third importing exporting other another notifying "
    "participating contracting acceding host customs competent investigating judicial administrative regulatory".split()
)
_AS = re.compile(r"\b(?:as|than|what|whatever|however)\b[^,;:.]{0,90}$|\bsuch\b(?:\s+[\w’'-]+){0,5}\s*$")
_THAT = re.compile(r"\b(?:that|which|who|whom|whoever)\b(?:\s+(?!shall)[\w’'-]+){0,2}\s*$")
_IF = re.compile(r"\b(?:if|unless|where|when|whenever|once|until|as|or|does not|do not)\b[^,]*$")
_STATES = re.compile(r"\s+(?:also |then |only |not |thereby )?(?:" + "|".join(STATES) + r")\b")
_STATES_ALONE = re.compile(
    r"\s+(?:also |then |only |not |thereby )?(?P<verb>" + "|".join(STATES_UNLESS_WHO) + r")\b(?P<rest>\s+\w+)?"
)
_PARTICIPLE = re.compile(
    r"\s+(?:\w+ly\s+)?(?:\w{2,}ed|made|given|paid|held|set|kept|drawn|chosen|borne|taken|sent|found|put|known|done|written|shown|brought|heard|met|left|begun|sold|lost|built)$"
)
_HEDGE = re.compile("|".join(f"(?P<h{n}>\\b{pattern}\\b)" for n, (pattern, _) in enumerate(HEDGES)))
_VERB = re.compile(
    r"(?:,[^,;:.]{1,260},)?[\s,]+(?:(?:not|only|also|then|thereafter|\w+ly)[\s,]+)*(?P<verb>(?:be (?:\w+ly )?)?[\w’'-]+)"
)
_NOTHING = re.compile(r"\bnothing\b[^.;]*$")
_NONE = re.compile(r"(?:no|neither)\b")
_ONLY = re.compile(r"[^.;]{0,160}\bonly (?:if|where|when|to the extent|after)\b|\s+only\b")
_AFFIRMS = tuple((re.compile(verb), strength) for verb, strength in AFFIRMS)
_INSIDE = re.compile(r",[^,;:]{1,160},\s*$")


def role(np: str) -> str:
    """Who acts, as it is compared: which and who, in the singular.

    >>> role("disputing Parties"), role("NAFTA Free Trade Commission"), role("panellists"), role("competent authorities")
    ('disputing party', 'commission', 'panelist', 'authority')
    """
    low = " ".join(np.lower().split()).replace("panellist", "panelist")
    for name, one in _ROLE.items():
        if low.endswith(name):
            return one
    words = low.split()
    head = _singular(words[-1])
    if words[-1] in ("group", "groups", "authority", "authorities") and len(words) > 1 and words[-2] in ("working", "appointing"):
        head = f"{words[-2]} {head}"
    kept = [w.replace("another", "other") for w in words[:-1] if w in _QUALIFIERS]
    return _ROLE.get(found := " ".join([*kept, head]), found)


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def clauses(text: str, low: str) -> tuple[Clause, ...]:
    """The clauses of a line that bind, in order; `low` is the line in small letters."""
    out: list[Clause] = []
    found = _modals(low)
    if not found:
        return ()
    stops = [0, *ends(text, ";:\n"), len(low)]
    before = 0
    for n, m in enumerate(found):
        at = m.start("states") if m["states"] else m.start()
        left = max(stops[bisect_right(stops, at) - 1], before)
        right = stops[min(bisect_right(stops, m.end()), len(stops) - 1)]
        before = m.end()
        if n + 1 < len(found):
            verb = _VERB.match(low, m.end())
            before = _parting(low, verb.end() if verb is not None else m.end(), found[n + 1].start())
            right = min(right, before)
        clause = _clause(text, low, m, left, right, out[-1] if out else None)
        if clause is not None:
            out.append(clause)
    return tuple(out)


def _modals(low: str) -> list[re.Match[str]]:
    """The binding words of a line in small letters, in order; a pattern that looks at each character takes five times as long."""
    begins = (*_BEGINS, "is ", "are ") if any(word in low for word in _OBLIGED) else _BEGINS
    places = [at for word in begins for at in every(low, word)]
    places += [at + len(word) for word in _AFTER for at in every(low, word)]
    out: list[re.Match[str]] = []
    free = 0
    for at in sorted(places):
        if at >= free and (m := _MODAL.match(low, at)) is not None:
            out.append(m)
            free = m.end()
    return out


def _parting(low: str, start: int, end: int) -> int:
    """Where the clause of one binding word ends before the next one: at the last comma or `and` between them."""
    cut = max([low.rfind(word, start, end) for word in (", ", " and ", " that ", " if ", " unless ", " where ", " but ")])
    return cut if cut >= start else end


def _clause(text: str, low: str, m: re.Match[str], left: int, right: int, before: Clause | None) -> Clause | None:
    at, end = (m.start("states"), m.end("states")) if m["states"] else (m.start(), m.end())
    prefix = low[left:at]
    if "nothing" in prefix and _NOTHING.search(prefix):
        return None
    chunk = prefix.rstrip()
    while chunk.endswith(",") and (inside := _INSIDE.search(chunk)) is not None:
        chunk = chunk[: inside.start()]
    cut = max(chunk.rfind(", "), chunk.rfind("“"), chunk.rfind(") ") if chunk.find(") ") < 8 else -1)
    if m["may"] and (_AS.search(prefix) or _THAT.search(prefix)):
        return None
    if m["shall"] and low[at:end].startswith("agree") and _IF.search(prefix):
        return None
    if m["should"] and (_AS.search(prefix) or text[at] == "S"):
        return None
    start = cut + 1 if cut >= 0 else 0
    start += len(chunk[start:]) - len(chunk[start:].lstrip(" ,)“.0123456789\t"))
    actor = _ACTOR.match(chunk, start)
    role_, who, negative, opening = "", "", False, at
    if actor is not None:
        det = (actor["det"] or "").strip()
        negative = det in ("no", "neither", "nor") or det.startswith(("no ", "neither ", "nor "))
        role_ = role(actor["np"])
        opening = left + actor.start("who")
        who = text[opening : left + actor.end("who")]
    elif _NONE.match(chunk, start):
        negative, opening = True, left + start
    elif _PRONOUN.match(chunk, start) and (
        named := [a for a in _ACTOR.finditer(chunk, 0, start) if not _OF.search(chunk, 0, a.start("who"))]
    ):
        role_ = role(named[-1]["np"])
        who = text[left + named[-1].start("who") : left + named[-1].end("who")]
    elif before is not None and before.right == left and _AND.fullmatch(chunk):
        role_, who, negative, opening = before.actor, before.who, before.forbids, at
    forbids = negative
    tail = low[end:right]
    kind, strength = Bind.DUTY, SHALL
    if m["need"] or m["right"] or m["may"]:
        kind, strength = Bind.RIGHT, 2
        if m["may"] and negative:
            kind, strength = Bind.DUTY, SHALL
        elif m["may"] and "only" in tail and _ONLY.match(tail):
            strength = 1
        if m["need"]:
            negative = False
    elif m["states"]:
        kind = Bind.STATEMENT
        strength = next(s for verb, s in _AFFIRMS if verb.match(low, at))
    elif m["effort"]:
        strength = EFFORT
    elif m["consider"]:
        strength = CONSIDER
    elif m["encouraged"]:
        strength = ENCOURAGED
    elif m["should"]:
        strength = SHOULD
    if m["maynot"] or (kind is Bind.DUTY and " not" in low[at:end]):
        negative = not negative
    if m["shall"] and low[at:end].startswith("shall") and _states(tail, bool(role_)):
        kind, strength = Bind.STATEMENT, 2
    verb = _VERB.match(low, end)
    said = verb["verb"] if verb is not None and verb.end() <= right + 1 else ""
    passive, verb_ = said.startswith("be "), said.rpartition(" ")[2]
    return Clause(
        at,
        end,
        left,
        right,
        kind,
        strength,
        negative,
        low[left:right],
        role_,
        who,
        passive,
        verb_,
        opening,
        forbids,
        chunk.endswith(_WHO) or chunk in ("who", "which"),
    )


def like(old: Clause, new: Clause) -> float:
    """How much two clauses say the same, by themselves; from 1 on they answer each other wherever they stand."""
    out = 0.2
    if same_verb(old, new):
        out += 0.8
    if old.actor and old.actor == new.actor:
        out += 0.2
    elif old.actor and new.actor and not same_verb(old, new):
        out -= 0.25
    if old.kind is new.kind:
        out += 0.1
    if old.negative != new.negative:
        out -= 0.5
    return out


def same_verb(old: Clause, new: Clause) -> bool:
    """Whether two clauses bid or allow the same thing to be done."""
    return bool(old.verb) and _stem(old.verb) == _stem(new.verb)


def _stem(verb: str) -> str:
    return verb[:5] if len(verb) > 5 else verb.rstrip("es") or verb


def _states(tail: str, acts: bool) -> bool:
    if _STATES.match(tail):
        return True
    alone = _STATES_ALONE.match(tail)
    if alone is None or acts:
        return False
    return alone["verb"] != "be" or not _PARTICIPLE.match(alone["rest"] or "")
