"""Pictures that do not fit where they stand let text pass: no page is left half empty for them.

In: a galley and its page cuts. Out: the galley with such a picture, its caption with it, moved
behind a later paragraph; never before the place where the writer put it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from msgspec.structs import replace

from bookforge.typeset.compose import Setting
from bookforge.typeset.galley import Galley, Plate
from bookforge.typeset.paginate import INFINITY, Frame, PageCut, cut_pages
from bookforge.typeset.style import Align

# A page that is so many lines short before a picture shall be filled …
SHORT = 2
# … with at most so many rows of the text that follows; of that each row passed costs a little.
FARTHEST, PASSED = 60, 1.0
# Pictures of a chapter that are moved.
MOST = 12

_T = TypeVar("_T")


def settle(galley: Galley, frame: Frame, recto: bool) -> Galley:
    """The galley with its pictures where they leave full pages; the same one if there are none."""
    if not any(isinstance(content, Plate) for content in galley.contents):
        return galley
    begin = 0
    for _ in range(MOST):
        cuts = cut_pages(galley.column, frame, recto)
        row = _stranded(galley, cuts, frame, begin)
        if row is None:
            break
        plate = galley.contents[row]
        galley = _best(galley, cuts, row, frame, recto)
        begin = galley.contents.index(plate) + 1
    return galley


def _stranded(galley: Galley, cuts: Sequence[PageCut], frame: Frame, begin: int) -> int | None:
    """The row of the first picture that stands at the top of a page behind a short one."""
    heights = galley.column.heights
    for before, cut in pairwise(cuts):
        short = frame.lines - sum(heights[before.first : before.stop]) >= SHORT
        if short and cut.first >= begin and isinstance(galley.contents[cut.first], Plate):
            return cut.first
    return None


def _best(galley: Galley, cuts: Sequence[PageCut], row: int, frame: Frame, recto: bool) -> Galley:
    best, cost = galley, sum(cut.cost for cut in cuts)
    first, stop = _block(galley, row)
    for to in _targets(galley, stop):
        tried = _move(galley, first, stop, to)
        found = sum(cut.cost for cut in cut_pages(tried.column, frame, recto))
        found += PASSED * (to - stop)
        if found < cost:
            best, cost = tried, found
    return best


def _block(galley: Galley, row: int) -> tuple[int, int]:
    """The rows of a picture with its caption and the space around them."""
    contents, column = galley.contents, galley.column
    first, stop = row, row + 1
    while first > 0 and column.blank[first - 1]:
        first -= 1
    while stop < len(contents) and (column.blank[stop] or _is_caption(galley, stop)):
        stop += 1
    return first, stop


def _is_caption(galley: Galley, row: int) -> bool:
    content = galley.contents[row]
    return (
        isinstance(content, Setting)
        and content.draft.style.align is Align.CENTRE
        and galley.column.costs[row] == INFINITY
    )


def _targets(galley: Galley, stop: int) -> Iterator[int]:
    """The ends of the paragraphs that may pass before the picture."""
    contents = galley.contents
    sections = {row for row, _ in galley.anchors}
    row = stop
    while row < len(contents) and row - stop < FARTHEST and row not in sections:
        content = contents[row]
        if not isinstance(content, Setting) or content.draft.style.align is not Align.JUSTIFY:
            return
        row += content.count
        if content.ends and (row >= len(contents) or isinstance(contents[row], Setting)):
            yield row


def _move(galley: Galley, first: int, stop: int, to: int) -> Galley:
    """The same galley with the rows from `first` to `stop` before row `to`."""
    size, passed = stop - first, to - stop

    def place(row: int) -> int:
        if first <= row < stop:
            return row + passed
        return row - size if stop <= row < to else row

    def shuffle(rows: Sequence[_T]) -> list[_T]:
        return [*rows[:first], *rows[stop:to], *rows[first:stop], *rows[to:]]

    old = galley.column
    column = replace(
        old,
        heights=shuffle(old.heights),
        costs=shuffle(old.costs),
        blank=shuffle(old.blank),
        opens=shuffle(old.opens),
        feet=shuffle(old.feet),
        tops={place(row): lines for row, lines in old.tops.items()},
    )
    moved = sorted(zip(map(place, galley.rows), galley.settings, strict=True), key=_row)
    return Galley(
        column,
        shuffle(galley.contents),
        [(place(row), anchor) for row, anchor in galley.anchors],
        sorted((place(row), note) for row, note in galley.notes),
        [setting for _, setting in moved],
        [row for row, _ in moved],
        {place(row): lines for row, lines in galley.feet.items()},
    )


def _row(entry: tuple[int, Setting]) -> int:
    return entry[0]
