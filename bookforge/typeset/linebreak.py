"""Where lines end: the total-fit method on plain numbers (no fonts, no settings).

Knuth and Plass, "Breaking Paragraphs into Lines" (1981), with the lists laid out so that a line's
width is one subtraction, and pushed forward from each reached break: only the breaks inside the
window of a good line are ever looked at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from bookforge.kernel import compiled

INFINITY = float("inf")

# TeX's \linepenalty: prefers fewer lines among equals.
LINE = 10.0
# Added to the badness of a line that ends in a hyphen.
HYPHEN = 100.0
# Demerits of two hyphens in succession, and of each one more (a ladder).
DOUBLE = 9_000.0
LADDER = 400_000.0
# Demerits of a tight line beside a loose one (TeX's \adjdemerits).
CLASH = 6_000.0
# Demerits of a hyphen before the last line (TeX's \finalhyphendemerits, but higher), and of a last
# line that is shorter than `Manner.runt` or only the rest of a word.
LAST_HYPHEN = 20_000.0
RUNT = 60_000_000.0
# Demerits of a last line that is longer than `Manner.brim`, and if it is the first one too.
BRIM, LONE_BRIM = 20_000_000.0, 80_000_000.0
# Spaces grown by this share of themselves have badness 100 (1.5 of normal) …
LOOSE = 0.5
# … and so have spaces shrunk by this share; tighter lines are not allowed.
TIGHT = 0.25
# Protrusion makes ends of lines run slightly out of order: how far, in points, to look back.
SLACK = 6.0
# `break_shaped` keeps so many breaks a line, the cheapest, so that it stays linear.
CROWD = 60


class Breaks(Struct):
    """The places where a paragraph may be broken, in order, as parallel lists.

    The first is the paragraph's beginning, the last its end. `ends`: width from the beginning to
    the end of a line broken here (its hyphen included, less what hangs into the margin);
    `starts`: width from which the next line counts. `stops` and `begins` count the spaces before
    those two places. `hyphens`: 1 where the program sets a hyphen.
    """

    ends: Sequence[float]
    starts: Sequence[float]
    stops: Sequence[int]
    begins: Sequence[int]
    hyphens: Sequence[int]


class Manner(Struct, frozen=True):
    """How a paragraph is set: word space, least and greatest last line in points; `flex` is the
    share by which glyphs may be scaled before spaces give, `tight` the one that spaces may give
    up."""

    space: float
    flex: float = 0.02
    runt: float = 30.0
    tight: float = TIGHT
    brim: float = INFINITY


@compiled("breaks")
def break_evenly(
    breaks: Breaks,
    measure: float,
    tolerance: float,
    manner: Manner,
    begun: Sequence[_Reached] = (),
) -> list[int] | None:
    """The best breaks for lines of one width, or None if some line would be looser.

    `tolerance` is how much a space may grow, as a share of itself. `begun`: the breaks from which
    these lines go on, if others stand before them.
    """
    # One piece on purpose: this loop sets nearly every line of a book, and calls would double it.
    ends, starts, stops, begins = breaks.ends, breaks.starts, breaks.stops, breaks.begins
    hyphens = breaks.hyphens
    count = len(ends)
    last = count - 1
    final = ends[last]
    space, flex, tight, brim = manner.space, manner.flex, manner.tight, manner.brim
    cost = [INFINITY] * count
    back = [0] * count
    looks = [0] * count  # how loose the line before is: -1 tight, 0 normal, 1 loose
    runs = [0] * count  # hyphens in succession up to here
    cost[0] = INFINITY if begun else 0.0
    for node in begun:
        at = node.at
        cost[at], back[at], looks[at], runs[at] = node.cost, -1, node.look, node.run
    # No line can be shorter than this and still be filled: spaces of 1/4 of the line at most.
    window = measure * (1.0 - min(0.9, flex + 0.3 * tolerance)) - SLACK
    full = measure * (1.0 + flex)
    reach = full + 0.4 * tight * measure  # no more than this goes into a last line, set tight
    for j, base in enumerate(cost):
        if base == INFINITY:
            continue
        start, skipped = starts[j], begins[j]
        look, run = looks[j], runs[j]
        k = bisect_left(ends, start + window, j + 1, last)
        while k < last:
            natural = ends[k] - start
            gaps = (stops[k] - skipped) * space
            rest = measure - natural
            give = flex * (natural - gaps)
            if rest > give:
                if gaps == 0.0 or (growth := (rest - give) / gaps) > tolerance:
                    k += 1
                    continue
                ratio = growth / LOOSE
                bad = 100.0 * ratio * ratio * ratio
                now = 1 if growth > 0.25 else 0
            elif rest < -give:
                if gaps == 0.0 or (growth := (-give - rest) / gaps) > tight:
                    if rest < -give - tight * gaps - SLACK:
                        break
                    k += 1
                    continue
                ratio = growth / TIGHT
                bad = 100.0 * ratio * ratio * ratio
                now = -1 if growth > 0.1 else 0
            else:
                bad = 0.0
                now = 0
            hyphen = hyphens[k]
            if hyphen:
                load = LINE + HYPHEN + bad
                demerits = base + load * load
                if run:
                    demerits += DOUBLE if run == 1 else LADDER
            else:
                load = LINE + bad
                demerits = base + load * load
            if now * look < 0:
                demerits += CLASH
            if demerits < cost[k]:
                cost[k] = demerits
                back[k] = j
                looks[k] = now
                runs[k] = run + 1 if hyphen else 0
            k += 1
        natural = final - start
        if natural <= reach and natural <= full + tight * (stops[last] - skipped) * space:
            demerits = base + LINE * LINE
            if natural > full:  # set tight rather than that a word goes over
                ratio = (natural - full) / ((stops[last] - skipped) * space * TIGHT)
                load = LINE + 100.0 * ratio * ratio * ratio
                demerits = base + load * load
            if natural > brim:
                demerits += BRIM if j else LONE_BRIM
            elif natural < manner.runt and j:
                demerits += RUNT
            if hyphens[j]:
                demerits += LAST_HYPHEN if stops[last] > skipped else RUNT
            if demerits < cost[last]:
                cost[last] = demerits
                back[last] = j
    if cost[last] == INFINITY:
        return None
    path = _trace(back, last)
    if not begun:
        return path
    return [*_retrace(next(node for node in begun if node.at == path[0])), *path[1:]]


def ends_ill(breaks: Breaks, path: Sequence[int], manner: Manner) -> bool:
    """Whether a path ends in a last line that is too short or too long, or in part of a word."""
    before = path[-2]
    natural = breaks.ends[-1] - breaks.starts[before]
    if len(path) < 3:
        return natural > manner.brim
    alone = breaks.stops[-1] == breaks.begins[before]
    rest = alone and breaks.hyphens[before] != 0
    return rest or not manner.runt <= natural <= manner.brim


def _trace(back: list[int], last: int) -> list[int]:
    path = [last]
    while path[-1] and back[path[-1]] >= 0:
        path.append(back[path[-1]])
    path.reverse()
    return path


@compiled("breaks")
def break_shaped(
    breaks: Breaks,
    measures: Sequence[float],
    tolerance: float,
    manner: Manner,
    lines: int | None = None,
) -> list[int] | None:
    """The best breaks when lines differ in width, or when there shall be `lines` of them.

    `measures` are the widths of the first lines; the last of them holds for all that follow.
    None if there is no such setting. Slower than `break_evenly` where breaks are reached line by
    line: where the widths differ, and throughout when the number of lines is prescribed.
    """
    last = len(breaks.ends) - 1
    layer: dict[int, _Reached] = {0: _Reached(0.0, 0, 0, None, 0)}
    best: _Reached | None = None
    # From where all lines are alike their number is no matter, unless it is prescribed.
    counted = len(measures) - 1 if lines is None else lines
    for number in range(counted):
        measure = measures[min(number, len(measures) - 1)]
        layer = _next_layer(breaks, layer, measure, tolerance, manner)
        if len(layer) > CROWD:
            kept = sorted(layer.values(), key=lambda node: (node.cost, node.at))[:CROWD]
            layer = {node.at: node for node in sorted(kept, key=lambda node: node.at)}
        done = layer.pop(last, None)
        fits = lines is None or number == counted - 1
        if done is not None and fits and (best is None or done.cost < best.cost):
            best = done
    if lines is None and layer and (best is None or best.cost >= RUNT):
        path = break_evenly(breaks, measures[-1], tolerance, manner, tuple(layer.values()))
        if path is not None:
            return path
    return None if best is None else _retrace(best)


def _retrace(node: _Reached) -> list[int]:
    """The breaks that lead to one, and itself."""
    path = [node.at]
    while node.before is not None:
        node = node.before
        path.append(node.at)
    return path[::-1]


class _Reached(Struct, frozen=True):
    """The cheapest way to a break in a given number of lines."""

    cost: float
    look: int
    run: int
    before: _Reached | None
    at: int


def _next_layer(
    breaks: Breaks,
    layer: dict[int, _Reached],
    measure: float,
    tolerance: float,
    manner: Manner,
) -> dict[int, _Reached]:
    reached: dict[int, _Reached] = {}
    last = len(breaks.ends) - 1
    window = measure * (1.0 - min(0.9, manner.flex + 0.3 * tolerance)) - SLACK
    for j, node in layer.items():
        start = breaks.starts[j]
        k = bisect_left(breaks.ends, start + window, j + 1, last)
        while k < last and breaks.ends[k] - start < measure * 1.12 + SLACK:
            _reach(breaks, reached, node, k, _judge(breaks, j, k, measure, tolerance, manner))
            k += 1
        demerits = _judge_last(breaks, j, measure, manner)
        if demerits < INFINITY:
            _keep(reached, _Reached(node.cost + demerits, 0, 0, node, last))
    return reached


def _judge_last(breaks: Breaks, j: int, measure: float, manner: Manner) -> float:
    """The demerits of a last line from a break on."""
    last = len(breaks.ends) - 1
    natural = breaks.ends[last] - breaks.starts[j]
    gaps = breaks.stops[last] - breaks.begins[j]
    over = natural - measure * (1.0 + manner.flex)
    if over > manner.tight * gaps * manner.space:
        return INFINITY
    ratio = over / (gaps * manner.space * TIGHT) if over > 0.0 else 0.0
    load = LINE + 100.0 * ratio * ratio * ratio
    demerits = load * load
    if natural > manner.brim:
        demerits += BRIM if j else LONE_BRIM
    elif natural < manner.runt and j:
        demerits += RUNT
    if breaks.hyphens[j]:
        demerits += LAST_HYPHEN if gaps else RUNT
    return demerits


def _judge(
    breaks: Breaks, j: int, k: int, measure: float, tolerance: float, manner: Manner
) -> float | None:
    """How much the spaces of a line must grow (or shrink, below 0); None: more than allowed."""
    natural = breaks.ends[k] - breaks.starts[j]
    gaps = (breaks.stops[k] - breaks.begins[j]) * manner.space
    rest = measure - natural
    give = manner.flex * (natural - gaps)
    if abs(rest) <= give:
        return 0.0
    if gaps == 0.0:
        return None
    growth = (rest - give) / gaps if rest > 0 else (rest + give) / gaps
    return growth if -manner.tight <= growth <= tolerance else None


def _reach(
    breaks: Breaks, reached: dict[int, _Reached], node: _Reached, k: int, growth: float | None
) -> None:
    if growth is None:
        return
    ratio = growth / LOOSE if growth > 0 else growth / TIGHT
    bad = 100.0 * abs(ratio * ratio * ratio)
    look = 1 if growth > 0.25 else -1 if growth < -0.1 else 0
    hyphen = breaks.hyphens[k]
    load = LINE + bad + (HYPHEN if hyphen else 0.0)
    cost = node.cost + load * load
    if hyphen and node.run:
        cost += DOUBLE if node.run == 1 else LADDER
    if look * node.look < 0:
        cost += CLASH
    _keep(reached, _Reached(cost, look, node.run + 1 if hyphen else 0, node, k))


def _keep(reached: dict[int, _Reached], node: _Reached) -> None:
    known = reached.get(node.at)
    if known is None or node.cost < known.cost:
        reached[node.at] = node


def break_anyhow(breaks: Breaks, measure: float) -> list[int]:
    """First fit: each line takes what goes in. The last resort, which never fails."""
    ends, starts = breaks.ends, breaks.starts
    last = len(ends) - 1
    path = [0]
    while path[-1] < last:
        at = path[-1]
        k = bisect_left(ends, starts[at] + measure, at + 1, last)
        while k > at + 1 and ends[k] - starts[at] > measure:
            k -= 1
        path.append(k)
    return path
