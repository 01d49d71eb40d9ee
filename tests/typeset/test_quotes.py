"""Quotations that are parts of one letter."""

from __future__ import annotations

from bookforge.model.blocks import Block, Quote, QuoteRole
from bookforge.typeset.quotes import join_quotes
from tests.typeset.making import HERE, SENTENCE, paragraph


def quote(*texts: str, role: QuoteRole = QuoteRole.QUOTATION) -> Quote:
    return Quote(tuple(map(paragraph, texts)), HERE, role)


def test_salutation_and_signature_belong_to_the_letter() -> None:
    blocks: list[Block] = [paragraph(SENTENCE), quote("Kendal, 3 May"), quote("Dear Sir,")]
    blocks += [quote(SENTENCE), quote("Yours, etc."), paragraph(SENTENCE), quote(SENTENCE)]
    assert join_quotes(blocks) == {2, 3, 4}


def test_long_quotations_stand_apart_and_so_do_brief_ones() -> None:
    assert join_quotes([quote(SENTENCE), quote(SENTENCE)]) == set()
    assert join_quotes([quote("Closed."), quote("Keep out.")]) == set()


def test_messages_stand_apart() -> None:
    hi = quote("Hi", role=QuoteRole.MESSAGE)
    assert join_quotes([hi, quote(SENTENCE, role=QuoteRole.MESSAGE)]) == set()
