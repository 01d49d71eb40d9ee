"""What stands inside a paragraph. Closed union, immutable, a span on every node."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from bookforge.diagnostics import Span


class Text(Struct, frozen=True, gc=False):
    """Plain characters.

    `shifts` maps offsets in `text` back to the source: pairs (offset in text, offset in source
    relative to `span.start`), ascending, one wherever the two drift apart; between them offsets
    run in step. Empty: text and source are in step from the start.
    """

    text: str
    span: Span
    shifts: tuple[tuple[int, int], ...] = ()

    def source_offset(self, offset: int) -> int:
        """Where in the source file the character at `offset` comes from."""
        base_text, base_source = 0, 0
        for at, origin in self.shifts:
            if at > offset:
                break
            base_text, base_source = at, origin
        return min(self.span.start + base_source + offset - base_text, self.span.end)


class Emphasis(Struct, frozen=True, gc=False):
    children: tuple[Inline, ...]
    span: Span


class Strong(Struct, frozen=True, gc=False):
    children: tuple[Inline, ...]
    span: Span


class SmallCaps(Struct, frozen=True, gc=False):
    children: tuple[Inline, ...]
    span: Span


class Code(Struct, frozen=True, gc=False):
    """Verbatim words: no clean-up, no hyphens."""

    text: str
    span: Span


class Link(Struct, frozen=True, gc=False):
    """A web or mail address, or `#id` inside the book."""

    target: str
    children: tuple[Inline, ...]
    span: Span


class NoteRef(Struct, frozen=True, gc=False):
    """The mark of the note `id` (see `Document.notes`); its number is given by `passes.notes`."""

    id: str
    span: Span
    number: int = 0


class Image(Struct, frozen=True, gc=False):
    """A picture; `source` is its path as the writer wrote it, relative to the manuscript file.

    `alt` is None when the writer said nothing; `decorative` when they said it needs no words.
    `path` is the absolute file found for it, "" until `passes.images` has looked; `full`: it has a
    page of its own in print.
    """

    source: str
    alt: str | None
    span: Span
    decorative: bool = False
    path: str = ""
    full: bool = False


class LineBreak(Struct, frozen=True, gc=False):
    """A break the writer set by hand."""

    span: Span


class Foreign(Struct, frozen=True, gc=False):
    """Words in another language (a BCP 47 tag)."""

    language: str
    children: tuple[Inline, ...]
    span: Span


Inline: TypeAlias = (
    Text | Emphasis | Strong | SmallCaps | Code | Link | NoteRef | Image | LineBreak | Foreign
)
Inlines: TypeAlias = tuple[Inline, ...]
