"""Pieces laid out as text: one line each, and their runs made inlines with spans into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from bookforge.diagnostics import Span
from bookforge.model.inlines import (
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteRef,
    SmallCaps,
    Strong,
    Text,
)
from bookforge.readers.flow.pieces import PLAIN, Look, Piece, Run

__all__ = ["Placed", "make_inlines"]


class Placed(Struct, frozen=True):
    """A run with its place in the text of its file."""

    run: Run
    look: Look
    span: Span


def make_inlines(piece: Piece, source: int, start: int, *, upright: bool = False) -> Inlines:
    """The inlines of a piece whose line begins at `start`.

    `upright` leaves out bold and italics that cover the whole piece: a heading's own look.
    """
    placed = list(_place(piece, source, start))
    if upright:
        placed = _level(placed)
    return _nest(placed, 0)


def _place(piece: Piece, source: int, at: int) -> Iterator[Placed]:
    for run in piece.runs:
        size = len(run.text) if run.is_text else int(run.is_break)
        if run.picture and piece.line == "\ufffc":
            # The first of the pictures has the place-holder's place.
            size = 1
        yield Placed(run, run.look, Span(source, at, at + size))
        at += 0 if run.picture else size


def _level(placed: Sequence[Placed]) -> list[Placed]:
    """The look that all letters share is taken off."""
    looks = [one.look for one in placed if one.run.is_text and one.run.text.strip()]
    bold, italic = all(look.bold for look in looks), all(look.italic for look in looks)
    return [
        replace(
            one,
            look=replace(
                one.look,
                bold=one.look.bold and not bold,
                italic=one.look.italic and not italic,
            ),
        )
        for one in placed
    ]


# The looks from the outside in.
_WRAPPERS = ("link", "language", "bold", "italic", "small_caps")


def _nest(placed: Sequence[Placed], depth: int) -> Inlines:
    """Neighbours of one look under one node, look by look."""
    if all(one.look == PLAIN for one in placed):
        return tuple(_leaves(placed))
    if depth == len(_WRAPPERS):
        return tuple(_leaves(placed))
    name = _WRAPPERS[depth]
    nodes: list[Inline] = []
    for value, group in groupby(placed, key=lambda one: getattr(one.look, name)):
        members = list(group)
        children = _nest(members, depth + 1)
        if value and children:
            span = members[0].span.to(members[-1].span)
            nodes.append(_wrap(name, value, children, span))
        else:
            nodes.extend(children)
    return tuple(nodes)


def _wrap(name: str, value: str | bool, children: Inlines, span: Span) -> Inline:
    if name == "link":
        return Link(str(value), children, span)
    if name == "language":
        return Foreign(str(value), children, span)
    if name == "bold":
        return Strong(children, span)
    return Emphasis(children, span) if name == "italic" else SmallCaps(children, span)


def _leaves(placed: Sequence[Placed]) -> Iterator[Inline]:
    """Text run together; breaks, marks and pictures between."""
    for key, group in groupby(placed, key=lambda one: (one.run.is_text, one.look.code)):
        members = list(group)
        if not key[0]:
            yield from (_leaf(one) for one in members)
            continue
        text = "".join(one.run.text for one in members)
        span = members[0].span.to(members[-1].span)
        if text:
            yield Code(text, span) if key[1] else Text(text.replace("\t", " "), span)


def _leaf(one: Placed) -> Inline:
    if one.run.is_break:
        return LineBreak(one.span)
    if one.run.note:
        return NoteRef(one.run.note, one.span)
    return Image(one.run.picture, one.run.alt, one.span)
