"""Markup inside a paragraph of plain text: `_emphasis_`, `*emphasis*`, `**bold**`, `=small caps=`.

It may run across lines. Lines are joined by a space, or kept as breaks where the writer set them.
Marks that do not pair stay as they are typed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from bookforge.diagnostics import Span
from bookforge.model.inlines import (
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    NoteRef,
    SmallCaps,
    Strong,
    Text,
)
from bookforge.readers.joins import holds_closed, is_closed
from bookforge.readers.marks import find_chars
from bookforge.regex import regex
from bookforge.source import SourceFile

__all__ = ["Stretch", "read_inlines", "split_lines"]

_MARKUP = regex(
    r"(?<![\w*])\*\*(?![\s*])(?P<strong>[^*]+)(?<!\s)\*\*(?![\w*])"
    r"|(?<![\w*])\*(?![\s*])(?P<star>[^*]+)(?<!\s)\*(?![\w*])"
    r"|(?<!\w)_(?![\s_])(?P<under>[^_]+)(?<!\s)_(?!\w)"
    r"|(?<![\w=])=(?![\s=])(?P<caps>[^=]+)(?<!\s)=(?![\w=])"
    r"|\[(?P<note>\d{1,3}|\*{1,3}|[a-z])\]"
)
_MARKS = "_*=["
_LINE_END = regex(r"[ \t\u00a0]*\n[ \t\u00a0\u3000]*")
# Line ends that are more than one character to be made a space.
_LOOSE_ENDS = (" \n", "\n ", "-\n", "—\n", "\n\t", "\t\n", "\u00a0\n", "\n\u00a0", "\n\u3000")
# A word broken at its own hyphen, but not "two- or three-fold".
_HANGING = regex(r"(?:and|or|to|und|oder|et|ou|y|o|e|och|og)\b")


def _is_loose(raw: str) -> bool:
    return any(map(raw.__contains__, _LOOSE_ENDS))


def _is_latin(text: str, start: int, end: int) -> bool:
    """Whether no character in or beside a stretch can be an ideograph."""
    return text[max(0, start - 8) : end + 8].isascii()


class Stretch:
    """A stretch of one file to be read as inlines.

    `breaks` keeps line ends; `notes` gives the id of the note whose mark begins at an offset.
    """

    __slots__ = ("_marks", "breaks", "file", "notes", "text")

    def __init__(
        self, file: SourceFile, breaks: bool = False, notes: Mapping[int, str] | None = None
    ) -> None:
        self.file = file
        self.text = file.text
        self.breaks = breaks
        self.notes = notes or {}
        self._marks = find_chars(self.text, _MARKS)

    def read(self, start: int, end: int) -> Inlines:
        """The inlines between two offsets."""
        if bisect_left(self._marks, start) == bisect_left(self._marks, end):
            return tuple(self._plain(start, end))
        nodes: list[Inline] = []
        at = start
        for match in _MARKUP.finditer(self.text, start, end):
            node = self._node(match)
            if node is None or match.start() < at:
                continue
            if at < match.start():
                nodes.extend(self._plain(at, match.start()))
            nodes.append(node)
            at = match.end()
        if at < end:
            nodes.extend(self._plain(at, end))
        return tuple(nodes)

    def _node(self, match: re.Match[str]) -> Inline | None:
        kind = match.lastgroup or ""
        span = Span(self.file.id, *match.span())
        if kind == "note":
            note = self.notes.get(match.start())
            return None if note is None else NoteRef(note, span)
        if not any(char.isalnum() for char in match.group(kind)):
            return None
        children = self.read(match.start(kind), match.end(kind))
        if kind == "strong":
            return Strong(children, span)
        return SmallCaps(children, span) if kind == "caps" else Emphasis(children, span)

    def _plain(self, start: int, end: int) -> list[Inline]:
        raw = self.text[start:end]
        if "\n" not in raw:
            return [Text(raw, Span(self.file.id, start, end))]
        if self.breaks:
            return self._broken(start, end)
        latin = _is_latin(self.text, start, end)
        if not _is_loose(raw) and (latin or not holds_closed(self.text, start, end)):
            return [Text(raw.replace("\n", " "), Span(self.file.id, start, end))]
        return [joined] if (joined := self._joined(raw, start, end)).text else []

    def _broken(self, start: int, end: int) -> list[Inline]:
        nodes: list[Inline] = []
        at = start
        for match in _LINE_END.finditer(self.text, start, end):
            if at < match.start():
                nodes.append(self._text(at, match.start()))
            nodes.append(LineBreak(Span(self.file.id, *match.span())))
            at = match.end()
        if at < end:
            nodes.append(self._text(at, end))
        return nodes

    def _text(self, start: int, end: int) -> Text:
        return Text(self.text[start:end], Span(self.file.id, start, end))

    def _joined(self, raw: str, start: int, end: int) -> Text:
        """Lines joined by one space, none after a dash, a word's hyphen or an ideograph."""
        parts: list[str] = []
        shifts: list[tuple[int, int]] = []
        length = at = 0
        for match in _LINE_END.finditer(raw):
            part = raw[at : match.start()]
            parts.append(part)
            length += len(part)
            ends = (start + match.start(), start + match.end())
            if not _joins_close(raw, match) and not is_closed(self.text, *ends):
                parts.append(" ")
                length += 1
            at = match.end()
            shifts.append((length, at))
        parts.append(raw[at:])
        return Text("".join(parts), Span(self.file.id, start, end), tuple(shifts))


def _joins_close(raw: str, match: re.Match[str]) -> bool:
    before, after = (
        raw[max(0, match.start() - 2) : match.start()],
        raw[match.end() : match.end() + 5],
    )
    if not before or not after or match.group()[0] != "\n":
        return False
    if before.endswith(("--", "—")):
        ahead = raw[: match.start()].rstrip("-—")
        return bool(ahead) and not ahead[-1].isspace() and after[0].isalpha()
    if before[-1] in "-\u2010" and len(before) == 2 and before[0].isalpha():
        return after[0].islower() and not _HANGING.match(after)
    return False


def read_inlines(
    file: SourceFile, span: Span, breaks: bool = False, notes: Mapping[int, str] | None = None
) -> Inlines:
    """The inlines of a span of a file."""
    return Stretch(file, breaks, notes).read(span.start, span.end)


def split_lines(inlines: Inlines) -> list[Inlines]:
    """Cut inlines at their breaks; a wrapper that runs across lines is repeated on each."""
    lines: list[list[Inline]] = [[]]
    for node in inlines:
        if isinstance(node, LineBreak):
            lines.append([])
        elif isinstance(node, Emphasis | Strong | SmallCaps):
            pieces = split_lines(node.children)
            for place, piece in enumerate(pieces):
                if place:
                    lines.append([])
                if piece:
                    lines[-1].append(type(node)(piece, _cover(piece, node.span)))
        else:
            lines[-1].append(node)
    return [tuple(line) for line in lines]


def _cover(piece: Inlines, whole: Span) -> Span:
    return Span(whole.source, piece[0].span.start, piece[-1].span.end)
