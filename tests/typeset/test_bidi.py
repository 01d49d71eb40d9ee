"""Right-to-left text: levels, order, and where lines, indents and margins stand."""

from __future__ import annotations

from typing import Any

import pytest
from bidi.algorithm import get_display
from bidi.mirror import MIRRORED
from hypothesis import given
from hypothesis import strategies as st

from bookforge.languages.base import load_language
from bookforge.typeset.bidi import find_levels, runs_left
from bookforge.typeset.frames import Page, TextLine
from bookforge.typeset.layout import LaidOut, lay_out
from bookforge.typeset.order import order, place_boxes
from tests.typeset.making import METADATA, book, chapter, context, lay

HEBREW = "בבוקר ההוא עמד המגדלור בתוך ערפל כבד ואיש לא ראה את האור של הנמל הישן. "


def hebrew_book(*blocks: str) -> LaidOut:
    found = context()
    found = type(found)(
        found.config, load_language("he"), found.report, found.sources, found.folder
    )
    return lay_out(book(chapter(*blocks, id="one")), METADATA, found)


def lines_of(laid: LaidOut) -> dict[float, list[TextLine]]:
    """The words of the text by baseline."""
    found: dict[float, list[TextLine]] = {}
    for page in laid.layout.pages:
        for item in page.items:
            if isinstance(item, TextLine) and item.size == 11:
                found.setdefault(item.y, []).append(item)
    return found


def left_of(line: TextLine) -> float:
    """The left edge of a line; the pen of a word from right to left begins at its first letter."""
    back = min(0.0, sum(line.words[0].advances[:-1]))
    return line.x + back * line.size / 1000 * line.scale


def edges(words: list[TextLine]) -> tuple[float, float]:
    ends = [
        left_of(word) + sum(w.width for w in word.words) * word.size / 1000 * word.scale
        for word in words
    ]
    return min(map(left_of, words)), max(ends)


@given(st.text(alphabet="abא1ב2 .,()-ﺍع٣", max_size=24), st.sampled_from("LR"))
def test_every_letter_stands_where_the_algorithm_puts_it(text: str, base: str) -> None:
    levels = find_levels(text, "LR".index(base))
    # Rule L1: spaces at the end of the line take the paragraph's level.
    kept = len(text.rstrip())
    levels[kept:] = ["LR".index(base)] * (len(text) - kept)
    seen = "".join(
        MIRRORED.get(text[at], text[at]) if levels[at] % 2 else text[at] for at in order(levels)
    )
    assert seen == get_display(text, base_dir=base)


def test_marks_without_a_level_take_that_of_the_letter_before() -> None:
    assert find_levels("א\u00adב", 0) == [1, 1, 1]


@pytest.mark.parametrize(
    ("text", "book_turned", "turned"),
    [
        ("He said שלום.", False, False),
        ("שלום, said he.", False, True),
        ("Queen Mary עברה באופק", True, True),
        ("He said in English שלום", True, False),
    ],
)
def test_the_direction_of_a_paragraph(text: str, book_turned: bool, turned: bool) -> None:
    assert runs_left(text, book_turned) is turned


def test_boxes_stand_without_overlap() -> None:
    places = place_boxes([0, 1, 1, 0], [10, 20, 30, 40], [0, 5, 5, 5])
    assert places == [0, 50, 15, 75]


def test_lines_fill_the_measure_from_the_right() -> None:
    laid = hebrew_book(HEBREW * 6, HEBREW * 3)
    rows = [edges(words) for _, words in sorted(lines_of(laid).items())]
    right = max(end for _, end in rows)
    full = [row for row in rows if abs(row[0] - min(r[0] for r in rows)) < 0.1]
    assert len(full) >= 4
    assert all(abs(end - right) < 0.6 for _, end in full[:3])


def test_the_spine_of_such_a_book_is_on_the_right() -> None:
    def left_margin(laid: LaidOut) -> float:
        page: Page = next(iter(laid.layout.pages))
        lines = (item for item in page.items if isinstance(item, TextLine) and item.size == 11)
        return min(map(left_of, lines))

    usual = lay(book(chapter("Some words of a page. " * 40, id="one")))
    assert left_margin(hebrew_book(HEBREW * 9)) < left_margin(usual) - 5


def test_words_come_in_the_order_they_are_read() -> None:
    laid = hebrew_book(HEBREW)
    texts = [
        "".join("".join(w.texts) for w in item.words)
        for line in lines_of(laid).values()
        for item in line
    ]
    assert texts[0] == "בבוקר"


def test_a_foreign_word_keeps_its_direction() -> None:
    settings: dict[str, Any] = {"style": {"drop-cap": False, "lead-in": "none"}}
    laid = lay(book(chapter("He said שלום עולם and went. " * 3, id="one")), settings)
    rows = sorted(lines_of(laid).items())
    first = sorted(rows[0][1], key=left_of)
    shown = ["".join("".join(w.texts) for w in item.words) for item in first]
    assert [word.strip() for word in shown[:4]] == ["He", "said", "עולם", "שלום"]


@given(st.text(max_size=12))
def test_any_code_points_have_levels(text: str) -> None:
    assert len(find_levels("א" + text, 0)) == len(text) + 1
