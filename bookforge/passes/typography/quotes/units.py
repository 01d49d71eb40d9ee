"""Paragraphs joined to one text, and where their marks stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from bookforge.regex import regex

# One by one: a text has few of them, and a single character is looked for many times as fast as
# one of many.
_MARKS = tuple((mark, regex(mark)) for mark in "\"'“”‘’„‟‚‛«»‹›")


class Unit(NamedTuple):
    """A paragraph in the joined text, and the offsets of its marks."""

    start: int
    end: int
    marks: list[int]


class Stretch(NamedTuple):
    """Paragraphs that are read together.

    `text` begins and ends with a line end, and one stands between paragraphs; an empty paragraph
    is a break over which no quotation runs.
    """

    text: str
    units: list[Unit]


def join(paragraphs: Sequence[str]) -> tuple[str, list[int]]:
    """One text with a line end before, between and after the paragraphs, and where each begins."""
    starts, at = [], 1
    for paragraph in paragraphs:
        starts.append(at)
        at += len(paragraph) + 1
    return "\n" + "\n".join(paragraphs) + "\n", starts


def split_units(text: str, starts: Sequence[int]) -> list[Unit]:
    """The paragraphs of `text` (each begins after a line end and ends before one)."""
    marks = [found.start() for mark, one in _MARKS if mark in text for found in one.finditer(text)]
    marks.sort()
    units, first = [], 0
    for start, end in zip(starts, [*starts, len(text)][1:], strict=True):
        stop = bisect_left(marks, end, first)
        units.append(Unit(start, end - 1, marks[first:stop]))
        first = stop
    return units
