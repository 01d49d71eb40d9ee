"""Blocks of the manuscript made into blocks of the model: paragraphs, verse, quotations, breaks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from bookforge.diagnostics import Span
from bookforge.model.blocks import (
    Block as Node,
)
from bookforge.model.blocks import (
    Paragraph,
    ParagraphRole,
    Quote,
    QuoteRole,
    SceneBreak,
    Verse,
    VerseLine,
)
from bookforge.readers.blocks import Block
from bookforge.readers.draft import Draft
from bookforge.readers.exports import is_note, is_note_head
from bookforge.readers.inline import Stretch, split_lines
from bookforge.readers.letters import is_ending, mark_letters
from bookforge.readers.lists import read_list
from bookforge.readers.marks import is_row
from bookforge.readers.scenes import Scenes
from bookforge.regex import regex

__all__ = ["Maker", "is_ragged"]

# An indent of this many columns sets a block off; less is a paragraph's own.
_SET_OFF = 2
_CENTRED = 12
_SALUTATION = regex(
    r"(?:my\s+)?(?:dear(?:est)?|sir|madam|chère?|liebe[rs]?)\b[^\n]{0,60}[,:;—-]+\s*(?:\n|$)", re.I
)
_LIST_ITEM = regex(r"(?:\d{1,3}|[a-zA-Z])[.)]\s|[-*•·–—]\s")


def is_ragged(block: Block) -> bool:
    """Lines that end long before the margin although the next word would have fitted."""
    if block.size < 2 or block.size > 400:
        return False
    layout = block.sheet.layout
    lines = [line.rstrip() for line in block.lines]
    if not layout.wrapped:
        return True
    width = min(layout.width, 120)
    if block.indent:
        width = min(width, max(len(line) for line in lines))
    short = sum(
        len(line) + 1 + len(after.split(None, 1)[0]) <= 0.88 * width
        for line, after in itertools.pairwise(lines)
    )
    if block.indent >= _SET_OFF and width < 0.62 * layout.width:
        return True
    if block.size == 2:
        return short == 1 and len(lines[0]) < 0.6 * width
    return short >= 0.6 * (len(lines) - 1)


@dataclass
class Maker:
    """Makes the blocks of one stretch of the manuscript after another."""

    draft: Draft
    scenes: Scenes
    skipped: frozenset[int] = frozenset()
    notes: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    _flat: dict[int, Stretch] = field(default_factory=dict)
    _broken: dict[int, Stretch] = field(default_factory=dict)

    def make(self, first: int, last: int) -> tuple[Node, ...]:
        """The blocks from `first` to `last` (exclusive)."""
        nodes: list[Node] = []
        index = first
        while index < last:
            if index in self.skipped:
                index += 1
                continue
            if index in self.scenes.marks:
                index = self._add_mark(nodes, index, last)
                continue
            if index in self.scenes.gaps and nodes:
                start = self.draft.blocks[index].start
                nodes.append(SceneBreak(Span(self.draft.blocks[index].sheet.file.id, start, start)))
            index = self._add_text(nodes, index, last)
        return tuple(mark_letters(nodes))

    def _add_mark(self, nodes: list[Node], index: int, last: int) -> int:
        """One break, however many rows it is drawn with."""
        block = self.draft.blocks[index]
        end = index
        while end + 1 < last and end + 1 in self.scenes.marks:
            end += 1
        span = Span(block.sheet.file.id, block.start, self.draft.blocks[end].end)
        # A mark before the first or after the last paragraph parts nothing; a row may close.
        if nodes and (end + 1 < last or (is_row(block.text) and last < self.draft.last)):
            nodes.append(SceneBreak(span, block.text))
        return end + 1

    def _add_text(self, nodes: list[Node], index: int, last: int) -> int:
        block = self.draft.blocks[index]
        if is_note(block.text):
            return self._add_note(nodes, index, last)
        if block.size == 1 and not self._opens_set_off(index, last):
            nodes.append(self._single(block))
            return index + 1
        if block.indent >= _SET_OFF and not block.sheet.layout.split:
            return self._add_set_off(nodes, index, last)
        nodes.append(self._several(block))
        return index + 1

    def _add_note(self, nodes: list[Node], index: int, last: int) -> int:
        """A note of the author's beside the story, with the paragraph below a mere heading."""
        block = self.draft.blocks[index]
        end = index + 1
        if is_note_head(block.text) and end < last and end not in self.scenes.marks:
            end += end not in self.skipped
        inner = tuple(self._quoted(self.draft.blocks[at]) for at in range(index, end))
        nodes.append(Quote(inner, inner[0].span.to(inner[-1].span), QuoteRole.NOTE))
        return end

    def _single(self, block: Block) -> Paragraph:
        span = block.span
        role = ParagraphRole.BODY
        if block.indent >= _CENTRED or block.sheet.file.text.startswith(
            "[Illustration", block.start
        ):
            role = ParagraphRole.CENTRED
        return Paragraph(self._inlines(block, breaks=False), span, role)

    def _several(self, block: Block) -> Node:
        """A flush block of several lines: run together, unless the writer broke every line."""
        if (listed := read_list(block, self._stretch(block, breaks=False).read)) is not None:
            return listed
        text = block.sheet.file.text
        layout = block.sheet.layout
        short = text.find("\n", block.start) - block.start < 0.75 * layout.width
        if (short or not layout.wrapped) and is_ragged(block):
            if _is_versed(block):
                return self._verse([block])
            return Paragraph(self._inlines(block, breaks=True), block.span)
        if text.startswith("[Illustration", block.start):
            return Paragraph(self._inlines(block, breaks=False), block.span, ParagraphRole.CENTRED)
        return Paragraph(self._inlines(block, breaks=False), block.span)

    def _add_set_off(self, nodes: list[Node], index: int, last: int) -> int:
        """Neighbouring set-off blocks are one poem or one quotation."""
        blocks = [self.draft.blocks[index]]
        if is_ending(blocks[0].text):
            nodes.append(replace(self._quoted(blocks[0]), role=ParagraphRole.CLOSING))
            return index + 1
        end = index + 1
        while end < last and end not in self.skipped and self._goes_on(end):
            blocks.append(self.draft.blocks[end])
            end += 1
        ragged = [is_ragged(block) for block in blocks if block.size > 1]
        span = blocks[0].span.to(blocks[-1].span)
        if _SALUTATION.match(blocks[0].text) or not all(ragged):
            role = QuoteRole.LETTER if _SALUTATION.match(blocks[0].text) else QuoteRole.QUOTATION
            inner = tuple(mark_letters([self._quoted(block) for block in blocks]))
            nodes.append(Quote(inner, span, role))
        else:
            nodes.append(self._verse(blocks))
        return end

    def _opens_set_off(self, index: int, last: int) -> bool:
        """One indented line above a set-off block: the salutation of a letter, a line of verse."""
        block = self.draft.blocks[index]
        layout = block.sheet.layout
        if not layout.wrapped or layout.indented or not _SET_OFF <= block.indent < _CENTRED:
            return False
        below = self.draft.blocks[index + 1] if index + 1 < last else None
        return below is not None and below.size > 1 and self._goes_on(index + 1)

    def _goes_on(self, index: int) -> bool:
        block = self.draft.blocks[index]
        return (
            index not in self.scenes.marks
            and index not in self.scenes.gaps
            and block.indent >= _SET_OFF
            and self.draft.extra(index) < 1
        )

    def _quoted(self, block: Block) -> Paragraph:
        return Paragraph(self._inlines(block, breaks=is_ragged(block)), block.span)

    def _verse(self, blocks: Sequence[Block]) -> Verse:
        least = min(block.indent for block in blocks)
        stanzas = tuple(self._stanza(block, least) for block in blocks)
        return Verse(stanzas, blocks[0].span.to(blocks[-1].span))

    def _stanza(self, block: Block, least: int) -> tuple[VerseLine, ...]:
        lines = split_lines(self._inlines(block, breaks=True))
        made = []
        for number, children in enumerate(lines):
            raw = block.sheet.lines[block.first + number] if number < block.size else ""
            indent = (len(raw) - len(raw.lstrip()) - least) // 2
            if children:
                span = Span(block.sheet.file.id, children[0].span.start, children[-1].span.end)
                made.append(VerseLine(children, span, max(0, min(indent, 20))))
        return tuple(made)

    def _inlines(self, block: Block, breaks: bool) -> tuple:  # type: ignore[type-arg]
        return self._stretch(block, breaks).read(block.start, block.end)

    def _stretch(self, block: Block, breaks: bool) -> Stretch:
        file = block.sheet.file
        kept = self._broken if breaks else self._flat
        stretch = kept.get(file.id)
        if stretch is None:
            stretch = kept[file.id] = Stretch(file, breaks, self.notes.get(file.id))
        return stretch


def _is_versed(block: Block) -> bool:
    """Three lines or more, each short and most with a capital, no list and no dialogue."""
    lines = [line.strip() for line in block.lines]
    if len(lines) < 3 or any(len(line) > 64 for line in lines):
        return False
    if sum(bool(_LIST_ITEM.match(line)) for line in lines) * 2 > len(lines):
        return False
    return sum(line[0].isupper() or not line[0].isalpha() for line in lines) * 2 > len(lines)
