"""The compiled cutting of pages against the Python."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.typeset.paginate import INFINITY, Column, Frame, cut_pages
from tests.kernel.twins import twins

# Costs as a galley has them: orphans, widows, split words, rows that are kept together.
COSTS = st.sampled_from([0.0, 0.0, 0.0, 150.0, 900.0, 1_000.0, 1_150.0, 117.3, INFINITY])
FEET = st.sampled_from([0.0, 0.0, 0.0, 0.0, 0.0, 0.005, 9.6, 11.5, 28.75])
ROW = st.tuples(st.sampled_from([1, 1, 1, 1, 2, 5]), COSTS, st.booleans(), st.booleans(), FEET)
PLAIN = st.tuples(st.just(1), COSTS, st.just(False), st.booleans(), st.just(0.0))
ROWS = st.one_of(st.lists(ROW, max_size=120), st.lists(PLAIN, max_size=250))


@st.composite
def columns(draw: st.DrawFn) -> Column:
    # Some row is not blank, or there is nothing to be cut.
    rows = [*draw(ROWS), (1, 0.0, False, False, 0.0)]
    rows = rows[-1:] + rows[:-1] if draw(st.booleans()) else rows
    heights, costs, blank, opens, feet = map(list, zip(*rows, strict=True))
    places = st.integers(0, len(rows) - 1)
    tops = draw(st.dictionaries(places, st.integers(0, 3), max_size=4))
    return Column(heights, costs, blank, opens, feet, tops)


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    leading = draw(st.sampled_from([11.5, 14.0, 14.4]))
    gap = draw(st.sampled_from([0.0, 7.0, 10.0]))
    return Frame(draw(st.integers(6, 34)), leading, gap, draw(st.sampled_from([1.0, 0.3, 0.0])))


@given(columns(), frames(), st.booleans())
def test_both_cut_alike(column: Column, frame: Frame, recto: bool) -> None:
    compiled, python = twins(cut_pages)
    assert compiled(column, frame, recto) == python(column, frame, recto)


def test_both_refuse_a_column_of_nothing() -> None:
    compiled, python = twins(cut_pages)
    blank = Column([1], [0.0], [True], [False], [0.0])
    for column in (Column(), blank):
        for cut in (compiled, python):
            with pytest.raises(IndexError):
                cut(column, Frame(10, 14.0), True)
