"""Broken paragraphs into lines: which words, how much glyphs and spaces give.

In: a `Para` and the places it is cut at. Out: `TextLine`s, made when a page is painted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bookforge.kernel import compiled
from bookforge.typeset.cut import Join
from bookforge.typeset.faces import Fount
from bookforge.typeset.frames import Shaped, TextLine
from bookforge.typeset.items import STEP, Para
from bookforge.typeset.order import place_boxes
from bookforge.typeset.shape import SOFT_HYPHEN, Box, Case
from bookforge.typeset.units import tidy

Cases = Callable[[Fount], Case]


class Stretch(Struct):
    """The words of one line, before they are placed: `joins` without the first word's.

    `inked`: natural width in points between the margins, spaces and what hangs out not counted;
    `gaps`: spaces in the line; `mixed`: not all words are of one size.
    """

    boxes: list[Box]
    joins: Sequence[int] | None
    broken: bool
    inked: float
    gaps: int
    mixed: bool = False
    levels: bytes = b""

    def width(self, space: float) -> float:
        """Natural width in points between the margins (what hangs out not counted)."""
        return self.inked + self.gaps * space


def gather(
    boxes: list[Box],
    joins: Sequence[int] | None,
    broken: bool,
    mixed: bool = False,
    levels: bytes = b"",
) -> Stretch:
    """A stretch of these words, measured."""
    if not boxes:
        return Stretch(boxes, joins, broken, 0.0, 0)
    inked = add_widths(boxes) - boxes[-1].right
    gaps = len(boxes) - 1 if joins is None else joins.count(Join.SPACE) + joins.count(Join.BOUND)
    return Stretch(boxes, joins, broken, inked, gaps, mixed, levels)


def whole_line(para: Para) -> Stretch:
    """All of a paragraph's words in one line; nothing hangs out."""
    joins = None if para.joins is None else para.joins[1:]
    found = gather(para.boxes, joins, False, para.mixed, para.levels)
    found.inked = add_widths(para.boxes)
    return found


@compiled("lines")
def add_widths(boxes: list[Box]) -> float:
    """The natural width of words, spaces not counted."""
    return sum([box.width for box in boxes])


def take(para: Para, start: int, stop: int, cases: Cases) -> Stretch:
    """The words between two places of a paragraph, hyphenated where a place is in a word."""
    first, letters = divmod(start, STEP)
    last, into = divmod(stop, STEP)
    boxes = para.boxes[first:last]
    if letters:
        whole = para.boxes[first]
        rest = cases(whole.fount).broken(whole.text, letters)[1]
        if last == first:  # a long word over three lines
            head = cases(whole.fount).broken(rest.text, into - letters)[0]
            return gather([head], (), True)
        boxes[0] = rest
    if into:
        whole = para.boxes[last]
        boxes.append(cases(whole.fount).broken(whole.text, into)[0])
    joins = None if para.joins is None else para.joins[first + 1 : first + len(boxes)]
    levels = para.levels and para.levels[first : first + len(boxes)]
    return gather(boxes, joins, bool(into), para.mixed, levels)


class Fit(Struct, frozen=True):
    """What a line was given: the final space, the scale of its glyphs, its growth (space over
    normal, less one), and what stands between ideographs."""

    space: float
    scale: float
    growth: float
    spread: float = 0.0


def fit(stretch: Stretch, measure: float, space: float, flex: float) -> Fit:
    """Fill the measure: glyphs are scaled first, by `flex` at most, then spaces give."""
    gaps, inked = stretch.gaps, stretch.inked
    rest = measure - inked - gaps * space
    joins = stretch.joins
    if joins is not None and (wide := joins.count(Join.WIDE)):
        # Lines of ideographs are filled by all their gaps alike (JIS X 4051, 6.2).
        share = max(rest / (gaps + wide), -0.5 * space)
        return Fit(space + share, 1.0, 0.0, share)
    if inked <= 0 or not gaps:
        scale = min(1.0, 1.0 + rest / inked) if inked > 0 else 1.0
        return Fit(space, max(scale, 1.0 - flex), 0.0)
    give = max(-flex, min(flex, rest / inked))
    final = (measure - inked * (1.0 + give)) / gaps
    return Fit(final, 1.0 + give, final / space - 1.0)


def relax(stretch: Stretch, measure: float, space: float, flex: float) -> Fit:
    """A line that is not filled (last, ragged, centred): as designed, shrunk only if too wide."""
    if stretch.width(space) > measure:
        return fit(stretch, measure, space, flex)
    return Fit(space, 1.0, 0.0)


