"""White that runs down through a paragraph."""

from __future__ import annotations

from itertools import accumulate

from bookforge.typeset.linebreak import Breaks, Manner
from bookforge.typeset.rivers import Rivers, list_growths, may_flow


def test_wide_spaces_under_each_other_are_a_river() -> None:
    rivers = Rivers()
    lines = [[(50.0, 54.0)], [(52.0, 56.0), (90.0, 94.0)], [(54.0, 58.0)]]
    assert [rivers.follow(line, 3.0) for line in lines] == [False] * 3
    assert rivers.follow([(56.0, 60.0)], 3.0)
    assert not rivers.follow([(58.0, 62.0)], 3.0)  # told once


def test_a_close_line_dams_a_river() -> None:
    rivers = Rivers()
    for line in ([(50.0, 54.0)], [(51.0, 55.0)], [(52.0, 56.0)], [], [(53.0, 57.0)]):
        assert not rivers.follow(line, 3.0)


def make(widths: list[float]) -> tuple[Breaks, list[int]]:
    """A word, a space of 3 and a word on each line, of these natural widths together."""
    reach = [0.0, *accumulate(width + 3.0 for width in widths)]
    ends = [0.0, *(at - 3.0 for at in reach[1:])]
    count = len(ends)
    stops = [2 * number - 1 for number in range(count)]
    begins = [2 * number for number in range(count)]
    return Breaks(ends, reach, stops, begins, [0] * count), list(range(count))


def test_four_loose_lines_in_succession_may_flow() -> None:
    manner = Manner(3.0, flex=0.0)
    wide, full = 98.0, 100.0
    for before in range(6):
        breaks, path = make([full] * before + [wide] * 4 + [full] * 2)
        assert may_flow(breaks, path, 100.0, manner)
        breaks, path = make([full] * before + [wide] * 3 + [full] + [wide] * 3 + [full])
        assert not may_flow(breaks, path, 100.0, manner)


def test_growths_leave_the_last_line_out() -> None:
    breaks = Breaks(
        [0.0, 20.0, 43.0, 66.0], [0.0, 23.0, 46.0, 0.0], [-1, 0, 1, 2], [0, 1, 2, 3], [0] * 4
    )
    assert list_growths(breaks, [0, 2, 3], 46.0, Manner(3.0, flex=0.0)) == [1.0]
