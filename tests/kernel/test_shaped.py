"""The compiled search for lines of several widths against the Python."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bookforge.typeset.linebreak import INFINITY, TIGHT, Breaks, Manner, break_shaped
from tests.kernel.twins import lay_breaks, twins

SPACE = 3.0
# The width of a word, how much of its end hangs into the margin, and whether it ends in a hyphen
# instead of a space. Equal widths make paths that cost the same.
WIDTH = st.one_of(st.sampled_from([6.0, 9.0, 12.0]), st.floats(2.0, 24.0))
WORD = st.tuples(WIDTH, st.sampled_from([0.0, 0.0, 1.5]), st.sampled_from([0, 0, 0, 1, 2]))
WORDS = st.one_of(st.lists(WORD, min_size=1), st.lists(WORD, min_size=40, max_size=80))


@st.composite
def paragraphs(draw: st.DrawFn) -> Breaks:
    rows = [(width, -hang, hyphen) for width, hang, hyphen in draw(WORDS)]
    return lay_breaks(rows, SPACE, 0.0)


@st.composite
def manners(draw: st.DrawFn) -> Manner:
    brim = draw(st.sampled_from([INFINITY, 100.0, 140.0]))
    flex, tight = draw(st.sampled_from([0.0, 0.02])), draw(st.sampled_from([TIGHT, 0.32]))
    return Manner(SPACE, flex, draw(st.sampled_from([20.0, 60.0])), tight, brim)


WIDTHS = st.lists(st.sampled_from([75.0, 90.0, 150.0, 151.5]), min_size=1, max_size=5)
TOLERANCES = st.sampled_from([0.4, 0.95, 4.0])
LINES = st.one_of(st.none(), st.integers(1, 10))


@given(paragraphs(), WIDTHS, TOLERANCES, manners(), LINES)
def test_both_break_alike(
    breaks: Breaks, widths: list[float], tolerance: float, manner: Manner, lines: int | None
) -> None:
    compiled, python = twins(break_shaped)
    found = compiled(breaks, widths, tolerance, manner, lines)
    assert found == python(breaks, widths, tolerance, manner, lines)


def test_of_a_crowd_the_same_are_kept() -> None:
    """More breaks may end a line than are kept."""
    compiled, python = twins(break_shaped)
    count = 400
    ends = [0.0, *(0.7 * at + (at % 7) * 0.01 for at in range(1, count + 1))]
    places = list(range(count + 1))
    breaks = Breaks(ends, ends, places, places, [0, *(at % 3 == 1 for at in range(count))])
    manner = Manner(0.5, 0.02, 20.0)
    for lines in (None, 2, 3, 4):
        for measure in (130.0, 150.0, 210.0):
            found = compiled(breaks, [measure, 120.0, measure], 4.0, manner, lines)
            assert found == python(breaks, [measure, 120.0, measure], 4.0, manner, lines)
