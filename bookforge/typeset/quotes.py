"""Quotations: which of them are parts of one, and how telegrams are set.

In: blocks. Out: what `blocks` needs to set them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from msgspec.structs import replace

from bookforge.model.blocks import Block, Quote, QuoteRole
from bookforge.model.walk import stream
from bookforge.typeset.style import Align, BlockStyle, Caps

# Letters of what is surely no more than a line.
_LINE = 50


def telegram(style: BlockStyle) -> BlockStyle:
    """Capitals alone, as in telegrams: small ones, not stretched to the measure."""
    align = Align.LEFT if style.align is Align.JUSTIFY else style.align
    return replace(style, align=align, indent=0.0, italic=False, caps=Caps.ALL_SMALL, tracking=60.0)


def join_quotes(blocks: Sequence[Block]) -> set[int]:
    """The quotations that go on from the one before: a letter's salutation, text and signature
    are often written as quotations of their own."""
    joined: set[int] = set()
    for isquote, group in groupby(enumerate(blocks), lambda entry: isinstance(entry[1], Quote)):
        if not isquote:
            continue
        run = [(number, block, _is_brief(block)) for number, block in group]
        if all(brief for *_, brief in run):
            continue
        for (_, before, is_short), (number, block, short) in pairwise(run):
            assert isinstance(before, Quote) and isinstance(block, Quote)
            if (is_short or short) and before.role is block.role is QuoteRole.QUOTATION:
                joined.add(number)
    return joined


def _is_brief(block: Block) -> bool:
    """Whether a quotation is a line of words: a salutation, a date, a name."""
    if not isinstance(block, Quote) or len(block.blocks) > 1:
        return False
    return sum(len(node.text) for node in stream(block.blocks)) <= _LINE
