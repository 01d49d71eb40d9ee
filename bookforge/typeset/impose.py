"""Pieces onto pages: which stand on which side, where blanks are needed, and what they are called.

In: pieces in order. Out: leaves, pages that are not drawn yet.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from bookforge.model.document import Matter
from bookforge.model.roman import to_roman
from bookforge.printers.load import load_printer
from bookforge.typeset.formes import Forme, Side, keep, lock_up
from bookforge.typeset.paginate import PageCut
from bookforge.typeset.pieces import Maker, Piece


class Leaf(Struct):
    """A page before it is drawn; without a piece it is blank."""

    recto: bool
    label: str
    piece: Piece | None = None
    cut: PageCut | None = None
    opener: bool = False
    place: int = 0  # which page of its piece it is

    @property
    def side(self) -> Side | None:
        if self.piece is None or self.piece.forme is None:
            return None
        return self.piece.forme.sides[self.place]

    @property
    def headed(self) -> Sequence[int]:
        """The sections that begin on the page."""
        if self.piece is None or self.side is None:
            return ()
        return [self.piece.sections[0] + section for section in self.side.sections]

    @property
    def start(self) -> tuple[int, int] | None:
        """Section and offset of the page's first word, None for a page without any."""
        if self.piece is None or self.side is None or self.side.start is None:
            return None
        section, offset = self.side.start
        return self.piece.sections[0] + section, offset


class State(Struct, frozen=True, array_like=True):
    """Where a stretch of pieces begins: pages before it, pages before the first arabic folio, and
    whether that was passed."""

    pages: int = 0
    offset: int = 0
    started: bool = False


_BEGINNING = State()


class Imposer:
    """Puts pieces on pages: each on its side, with blanks where they are needed, and labels."""

    def __init__(self, maker: Maker, state: State = _BEGINNING) -> None:
        self.leaves: list[Leaf] = []
        self._maker = maker
        self._before = state.pages
        self._offset = state.offset
        self._started = state.started

    @property
    def state(self) -> State:
        return State(self._count, self._offset, self._started)

    @property
    def _count(self) -> int:
        return self._before + len(self.leaves)

    def add(self, piece: Piece, forme: Forme | None = None) -> None:
        """The pages of a piece; `forme`: what another process made of it."""
        if not self._started and piece.matter is not Matter.FRONT:
            if self._count % 2:
                self._add_blank()
            self._started, self._offset = True, self._count
        while piece.recto is not None and (self._count % 2 == 0) != piece.recto:
            self._add_blank()
        self._maker.cut(piece, self._count % 2 == 0, forme)
        begin = len(self.leaves)
        for number, cut in enumerate(piece.cuts):
            opener = number == 0 and piece.opened
            recto, label = self._count % 2 == 0, self._label
            self.leaves.append(Leaf(recto, label, piece, cut, opener, number))
        if piece.forme is None:
            piece.forme = lock_up(piece, self.leaves[begin:])
            forme = piece.forme
        if forme is not None:
            keep(self._maker.context.cache, piece.key, forme)

    def finish(self) -> None:
        """An even number of pages; the last of them blank, if the printer wants it so."""
        if self._count % 2:
            self._add_blank()
        printer = load_printer(self._maker.context.config.output.print.printer)
        if printer.pages.last_blank and self.leaves and self.leaves[-1].piece is not None:
            self._add_blank()
            self._add_blank()

    def _add_blank(self) -> None:
        self.leaves.append(Leaf(self._count % 2 == 0, self._label))

    @property
    def _label(self) -> str:
        number = self._count - self._offset + 1
        return str(number) if self._started else to_roman(number)
