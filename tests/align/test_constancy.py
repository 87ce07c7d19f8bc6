"""Which articles are linked does not hang on where one starts: order of files and imports, hash seeds, the part asked for, the side."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import Run, tota_source
from treaty_diff.align import Concordance, align
from treaty_diff.cli import cli
from treaty_diff.store import Store
from treaty_diff.text.akn import read_treaty
from treaty_diff.text.model import Treaty

FISH = "1. Each Party shall count the fish in its lakes and rivers every year.\n\n2. The count of fish shall be published in a gazette."
HONEY = "Honey of a Party is exempt from every duty when it crosses a border in a sealed jar."
OURS = tota_source(("Article 101", "Fish", FISH), ("Article 102", "Honey", HONEY), name="Ours")
THEIRS = tota_source(("Article 1", "Sweets", HONEY), ("Article 2", "Waters", FISH), name="Theirs")
SEEDED = """
import sys
from click.testing import CliRunner
from treaty_diff.cli import cli
for words in (["init", "store"], ["concordance", "nafta1994", "tpp", "--store", "store"]):
    assert CliRunner().invoke(cli, words).exit_code == 0
for form in ("json", "terminal"):
    print(CliRunner().invoke(cli, ["align", "nafta1994", "--against", "tpp", "--format", form, "--store", "store"]).output)
print(CliRunner().invoke(cli, ["concordance", "export", "nafta1994", "tpp", "--store", "store"]).output)
"""


def told(*words: str, store: Store) -> dict[str, Any]:
    """What `align … --format json` says."""
    result = CliRunner().invoke(cli, ["align", *words, "--format", "json", "--store", str(store.root)])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def mirrored(found: Concordance) -> set[tuple[str, str, str, float]]:
    return {(k.base, k.subject, str(k.kind), k.score) for k in found.links}


def test_the_order_of_the_files_of_a_text_says_nothing(embedded: Store) -> None:
    at = embedded.at()
    texts = []
    for seed in range(4):
        pair = []
        for treaty in ("nafta1994", "tpp"):
            files = list(at.files(treaty, at.catalogue(treaty).choose()).items())
            random.Random(seed).shuffle(files)
            pair.append(read_treaty(dict(files)))
        texts.append(pair)
    assert all(pair == texts[0] for pair in texts)
    assert len({repr(align(*pair)) for pair in texts}) == 1


def test_the_order_of_imports_says_nothing(run: Run) -> None:
    Path("ours.xml").write_bytes(OURS)
    Path("theirs.xml").write_bytes(THEIRS)
    outputs = set()
    for n, order in enumerate((("ours", "theirs"), ("theirs", "ours"))):
        assert run("init", f"store{n}").exit_code == 0
        for treaty in order:
            assert run("import", f"{treaty}.xml", "--treaty", treaty, "--store", f"store{n}").exit_code == 0
        outputs.add(run("align", "ours", "--against", "theirs", "--format", "json", "--store", f"store{n}").output)
    assert len(outputs) == 1
    assert json.loads(outputs.pop())["articles"][0]["matches"][0]["base"] == "2"


@pytest.mark.slow
def test_alignment_and_concordance_are_the_same_under_five_hash_seeds(tmp_path: Path) -> None:
    outputs = set()
    for seed in ("0", "1", "7", "42", "4711"):
        folder = tmp_path / seed
        folder.mkdir()
        env = {**os.environ, "PYTHONHASHSEED": seed, "HOME": str(folder)}
        done = subprocess.run([sys.executable, "-c", SEEDED], env=env, cwd=folder, check=True, capture_output=True, text=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert "28.9" in outputs.pop()


# -- the real texts -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(pulled: Store) -> tuple[Treaty, Treaty]:
    at = pulled.at()
    return at.load("nafta1994"), at.load("tpp")


@pytest.fixture(scope="module")
def whole(pulled: Store) -> dict[str, dict[str, Any]]:
    """Every article of NAFTA as the whole run lists it."""
    return {row["subject"]: row for row in told("nafta1994", "--against", "tpp", store=pulled)["articles"]}


@pytest.mark.corpus
@pytest.mark.parametrize("chapter", ["5", "8", "11", "19", "20"])
def test_a_chapter_alone_gets_the_links_that_it_has_in_its_treaty(
    pulled: Store, whole: dict[str, dict[str, Any]], chapter: str
) -> None:
    rows = told(f"chapter{chapter}", "--against", "tpp", store=pulled)["articles"]
    assert len(rows) >= 5
    assert rows == [whole[row["subject"]] for row in rows]


@pytest.mark.corpus
def test_a_chapter_of_the_base_keeps_its_links(pulled: Store, whole: dict[str, dict[str, Any]]) -> None:
    rows = told("chapter20", "--against", "tpp:ch28", store=pulled)["articles"]
    for row in rows:
        expected = [m for m in whole[row["subject"]]["matches"] if m["base"].startswith("28.")]
        assert row["matches"] == expected


@pytest.mark.corpus
def test_swapping_the_real_texts_mirrors_their_links(both: tuple[Treaty, Treaty]) -> None:
    nafta, tpp = both
    there, back = align(nafta, tpp), align(tpp, nafta)
    assert len(there.links) > 200
    assert {(k.subject, k.base, str(k.kind), k.score) for k in there.links} == mirrored(back)
    assert {(k.base, k.subject, k.evidence) for k in there.links} == {(k.subject, k.base, k.evidence) for k in back.links}
