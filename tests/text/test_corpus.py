"""The eight real texts: stored and read again without loss, valid, and no fault of ours in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from treaty_diff.errors import AmbiguousProvision
from treaty_diff.ingest.tota import read
from treaty_diff.text.akn import read_treaty, write_treaty
from treaty_diff.text.index import Index
from treaty_diff.text.model import Kind, Treaty
from treaty_diff.text.validate import schema_errors, validate

TEXTS = (
    "tota-101-canada-chile-en",
    "tota-112-nafta-en",
    "tota-156-us-peru-en",
    "tota-159-korus-en",
    "tota-186-cusfta-en",
    "tota-342-us-colombia-en",
    "tota-449-tpp-en",
    "tota-450-tpp-es",
)

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module", params=TEXTS)
def real(request: pytest.FixtureRequest, corpus: Path) -> Treaty:
    made, _ = read((corpus / f"{request.param}.xml").read_bytes(), "real")
    return made


def test_a_real_text_comes_back_and_is_valid(real: Treaty) -> None:
    files = write_treaty(real)
    assert [finding for name, data in files.items() for finding in schema_errors(name, data)] == []
    back = read_treaty(files)
    assert back == real
    assert write_treaty(back) == files


def test_a_real_text_has_warnings_at_most(real: Treaty) -> None:
    assert [finding for finding in validate(real) if finding.severity != "warning"] == []


def test_every_labelled_provision_of_a_real_text_is_found_or_its_label_stands_twice(real: Treaty) -> None:
    index = Index(real)
    ambiguous = 0
    for p in real.walk():
        if p.label or p.kind is Kind.DEFINITION:
            try:
                assert index.find(index.selector(p)) == (p,)
            except AmbiguousProvision:
                ambiguous += 1
    assert ambiguous < 0.03 * sum(1 for _ in real.walk())
