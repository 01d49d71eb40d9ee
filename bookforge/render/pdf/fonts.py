"""Fonts in the PDF: composite TrueType fonts whose every code says what it stands for.

A code (CID) is given to each distinct pair of glyph and text, so the ligature of "fi", a small
capital and the hyphen at a line's end all give back the letters that the manuscript has. ISO
32000-1, 9.7 (composite fonts), 9.10 (extraction of text).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

from bookforge.fonts.data import open_font
from bookforge.fonts.face import FaceKey
from bookforge.fonts.metrics import Metrics, advance, measure_face
from bookforge.fonts.subset import Subset, subset_face
from bookforge.render.pdf.canvas import BookCanvas, number
from bookforge.render.pdf.document import Stream

# Bytes that mean something inside a literal string: no code holds one, so none is ever escaped.
_RESERVED = frozenset(b"()\\\r\n")
# Font descriptor flags, ISO 32000-1 table 123.
_FIXED, _SYMBOLIC, _ITALIC = 1, 4, 64
_BFCHAR_LIMIT = 100


class Codes(dict[tuple[int, str], bytes]):
    """Two-byte codes of (glyph, text) pairs, handed out in order of first use."""

    def __init__(self) -> None:
        super().__init__()
        self._last = 0

    def __missing__(self, pair: tuple[int, str]) -> bytes:
        self._last += 1
        while _RESERVED.intersection(divmod(self._last, 256)):
            self._last += 1
        code = self[pair] = struct.pack(">H", self._last)
        return code


class EmbeddedFont:
    """One face of the book: its name in the page streams, its codes, its space."""

    def __init__(self, key: FaceKey, name: str) -> None:
        self.key = key
        self.name = name
        self.codes = Codes()
        self._font = open_font(key)
        glyph = self._font.get_nominal_glyph(ord(" "))
        self.space_width = advance(self._font, glyph) if glyph else 0.0
        # The code of the word space; empty in a face without one.
        self.space = self.codes[glyph, " "] if glyph else b""

    def embed(self, canvas: BookCanvas) -> None:
        """Write the font objects, once all pages are painted and the codes known."""
        subset = subset_face(self.key, [glyph for glyph, _ in self.codes])
        metrics = measure_face(self.key)
        name = PDFName(f"{self._tag(subset)}+{metrics.name}")
        file = Stream(subset.data, {"Length1": len(subset.data)})
        descendant = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": name,
            "CIDSystemInfo": b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
            "FontDescriptor": canvas.add_object(_descriptor(name, metrics, file, canvas)),
            "DW": 0,
            "W": self._widths(),
            "CIDToGIDMap": canvas.add_object(Stream(self._glyph_map(subset))),
        }
        font = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": name,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([canvas.add_object(PDFDictionary(descendant))]),
            "ToUnicode": canvas.add_object(Stream(self._unicode_map())),
        }
        canvas.add_font(self.name, PDFDictionary(font))

    def _tag(self, subset: Subset) -> str:
        """Six capitals that tell this subset from others, the same in every build."""
        digest = hashlib.sha256(subset.data + repr(sorted(self.codes.items())).encode()).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])

    def _widths(self) -> bytes:
        """The W array: for each run of codes the first, then the widths."""
        runs: list[list[bytes]] = []
        before = -1
        for (glyph, _), code in self.codes.items():
            cid = int.from_bytes(code, "big")
            if cid != before + 1:
                runs.append([b"%d [" % cid])
            runs[-1].append(number(advance(self._font, glyph)))
            before = cid
        return b"[" + b"\n".join(b" ".join(run) + b"]" for run in runs) + b"]"

    def _glyph_map(self, subset: Subset) -> bytes:
        """CIDToGIDMap: two bytes for each code from 0 on."""
        size = 2 + 2 * max((int.from_bytes(code, "big") for code in self.codes.values()), default=0)
        table = bytearray(size)
        for (glyph, _), code in self.codes.items():
            place = 2 * int.from_bytes(code, "big")
            table[place : place + 2] = struct.pack(">H", subset.mapping[glyph])
        return bytes(table)

    def _unicode_map(self) -> bytes:
        """The ToUnicode CMap: code to UTF-16, in blocks of at most a hundred."""
        entries = [
            b"<%s><%s>" % (code.hex().encode(), text.encode("utf-16-be").hex().encode())
            for (_, text), code in self.codes.items()
        ]
        blocks = (
            b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block))
            for block in _chunks(entries, _BFCHAR_LIMIT)
        )
        return _CMAP_HEAD + b"\n".join(blocks) + _CMAP_FOOT


def _descriptor(name: str, metrics: Metrics, file: Stream, canvas: BookCanvas) -> PDFDictionary:
    flags = _SYMBOLIC | (_ITALIC if metrics.angle else 0) | (_FIXED if metrics.fixed else 0)
    entries: dict[str, object] = {
        "Type": PDFName("FontDescriptor"),
        "FontName": name,
        "Flags": flags,
        "FontBBox": b"[" + b" ".join(map(number, metrics.box)) + b"]",
        "ItalicAngle": number(metrics.angle),
        "Ascent": number(metrics.ascent),
        "Descent": number(metrics.descent),
        "CapHeight": number(metrics.capital),
        "StemV": number(_stem(metrics.weight)),
        "FontFile2": canvas.add_object(file),
    }
    return PDFDictionary(entries)


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
<0000><ffff>
endcodespacerange
"""
_CMAP_FOOT = b"""
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
