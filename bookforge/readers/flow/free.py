"""Structure without styles: the detector of plain text looks at the paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from bookforge.model.blocks import Block as Node
from bookforge.model.document import Section
from bookforge.model.inlines import Inlines, Text
from bookforge.readers.draft import Draft
from bookforge.readers.flow.nodes import Seat, make_blocks
from bookforge.readers.headings.files import head_files
from bookforge.readers.headings.find import Headed, Headings
from bookforge.readers.markdown.titles import cut
from bookforge.readers.prose import Maker
from bookforge.readers.sections import build_sections
from bookforge.regex import regex

__all__ = ["Filler", "build_free"]

# What the detector of plain text says of a gap; here it may be a look instead.
_GAP = regex(r"\d+ blank lines before|stands alone")


@dataclass
class Filler(Maker):
    """Makes blocks of pieces, where `Maker` makes them of lines."""

    seats: Sequence[Seat] = field(default_factory=list)

    def make(self, first: int, last: int) -> tuple[Node, ...]:
        """The blocks from `first` to `last` (exclusive)."""
        shown = [self._mark(index) for index in range(first, last) if index not in self.skipped]
        # A mark before the first or after the last paragraph parts nothing.
        while shown and shown[0].mark:
            shown.pop(0)
        while shown and shown[-1].mark:
            shown.pop()
        return make_blocks(shown)

    def _mark(self, index: int) -> Seat:
        seat = self.seats[index]
        if index in self.scenes.marks:
            return replace(seat, mark=True)
        return replace(seat, pause=True) if index in self.scenes.gaps else seat


def build_free(draft: Draft, headings: Headings, filler: Filler) -> tuple[Section, ...]:
    """The sections between the headings found, with the titles' own looks."""
    found = head_files(draft, headings.found, filler.skipped)
    titles = {_place(headed): headed for headed in found}
    sections = build_sections(draft, found, filler, draft.last)
    return tuple(
        _dress(one, titles.get((one.span.source, one.span.start)), filler.seats) for one in sections
    )


def _dress(section: Section, headed: Headed | None, seats: Sequence[Seat]) -> Section:
    """The title with its own looks, and the reasons as they are in a word processor."""
    if headed is None or section.finding is None:
        return section
    piece = seats[headed.index].piece
    looks = [
        words
        for words, holds in (
            ("bold", piece.is_bold),
            ("centred", piece.centred),
            ("on a new page", piece.new_page),
        )
        if holds
    ]
    reasons = [one for one in section.finding.reason.split(", ") if not _GAP.fullmatch(one)]
    finding = replace(section.finding, reason=", ".join([*reasons, *looks]) or "stands alone")
    title = _title(headed, seats) if section.title else ()
    return replace(section, title=title, finding=finding)


def _place(headed: Headed) -> tuple[int, int]:
    block = headed.candidate.block
    return block.sheet.file.id, block.start


def _title(headed: Headed, seats: Sequence[Seat]) -> Inlines:
    """The words of a title as inlines of its piece."""
    candidate = headed.candidate
    if headed.title is not None:
        return (Text(headed.title, candidate.block.span),)
    if headed.below is not None:
        return seats[candidate.index + 1].inlines(upright=True)
    seat = seats[candidate.index]
    children = seat.inlines(upright=True)
    return cut(children, candidate.title_start - seat.start, candidate.title_end - seat.start)
