"""A small book as text: every line and its place. `pytest --update-golden` writes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.model.blocks import Quote, QuoteRole, SceneBreak, Verse, VerseLine
from bookforge.model.document import Note, SectionKind
from bookforge.typeset.dump import dump
from tests.typeset.making import (
    HERE,
    SENTENCE,
    book,
    chapter,
    front,
    lay,
    note_mark,
    paragraph,
    printed,
    text,
)

GOLDEN = Path(__file__).parent / "golden" / "small-book.txt"


def small_book() -> str:
    """Front matter, a part, a chapter with something of everything."""
    lines = tuple(VerseLine((text(words),), HERE) for words in ("A line of verse", "and another"))
    document = book(
        front(SectionKind.HALF_TITLE),
        front(SectionKind.TITLE_PAGE),
        front(SectionKind.DEDICATION, paragraph("For nobody")),
        front(SectionKind.CONTENTS),
        chapter(label="Part One", title="The Fells", kind=SectionKind.PART, id="part"),
        chapter(
            SENTENCE * 3,
            paragraph("A note", note_mark("n", 1), " is called here. " + SENTENCE),
            SceneBreak(HERE, "***"),
            SENTENCE * 2,
            Verse((lines,), HERE),
            Quote((paragraph("Dear Sir, " + SENTENCE),), HERE, QuoteRole.LETTER),
            SENTENCE,
            label="1",
            title="The Carter",
            id="one",
            level=2,
        ),
        notes=[Note("n", (paragraph("What the note says."),), HERE, 1)],
    )
    return dump(lay(document, printed(trim="4.25x6.87")).layout)


def test_the_small_book(pytestconfig: pytest.Config) -> None:
    found = small_book()
    if pytestconfig.getoption("--update-golden"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")
