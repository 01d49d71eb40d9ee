"""Every item of a list has its bullet or number, whatever it begins with."""

from __future__ import annotations

import pytest

from bookforge.model.blocks import Block, ListBlock, ListItem, Preformatted, Quote
from bookforge.typeset.frames import TextLine
from tests.typeset.making import HERE, SENTENCE, book, chapter, lay, paragraph, table

QUOTATION = Quote((paragraph(SENTENCE),), HERE)
NESTED = ListBlock((ListItem((paragraph("Inside."),), HERE),), HERE)


@pytest.mark.parametrize(
    ("block", "marks"),
    [
        (paragraph("Words."), 2),
        (QUOTATION, 2),
        (table([["One", "Two"], ["Three", "Four"]]), 2),
        (Preformatted("code", HERE), 2),
        (NESTED, 4),
    ],
)
def test_a_mark_for_every_item(block: Block, marks: int) -> None:
    items = (ListItem((block,), HERE),) * 2
    laid = lay(book(chapter(SENTENCE, ListBlock(items, HERE), SENTENCE)))
    lines = [item for page in laid.layout.pages for item in page.items]
    words = [word for line in lines if isinstance(line, TextLine) for word in line.words]
    assert sum("•" in "".join(word.texts) for word in words) == marks
