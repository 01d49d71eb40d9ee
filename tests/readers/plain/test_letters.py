"""The parts of letters and dated entries in plain text, and what only looks like them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from bookforge.model.blocks import Block, Paragraph, ParagraphRole, Quote
from bookforge.model.walk import plain
from tests.readers.plain.reading import read

_PROSE = (
    "The lock had been oiled, which nobody who lived in the house would have done, and Marta put "
    "her palm flat on the door and felt it give a little, like the lid of a biscuit tin."
)
_LETTER = "Riga, 12 March 1914\n\nDear Otto,\n\n{prose}\n\nYour affectionate sister,\n\nMarta"


def _roles(text: str) -> list[tuple[str, str]]:
    """Role and words of every paragraph that has one."""
    return [
        (block.role.value, plain(block.children))
        for section in read(text).document.sections
        for block in _walk(section.blocks)
        if isinstance(block, Paragraph)
        and block.role not in (ParagraphRole.BODY, ParagraphRole.CENTRED)
    ]


def _walk(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Quote):
            yield from _walk(block.blocks)


def _book(inner: str) -> str:
    return f"Chapter 1\n\n{_PROSE}\n\n{inner}\n\n{_PROSE}\n\n\nChapter 2\n\n{_PROSE}\n"


def test_a_letter_in_a_chapter() -> None:
    assert _roles(_book(_LETTER.format(prose=_PROSE))) == [
        ("dateline", "Riga, 12 March 1914"),
        ("salutation", "Dear Otto,"),
        ("closing", "Your affectionate sister,"),
        ("signature", "Marta"),
    ]


def test_no_paragraph_more_for_a_letter() -> None:
    plain_text = read(_book(f"{_PROSE}\n\n{_PROSE}")).outline["paragraphs"]
    assert read(_book(f"Dear Otto,\n\n{_PROSE}")).outline["paragraphs"] == plain_text


@pytest.mark.parametrize(
    "salutation, closing",
    [
        ("Liebe Marta,", "Mit herzlichen Grüßen,"),
        ("Ma chère Marta,", "Je t'embrasse,"),
        ("Querida Marta:", "Con cariño,"),
        ("Kära Marta,", "Med vänlig hälsning,"),
        ("Дорогая Марта,", "С любовью,"),
    ],
)
def test_letters_in_other_tongues(salutation: str, closing: str) -> None:
    found = _roles(_book(f"{salutation}\n\n{_PROSE}\n\n{closing}\n\nOtto"))
    assert [role for role, _ in found] == ["salutation", "closing", "signature"]


def test_a_set_off_ending() -> None:
    inner = f"My dear Sister,\n\n{_PROSE}\n\n      Your affectionate brother,\n      R. Lind"
    assert [role for role, _ in _roles(_book(inner))] == ["salutation", "closing"]


def test_entries_of_a_diary_inside_a_chapter() -> None:
    inner = f"Monday, 3 March\n\n{_PROSE}\n\nTuesday, 4 March\n\n{_PROSE}"
    assert [role for role, _ in _roles(_book(inner))] == ["dateline", "dateline"]


@pytest.mark.parametrize(
    "line",
    [
        "“Dear me,” said Otto.",
        "Dear, dear,",
        "“Yours,” she said.",
        "Yours ever,",
        "Monday",
        "1914",
        "10:42 PM",
        "Sir Robert looked up at the lamp and then at the door—",
        "Hello,",
        "Best left alone.",
    ],
)
def test_what_is_no_letter(line: str) -> None:
    assert _roles(_book(line)) == []
