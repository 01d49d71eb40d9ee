"""Tables on the page: columns, rules, heads that are repeated, what does not go in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bookforge.cache import Cache
from bookforge.diagnostics import Diagnostic
from bookforge.languages.base import load_language
from bookforge.model.blocks import Alignment, Table
from bookforge.model.document import Note
from bookforge.model.walk import inline_runs, plain
from bookforge.typeset.dump import dump, line_text, page_words
from bookforge.typeset.frames import CELLS, Begin, End, Page, Rule, Tag, TextLine
from bookforge.typeset.grid import _share
from bookforge.typeset.layout import lay_out
from tests.typeset.making import (
    METADATA,
    SENTENCE,
    book,
    chapter,
    context,
    lay,
    note_mark,
    printed,
    table,
    text,
)

GOLDEN = Path(__file__).parent / "golden" / "tables.txt"
NATURAL, RIGHT = Alignment.NATURAL, Alignment.RIGHT
SMALL = printed(trim="4.25x6.87")
ROWS = [["Station", "Fare"], ["Ulverston", "1,204"], ["Grange-over-Sands", "77"]]


def body(*blocks: Table | str, **settings: object) -> list[Page]:
    laid = lay(book(chapter(*blocks, label="1")), settings or SMALL)
    return list(laid.layout.pages)


def cells(page: Page) -> Iterator[tuple[Begin, list[TextLine]]]:
    """Each cell that stands on a page, with its lines."""
    opened: Begin | None = None
    lines: list[TextLine] = []
    for item in page.items:
        if isinstance(item, Begin):
            opened, lines = item, []
        elif isinstance(item, TextLine):
            lines.append(item)
        elif isinstance(item, End) and opened is not None and opened.tag in CELLS:
            yield opened, lines
            opened = None


def rules(page: Page) -> list[Rule]:
    return [item for item in page.items if isinstance(item, Rule)]


def test_the_golden_table(pytestconfig: pytest.Config) -> None:
    long = table(
        [["Head", "Of two"], *[[f"Row {number}", SENTENCE] for number in range(9)]],
        caption=(text("Words"),),
    )
    found = dump(lay(book(chapter(SENTENCE, long, SENTENCE, label="1")), SMALL).layout)
    if pytestconfig.getoption("--update-golden"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    (page,) = [page for page in body(table(ROWS, aligns=(NATURAL, RIGHT))) if rules(page)]
    lines = [lines[0] for _, lines in cells(page)]
    ends = [line.x + sum(w.width * line.size / 1000 for w in line.words) for line in lines[3::2]]
    assert ends[0] == pytest.approx(ends[1], abs=0.5)
    assert lines[2].x == pytest.approx(lines[4].x, abs=0.5)
    first = rules(page)[0]
    assert first.thickness >= 0.75 and first.width < 200
    assert first.x <= lines[0].x + 0.5 and first.x + first.width >= ends[0] - 0.5


def test_from_right_to_left() -> None:
    """The first column is on the right; `--:` still puts figures under each other's ends."""
    rows = [["תחנה", "מחיר הנסיעה"], ["ירושלים", "1,204"], ["שבע", "77"]]
    turned = replace(context(SMALL), language=load_language("he"))
    section = chapter(table(rows, aligns=(NATURAL, RIGHT)), label="1")
    laid = lay_out(book(section), METADATA, turned)
    (page,) = [page for page in laid.layout.pages if rules(page)]
    lines = [lines[0] for _, lines in cells(page)]
    assert lines[2].x > lines[3].x
    ends = [line.x + sum(w.width * line.size / 1000 for w in line.words) for line in lines[3::2]]
    assert ends[0] == pytest.approx(ends[1], abs=0.5)
    rule = rules(page)[0]
    assert rule.x < lines[3].x - 5


def test_lines_stand_on_the_grid_and_rules_between_them() -> None:
    laid = lay(book(chapter(SENTENCE, table(ROWS), SENTENCE, label="1")), SMALL)
    (page,) = [page for page in laid.layout.pages if rules(page)]
    sheet = laid.design.sheet
    grid = [round(sheet.baseline(line), 3) for line in range(sheet.lines)]
    rows = sorted({line.y for _, lines in cells(page) for line in lines})
    assert len(rows) == 3 and set(rows) <= set(grid)
    above, under, below = (rule.y for rule in rules(page))
    assert above < rows[0] < under < rows[1] and rows[2] < below < rows[2] + sheet.leading


