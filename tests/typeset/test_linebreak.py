"""Line breaking on plain numbers."""

from __future__ import annotations

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from bookforge.typeset.linebreak import (
    CLASH,
    INFINITY,
    LINE,
    LOOSE,
    RUNT,
    TIGHT,
    Breaks,
    Manner,
    break_anyhow,
    break_evenly,
    break_shaped,
    ends_ill,
)

SPACE = 3.0
MANNER = Manner(SPACE, 0.02, 20.0)


def make(widths: list[float]) -> Breaks:
    """Words of these widths with spaces between them."""
    reach = list(accumulate(width + SPACE for width in widths))
    count = len(widths)
    ends = [0.0, *(at - SPACE for at in reach)]
    return Breaks(
        ends, [0.0, *reach], list(range(-1, count)), list(range(count + 1)), [0] * (count + 1)
    )


def demerits(breaks: Breaks, path: list[int], measure: float) -> float:
    """What the filled lines of a path cost; infinite when one of them is not allowed."""
    total = 0.0
    for j, k in pairwise(path[:-1]):
        gaps = (breaks.stops[k] - breaks.begins[j]) * SPACE
        rest = measure - (breaks.ends[k] - breaks.starts[j])
        give = MANNER.flex * (breaks.ends[k] - breaks.starts[j] - gaps)
        beyond = max(0.0, abs(rest) - give)
        if beyond and (not gaps or beyond / gaps > (4.0 if rest > 0 else TIGHT)):
            return INFINITY
        ratio = beyond / gaps / (LOOSE if rest > 0 else TIGHT) if gaps else 0.0
        total += (LINE + 100.0 * ratio**3) ** 2
    return total


def test_a_short_paragraph_is_one_line() -> None:
    assert break_evenly(make([10.0, 10.0]), 100.0, 0.5, MANNER) == [0, 2]


def test_full_lines_are_found() -> None:
    words = [20.0] * 8  # four words and three spaces fill 89
    assert break_evenly(make(words), 89.0, 0.5, MANNER) == [0, 4, 8]


def test_a_line_that_would_be_too_loose_fails() -> None:
    assert break_evenly(make([60.0, 60.0, 60.0]), 100.0, 0.5, MANNER) is None


def test_the_last_resort_never_fails() -> None:
    assert break_anyhow(make([60.0, 160.0, 60.0]), 100.0) == [0, 1, 2, 3]


def test_a_runt_is_seen() -> None:
    breaks = make([20.0] * 5 + [8.0])
    assert ends_ill(breaks, [0, 5, 6], MANNER)
    assert not ends_ill(breaks, [0, 4, 6], MANNER)


WORDS = st.lists(st.floats(4.0, 40.0), min_size=1, max_size=80)


@given(WORDS)
def test_never_worse_than_first_fit(widths: list[float]) -> None:
    breaks = make(widths)
    greedy = break_anyhow(breaks, 150.0)
    best = break_evenly(breaks, 150.0, 4.0, MANNER)
    if demerits(breaks, greedy, 150.0) < INFINITY:
        assert best is not None
        # Runts and lines that clash with their neighbours are weighed by the breaker too.
        allowed = RUNT + len(greedy) * (CLASH + LINE**2)
        assert demerits(breaks, best, 150.0) <= demerits(breaks, greedy, 150.0) + allowed


@given(WORDS)
def test_paths_run_from_beginning_to_end_and_fit(widths: list[float]) -> None:
    breaks = make(widths)
    for path in (break_evenly(breaks, 150.0, 4.0, MANNER), break_anyhow(breaks, 150.0)):
        if path is None:
            continue
        assert path[0] == 0 and path[-1] == len(widths)
        assert path == sorted(set(path))
        for j, k in pairwise(path):
            least = breaks.ends[k] - breaks.starts[j] - 0.3 * SPACE * (k - j)
            assert least <= 150.0 * 1.03


@given(WORDS)
def test_equal_lines_give_the_same_quality_both_ways(widths: list[float]) -> None:
    breaks = make(widths)
    even = break_evenly(breaks, 150.0, 1.0, MANNER)
    shaped = break_shaped(breaks, [150.0], 1.0, MANNER)
    assert (even is None) == (shaped is None)


def test_a_line_more_or_less_on_demand() -> None:
    breaks = make([12.0] * 60)
    usual = break_shaped(breaks, [150.0], 0.6, MANNER)
    assert usual is not None
    lines = len(usual) - 1
    longer = break_shaped(breaks, [150.0], 0.9, MANNER, lines + 1)
    assert longer is not None and len(longer) - 1 == lines + 1


def test_the_first_lines_may_be_shorter() -> None:
    path = break_shaped(make([10.0] * 40), [75.0, 75.0, 140.0], 0.9, MANNER)
    assert path is not None
    assert path[1] - path[0] < path[3] - path[2]


def hyphened(breaks: Breaks, at: int, end: float, start: float) -> Breaks:
    """The same breaks with a hyphen point before break `at`."""
    words = breaks.stops[at]
    return Breaks(
        [*breaks.ends[:at], end, *breaks.ends[at:]],
        [*breaks.starts[:at], start, *breaks.starts[at:]],
        [*breaks.stops[:at], words, *breaks.stops[at:]],
        [*breaks.begins[:at], words, *breaks.begins[at:]],
        [*breaks.hyphens[:at], 1, *breaks.hyphens[at:]],
    )


def test_the_rest_of_a_word_is_no_last_line() -> None:
    # Nine words of 20 and one of 60, of which 25 would fill the first line.
    words = make([20.0] * 9 + [60.0])
    breaks = hyphened(words, 10, words.ends[9] + SPACE + 25.0, words.starts[9] + 23.0)
    path = break_evenly(breaks, words.ends[9] + SPACE + 25.0, 1.4, MANNER)
    assert path == [0, 9, 11]
    assert ends_ill(breaks, [0, 10, 11], MANNER)


def test_a_hyphen_before_a_longer_last_line_is_allowed() -> None:
    words = make([20.0] * 9 + [60.0] + [20.0] * 3)
    breaks = hyphened(words, 10, words.ends[9] + SPACE + 25.0, words.starts[9] + 23.0)
    assert not ends_ill(breaks, [0, 10, 14], MANNER)


def test_a_last_line_is_set_tight_before_a_word_goes_over() -> None:
    words = make([20.0] * 8)  # 181 in one line
    assert break_evenly(words, 175.0, 1.4, MANNER) == [0, 8]
    assert break_shaped(words, [175.0], 1.4, MANNER) == [0, 8]
    assert break_evenly(words, 170.0, 1.4, MANNER) != [0, 8]


def test_a_closing_line_stays_below_the_brim() -> None:
    words = make([10.0] * 24)  # twelve words and their spaces fill 153
    closing = Manner(SPACE, 0.02, 20.0, brim=145.0)
    assert break_evenly(words, 153.0, 0.6, MANNER) == [0, 12, 24]
    assert ends_ill(words, [0, 12, 24], closing)
    assert break_evenly(words, 153.0, 0.6, closing) == [0, 11, 22, 24]
    assert break_shaped(words, [153.0], 0.6, closing) == [0, 11, 22, 24]
    assert ends_ill(words, [0, 24], closing)
