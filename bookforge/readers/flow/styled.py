"""Structure by styles: the headings that the writer has marked as such."""

from __future__ import annotations

from collections.abc import Sequence

from bookforge.contracts import Context
from bookforge.model.document import Finding, Removed
from bookforge.readers.flow.nodes import Seat, make_blocks
from bookforge.readers.markdown.blocks import Head, Item
from bookforge.readers.markdown.doubts import find_doubts
from bookforge.readers.markdown.outline import Outline, make_outline
from bookforge.readers.markdown.override import cut_ends, put_over

__all__ = ["build_styled"]


def build_styled(
    flows: Sequence[Sequence[Seat]], title: str, context: Context
) -> tuple[Outline, tuple[Removed, ...]]:
    """The outline that the heading styles give, and what [manuscript] start and end cut off."""
    items, ends = cut_ends([_make_items(seats) for seats in flows], context)
    items, texts = put_over(items, context)
    outline = make_outline(items, title, context, texts)
    for doubt in find_doubts(outline.sections, context.config.manuscript):
        context.report(doubt)
    return outline, ends


def _make_items(seats: Sequence[Seat]) -> list[Item]:
    """Headings, and the blocks between them."""
    items: list[Item] = []
    waiting: list[Seat] = []
    for seat in seats:
        if seat.piece.level or seat.piece.kind is not None:
            items.extend(_settle(waiting))
            waiting = []
            items.append(_make_head(seat))
        if not seat.piece.level:
            waiting.append(seat)
    items.extend(_settle(waiting))
    return items


def _settle(waiting: list[Seat]) -> Sequence[Item]:
    """The blocks of a stretch; a mark at either end of it parts nothing."""
    first, last = 0, len(waiting)
    while first < last and waiting[first].mark:
        first += 1
    while last > first and waiting[last - 1].mark:
        last -= 1
    return make_blocks(waiting[first:last])


def _make_head(seat: Seat) -> Head:
    piece = seat.piece
    kind = {"kind": piece.kind.value} if piece.kind is not None else {}
    if not piece.level:
        finding = Finding("declared", 1.0, "the file says what this is")
        return Head(1, (), seat.point, kind, finding=finding)
    finding = Finding("style", 1.0, f"heading style of level {piece.level}")
    return Head(piece.level, seat.inlines(upright=True), seat.span, kind, finding=finding)
