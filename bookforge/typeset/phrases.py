"""Phrases that typesetting makes itself: the calls of notes, and the labels of notes and lists."""

from __future__ import annotations

from bookforge.typeset.frames import Phrase, Tag


def call_note(note: str) -> Phrase:
    """The mark of a note in the text, which leads to the note."""
    reference = Phrase(Tag.REFERENCE, note=note)
    return Phrase(Tag.LINK, f"#{name_text(note)}", within=reference)


def label_note(note: str) -> Phrase:
    """The number before a note, which leads back to its mark."""
    label = Phrase(Tag.LABEL, note=note)
    return Phrase(Tag.LINK, f"#{name_mark(note)}", within=label)


def name_text(note: str) -> str:
    """The destination of a note's text; no id of a section holds a colon."""
    return f"{note}:text"


def name_mark(note: str) -> str:
    """The destination of the place that calls a note."""
    return f"{note}:mark"
