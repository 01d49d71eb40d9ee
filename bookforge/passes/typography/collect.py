"""The texts of a document in reading order, each with its language, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from bookforge.model.blocks import (
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    SceneBreak,
    Table,
    Verse,
)
from bookforge.model.document import Document
from bookforge.model.edits import Edit
from bookforge.model.inlines import (
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Link,
    SmallCaps,
    Strong,
)
from bookforge.model.walk import holds, inline_runs, leaves, map_runs
from bookforge.passes.typography.flatten import flatten, leaf_length
from bookforge.passes.typography.rewrite import edit_inlines


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in another language inside the text `index`: its characters from start to end."""

    index: int
    start: int
    end: int
    tag: str


@dataclass(slots=True)
class Collected:
    """Every run of a document as text, in reading order, with "" where no quotation runs on.

    `tags` are the languages of the texts, "" for the book's own; `slots` are the indexes of the
    real runs, in the order in which `rebuild` meets them.
    """

    texts: list[str] = field(default_factory=list)
    runs: list[Inlines] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    tag: str = ""

    def add(self, run: Inlines) -> None:
        """A run of inlines."""
        index = len(self.texts)
        self.slots.append(index)
        self.runs.append(run)
        self.texts.append(flatten(run))
        self.tags.append(self.tag)
        if holds(run, Foreign):
            for start, end, tag in _foreign(run, 0):
                if tag != self.tag:
                    self.passages.append(Passage(index, start, end, tag))

    def add_break(self) -> None:
        """A place that no quotation runs over."""
        self.texts.append("")
        self.tags.append(self.tag)

    def add_alone(self, run: Inlines) -> None:
        """A run that has nothing to do with its neighbours."""
        self.add_break()
        self.add(run)
        self.add_break()


def _foreign(inlines: Iterable[Inline], at: int) -> Iterator[tuple[int, int, str]]:
    """The outermost passages in other languages: start, end, tag."""
    for node in inlines:
        length = sum(map(leaf_length, leaves((node,))))
        if isinstance(node, Foreign):
            yield at, at + length, node.language
        elif isinstance(node, Emphasis | Strong | SmallCaps | Link):
            yield from _foreign(node.children, at)
        at += length


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
            case Table():
                for run in inline_runs((block,)):
                    found.add_alone(run)
            case SceneBreak():
                found.add_break()
            case _:
                pass


def rebuild(document: Document, collected: Collected, edits: list[list[Edit]]) -> Document:
    """The document with the edits of its texts made, each list of them empty afterwards: those of
    a long book are as large as the book."""
    rows = iter([edits[slot] for slot in collected.slots])

    def change(run: Inlines) -> Inlines:
        row = next(rows)
        changed = edit_inlines(run, row)
        row.clear()
        return changed

    sections = tuple(
        replace(section, title=change(section.title), blocks=_map(section.blocks, change))
        for section in document.sections
    )
    notes = tuple(replace(note, blocks=_map(note.blocks, change)) for note in document.notes)
    return replace(document, sections=sections, notes=notes)


def _map(blocks: tuple[Block, ...], change: Callable[[Inlines], Inlines]) -> tuple[Block, ...]:
    return tuple(map_runs(block, change) for block in blocks)
