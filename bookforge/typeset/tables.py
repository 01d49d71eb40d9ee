"""Tables as events for the galley: a draft for every cell, each with its place in the structure.

In: a `Table` of the model. Out: a caption, a `Grid`, and the pictures that stand in cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bookforge.model.blocks import Alignment, Table, TableRow
from bookforge.typeset.compose import Draft
from bookforge.typeset.frames import Begin, Tag
from bookforge.typeset.galley import Event, Keep, Space
from bookforge.typeset.grid import Grid
from bookforge.typeset.style import Align, BlockStyle, Caps

if TYPE_CHECKING:
    from bookforge.typeset.blocks import Unroller

_ALIGNS = {
    Alignment.LEFT: Align.LEFT,
    Alignment.CENTRE: Align.CENTRE,
    Alignment.RIGHT: Align.RIGHT,
}


def unroll_table(unroller: Unroller, block: Table, around: BlockStyle) -> Iterator[Event]:
    """The events of a table in text of the style `around`."""
    outer = unroller.within
    unroller.within = begin = Begin(Tag.TABLE, unroller.keys.next(), within=outer)
    yield Space(1)
    if block.caption:
        yield from _caption(unroller, block)
    rows = [_row(unroller, block, number, begin) for number in range(len(block.rows))]
    unroller.within = outer
    yield Grid(rows, block.heads, around, unroller.language, block.span)
    yield Space(1)


def _caption(unroller: Unroller, block: Table) -> Iterator[Event]:
    style = BlockStyle(
        unroller.design.size * 0.9,
        Align(unroller.design.text("table.align", "centre")),
        italic=True,
        hyphenate=False,
        together=True,
    )
    yield unroller.draft(block.caption, style, Tag.CAPTION)
    yield Keep()


def _row(unroller: Unroller, block: Table, number: int, begin: Begin) -> list[Draft]:
    row: TableRow = block.rows[number]
    unroller.within = Begin(Tag.ROW, unroller.keys.next(), within=begin)
    head = number < block.heads
    style = _style(unroller, head=head)
    natural = Align.RIGHT if unroller.design.sheet.turned else Align.LEFT
    drafts = []
    for cell, align in zip(row.cells, block.aligns, strict=True):
        own = replace(style, align=_ALIGNS.get(align, natural))
        # A head without words says nothing of its column.
        tag = Tag.COLUMN_HEAD if head and cell.children else Tag.CELL
        drafts.append(unroller.draft(cell.children, own, tag))
    return drafts


def _style(unroller: Unroller, *, head: bool) -> BlockStyle:
    """How cells are set; figures line up under each other."""
    design = unroller.design
    style = BlockStyle(
        design.size * design.number("table.size", 0.9),
        Align.LEFT,
        hyphenate=False,
        together=True,
        lining=True,
    )
    if not head:
        return style
    return replace(
        style,
        caps=Caps(design.text("table.head-caps", "small")),
        tracking=design.number("table.head-tracking", 30),
        bold=design.flag("table.head-bold", False),
    )
