"""Notes that do not fit under the line that calls them go on on the next page.

In: a galley with its notes. Out: the galley with such a note shared between two rows, so that no
page is left short for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from bookforge.typeset.galley import Galley
from bookforge.typeset.paginate import Frame, PageCut, cut_pages

# A page that is so many lines short before a note shall be filled.
SHORT = 2
# So many lines of a note at least stand on either page.
LEAST = 2
# The rest goes to one of so many rows behind the one that calls; so many shares are tried.
ROWS, SHARES = 4, 3
# A divided note is itself a small fault.
DIVIDED = 60.0
# Notes of a chapter that are divided.
MOST = 12


def spill(galley: Galley, frame: Frame, recto: bool, leading: float) -> Galley:
    """The galley with its notes where they leave full pages; `leading` is that of notes."""
    begin = 0
    for _ in range(MOST if galley.feet else 0):
        cuts = cut_pages(galley.column, frame, recto)
        found = _find_short(galley, cuts, frame, begin)
        if found is None:
            break
        row, room = found
        most = int((room * frame.leading - frame.gap) / leading)
        best, cost = galley, _add_up(cuts)
        for tried in _ways(galley, row, most, leading):
            now = _add_up(cut_pages(tried.column, frame, recto)) + DIVIDED
            if now < cost:
                best, cost = tried, now
        galley, begin = best, row + 1
    return galley


def _add_up(cuts: Sequence[PageCut]) -> float:
    return sum(cut.cost for cut in cuts)


def _find_short(
    galley: Galley, cuts: Sequence[PageCut], frame: Frame, begin: int
) -> tuple[int, int] | None:
    """The first row whose note left the page before it short, and the lines free for the note."""
    heights = galley.column.heights
    for before, cut in pairwise(cuts):
        short = frame.lines - before.depth
        if short < SHORT or cut.first < begin:
            continue
        for row in range(cut.first, cut.stop):
            short -= heights[row]
            if short < 1:
                break
            if row in galley.feet:
                return row, short
    return None


def _ways(galley: Galley, row: int, most: int, leading: float) -> Iterator[Galley]:
    """The galley with a row's note divided in the ways that may help."""
    count = len(galley.feet[row])
    most = min(most, count - LEAST)
    for share in range(most, max(LEAST, most - SHARES + 1) - 1, -1):
        for to in range(row + 1, min(row + 1 + ROWS, len(galley.contents))):
            yield _divide(galley, row, share, to, leading)
            if to in galley.feet:
                break  # notes stand in the order of their marks


def _divide(galley: Galley, row: int, share: int, to: int, leading: float) -> Galley:
    feet, column = dict(galley.feet), galley.column
    feet[to] = [*feet[row][share:], *feet.get(to, ())]
    feet[row] = feet[row][:share]
    points = list(column.feet)
    for changed in (row, to):
        points[changed] = len(feet[changed]) * leading
    return replace(galley, column=replace(column, feet=points), feet=feet)
