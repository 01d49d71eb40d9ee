"""Where pages end: spread by spread over a chapter, on plain numbers.

In: a `Column` of rows on the baseline grid. Out: `PageCut`s. As with lines, all ways to cut the
chapter are weighed together (Plass, "Optimal Pagination Techniques", 1981); two facing pages are
decided at once, so that they can be given equal depth.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import accumulate

from msgspec import Struct, field

from bookforge.kernel import compiled

INFINITY = float("inf")

# A page a line short or long beside its like: hardly seen when both facing pages are.
SHORT, LONG = 10.0, 14.0
# Facing pages of unequal depth, for each line of difference; a blank space opened by a line.
UNEQUAL, OPENED = 400.0, 25.0
# A page that is short because nothing else went: for each missing line, squared.
MISSING = 60.0
# A chapter's last page holds at least so many lines; for each one less.
LEAST, FEW = 5, 600.0
# An opening page has its folio at the foot: a line more would stand too near to it.
CROWDED = 90.0
# So many ways to have filled the pages so far are kept.
BEAM = 14
# … and so many for one page are looked at.
MOST_WAYS = 8


class Column(Struct):
    """The rows of a chapter, as parallel lists.

    `heights` in lines of the grid; `costs[i]` of a page break before row i; `blank[i]`: the row
    is space that vanishes at a page's edge; `opens[i]`: a space that may be opened by a line.
    `feet[i]`: points of footnotes called in row i. `tops[i]`: lines that a page beginning with row
    i has above it, for what is repeated there.
    """

    heights: list[int] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    blank: list[bool] = field(default_factory=list)
    opens: list[bool] = field(default_factory=list)
    feet: list[float] = field(default_factory=list)
    tops: dict[int, int] = field(default_factory=dict)

    def forget(self) -> None:
        """Free what only cutting needs: a long book has many rows."""
        self.costs, self.blank, self.feet = [], [], []


class PageCut(Struct, frozen=True):
    """Rows first to stop of a page (blank rows at its edges left out), and the depth in lines
    that it is given."""

    first: int
    stop: int
    depth: int
    cost: float = 0.0


class Frame(Struct, frozen=True):
    """What a page can hold: lines, their leading, and the gap above footnotes in points."""

    lines: int
    leading: float
    gap: float = 0.0
    balance: float = 1.0


class _Option(Struct, frozen=True):
    """One way to fill a page: rows to `stop`; the next page begins at `after`."""

    first: int
    stop: int
    after: int
    fill: int
    spare: int
    cost: float


class _Node(Struct, frozen=True):
    at: int
    cost: float
    before: _Node | None
    pages: tuple[PageCut, ...]


@compiled("pages")
def cut_pages(column: Column, frame: Frame, recto: bool) -> list[PageCut]:
    """Cut a column into pages; `recto` tells whether the first one is a right-hand page."""
    sums = _Sums(column, frame)
    nodes = [_Node(sums.skip(0), 0.0, None, ())]
    best: _Node | None = None
    alone = recto
    while nodes and (best is None or nodes[0].cost < best.cost):
        reached: dict[int, _Node] = {}
        for node in nodes:
            for after in _spreads(sums, node, alone):
                if after.at >= sums.count:
                    if best is None or after.cost < best.cost:
                        best = after
                elif after.at not in reached or after.cost < reached[after.at].cost:
                    reached[after.at] = after
        nodes = sorted(reached.values(), key=lambda node: (node.cost, node.at))[:BEAM]
        alone = False
    return _unwind(best)


def _unwind(node: _Node | None) -> list[PageCut]:
    spreads: list[tuple[PageCut, ...]] = []
    while node is not None:
        spreads.append(node.pages)
        node = node.before
    return [page for pages in reversed(spreads) for page in pages]


def _spreads(sums: _Sums, node: _Node, alone: bool) -> list[_Node]:
    """Every way to go on by a spread (or by a single page when the chapter begins on a recto)."""
    ways: list[_Node] = []
    for left in sums.options(node.at):
        if alone or left.after >= sums.count:
            ways.append(_single(sums, node, left))
            continue
        ways.extend(_pair(sums, node, left, right) for right in sums.options(left.after))
    return ways


def _single(sums: _Sums, node: _Node, page: _Option) -> _Node:
    last = page.after >= sums.count
    depth = page.fill if last else max(page.fill, min(sums.lines, page.fill + page.spare))
    cost = page.cost + (sums.last_cost(page) if last else sums.depth_cost(page, depth))
    cut = PageCut(page.first, page.stop, depth, cost)
    return _Node(page.after, node.cost + cost, node, (cut,))


def _pair(sums: _Sums, node: _Node, left: _Option, right: _Option) -> _Node:
    if right.after >= sums.count:
        depth = max(left.fill, min(sums.lines, left.fill + left.spare))
        first = left.cost + sums.depth_cost(left, depth)
        second = right.cost + sums.last_cost(right)
        return _join(node, left, right, (depth, right.fill), (first, second))
    least = max(left.fill, right.fill)
    most = min(left.fill + left.spare, right.fill + right.spare)
    if least <= most:
        depth = min(max(sums.lines, least), most)
        costs = (
            left.cost + sums.depth_cost(left, depth),
            right.cost + sums.depth_cost(right, depth),
        )
        return _join(node, left, right, (depth, depth), costs)
    depths = (
        max(left.fill, min(least, left.fill + left.spare)),
        max(right.fill, min(least, right.fill + right.spare)),
    )
    uneven = UNEQUAL * sums.balance * abs(depths[0] - depths[1])
    costs = (
        left.cost + sums.depth_cost(left, depths[0]),
        right.cost + sums.depth_cost(right, depths[1]) + uneven,
    )
    return _join(node, left, right, depths, costs)


def _join(
    node: _Node,
    left: _Option,
    right: _Option,
    depths: tuple[int, int],
    costs: tuple[float, float],
) -> _Node:
    pages = (
        PageCut(left.first, left.stop, depths[0], costs[0]),
        PageCut(right.first, right.stop, depths[1], costs[1]),
    )
    return _Node(right.after, node.cost + sum(costs), node, pages)


def _good_enough(found: list[_Option], option: _Option) -> bool:
    """Whether a page that short need not be looked at: there are fuller ones without fault."""
    return any(known.cost < MISSING and known.fill > option.fill for known in found)


class _Sums:
    """Running totals of a column, and the ways to fill one page from a row."""

    def __init__(self, column: Column, frame: Frame) -> None:
        self.column = column
        self.count = len(column.heights)
        self.lines = frame.lines
        self.leading = frame.leading
        self.gap = frame.gap
        self.balance = frame.balance
        self.depths = [0, *accumulate(column.heights)]
        self.feet = [0.0, *accumulate(column.feet)]
        self.spares = [0, *accumulate(column.opens)]
        self._options: dict[int, list[_Option]] = {}
        self.start = self.skip(0)

    def skip(self, row: int) -> int:
        """The first row from here on that is not blank space."""
        blank = self.column.blank
        while row < self.count and blank[row]:
            row += 1
        return row

    def fill(self, first: int, stop: int) -> int:
        """Lines that rows take with their notes."""
        lines = self.depths[stop] - self.depths[first] + self.column.tops.get(first, 0)
        notes = self.feet[stop] - self.feet[first]
        if notes > 0.01:
            lines += math.ceil((notes + self.gap) / self.leading - 0.01)
        return lines

    def depth_cost(self, page: _Option, depth: int) -> float:
        """What a page of this depth costs, spaces opened for it included."""
        opened = OPENED * (depth - page.fill)
        if depth == self.lines:
            return opened
        if depth > self.lines:
            return opened + LONG + (CROWDED if page.first <= self.start else 0.0)
        short = self.lines - depth
        return opened + (SHORT if short == 1 else MISSING * short * short)

    def last_cost(self, page: _Option) -> float:
        """The last page may be of any depth, but not nearly empty, nor overfull."""
        if page.fill < LEAST and page.first > 0:
            return FEW * (LEAST - page.fill)
        return LONG if page.fill > self.lines else 0.0

    def options(self, first: int) -> list[_Option]:
        """The ways to fill a page that begins with a row."""
        known = self._options.get(first)
        if known is None:
            known = self._options[first] = self._find_options(first)
        return known

    def _find_options(self, first: int) -> list[_Option]:
        top = bisect_right(self.depths, self.depths[first] + self.lines + 1, first + 1) - 1
        found: list[_Option] = []
        # Near the end shorter pages may be needed, so that the last one has lines enough.
        few = 0 < self.depths[-1] - self.depths[top] < LEAST
        # Space at the foot of a page costs nothing: the page may end after it.
        row = self.skip(min(max(top, first + 1), self.count))
        while row > first:
            option = self._option(first, row)
            if option is not None:
                short = option.fill < self.lines - 1
                if short and (len(found) > MOST_WAYS or (_good_enough(found, option) and not few)):
                    break
                found.append(option)
            row -= 1
        return found or [self._anything(first)]

    def _option(self, first: int, row: int) -> _Option | None:
        """A page that ends before `row`, if a page may."""
        blank = self.column.blank
        if row < self.count and blank[row]:
            return None  # the break before the row after the space says the same
        cost = self.column.costs[row] if row < self.count else 0.0
        if cost == INFINITY:
            return None
        stop = row
        while stop > first + 1 and blank[stop - 1]:
            stop -= 1
        fill = self.fill(first, stop)
        if fill > self.lines + 1:
            return None
        spare = min(2, self.spares[stop] - self.spares[first])
        return _Option(first, stop, self.skip(row), fill, spare, cost)

    def _anything(self, first: int) -> _Option:
        """Nothing fits by the rules: take what goes in, one row at least."""
        stop = first + 1
        while stop < self.count and self.fill(first, stop + 1) <= self.lines:
            stop += 1
        fill = min(self.fill(first, stop), self.lines)
        return _Option(first, stop, self.skip(stop), fill, 0, 10_000.0)