def draw(stretch: Stretch, x: float, y: float, fitted: Fit, tail: str) -> list[TextLine]:
    """The line at its place, as one `TextLine` for each size of type in it."""
    boxes = stretch.boxes
    if not boxes:
        return []
    size = boxes[0].fount.size
    if stretch.broken:
        tail = SOFT_HYPHEN
    if stretch.levels:
        return _draw_turned(stretch, x, y, fitted, tail)
    if fitted.spread:
        return _draw_spread(stretch, x, y, fitted, tail)
    if stretch.mixed:
        return _draw_mixed(stretch, x, y, fitted, tail)
    words = list_shaped(boxes)
    joined = _NONE if stretch.gaps == len(boxes) - 1 else _joined(stretch.joins)
    return [_line(words, x, y, size, fitted, joined, tail)]


@compiled("lines")
def list_shaped(boxes: list[Box]) -> tuple[Shaped, ...]:
    """The glyphs of words."""
    return tuple([box.shaped for box in boxes])


def _draw_turned(stretch: Stretch, x: float, y: float, fitted: Fit, tail: str) -> list[TextLine]:
    """Boxes in the order they are read, each where its direction puts it."""
    boxes, levels = stretch.boxes, stretch.levels
    joins = [Join.CLOSED, *(stretch.joins or [Join.SPACE] * (len(boxes) - 1))]
    rooms = {Join.SPACE: fitted.space, Join.BOUND: fitted.space, Join.WIDE: fitted.spread}
    gaps = [rooms.get(Join(join), 0.0) for join in joins]
    widths = [box.width * fitted.scale for box in boxes]
    places = place_boxes(levels, widths, gaps)
    lines: list[TextLine] = []
    for at, box in enumerate(boxes):
        last = at == len(boxes) - 1
        spaced = not last and joins[at + 1] in (Join.SPACE, Join.BOUND)
        mark = tail if last else " " if spaced else ""
        left, size = x + places[at], box.fount.size
        leftward = bool(levels[at] % 2)
        if leftward:
            # The pen begins at the first glyph read, the last from the left.
            left -= sum(box.shaped.advances[:-1]) * size / 1000.0 * fitted.scale
        line = _line((box.shaped,), left, y - box.fount.rise, size, fitted, _NONE, mark)
        lines.append(replace(line, leftward=leftward))
    return lines


def _draw_spread(stretch: Stretch, x: float, y: float, fitted: Fit, tail: str) -> list[TextLine]:
    """Ideographs one by one, with their room between them."""
    lines: list[TextLine] = []
    joins = [Join.CLOSED, *(stretch.joins or ())]
    even = Fit(fitted.space, fitted.scale, fitted.growth)
    at, first = x, 0
    count = len(joins)
    for stop in [*(n for n in range(1, count) if joins[n] == Join.WIDE), count]:
        part = gather(stretch.boxes[first:stop], joins[first + 1 : stop], False, stretch.mixed)
        mark = tail if stop == count else ""
        lines += draw(part, at, y, even, mark)
        inked = part.inked + part.boxes[-1].right
        at += inked + part.gaps * fitted.space + fitted.spread
        first = stop
    return lines


def _draw_mixed(stretch: Stretch, x: float, y: float, fitted: Fit, tail: str) -> list[TextLine]:
    lines: list[TextLine] = []
    joins = [Join.CLOSED, *(stretch.joins or [Join.SPACE] * (len(stretch.boxes) - 1))]
    at, first = x, 0
    boxes = stretch.boxes
    for number in range(1, len(boxes) + 1):
        if number < len(boxes) and boxes[number].fount.size == boxes[first].fount.size:
            continue
        words = list_shaped(boxes[first:number])
        closed = _joined(joins[first + 1 : number])
        spaced = number < len(boxes) and joins[number] in (Join.SPACE, Join.BOUND)
        mark = tail if number == len(boxes) else " " if spaced else ""
        fount = boxes[first].fount
        lines.append(_line(words, at, y - fount.rise, fount.size, fitted, closed, mark))
        at += sum([box.width for box in boxes[first:number]]) * fitted.scale
        at += (number - first - 1 - len(closed) + spaced) * fitted.space
        first = number
    return lines


def _joined(joins: Sequence[int] | None) -> frozenset[int]:
    if joins is None:
        return _NONE
    return frozenset([i for i, join in enumerate(joins, 1) if join not in (Join.SPACE, Join.BOUND)])


_NONE: frozenset[int] = frozenset()


def _line(
    words: tuple[Shaped, ...],
    x: float,
    y: float,
    size: float,
    fitted: Fit,
    joined: frozenset[int],
    tail: str,
) -> TextLine:
    space, scale = tidy(fitted.space), round(fitted.scale, 4)
    return TextLine(tidy(x), tidy(y), size, words, space, scale, joined, tail)
