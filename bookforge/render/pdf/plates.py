"""Plates: painted pages kept from build to build.

A page's stream names fonts in order of first use, and codes that may depend on others in the book.
So a plate says what it uses, and it is good only where this build hands out the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import DecodeError, Struct, msgpack

from bookforge.cache import Cache, make_key
from bookforge.fonts.face import FaceKey
from bookforge.render.pdf.paint import Painter
from bookforge.typeset.frames import Page


class Letters(Struct, frozen=True, array_like=True):
    """A font on a page: its name there, and the (glyph, text, code) that are used of it."""

    face: FaceKey
    name: str
    codes: tuple[tuple[int, str, bytes], ...]


class Plate(Struct, frozen=True, array_like=True):
    """A finished page: its compressed stream, and the fonts on it in order of first use."""

    data: bytes
    letters: tuple[Letters, ...]


_DECODER = msgpack.Decoder(Plate)
# Plates that the latest build in this process fetched: the next one may want the same. Not those of
# a very long book.
_latest: dict[bytes, Plate] = {}
_MOST_KEPT = 1_000


class Plates:
    """The plates of a book; `ground` is what all its streams depend on beside the pages."""

    def __init__(self, cache: Cache, painter: Painter, ground: bytes) -> None:
        self._cache = cache
        self._painter = painter
        self._ground = make_key(b"plate", ground)
        self._known = dict(_latest)
        _latest.clear()

    def fetch(self, page: Page) -> bytes | None:
        """The stream of a page, if it can be used as it is."""
        if not page.key:
            return None
        plate = self._find(self._key(page))
        if plate is None:
            return None
        if all(self._painter.accept(one.face, one.name, one.codes) for one in plate.letters):
            return plate.data
        return None

    def _find(self, key: bytes) -> Plate | None:
        found = self._cache.get(key)
        if found is None:
            return None
        try:
            plate = self._known.get(key) or _DECODER.decode(found)
        except DecodeError:
            return None
        if len(_latest) < _MOST_KEPT:
            _latest[key] = plate
        return plate

    def keep(self, page: Page, data: bytes) -> None:
        """Keep the stream of a page that was just painted."""
        if page.key:
            self.put(page, Plate(data, tuple(list_letters(self._painter, page))))

    def put(self, page: Page, plate: Plate) -> None:
        """Keep a plate as it is."""
        self._cache.put(self._key(page), msgpack.encode(plate))

    def _key(self, page: Page) -> bytes:
        return self._ground + page.key


def list_letters(painter: Painter, page: Page) -> Sequence[Letters]:
    """What a painted page uses of each font."""
    fonts = painter.list_codes(page)
    return [
        Letters(font.key, font.name, tuple(sorted(codes)))
        for font, codes in sorted(fonts, key=lambda one: int(one[0].name[1:]))
    ]
