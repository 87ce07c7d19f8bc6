"""The lineage of a part, cut from that of the whole, is what it is when it is asked for alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.text.strategies import treaties
from treaty_diff.align import align
from treaty_diff.citation import parse
from treaty_diff.redline.lineage import lineage
from treaty_diff.redline.lineage.part import part
from treaty_diff.store import Store
from treaty_diff.text.model import Treaty


@settings(max_examples=40, deadline=None)
@given(treaties(), treaties())
def test_any_provision_is_traced_alone_as_it_is_in_the_whole(subject: Treaty, base: Treaty) -> None:
    whole = lineage(subject, [base])
    for provision in subject.walk():
        assert part(whole, [provision]) == lineage(subject, [base], scope=[provision])


@pytest.mark.corpus
def test_every_chapter_of_the_real_texts_is_cut_as_it_is_traced(pulled: Store) -> None:
    nafta, tpp = pulled.load(parse("nafta1994")), pulled.load(parse("tpp"))
    found = align(nafta, tpp)
    whole = lineage(nafta, [tpp], concordances=[found])
    for chapter in nafta.chapters():
        alone = lineage(nafta, [tpp], scope=[chapter], concordances=[align(nafta, tpp, scope=[chapter])])
        cut = part(whole, [chapter])
        assert cut == alone
        assert cut.to_dict() == alone.to_dict()
