"""The contract between typesetting and painting: finished pages as plain values.

All measures are points, rounded to 1/1000; the origin is the top left corner of the trimmed page
and y grows downwards to the baseline. Painting decides nothing: what is drawn, and where, is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias, overload

from msgspec import Struct

from bookforge.fonts.face import FaceKey


class Shaped(Struct, frozen=True, eq=False, gc=False):
    """A shaped word (or part of one). Compared by identity: shared wherever the word recurs.

    `glyphs`: glyph numbers of the face. `advances`: what each moves the pen, in 1/1000 em, kerning
    included (back, in words from right to left). `naturals`: the face's own advance of each glyph.
    `texts`: the characters that each glyph stands for ("" for those after the first of a cluster),
    so that copying gives the words; a plain string where each glyph stands for one character (half
    the memory of a long book).
    `offsets`: (dx, dy) in 1/1000 em for marks, or () when all are zero.
    `width` in 1/1000 em.
    """

    face: FaceKey
    glyphs: tuple[int, ...]
    advances: tuple[float, ...]
    naturals: tuple[float, ...]
    texts: Sequence[str]
    width: float
    offsets: tuple[tuple[float, float], ...] = ()


class TextLine(Struct, frozen=True, gc=False):
    """Words on one baseline.

    `words` stand from `x` on with a space of `space` points between them, all scaled in width by
    `scale` (1.0 is as designed; `space` is the final width, not scaled again). `size` is the type
    size in points. Between words a real space glyph of the first word's face is drawn so that
    copying gives spaces; `joined` holds the indices of words that follow the one before without a
    space (a change of face inside a word). `tail`: " " when the line goes on after a word space,
    "\u00ad" when it ends in a hyphen set by the program, "" otherwise.
    `rise` lifts a superscript by so many points. `grey` 0 is black. `marks`: what stretches of
    the words are, if they are more than words of their paragraph. `leftward`: one
    word whose glyphs follow each other to the left; `x` is where the first of them stands.
    """

    x: float
    y: float
    size: float
    words: tuple[Shaped, ...]
    space: float
    scale: float = 1.0
    joined: frozenset[int] = frozenset()
    tail: str = ""
    grey: float = 0.0
    rise: float = 0.0
    marks: tuple[Mark, ...] = ()
    leftward: bool = False


class Rule(Struct, frozen=True, gc=False):
    """A filled line: left end, baseline, length, thickness."""

    x: float
    y: float
    width: float
    thickness: float
    grey: float = 0.0


class Picture(Struct, frozen=True, gc=False):
    """An image file in a box (x, y is its top left corner)."""

    path: str
    x: float
    y: float
    width: float
    height: float
    alt: str = ""


class Highlight(Struct, frozen=True, gc=False):
    """A coloured field under the text of a marked proof; (x, y) is its top left corner, the colour
    red, green and blue from 0 to 1."""

    x: float
    y: float
    width: float
    height: float
    colour: tuple[float, float, float]


class LinkArea(Struct, frozen=True, gc=False):
    """Where a click leads: a web address, or `#id` of a `Destination`.

    `text` are the words that it covers; `part` is the link they are, which may have more areas.
    """

    x: float
    y: float
    width: float
    height: float
    target: str
    text: str
    part: Begin | Phrase


class Destination(Struct, frozen=True, gc=False):
    """A place that links and the outline point at."""

    id: str
    y: float


class Tag(StrEnum):
    """What a stretch of the page is: the structure type that a tagged PDF gives it (ISO 32000-1,
    14.8.4), or what kind of artifact."""

    PART = "Part"
    SECTION = "Sect"
    DIVISION = "Div"
    PARAGRAPH = "P"
    HEADING = "H"
    QUOTE = "BlockQuote"
    CONTENTS = "TOC"
    ENTRY = "TOCI"
    LIST = "L"
    ITEM = "LI"
    LABEL = "Lbl"
    BODY = "LBody"
    NOTE = "Note"
    FIGURE = "Figure"
    TABLE = "Table"
    ROW = "TR"
    COLUMN_HEAD = "TH"
    CELL = "TD"
    CAPTION = "Caption"
    REFERENCE = "Reference"
    LINK = "Link"
    SPAN = "Span"
    # What is no part of the text: ornaments and rules, running heads and folios.
    ARTIFACT = "Artifact"
    HEADER = "Header"
    FOOTER = "Footer"


CELLS = frozenset({Tag.COLUMN_HEAD, Tag.CELL})
ARTIFACTS = frozenset({Tag.ARTIFACT, Tag.HEADER, Tag.FOOTER})


class Begin(Struct, frozen=True, gc=False):
    """The items up to the matching `End` belong to one structure element.

    `key` is the same for all parts of a paragraph that runs over pages, and grows in reading
    order; `within` is the element around this one (None: the document). `level` is a heading's;
    `numbered` a list's; `note` the id of a note.
    """

    tag: Tag
    key: int = 0
    level: int = 0
    language: str = ""
    alt: str = ""
    within: Begin | None = None
    numbered: bool = False
    note: str = ""


class Phrase(Struct, frozen=True, eq=False, gc=False):
    """A stretch inside a paragraph. Compared by identity: all of its lines share one.

    `target` is a link's, `note` the id of the note that a reference calls.
    """

    tag: Tag
    target: str = ""
    language: str = ""
    note: str = ""
    within: Phrase | None = None


class Mark(NamedTuple):
    """The words from `first` up to `stop` of a line are `phrase`."""

    first: int
    stop: int
    phrase: Phrase


class End(Struct, frozen=True, gc=False):
    """Closes the latest `Begin`."""


Item: TypeAlias = TextLine | Rule | Picture | Highlight | LinkArea | Destination | Begin | End


class Unmade(Sequence[Item]):
    """The items of a page, made when somebody looks at them."""

    def __init__(self, make: Callable[[], Sequence[Item]]) -> None:
        self._make = make
        self._made: Sequence[Item] | None = None

    def _items(self) -> Sequence[Item]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __len__(self) -> int:
        return len(self._items())

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items())

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        return self._items()[index]


class Page(Struct, frozen=True, gc=False):
    """One page: its number in the file (from 1), its printed label, and what is on it.

    Pages of equal `key` look alike in every book; b"" says nothing.
    """

    number: int
    label: str
    recto: bool
    items: Sequence[Item]
    blank: bool = False
    key: bytes = b""


class OutlineEntry(Struct, frozen=True, gc=False):
    """An entry of the PDF's outline."""

    level: int
    title: str
    destination: str


class Ahead(Struct, frozen=True, gc=False):
    """Pages painted ahead, `numbers` in the file: `fetch` gives what the painter made of them, or
    None where they must be painted after all."""

    numbers: range
    fetch: Callable[[], bytes | None]


class Layout(Struct, frozen=True, gc=False):
    """A finished book: page size in points, its pages (they may be made as they are asked for).

    `turned`: bound on the right, for a script that is read from there. `ids`: the destinations
    that the book's own links may name. `faces`: those of the book's own families, in order.
    `ahead`: pages that were painted while these were made, if any.
    """

    width: float
    height: float
    pages: Iterable[Page]
    outline: tuple[OutlineEntry, ...]
    turned: bool = False
    ids: frozenset[str] = frozenset()
    faces: tuple[FaceKey, ...] = ()
    ahead: Ahead | None = None
