"""Cutting a column into pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bookforge.typeset.paginate import INFINITY, Column, Frame, PageCut, cut_pages

FRAME = Frame(10, 14.0)


def column(rows: str) -> Column:
    """One letter a row: `.` text, `x` text before which no page may end, `_` space that vanishes
    at a page's edge, `^` the same when pages may open it by a line, `o` costly (a widow)."""
    costs = [{"x": INFINITY, "o": 1000.0}.get(row, 0.0) for row in rows]
    return Column(
        heights=[1] * len(rows),
        costs=costs,
        blank=[row in "_^" for row in rows],
        opens=[row == "^" for row in rows],
        feet=[0.0] * len(rows),
    )


def depths(cuts: list[PageCut]) -> list[int]:
    return [cut.depth for cut in cuts]


def test_full_pages() -> None:
    cuts = cut_pages(column("." * 30), FRAME, recto=True)
    assert [(cut.first, cut.stop) for cut in cuts] == [(0, 10), (10, 20), (20, 30)]


def test_a_widow_is_avoided_by_both_facing_pages() -> None:
    rows = "." * 10 + "." * 10 + "o" + "." * 20
    cuts = cut_pages(column(rows), FRAME, recto=False)
    assert all(cut.stop != 20 for cut in cuts)
    assert depths(cuts)[0] == depths(cuts)[1] != 10


def test_space_vanishes_at_the_top_of_a_page() -> None:
    cuts = cut_pages(column("." * 10 + "__" + "." * 8), FRAME, recto=True)
    assert cuts[0].stop == 10 and cuts[1].first == 12


def test_space_is_opened_to_make_facing_pages_equal() -> None:
    rows = "....^....xxx" + "." * 30
    cuts = cut_pages(column(rows), FRAME, recto=False)
    assert depths(cuts)[0] == depths(cuts)[1]


def test_the_last_page_is_not_nearly_empty() -> None:
    cuts = cut_pages(column("." * 42), FRAME, recto=True)
    assert cuts[-1].stop - cuts[-1].first >= 5


def test_notes_take_their_room() -> None:
    rows = column("." * 24)
    rows.feet[3] = 30.0  # three lines with the gap
    cuts = cut_pages(rows, Frame(10, 14.0, gap=10.0), recto=True)
    assert cuts[0].stop == 7


def test_what_does_not_fit_by_the_rules_is_cut_somehow() -> None:
    cuts = cut_pages(column("." + "x" * 40), FRAME, recto=True)
    assert [row for cut in cuts for row in range(cut.first, cut.stop)] == list(range(41))


@given(st.text(alphabet="....x_^o", min_size=1, max_size=150), st.booleans())
def test_every_row_that_is_not_blank_stands_on_one_page(rows: str, recto: bool) -> None:
    cuts = cut_pages(column("." + rows), FRAME, recto)
    placed = [row for cut in cuts for row in range(cut.first, cut.stop)]
    assert placed == sorted(set(placed))
    text = [i for i, row in enumerate("." + rows) if row not in "_^"]
    assert [row for row in placed if ("." + rows)[row] not in "_^"] == text
    assert all(cut.stop - cut.first <= 11 for cut in cuts)


def test_the_last_page_gets_lines_from_the_one_before() -> None:
    # Thirty-two lines would leave two for the second page; breaks cost little.
    column = Column([1] * 32, [0.0] * 32, [False] * 32, [False] * 32, [0.0] * 32)
    for row in (28, 29, 31):
        column.costs[row] = 950.0  # widow, orphan …
    cuts = cut_pages(column, Frame(30, 14.0), recto=True)
    assert [cut.stop - cut.first for cut in cuts] == [27, 5]
