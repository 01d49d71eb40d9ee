"""A run of inlines as one string, so that marks on both sides of markup see each other."""

from __future__ import annotations

from bookforge.model.edits import PLACEHOLDER
from bookforge.model.inlines import Code, Image, Inline, Inlines, LineBreak, NoteRef, Text
from bookforge.model.walk import leaves

# What stands for code, a picture or a note's mark: one character that no rule touches.
BREAK = "\u2028"


def flatten(inlines: Inlines) -> str:
    """The text of a run; code, pictures and notes are one character each, a hard break U+2028."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return _clear(inlines[0].text)
    return "".join(map(_leaf, leaves(inlines)))


def leaf_length(node: Inline) -> int:
    """How many characters a leaf takes in the flattened text."""
    return len(node.text) if isinstance(node, Text) else 1


def _leaf(node: Text | Code | NoteRef | Image | LineBreak) -> str:
    if isinstance(node, Text):
        return _clear(node.text)
    return BREAK if isinstance(node, LineBreak) else PLACEHOLDER


def _clear(text: str) -> str:
    # A line end left in a text node would part the paragraph.
    return text.replace("\n", " ") if "\n" in text else text
