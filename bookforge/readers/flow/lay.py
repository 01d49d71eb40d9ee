"""Flows laid out as the text of their file, one paragraph a line, and as blocks for the detector.

The detector of plain text judges by blank lines. Empty paragraphs are such; a page break is as
wide a gap as in plain text; and what a word processor shows by centring or bold stands apart as
if there were blank lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from bookforge.diagnostics import Span
from bookforge.model.blocks import Block as Node
from bookforge.model.document import Note
from bookforge.readers.blocks import FILE_GAP, Block, Layout, Sheet
from bookforge.readers.flow.nodes import Seat, make_blocks
from bookforge.readers.flow.pieces import Flow, Piece
from bookforge.source import SourceFile, SourceMap

__all__ = ["Script", "lay_out"]

_PAGE = 7
# Blank lines that bold or centred words are worth, and the most characters of such a line.
_APART = 2
_MOST_APART = 120
# Columns: what the detector takes for centred, and for set off.
_CENTRED, _SET_OFF = 12, 4


class Script(Struct):
    """One file laid out: seats of its flows, blocks in step with the seats, its notes."""

    file: SourceFile
    flows: list[list[Seat]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    removed: list[tuple[str, Span]] = field(default_factory=list)
    # Where each piece stands, by its identity.
    places: dict[int, Span] = field(default_factory=dict)


def lay_out(file: SourceFile, flows: Sequence[Flow], sources: SourceMap, *, drop: bool) -> Script:
    """Write the file's text and seat every piece in it; `drop` leaves contents lists out."""
    lines: list[str] = []
    for piece in _every(flows):
        piece.settle()
        lines.append(piece.line)
    file = sources.extract(file, "\n".join(lines) + "\n")
    script = Script(file)
    sheet = Sheet(file, lines)
    layer = _Layer(script, sheet, drop)
    for flow in flows:
        script.flows.append(list(layer.seat(flow.pieces)))
    _measure(sheet, script)
    for flow in flows:
        for name, pieces in flow.notes.items():
            _add_note(name, layer.place(pieces), script)
    return script


def _every(flows: Sequence[Flow]) -> Iterator[Piece]:
    for flow in flows:
        yield from flow.pieces
    for flow in flows:
        for pieces in flow.notes.values():
            yield from pieces


class _Layer:
    def __init__(self, script: Script, sheet: Sheet, drop: bool) -> None:
        self._script, self._sheet, self._drop = script, sheet, drop
        self._line = 0

    def place(self, pieces: Sequence[Piece]) -> list[Seat]:
        """Seats of pieces with words, in the next lines."""
        seats = []
        for piece in pieces:
            seat = Seat(piece, self._script.file.id, self._sheet.starts[self._line])
            self._script.places[id(piece)] = seat.span
            if piece.line.strip():
                seats.append(seat)
            self._line += 1
        return seats

    def seat(self, pieces: Sequence[Piece]) -> Iterator[Seat]:
        """Seats of the text's pieces, each with its block; what goes not into the book is noted."""
        gap = _PAGE if self._script.blocks else FILE_GAP
        gone = {"cover": "title page", "contents": "contents list" if self._drop else ""}
        for piece in pieces:
            gap += _PAGE if piece.new_page else 0
            seats = self.place([piece])
            if not seats:
                gap += 1
                continue
            if what := gone.get(piece.role, ""):
                self._script.removed.append((what, seats[0].span))
                continue
            self._add_block(piece, seats[0], gap)
            gap = 0
            yield seats[0]

    def _add_block(self, piece: Piece, seat: Seat, gap: int) -> None:
        line = self._line - 1
        indent = _CENTRED if piece.centred else _SET_OFF if piece.boxes else 0
        end = seat.start + len(piece.line)
        block = Block(self._sheet, line, line + 1, gap, seat.start, end, indent)
        self._script.blocks.append(block)
        self._script.gaps.append(gap)


def _measure(sheet: Sheet, script: Script) -> None:
    """The usual number of empty paragraphs, and gaps by look added to those by emptiness."""
    gaps = Counter(gap for gap in script.gaps if gap < _PAGE)
    usual = max(gaps, key=lambda size: (gaps[size], -size)) if gaps else 0
    width = max(map(len, sheet.lines), default=0)
    sheet.layout = Layout(False, True, False, width, usual)
    sheet.blocks = script.blocks
    pieces = [seat.piece for seats in script.flows for seat in seats]
    for block, piece in zip(script.blocks, pieces, strict=True):
        if not piece.boxes and len(piece.line) <= _MOST_APART and (piece.centred or piece.is_bold):
            block.gap = max(block.gap, usual + _APART)


def _add_note(name: str, seats: Sequence[Seat], script: Script) -> None:
    if not seats:
        return
    span = seats[0].span.to(seats[-1].span)
    blocks: tuple[Node, ...] = make_blocks([replace(seat) for seat in seats])
    script.notes.append(Note(name, blocks, span))
