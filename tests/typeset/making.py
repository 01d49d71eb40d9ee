"""Small documents for these tests, set with the default design."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bookforge.contracts import Context, Metadata
from bookforge.diagnostics import Diagnostic, Span
from bookforge.languages.base import load_language
from bookforge.model.blocks import Alignment, Block, Cell, Paragraph, Table, TableRow
from bookforge.model.document import Document, Matter, Note, Section, SectionKind
from bookforge.model.inlines import Inline, Inlines, NoteRef, Text
from bookforge.source import SourceMap
from bookforge.typeset.layout import LaidOut, lay_out
from tests.settings import make_config

HERE = Span(0, 0, 0)
METADATA = Metadata("The Title of the Book", ("A. N. Author",), "en-US", "id")
# About two lines of text.
SENTENCE = (
    "It was a bright cold day in the fells, and the carter, his collar turned up against the "
    "wind, slipped through the gate of the yard with a lantern in his hand. "
)


def text(words: str) -> Text:
    return Text(words, Span(0, 0, len(words)))


def paragraph(*children: str | Inline) -> Paragraph:
    return Paragraph(tuple(text(c) if isinstance(c, str) else c for c in children), HERE)


def chapter(*blocks: Block | str, label: str = "", title: str = "", **more: Any) -> Section:
    made = tuple(paragraph(block) if isinstance(block, str) else block for block in blocks)
    inlines: Inlines = (text(title),) if title else ()
    kind = more.pop("kind", SectionKind.CHAPTER)
    return Section(kind, inlines, made, HERE, label=label, **more)


def table(rows: Sequence[Sequence[str | Inlines]], heads: int = 1, **more: Any) -> Table:
    """A table of words or inlines, all columns in the natural way unless `aligns` are given."""
    made = [
        tuple(Cell((text(cell),) if isinstance(cell, str) else cell, HERE) for cell in row)
        for row in rows
    ]
    aligns = more.pop("aligns", (Alignment.NATURAL,) * len(rows[0]))
    return Table(tuple(TableRow(row, HERE) for row in made), HERE, aligns, heads, **more)


def front(kind: SectionKind, *blocks: Block) -> Section:
    return Section(kind, (), blocks, HERE, matter=Matter.FRONT)


def book(*sections: Section, notes: Sequence[Note] = ()) -> Document:
    return Document(sections, "en-US", tuple(notes))


def note_mark(id_: str, number: int) -> NoteRef:
    return NoteRef(id_, HERE, number)


def context(
    settings: dict[str, Any] | None = None, found: list[Diagnostic] | None = None
) -> Context:
    report = found.append if found is not None else lambda _: None
    config = make_config(settings or {})
    return Context(config, load_language("en-US"), report, SourceMap(), Path())


def lay(document: Document, settings: dict[str, Any] | None = None) -> LaidOut:
    return lay_out(document, METADATA, context(settings))


def printed(**keys: Any) -> dict[str, Any]:
    return {"output": {"print": keys}}
