"""A chapter as one long column: blocks into rows on the baseline grid.

In: the blocks of sections. Out: a `Galley`: a `Column` for `paginate`, and what stands in each row.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from bookforge.diagnostics import Span
from bookforge.typeset.bidi import direct
from bookforge.typeset.compose import Draft, Setting, compose, line_notes
from bookforge.typeset.frames import Begin, Tag
from bookforge.typeset.grid import Grid, Slice, set_grid
from bookforge.typeset.items import STEP
from bookforge.typeset.leading import choose
from bookforge.typeset.paginate import INFINITY, Column, PageCut
from bookforge.typeset.press import Press
from bookforge.typeset.shape import Box
from bookforge.typeset.style import Align, Design

if TYPE_CHECKING:
    from bookforge.typeset.footnotes import NoteLine

# Costs of a page break inside a paragraph (see paginate for the others).
ORPHAN = 900.0
WIDOW = 1_000.0
# A hyphen as the last thing on a page.
SPLIT_WORD = 150.0
# Before the second row of a table or its last one, and inside one that is longer than a page.
LONE_ROW, SPLIT_ROW = 300.0, 200.0
# Heads of tables are repeated if they take no more than this share of a page.
REPEATED = 0.3


# What a picture is that has nothing to say.
DECORATION = Begin(Tag.ARTIFACT)


class Space(Struct):
    """Blank lines between blocks; `opens`: pages may add a line here to come out even."""

    lines: int
    opens: bool = True
    firm: bool = False  # stays at the top of a page (a sink)


class Ornament(Struct):
    """A centred ornament on a line of its own; `gap`: shown only at the edge of a page."""

    mark: str
    gap: bool = False


class Stroke(Struct):
    """A rule on a line of its own: `share` of the measure, `weight` in points."""

    share: float
    weight: float
    align: Align


class Plate(Struct):
    """A picture, scaled to fit; `lines` of the grid that it takes, `begin` its place in the
    structure. `full`: it has a page of its own; `bleeds`: and covers it up to the edges and over
    them. `span` is the writer's picture."""

    path: str
    alt: str
    width: float
    height: float
    lines: int
    begin: Begin = DECORATION
    full: bool = False
    bleeds: bool = False
    span: Span | None = None


class Anchor(Struct):
    """A destination: the beginning of a section, or a heading inside one (section -1).

    `title` and `level` are what the outline says of it; without a title it says nothing.
    """

    id: str
    section: int
    title: str = ""
    level: int = 1


class Keep(Struct):
    """No page break between what stands before and after this."""


class Fill(Struct):
    """What follows stands at the foot of the page."""


Event: TypeAlias = Draft | Space | Ornament | Stroke | Plate | Grid | Anchor | Keep | Fill
# What a row belongs to; and, for a setting, which line of it stands there.
Content: TypeAlias = Setting | Ornament | Stroke | Plate | Slice | None
Row: TypeAlias = tuple[Setting, int] | Ornament | Stroke | Plate | Slice | None


class Galley(Struct):
    """Rows of a chapter: numbers for `paginate` in `column`, things to draw in `contents`.

    `anchors`: (row, anchor) in order; `notes`: (row, note id) in order.
    """

    column: Column = field(default_factory=Column)
    contents: list[Content] = field(default_factory=list)
    anchors: list[tuple[int, Anchor]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)  # first row of each setting
    feet: dict[int, list[NoteLine]] = field(default_factory=dict)

    def at(self, row: int) -> Row:
        """What stands in a row."""
        content = self.contents[row]
        if isinstance(content, Setting):
            return content, row - self.rows[bisect_right(self.rows, row) - 1]
        return content

    def lines(self, cut: PageCut) -> list[int]:
        """The line of the grid where each row of a page begins, spread to the page's depth."""
        heights = self.column.heights
        top = self.column.tops.get(cut.first, 0)
        spare = cut.depth - top - sum(heights[cut.first : cut.stop])
        if self.feet and any(row in self.feet for row in range(cut.first, cut.stop)):
            spare = 0  # the notes at the foot take what is left
        rows = range(cut.first, cut.stop)
        opened = choose(self, rows, spare) if spare > 0 else ()
        found, line = [], top
        for row in rows:
            found.append(line)
            line += heights[row] + (row in opened)
        return found

    def add(self, content: Content, height: int = 1, cost: float = 0.0) -> None:
        column = self.column
        column.heights.append(height)
        column.costs.append(cost)
        column.blank.append(False)
        column.opens.append(False)
        column.feet.append(0.0)
        self.contents.append(content)

    def add_space(self, space: Space) -> None:
        """Spaces that meet do not add up: the greater one holds."""
        column = self.column
        at = len(column.heights)
        before = 0
        while before < at and column.blank[at - 1 - before]:
            before += 1
        for _ in range(space.lines if space.firm else space.lines - before):
            self.add(None)
            column.blank[-1] = not space.firm
        if space.opens and not space.firm and column.blank and column.blank[-1]:
            column.opens[-1] = True


