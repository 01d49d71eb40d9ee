"""The pass: a document in, the cleaned document out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bookforge.contracts import Context
from bookforge.model.blocks import (
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    SceneBreak,
    Verse,
)
from bookforge.model.document import Document
from bookforge.model.inlines import Inlines
from bookforge.model.walk import map_runs
from bookforge.passes.typography.apply import edit_inlines
from bookforge.passes.typography.find import Findings, find_all
from bookforge.passes.typography.flatten import flatten
from bookforge.passes.typography.report import report_findings
from bookforge.passes.typography.settings import settings_of


def clean(document: Document, context: Context) -> Document:
    """The document with typographic marks; the settings are `[typography]` of book.toml."""
    settings = settings_of(context.config.typography)
    if not settings.enabled:
        return document
    collected = collect(document)
    found = find_all(collected.texts, context.language, settings)
    runs = dict(zip(collected.slots, collected.runs, strict=True))
    for diagnostic in report_findings(found, collected.texts, runs):
        context.report(diagnostic)
    for row in found.edits:
        for edit in row:
            context.counts[edit.rule] = context.counts.get(edit.rule, 0) + 1
    return _rebuild(document, collected, found)


@dataclass(slots=True)
class Collected:
    """Every run of a document as text, in reading order, with "" where no quotation runs on.

    `slots` are the indexes of the real runs, in the order in which `_rebuild` meets them.
    """

    texts: list[str] = field(default_factory=list)
    runs: list[Inlines] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)

    def add(self, run: Inlines) -> None:
        self.slots.append(len(self.texts))
        self.runs.append(run)
        self.texts.append(flatten(run))

    def add_break(self) -> None:
        self.texts.append("")

    def add_alone(self, run: Inlines) -> None:
        self.add_break()
        self.add(run)
        self.add_break()


def collect(document: Document) -> Collected:
    """The runs of all sections and notes."""
    found = Collected()
    for section in document.sections:
        found.add_alone(section.title)
        _collect_blocks(section.blocks, found)
    for note in document.notes:
        found.add_break()
        _collect_blocks(note.blocks, found)
    return found


def _collect_blocks(blocks: Iterable[Block], found: Collected) -> None:
    for block in blocks:
        match block:
            case Paragraph():
                found.add(block.children)
            case Heading():
                found.add_alone(block.children)
            case Verse():
                for stanza in block.stanzas:
                    for line in stanza:
                        found.add(line.children)
            case Quote():
                _collect_blocks(block.blocks, found)
            case ListBlock():
                for item in block.items:
                    _collect_blocks(item.blocks, found)
            case Figure():
                found.add_alone(block.caption)
            case SceneBreak():
                found.add_break()
            case _:
                pass


def _rebuild(document: Document, collected: Collected, found: Findings) -> Document:
    rows = iter([found.edits[slot] for slot in collected.slots])

    def change(run: Inlines) -> Inlines:
        return edit_inlines(run, next(rows))

    sections = tuple(
        replace(section, title=change(section.title), blocks=_map(section.blocks, change))
        for section in document.sections
    )
    notes = tuple(replace(note, blocks=_map(note.blocks, change)) for note in document.notes)
    return replace(document, sections=sections, notes=notes)


def _map(blocks: tuple[Block, ...], change: Callable[[Inlines], Inlines]) -> tuple[Block, ...]:
    return tuple(map_runs(block, change) for block in blocks)
