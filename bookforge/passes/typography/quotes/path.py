"""The cheapest reading of a paragraph's marks, and how sure each mark of it is.

Viterbi's algorithm over nesting states, then the same backwards: the difference between the best
path and the best one that reads a mark otherwise is what that mark's doubt is made from.
"""

from __future__ import annotations

from typing import NamedTuple

from bookforge.passes.typography.quotes.costs import Costs, State
from bookforge.passes.typography.quotes.marks import Mark
from bookforge.passes.typography.quotes.states import step

# States kept after each mark: enough for all real nesting, few enough for 10,000 unclosed marks.
BEAM = 10
_FAR = 1e9


class Arc(NamedTuple):
    """One reading of one mark in one state."""

    before: State
    after: State
    reading: str
    cost: float


class Frame(NamedTuple):
    """What surrounds a paragraph: the book's outer mark, what is open already, what follows."""

    outer: str
    carried: str
    begins: str
    follow: str


class Path(NamedTuple):
    """Readings in order, the rival of each with its extra cost; what is open before and after."""

    readings: list[str]
    rivals: list[tuple[str, float]]
    stack: str
    initial: str


def find_path(marks: list[Mark], frame: Frame, costs: Costs) -> Path:
    """The best reading of the marks of one paragraph."""
    reach = _beginnings(frame, costs)
    layers: list[list[Arc]] = []
    totals: list[dict[State, float]] = [reach]
    for index, mark in enumerate(marks):
        tied = index + 1 < len(marks) and marks[index + 1].touches
        arcs = _arcs(mark, totals[-1], tied, frame.outer, costs)
        layers.append(arcs)
        totals.append(_advance(arcs, totals[-1]))
    left = {state: costs.end(frame.outer, state[0], frame.follow) for state in totals[-1]}
    last = min(left, key=lambda state: totals[-1][state] + left[state])
    return _trace(layers, totals, left, last)


def _beginnings(frame: Frame, costs: Costs) -> dict[State, float]:
    reach: dict[State, float] = {("", ""): 0.0}
    if frame.carried:
        reach[("", "")] = costs.start(frame.outer, "", frame.begins)
        reach[(frame.carried, "")] = costs.start(frame.outer, frame.carried, frame.begins)
    return reach


def _arcs(mark: Mark, reach: dict[State, float], tied: bool, outer: str, costs: Costs) -> list[Arc]:
    own = list(zip(mark.readings, costs.mark(mark), strict=True))
    kind, move = mark.kind, costs.move
    found = []
    for before in reach:
        stack = before[0]
        for reading, cost in own:
            after = (step(stack, kind, reading)[0], reading if tied else "")
            found.append(Arc(before, after, reading, cost + move(outer, mark, before, reading)))
    return found


def _advance(arcs: list[Arc], reach: dict[State, float]) -> dict[State, float]:
    totals: dict[State, float] = {}
    for before, after, _, cost in arcs:
        total = reach[before] + cost
        if total < totals.get(after, _FAR):
            totals[after] = total
    if len(totals) > BEAM:
        kept = sorted(totals, key=lambda state: (totals[state], state))[:BEAM]
        totals = {state: totals[state] for state in kept}
    return totals


def _trace(
    layers: list[list[Arc]], totals: list[dict[State, float]], left: dict[State, float], last: State
) -> Path:
    readings: list[str] = []
    rivals: list[tuple[str, float]] = []
    state, stack = last, last[0]
    for index in range(len(layers) - 1, -1, -1):
        reach = totals[index]
        back: dict[State, float] = {}
        best: dict[str, float] = {}
        chosen, cheapest = None, _FAR
        for arc in layers[index]:
            before, after, reading, cost = arc
            rest = left.get(after)
            if rest is None:
                continue
            rest += cost
            if rest < back.get(before, _FAR):
                back[before] = rest
            whole = reach[before] + rest
            if whole < best.get(reading, _FAR):
                best[reading] = whole
            if after == state and reach[before] + cost < cheapest:
                chosen, cheapest = arc, reach[before] + cost
        assert chosen is not None
        readings.append(chosen.reading)
        rivals.append(_rival(best, chosen.reading))
        left, state = back, chosen.before
    return Path(readings[::-1], rivals[::-1], stack, state[0])


def _rival(best: dict[str, float], reading: str) -> tuple[str, float]:
    others = [(cost - best[reading], other) for other, cost in best.items() if other != reading]
    if not others:
        return "", _FAR
    gap, other = min(others)
    return other, gap
