"""Word by word: how one line became another.

The diff core is rapidfuzz's longest common subsequence on folded words; a clean-up pass then
dissolves islands of a function word or two between changes, so that a redline reads as a
lawyer would have marked it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text.folding import Token, tokens
from .comparison import Op, Segment

_FUNCTION = frozenset(
    "a an the of to in on at by for from with and or as that this it its be is are was any such no not shall may "
    "el la los las de del al en y o por para con que se su un una no".split()
)


def _opcodes(base: Sequence[Token], subject: Sequence[Token]) -> list[tuple[str, int, int, int, int]]:
    from rapidfuzz.distance import LCSseq

    ids: dict[str, int] = {}
    left = [ids.setdefault(t.key, len(ids)) for t in base]
    right = [ids.setdefault(t.key, len(ids)) for t in subject]
    return [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in LCSseq.opcodes(left, right)]


def _is_island(run: Sequence[Token], before: int, after: int) -> bool:
    """Whether an equal run between changes of `before` and `after` tokens says nothing of itself."""
    said = [t for t in run if t.word[0].isalnum()]
    if any(t.word == "\n" for t in run):
        return False
    if not said:
        return True
    if all(t.key in _FUNCTION for t in said):
        return len(said) <= 2
    return len(said) == 1 and before + after >= 12


def diff(base: str, subject: str) -> tuple[Segment, ...]:
    """The segments that turn `base` into `subject`; joined, they give both back byte for byte."""
    if base == subject:
        return (Segment(Op.EQUAL, base, subject),) if base else ()
    left, right = tokens(base), tokens(subject)
    groups: list[tuple[bool, list[Token], list[Token]]] = []  # equal?, base tokens, subject tokens
    for tag, a, b, c, d in _opcodes(left, right):
        equal = tag == "equal"
        if groups and groups[-1][0] == equal:
            groups[-1][1].extend(left[a:b])
            groups[-1][2].extend(right[c:d])
        else:
            groups.append((equal, left[a:b], right[c:d]))
    merged: list[tuple[bool, list[Token], list[Token]]] = []
    for n, (equal, mine, theirs) in enumerate(groups):
        if equal and 0 < n < len(groups) - 1:
            before = len(groups[n - 1][1]) + len(groups[n - 1][2])
            after = len(groups[n + 1][1]) + len(groups[n + 1][2])
            equal = not _is_island(mine, before, after)
        if merged and not equal and not merged[-1][0]:
            merged[-1][1].extend(mine)
            merged[-1][2].extend(theirs)
        else:
            merged.append((equal, list(mine), list(theirs)))
    out: list[Segment] = []
    for equal, mine, theirs in merged:
        if not equal:
            _add(out, Op.DELETE, "".join(t.raw for t in mine), "")
            _add(out, Op.INSERT, "", "".join(t.raw for t in theirs))
            continue
        for old, new in zip(mine, theirs, strict=True):
            if old.space and new.space:
                _add(out, Op.EQUAL if old.space == new.space else Op.QUIET, old.space, new.space)
            else:
                _add(out, Op.DELETE, old.space, "")
                _add(out, Op.INSERT, "", new.space)
            if _other_case(old, new):
                _add(out, Op.DELETE, old.word, "")
                _add(out, Op.INSERT, "", new.word)
            else:
                _add(out, Op.EQUAL if old.word == new.word else Op.QUIET, old.word, new.word)
    return tuple(out)


def _other_case(old: Token, new: Token) -> bool:
    """Whether only one of two like words has a capital that means something: `a Party`, `a party`."""
    return old.word[0].isupper() != new.word[0].isupper() and not (old.opens or new.opens)


def _add(out: list[Segment], op: Op, base: str, subject: str) -> None:
    """Append a segment, joined with the one before where both are of one kind."""
    if not base and not subject:
        return
    if (
        op in (Op.DELETE, Op.INSERT)
        and not (base + subject).strip(" ")
        and len(out) > 1
        and out[-1].op not in (Op.DELETE, Op.INSERT)
    ):
        # white space alone, after words that stayed: where a word was put in at the line's start
        out.append(Segment(op, base, subject))
        return
    if out and out[-1].op is op and op is not Op.QUIET:
        last = out.pop()
        out.append(Segment(op, last.base + base, last.subject + subject))
    else:
        out.append(Segment(op, base, subject))


def counts(segments: Sequence[Segment]) -> tuple[int, int, int]:
    """Words of the segments: inserted, deleted, equal (quiet ones among them)."""
    totals = dict.fromkeys(Op, 0)
    for segment in segments:
        text = segment.subject if segment.op is not Op.DELETE else segment.base
        totals[segment.op] += sum(1 for t in tokens(text) if t.word[0].isalnum())
    return totals[Op.INSERT], totals[Op.DELETE], totals[Op.EQUAL] + totals[Op.QUIET]
