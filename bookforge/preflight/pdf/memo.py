"""What was seen on a page, kept for the next look: nearly all pages of a book that was edited are
those of the build before.

For files of our own making, whose fonts have another name whenever anything in them is different.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import DecodeError, Struct, msgpack
from pikepdf import Stream

from bookforge.cache import Cache, make_key
from bookforge.preflight.pdf.colour import Colour
from bookforge.preflight.pdf.facts import Facts, Mark, Sheet
from bookforge.preflight.pdf.fonts import Font
from bookforge.preflight.pdf.plane import Box
from bookforge.preflight.pdf.state import known_font
from bookforge.preflight.pdf.values import as_dict

# Of pages with more than letters and rules more would have to be compared.
_PLAIN = {"/Font", "/ProcSet"}


class Seen(Struct, frozen=True, array_like=True):
    """A page as it was: where its ink is, and what was noted, in order."""

    text: Box
    art: list[Box]
    blank: bool
    fonts: list[str]
    numbers: list[tuple[str, float]]
    colours: list[tuple[str, Colour]]


_DECODER = msgpack.Decoder(Seen)


class Memo:
    """Looks up pages of one file, and keeps what is new."""

    def __init__(self, cache: Cache, fonts: dict[object, Font]) -> None:
        self._cache = cache
        self._fonts = fonts
        self._tables: dict[object, Mapping[str, Font]] = {}
        # Nearly all pages have the same fonts and edges.
        self._grounds: dict[tuple[int, Box, Box], bytes] = {}

    def name(self, page: Mapping[str, Any], safe: Box, sheet: Sheet) -> bytes:
        """What a look at a page depends on; b"" where that is more than is kept."""
        content = page.get("/Contents")
        table = self._table(page.get("/Resources"))
        if not table or not isinstance(content, Stream):
            return b""
        edges = (id(table), safe, sheet.media)
        ground = self._grounds.get(edges)
        if ground is None:
            whole = repr((*table, safe, sheet.media)).encode(errors="surrogatepass")
            ground = self._grounds[edges] = whole
        return make_key(b"seen", ground, content.read_raw_bytes())

    def _table(self, resources: Any) -> Mapping[str, Font]:
        """The fonts of a page by name."""
        place = getattr(resources, "objgen", (0, 0))
        if place == (0, 0):
            return {}
        if place not in self._tables:
            entries = as_dict(resources)
            plain = all(key in _PLAIN or not as_dict(value) for key, value in entries.items())
            fonts = as_dict(entries.get("/Font")).values() if plain else ()
            found = {font.name: font for font in (known_font(one, self._fonts) for one in fonts)}
            self._tables[place] = found
        return self._tables[place]

    def recall(self, key: bytes, page: Mapping[str, Any], sheet: Sheet, facts: Facts) -> bool:
        """Put what was seen of a page before into the sheet and the facts, if it was."""
        found = self._cache.get(key)
        try:
            seen = _DECODER.decode(found) if found is not None else None
        except DecodeError:
            seen = None
        if seen is None:
            return False
        sheet.text, sheet.art, sheet.blank = seen.text, seen.art, seen.blank
        table = self._table(page.get("/Resources"))
        for name in seen.fonts:
            facts.note(Mark.FONT, table[name], sheet.number)
        for mark, number in seen.numbers:
            facts.note(Mark[mark], number, sheet.number)
        for mark, colour in seen.colours:
            facts.note(Mark[mark], colour, sheet.number)
        return True

    def keep(self, key: bytes, sheet: Sheet, noted: Mapping[tuple[Mark, Any], None]) -> None:
        """Keep what was seen of a page, unless there was more than letters and rules."""
        fonts: list[str] = []
        numbers: list[tuple[str, float]] = []
        colours: list[tuple[str, Colour]] = []
        for mark, detail in noted:
            if isinstance(detail, Font):
                fonts.append(detail.name)
            elif mark in (Mark.SIZE, Mark.RULE):
                numbers.append((mark.name, detail))
            elif isinstance(detail, Colour) and mark in (Mark.TEXT, Mark.FILL):
                colours.append((mark.name, detail))
            else:
                return
        seen = Seen(sheet.text, sheet.art, sheet.blank, fonts, numbers, colours)
        self._cache.put(key, msgpack.encode(seen))
