"""Formes: what of a piece other pages and the report need once it is cut.

A piece of which a forme was kept is not set again, unless its lines themselves are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import DecodeError, Struct, msgpack

from bookforge.cache import Cache
from bookforge.contracts import BEFORE
from bookforge.model.document import SectionKind
from bookforge.typeset.grid import Slice
from bookforge.typeset.paginate import PageCut
from bookforge.typeset.places import Places

if TYPE_CHECKING:
    from bookforge.typeset.impose import Leaf
    from bookforge.typeset.pieces import Piece


class Side(Struct, frozen=True, array_like=True):
    """A page of a piece: how it is cut, the sections that begin on it, and where its first word
    stands (section, offset). Sections count from the piece's first."""

    cut: PageCut
    sections: tuple[int, ...]
    start: tuple[int, int] | None


class Forme(Struct, frozen=True, array_like=True):
    """A cut piece; `outline` has level, title and id of its headings."""

    sides: tuple[Side, ...]
    outline: tuple[tuple[int, str, str], ...]


_DECODER = msgpack.Decoder(Forme)


def fetch(cache: Cache | None, key: bytes) -> Forme | None:
    """The forme of a piece that was cut in an earlier build."""
    found = cache.get(key) if cache is not None and key else None
    if found is None:
        return None
    try:
        return _DECODER.decode(found)
    except DecodeError:
        return None


def lock_up(piece: Piece, leaves: Sequence[Leaf]) -> Forme:
    """The forme of a piece that was just cut into these leaves."""
    first, places = piece.sections[0], Places()
    sides = []
    for leaf in leaves:
        assert leaf.cut is not None
        headed = _sections(leaf)
        start = _start(leaf, headed, places)
        moved = None if start is None else (start[0] - first, start[1])
        sides.append(Side(leaf.cut, tuple(section - first for section in headed), moved))
    outline = [(a.level, a.title, a.id) for _, a in piece.galley.anchors if a.title]
    return Forme(tuple(sides), tuple(outline))


def keep(cache: Cache | None, key: bytes, forme: Forme) -> None:
    if cache is not None and key:
        cache.put(key, msgpack.encode(forme))


def _sections(leaf: Leaf) -> list[int]:
    """The sections that begin on a page, in order."""
    assert leaf.piece is not None and leaf.cut is not None
    cut = leaf.cut
    begun = {
        anchor.section
        for row, anchor in leaf.piece.galley.anchors
        if anchor.section >= 0 and (cut.first <= row < cut.stop or (leaf.opener and row < cut.stop))
    }
    return sorted(begun)


def _start(leaf: Leaf, headed: Iterable[int], places: Places) -> tuple[int, int] | None:
    """Section and offset of a page's first word, None for a page without any."""
    assert leaf.piece is not None and leaf.cut is not None
    headed = list(headed)
    for row in range(leaf.cut.first, leaf.cut.stop):
        content = leaf.piece.galley.at(row)
        if isinstance(content, Slice):
            content = content.band.first_at(content.line)
        if isinstance(content, tuple) and content[0].draft.section >= 0:
            setting, line = content
            section, offset = setting.draft.section, places.offset(setting, line)
            return section, BEFORE if offset == 0 and section in headed else offset
    # Words of title and contents pages are no section's, a part page's are its heading's.
    first = leaf.cut is leaf.piece.cuts[0] or leaf.piece.kind is SectionKind.CONTENTS
    sections = headed or (leaf.piece.sections if first else [])
    return (sections[0], BEFORE) if sections else None
