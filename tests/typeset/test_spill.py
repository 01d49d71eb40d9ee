"""Notes go on on the next page where they do not fit under the line that calls them."""

from __future__ import annotations

import pytest

from bookforge.model.document import Note
from bookforge.typeset.galley import Galley
from tests.typeset.making import HERE, SENTENCE, book, chapter, lay, note_mark, paragraph

NOTE = Note("n", (paragraph(SENTENCE * 7),), HERE, 1)


def called(number: int) -> tuple[Galley, list[range], list[int], int]:
    """A chapter with a note called so far down: its galley, the rows and depths of its pages."""
    before = [paragraph(SENTENCE)] * number
    call = paragraph("He laughed.", note_mark("n", 1))
    laid = lay(book(chapter(*before, call, *before, label="1"), notes=[NOTE]))
    leaves = [leaf for leaf in laid.leaves if leaf.piece is not None and leaf.cut is not None]
    cuts = [leaf.cut for leaf in leaves if leaf.cut is not None]
    assert leaves[0].piece is not None
    rows = [range(cut.first, cut.stop) for cut in cuts]
    return leaves[0].piece.galley, rows, [cut.depth for cut in cuts], laid.design.sheet.lines


@pytest.mark.parametrize("number", range(14, 32))
def test_no_page_is_short_for_a_note(number: int) -> None:
    galley, _, depths, lines = called(number)
    assert min(depths[:-1]) >= lines - 2
    (first, *_) = galley.notes
    assert first[0] in galley.feet


@pytest.mark.parametrize("number", range(14, 32))
def test_a_divided_note_is_whole_and_in_order(number: int) -> None:
    galley, pages, _, _ = called(number)
    said = [line for row in sorted(galley.feet) for line in galley.feet[row]]
    assert [line.line for line in said] == list(range(len(said)))
    shares = [sum(len(galley.feet.get(row, ())) for row in rows) for rows in pages]
    assert all(share == 0 or share >= 2 for share in shares)


def test_some_note_is_divided() -> None:
    assert any(len(called(number)[0].feet) > 1 for number in range(14, 32))
