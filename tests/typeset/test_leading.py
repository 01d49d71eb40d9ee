"""White: more above a heading than below it, none round nested lists, and what is opened where a
page is given more depth."""

from __future__ import annotations

import pytest

from bookforge.model.blocks import Block, Heading, ListBlock, ListItem, Quote, Verse, VerseLine
from bookforge.model.walk import plain
from bookforge.typeset.compose import Setting
from bookforge.typeset.galley import Galley
from bookforge.typeset.leading import choose
from tests.typeset.making import HERE, SENTENCE, book, chapter, lay, paragraph, text

QUOTE = Quote((paragraph(SENTENCE),), HERE)
HEAD = Heading(1, (text("Under"),), HERE)
STANZA = (VerseLine((text("A line"),), HERE),)
SONG = Verse((STANZA, STANZA), HERE)


def set_type(*blocks: Block | str) -> Galley:
    laid = lay(book(chapter(*blocks)))
    assert laid.leaves[0].piece is not None
    return laid.leaves[0].piece.galley


def opened(*blocks: Block | str, spare: int = 1) -> list[int]:
    """Which of the spaces that may be opened are, counted from the top."""
    galley = set_type(*blocks)
    spaces = [row for row, opens in enumerate(galley.column.opens) if opens]
    rows = choose(galley, range(len(galley.contents)), spare)
    return [spaces.index(row) for row in sorted(rows)]


def test_one_line_goes_behind_a_quotation_and_two_to_both_sides() -> None:
    blocks = (SENTENCE, QUOTE, SENTENCE, QUOTE, SENTENCE)
    assert opened(*blocks) == [1]
    assert opened(*blocks, spare=2) == [0, 1]


def test_a_space_without_a_partner_comes_first() -> None:
    assert opened(SENTENCE, QUOTE, SENTENCE, HEAD, SENTENCE) == [2]
    assert opened(SENTENCE, QUOTE, SENTENCE, SONG, SENTENCE) == [1]
    galley = set_type(SENTENCE, QUOTE, SENTENCE, QUOTE, SENTENCE)
    last = [row for row, opens in enumerate(galley.column.opens) if opens][2]
    # The page ends inside the second quotation.
    assert choose(galley, range(last + 2), 1) == {last}


def _blanks(galley: Galley, before: str) -> int:
    """Empty rows above the paragraph that begins with these words."""
    for row, content in enumerate(galley.contents):
        if isinstance(content, Setting) and plain(content.draft.node).startswith(before):
            above = row
            while above > 0 and galley.contents[above - 1] is None:
                above -= 1
            return row - above
    raise AssertionError(before)


@pytest.mark.parametrize(("level", "white"), [(1, (2, 1)), (2, (1, 0))])
def test_a_heading_stands_nearer_to_its_text(level: int, white: tuple[int, int]) -> None:
    galley = set_type(SENTENCE, Heading(level, (text("Under"),), HERE), "So it went on.")
    assert (_blanks(galley, "Under"), _blanks(galley, "So it")) == white


def test_no_white_round_a_nested_list() -> None:
    inner = ListBlock((ListItem((paragraph("Inside."),), HERE),), HERE)
    items = (
        ListItem((paragraph("Outside."), inner), HERE),
        ListItem((paragraph("Last."),), HERE),
    )
    galley = set_type(SENTENCE, ListBlock(items, HERE), "So it went on.")
    wanted = {"Outside": 1, "Inside": 0, "Last": 0, "So it": 1}
    assert {words: _blanks(galley, words) for words in wanted} == wanted


def test_a_heading_under_the_title_adds_no_white() -> None:
    laid = lay(book(chapter(HEAD, SENTENCE, title="Over")))
    assert laid.leaves[0].piece is not None
    bare = lay(book(chapter("Under", SENTENCE, title="Over")))
    assert bare.leaves[0].piece is not None
    assert _blanks(laid.leaves[0].piece.galley, "Under") == _blanks(
        bare.leaves[0].piece.galley, "Under"
    )
