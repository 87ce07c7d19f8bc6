"""Search without a server: what the page `search.html` looks through, as classic scripts that it loads when it needs them.

    search/list.js        the articles: address, citation, heading, text they are of; and all words, by the shards that have them
    search/text-2.js      the lines of some articles
    search/notes.js       annotations and reviewers' notes, each with its place
    search/cite-28.js     provisions whose number begins with `28`, by label: where each stands

A browser lets a page from the disk load scripts, and nothing else. A word leads to shards, the shards' lines are then read
through, so that a phrase is found as it is printed. Words are folded the same way here and in `search.js`. A common word is in
all shards, and a script costs a browser more than what is in it: shards are large, and each is few long strings, which are
read sooner than many short ones.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from ...text import plain
from ...text.model import Provision
from ..remarks import KIND
from .layout import File, Layout
from .material import Work
from .redlines import Redline
from .relations import Relations

_SHARD = 300_000
"""Characters of text after which a shard is full."""
_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\N{NO-BREAK SPACE}": " ", "–": "-", "—": "-", "‑": "-"})


def folded(text: str) -> str:
    """Words as they are compared: small letters, plain quotes and hyphens.

    >>> folded("The “Parties’” well‑being")
    'the "parties\\'" well-being'
    """
    return text.translate(_QUOTES).lower()


def label_key(text: str) -> str:
    """A citation as its parts, whatever joins them.

    >>> label_key("1902.2(d)(i)"), label_key("28.9.3"), label_key("annex1901.2")
    ('1902.2.d.i', '28.9.3', 'annex.1901.2')
    """
    return ".".join(re.findall(r"[^\W\d_]+|\d+", text.lower()))


def search(layout: Layout, relations: Relations) -> Iterator[File]:
    """The search page and all that it looks through."""
    yield layout.page("search", "search.html", title="Search")
    listed: list[list[Any]] = []
    shards: list[list[tuple[int, str, str, str]]] = [[]]
    words: dict[str, set[int]] = defaultdict(set)
    cites: dict[str, list[tuple[str, str, str, int]]] = defaultdict(list)
    filled = 0
    works = relations.material.works
    for number, work in enumerate(works):
        for unit, _ in work.units:
            if filled > _SHARD:
                shards.append([])
                filled = 0
            shard, article = len(shards) - 1, len(listed)
            listed.append([number, *_named(relations, work, unit)])
            for line in plain.units(work.treaty)[unit.eid]:
                place = _place(work, unit, line)
                cited = work.index.citation(line.provision)
                shards[-1].append((article, place, cited, line.words))
                filled += len(line.words)
                for word in _WORD.findall(folded(line.words)):
                    words[word].add(shard)
                if line.note is None and line.row is None:
                    for key in _keys(work, line.provision):
                        cites[key].append((cited, place, line.words[:_BEGINNING], article))
        for chapter in work.treaty.chapters():
            for page, cited, place in _chapter(relations, work, chapter):
                cites[label_key(work.index.selector(chapter))].append((cited, place, chapter.title, len(listed)))
                listed.append([number, page, cited, ""])
    names = [[work.name, work.entry.title] for work in works]
    yield _script("list", {"works": names, "articles": listed, "words": _by_shards(words)}, "list")
    for n, lines in enumerate(shards):
        yield _script(f"text-{n}", [[article for article, *_ in lines], *_columns([line for _, *line in lines], 3)], "text", n)
    for begin, entries in _by(cites, _begins).items():
        yield _script(f"cite-{begin}", {key: _once(entries[key]) for key in sorted(entries)}, "cite", begin)


_BEGINNING = 160


def _once(entries: list[tuple[str, str, str, int]]) -> list[list[Any]]:
    return [list(entry) for entry in dict.fromkeys(entries)]


def _named(relations: Relations, work: Work, unit: Provision) -> list[str]:
    citation = work.index.citation(unit)
    return [relations.pages[work.id].of(unit), citation, work.index.heading(unit)]


def _place(work: Work, unit: Provision, line: plain.Line) -> str:
    """Where a line stands on its article's page; empty for the page itself."""
    own = line.provision.eid
    if line.note is not None:
        return f"{own}__fn_{line.num}"
    return "" if own == unit.eid else own


def _chapter(relations: Relations, work: Work, chapter: Provision) -> Iterator[tuple[str, str, str]]:
    """Where a chapter is: its place among the text's contents, and its redlines; page, citation, place there."""
    cited = work.index.citation(chapter)
    yield relations.pages[work.id].contents, cited, chapter.eid
    for other, redline in relations.chapter(work, chapter):
        yield redline, f"{cited}, redline against {other.name}", "text"


def notes(redlines: Sequence[Redline], relations: Relations) -> Iterator[File]:
    """What the search page looks through beside the texts: what redlines say of changes, and what reviewers wrote.

    Of each its address, where it is, what kind of note, its words: a column each.
    """
    found = [
        [place, f"{note.citation}, against {r.base_name}", str(note.kind), note.sentence]
        for r in redlines
        for note, place in r.notes
    ]
    for work in relations.material.works:
        for eid, remarks in relations.material.remarks.get(work.id, {}).items():
            provision = work.index.by_eid[eid]
            page = relations.pages[work.id].place(provision).partition("#")[0]
            cited = f"{work.index.citation(provision)} of {work.name}"
            found += [[f"{page}#note-{one.name}", cited, KIND, one.sentence] for one in remarks]
    yield _script("notes", _columns(found, 4), "notes")


def _keys(work: Work, provision: Provision) -> Iterator[str]:
    """Under which labels a provision is found: its selector's."""
    selector = work.index.selector(provision)
    if any(c.isdigit() for c in selector) and "__" not in selector:
        yield label_key(selector)


def _columns(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Rows column by column, each with a line a row; a line break within a value is a blank.

    >>> _columns([["1901", "Panels"], ["1902", "Roster\\nof panels"]], 2)
    ['1901\\n1902', 'Panels\\nRoster of panels']
    """
    return ["\n".join([row[n].replace("\n", " ") for row in rows]) for n in range(width)]


def _by_shards(words: dict[str, set[int]]) -> list[tuple[list[int], str]]:
    """Which words are in just these shards, with a blank round each.

    >>> _by_shards({"party": {0, 1}, "panel": {1}, "may": {0, 1}})
    [([0, 1], ' may party '), ([1], ' panel ')]
    """
    held: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for word in sorted(words):
        held[tuple(sorted(words[word]))].append(word)
    return [(list(shards), f" {' '.join(held[shards])} ") for shards in sorted(held)]


def _begins(key: str) -> str:
    """The file that has a label: by its first number's first two digits.

    >>> _begins("28.9.3"), _begins("1904"), _begins("annex.2.d"), _begins("preamble")
    ('28', '19', '2', '_')
    """
    found = re.search(r"\d{1,2}", key)
    return found[0] if found else "_"


def _by(found: dict[str, Any], shard: Any) -> dict[str, dict[str, Any]]:
    out: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, value in found.items():
        out[shard(key)][key] = value
    return dict(sorted(out.items()))


def _script(name: str, value: object, kind: str, key: str | int = "") -> File:
    """A classic script that hands its value to the search page."""
    data = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return f"search/{name}.js", f"TREATY_DIFF_SEARCH({json.dumps(kind)},{json.dumps(key)},{data});\n".encode()
