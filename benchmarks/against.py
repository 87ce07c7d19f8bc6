"""What a text loses against another text of the same treaty: provisions by citation path, and the words there.

An article is found where its number is; a provision is equal where the same citation path (`1904(2)(d)`,
definitions by their term, what has no number by its place) holds the same words, spelling folded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from treaty_diff.citation import label, slug
from treaty_diff.ingest.report import Report
from treaty_diff.text.folding import words
from treaty_diff.text.model import Kind, Provision, Treaty

Path_ = tuple[str, ...]


def provisions(article: Provision) -> Iterator[tuple[Path_, list[str]]]:
    """Citation paths below an article and the folded words there."""

    def walk(p: Provision, path: Path_) -> Iterator[tuple[Path_, list[str]]]:
        yield path, words(f"{p.title} {p.words}")
        unnumbered: Counter[str] = Counter()
        for child in p.children:
            part = label(child.label)
            if not part and child.kind is Kind.DEFINITION:
                part = "#" + " ".join(span.slug for span in child.text.spans if hasattr(span, "slug")) if child.text else ""
                part = part if len(part) > 1 else "#" + slug(" ".join(child.words.split()[:4]))
            if not part or part in ("#",):
                unnumbered[child.kind.value] += 1
                part = f"[{child.kind.value} {unnumbered[child.kind.value]}]"
            yield from walk(child, (*path, part))

    yield from walk(article, (label(article.label),))


def by_path(treaty: Treaty) -> dict[Path_, list[str]]:
    out: dict[Path_, list[str]] = {}
    for article in treaty.articles():
        for path, found in provisions(article):
            while path in out:
                path = (*path[:-1], path[-1] + "'")
            out[path] = found
    return out


def cited(path: Path_) -> str:
    return path[0] + "".join(step if step[0] in "#[" else f"({step})" for step in path[1:])


def first_difference(a: list[str], b: list[str]) -> str:
    n = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"… {' '.join(a[max(0, n - 2) : n + 5]) or '(ends)'} / {' '.join(b[max(0, n - 2) : n + 5]) or '(ends)'}"


def described(treaty: Treaty, report: Report) -> None:
    counts = ", ".join(f"{kind} {n}" for kind, n in sorted(report.counts.items()))
    dropped = Counter(note.what for note in report.dropped)
    unclear = Counter(note.what for note in report.unclear)
    print(f"  {counts}\n  dropped: {dict(dropped)}\n  unclear: {dict(unclear)}")
    annexes = [p for p in treaty.walk() if p.kind in (Kind.ANNEX, Kind.APPENDIX)]
    print(f"  {len(annexes)} annexes and appendices:", ", ".join(label(p.label) for p in annexes))
