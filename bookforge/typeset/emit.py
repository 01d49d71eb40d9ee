"""Rows of a page into the items of `frames`: the last step before painting.

In: a galley, its page cut and the sheet. Out: items with their structure marks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from bookforge.typeset.compose import Setting
from bookforge.typeset.frames import (
    Begin,
    Destination,
    End,
    Item,
    LinkArea,
    Picture,
    Rule,
    Tag,
    TextLine,
)
from bookforge.typeset.galley import Galley, Ornament, Plate, Stroke
from bookforge.typeset.grid import Band, Slice
from bookforge.typeset.items import STEP, spell
from bookforge.typeset.lines import Fit, Stretch, draw, fit, relax
from bookforge.typeset.marks import mark_lines
from bookforge.typeset.paginate import PageCut
from bookforge.typeset.press import Press, Voice
from bookforge.typeset.style import Align, Caps, Design, Emblem
from bookforge.typeset.units import tidy

# A picture as an ornament: at most this share of the measure, and so many lines high.
EMBLEM_WIDTH, EMBLEM_HEIGHT = 0.4, 1.6
# The thinnest rule that does not break up in print (KDP): points.
HAIRLINE = 0.75
# From a baseline down to a rule of a table, in lines: midway between what hangs down and what
# stands up.
UNDER = 0.32


class Emitter(Struct):
    """Draws rows of galleys on pages."""

    design: Design
    press: Press
    language: str
    labels: dict[int, str] = field(default_factory=dict)  # of the pages where sections begin

    def page(self, galley: Galley, cut: PageCut, recto: bool) -> list[Item]:
        """The items of one page of text."""
        sheet = self.design.sheet
        left, heights = sheet.left(recto), galley.column.heights
        anchors = [pair for pair in galley.anchors if cut.first <= pair[0] < cut.stop]
        items: list[Item] = []
        running = 0  # key of the structure element that is open
        if cut.first in galley.column.tops:
            items += self._heads(galley.contents[cut.first], left)
        lines = galley.lines(cut)
        for row, line in zip(range(cut.first, cut.stop), lines, strict=True):
            while anchors and anchors[0][0] <= row:
                place = tidy(sheet.top + line * sheet.leading)
                items.append(Destination(anchors.pop(0)[1].id, place))
            content = galley.at(row)
            key = content[0].draft.key if isinstance(content, tuple) else 0
            if running and key != running:
                items.append(End())
            if isinstance(content, tuple):
                if key != running:
                    items.append(self._begin(content[0]))
                y = sheet.baseline(line + heights[row] - 1)
                items += self.line(content[0], content[1], left, y)
            elif isinstance(content, Slice):
                if row == cut.first or not content.line:
                    items += self._band(content, cut.stop - row, line, left)
            elif content is not None:
                edge = row in (cut.first, cut.stop - 1)
                if isinstance(content, Plate) and content.bleeds:
                    items += self._cover(content)
                else:
                    place = line if edge else _centre(galley, cut, lines, row)
                    items += self._show(content, place, heights[row], left, edge)
            running = key
        if running:
            items.append(End())
        items += self._foot(galley, cut, left)
        return items

    def _show(
        self, content: Ornament | Plate | Stroke, line: float, height: int, left: float, edge: bool
    ) -> Iterator[Item]:
        """An ornament, rule or picture; `edge`: its row is the first or last of its page."""
        sheet = self.design.sheet
        if isinstance(content, Plate):
            yield from self._plate(content, left, sheet.top + line * sheet.leading, height)
        elif isinstance(content, Stroke):
            yield from self._stroke(content, left, sheet.baseline(line))
        elif edge or not content.gap:
            yield from self.ornament(content.mark, left, sheet.baseline(line))

    def _heads(self, content: object, left: float) -> Iterator[Item]:
        """The heads of a table that goes on from the page before: they were read there."""
        assert isinstance(content, Slice)
        line = 0
        for band in content.heads:
            yield Begin(Tag.ARTIFACT)
            for item in self._band(Slice(band, 0), band.count, line, left):
                if isinstance(item, TextLine):
                    yield replace(item, marks=())
                elif isinstance(item, Rule):
                    yield item
            yield End()
            line += band.count

    def _band(self, content: Slice, rows: int, line: int, left: float) -> Iterator[Item]:
        """What of a table's row stands on this page, cell by cell, from a line of the grid on."""
        sheet, band, first = self.design.sheet, content.band, content.line
        stop = min(band.count, first + rows)
        for number, (column, draft, _) in enumerate(band.cells):
            yield Begin(draft.tag, draft.key, within=draft.within)
            for place, (setting, own) in enumerate(band.lines(number)[first:stop]):
                y = sheet.baseline(line + place)
                yield from self.line(setting, own, left + column.left, y)
            yield End()
        yield Begin(Tag.ARTIFACT)
        if band.above and not first:
            yield self._table_rule(band, left, line - 1)
        if band.below and stop == band.count:
            yield self._table_rule(band, left, line + stop - first - 1)
        yield End()

    def _table_rule(self, band: Band, left: float, line: int) -> Rule:
        """A rule as wide as the table, under a line of the grid."""
        y = self.design.sheet.baseline(line + UNDER)
        weight = max(HAIRLINE, self.design.number("table.rule-weight", HAIRLINE))
        return Rule(tidy(left + band.left), tidy(y), tidy(band.width), weight)

    def _begin(self, setting: Setting) -> Begin:
        draft = setting.draft
        return Begin(draft.tag, draft.key, draft.level, within=draft.within)

    def line(self, setting: Setting, number: int, left: float, y: float) -> Sequence[Item]:
        """One line of a paragraph, with its drop cap and links."""
        draft = setting.draft
        stretch = setting.stretch(number, self.press)
        fitted, x = self._place(setting, number, stretch)
        last = number == setting.count - 1
        tail = draft.tail if last and setting.ends and draft.refers < 0 else " "
        if not last and not stretch.broken:
            tail = self._tail(setting, number)
        drop = draft.drop if number == 0 and setting.opens else None
        if drop is not None:
            stretch = drop.lead(stretch)
        lines = draw(stretch, left + x, y, fitted, tail)
        items: Sequence[Item] = lines
        if setting.para.marks:
            items = [*mark_lines(lines, setting.para.marks, setting.cuts[number] // STEP)]
        if drop is not None:
            at = left + draft.style.left
            items = [*drop.draw(at, y, self.design.sheet.leading), *items]
        if draft.refers >= 0 and last and setting.ends:
            items = [*items, *self._reference(setting, left, y)]
        return items

    def _place(self, setting: Setting, number: int, stretch: Stretch) -> tuple[Fit, float]:
        """How the line is filled, and where it begins."""
        if setting.draft.turned:
            return self._place_turned(setting, number, stretch)
        style, space = setting.draft.style, setting.para.space
        x = setting.indent(number)
        width = setting.measure - x - style.right
        hang = stretch.boxes[0].left if stretch.boxes else 0.0
        if style.align is Align.JUSTIFY:
            if number == 0 and x != setting.indent(1):
                hang = 0.0
            if number < setting.count - 1:
                return fit(stretch, width + hang, space, self.design.flex), x - hang
            return relax(stretch, width + hang, space, self.design.flex), x - hang
        fitted = relax(stretch, width, space, self.design.flex)
        rest = width - stretch.width(space) if fitted.scale == 1.0 else 0.0
        if style.align is Align.CENTRE:
            # The tracking after the last letter is no part of the line.
            return fitted, x + (rest + style.tracking * style.size / 1000.0) / 2
        return fitted, x + (rest if style.align is Align.RIGHT else -hang)

    def _place_turned(self, setting: Setting, number: int, stretch: Stretch) -> tuple[Fit, float]:
        """The same for a paragraph from right to left: insets, indents and edges change sides."""
        align, space = setting.draft.style.align, setting.para.space
        width = setting.width(number)
        x = setting.measure - setting.indent(number) - width
        if align is Align.JUSTIFY and number < setting.count - 1:
            return fit(stretch, width, space, self.design.flex), x
        fitted = relax(stretch, width, space, self.design.flex)
        rest = width - stretch.width(space) if fitted.scale == 1.0 else 0.0
        share = {Align.CENTRE: 0.5, Align.RIGHT: 0.0}.get(align, 1.0)
        return fitted, x + rest * share

    def _tail(self, setting: Setting, number: int) -> str:
        """Whether the word at the line's end goes on after a space or at once."""
        joins = setting.para.joins
        box = setting.cuts[number + 1] // STEP
        if joins is None or box >= len(joins):
            return " "
        return " " if joins[box] in (1, 3) else ""

    def ornament(self, mark: str, left: float, y: float) -> Iterator[Item]:
        """A centred ornament: decoration, not text."""
        if self.design.emblem is not None and mark == self.design.ornament:
            yield from self._emblem(self.design.emblem, left, y)
            return
        case = self.press.speak(Voice(self.design.size, language=self.language))
        boxes = [box for _, box in case.row(mark)] if " " not in mark else []
        if not boxes:
            boxes = [box for word in mark.split(" ") if word for _, box in case.row(word)]
        gap = self.design.size
        width = sum(box.width for box in boxes) + gap * (len(boxes) - 1)
        x = left + (self.design.sheet.measure - width) / 2
        words = tuple(box.shaped for box in boxes)
        yield Begin(Tag.ARTIFACT)
        yield TextLine(tidy(x), tidy(y), boxes[0].fount.size, words, tidy(gap))
        yield End()

    def _stroke(self, stroke: Stroke, left: float, y: float) -> Iterator[Item]:
        """A rule at the height of the small letters of its line."""
        measure = self.design.sheet.measure
        width = measure * stroke.share
        room = {Align.CENTRE: 0.5, Align.RIGHT: 1.0}.get(stroke.align, 0.0)
        x = left + (measure - width) * room
        yield Begin(Tag.ARTIFACT)
        yield Rule(tidy(x), tidy(y - 0.3 * self.design.size), tidy(width), stroke.weight)
        yield End()

    def _emblem(self, emblem: Emblem, left: float, y: float) -> Iterator[Item]:
        """A small picture in the middle of its line; the blank lines around it give it room."""
        sheet = self.design.sheet
        scale = min(
            EMBLEM_WIDTH * sheet.measure / emblem.width,
            EMBLEM_HEIGHT * sheet.leading / emblem.height,
        )
        width, height = emblem.width * scale, emblem.height * scale
        x = left + (sheet.measure - width) / 2
        top = y - 0.25 * sheet.leading - height / 2
        yield Begin(Tag.ARTIFACT)
        yield Picture(emblem.path, tidy(x), tidy(top), tidy(width), tidy(height))
        yield End()

    def _leaders(self, setting: Setting, left: float, y: float, stop: float) -> Iterator[Item]:
        """Dots from an entry to its page number, under each other from line to line."""
        line = setting.count - 1
        width = setting.stretch(line, self.press).width(setting.para.space)
        size = setting.draft.style.size
        step = 0.6 * size
        first = math.ceil((left + setting.indent(line) + width + 0.4 * size) / step)
        last = math.floor((stop - 0.9 * size) / step)
        if last <= first:
            return
        dot = self.press.speak(Voice(size, language=self.language)).whole(".")
        yield Begin(Tag.ARTIFACT)
        words = (dot.shaped,) * (last - first + 1)
        yield TextLine(tidy(first * step), tidy(y), size, words, tidy(step - dot.width))
        yield End()

    def _foot(self, galley: Galley, cut: PageCut, left: float) -> Iterator[Item]:
        """The notes of a page, the last on its last line, under a short rule."""
        notes = [note for row in range(cut.first, cut.stop) for note in galley.feet.get(row, ())]
        if not notes:
            return
        sheet = self.design.sheet
        leading = sheet.leading * self.design.number("notes.leading", 0.84)
        last = cut.stop >= len(galley.contents)
        depth = max(cut.depth, sheet.lines) if last else cut.depth
        top = sheet.baseline(depth - 1) - (len(notes) - 1) * leading
        yield Begin(Tag.ARTIFACT)
        rule = self.design.number("notes.rule", 54.0)
        yield Rule(tidy(left), tidy(top - 1.05 * leading), tidy(rule), HAIRLINE)
        yield End()
        for number, note in enumerate(notes):
            yield self._begin(note.setting)
            yield from self.line(note.setting, note.line, left, top + number * leading)
            yield End()

    def _reference(self, setting: Setting, left: float, y: float) -> Iterator[Item]:
        """The page number at the right of an entry in the contents."""
        draft = setting.draft
        voice = self.press.voice(draft.style, draft.language or self.language)
        case = self.press.speak(replace(voice, italic=False, caps=Caps.NONE, tracking=0.0))
        label = self.labels.get(draft.refers, "")
        boxes = [box for _, box in case.row(label)] if label else []
        width = sum(box.width for box in boxes)
        x = left + self.design.sheet.measure - draft.edge - width
        if boxes:
            words = tuple(box.shaped for box in boxes)
            yield TextLine(tidy(x), tidy(y), draft.style.size, words, 0.0)
            if self.design.flag("contents.leaders", False):
                yield from self._leaders(setting, left, y, x)
            yield self._entry_area(setting, left, y, label)

    def _entry_area(self, setting: Setting, left: float, y: float, label: str) -> LinkArea:
        """All lines of an entry, from the left of the measure to its page number."""
        draft, sheet = setting.draft, self.design.sheet
        above = (setting.count - 1) * draft.style.rows * sheet.leading
        top, height = y - above - 0.8 * draft.style.size, above + draft.style.size
        text = f"{spell(setting.para)} {label}"
        part = self._begin(setting)
        x, width = tidy(left), tidy(sheet.measure)
        return LinkArea(x, tidy(top), width, tidy(height), draft.target, text, part)

    def _cover(self, plate: Plate) -> Iterator[Item]:
        """A picture over a whole page and its bleed, in the middle; what is over is cut off."""
        sheet = self.design.sheet
        x, y = (sheet.width - plate.width) / 2, (sheet.height - plate.height) / 2
        yield plate.begin
        yield Picture(
            plate.path, tidy(x), tidy(y), tidy(plate.width), tidy(plate.height), plate.alt
        )
        yield End()

    def _plate(self, plate: Plate, left: float, top: float, lines: int) -> Iterator[Item]:
        sheet = self.design.sheet
        x = left + (sheet.measure - plate.width) / 2
        y = top + (lines * sheet.leading - plate.height) / 2
        yield plate.begin
        yield Picture(
            plate.path, tidy(x), tidy(y), tidy(plate.width), tidy(plate.height), plate.alt
        )
        yield End()


def _centre(galley: Galley, cut: PageCut, lines: Sequence[int], row: int) -> float:
    """The line of an ornament: midway between the text above and below, where a page that was
    given a line more has opened the space on one side; half a line off the grid is not seen there.
    """
    contents, heights = galley.contents, galley.column.heights
    above = next((at for at in range(row - 1, cut.first - 1, -1) if contents[at] is not None), None)
    below = next((at for at in range(row + 1, cut.stop) if contents[at] is not None), None)
    own = lines[row - cut.first]
    if not isinstance(contents[row], Ornament) or above is None or below is None:
        return own
    first, last = lines[above - cut.first], lines[below - cut.first]
    if last - first == sum(heights[above:below]):
        return own
    return (first + heights[above] + last + heights[below]) / 2 - 1
