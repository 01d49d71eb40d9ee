"""Headings, datelines and salutations of plain text stand with what they lead to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bookforge.model.blocks import Block, Heading, Paragraph, ParagraphRole, Quote, QuoteRole
from bookforge.model.blocks import SceneBreak as Break
from bookforge.model.inlines import Emphasis
from bookforge.typeset.galley import Ornament, Row
from bookforge.typeset.leads import Lead, find_leads, is_brief, is_idle, look
from bookforge.typeset.style import Caps
from tests.typeset.making import HERE, SENTENCE, book, chapter, lay, paragraph, text

GAP, STARS = Break(HERE), Break(HERE, "***")


def raised(words: str) -> Paragraph:
    return paragraph(Emphasis((text(words),), HERE))


@pytest.mark.parametrize(
    "words, lead",
    [
        ("“25 May.", Lead.DATELINE),
        ("August 26th, 17—.", Lead.DATELINE),
        ("“My dear Art,—", Lead.SALUTATION),
        ("“Yours, as ever and always,", Lead.SALUTATION),
        ("These were the verses:—", Lead.SALUTATION),
        ("CHORUS.", Lead.HEADING),
        ("“Did you see 12?” I said.", None),
        ("“What, 12?”", None),
        ("He slept.", None),
        (SENTENCE, None),
    ],
)
def test_looks(words: str, lead: Lead | None) -> None:
    assert look(paragraph(words)) is lead


def test_emphasis_alone_is_a_heading() -> None:
    assert look(raised("Dr. Seward’s Diary.")) is Lead.HEADING
    assert look(raised("Who was that?")) is None


def test_a_letter_in_plain_text() -> None:
    blocks: list[Block] = [paragraph(SENTENCE), raised("Letter from Quincey Morris.")]
    blocks += [paragraph("(Unopened by him.)"), paragraph("25 May."), paragraph("My dear Art,")]
    blocks += [paragraph(SENTENCE), paragraph("Yours,"), paragraph("Q. MORRIS."), paragraph("So.")]
    assert find_leads(blocks) == {1, 2, 3, 4, 6}


def test_what_leads_nowhere() -> None:
    assert find_leads([paragraph(SENTENCE), paragraph("London, 1890")]) == set()
    assert find_leads([paragraph(f"Song {number}") for number in range(9)]) == set()
    assert find_leads([paragraph("Yours,"), Heading(1, (text("Part"),), HERE)]) == set()
    assert find_leads([paragraph(SENTENCE), paragraph("London, 1890"), STARS]) == set()


def test_breaks_that_part_no_scenes() -> None:
    head = Heading(1, (text("Part"),), HERE)
    date = Paragraph((text("London"),), HERE, ParagraphRole.DATELINE)
    plain = paragraph(SENTENCE)
    assert is_idle([head, STARS, plain], 1)
    assert is_idle([date, STARS, plain], 1)
    assert is_idle([plain, STARS], 1)
    assert is_idle([STARS, plain], 0)
    assert not is_idle([plain, STARS, plain], 1)
    # A letter may end with its date, a diary goes on with the next one.
    assert not is_idle([plain, paragraph("London, 1890"), GAP, plain], 2)
    assert not is_idle([paragraph("He slept."), GAP, paragraph("26 August."), plain], 1)


def test_a_title_over_its_date_stands_with_it() -> None:
    title = paragraph("Walton, ", Emphasis((text("in continuation."),), HERE))
    blocks = [paragraph(SENTENCE), title, GAP, paragraph("August 26th."), GAP, paragraph(SENTENCE)]
    assert find_leads(blocks) == {1, 3}
    assert is_idle(blocks, 2) and is_idle(blocks, 4)


def printed(*blocks: Block | str) -> Iterator[list[Row]]:
    """The rows of each page of a chapter."""
    for leaf in lay(book(chapter(*blocks, label="1"))).leaves:
        if leaf.piece is not None and leaf.cut is not None and not leaf.piece.bare:
            yield [leaf.piece.galley.at(row) for row in range(leaf.cut.first, leaf.cut.stop)]


@pytest.mark.parametrize("lines", range(24, 40))
def test_no_page_ends_behind_a_salutation(lines: int) -> None:
    blocks = [*["He sat."] * lines, raised("A letter."), "25 May.", "My dear Art,", SENTENCE * 9]
    for rows in printed(*blocks):
        foot = rows[-1]
        assert isinstance(foot, tuple)
        assert look(Paragraph(foot[0].draft.node, HERE)) is None
        assert foot[0].count < 3 or foot[1] > 0


@pytest.mark.parametrize("lines", range(24, 40))
def test_a_telegram_is_not_torn(lines: int) -> None:
    wire = Quote((paragraph("BURROW ULSEY"), paragraph("MATTER REFERRED STOP " * 6)), HERE)
    pages = [
        number
        for number, rows in enumerate(printed(*["He sat."] * lines, wire, *["So."] * 20))
        for row in rows
        if isinstance(row, tuple) and row[0].draft.style.caps is Caps.ALL_SMALL
    ]
    assert len(pages) > 2 and len(set(pages)) == 1


def test_what_is_short_enough_for_one_page() -> None:
    assert is_brief(Quote((paragraph("BACK SOON"),), HERE, QuoteRole.NOTE).blocks)
    assert not is_brief([paragraph(SENTENCE)] * 4)


def test_no_ornament_ends_a_chapter() -> None:
    rows = [row for page in printed(SENTENCE, STARS, SENTENCE, STARS) for row in page]
    assert sum(isinstance(row, Ornament) for row in rows) == 1
