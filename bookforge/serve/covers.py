"""Covers in two sizes, made once and kept in the scratch folder."""

from __future__ import annotations

from enum import Enum
from hashlib import sha256
from pathlib import Path

from bookforge import images
from bookforge.about import Unreadable, read_member
from bookforge.serve.shelf import Entry
from bookforge.store import write_bytes

__all__ = ["Covers", "Size"]

_MOST_BYTES = 40_000_000


class Size(Enum):
    """Width and height that a cover fits into, in pixels."""

    # As wide as the screens of common readers, and a third of a page.
    COVER = (1072, 1448)
    THUMBNAIL = (160, 240)


class Covers:
    """The covers of entries as JPEG files."""

    def __init__(self, scratch: Path) -> None:
        self._folder = scratch

    def find(self, entry: Entry, size: Size) -> Path:
        """The cover in this size; a plain sheet for a book that has none or a broken one."""
        book = entry.book
        stood = book.stat().st_mtime_ns if book else 0
        told = f"{entry.id} {entry.about.cover} {stood} {size.name}"
        target = self._folder / f"{sha256(told.encode()).hexdigest()[:32]}.jpg"
        if not target.is_file():
            write_bytes(target, _draw(book, entry.about.cover, size))
        return target


def _draw(book: Path | None, member: str, size: Size) -> bytes:
    try:
        if book and member:
            return images.shrink(read_member(book, member, _MOST_BYTES), *size.value)
    except (Unreadable, images.PictureError):
        pass
    return images.draw_sheet(*size.value)
