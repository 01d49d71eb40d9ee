"""Footnotes typed into the text: `[1]` in a sentence, `[1] …` as a paragraph further down."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from bookforge.diagnostics import Span
from bookforge.model.blocks import Paragraph
from bookforge.model.document import Note
from bookforge.readers.draft import Draft
from bookforge.readers.inline import Stretch
from bookforge.regex import regex

__all__ = ["Footnotes", "find_footnotes", "read_notes"]

_TEXT = regex(r"\[(\d{1,3}|\*{1,3}|[a-z])\][ \t]+(?=\S)|\[Footnote (\d{1,3}|\*|[A-Z]):\s+(?=\S)")
_MARK = regex(r"(?<=\S)\s?\[(\d{1,3}|\*{1,3}|[a-z])\]")


class Footnote(Struct, frozen=True):
    """The block that holds a note's text, where that begins and ends, and its id."""

    index: int
    start: int
    end: int
    id: str


class Footnotes(Struct, frozen=True):
    """Notes in the order of their texts; `marks` gives the id at an offset of a file."""

    notes: tuple[Footnote, ...] = ()
    marks: Mapping[int, Mapping[int, str]] | None = None

    @property
    def indexes(self) -> frozenset[int]:
        return frozenset(note.index for note in self.notes)


def find_footnotes(draft: Draft) -> Footnotes:
    """Pair each note's text with the nearest mark of its number above; unpaired ones stay text."""
    texts: dict[int, re.Match[str]] = {}
    for index in range(draft.first, draft.last):
        block = draft.blocks[index]
        text = block.sheet.file.text
        if text[block.start : block.start + 1] == "[":
            match = _TEXT.match(text, block.start, block.end)
            if match is not None:
                texts[index] = match
    if not texts:
        return Footnotes()
    return _pair(draft, texts)


def _pair(draft: Draft, texts: Mapping[int, re.Match[str]]) -> Footnotes:
    open_marks: dict[str, list[tuple[int, int]]] = {}
    marks: dict[int, dict[int, str]] = {}
    notes: list[Footnote] = []
    for index in range(draft.first, draft.last):
        block = draft.blocks[index]
        match = texts.get(index)
        if match is None:
            for mark in _MARK.finditer(block.sheet.file.text, block.start, block.end):
                at = mark.start(1) - 1
                open_marks.setdefault(mark.group(1), []).append((block.sheet.file.id, at))
            continue
        waiting = open_marks.get((match.group(1) or match.group(2)).lower())
        if not waiting:
            continue
        # Several marks of one number are open when notes stand at the end of the book.
        source, at = waiting.pop(0)
        name = f"note-{len(notes) + 1}"
        marks.setdefault(source, {})[at] = name
        end = block.end
        if match.group(2) and block.text.endswith("]"):
            end -= 1
        notes.append(Footnote(index, match.end(), end, name))
    return Footnotes(tuple(notes), marks)


def read_notes(draft: Draft, footnotes: Footnotes) -> tuple[Note, ...]:
    """The notes as they go into the document."""
    notes = []
    for footnote in footnotes.notes:
        block = draft.blocks[footnote.index]
        children = Stretch(block.sheet.file).read(footnote.start, footnote.end)
        span = Span(block.sheet.file.id, footnote.start, footnote.end)
        notes.append(Note(footnote.id, (Paragraph(children, span),), block.span))
    return tuple(notes)
