"""The inside margin and the number of pages, each of which depends on the other.

A printer's table gives the least inside margin by the number of pages; a wider margin makes more
pages. The number is guessed from the text first, so that most books are laid out once; when the
guess was wrong the book is laid out again, and where two margins follow from each other for ever
the wider one stays.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sized
from typing import Generic, TypeAlias, TypeVar

from msgspec import Struct

from bookforge.model.document import Document
from bookforge.model.walk import inline_runs, plain
from bookforge.typeset.style import Design, Sheet

# Fitted to two dozen novels, plays and tales in EB Garamond, which come out within six per cent:
# the width of a letter as a share of the size, …
_LETTER = 0.42
# … letters that an indent takes, …
_INDENT = 3
# … and the part of a page that an opening and the end before it leave empty.
_OPENING = {"recto": 0.9, "any": 0.5, "run-on": 0.2}
# A book of some hundred pages: what the first guess takes its measure from.
_SOME = 300

Pages = TypeVar("Pages", bound=Sized)
# The design for a book of so many pages.
Fit: TypeAlias = Callable[[int], Design]


class Settled(Struct, Generic[Pages], frozen=True):
    """Pages that agree with their sheet; `tried` are the inside margins laid out, in order."""

    pages: Pages
    sheet: Sheet
    tried: tuple[float, ...]


def guess_pages(document: Document, fit: Fit) -> int:
    """About how many pages the document fills, without setting a line."""
    lengths = [
        len(plain(run)) + _INDENT
        for section in document.sections
        for run in inline_runs(section.blocks)
    ]
    first = _fill(lengths, len(document.sections), fit(_SOME))
    return _fill(lengths, len(document.sections), fit(first))


def _fill(lengths: list[int], sections: int, design: Design) -> int:
    line = design.sheet.measure / (_LETTER * design.size)
    lines = sum(math.ceil(letters / line) for letters in lengths)
    return int(lines / design.sheet.lines + _OPENING[design.chapters_open] * sections)


def settle(guess: int, fit: Fit, impose: Callable[[Sheet], Pages]) -> Settled[Pages]:
    """Lay the book out until its pages and its inside margin agree: once when the guess was good,
    else twice."""
    sheet = fit(guess).sheet
    tried = [sheet.inside]
    pages = impose(sheet)
    needed = fit(len(pages)).sheet
    if needed.inside < sheet.inside:
        narrower = impose(needed)
        tried.append(needed.inside)
        if fit(len(narrower)).sheet.inside <= needed.inside:
            sheet, pages = needed, narrower
    while (needed := fit(len(pages)).sheet).inside > sheet.inside:
        # A narrower measure makes more pages, which may need a wider margin still.
        more = math.ceil(len(pages) * sheet.measure / needed.measure)
        sheet = fit(more).sheet
        tried.append(sheet.inside)
        pages = impose(sheet)
    return Settled(pages, sheet, tuple(tried))
