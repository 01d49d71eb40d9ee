"""Several documents made one book: their sections in order, each with its own notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from bookforge.model.blocks import Block
from bookforge.model.document import Document, Found
from bookforge.model.inlines import Inline, Inlines, NoteRef
from bookforge.model.walk import holds, map_leaves, map_runs


def join(documents: Sequence[Document]) -> Document:
    """One document of several, in their order.

    Its language, and the places of contents and body, are the first one's. Notes of one name in
    two documents are two notes.
    """
    if len(documents) == 1:
        return documents[0]
    parts: list[Document] = []
    known: set[str] = set()
    for number, document in enumerate(documents, 1):
        if not known.isdisjoint(note.id for note in document.notes):
            document = rename_notes(document, f"part-{number}-".__add__)
        known.update(note.id for note in document.notes)
        parts.append(document)
    return replace(
        parts[0],
        sections=tuple(section for part in parts for section in part.sections),
        notes=tuple(note for part in parts for note in part.notes),
        found=join_found([part.found for part in parts]),
        removed=tuple(item for part in parts for item in part.removed),
    )


def join_found(founds: Sequence[Found]) -> Found:
    """What several texts say of themselves: of each thing, what the first says that says it."""
    return Found(
        next((one.title for one in founds if one.title), ""),
        next((one.subtitle for one in founds if one.subtitle), ""),
        next((one.authors for one in founds if one.authors), ()),
        next((one.language for one in founds if one.language), ""),
        next((one.extra for one in founds if one.extra), ()),
    )


def rename_notes(document: Document, rule: Callable[[str], str]) -> Document:
    """The document with other ids of its notes, on notes and marks; lost marks stay as they are."""
    if not document.notes:
        return document
    names = {note.id: rule(note.id) for note in document.notes}

    def rename(node: Inline) -> Inline:
        if isinstance(node, NoteRef) and node.id in names:
            return replace(node, id=names[node.id])
        return node

    def change(inlines: Inlines) -> Inlines:
        return map_leaves(inlines, rename) if holds(inlines, NoteRef) else inlines

    def change_all(blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(map_runs(block, change) for block in blocks)

    return replace(
        document,
        sections=tuple(
            replace(section, title=change(section.title), blocks=change_all(section.blocks))
            for section in document.sections
        ),
        notes=tuple(
            replace(note, id=names[note.id], blocks=change_all(note.blocks))
            for note in document.notes
        ),
    )
