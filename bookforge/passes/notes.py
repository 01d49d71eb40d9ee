"""Notes numbered in reading order, from 1 in every chapter; lost marks and notes reported.

Chicago Manual of Style 14.20 begins anew with each chapter. Where one note is marked in two
chapters the numbers run through the whole book, so that each stands for one note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.model.blocks import Block
from bookforge.model.document import Document, Note, Section, SectionKind
from bookforge.model.inlines import Inline, NoteRef, Text
from bookforge.model.walk import inline_runs, leaves, map_leaves, map_runs

# Sections inside a chapter: their notes go on with the chapter's numbers.
_INSIDE = frozenset({SectionKind.SUBSECTION, SectionKind.SCENE})


@dataclass(frozen=True, slots=True)
class _Mark:
    """The mark of a note, and which chapter it stands in."""

    ref: NoteRef
    chapter: int


def number(document: Document, context: Context) -> Document:
    """The document with every note and mark numbered, and no note without a mark."""
    notes = {note.id: note for note in document.notes}
    marks = list(_find_marks(document.sections, notes))
    if not notes and not marks:
        return document
    known = [mark for mark in marks if mark.ref.id in notes]
    numbers = _count(known)
    _report_missing(marks, notes, context)
    change = _Change(numbers)
    sections = tuple(
        replace(section, blocks=change.blocks(section.blocks), title=change.run(section.title))
        for section in document.sections
    )
    used = tuple(
        replace(notes[id], number=value, blocks=change.blocks(notes[id].blocks))
        for id, value in numbers.items()
    )
    unused = [note for note in document.notes if note.id not in numbers]
    for note in unused:
        sections = _keep(note, sections)
        _report_unused(note, context)
    return replace(document, sections=sections, notes=used)


def _find_marks(sections: Iterable[Section], notes: Mapping[str, Note]) -> Iterator[_Mark]:
    """The marks in reading order; those inside a note follow its own."""
    chapter, seen = 0, set[str]()
    for section in sections:
        if section.kind not in _INSIDE:
            chapter += 1
        waiting = list(_refs(section))
        while waiting:
            ref = waiting.pop(0)
            yield _Mark(ref, chapter)
            if ref.id in notes and ref.id not in seen:
                seen.add(ref.id)
                inner = [node for run in inline_runs(notes[ref.id].blocks) for node in leaves(run)]
                waiting[:0] = [node for node in inner if isinstance(node, NoteRef)]


def _refs(section: Section) -> Iterator[NoteRef]:
    for run in (section.title, *inline_runs(section.blocks)):
        for node in leaves(run):
            if isinstance(node, NoteRef):
                yield node


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


class _Change:
    """Puts numbers on marks; a mark without a note becomes the text it was."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(map_runs(block, self.run) for block in blocks)

    def run(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        if not any(isinstance(node, NoteRef) for node in leaves(inlines)):
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
    best = 0
    for index, section in enumerate(sections):
        span = section.span
        if span.source == note.span.source and span.start <= note.span.start:
            best = index
    return tuple(
        replace(section, blocks=(*section.blocks, *note.blocks)) if index == best else section
        for index, section in enumerate(sections)
    )


def _report_missing(marks: Iterable[_Mark], notes: Mapping[str, Note], context: Context) -> None:
    for mark in marks:
        if mark.ref.id not in notes:
            hint = Hint(f"write the note: [^{mark.ref.id}]: its text")
            context.report(
                Diagnostic("S080", Severity.WARNING, "no such note", mark.ref.span, (hint,))
            )


def _report_unused(note: Note, context: Context) -> None:
    message = "no mark leads to this note; it stands at the end of its chapter"
    hint = Hint("put its mark into the text, or take the note out")
    context.report(Diagnostic("S081", Severity.WARNING, message, note.span, (hint,)))
