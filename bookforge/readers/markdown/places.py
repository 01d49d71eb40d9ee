"""Where the content of a block stands in the source.

markdown-it hands over a block's content without the marks of the containers around it (`> `,
list indents); a `Place` leads each of its offsets back to the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from bookforge.diagnostics import Span
from bookforge.source import SourceFile


class Place(NamedTuple):
    """Content and its lines' beginnings: offsets in `content`, and the same in the source."""

    content: str
    source: int
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def at(self, offset: int) -> int:
        """The source offset of a character of the content."""
        if len(self.starts) == 1:
            return self.origins[0] + offset - self.starts[0]
        line = max(0, bisect_right(self.starts, offset) - 1)
        return self.origins[line] + offset - self.starts[line]

    def span(self, start: int, end: int) -> Span:
        """The source from one character of the content up to another (which is not in it)."""
        if end <= start:
            return Span(self.source, self.at(start), self.at(start))
        return Span(self.source, self.at(start), self.at(end - 1) + 1)

    def part(self, start: int, end: int) -> Place:
        """The place of content[start:end]."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = bisect_right(self.starts, max(start, end - 1))
        starts = (0, *(at - start for at in self.starts[first + 1 : last]))
        origins = (self.at(start), *self.origins[first + 1 : last])
        return Place(self.content[start:end], self.source, starts, origins)


class Lines:
    """Finds blocks in a file by their line numbers (0-based, as markdown-it counts)."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.starts = file.line_starts

    def bounds(self, line: int) -> tuple[int, int]:
        """Where a line begins, and where its text ends."""
        starts = self.starts
        if line >= len(starts):
            return len(self.file.text), len(self.file.text)
        last = line + 1 >= len(starts)
        return starts[line], len(self.file.text) if last else starts[line + 1] - 1

    def span(self, extent: Sequence[int]) -> Span:
        """Lines [first, end) without the blank ones at their end."""
        first, last = extent[0], extent[1]
        start = self.bounds(first)[0]
        end = self.bounds(max(first, last - 1))[1]
        text = self.file.text[start:end]
        lead = len(text) - len(text.lstrip())
        return self.file.span(start + lead, max(start + lead, start + len(text.rstrip())))

    def place(self, content: str, first: int) -> Place:
        """The place of a block's content that begins on line `first`."""
        start = self.starts[first]
        if self.file.text.startswith(content, start):
            return Place(content, self.file.id, (0,), (start,))
        starts, origins, at, number = [], [], 0, first
        for line in content.split("\n"):
            words = line.strip() or line
            # Lines of nothing but no-break spaces are not in the content.
            while (origin := self._find(words, number)) is None:
                number += 1
            starts.append(at + line.find(words))
            origins.append(origin)
            at += len(line) + 1
            number += 1
        return Place(content, self.file.id, tuple(starts), tuple(origins))

    def place_at(self, content: str, start: int) -> Place:
        """The place of content that stands in the source as it is."""
        return Place(content, self.file.id, (0,), (start,))

    def _find(self, words: str, line: int) -> int | None:
        """Where the text of a content line begins: at the end of its source line."""
        if line >= len(self.starts):
            return len(self.file.text)
        start, end = self.bounds(line)
        if not words.strip():
            return max(start, end - len(words))
        text = self.file.text[start:end].rstrip()
        for tail in (_without_closing(text), text):
            if tail.endswith(words):
                return start + len(tail) - len(words)
        at = text.rfind(words)
        return None if at < 0 else start + at


def _without_closing(text: str) -> str:
    """A heading's line without the number signs that may close it."""
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if bare != text and bare[-1:] in (" ", "\t") else text
