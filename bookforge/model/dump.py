"""A document as text with positions, for golden tests and for looking at what was read.

One node a line, indented by depth: its name, its span as `line:column`, its own fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from bookforge.diagnostics import Span
from bookforge.model.blocks import (
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    ParagraphRole,
    Preformatted,
    Quote,
    SceneBreak,
    Table,
    Verse,
)
from bookforge.model.document import Document, Section
from bookforge.model.inlines import (
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    LineBreak,
    Link,
    NoteRef,
    SmallCaps,
    Strong,
    Text,
)
from bookforge.model.walk import plain
from bookforge.source import SourceMap


def dump(document: Document, sources: SourceMap) -> str:
    """The whole document as indented lines."""
    return "\n".join(_Dumper(sources).document(document)) + "\n"


class _Dumper:
    def __init__(self, sources: SourceMap) -> None:
        self._sources = sources

    def document(self, document: Document) -> Iterator[str]:
        yield f"document {document.language}"
        for item in document.removed:
            yield f"  removed {self._at(item.span)} {item.what}"
        for section in document.sections:
            yield from _indent(self._section(section))
        for note in document.notes:
            yield f"  note {self._at(note.span)} [{note.id}]"
            yield from _indent(_indent(self._blocks(note.blocks)))

    def _section(self, section: Section) -> Iterator[str]:
        facts = [f"{section.kind.value} {self._at(section.span)} level={section.level}"]
        facts += [f"matter={section.matter.value}"]
        facts += [f"label={section.label!r}"] if section.label else []
        facts += [f"number={section.number}"] if section.number is not None else []
        facts += [f"title={plain(section.title)!r}"] if section.title else []
        facts += [f"id={section.id}"] if section.id else []
        yield " ".join(facts)
        yield from _indent(self._blocks(section.blocks))

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        at = self._at(block.span)
        match block:
            case Paragraph():
                role = "" if block.role is ParagraphRole.BODY else f" {block.role.value}"
                yield f"paragraph {at}{role}"
                yield from _indent(self._inlines(block.children))
            case Heading():
                yield f"heading {at} level={block.level}"
                yield from _indent(self._inlines(block.children))
            case SceneBreak():
                yield f"scene-break {at} {block.mark!r}"
            case Quote():
                yield f"quote {at} {block.role.value}"
                yield from _indent(self._blocks(block.blocks))
            case Verse():
                yield from self._verse(block)
            case ListBlock():
                yield f"list {at} ordered start={block.start}" if block.ordered else f"list {at}"
                for item in block.items:
                    yield f"  item {self._at(item.span)}"
                    yield from _indent(_indent(self._blocks(item.blocks)))
            case Figure():
                yield f"figure {at}"
                yield from _indent(self._inlines((block.image, *block.caption)))
            case Preformatted():
                yield f"preformatted {at} {block.text!r}"
            case Table():
                yield from self._table(block)
            case _:
                assert_never(block)

    def _table(self, table: Table) -> Iterator[str]:
        aligns = " ".join(align.value for align in table.aligns)
        yield f"table {self._at(table.span)} heads={table.heads} {aligns}"
        if table.caption:
            yield "  caption"
            yield from _indent(_indent(self._inlines(table.caption)))
        for row in table.rows:
            yield f"  row {self._at(row.span)}"
            for cell in row.cells:
                yield f"    cell {self._at(cell.span)}"
                yield from _indent(_indent(_indent(self._inlines(cell.children))))

    def _verse(self, verse: Verse) -> Iterator[str]:
        yield f"verse {self._at(verse.span)}"
        for stanza in verse.stanzas:
            yield "  stanza"
            for line in stanza:
                yield f"    line {self._at(line.span)} indent={line.indent}"
                yield from _indent(_indent(_indent(self._inlines(line.children))))

    def _inlines(self, inlines: Iterable[Inline]) -> Iterator[str]:
        for node in inlines:
            yield from self._inline(node)

    def _inline(self, node: Inline) -> Iterator[str]:
        at = self._at(node.span)
        match node:
            case Text():
                yield f"text {at} {node.text!r}"
            case Code():
                yield f"code {at} {node.text!r}"
            case NoteRef():
                yield f"note-ref {at} [{node.id}] {node.number}"
            case Image():
                yield f"image {at} {node.source!r} alt={node.alt!r}"
            case LineBreak():
                yield f"line-break {at}"
            case Emphasis() | Strong() | SmallCaps():
                yield f"{_NAMES[type(node)]} {at}"
                yield from _indent(self._inlines(node.children))
            case Link():
                yield f"link {at} {node.target!r}"
                yield from _indent(self._inlines(node.children))
            case Foreign():
                yield f"foreign {at} {node.language}"
                yield from _indent(self._inlines(node.children))
            case _:
                assert_never(node)

    def _at(self, span: Span) -> str:
        place = self._sources[span.source].locate(span)
        return f"{place.line}:{place.column}"


_NAMES = {Emphasis: "emphasis", Strong: "strong", SmallCaps: "small-caps"}


def _indent(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield "  " + line
