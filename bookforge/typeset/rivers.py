"""Rivers: wide spaces that stand under each other, so that white runs down through a paragraph.

In: lines as they are filled, or the breaks between them. Out: their wide spaces, and where these
join.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, field

from bookforge.typeset.cut import Join
from bookforge.typeset.linebreak import Breaks, Manner
from bookforge.typeset.lines import Fit, Stretch

# Wide spaces that run down through so many lines: by which share grown, and by how much of a word
# space each must lie under the one above.
DEPTH, WIDE, OVERLAP = 4, 0.15, 0.35


class Rivers(Struct):
    """The wide spaces of the line before, each with the number of lines its white runs through."""

    above: list[tuple[float, float, int]] = field(default_factory=list)

    def follow(self, gaps: Sequence[tuple[float, float]], space: float) -> bool:
        """Go on by a line; whether it makes a river. `space` is the natural one, points."""
        least = OVERLAP * space
        self.above = [(left, right, 1 + self._longest(left, right, least)) for left, right in gaps]
        return any(length == DEPTH for *_, length in self.above)

    def _longest(self, left: float, right: float, least: float) -> int:
        return max([n for a, b, n in self.above if min(right, b) - max(left, a) > least], default=0)


def find_gaps(line: Stretch, fitted: Fit, indent: float) -> Iterator[tuple[float, float]]:
    """From where to where the spaces of a line reach if they are wide; `indent` is where it begins,
    points from the left edge of the measure."""
    if fitted.growth < WIDE:
        return
    reach = indent
    joins = line.joins or [Join.SPACE] * (len(line.boxes) - 1)
    for box, join in zip(line.boxes, joins, strict=False):
        reach += box.width * fitted.scale
        if join in (Join.SPACE, Join.BOUND):
            yield reach, reach + fitted.space
            reach += fitted.space


def list_growths(
    breaks: Breaks, path: Sequence[int], measure: float, manner: Manner
) -> list[float]:
    """By which share of themselves the spaces of each line but the last one grow."""
    ends, starts, stops, begins = breaks.ends, breaks.starts, breaks.stops, breaks.begins
    flex, space = manner.flex, manner.space
    lines = [(ends[b] - starts[a], (stops[b] - begins[a]) * space) for a, b in pairwise(path)]
    return [
        (measure - width - flex * (width - gaps)) / gaps if gaps else 0.0
        for width, gaps in lines[:-1]
    ]


def may_flow(breaks: Breaks, path: Sequence[int], measure: float, manner: Manner) -> bool:
    """Whether enough lines in succession have wide spaces for a river: few paragraphs do."""
    ends, starts, stops, begins = breaks.ends, breaks.starts, breaks.stops, breaks.begins
    most, give = measure / (1.0 + manner.flex), manner.space * (WIDE - manner.flex)
    give /= 1.0 + manner.flex
    # A run of so many lines has every so many-th line in it: most lines need no look.
    for line in range(DEPTH - 1, len(path) - 2, DEPTH):
        at, end = path[line], path[line + 1]
        if ends[end] - starts[at] + give * (stops[end] - begins[at]) < most:
            break
    else:
        return False
    run = 0
    for growth in list_growths(breaks, path, measure, manner):
        run = run + 1 if growth > WIDE else 0
        if run == DEPTH:
            return True
    return False
