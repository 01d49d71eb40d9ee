"""The pass: a document in, the cleaned document out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bookforge.contracts import Context
from bookforge.languages.base import Language, load_language
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
from bookforge.passes.typography.settings import Settings, settings_of


def clean(document: Document, context: Context) -> Document:
    """The document with typographic marks; the settings are `[typography]` of book.toml."""
    settings = settings_of(context.config.typography)
    if not settings.enabled:
        return document
    collected = collect(document)
    found = _find_by_language(collected, context.language, settings)
    runs = dict(zip(collected.slots, collected.runs, strict=True))
    for diagnostic in report_findings(found, collected.texts, runs):
        context.report(diagnostic)
    for row in found.edits:
        for edit in row:
            context.counts[edit.rule] = context.counts.get(edit.rule, 0) + 1
    return _rebuild(document, collected, found)


def _find_by_language(collected: Collected, language: Language, settings: Settings) -> Findings:
    """Each language's texts are read as one book; the others are breaks in it."""
    tags = set(collected.tags)
    if tags == {""}:
        return find_all(collected.texts, language, settings)
    whole = Findings([[] for _ in collected.texts], [[] for _ in collected.texts], [])
    for tag in sorted(tags):
        own = [
            text if mine == tag else ""
            for text, mine in zip(collected.texts, collected.tags, strict=True)
        ]
        part = find_all(own, load_language(tag) if tag else language, settings)
        for index, mine in enumerate(collected.tags):
            if mine == tag:
                whole.edits[index], whole.doubts[index] = part.edits[index], part.doubts[index]
        whole.lonely.extend(part.lonely)
    return whole


@dataclass(slots=True)
class Collected:
    """Every run of a document as text, in reading order, with "" where no quotation runs on.

    `tags` are the languages of the texts, "" for the book's own; `slots` are the indexes of the
    real runs, in the order in which `_rebuild` meets them.
    """

    texts: list[str] = field(default_factory=list)
    runs: list[Inlines] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    tag: str = ""

    def add(self, run: Inlines) -> None:
        self.slots.append(len(self.texts))
        self.runs.append(run)
        self.texts.append(flatten(run))
        self.tags.append(self.tag)

    def add_break(self) -> None:
        self.texts.append("")
        self.tags.append(self.tag)

    def add_alone(self, run: Inlines) -> None:
        self.add_break()
        self.add(run)
        self.add_break()


def collect(document: Document) -> Collected:
    """The runs of all sections and notes."""
    found = Collected()
    for section in document.sections:
        found.tag = section.language
        found.add_alone(section.title)
        _collect_blocks(section.blocks, found)
    found.tag = ""
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
