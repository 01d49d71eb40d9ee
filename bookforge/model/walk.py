"""Ways through the tree: plain text, every text node in reading order, rebuilding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from msgspec.structs import replace

from bookforge.model.blocks import (
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    SceneBreak,
    Table,
    Verse,
)
from bookforge.model.inlines import (
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteRef,
    SmallCaps,
    Strong,
    Text,
)


def leaves(inlines: Iterable[Inline]) -> Iterator[Text | Code | NoteRef | Image | LineBreak]:
    """The nodes without children, in reading order."""
    for node in inlines:
        # Nearly all nodes are text.
        if type(node) is Text:
            yield node
            continue
        match node:
            case Text() | Code() | NoteRef() | Image() | LineBreak():
                yield node
            case Emphasis() | Strong() | SmallCaps() | Link() | Foreign():
                yield from leaves(node.children)
            case _:
                assert_never(node)


def holds(inlines: Iterable[Inline], kind: type[Inline]) -> bool:
    """Whether a node of this kind stands among them, at any depth."""
    for node in inlines:
        if isinstance(node, kind):
            return True
        if type(node) is not Text and holds(getattr(node, "children", ()), kind):
            return True
    return False


def plain(inlines: Iterable[Inline]) -> str:
    """The words alone; a break set by hand becomes a space."""
    if type(inlines) is tuple and len(inlines) == 1 and type(inlines[0]) is Text:
        return inlines[0].text
    return "".join([_plain_leaf(node) for node in leaves(inlines)])


def _plain_leaf(node: Text | Code | NoteRef | Image | LineBreak) -> str:
    match node:
        case Text() | Code():
            return node.text
        case LineBreak():
            return " "
        case NoteRef() | Image():
            return ""
        case _:
            assert_never(node)


def inline_runs(blocks: Iterable[Block]) -> Iterator[Inlines]:
    """Each run of inlines in reading order: paragraphs, headings, lines of verse, captions,
    cells."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.children
            case Verse():
                for stanza in block.stanzas:
                    for line in stanza:
                        yield line.children
            case Quote():
                yield from inline_runs(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from inline_runs(item.blocks)
            case Figure():
                yield block.caption
            case Table():
                yield block.caption
                for row in block.rows:
                    for cell in row.cells:
                        yield cell.children
            case SceneBreak():
                pass
            case Preformatted():
                yield (Code(block.text, block.span),)
            case _:
                assert_never(block)


def stream(blocks: Iterable[Block]) -> Iterator[Text | Code]:
    """The text nodes that count for offsets into a section (see `contracts.PageStart`)."""
    for run in inline_runs(blocks):
        for node in leaves(run):
            if isinstance(node, Text | Code):
                yield node


def map_runs(block: Block, change: Callable[[Inlines], Inlines]) -> Block:
    """The same block with every run of inlines passed through `change`."""
    match block:
        case Paragraph():
            children = change(block.children)
            if children is block.children:
                return block
            return Paragraph(children, block.span, block.role)
        case Heading():
            return replace(block, children=change(block.children))
        case Verse():
            stanzas = tuple(
                tuple(replace(line, children=change(line.children)) for line in stanza)
                for stanza in block.stanzas
            )
            return replace(block, stanzas=stanzas)
        case Quote():
            return replace(block, blocks=tuple(map_runs(child, change) for child in block.blocks))
        case ListBlock():
            items = tuple(
                replace(item, blocks=tuple(map_runs(child, change) for child in item.blocks))
                for item in block.items
            )
            return replace(block, items=items)
        case Figure():
            return replace(block, caption=change(block.caption))
        case Table():
            return _map_table(block, change)
        case SceneBreak() | Preformatted():
            return block
        case _:
            assert_never(block)


def _map_table(table: Table, change: Callable[[Inlines], Inlines]) -> Table:
    caption = change(table.caption)
    rows = tuple(
        replace(
            row, cells=tuple(replace(cell, children=change(cell.children)) for cell in row.cells)
        )
        for row in table.rows
    )
    return replace(table, caption=caption, rows=rows)


def map_leaves(inlines: Inlines, change: Callable[[Inline], Inline]) -> Inlines:
    """The same inlines with every leaf passed through `change`; wrappers are kept."""
    return tuple([_map_leaf(node, change) for node in inlines])


def _map_leaf(node: Inline, change: Callable[[Inline], Inline]) -> Inline:
    if type(node) is Text:
        return change(node)
    match node:
        case Text() | Code() | NoteRef() | Image() | LineBreak():
            return change(node)
        case Emphasis() | Strong() | SmallCaps() | Link() | Foreign():
            return replace(node, children=map_leaves(node.children, change))
        case _:
            assert_never(node)
