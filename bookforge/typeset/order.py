"""The order of a line's boxes from left to right, when some of them run the other way.

In: the levels of boxes. Out: where each box stands. (Rules L1 and L2 of UAX #9.)
"""

from __future__ import annotations

from collections.abc import Sequence


def place_boxes(
    levels: Sequence[int], widths: Sequence[float], gaps: Sequence[float]
) -> list[float]:
    """Where each box begins, from the left edge of the line; `gaps[i]` stands before box i."""
    # Rows of (level, box or -1 for a gap, width). A gap between equals goes with them (rule N1),
    # others with the paragraph (N2), whose level is the least one of a line of both directions.
    base = min(levels, default=0)
    rows: list[tuple[int, int, float]] = []
    for at, level in enumerate(levels):
        if at and gaps[at]:
            same = levels[at - 1] % 2 == level % 2
            rows.append((min(level, levels[at - 1]) if same else base, -1, gaps[at]))
        rows.append((level, at, widths[at]))
    places = [0.0] * len(levels)
    reach = 0.0
    for at in order([row[0] for row in rows]):
        _, box, width = rows[at]
        if box >= 0:
            places[box] = reach
        reach += width
    return places


def order(levels: Sequence[int]) -> list[int]:
    """Rule L2: from the highest level to the lowest odd one, every stretch is reversed."""
    found = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    for level in range(max(levels, default=0), min(odd, default=1) - 1, -1):
        at = 0
        while at < len(found):
            stop = at
            while stop < len(found) and levels[found[stop]] >= level:
                stop += 1
            found[at:stop] = found[at:stop][::-1]
            at = stop + 1 if stop == at else stop
    return found
