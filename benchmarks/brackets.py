"""How long three Parties' texts over a hundred articles take to consolidate and to become articles with marked brackets, and whether each
view is the Party's own text, and each article the same bracketed text.

usage: python benchmarks/brackets.py [--smoke]
"""

from __future__ import annotations

import random
import sys
import time

from treaty_diff.negotiation import document
from treaty_diff.negotiation.brackets import read, write
from treaty_diff.negotiation.consolidation import consolidate
from treaty_diff.negotiation.topic import Consolidated, Place
from treaty_diff.negotiation.views import view
from treaty_diff.text.model import Kind, Provision, Text

PARTIES = ("CAN", "MEX", "USA")
WORDS = "the panel shall report to each Party within days of its request and may publish any finding that a good measure".split()
LIMIT = 3.0


def article(draw: random.Random, number: int) -> list[str]:
    """An article of some 300 words in paragraphs."""
    out = [f"Article {number} ", "Heading\n"]
    for paragraph in range(1, 7):
        out.append(f"{paragraph}. ")
        out += [f"{draw.choice(WORDS)} " for _ in range(50)]
        out.append("ends.\n")
    return out


def edited(draw: random.Random, words: list[str]) -> list[str]:
    """The article with some runs of words changed, added and deleted."""
    out = list(words)
    for _ in range(draw.randint(2, 12)):
        at = draw.randrange(len(out) - 5)  # the end of the last line stays: every text has it
        out[at : at + draw.randint(0, 4)] = [f"{draw.choice(WORDS)} " for _ in range(draw.randint(0, 6))]
    return out


def place(number: int, base: str, texts: dict[str, str]) -> Place:
    """An article as the consolidated text has it."""
    head = Provision(Kind.ARTICLE, f"art_{number}", f"art_{number}", num=Text(f"Article {number}", "eng"))
    return Place(head.eid, f"Article {number}", base, texts, head)


def main() -> int:
    """Print the time and the faults; exit code 1 where a view is not the Party's text, or the time is above the limit."""
    draw = random.Random(8)
    count = 5 if "--smoke" in sys.argv else 100
    base = [article(draw, 100 + n) for n in range(count)]
    texts = [{party: "".join(edited(draw, words)) for party in PARTIES} for words in base]
    start = time.process_time()
    made = [consolidate("".join(words), own) for words, own in zip(base, texts, strict=True)]
    merged = time.process_time() - start
    places = [place(100 + n, "".join(words), own) for n, (words, own) in enumerate(zip(base, texts, strict=True))]
    articles = [document.article(Consolidated(at, nodes), "eng") for at, nodes in zip(places, made, strict=True)]
    took = time.process_time() - start
    lost = sum(document.words(one, at) != nodes for one, at, nodes in zip(articles, places, made, strict=True))
    wrong = sum(
        view(read(write(nodes)).nodes, party).text != text
        for nodes, own in zip(made, texts, strict=True)
        for party, text in own.items()
    )
    words = sum(len(part) for part in base)
    print(
        f"{count} articles of {words} words, {len(PARTIES)} Parties: merged in {merged:.2f} s, articles in {took:.2f} s of the processor's time; "
        f"{wrong} views are not the Party's own text, {lost} articles another text"
    )
    return 1 if wrong or lost or took > LIMIT else 0


if __name__ == "__main__":
    raise SystemExit(main())
