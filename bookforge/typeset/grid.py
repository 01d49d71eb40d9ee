"""Rows of tables set in columns.

In: the drafts of a table's cells. Out: `Band`s, one for each row of the table, whose lines stand
on the baseline grid beside each other. Columns are as wide as what is in them; where that is more
than the measure, each gets its longest word and a share of the rest as its text asks for (CSS 2.2,
17.5.2.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bookforge.diagnostics import Span
from bookforge.typeset.bidi import direct
from bookforge.typeset.compose import Draft, Setting, compose, cut_runs, line_notes
from bookforge.typeset.items import collect, list_breaks, widest
from bookforge.typeset.press import Press
from bookforge.typeset.style import Align, BlockStyle, Design

# Between columns, in ems of the table's type.
_GAP = 1.3
# Sizes that are tried for a table that is too wide, as shares of its own; never below so many
# points.
_SIZES = (1.0, 0.92, 0.85, 0.78)
_LEAST_SIZE = 7.0
# Sums of widths are not exact.
_HAIR = 0.02
_OTHER_SIDE = {Align.LEFT: Align.RIGHT, Align.RIGHT: Align.LEFT}


class Grid(Struct):
    """A table to be set: rows of drafts, how many of them are heads, and the style of the text
    around it."""

    rows: list[list[Draft]]
    heads: int
    around: BlockStyle
    language: str
    span: Span

    @property
    def drafts(self) -> Iterator[Draft]:
        """Those of all cells, row by row."""
        for row in self.rows:
            yield from row


class Column(Struct, frozen=True):
    """From the left edge of the measure, and how wide."""

    left: float
    width: float


class Band(Struct):
    """A row of a table: its cells with their columns and settings, and the lines it takes.

    `left` and `width` are the table's; `above` and `below` say whether rules stand there.
    """

    cells: Sequence[tuple[Column, Draft, Sequence[Setting]]]
    count: int
    left: float
    width: float
    head: bool = False
    above: bool = False
    below: bool = False

    def lines(self, cell: int) -> Sequence[tuple[Setting, int]]:
        """The lines of a cell from the top, each with its setting."""
        settings = self.cells[cell][2]
        return [(setting, line) for setting in settings for line in range(setting.count)]

    def first_at(self, line: int) -> tuple[Setting, int] | None:
        """What is read first from a line on: the first cell that has so many."""
        for cell in range(len(self.cells)):
            lines = self.lines(cell)
            if line < len(lines):
                return lines[line]
        return None

    @property
    def notes(self) -> Iterator[tuple[int, str]]:
        """(line, note) for every note's mark."""
        for _, _, settings in self.cells:
            before = 0
            for setting in settings:
                yield from ((before + line, note) for line, note in line_notes(setting))
                before += setting.count


class Slice(Struct):
    """One line of a band; `heads` are repeated above it where a page begins with it."""

    band: Band
    line: int
    heads: Sequence[Band] = ()


def set_grid(grid: Grid, press: Press, design: Design) -> list[Band]:
    """Set a table; where its words are too wide for the page even in small type, they are cut,
    and the press notes it."""
    room = design.sheet.measure - grid.around.left - grid.around.right
    widths = _fit(grid, press, design, room)
    gap = _GAP * grid.rows[0][0].style.size
    whole = sum(widths) + gap * (len(widths) - 1)
    spare = max(0.0, room - whole)
    begins = Align(design.text("table.align", "centre"))
    share = 0.5 if begins is Align.CENTRE else 1.0 if design.sheet.turned else 0.0
    left = grid.around.left + spare * share
    columns = _place(widths, gap, left, design)
    bands = [_set_row(row, columns, press, design) for row in grid.rows]
    for number, band in enumerate(bands):
        band.left, band.width = left, whole
        band.head = number < grid.heads
        band.above = number == 0
        band.below = number in (grid.heads - 1, len(bands) - 1)
    return bands


def _place(widths: Sequence[float], gap: float, left: float, design: Design) -> list[Column]:
    """Columns side by side; the first one stands where lines begin."""
    columns = []
    turned = design.sheet.turned
    for width in reversed(widths) if turned else widths:
        columns.append(Column(left, width))
        left += width + gap
    return columns[::-1] if turned else columns


