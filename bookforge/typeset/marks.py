"""What the words of a line are, and where clicks on them lead.

In: the `TextLine`s of one baseline and the marks of their paragraph. Out: the lines with marks of
their own, `LinkArea`s and `Destination`s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from bookforge.typeset.frames import Destination, Item, LinkArea, Mark, Phrase, Tag, TextLine
from bookforge.typeset.phrases import name_mark, name_text
from bookforge.typeset.units import tidy

# How far the area of a link goes above the baseline: a share of the size.
_ABOVE = 0.8


def mark_lines(lines: Sequence[TextLine], marks: Sequence[Mark], first: int) -> Iterator[Item]:
    """The lines with what their words are; `first` is the box that the first word is from."""
    for line in lines:
        stop = first + len(line.words)
        own = tuple(
            Mark(max(mark.first, first) - first, min(mark.stop, stop) - first, mark.phrase)
            for mark in marks
            if mark.first < stop and mark.stop > first
        )
        first = stop
        if own:
            line = replace(line, marks=own)
            yield from _places(line)
            yield from _areas(line)
        yield line


def _places(line: TextLine) -> Iterator[Destination]:
    """Where notes and their marks are found."""
    for mark in line.marks:
        outer: Phrase | None = mark.phrase
        while outer is not None:
            if outer.note:
                name = name_mark if outer.tag is Tag.REFERENCE else name_text
                yield Destination(name(outer.note), tidy(line.y - line.rise - line.size))
            outer = outer.within


def _areas(line: TextLine) -> Iterator[LinkArea]:
    for link, marks in groupby(line.marks, lambda mark: _find_link(mark.phrase)):
        if link is None:
            continue
        stretch = list(marks)
        first, stop = stretch[0].first, stretch[-1].stop
        left, right = _reach(line, first), _reach(line, stop - 1) + _width(line, stop - 1)
        if line.leftward:
            left = sum(line.words[0].advances[:-1]) * line.size / 1000.0 * line.scale
            right = left + _width(line, 0)
        top = line.y - line.rise - _ABOVE * line.size
        text = "".join(_spell(line, first, stop))
        yield LinkArea(
            tidy(line.x + left), tidy(top), tidy(right - left), tidy(line.size),
            link.target, text, link,
        )  # fmt: skip


def _find_link(phrase: Phrase) -> Phrase | None:
    found: Phrase | None = phrase
    while found is not None and found.tag is not Tag.LINK:
        found = found.within
    return found


def _reach(line: TextLine, word: int) -> float:
    """From the beginning of a line to one of its words; the pen of a word from right to left
    begins at its first letter."""
    back = min(0.0, sum(line.words[word].advances[:-1])) * line.size / 1000.0 * line.scale
    spaces = word - sum(place <= word for place in line.joined)
    return sum(_width(line, place) for place in range(word)) + spaces * line.space + back


def _width(line: TextLine, word: int) -> float:
    return line.words[word].width * line.size / 1000.0 * line.scale


def _spell(line: TextLine, first: int, stop: int) -> Iterator[str]:
    """The text of words, spaces between them."""
    for place in range(first, stop):
        if place > first and place not in line.joined:
            yield " "
        yield from line.words[place].texts
