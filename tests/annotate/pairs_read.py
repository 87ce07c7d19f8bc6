"""The pairs of sentences by which the rules are measured: read, compared, annotated, counted."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from tests.conftest import small_treaty
from treaty_diff.align import Concordance, Link, LinkKind
from treaty_diff.annotate import Annotations, Kind, annotate
from treaty_diff.redline import Comparison, build
from treaty_diff.text.model import Treaty

PARTIES = {"subject": ("CAN", "MEX", "USA"), "base": tuple("AUS BRN CAN CHL JPN MEX MYS NZL PER SGP USA VNM".split())}
FOLDER = Path(__file__).with_name("pairs")


@dataclass(frozen=True, slots=True)
class Case:
    """Two texts of an article and the rules that should speak; `blind` where written before the rules of its kind.

    `others` are further articles of both texts, of the base only, or of the subject only: side (`both`, `base`, `subject`), number,
    heading, body. They answer each other by number. `chapter` is the number of the base's only chapter.
    """

    kind: str
    blind: bool
    base: str
    subject: str
    rules: tuple[str, ...]
    others: tuple[tuple[str, str, str, str], ...] = ()
    heading: str = "Ships"
    chapter: str = "CHAPTER ONE"


def cases() -> list[Case]:
    """All pairs, by file."""
    out = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        kind, _, half = path.stem.rpartition("-")
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            others = tuple(tuple(o) for o in row.get("others", ()))
            out.append(
                Case(
                    kind,
                    half == "before",
                    row["base"],
                    row["subject"],
                    tuple(row["rules"]),
                    others,
                    row.get("heading", "Ships"),
                    row.get("chapter", "CHAPTER ONE"),
                )
            )
    return out


def compared(case: Case) -> tuple[Comparison, Treaty, Treaty]:
    """The comparison of a case's texts, in which articles of one number surely answer each other."""

    def treaty(side: str, body: str) -> Treaty:
        own = [("101", case.heading, body)] if body else []
        more = [(n, heading, words) for where, n, heading, words in case.others if where in (side, "both")]
        found = small_treaty(*own, *more, treaty=side, chapter=case.chapter if side == "base" else "CHAPTER ONE")
        return replace(found, meta=replace(found.meta, parties=PARTIES[side]))

    base, subject = treaty("base", case.base), treaty("subject", case.subject)
    left, right = ({a.label: a.eid for a in t.articles()} for t in (base, subject))
    links = tuple(Link(right[n], left[n], LinkKind.COUNTERPART, 1.0) for n in right if n in left)
    concordance = Concordance(
        links, nearest=dict.fromkeys(right.values(), ()), unanswered=tuple(left[n] for n in left if n not in right)
    )
    found = build(subject, base, concordance, scope=(subject.root,), base_scope=(base.root,))
    return found, subject, base


def annotated(case: Case) -> Annotations:
    """What the rules make of a case."""
    return annotate(*compared(case))


@dataclass(slots=True)
class Score:
    """What was made of a kind's pairs: how many annotations were right, made, wanted."""

    right: int = 0
    made: int = 0
    wanted: int = 0
    pairs: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.made + other.made, self.wanted + other.wanted, self.pairs + other.pairs)


def kinds_of_rules() -> dict[str, Kind]:
    """The kind of each rule, as `docs/annotations.md` lists them: a heading a kind, a table row a rule."""
    out: dict[str, Kind] = {}
    kind = None
    for line in (Path(__file__).parents[2] / "docs" / "annotations.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind = next((k for k in Kind if str(k) == line[3:].strip().lower()), None)
        elif kind is not None and (found := re.match(r"\| `([a-z-]+)` \|", line)):
            out[found[1]] = kind
    return out


def scored(found: list[tuple[Case, Annotations]]) -> dict[tuple[str, bool], Score]:
    """By kind of annotation and whether blind: every annotation made of any pair counts, for its own kind."""
    kind_of = kinds_of_rules()
    out: dict[tuple[str, bool], Score] = {}
    for case, made in found:
        key = case.kind, case.blind
        out[key] = out.get(key, Score()) + Score(pairs=1)
        wanted = Counter(case.rules)
        there = Counter(a.rule for a in made)
        for rule in wanted | there:
            key = kind_of[rule].name.lower(), case.blind
            out[key] = out.get(key, Score()) + Score(min(wanted[rule], there[rule]), there[rule], wanted[rule])
    return out
