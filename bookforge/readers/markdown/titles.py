"""The words of a Markdown heading: label, number, title and kind."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bookforge.diagnostics import Span
from bookforge.model.document import SectionKind
from bookforge.model.inlines import Code, Image, Inline, Inlines, LineBreak, NoteRef, Text
from bookforge.model.walk import plain
from bookforge.readers.blocks import Block, Sheet
from bookforge.readers.headings.parse import parse_block
from bookforge.readers.lexicon import Lexicon
from bookforge.source import SourceFile


class Title(Struct, frozen=True):
    """A heading parted: `kind` is None when its words name none."""

    kind: SectionKind | None
    label: str
    number: int | None
    separator: str
    children: Inlines
    form: str = ""

    @property
    def is_bare(self) -> bool:
        """A number without a keyword ("IX", "3. The Sea")."""
        return self.form.startswith("bare")


def part_title(children: Inlines, lexicon: Lexicon) -> Title:
    """Part a heading's label from its title."""
    text = plain(children).rstrip()
    file = SourceFile(0, Path(), text)
    block = Block(Sheet(file, text.split("\n")), 0, 1, 1, 0, len(text), 0)
    found = parse_block(block, 0, lexicon)
    if found is None:
        return Title(None, "", None, "", children)
    title = cut(children, found.title_start, found.title_end)
    return Title(found.kind, found.label, found.number, found.separator, title, found.form)


def cut(inlines: Inlines, start: int, end: int) -> Inlines:
    """The inlines of characters [start, end) of their plain text."""
    kept: list[Inline] = []
    at = 0
    for node in inlines:
        size = len(plain((node,)))
        low, high = max(0, start - at), min(size, end - at)
        if low < high:
            kept.append(node if (low, high) == (0, size) else _cut_node(node, low, high))
        elif not size and start < at <= end:
            kept.append(node)
        at += size
    return tuple(kept)


def _cut_node(node: Inline, low: int, high: int) -> Inline:
    match node:
        case Text():
            return cut_text(node, low, high)
        case Code():
            return replace(node, text=node.text[low:high])
        case NoteRef() | Image() | LineBreak():
            return node
        case _:
            return replace(node, children=cut(node.children, low, high))


def cut_text(node: Text, low: int, high: int) -> Text:
    """Characters [low, high) of a text node, still leading to their source."""
    start, end = node.source_offset(low), node.source_offset(high - 1) + 1
    shifts = tuple(
        (at - low, node.span.start + origin - start)
        for at, origin in node.shifts
        if low < at < high
    )
    return Text(node.text[low:high], Span(node.span.source, start, end), shifts)
