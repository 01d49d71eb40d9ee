"""Lists in plain text: lines one below the other, each with its bullet.

Numbered lines stay lines: their numbers are words of the writer's, and a list makes its own.
"""

from __future__ import annotations

from collections.abc import Callable

from bookforge.diagnostics import Span
from bookforge.model.blocks import ListBlock, ListItem, Paragraph
from bookforge.model.inlines import Inlines
from bookforge.readers.blocks import Block
from bookforge.regex import regex

__all__ = ["read_list"]

# Fewer or longer items are as likely verse, talk or a plan of chapters.
_LEAST = 3
_LONGEST = 100
# Hyphens and dashes are left out: they open speech in many languages.
_ITEM = regex(r"\s*([•*])[ \t]+(?=[^\W_])")


def read_list(block: Block, read: Callable[[int, int], Inlines]) -> ListBlock | None:
    """The block as a list when every line is an item with the same bullet; else None.

    `read` gives the inlines between two offsets of the file.
    """
    if block.size < _LEAST or block.sheet.file.text[block.start] not in "•*":
        return None
    if any(len(line) > _LONGEST for line in block.lines):
        return None
    heads = [_ITEM.match(line) for line in block.lines]
    if len({head and head[1] for head in heads}) > 1:
        return None
    items = [_item(block, place, head.end(), read) for place, head in enumerate(heads) if head]
    return ListBlock(tuple(items), block.span) if items else None


def _item(block: Block, place: int, lead: int, read: Callable[[int, int], Inlines]) -> ListItem:
    line = block.first + place
    at = block.sheet.starts[line]
    start, end = at + lead, at + len(block.sheet.lines[line].rstrip())
    span = Span(block.sheet.file.id, start, end)
    return ListItem((Paragraph(read(start, end), span),), span)
