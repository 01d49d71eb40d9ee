"""Rows of tables as pieces, and pieces that are rows made tables again.

A row is one line of the extracted text, its cells parted by tabs, so that structure is found in it
as in any other; what its cells are stands beside the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from bookforge.diagnostics import Span
from bookforge.model.blocks import Alignment, Cell, Table, TableRow
from bookforge.model.inlines import Inlines
from bookforge.readers.flow.pieces import Box, Piece, Row, Run
from bookforge.readers.flow.text import make_inlines
from bookforge.readers.tables import is_simple

__all__ = ["Grid", "Held", "make_row", "make_table", "write_rows"]

# More paragraphs in a cell are a layout, not a table.
_MOST_PARAGRAPHS = 4


class Held(Struct):
    """A cell: its paragraphs; whether it is a head, reaches over others, and how it stands."""

    pieces: Sequence[Piece]
    head: bool = False
    wide: bool = False
    align: Alignment = Alignment.NATURAL


class Grid(Struct):
    """A table as its format has it: rows of cells; `id` is its own among the boxes."""

    rows: list[list[Held]]
    id: int
    role: str = ""
    boxes: tuple[Box, ...] = ()
    captions: Sequence[Piece] = field(default_factory=list)


def write_rows(grid: Grid) -> tuple[list[Piece], bool]:
    """A piece for each row, captions before them; and whether the table stays one."""
    simple = not grid.role and _is_simple(grid)
    heads = _count_heads(grid.rows) if simple else 0
    aligns = _find_aligns(grid.rows[heads:]) if simple else ()
    pieces = list(grid.captions)
    if simple and len(pieces) == 1 and not pieces[0].boxes:
        pieces[0].row = Row(grid.id, is_caption=True)
    for number, held in enumerate(grid.rows):
        cells, runs = _join(held, Run("", is_break=True) if simple else Run(" "))
        piece = Piece(runs, role=grid.role or "table", boxes=grid.boxes)
        if simple:
            piece.row = Row(grid.id, cells, aligns, number < heads)
        pieces.append(piece)
    return pieces, simple


def _join(row: Sequence[Held], between: Run) -> tuple[list[tuple[int, list[Run]]], list[Run]]:
    """Each cell's runs with the place where they begin in the line, and the runs of the line."""
    cells: list[tuple[int, list[Run]]] = []
    line: list[Run] = []
    for held in row:
        inside: list[Run] = []
        for piece in held.pieces:
            piece.settle()
            if piece.runs:
                inside += [between] * bool(inside) + piece.runs
        if inside and line:
            line.append(Run("\t"))
        cells.append((_length(line), inside))
        line += inside
    return cells, line


def _length(runs: Iterable[Run]) -> int:
    return sum(len(run.text) if run.is_text else int(run.is_break) for run in runs)


def _is_simple(grid: Grid) -> bool:
    counts = {len(row) for row in grid.rows}
    if len(counts) != 1 or not is_simple(len(grid.rows), counts.pop()):
        return False
    return all(_is_plain(held, grid.boxes) for row in grid.rows for held in row)


def _is_plain(held: Held, boxes: tuple[Box, ...]) -> bool:
    """A cell of a few paragraphs: no list, heading or table in it, and by itself."""
    pieces = [piece for piece in held.pieces if piece.runs]
    nested = any(piece.level or piece.role or piece.boxes != boxes for piece in pieces)
    return not nested and not held.wide and len(pieces) <= _MOST_PARAGRAPHS


def _count_heads(rows: Sequence[Sequence[Held]]) -> int:
    """The rows at the top that are said to be heads; else the first, if it alone is all bold."""
    count = 0
    while count < len(rows) and all(held.head for held in rows[count]):
        count += 1
    if not count and len(rows) > 1:
        return int(_is_bold(rows[0]) and not any(map(_is_bold, rows[1:])))
    return count


def _is_bold(row: Sequence[Held]) -> bool:
    pieces = [piece for held in row for piece in held.pieces if piece.runs]
    return bool(pieces) and all(piece.is_bold for piece in pieces)


def _find_aligns(rows: Sequence[Sequence[Held]]) -> tuple[Alignment, ...]:
    """How a column stands, where all its cells with words agree."""
    found = []
    for column in zip(*rows, strict=True):
        aligns = {held.align for held in column if any(piece.runs for piece in held.pieces)}
        found.append(aligns.pop() if len(aligns) == 1 else Alignment.NATURAL)
    return tuple(found)


def make_row(row: Row, source: int, start: int, end: int) -> TableRow:
    """A row of the model; its line stands in the extracted text from `start` to `end`."""
    cells = []
    for offset, runs in row.cells:
        children = make_inlines(Piece(runs), source, start + offset, upright=row.is_head)
        cells.append(Cell(children, _span(children, source, start + offset)))
    return TableRow(tuple(cells), Span(source, start, end))


def _span(children: Inlines, source: int, start: int) -> Span:
    return children[0].span.to(children[-1].span) if children else Span(source, start, start)


def make_table(rows: Sequence[tuple[Row, TableRow]], caption: Inlines, span: Span) -> Table:
    """Rows of one table, after each other, as a table."""
    heads = 0
    while heads < len(rows) and rows[heads][0].is_head:
        heads += 1
    # Heads without anything below them are heads of nothing.
    heads = heads if heads < len(rows) else 0
    count = len(rows[0][1].cells)
    aligns = rows[0][0].aligns or (Alignment.NATURAL,) * count
    return Table(tuple(made for _, made in rows), span, aligns, heads, caption)
