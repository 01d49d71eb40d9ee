"""Where printed pages begin in the e-book's files.

In: the page map of the print layout. Out: the marks of each file, in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from bookforge.contracts import BEFORE, END, PageMap, PageStart
from bookforge.model.document import Document, SectionKind
from bookforge.render.epub.cut import Piece
from bookforge.render.epub.markup import clean

# Key of the contents page's marks.
CONTENTS = "nav"


class Mark(NamedTuple):
    """A printed page's beginning: number, anchor, offset in the section's text.

    `BEFORE` stands before the heading, also for a page whose own section is not in the e-book.
    """

    label: str
    id: str
    offset: int


class Place(Protocol):
    """A content file: its id, the section it holds, and which part of it."""

    @property
    def id(self) -> str: ...
    @property
    def index(self) -> int: ...
    @property
    def piece(self) -> Piece: ...


def place_marks(
    document: Document, places: Sequence[Place], with_contents: bool, pages: PageMap | None
) -> dict[str, tuple[Mark, ...]]:
    """The marks of each file; those of a section left out go to the next one that is in."""
    homes: dict[int, list[Place]] = {}
    for place in places:
        homes.setdefault(place.index, []).append(place)
    marks: dict[str, list[Mark]] = {}
    for start, name in _name_marks(pages.starts if pages else ()):
        label = clean(start.label)
        if start.section in homes:
            home = _find_piece(homes[start.section], start.offset)
            offset = max(0, start.offset - home.piece.start)
            mark = Mark(label, name, BEFORE if start.offset < 0 else offset)
            marks.setdefault(home.id, []).append(mark)
        elif with_contents and document.sections[start.section].kind is SectionKind.CONTENTS:
            marks.setdefault(CONTENTS, []).append(Mark(label, name, BEFORE))
        elif next_home := _find_next(homes, start.section):
            marks.setdefault(next_home.id, []).append(Mark(label, name, BEFORE))
        elif places:
            marks.setdefault(places[-1].id, []).append(Mark(label, name, END))
    return {key: tuple(sorted(found, key=lambda mark: mark.offset)) for key, found in marks.items()}


def _name_marks(starts: Sequence[PageStart]) -> Iterator[tuple[PageStart, str]]:
    """Each beginning with an anchor of its own: "page-12" where the label allows."""
    seen: set[str] = set()
    for number, start in enumerate(starts, 1):
        label = clean(start.label)
        name = f"page-{label}"
        if not (label.isascii() and label.isalnum()) or name in seen:
            name = f"page-mark-{number}"
        seen.add(name)
        yield start, name


def _find_piece(pieces: Sequence[Place], offset: int) -> Place:
    """The part of a section that holds a character."""
    return max(
        (place for place in pieces if place.piece.start <= offset),
        key=lambda place: place.piece.start,
        default=pieces[0],
    )


def _find_next(homes: Mapping[int, Sequence[Place]], section: int) -> Place | None:
    later = min((index for index in homes if index > section), default=None)
    return None if later is None else homes[later][0]
