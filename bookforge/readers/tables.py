"""Which tables are simple enough to be set as tables; the same for every format."""

from __future__ import annotations

__all__ = ["HINT", "is_simple"]

# More columns do not go on the page of a book; so many cells are a spreadsheet.
_MOST_COLUMNS = 12
_MOST_CELLS = 10_000

HINT = f"up to {_MOST_COLUMNS} columns of plain cells, none over several rows or columns, are set"


def is_simple(rows: int, columns: int) -> bool:
    """Whether a table of this size goes into a book as a table."""
    return rows > 0 and 1 < columns <= _MOST_COLUMNS and rows * columns <= _MOST_CELLS
