"""Ellipses: three dots, spaced or not, as one character or as spaced full stops (Chicago 13.50)."""

from __future__ import annotations

from collections.abc import Iterator

from bookforge.model.edits import Edit
from bookforge.regex import regex

_DOTS = regex(r"\.(?:\.{2,}|(?:[ \u00a0]\.){2,})")
_GLYPHS = regex(r"…+")
# Seven dots and more are leaders or a line left blank.
_LONGEST = 6
_SPACED = ".\u00a0.\u00a0."


def find_ellipses(text: str, style: str) -> Iterator[Edit]:
    """Edits for every ellipsis; `style` is "glyph" or "spaced"."""
    for found in _DOTS.finditer(text):
        start, end = found.span()
        count = found.group().count(".")
        if count > _LONGEST or text[end] == "/":
            continue
        yield from _dots(text, start, end, count, style)
    if "…" not in text:
        return
    for found in _GLYPHS.finditer(text):
        at = found.start()
        if style == "spaced":
            yield Edit(at, found.end(), _lead(text, at) + _SPACED, "ellipsis")
        elif text[at - 1] == " " and text[at - 2] not in "\n ":
            yield Edit(at - 1, at, "\u00a0", "ellipsis space")


def _dots(text: str, start: int, end: int, count: int, style: str) -> Iterator[Edit]:
    if style == "spaced":
        new = _lead(text, start) + _SPACED + ("\u00a0." if count == 4 else "")
        if new != text[start:end]:
            yield Edit(start, end, new, "ellipsis")
        return
    # Four dots are a full stop and an ellipsis (Chicago 13.53).
    new = ".…" if count == 4 else "…"
    if text[start - 1] == " " and text[start - 2] not in "\n ":
        start, new = start - 1, "\u00a0" + new
    yield Edit(start, end, new, "ellipsis")


def _lead(text: str, at: int) -> str:
    return "\u00a0" if text[at - 1].isalnum() or text[at - 1] in ",;:!?" else ""
