"""Fonts of a PDF as the interpreter needs them: advances and ink of strings. ISO 32000-1, 9.

Measures are thousandths of the type size. Strings recur (words, parts between two kerns), so what
is known of a string is kept by its bytes.
"""

from __future__ import annotations

import tomllib
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from pikepdf import Array, Name, PdfError, Stream

from bookforge.preflight.pdf.cmaps import CodeMap, read_pairs
from bookforge.preflight.pdf.outlines import Outlines, open_outlines
from bookforge.preflight.pdf.plane import NOWHERE, Box
from bookforge.preflight.pdf.values import (
    as_array,
    as_dict,
    as_matrix,
    as_name,
    as_number,
    as_numbers,
)
from bookforge.regex import regex

_SUBSET = regex(r"[A-Z]{6}\+")
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_ENCODINGS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman"}
# For fonts without widths that are not even among the standard ones: a middling letter.
_MIDDLING = 550.0
# Other names that the standard fonts go by, and the styles that are added with a comma or hyphen.
_FAMILIES = {"Arial": "Helvetica", "Helvetica": "Helvetica", "Times": "Times", "Courier": "Courier"}
_ASCENT, _DESCENT = 750.0, -250.0
# Distinct strings kept at once of each font: those of a novel.
_MEMORY = 24_000


class Font:
    """One font object."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self._entry = entry
        self.subtype = as_name(entry.get("/Subtype"))
        self.composite = self.subtype == "Type0"
        inner = as_array(entry.get("/DescendantFonts"))
        self._inner = as_dict(inner[0]) if self.composite and inner else entry
        self._descriptor = as_dict(self._inner.get("/FontDescriptor"))
        self.name = as_name(entry.get("/BaseFont")) or as_name(entry.get("/Name")) or "?"
        self.is_type3 = self.subtype == "Type3"
        self.embedded = self.is_type3 or any(
            isinstance(self._descriptor.get(key), Stream) for key in _PROGRAMS
        )
        self.subset = bool(_SUBSET.match(self.name))
        self._boxes: dict[int, Box] = {}
        self.unicode = self._has_unicode()
        self.ends = Ends(self)
        self.heights = Heights(self)
        own = self.composite and isinstance(entry.get("/Encoding"), Stream)
        # How many bytes hold two codes at the least.
        self.pair = 8 if own else 4 if self.composite else 2
        # Codes of a simple font, characters (CIDs) of a composite one.
        self.codes: Callable[[bytes], Sequence[int]] = self._code_map() if self.composite else bytes
        self.advances = Advances(self)

    @cached_property
    def unit(self) -> float:
        """A thousandth of the type size in the font's own units."""
        if not self.is_type3:
            return 1.0
        return as_matrix(self._entry.get("/FontMatrix"))[0] * 1000

    @cached_property
    def widths(self) -> Widths:
        """The advance of every code."""
        if self.composite:
            default = as_number(self._inner.get("/DW"), 1000.0)
            return Widths(default, _read_cid_widths(as_array(self._inner.get("/W"))))
        first = int(as_number(self._entry.get("/FirstChar"), 0))
        listed = as_numbers(self._entry.get("/Widths"))
        if not listed:
            return Widths(_MIDDLING, enumerate(_core_widths(self.name), 32))
        default = as_number(self._descriptor.get("/MissingWidth"), 0.0)
        return Widths(default, enumerate([width * self.unit for width in listed], first))

    def measure(self) -> Measures | None:
        """The advances as the compiled kernel takes them; None where codes are of many sizes."""
        if not self.composite:
            return Measures(array("d", map(self.widths.__getitem__, range(256))), 0.0, 1)
        if self.codes is not read_pairs:
            return None
        listed = {code: width for code, width in self.widths.items() if 0 <= code <= 0xFFFF}
        widths = array("d", (self.widths.default,)) * (1 + max(listed, default=-1))
        for code, width in listed.items():
            widths[code] = width
        return Measures(widths, self.widths.default, 2)

    @cached_property
    def _usual(self) -> tuple[float, float]:
        """Lowest and highest ink of ordinary letters, for glyphs that cannot be measured."""
        top = as_number(self._descriptor.get("/Ascent"), 0.0)
        bottom = as_number(self._descriptor.get("/Descent"), 0.0)
        if self.is_type3 or not 0 < top <= 2000 or not -2000 <= bottom <= 0:
            return _DESCENT, _ASCENT
        return bottom, top

    @cached_property
    def _outlines(self) -> Outlines | None:
        for key in _PROGRAMS[1:]:
            program = self._descriptor.get(key)
            if isinstance(program, Stream):
                compact = as_name(program.get("/Subtype")) in ("Type1C", "CIDFontType0C")
                try:
                    return open_outlines(program.read_bytes(), compact)
                except PdfError:
                    return None
        return None

    def box(self, code: int) -> Box:
        """The ink of one glyph from its own origin; `NOWHERE` when it is blank."""
        known = self._boxes.get(code)
        if known is None:
            known = self._boxes[code] = self._measure(code)
        return known

    def _measure(self, code: int) -> Box:
        outlines = self._outlines
        glyph = self._glyph(code, outlines) if outlines else None
        found = outlines.by_number(glyph) if outlines and glyph is not None else None
        if found is not None:
            return found
        if not self.composite and code == 32:
            return NOWHERE
        bottom, top = self._usual
        return Box(0.0, bottom, self.widths[code], top)

    def _glyph(self, code: int, outlines: Outlines) -> int | None:
        if self.composite:
            return self._glyph_of_cid(code, outlines)
        name = self._names.get(code)
        glyph = outlines.by_name(name) if name else None
        if glyph is None:
            glyph = outlines.by_character(self._character(code, name))
        return outlines.by_character(code) if glyph is None else glyph

    def _glyph_of_cid(self, cid: int, outlines: Outlines) -> int | None:
        table = self._glyph_map
        if table is None:
            return outlines.by_cid(cid)
        return int.from_bytes(table[2 * cid : 2 * cid + 2], "big")

    @cached_property
    def _glyph_map(self) -> bytes | None:
        """CIDToGIDMap where it is a table."""
        table = self._inner.get("/CIDToGIDMap")
        try:
            return table.read_bytes() if isinstance(table, Stream) else None
        except PdfError:
            return None

    def _character(self, code: int, name: str | None) -> int:
        """The code point that a code of a simple font stands for."""
        if name:
            from fontTools.agl import toUnicode

            text = toUnicode(name)
            return ord(text[0]) if text else code
        encoding = self._entry.get("/Encoding")
        base = as_name(encoding) or as_name(as_dict(encoding).get("/BaseEncoding"))
        codec = _ENCODINGS.get(base)
        return ord(bytes([code]).decode(codec, "replace")) if codec else code

    @cached_property
    def _names(self) -> Mapping[int, str]:
        """Glyph names by code, where the font says so itself (Differences)."""
        found: dict[int, str] = {}
        code = 0
        for item in as_array(as_dict(self._entry.get("/Encoding")).get("/Differences")):
            if isinstance(item, Name):
                found[code] = as_name(item)
                code += 1
            else:
                code = int(as_number(item, 0))
        return found

    def _has_unicode(self) -> bool:
        """Whether readers can tell which characters the codes are."""
        if isinstance(self._entry.get("/ToUnicode"), Stream):
            return True
        return not self.composite and "/Encoding" in self._entry

    def _code_map(self) -> Callable[[bytes], Sequence[int]]:
        encoding = self._entry.get("/Encoding")
        if not isinstance(encoding, Stream):
            return read_pairs
        try:
            return CodeMap(encoding.read_bytes()).read
        except PdfError:
            return read_pairs


