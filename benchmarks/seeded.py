"""Edits of known kind and place in a real text, to see whether a redline finds them and nothing else.

Each edit changes provisions that no other edit touches. Words put in are made-up ones and belong to no treaty. Provisions that
follow an inserted, deleted or moved paragraph get the numbers that a drafter would give them; citations are left as they are.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from treaty_diff.text.identifiers import assign
from treaty_diff.text.model import Kind, Provision, Text, Treaty
from treaty_diff.text.references import link

KINDS = (
    "replace", "insert words", "delete words", "period", "respell", "wording", "capital", "insert", "delete", "move", "move and change",
    "split", "merge", "footnote", "cite",
)  # fmt: skip
INVENTED = (
    "The keeper of the lagoon shall count the herons at every full tide and tell the harbour of what was seen there.",
    "No ferry may carry more than forty barrels of tar while the lamp on the breakwater is dark or under repair.",
    "A baker who sells rye loaves on market days shall keep the oven book open to the miller and to the guild.",
    "Where a bell has cracked, the founder shall cast another within eleven weeks after the bishop has heard it.",
)
_SPELLINGS = (
    ("favorable", "favourable"),
    ("program", "programme"),
    ("recognize", "recognise"),
    ("labor", "labour"),
    ("“", '"'),
    ("’", "'"),
)
_WORDINGS = (("pursuant to", "in accordance with"), ("in accordance with", "pursuant to"), ("with respect to", "with regard to"))
_CONTENT = 12


@dataclass(frozen=True, slots=True)
class Edit:
    """What was done: its kind, the tracked provision (a wId), and the words struck and put in."""

    kind: str
    at: str
    struck: str = ""
    put: str = ""
    other: str = ""
    """The second provision of a split, merger or move."""


class _Tree:
    """A tree that can be changed, with wIds that follow each provision."""

    def __init__(self, root: Provision) -> None:
        self.nodes: dict[str, Provision] = {}
        self.below: dict[str, list[str]] = {}
        self.up: dict[str, str] = {}
        self._take(root)
        self.root = root.eid

    def _take(self, p: Provision) -> None:
        self.nodes[p.eid] = replace(p, wid=p.eid, children=())
        self.below[p.eid] = [c.eid for c in p.children]
        for child in p.children:
            self.up[child.eid] = p.eid
            self._take(child)

    def build(self, at: str = "") -> Provision:
        at = at or self.root
        return replace(self.nodes[at], children=tuple(self.build(c) for c in self.below[at]))

    def renumber(self, holder: str) -> None:
        """Numbered paragraphs of a holder counted through anew."""
        n = 0
        for eid in self.below[holder]:
            p = self.nodes[eid]
            if p.kind is Kind.PARAGRAPH and re.fullmatch(r"\d+\.", p.label) and p.num is not None:
                n += 1
                self.nodes[eid] = replace(p, num=Text(f"{n}.", p.num.language))

    def words(self, eid: str, words: str) -> None:
        p = self.nodes[eid]
        assert p.text is not None
        self.nodes[eid] = replace(p, text=Text(words, p.text.language, (), p.text.notes))


def _plain(p: Provision) -> bool:
    """A provision of enough words, without footnotes, whose words stand alone."""
    return (
        p.text is not None
        and not p.text.notes
        and not p.text.markup
        and p.kind in (Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.ITEM)
        and len(p.words.split()) >= _CONTENT
        and "\n" not in p.words
    )


def seed(treaty: Treaty, count: int, seed: int) -> tuple[Treaty, list[Edit]]:
    """The treaty with `count` edits, and what they are; fewer where the text has no more places for them."""
    rng = random.Random(f"{treaty.meta.treaty} {seed}")
    tree = _Tree(treaty.root)
    used: set[str] = set()
    edits: list[Edit] = []
    numbered = [
        eid
        for eid, p in tree.nodes.items()
        if p.kind is Kind.PARAGRAPH and re.fullmatch(r"\d+\.", p.label) and not tree.below[eid] and _plain(p)
    ]
    texts = [eid for eid, p in tree.nodes.items() if _plain(p)]
    notes = [
        eid
        for eid, p in tree.nodes.items()
        if p.text and len(p.text.notes) == 1 and len(p.text.notes[0].body.content.split()) > 6
    ]
    repeated = {w for w in (tree.nodes[e].words for e in texts) if sum(tree.nodes[e].words == w for e in texts) > 1}

    def free(eids: Sequence[str], test: Callable[[str], bool] = lambda eid: True) -> str | None:
        for _ in range(400):
            eid = rng.choice(eids) if eids else ""
            if eid and not used & {eid, tree.up[eid]} and tree.nodes[eid].words not in repeated and test(eid):
                return eid
        return None

    for n in range(count * 3):
        if len(edits) == count:
            break
        up = dict(tree.up)
        made = _edit(KINDS[n % len(KINDS)], n, tree, rng, free, numbered, texts, notes, used)
        if made is not None:
            edits.append(made)
            used |= {made.at, made.other} - {""}
            if made.kind in ("insert", "delete", "move", "move and change", "split", "merge"):
                used |= {up.get(made.at, ""), tree.up.get(made.at, ""), tree.up.get(made.other, "")} - {""}
    root = assign(tree.build())
    return link(replace(treaty, root=root)), edits


def _edit(
    kind: str,
    n: int,
    tree: _Tree,
    rng: random.Random,
    free: Callable[..., str | None],
    numbered: Sequence[str],
    texts: Sequence[str],
    notes: Sequence[str],
    used: set[str],
) -> Edit | None:
    """Make one edit; None where no place is left for its kind."""
    match kind:
        case "replace" | "insert words" | "delete words" | "capital":
            at = free(texts)
            return _words(kind, at, tree, rng) if at else None
        case "period":
            at = free(texts, lambda e: re.search(r"\b\d+ days\b", tree.nodes[e].words) is not None)
            if not at:
                return None
            found = re.search(r"\b(\d+) days\b", tree.nodes[at].words)
            assert found is not None
            put = str(int(found[1]) + 7)
            words = tree.nodes[at].words
            tree.words(at, words[: found.start(1)] + put + words[found.end(1) :])
            return Edit(kind, at, found[1], put)
        case "respell" | "wording":
            pairs = _SPELLINGS if kind == "respell" else _WORDINGS
            old, new = rng.choice(pairs)
            form = re.compile(rf"(?<= ){old}\b" if old.isalpha() else old)
            at = free(texts, lambda e: form.search(tree.nodes[e].words) is not None)
            if not at:
                return None
            tree.words(at, form.sub(new, tree.nodes[at].words, count=1))
            return Edit(kind, at, old, new)
        case "insert":
            at = free(numbered)
            if not at:
                return None
            new = f"new-{n}"
            words = f"{rng.choice(INVENTED)} This is said {n} times over."
            language = treaty_language(tree, at)
            tree.nodes[new] = Provision(Kind.PARAGRAPH, new, new, Text("0.", language), None, Text(words, language))
            tree.below[new] = []
            holder = tree.up[new] = tree.up[at]
            tree.below[holder].insert(tree.below[holder].index(at), new)
            tree.renumber(holder)
            return Edit(kind, new, put=words, other=at)
        case "delete":
            at = free(numbered, lambda e: len(tree.below[tree.up[e]]) > 2)
            if not at:
                return None
            holder = tree.up[at]
            tree.below[holder].remove(at)
            tree.renumber(holder)
            return Edit(kind, at, struck=tree.nodes[at].words, other=holder)
        case "move" | "move and change":
            at = free(numbered, lambda e: len(tree.below[tree.up[e]]) > 2 and len(tree.nodes[e].words.split()) > 25)
            to = free(numbered, lambda e: at is not None and tree.up[e] != tree.up[at])
            if not at or not to:
                return None
            struck = put = ""
            if kind == "move and change":
                words = tree.nodes[at].words.split(" ")
                place = rng.randrange(4, len(words) - 4)
                struck, put = words[place], "herons"
                words[place] = put
                tree.words(at, " ".join(words))
            holder, there = tree.up[at], tree.up[to]
            tree.below[holder].remove(at)
            tree.below[there].insert(tree.below[there].index(to), at)
            tree.up[at] = there
            tree.renumber(holder)
            tree.renumber(there)
            return Edit(kind, at, struck, put, other=to)
        case "split":
            at = free(numbered, lambda e: _sentences(tree.nodes[e].words) is not None)
            if not at:
                return None
            cut = _sentences(tree.nodes[at].words)
            assert cut is not None
            new = f"new-{n}"
            first, second = tree.nodes[at].words[:cut], tree.nodes[at].words[cut + 1 :]
            language = treaty_language(tree, at)
            tree.nodes[new] = Provision(Kind.PARAGRAPH, new, new, Text("0.", language), None, Text(second, language))
            tree.below[new] = []
            holder = tree.up[new] = tree.up[at]
            tree.words(at, first)
            tree.below[holder].insert(tree.below[holder].index(at) + 1, new)
            tree.renumber(holder)
            return Edit(kind, at, other=new)
        case "merge":
            at = free(numbered, lambda e: _next(tree, e, numbered) not in {None, *used})
            if not at:
                return None
            other = _next(tree, at, numbered)
            assert other is not None
            tree.words(at, f"{tree.nodes[at].words} {tree.nodes[other].words}")
            holder = tree.up[at]
            tree.below[holder].remove(other)
            tree.renumber(holder)
            return Edit(kind, at, other=other)
        case "footnote":
            at = free(notes)
            if not at:
                return None
            p = tree.nodes[at]
            assert p.text is not None
            note = p.text.notes[0]
            words = note.body.content.split(" ")
            place = rng.randrange(2, len(words) - 1)
            struck, words[place] = words[place], "herons"
            body = Text(" ".join(words), note.body.language)
            tree.nodes[at] = replace(p, text=replace(p.text, notes=(replace(note, body=body),)))
            return Edit(kind, at, struck, "herons")
        case _:
            at = free(texts, lambda e: re.search(r"\bArticle \d+\.\d+\b(?! of)", tree.nodes[e].words) is not None)
            if not at:
                return None
            words = tree.nodes[at].words
            found = re.search(r"\bArticle (\d+\.\d+)\b(?! of)", words)
            assert found is not None
            put = "22.1" if found[1] != "22.1" else "22.2"
            tree.words(at, words[: found.start(1)] + put + words[found.end(1) :])
            return Edit(kind, at, found[1], put)


def treaty_language(tree: _Tree, eid: str) -> str:
    text = tree.nodes[eid].text
    return text.language if text is not None else "eng"


def _words(kind: str, at: str, tree: _Tree, rng: random.Random) -> Edit:
    words = tree.nodes[at].words.split(" ")
    place = rng.randrange(2, len(words) - 2)
    if kind == "replace":
        struck, put = words[place], "herons"
        words[place] = put
    elif kind == "insert words":
        struck, put = "", "in the lagoon by night"
        words.insert(place, put)
    elif kind == "delete words":
        struck, put = " ".join(words[place : place + 2]), ""
        del words[place : place + 2]
    else:
        place = next((n for n, w in enumerate(words[1:], 1) if w.isalpha() and w.islower() and words[n - 1].isalpha()), place)
        struck, put = words[place], words[place].capitalize()
        words[place] = put
    tree.words(at, " ".join(words))
    return Edit(kind, at, struck, put)


def _sentences(words: str) -> int | None:
    """Where a paragraph of two long sentences is cut."""
    found = [m.start() + 1 for m in re.finditer(r"[a-z]{3}\. [A-Z]", words)]
    found = [m + 3 for m in found]
    for cut in found:
        if words[cut - 1] == "." and len(words[:cut].split()) > 12 and len(words[cut:].split()) > 12:
            return cut
    return None


def _next(tree: _Tree, eid: str, numbered: Sequence[str]) -> str | None:
    beside = tree.below[tree.up[eid]]
    at = beside.index(eid) + 1
    return beside[at] if at < len(beside) and beside[at] in numbered and len(beside) > 2 else None
