"""Lists between paragraphs of plain text."""

from __future__ import annotations

import pytest

from bookforge.model.blocks import ListBlock
from tests.readers.plain.reading import read

_ABOVE = "It rained all the morning and nobody came to the house by the sea.\n\n"


def _lists(text: str) -> list[ListBlock]:
    book = read(_ABOVE + text + "\n\n" + _ABOVE)
    assert book.letters() == book.source_letters()
    return [
        block
        for section in book.document.sections
        for block in section.blocks
        if isinstance(block, ListBlock)
    ]


def test_bullets_are_a_list() -> None:
    (found,) = _lists("• one net\n• two oars\n• a lamp")
    assert (found.ordered, len(found.items)) == (False, 3)


@pytest.mark.parametrize(
    "text",
    [
        "1. Salt\n2. Bread\n3. A boat",
        "• one net\n* two oars\n• a lamp",
        "- Is it far?\n- Not very.\n- Then go.",
        "1. Salt\nand bread\n2. A boat",
    ],
)
def test_anything_doubtful_stays_text(text: str) -> None:
    assert _lists(text) == []