def _set_row(row: Sequence[Draft], columns: list[Column], press: Press, design: Design) -> Band:
    cells = []
    for draft, column in zip(row, columns, strict=True):
        if draft.turned:
            # The sides of a column are the page's; those of a style are its text's.
            align = _OTHER_SIDE.get(draft.style.align, draft.style.align)
            draft.style = replace(draft.style, align=align)
        settings = compose(draft, press, column.width, _space(draft, design), design.flex)
        cells.append((column, draft, [setting for setting in settings if setting.count]))
    count = max(sum(setting.count for setting in settings) for _, _, settings in cells)
    return Band(cells, max(1, count), 0.0, 0.0)


def _space(draft: Draft, design: Design) -> float:
    style = draft.style
    return design.space * style.size + style.tracking * style.size / 1000.0


def _fit(grid: Grid, press: Press, design: Design, room: float) -> list[float]:
    """The widths of the columns, in the greatest size whose words go in."""
    size = grid.rows[0][0].style.size
    for share in _SIZES:
        if share < 1.0:
            if size * share < _LEAST_SIZE:
                break
            _resize(grid, press, design, size * share)
        least, natural = _measure(grid, design)
        free = room - _GAP * grid.rows[0][0].style.size * (len(least) - 1)
        if sum(least) <= free:
            return _share(least, natural, free)
    press.crowded.append(grid.span)
    return _squeeze(least, free)


def _resize(grid: Grid, press: Press, design: Design, size: float) -> None:
    for draft in grid.drafts:
        draft.style = replace(draft.style, size=size)
        draft.runs = press.runs(draft.node, press.voice(draft.style, grid.language))
        direct(draft, press, design.sheet.turned)
    press.learn([draft.runs for draft in grid.drafts])


def _measure(grid: Grid, design: Design) -> tuple[list[float], list[float]]:
    """For each column the width of its longest word, and of its longest line."""
    least = [0.0] * len(grid.rows[0])
    natural = [0.0] * len(grid.rows[0])
    for row in grid.rows:
        for number, draft in enumerate(row):
            for word, line in _extents(draft, design):
                least[number] = max(least[number], word + _HAIR)
                natural[number] = max(natural[number], line + _HAIR)
    return least, natural


def _extents(draft: Draft, design: Design) -> Iterator[tuple[float, float]]:
    """The widest word and the width of each line that breaks set by hand make."""
    for runs in cut_runs(draft.runs):
        para = collect(runs, _space(draft, design))
        if not para.boxes:
            continue
        breaks = list_breaks(para, 0.0).breaks
        pairs = zip(breaks.starts, breaks.ends[1:], strict=False)
        # A word is cut where it is wider with what hangs out of the line.
        word = max(max(end - start for start, end in pairs), widest(para))
        yield word, max(word, breaks.ends[-1] - breaks.starts[0])


def _share(least: list[float], natural: list[float], free: float) -> list[float]:
    """Natural widths where they go in; else the narrow columns have theirs, so that figures and
    names are not broken, and the others what is left beyond their words, by need."""
    if sum(natural) <= free:
        return natural
    widths, spare = list(least), free - sum(least)
    order = sorted(range(len(natural)), key=lambda number: (natural[number], number))
    for place, number in enumerate(order):
        wanted = [natural[at] - least[at] for at in order[place:]]
        room = spare + sum(least[at] for at in order[place:])
        if natural[number] > room / len(wanted) or wanted[0] > spare:
            for at, more in zip(order[place:], wanted, strict=True):
                widths[at] += more * spare / sum(wanted)
            break
        widths[number] += wanted[0]
        spare -= wanted[0]
    return widths


def _squeeze(least: list[float], free: float) -> list[float]:
    """Widths of words that do not go in: the narrow columns stay whole, the wide ones give."""
    widths = [0.0] * len(least)
    order = sorted(range(len(least)), key=lambda number: (least[number], number))
    for place, number in enumerate(order):
        widths[number] = min(least[number], max(1.0, free) / (len(order) - place))
        free -= widths[number]
    return widths
