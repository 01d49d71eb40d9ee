"""Fonts in the PDF: composite TrueType fonts whose every code says what it stands for.

A code (CID) is given to each distinct pair of glyph and text, so the ligature of "fi", a small
capital and the hyphen at a line's end all give back the letters that the manuscript has. ISO
32000-1, 9.7 (composite fonts), 9.10 (extraction of text).
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

from bookforge.fonts.coverage import characters
from bookforge.fonts.data import open_font
from bookforge.fonts.face import FaceKey
from bookforge.fonts.metrics import advance, measure_face
from bookforge.fonts.subset import Subset, subset_face
from bookforge.render.pdf.canvas import BookCanvas, number
from bookforge.render.pdf.document import Stream, pad

# Codes are numbers to this base; no byte of one means anything inside a literal string.
_DIGITS = bytes(byte for byte in range(256) if byte not in b"()\\\r\n")
_BASE = len(_DIGITS)
# Font descriptor flags, ISO 32000-1 table 123.
_FIXED, _SYMBOLIC, _ITALIC = 1, 4, 64
_BFCHAR_LIMIT = 100
# A byte order mark inside a text joins words; the others are no characters.
_UNSPEAKABLE = {0: "\ufffd", 0xFEFF: "\u2060", 0xFFFE: "\ufffd"}


class Codes(dict[tuple[int, str], bytes]):
    """Two-byte codes of (glyph, text) pairs.

    A glyph that stands for its own character has its own number (for the first of them: in some
    faces hyphens and soft hyphens are one glyph); all other pairs have numbers behind those, by a
    hash of what they are. So an edit hardly ever changes the codes of the rest.
    """

    def __init__(self, key: FaceKey, font: hb.Font) -> None:
        super().__init__()
        self._key = key
        self._font = font
        self._taken: set[int] = {0}
        # What was taken over: nearly all of a page was so on others before.
        self._agreed: set[tuple[int, str, bytes]] = set()
        self._behind: int = min(font.face.glyph_count, _BASE * _BASE // 2)

    def __missing__(self, pair: tuple[int, str]) -> bytes:
        number = self._number(*pair)
        self._taken.add(number)
        code = self[pair] = _encode(number)
        return code

    def agree(self, codes: Collection[tuple[int, str, bytes]]) -> bool:
        """Take (glyph, text, code) over if asking for them in any order would give these codes."""
        if self._agreed.issuperset(codes):
            return True
        fresh: dict[tuple[int, str], bytes] = {}
        numbers: list[int] = []
        for glyph, text, code in codes:
            known = self.get((glyph, text))
            if known is None:
                numbers.append(self._number(glyph, text))
                known = fresh[glyph, text] = _encode(numbers[-1])
            if known != code:
                return False
        if len({*numbers}) < len(numbers):
            return False
        self.update(fresh)
        self._taken.update(numbers)
        self._agreed.update(codes)
        return True

    def _number(self, glyph: int, text: str) -> int:
        if glyph < self._behind and len(text) == 1 and self._is_own(glyph, ord(text)):
            return glyph
        room = _BASE * _BASE - self._behind
        at = zlib.crc32(f"{glyph} {text}".encode("utf-8", "surrogatepass")) % room
        while self._behind + at in self._taken:
            at = (at + 1) % room
        return self._behind + at

    def _is_own(self, glyph: int, character: int) -> bool:
        if character < 0x80:  # none comes before those of ASCII
            return bool(self._font.get_nominal_glyph(character) == glyph)
        return _first_characters(self._key).get(glyph) == character


@lru_cache(maxsize=16)
def _first_characters(key: FaceKey) -> Mapping[int, int]:
    """The first of the characters that each glyph of a face is for."""
    font, known = open_font(key), sorted(characters(key), reverse=True)
    return dict(zip(map(font.get_nominal_glyph, known), known, strict=True))


def _encode(number: int) -> bytes:
    return bytes((_DIGITS[number // _BASE], _DIGITS[number % _BASE]))


class EmbeddedFont:
    """One face of the book: its name in the page streams, its codes, its space."""

    def __init__(self, key: FaceKey, name: str) -> None:
        self.key = key
        self.name = name
        self._font = open_font(key)
        self.codes = Codes(key, self._font)
        glyph = self._font.get_nominal_glyph(ord(" "))
        self.space_width = advance(self._font, glyph) if glyph else 0.0
        # The code of the word space; empty in a face without one.
        self.space = self.codes[glyph, " "] if glyph else b""


class Cut:
    """A face cut down to what the pages use, once all of them are painted and its codes known."""

    def __init__(self, font: EmbeddedFont) -> None:
        self._name = font.name
        self._codes = dict(sorted(font.codes.items(), key=lambda one: one[1]))
        self._font = open_font(font.key)
        self._metrics = measure_face(font.key)
        subset = subset_face(font.key, [glyph for glyph, _ in font.codes])
        data = pad(subset.data, b"\1")
        self._base = PDFName(f"{self._tag(subset)}+{self._metrics.name}")
        self._file = Stream(data, {"Length1": len(data)})
        self._glyphs = Stream(pad(self._glyph_map(subset), b"\0\1"))
        self._texts = Stream(pad(self._unicode_map(), b"\n"))

    def embed(self, canvas: BookCanvas) -> None:
        """Write the font objects into a file."""
        descendant = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": self._base,
            "CIDSystemInfo": b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
            "FontDescriptor": canvas.add_object(self._descriptor(canvas)),
            "DW": 0,
            "W": self._widths(),
            "CIDToGIDMap": canvas.add_object(self._glyphs.copy()),
        }
        font = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": self._base,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([canvas.add_object(PDFDictionary(descendant))]),
            "ToUnicode": canvas.add_object(self._texts.copy()),
        }
        canvas.add_font(self._name, PDFDictionary(font))

    def _descriptor(self, canvas: BookCanvas) -> PDFDictionary:
        metrics = self._metrics
        flags = _SYMBOLIC | (_ITALIC if metrics.angle else 0) | (_FIXED if metrics.fixed else 0)
        entries: dict[str, object] = {
            "Type": PDFName("FontDescriptor"),
            "FontName": self._base,
            "Flags": flags,
            "FontBBox": b"[" + b" ".join(map(number, metrics.box)) + b"]",
            "ItalicAngle": number(metrics.angle),
            "Ascent": number(metrics.ascent),
            "Descent": number(metrics.descent),
            "CapHeight": number(metrics.capital),
            "StemV": number(_stem(metrics.weight)),
            "FontFile2": canvas.add_object(self._file.copy()),
        }
        return PDFDictionary(entries)

    def _tag(self, subset: Subset) -> str:
        """Six capitals that tell this subset from others, the same in every build."""
        digest = hashlib.sha256(subset.data + repr(sorted(self._codes.items())).encode()).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])

    def _widths(self) -> bytes:
        """The W array: for each run of codes the first, then the widths."""
        runs: list[list[bytes]] = []
        before = -1
        for (glyph, _), code in self._codes.items():
            cid = int.from_bytes(code, "big")
            if cid != before + 1:
                runs.append([b"%d [" % cid])
            runs[-1].append(number(advance(self._font, glyph)))
            before = cid
        return b"[" + b"\n".join(b" ".join(run) + b"]" for run in runs) + b"]"

    def _glyph_map(self, subset: Subset) -> bytes:
        """CIDToGIDMap: two bytes for each code from 0 on."""
        codes = (int.from_bytes(code, "big") for code in self._codes.values())
        size = 2 + 2 * max(codes, default=0)
        table = bytearray(size)
        for (glyph, _), code in self._codes.items():
            place = 2 * int.from_bytes(code, "big")
            table[place : place + 2] = struct.pack(">H", subset.mapping[glyph])
        return bytes(table)

    def _unicode_map(self) -> bytes:
        """The ToUnicode CMap: code to UTF-16, in blocks of at most a hundred."""
        entries = [
            b"<%s> <%s>" % (code.hex().encode(), _spell(text).encode("utf-16-be").hex().encode())
            for (_, text), code in self._codes.items()
        ]
        blocks = (
            b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block))
            for block in _chunks(entries, _BFCHAR_LIMIT)
        )
        return _CMAP_HEAD + b"\n".join(blocks) + _CMAP_FOOT


def _spell(text: str) -> str:
    """The text of a code without what no code may stand for (ISO 14289-1, 7.21.7)."""
    return text.translate(_UNSPEAKABLE)


def _stem(weight: float) -> float:
    """Thickness of stems, which no TrueType table holds: the usual estimate by weight."""
    return 50 + (weight / 65) ** 2


def _chunks(entries: list[bytes], size: int) -> Iterator[list[bytes]]:
    for start in range(0, len(entries), size):
        yield entries[start : start + size]


_CMAP_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_CMAP_FOOT = b"""
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
