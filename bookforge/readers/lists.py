"""Lists in plain text: lines one below the other, each with its number or bullet."""

from __future__ import annotations

import re
from collections.abc import Callable

from bookforge.diagnostics import Span
from bookforge.model.blocks import ListBlock, ListItem, Paragraph
from bookforge.model.inlines import Inlines
from bookforge.readers.blocks import Block

__all__ = ["read_list"]

# Fewer or longer items are as likely verse, talk or a plan of chapters.
_LEAST = 3
_LONGEST = 100
# Hyphens and dashes are left out: they open speech in many languages.
_ITEM = re.compile(r"\s*(?:(\d{1,3})([.)])|[•*])[ \t]+(?=[^\W_])")


def read_list(block: Block, read: Callable[[int, int], Inlines]) -> ListBlock | None:
    """The block as a list when every line is an item, counted without a hole; else None.

    `read` gives the inlines between two offsets of the file.
    """
    if block.size < _LEAST or any(len(line) > _LONGEST for line in block.lines):
        return None
    heads = [_ITEM.match(line) for line in block.lines]
    if heads[0] is None:
        return None
    first = int(heads[0].group(1) or 0)
    numbered = bool(heads[0].group(1))
    items: list[ListItem] = []
    for place, head in enumerate(heads):
        if head is None or head.group(2) != heads[0].group(2):
            return None
        if numbered and int(head.group(1)) != first + place:
            return None
        items.append(_item(block, place, head.end(), read))
    return ListBlock(tuple(items), block.span, numbered, first if numbered else 1)


def _item(block: Block, place: int, lead: int, read: Callable[[int, int], Inlines]) -> ListItem:
    line = block.first + place
    at = block.sheet.starts[line]
    start, end = at + lead, at + len(block.sheet.lines[line].rstrip())
    span = Span(block.sheet.file.id, start, end)
    return ListItem((Paragraph(read(start, end), span),), span)
