"""Paragraphs as the line breaker sees them: boxes, joins, and lists of breaks.

In: runs of text with their founts. Out: a `Para`, and `Breaks` in points made from it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, compress, pairwise
from operator import add, sub
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from bookforge.kernel import compiled
from bookforge.typeset.cut import Join, find_ends
from bookforge.typeset.faces import Fount
from bookforge.typeset.frames import Mark, Phrase
from bookforge.typeset.hyphenate import find_points
from bookforge.typeset.linebreak import Breaks
from bookforge.typeset.shape import Box, Case, Point

# A place in a paragraph: the number of a box times this, plus letters of the box before the place.
STEP = 64
# Hyphens in `Breaks.hyphens`: one set by the program, one that stands in the text.
SET, OWN = 1, 2
# Natural widths of lines that can be filled, as shares of the measure.
LONGEST_LINE, SHORTEST_LINE = 1.07, 0.87


# So many letters on each side tell whether a line may end between two runs.
_HEAD = 4
# The space that joins its neighbours.
_BOUND = "\u00a0"
_SPACES = bytes((Join.SPACE,))


def _choose(*chosen: Join) -> bytes:
    """A table for `bytes.translate`: 1 for some joins, 0 for the others."""
    return bytes(value in chosen for value in range(256))


_SPACED = _choose(Join.SPACE, Join.BOUND)
_BREAKING = _choose(Join.SPACE, Join.LOOSE, Join.LAST_RESORT, Join.WIDE)


class Run(Struct):
    """Text in one fount; `note` is the id when it is a note's mark, `phrase` what else it is.

    `level`: of embedding (UAX #9), odd for text from right to left. `loose`: a line may end before
    it although no space stands there.
    """

    case: Case
    text: str
    note: str = ""
    phrase: Phrase | None = None
    level: int = 0
    loose: bool = False


def loosen(runs: Sequence[Run]) -> Iterator[Run]:
    """The same runs, with the places between and in them where a line may end behind a dash: words
    are cut one by one, and do not see what stands before them in another fount."""
    before = ""
    for run in runs:
        head = run.text[:_HEAD]
        if run.note or not before or before[-1].isspace() or not head or head[0].isspace():
            yield run
        else:
            yield from _loosen(run, {at - len(before) for at in find_ends(before + head)})
        if not run.note:
            before = (before + run.text)[-_HEAD:]


def _loosen(run: Run, ends: set[int]) -> Iterator[Run]:
    first = replace(run, loose=True) if 0 in ends else run
    dashes = len(run.text) - len(run.text.lstrip("\u2014\u2015\u2026"))
    if not 0 < dashes < len(run.text) or dashes not in ends:
        yield first
        return
    yield replace(first, text=run.text[:dashes])
    yield replace(run, text=run.text[dashes:], loose=True)


class Para(Struct):
    """A paragraph (or the part of one between two breaks set by hand) ready for breaking.

    `joins[i]` says how box i stands to the one before it; None: spaces everywhere.
    `notes`: (box, id) of note marks; `marks`: the boxes that are links, foreign words and such;
    `mixed`: not all boxes are of one size. `levels`: of the boxes, where some run to the left.
    """

    boxes: list[Box]
    joins: Sequence[int] | None
    space: float
    notes: Sequence[tuple[int, str]] = ()
    marks: tuple[Mark, ...] = ()
    mixed: bool = False
    levels: bytes = b""


def collect(runs: Sequence[Run], space: float) -> Para:
    """Look the words of the runs up; they must have been learned."""
    if len(runs) == 1 and runs[0].phrase is None and not runs[0].level:
        boxes, unknown = runs[0].case.boxes.find(runs[0].text)
        if not unknown:
            return Para(boxes, None, space)  # type: ignore[arg-type]
    return _collect_mixed(runs, space)


def _collect_mixed(runs: Sequence[Run], space: float) -> Para:
    para = Para([], (), space)
    boxes = para.boxes
    joins = bytearray()
    levels = bytearray()
    before = int(Join.CLOSED)
    for run in runs:
        first = len(boxes)
        before = _add_words(run, before, boxes, joins)
        levels += bytes((run.level,)) * (len(boxes) - first)
        if run.note:
            para.notes = (*para.notes, (first, run.note))
        if run.phrase is not None and len(boxes) > first:
            _mark(para, first, run.phrase)
    para.joins = bytes(joins)  # small numbers, and many
    para.levels = bytes(levels) if any(levels) else b""
    para.mixed = len({run.case.fount.size for run in runs}) > 1
    return para


def _add_words(run: Run, before: int, boxes: list[Box], joins: bytearray) -> int:
    """Add the words of a run, the first joined as `before` says; gives how the next run joins."""
    text = run.text
    if run.loose and before == Join.CLOSED:
        before = int(Join.LOOSE)
    found, unknown = run.case.boxes.find(text)
    count, done = len(found), 0
    # Words of one piece are added by whole stretches; others, and spaces in a row, are few.
    for number, word in [*unknown, (count, "")]:
        if number > done:
            boxes += found[done:number]  # type: ignore[arg-type]
            joins += bytes((Join.SPACE if done else before,)) + _SPACES * (number - done - 1)
        if word.strip(_BOUND):
            join: int = Join.SPACE if number else before
            for inner, piece in run.case.pieces[word]:
                boxes.append(piece)
                joins.append(join if inner is Join.CLOSED else inner)
                join = Join.CLOSED
        done = number + 1
    if not text or text[-1] == " ":
        return int(Join.SPACE) if count > 1 else before
    # A space that does not break may end a run; the pieces of a word have those inside.
    return int(Join.BOUND if text[-1] == _BOUND else Join.CLOSED)


def _mark(para: Para, first: int, phrase: Phrase) -> None:
    """Mark the boxes from the first on; runs of one phrase after each other are one stretch."""
    before = para.marks[:-1]
    if para.marks and para.marks[-1].stop == first and para.marks[-1].phrase is phrase:
        first = para.marks[-1].first
    else:
        before = para.marks
    para.marks = (*before, Mark(first, len(para.boxes), phrase))


def spell(para: Para) -> str:
    """The text of a paragraph."""
    joins = para.joins or [Join.SPACE] * len(para.boxes)
    pairs = zip(para.boxes, joins, strict=True)
    spaced = (Join.SPACE, Join.BOUND)
    return "".join([" " * (join in spaced) + box.text for box, join in pairs]).strip()


def widest(para: Para) -> float:
    """The width of the widest box."""
    return max([box.width for box in para.boxes], default=0.0)


def widest_chain(para: Para) -> float:
    """The width of the widest boxes in a row between which no line may end."""
    joins = para.joins or ()
    if Join.CLOSED not in joins[1:] and Join.BOUND not in joins[1:]:
        return widest(para)
    return max(width for _, _, width in _chains(para))


def _chains(para: Para) -> Iterator[tuple[int, int, float]]:
    """The boxes between which no line may end: first, one past the last, width."""
    first, width = 0, 0.0
    joins = para.joins or [Join.SPACE] * len(para.boxes)
    for at, (box, join) in enumerate(zip(para.boxes, joins, strict=True)):
        if at and join not in (Join.CLOSED, Join.BOUND):
            yield first, at, width
            first, width = at, 0.0
        width += box.width + (para.space if width and join == Join.BOUND else 0.0)
    yield first, len(para.boxes), width


def split_wide(
    para: Para, measure: float, case_of: Callable[[Fount], Case], hyphens: bool = False
) -> Para:
    """The same paragraph with what is wider than the measure made to come apart: between its boxes
    if they are several, and where one box is too wide, letter by letter; `hyphens`: not if hyphens
    can divide it."""
    joins = list(para.joins or [Join.SPACE] * len(para.boxes))
    for first, stop, width in _chains(para):
        if width > measure:
            for at in range(first + 1, stop):
                joins[at] = Join.LAST_RESORT if joins[at] == Join.CLOSED else Join.SPACE
    moved: list[int] = []
    boxes: list[Box] = []
    fresh: list[int] = []
    levels: list[int] = []
    for box, join, level in zip(para.boxes, joins, _levels(para), strict=True):
        moved.append(len(boxes))
        whole = len(box.text) < 2 or (hyphens and widest_part(box) <= measure)
        if box.width <= measure or whole:
            boxes.append(box)
            fresh.append(join)
            levels.append(level)
            continue
        for number, (inner, letter) in enumerate(case_of(box.fount).letters(box.text)):
            boxes.append(letter)
            fresh.append(inner if number else join)
        levels += [level] * (len(boxes) - len(levels))
    moved.append(len(boxes))
    notes = [(moved[at], id_) for at, id_ in para.notes]
    marks = [Mark(moved[first], moved[stop], phrase) for first, stop, phrase in para.marks]
    known = bytes(levels) if para.levels else b""
    return Para(boxes, bytes(fresh), para.space, notes, tuple(marks), para.mixed, known)


def widest_part(box: Box) -> float:
    """The width of a word's widest part between two hyphens, its own hyphen included."""
    points = measure_points(box) if box.points is None else box.points
    bounds = [0.0, *(width for _, width in points), box.width]
    return max(after - before for before, after in pairwise(bounds)) + box.hyphen


def _levels(para: Para) -> bytes:
    return para.levels or bytes(len(para.boxes))


class Listing(Struct):
    """Breaks and what they mean: `places[k]` is where the line after break k begins."""

    breaks: Breaks
    places: Sequence[int] | None

    def cuts(self, path: Sequence[int]) -> Sequence[int]:
        """Break numbers to places; an array, as a long book has many."""
        places = self.places
        if places is None:
            return array("l", [k * STEP for k in path])
        return array("l", [places[k] for k in path])

    def without(self, at: int) -> Listing:
        """The same without one of the breaks."""
        known, places = self.breaks, self.places
        lists = (known.ends, known.starts, known.stops, known.begins, known.hyphens)
        breaks = Breaks(*[[*values[:at], *values[at + 1 :]] for values in lists])
        if places is None:
            places = [k * STEP for k in range(len(known.ends))]
        return Listing(breaks, [*places[:at], *places[at + 1 :]])


# Ends, starts, stops, begins and hyphens of `Breaks`.
_Rows: TypeAlias = tuple[
    Sequence[float], Sequence[float], Sequence[int], Sequence[int], Sequence[int]
]


def list_breaks(para: Para, indent: float, hyphens: float = 0.0) -> Listing:
    """The places where a paragraph may be broken. `indent` is that of its first line.

    `hyphens`: hyphenate for lines of this measure; 0 sets none.
    """
    boxes, space, first = para.boxes, para.space, first_start(para.boxes, indent)
    if para.joins is None:
        listing = Listing(Breaks(*row_words(boxes, space, first)), None)
    else:
        rows, places = row_joined(boxes, _afters(para.joins), space, first)
        listing = Listing(Breaks(*rows), places)
    return add_hyphens(para, listing, indent, hyphens) if hyphens else listing


def first_start(boxes: Sequence[Box], indent: float) -> float:
    """Where the first line counts from: marks hang out only where there is no indent."""
    return -indent if indent or not boxes else boxes[0].left


def _afters(joins: Sequence[int]) -> bytes:
    """How each box is joined by the next one; the last as if a word came after it."""
    return bytes((*joins[1:], Join.SPACE))


@compiled("breaks")
def row_words(boxes: list[Box], space: float, first: float) -> _Rows:
    """One break after each word: whole lists at a time, as this is most of the book."""
    count = len(boxes)
    reach = list(accumulate([box.width + space for box in boxes]))
    ends = [0.0, *map(sub, reach, [box.right + space for box in boxes])]
    lefts = [box.left for box in boxes]
    starts = [first, *map(add, reach, lefts[1:]), 0.0]
    return ends, starts, list(range(-1, count)), list(range(count + 1)), [0] * (count + 1)


@compiled("breaks")
def row_joined(
    boxes: list[Box], afters: bytes, space: float, first: float
) -> tuple[_Rows, Sequence[int]]:
    """The same, and the places, where some boxes touch, or stand on both sides of a space that
    does not break."""
    reach = _reach(boxes, afters, space)
    ends = [at + box.width - box.right for at, box in zip(reach, boxes, strict=False)]
    starts = [at + box.left for at, box in zip(reach[1:], [*boxes[1:], boxes[-1]], strict=True)]
    spaced = afters.translate(_SPACED)
    begins = list(accumulate(spaced))
    stops = map(sub, begins, spaced)
    owns = [0] * len(boxes)
    at = afters.find(Join.LOOSE)
    while at >= 0:
        owns[at] = OWN if boxes[at].text[-1] in "-\u2010" else 0
        at = afters.find(Join.LOOSE, at + 1)
    chosen = afters.translate(_BREAKING)
    places = range(STEP, len(boxes) * STEP + 1, STEP)
    rows = (
        [0.0, *compress(ends, chosen)],
        [first, *compress(starts, chosen)],
        [0, *compress(stops, chosen)],
        [0, *compress(begins, chosen)],
        [0, *compress(owns, chosen)],
    )
    return rows, [0, *compress(places, chosen)]


def _reach(boxes: list[Box], afters: bytes, space: float) -> list[float]:
    """Width from the beginning to each box, and to the end of all."""
    gaps = [0.0] * len(Join)
    gaps[Join.SPACE] = gaps[Join.BOUND] = space
    widths = [box.width + gaps[after] for box, after in zip(boxes, afters, strict=True)]
    return list(accumulate(widths, initial=0.0))


def add_hyphens(para: Para, listing: Listing, indent: float, measure: float) -> Listing:
    """The same places, and those inside words where lines of this measure can end."""
    boxes, breaks = para.boxes, listing.breaks
    afters = _afters(para.joins or _SPACES * len(boxes))
    known = breaks.ends, breaks.starts, breaks.stops, breaks.begins, breaks.hyphens
    places = listing.places or range(0, len(boxes) * STEP + 1, STEP)
    lead = max(indent, 0.0)
    more = row_hyphens(boxes, afters, para.space, lead, measure, known, places, measure_points)
    return listing if more is None else Listing(Breaks(*more[0]), more[1])


@compiled("breaks")
def row_hyphens(
    boxes: list[Box],
    afters: bytes,
    space: float,
    lead: float,
    measure: float,
    known: _Rows,
    places: Sequence[int],
    find: Callable[[Box], tuple[Point, ...]],
) -> tuple[_Rows, Sequence[int]] | None:
    """The breaks that are known, and those inside words, in order; None if there are no others.

    `lead`: the indent, `find` gives a word's hyphen points when it is asked for the first time.
    """
    longest, shortest = LONGEST_LINE * measure + 0.01, SHORTEST_LINE * measure
    reach = _reach(boxes, afters, space)
    spaces = list(accumulate(afters.translate(_SPACED), initial=0))
    rows: list[tuple[int, float, float, int, int, int]] = []
    for number in [at for at, box in enumerate(boxes) if box.points != ()]:
        box, at = boxes[number], reach[number]
        # A word is hyphenated only where a line can end in it, however the lines before fell.
        if int((at + lead) / longest + 1.0) * shortest > at + lead + box.width:
            continue
        points = box.points
        if points is None:
            points = box.points = find(box)
        before = spaces[number]
        for letters, width in points:
            start = at + width
            place = number * STEP + letters
            rows.append((place, start + box.hyphen, start, before, before, SET))
    if not rows:
        return None
    rows += zip(places, *known, strict=True)
    rows.sort()  # by place, and no two stand at one
    order, ends, starts, stops, begins, owns = map(list, zip(*rows, strict=True))
    return (ends, starts, stops, begins, owns), order


def measure_points(box: Box) -> tuple[Point, ...]:
    """The hyphen points of a box with their widths."""
    fount = box.fount
    places = find_points(box.text, fount.language)
    if not places:
        return ()
    size = fount.size / 1000.0
    bounds = _letter_bounds(box)
    return tuple([(at, bounds[at] * size) for at in places if at < STEP])


def _letter_bounds(box: Box) -> list[float]:
    """Width before each letter in 1/1000 em; a ligature is shared out evenly."""
    shaped = box.shaped
    if len(shaped.advances) == len(box.text):
        return [0.0, *accumulate(shaped.advances)]
    bounds = [0.0]
    reach = 0.0
    for text, advance in zip(shaped.texts, shaped.advances, strict=True):
        if text:
            share = advance / len(text)
            bounds.extend(reach + share * (i + 1) for i in range(len(text)))
        else:
            bounds[-1] += advance
        reach += advance
    return bounds
