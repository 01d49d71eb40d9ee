"""Spaces of French: before ; : ! ? and inside guillemets.

The Lexique of the Imprimerie nationale: a fine space that does not break before ; ! ?, a full one
before the colon; customs differ in Switzerland and Canada, so the spaces stand in the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bookforge.model.edits import Edit
from bookforge.regex import regex

_HIGH = regex(r"[ \u00a0\u202f]?[;:!?]+")
_GUILLEMET = regex(r"[«‹][ \u00a0\u202f]?|[ \u00a0\u202f]?[»›]")
_FACE = regex(r"[:;]-?[()DPp](?!\w)")
_SPACES = " \u00a0\u202f"


def find_high(text: str, high: Mapping[str, str], inside: str) -> Iterator[Edit]:
    """Edits for the spaces before high punctuation and inside guillemets that are in the text."""
    for found in _HIGH.finditer(text):
        start, end = found.span()
        mark = start + (text[start] in _SPACES)
        space = high.get(text[mark])
        if space is not None and _takes_space(text, start, mark, end):
            yield from _set_space(text, start, mark, space)
    for found in _GUILLEMET.finditer(text):
        start, end = found.span()
        if text[start] in "«‹":
            yield from _set_space(text, start + 1, end, inside)
        else:
            yield from _set_space(text, start, end - 1, inside)


def _takes_space(text: str, start: int, mark: int, end: int) -> bool:
    """Not in a time, a ratio, a face :) or behind an opening bracket or another mark."""
    before, after = text[start - 1], text[end]
    if before in "\n([{«‹¿¡;:!?\ufffc" or before in _SPACES:
        return False
    if start == mark and before in ".…":
        return False  # "…?" as typed: no space between the two
    if text[mark] == ":" and ((before.isdigit() and after.isdigit()) or after in "/:"):
        return False
    return not _FACE.match(text, mark)


def _set_space(text: str, start: int, end: int, space: str) -> Iterator[Edit]:
    if text[start:end] != space:
        yield Edit(start, end, space, "punctuation space")