def _list_broken(settings: Sequence[Setting]) -> Iterator[tuple[Box, int]]:
    """The words that lines end in, and the letters before the hyphen."""
    for setting in settings:
        for place in setting.cuts:
            if place % STEP:
                yield setting.para.boxes[place // STEP], place % STEP


class Stacker:
    """Stacks events into a galley."""

    def __init__(self, design: Design, press: Press) -> None:
        self.design = design
        self.press = press
        self.galley = Galley()
        self._kept = False
        self._fill: int | None = None

    def stack(self, events: Sequence[Event]) -> Galley:
        """Set all paragraphs and put every row in its place."""
        drafts = [event for event in events if isinstance(event, Draft)]
        for event in events:
            if isinstance(event, Grid):
                drafts += event.drafts
        shown = [event for event in events if isinstance(event, Draft | Grid | Plate)]
        if shown and isinstance(shown[-1], Draft):
            shown[-1].closes = True
        for draft in drafts:
            direct(draft, self.press, self.design.sheet.turned)
        self.press.learn([draft.runs for draft in drafts])
        for event in events:
            self._place(event)
        blank = self.galley.column.blank
        for number, (row, anchor) in enumerate(self.galley.anchors):
            while row < len(blank) - 1 and blank[row]:
                row += 1  # blank rows may fall between two pages
            self.galley.anchors[number] = (row, anchor)
        if self._fill is not None:
            self._push_down(self._fill)
        self.press.break_words(_list_broken(self.galley.settings))
        return self.galley

    def _push_down(self, row: int) -> None:
        """Blank rows before a row, so that the rest stands at the foot of the page."""
        galley, column = self.galley, self.galley.column
        missing = self.design.sheet.lines - sum(column.heights)
        for _ in range(missing):
            galley.contents.insert(row, None)
            column.heights.insert(row, 1)
            column.costs.insert(row, 0.0)
            column.blank.insert(row, False)
            column.opens.insert(row, False)
            column.feet.insert(row, 0.0)
        missing = max(0, missing)
        galley.rows = [at + missing if at >= row else at for at in galley.rows]
        galley.notes = [(at + missing if at >= row else at, id_) for at, id_ in galley.notes]
        tops = column.tops.items()
        column.tops = {at + missing if at >= row else at: lines for at, lines in tops}

    def _place(self, event: Event) -> None:
        galley = self.galley
        if isinstance(event, Draft):
            self._set(event)
        elif isinstance(event, Space):
            galley.add_space(event)
        elif isinstance(event, Keep):
            self._kept = True
        elif isinstance(event, Anchor):
            galley.anchors.append((len(galley.contents), event))
        elif isinstance(event, Fill):
            self._fill = len(galley.contents)
        elif isinstance(event, Plate):
            galley.add(event, event.lines, self._cost(0.0))
        elif isinstance(event, Grid):
            self._add_grid(event)
        elif isinstance(event, Stroke):
            galley.add(event, 1, self._cost(0.0))
            self._kept = True
        else:
            galley.add(event, 1, self._cost(INFINITY if not event.gap else 200.0))
            self._kept = not event.gap

    def _cost(self, usual: float) -> float:
        cost = INFINITY if self._kept else usual
        self._kept = False
        return cost

    def _set(self, draft: Draft) -> None:
        design, style = self.design, draft.style
        if style.above:
            self.galley.add_space(Space(style.above))
        space = design.space * style.size + style.tracking * style.size / 1000.0
        flex = design.flex if not draft.style.mono else 0.0
        settings = compose(draft, self.press, design.sheet.measure, space, flex)
        total = sum(setting.count for setting in settings)
        number = 0
        headed = self._kept
        for setting in settings:
            if not setting.count:
                continue
            self.galley.settings.append(setting)
            self.galley.rows.append(len(self.galley.contents))
            for line in range(setting.count):
                cost = self._line_cost(setting, line, number, total)
                if headed and number == 1:
                    cost = INFINITY  # two lines at least behind a heading
                self.galley.add(setting, style.rows, cost)
                number += 1
            self._call_notes(setting)
        if style.below:
            self.galley.add_space(Space(style.below))

    def _add_grid(self, grid: Grid) -> None:
        """A table: rows are not broken that go on a page; heads stand with what they head."""
        galley, lines = self.galley, self.design.sheet.lines
        bands = set_grid(grid, self.press, self.design)
        heads = bands[: grid.heads]
        top = sum(head.count for head in heads)
        if top > REPEATED * lines:
            heads, top = [], 0
        for number, band in enumerate(bands):
            lone = number in (grid.heads + 1, len(bands) - 1)
            long = band.count + top > lines
            for line in range(band.count):
                cost = SPLIT_ROW if long else INFINITY
                if line == 0:
                    kept = 0 < number <= grid.heads
                    cost = self._cost(INFINITY if kept else LONE_ROW if lone and number else 0.0)
                if top and not band.head:
                    galley.column.tops[len(galley.contents)] = top
                galley.add(Slice(band, line, heads), 1, cost)
            first = len(galley.contents) - band.count
            galley.notes += [(first + line, note) for line, note in sorted(band.notes)]

    def _line_cost(self, setting: Setting, line: int, number: int, total: int) -> float:
        """The cost of a page break before a line: widows, orphans, hyphens."""
        if number == 0:
            return self._cost(0.0)
        if setting.draft.style.together or number < setting.draft.beside:
            return INFINITY
        cost = 0.0
        weight = self.design.widows
        if number == 1:
            cost += ORPHAN * weight
        if number == total - 1:
            cost += WIDOW * weight
        if setting.cuts[line] % STEP:
            cost += SPLIT_WORD
        return cost

    def _call_notes(self, setting: Setting) -> None:
        if not setting.para.notes:
            return
        first = len(self.galley.contents) - setting.count
        for line, note in line_notes(setting):
            self.galley.notes.append((first + line, note))


def restack(galley: Galley, setting: Setting, cuts: Sequence[int], design: Design) -> Galley:
    """The same galley with one paragraph cut otherwise."""
    fresh = Galley()
    number = next(i for i, known in enumerate(galley.settings) if known is setting)
    begin, end = galley.rows[number], galley.rows[number] + setting.count
    moved = len(cuts) - 1 - setting.count
    old = galley.column
    new = replace(setting, cuts=cuts, hard=True)
    middle = _costs_of(new, old.costs[begin], design)
    column = fresh.column
    column.heights = [*old.heights[:begin], *[1] * new.count, *old.heights[end:]]
    column.costs = [*old.costs[:begin], *middle, *old.costs[end:]]
    column.blank = [*old.blank[:begin], *[False] * new.count, *old.blank[end:]]
    column.opens = [*old.opens[:begin], *[False] * new.count, *old.opens[end:]]
    column.feet = [*old.feet[:begin], *[0.0] * new.count, *old.feet[end:]]
    column.tops = {row + (moved if row > begin else 0): lines for row, lines in old.tops.items()}
    fresh.contents = [*galley.contents[:begin], *[new] * new.count, *galley.contents[end:]]
    fresh.settings = [new if known is setting else known for known in galley.settings]
    fresh.rows = [row + (moved if row > begin else 0) for row in galley.rows]
    fresh.anchors = [(row + (moved if row > begin else 0), a) for row, a in galley.anchors]
    fresh.feet = {row + (moved if row > begin else 0): lines for row, lines in galley.feet.items()}
    fresh.notes = [(row + (moved if row > begin else 0), id_) for row, id_ in galley.notes]
    return fresh


def _costs_of(setting: Setting, first: float, design: Design) -> list[float]:
    count = setting.count
    costs = [SPLIT_WORD if cut % STEP else 0.0 for cut in setting.cuts[:-1]]
    costs[0] = first
    if count > 1:
        costs[1] += ORPHAN * design.widows
        costs[count - 1] += WIDOW * design.widows
    # Beside a drop cap, and behind a heading.
    for line in range(1, min(max(setting.draft.beside, 2 * (first == INFINITY)), count)):
        costs[line] = INFINITY
    return costs


def grid_lines(points: float, leading: float) -> int:
    """Lines of the grid that so many points need."""
    return max(1, math.ceil(points / leading - 0.01))