class Widths(dict[int, float]):
    """Advances by code; those that are not listed have one in common."""

    def __init__(self, default: float, listed: Iterable[tuple[int, float]]) -> None:
        super().__init__(listed)
        self.default = default

    def __missing__(self, code: int) -> float:
        return self.default


class Measures(NamedTuple):
    """Advances by code, that of all codes beyond them, and of how many bytes a code is."""

    widths: array[float]
    other: float
    size: int


class Advances(dict[bytes, float]):
    """How far strings of a font move the pen, by their bytes."""

    def __init__(self, font: Font) -> None:
        super().__init__()
        self._width = font.widths.__getitem__
        self._codes = font.codes

    def __missing__(self, text: bytes) -> float:
        if len(self) >= _MEMORY:
            self.clear()
        total = self[text] = sum(map(self._width, self._codes(text)))
        return total


class Ends(dict[bytes, tuple[float, float] | None]):
    """How far from a string's beginning and before its end its ink is; None for blank ones."""

    def __init__(self, font: Font) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, text: bytes) -> tuple[float, float] | None:
        if len(self) >= _MEMORY:
            self.clear()
        codes = self._font.codes(text)
        head, tail = self._blank(codes, first=True), self._blank(codes[::-1], first=False)
        found = self[text] = None if head is None or tail is None else (head, tail)
        return found

    def _blank(self, codes: Sequence[int], *, first: bool) -> float | None:
        """From the outside to the first ink."""
        font, blank = self._font, 0.0
        for code in codes:
            box, width = font.box(code), font.widths[code]
            if not box.is_empty:
                return blank + (box.left if first else width - box.right)
            blank += width
        return None


class Heights(dict[bytes, tuple[float, float]]):
    """The lowest and the highest ink of strings, from the baseline; blank ones have neither."""

    def __init__(self, font: Font) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, text: bytes) -> tuple[float, float]:
        if len(self) >= _MEMORY:
            self.clear()
        boxes = list(map(self._font.box, self._font.codes(text)))
        bottom = min([box.bottom for box in boxes], default=NOWHERE.bottom)
        found = self[text] = bottom, max([box.top for box in boxes], default=NOWHERE.top)
        return found


@lru_cache(maxsize=1)
def _read_core() -> Mapping[str, Sequence[float]]:
    file = resources.files("bookforge.preflight.pdf") / "core.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _core_widths(name: str) -> Sequence[float]:
    """The widths of a standard font, which files need not give; none for other fonts."""
    family = next((core for start, core in _FAMILIES.items() if name.startswith(start)), "")
    bold, slanted = "Bold" in name, "Italic" in name or "Oblique" in name
    if family == "Courier":
        return [600.0] * 224
    if family == "Times":
        style = f"{'Bold' * bold}{'Italic' * slanted}" or "Roman"
        return _read_core()[f"Times-{style}"]
    return _read_core()["Helvetica-Bold" if bold else family] if family else ()


def _read_cid_widths(items: Sequence[Any]) -> Iterable[tuple[int, float]]:
    """The W array: `first [w w w]` and `first last w`."""
    found: dict[int, float] = {}
    place = 0
    while place + 1 < len(items):
        first = int(as_number(items[place], 0))
        if isinstance(items[place + 1], Array):
            found.update(enumerate(as_numbers(items[place + 1]), first))
            place += 2
        elif place + 2 < len(items):
            last = min(int(as_number(items[place + 1], 0)), 0xFFFF)
            width = as_number(items[place + 2], 0.0)
            found.update(dict.fromkeys(range(first, last + 1), width))
            place += 3
        else:
            break
    return found.items()
