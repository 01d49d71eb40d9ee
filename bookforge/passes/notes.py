"""Notes numbered in reading order, from 1 in every chapter; lost marks and notes reported.

Chicago Manual of Style 14.20 begins anew with each chapter. Where one note is marked in two
chapters the numbers run through the whole book, so that each stands for one note. A note to a
note has no foot of its own to stand at: its words are put in brackets where its mark was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.model.blocks import Block, Paragraph
from bookforge.model.document import GENERATED, Document, Note, Section, SectionKind
from bookforge.model.inlines import (
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Link,
    NoteRef,
    SmallCaps,
    Strong,
    Text,
)
from bookforge.model.walk import holds, inline_runs, leaves, map_leaves, map_runs

# Sections inside a chapter: their notes go on with the chapter's numbers.
_INSIDE = frozenset({SectionKind.SUBSECTION, SectionKind.SCENE})


class _Mark(NamedTuple):
    """The mark of a note, and which chapter it stands in."""

    ref: NoteRef
    chapter: int


def number(document: Document, context: Context) -> Document:
    """The document with every note and mark numbered, and no note without a mark."""
    notes = {note.id: note for note in document.notes}
    marks = list(_find_marks(document.sections))
    if not notes and not marks:
        return document
    numbers = _count(mark for mark in marks if mark.ref.id in notes)
    inner = _Inner(notes, numbers)
    notes = {id: inner.flatten(notes[id]) for id in numbers}
    change = _Change(numbers)
    sections = tuple(
        replace(section, blocks=change.blocks(section.blocks), title=change.run(section.title))
        for section in document.sections
    )
    used = tuple(
        replace(notes[id], number=value, blocks=change.blocks(notes[id].blocks))
        for id, value in numbers.items()
    )
    _report_missing([mark.ref for mark in marks], document.notes, context)
    _report_missing(inner.missing, document.notes, context)
    unused = [note for note in document.notes if note.id not in {*numbers, *inner.used}]
    for note in unused:
        sections = _keep(replace(note, blocks=change.blocks(note.blocks)), sections)
        _report_unused(note, context)
    return replace(document, sections=sections, notes=used)


def _find_marks(sections: Iterable[Section]) -> Iterator[_Mark]:
    """The marks in the text, in reading order."""
    chapter = 0
    for section in sections:
        if section.kind not in _INSIDE:
            chapter += 1
        for ref in _refs(section):
            yield _Mark(ref, chapter)


def _refs(section: Section) -> Iterator[NoteRef]:
    for run in (section.title, *inline_runs(section.blocks)):
        if holds(run, NoteRef):
            yield from (node for node in leaves(run) if isinstance(node, NoteRef))


def _count(marks: Iterable[_Mark]) -> dict[str, int]:
    """The number of each note, in the order of their first marks."""
    chapters: dict[str, int] = {}
    shared = False
    for mark in marks:
        shared |= chapters.setdefault(mark.ref.id, mark.chapter) != mark.chapter
    numbers: dict[str, int] = {}
    last, chapter = 0, -1
    for id, begun in chapters.items():
        last = 1 if begun != chapter and not shared else last + 1
        numbers[id], chapter = last, begun
    return numbers


class _Inner:
    """Puts notes to notes into them; `used` are their ids, `missing` marks that lead nowhere."""

    def __init__(self, notes: Mapping[str, Note], numbers: Mapping[str, int]) -> None:
        self._notes, self._numbers = notes, numbers
        self.used: set[str] = set()
        self.missing: list[NoteRef] = []

    def flatten(self, note: Note) -> Note:
        blocks: list[Block] = []
        for block in note.blocks:
            blocks += self._flatten(block)
        return replace(note, blocks=tuple(blocks))

    def _flatten(self, block: Block) -> list[Block]:
        """The block with inner notes of one paragraph in brackets, longer ones behind it."""
        behind: list[Block] = []

        def change(inlines: Inlines) -> Inlines:
            if not holds(inlines, NoteRef):
                return inlines
            return tuple(new for node in inlines for new in self._replace(node, behind))

        return [map_runs(block, change), *behind]

    def _replace(self, node: Inline, behind: list[Block]) -> Inlines:
        match node:
            case NoteRef():
                return self._open(node, behind)
            case Emphasis() | Strong() | SmallCaps() | Link() | Foreign():
                children = [new for one in node.children for new in self._replace(one, behind)]
                return (replace(node, children=tuple(children)),)
            case _:
                return (node,)

    def _open(self, ref: NoteRef, behind: list[Block]) -> Inlines:
        """The words of an inner note; a mark of one that stands elsewhere is kept."""
        if ref.id not in self._notes:
            self.missing.append(ref)
        if ref.id in self._numbers or ref.id in self.used or ref.id not in self._notes:
            return (ref,)
        self.used.add(ref.id)
        blocks = self.flatten(self._notes[ref.id]).blocks
        if len(blocks) == 1 and isinstance(only := blocks[0], Paragraph):
            return (Text(" [", ref.span), *only.children, Text("]", ref.span))
        behind += blocks
        return ()


class _Change:
    """Puts numbers on marks; a mark without a note becomes the text it was."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(map_runs(block, self.run) for block in blocks)

    def run(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        if not holds(inlines, NoteRef):
            return inlines
        return map_leaves(inlines, self._leaf)

    def _leaf(self, node: Inline) -> Inline:
        if not isinstance(node, NoteRef):
            return node
        if node.id in self._numbers:
            return replace(node, number=self._numbers[node.id])
        return Text(f"[{node.id}]", node.span)


def _keep(note: Note, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """A note without a mark stands at the end of the section it was written in."""
    places = [
        (section.span.start, -index)
        for index, section in enumerate(sections)
        if section.span.source == note.span.source
        and section.span.start <= note.span.start
        and section.kind not in GENERATED
    ]
    best = -max(places)[1] if places else 0
    return tuple(
        replace(section, blocks=(*section.blocks, *note.blocks)) if index == best else section
        for index, section in enumerate(sections)
    )


def _report_missing(refs: Iterable[NoteRef], notes: Iterable[Note], context: Context) -> None:
    known = {note.id for note in notes}
    for ref in refs:
        if ref.id not in known:
            hint = Hint(f"write the note: [^{ref.id}]: its text")
            context.report(Diagnostic("S080", Severity.WARNING, "no such note", ref.span, (hint,)))


def _report_unused(note: Note, context: Context) -> None:
    message = "no mark leads to this note; it stands at the end of its chapter"
    hint = Hint("put its mark into the text, or take the note out")
    context.report(Diagnostic("S081", Severity.WARNING, message, note.span, (hint,)))