def test_heads_are_repeated_and_rows_stay_whole() -> None:
    rows = [["Head", "Other"], *[[f"Row {number}", SENTENCE * 2] for number in range(30)]]
    pages = [page for page in body(table(rows)) if any(cells(page))]
    assert len(pages) > 2
    keys: list[int] = []
    for number, page in enumerate(pages):
        inside = [begin.key for begin, _ in cells(page)]
        keys += inside
        drawn = [line_text(item) for item in page.items if isinstance(item, TextLine)]
        assert ("Head" in drawn) and len(inside) % 2 == 0
        # On later pages they are no part of the text.
        heads = [begin for begin, _ in cells(page) if begin.tag is Tag.COLUMN_HEAD]
        assert len(heads) == (0 if number else 2)
    assert keys == sorted(set(keys))


def test_a_row_longer_than_a_page_is_broken() -> None:
    pages = body(table([["A", "B"], ["one", SENTENCE * 40]]))
    assert len([page for page in pages if any(cells(page))]) > 1
    words = page_words(pages)
    assert words[-3:] == SENTENCE.split()[-3:] and words.count("lantern") == 40


def test_small_type_then_p130() -> None:
    found: list[Diagnostic] = []
    many = table([[f"Unbreakable{n}" for n in range(6)]])
    document = book(chapter(many, label="1"))
    laid = lay_out(document, METADATA, context(SMALL, found))
    assert [one.code for one in found] == ["P130"]
    assert "".join(page_words(laid.layout.pages)).endswith("Unbreakable5")
    (page,) = [page for page in laid.layout.pages if rules(page)]
    sheet = laid.design.sheet
    right = sheet.left(page.recto) + sheet.measure
    for _, lines in cells(page):
        for line in lines:
            width = sum(w.width * line.size / 1000 for w in line.words) * line.scale
            assert line.x + width < right + 1.0


def test_notes_called_in_cells_stand_at_the_foot() -> None:
    rows = [["Station", "Fare"], [(text("Ulverston"), note_mark("n", 1)), "1,204"]]
    note = Note("n", table([["Of", "cells"]]) and (table([["Of", "cells"]]),), text("").span, 1)
    laid = lay(book(chapter(table(rows), label="1"), notes=[note]), SMALL)
    words = page_words(laid.layout.pages)
    assert words[-7:] == ["Station", "Fare", "Ulverston1", "1,204", "1.", "Of", "cells"]


def test_what_is_cut_is_told_by_every_build(tmp_path: Path) -> None:
    document = book(chapter(table([[f"Unbreakable{n}" for n in range(6)]]), label="1"))
    for _ in range(2):
        found: list[Diagnostic] = []
        cache = Cache(tmp_path / "cache")
        lay_out(document, METADATA, replace(context(SMALL, found), cache=cache))
        cache.save()
        assert [one.code for one in found] == ["P130"]


def test_an_edit_elsewhere_leaves_the_cached_table(tmp_path: Path) -> None:
    def make(words: str, cache: Cache | None) -> str:
        document = book(chapter(table(ROWS), label="1"), chapter(words, label="2"))
        return dump(lay_out(document, METADATA, replace(context(SMALL), cache=cache)).layout)

    cache = Cache(tmp_path / "cache")
    make(SENTENCE, cache)
    assert make(SENTENCE + "More.", cache) == make(SENTENCE + "More.", None)


CELL = st.lists(st.text("abcdefg-—1234é", min_size=1, max_size=9), max_size=12).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.data(), st.integers(1, 6), st.integers(1, 12))
def test_every_word_once_and_in_order(data: st.DataObject, columns: int, rows: int) -> None:
    row = st.lists(CELL, min_size=columns, max_size=columns)
    drawn = data.draw(st.lists(row, min_size=rows, max_size=rows))
    made = table(drawn, heads=data.draw(st.integers(0, rows)))
    found = page_words(body("Before.", made, "After."))
    wanted = [plain(run) for run in inline_runs((made,))]
    assert "".join(found) == "1Before." + "".join("".join(wanted).split()) + "After."


def test_figures_are_not_broken_beside_long_words() -> None:
    """A narrow column has its natural width where another one can give."""
    assert _share([20.0, 40.0, 50.0], [60.0, 45.0, 400.0], 250.0) == [60.0, 45.0, 145.0]
    assert _share([20.0, 40.0], [60.0, 90.0], 200.0) == [60.0, 90.0]
    widths = _share([80.0, 90.0], [200.0, 300.0], 200.0)
    assert sum(widths) == pytest.approx(200.0) and widths[0] > 80.0 and widths[1] > 90.0
