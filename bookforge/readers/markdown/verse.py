"""Verse as line blocks: every line begins with a bar, spaces behind it are its indent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from bookforge.model.blocks import Verse, VerseLine
from bookforge.readers.markdown.inlines import InlineReader
from bookforge.readers.markdown.places import Place
from bookforge.regex import regex

_LINE = regex(
    r"^\|(?P<indent>[ \t\u00a0]*)(?P<words>[^\n]*(?:\n[ \t]+[^\n]*)*?)[ \t]*$(?!\n[ \t])", re.M
)
T = TypeVar("T")
_INDENT = 4  # columns of one step, where the poem itself uses no smaller one


def is_verse(content: str) -> bool:
    """Whether every line of a paragraph begins with a bar, or carries the line above on."""
    lines = content.split("\n")
    return all(line[:1] in ("|", " ", "\t") for line in lines) and not any(
        line.startswith("|") and line[1:2] not in (" ", "\t", "\u00a0", "") for line in lines
    )


def read_verse(place: Place, inlines: InlineReader) -> Verse:
    """One poem; a bar alone parts its stanzas, a line without a bar goes on with the one above."""
    stanzas: list[list[VerseLine]] = [[]]
    for match in _LINE.finditer(place.content):
        start, end = match.span("words")
        if start == end:
            stanzas.append([])
            continue
        # One space parts the bar from the words.
        indent = max(0, len(match["indent"].expandtabs(4)) - 1)
        span = place.span(start, end)
        stanzas[-1].append(VerseLine(inlines.read(place.part(start, end)), span, indent))
    filled = tuple(tuple(stanza) for stanza in stanzas if stanza)
    return _count_steps(Verse(filled, place.span(0, len(place.content))))


def _count_steps(verse: Verse) -> Verse:
    """Turn columns into steps: the smallest indent of the poem is one."""
    columns = [line.indent for stanza in verse.stanzas for line in stanza if line.indent]
    unit = min([*columns, _INDENT])
    return replace(
        verse,
        stanzas=tuple(
            tuple(replace(line, indent=round(line.indent / unit)) for line in stanza)
            for stanza in verse.stanzas
        ),
    )


def join_verse(blocks: Iterable[T]) -> list[T | Verse]:
    """Line blocks with only a blank line between them are stanzas of one poem."""
    joined: list[T | Verse] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Verse) and isinstance(last, Verse):
            joined[-1] = Verse(last.stanzas + block.stanzas, last.span.to(block.span))
        else:
            joined.append(block)
    return joined
