"""The manuscript while it is being read: all blocks of all files, and what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from bookforge.readers.blocks import FILE_GAP, Block
from bookforge.readers.headings.parse import Candidate, parse_block
from bookforge.readers.lexicon import Lexicon
from bookforge.readers.marks import is_mark, may_mark
from bookforge.readers.stops import CLOSERS, STOPS, weigh
from bookforge.regex import regex

__all__ = ["Draft", "is_capitals"]

_EMPHASIS = regex(r"(?<=\W)_[^_]*_")
# A block of this many letters is running text, no heading, entry of a list or title page.
PROSE = 180
_LONGEST_MARK = 40
# The same with the end of a sentence, or with a dash.
SENTENCE = 90
_ENDS = STOPS | frozenset("—-―─")


def is_capitals(text: str) -> bool:
    """Set in capitals, but for a year, a "--_continued_" or the like."""
    bare = _EMPHASIS.sub("", text) or text
    upper = sum(map(str.isupper, bare))
    return upper >= 2 and upper >= 2 * sum(map(str.islower, bare))


@dataclass
class Draft:
    """Blocks in reading order from `first` to `last` (exclusive): the work itself."""

    blocks: Sequence[Block]
    lexicon: Lexicon
    first: int
    last: int
    # Blocks that are no headings whatever they look like: the writer said so.
    barred: frozenset[int] = field(default_factory=frozenset)
    # Title and author, folded: alone on a line they are a half-title or a signature.
    known: frozenset[str] = field(default_factory=frozenset)
    # Blocks that are text, and on no title page: the writer said so.
    kept: frozenset[int] = field(default_factory=frozenset)
    # What the archive that the text comes from has put round it.
    wrappers: frozenset[int] = field(default_factory=frozenset)
    # The lines of the first block, folded: most often the book's title.
    opening: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def candidates(self) -> dict[int, Candidate]:
        """Every block with the label of a heading."""
        found = {}
        for index in range(self.first, self.last):
            block = self.blocks[index]
            if index not in self.barred and block.end - block.start <= 400:
                candidate = parse_block(block, index, self.lexicon)
                if candidate is not None:
                    found[index] = candidate
        return found

    @cached_property
    def _sizes(self) -> list[int]:
        return [0, *accumulate(block.end - block.start for block in self.blocks)]

    def characters(self, first: int, last: int) -> int:
        """How many characters the blocks from `first` to `last` (exclusive) hold."""
        return self._sizes[last] - self._sizes[first] if last > first else 0

    def extra(self, index: int) -> int:
        """Blank lines before a block beyond those between paragraphs."""
        block = self.blocks[index]
        if block.gap >= FILE_GAP or index == self.first:
            return FILE_GAP
        return block.gap - block.sheet.layout.gap

    def is_prose(self, index: int) -> bool:
        """Running text: long, or at least a whole sentence of some length."""
        block = self.blocks[index]
        size = block.end - block.start
        if size >= PROSE:
            return True
        if 2 * size <= SENTENCE:
            return False
        size = weigh(block.text)
        return size >= PROSE or (size > SENTENCE and block.text[-3:].rstrip(CLOSERS)[-1:] in _ENDS)

    def is_mark(self, index: int) -> bool:
        """A line of marks, of any or of this book's own."""
        block = self.blocks[index]
        return block.size == 1 and (is_mark(block.lines[0]) or block.text in self._own_marks)

    @cached_property
    def _own_marks(self) -> frozenset[str]:
        """What has no letters and stands alone again and again: "%%%", "=^.^=", a picture."""
        said = Counter(
            block.text
            for block in self.blocks[self.first : self.last]
            if block.size == 1 and block.end - block.start <= _LONGEST_MARK
        )
        return frozenset(text for text, times in said.items() if times > 1 and may_mark(text))
