"""Pieces made blocks of the model: paragraphs, lists, quotations, figures, verse, breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bookforge.diagnostics import Span
from bookforge.model.blocks import (
    Block as Node,
)
from bookforge.model.blocks import (
    Figure,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphRole,
    Preformatted,
    Quote,
    QuoteRole,
    SceneBreak,
    Table,
    Verse,
    VerseLine,
)
from bookforge.model.inlines import Image, Inlines, LineBreak, Text
from bookforge.model.walk import leaves, plain
from bookforge.readers.flow.pieces import Box, Piece
from bookforge.readers.flow.tables import make_row, make_table
from bookforge.readers.flow.text import make_inlines
from bookforge.readers.inline import split_lines
from bookforge.readers.letters import mark_roles

__all__ = ["Seat", "make_blocks"]

_MOST_INDENT = 20
_MOST_VERSE = 64
_ROLES = {role.value: role for role in QuoteRole}


class Seat(Struct):
    """A piece in its place: the file it belongs to and where its line begins."""

    piece: Piece
    source: int
    start: int
    # A pause before the piece that has no piece of its own.
    pause: bool = False
    # The piece is a mark between two scenes.
    mark: bool = False

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.start + len(self.piece.line))

    @property
    def point(self) -> Span:
        return Span(self.source, self.start, self.start)

    def inlines(self, *, upright: bool = False) -> Inlines:
        return make_inlines(self.piece, self.source, self.start, upright=upright)


def make_blocks(pieces: Sequence[Seat], depth: int = 0) -> tuple[Node, ...]:
    """The blocks of neighbouring pieces; `depth` boxes round them are already open."""
    nodes: list[Node] = []
    at = 0
    while at < len(pieces):
        one = pieces[at]
        if one.pause and nodes:
            nodes.append(SceneBreak(one.point))
        box = one.piece.boxes[depth] if len(one.piece.boxes) > depth else None
        if one.piece.row is not None and box is None:
            end = _find_rows(pieces, at, depth)
            nodes.append(_make_table(pieces[at:end], _take_caption(pieces, at, nodes)))
            at = end
        elif one.mark:
            nodes.append(SceneBreak(one.span, one.piece.line))
            at += 1
        elif box is not None:
            end = _find_end(pieces, at, depth, box)
            nodes.append(_make_box(box, pieces[at:end], depth + 1))
            at = end
        elif one.piece.role == "code":
            end = _find_code(pieces, at, depth)
            nodes.append(_make_code(pieces[at:end]))
            at = end
        else:
            nodes.extend(_make_simple(one, nodes))
            at += 1
    return tuple(nodes)


def _find_end(pieces: Sequence[Seat], at: int, depth: int, box: Box) -> int:
    end = at
    while (
        end < len(pieces)
        and len(pieces[end].piece.boxes) > depth
        and pieces[end].piece.boxes[depth] == box
    ):
        end += 1
    return end


def _find_rows(pieces: Sequence[Seat], at: int, depth: int) -> int:
    """The rows of one table that stand together."""
    end, row = at, pieces[at].piece.row
    while end < len(pieces) and (other := pieces[end].piece.row) is not None:
        if row is None or other.table != row.table or len(pieces[end].piece.boxes) > depth:
            break
        end += 1
    return end


def _take_caption(pieces: Sequence[Seat], at: int, nodes: list[Node]) -> Inlines:
    """A caption by its style that stands above a table; () if there is none."""
    if not at or pieces[at - 1].piece.role != "caption" or not isinstance(nodes[-1], Paragraph):
        return ()
    above = nodes.pop()
    return above.children if isinstance(above, Paragraph) else ()


def _make_table(pieces: Sequence[Seat], caption: Inlines) -> Node:
    """A table; a caption that has lost its rows is a paragraph."""
    rows = []
    for seat in pieces:
        row = seat.piece.row
        if row is not None and row.is_caption:
            caption = seat.inlines()
        elif row is not None:
            span = seat.span
            rows.append((row, make_row(row, seat.source, span.start, span.end)))
    span = pieces[0].span.to(pieces[-1].span)
    if not rows:
        return Paragraph(caption, span, ParagraphRole.CENTRED)
    return make_table(rows, caption, span)


def _find_code(pieces: Sequence[Seat], at: int, depth: int) -> int:
    end = at
    while end < len(pieces) and pieces[end].piece.role == "code":
        if len(pieces[end].piece.boxes) > depth:
            break
        end += 1
    return end


def _make_box(box: Box, pieces: Sequence[Seat], depth: int) -> Node:
    span = pieces[0].span.to(pieces[-1].span)
    if box.name == "verse":
        return Verse(tuple(_make_stanzas(pieces, depth)), span)
    if box.name not in ("bullets", "numbers"):
        role = _ROLES.get(box.name, QuoteRole.QUOTATION)
        return Quote(mark_roles(make_blocks(pieces, depth), role), span, role)
    items: list[ListItem] = []
    at = 0
    while at < len(pieces):
        boxes = pieces[at].piece.boxes
        if len(boxes) > depth:
            end = _find_end(pieces, at, depth, boxes[depth])
            inner = make_blocks(pieces[at:end], depth + 1)
        else:
            end = at + 1
            inner = make_blocks(pieces[at:end], depth)
        items.append(ListItem(inner, pieces[at].span.to(pieces[end - 1].span)))
        at = end
    return ListBlock(tuple(items), span, box.name == "numbers", box.start)


def _make_stanzas(pieces: Sequence[Seat], depth: int) -> Iterator[tuple[VerseLine, ...]]:
    """A piece with breaks is a stanza; pieces of one line are one, as far as their box reaches."""
    lines: list[VerseLine] = []
    before: tuple[Box, ...] | None = None
    for seat in pieces:
        children = seat.inlines()
        boxes = seat.piece.boxes[depth:]
        broken = any(isinstance(leaf, LineBreak) for leaf in leaves(children))
        if lines and (broken or before is None or boxes != before):
            yield tuple(lines)
            lines = []
        lines += _read_lines(seat, children)
        before = None if broken else boxes
    if lines:
        yield tuple(lines)


def _read_lines(seat: Seat, children: Inlines) -> list[VerseLine]:
    """Blanks that do not break at the head of a line are its indent, two for a step."""
    lines = []
    for line in split_lines(children):
        if not plain(line).strip():
            continue
        blanks = len(words := plain(line)) - len(words.lstrip("\u00a0 "))
        indent = words[:blanks].count("\u00a0") // 2
        line = _trim(line) if indent else line
        span = Span(seat.source, line[0].span.start, line[-1].span.end)
        lines.append(VerseLine(line, span, min(indent, _MOST_INDENT)))
    return lines


def _trim(line: Inlines) -> Inlines:
    """The line without the blanks at its head, where these stand in plain text."""
    first = line[0]
    if not isinstance(first, Text):
        return line
    bare = first.text.lstrip("\u00a0 ")
    if not bare:
        return _trim(line[1:])
    start = first.span.start + len(first.text) - len(bare)
    return (Text(bare, Span(first.span.source, start, first.span.end)), *line[1:])


def _make_code(pieces: Sequence[Seat]) -> Node:
    text = "\n".join(one.piece.line for one in pieces)
    return Preformatted(text, pieces[0].span.to(pieces[-1].span))


def _make_simple(one: Seat, before: list[Node]) -> list[Node]:
    """A paragraph, poem or figure; a caption goes to the figure before it."""
    piece, children = one.piece, one.inlines()
    if piece.is_picture:
        images = [leaf for leaf in leaves(children) if isinstance(leaf, Image)]
        return [Figure(image, one.span) for image in images]
    if piece.role == "caption" and before and isinstance(before[-1], Figure):
        figure = before.pop()
        assert isinstance(figure, Figure)
        if not figure.caption:
            return [Figure(figure.image, figure.span.to(one.span), children)]
        before.append(figure)
    if piece.role == "caption" and before and isinstance(before[-1], Table):
        table = before.pop()
        assert isinstance(table, Table)
        if not table.caption:
            return [replace(table, caption=children, span=table.span.to(one.span))]
        before.append(table)
    if verse := _make_verse(one, children):
        return [verse]
    role = ParagraphRole.CENTRED if piece.centred else ParagraphRole.BODY
    return [Paragraph(children, one.span, role)]


def _make_verse(one: Seat, children: Inlines) -> Verse | None:
    """Three lines or more broken by hand, each short and most with a capital."""
    if sum(isinstance(leaf, LineBreak) for leaf in leaves(children)) < 2:
        return None
    lines = [line for line in split_lines(children) if plain(line).strip()]
    words = [plain(line).strip() for line in lines]
    if len(lines) < 3 or any(len(line) > _MOST_VERSE for line in words):
        return None
    if sum(line[0].isupper() or not line[0].isalpha() for line in words) * 2 <= len(words):
        return None
    return Verse((tuple(_read_lines(one, children)),), one.span)
