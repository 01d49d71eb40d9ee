"""reportlab's Canvas, made to take finished page streams and fonts of our own.

Three habits of the original are switched off here: the unembedded Helvetica in every page's
resources, the base-85 armour around streams, and the clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import BinaryIO

from reportlab.pdfbase.pdfdoc import (
    PDFInfo,
    PDFObject,
    PDFObjectReference,
    PDFResourceDictionary,
)
from reportlab.pdfgen.canvas import Canvas

from bookforge.render.pdf.document import BookDocument, Content, Raw, Stream, compress, pad

_NOTHING: Mapping[str, bytes] = {}


class Boxes(dict[str, bytes]):
    """The page boxes by name ("MediaBox"), as they are written."""

    def put(self, name: str, left: float, bottom: float, right: float, top: float) -> None:
        self[name] = b"[" + b" ".join(map(number, (left, bottom, right, top))) + b"]"


class BookCanvas(Canvas):
    """A Canvas whose pages are painted elsewhere and share one set of resources."""

    def __init__(self, file: BinaryIO, version: tuple[int, int], language: str) -> None:
        super().__init__(file, invariant=1, pdfVersion=version)
        self._doc = BookDocument(file, version, language)
        self._fonts: dict[str, PDFObjectReference] = {}
        self._images: dict[str, PDFObjectReference] = {}
        # One object for all pages, complete when the last of them is painted.
        shared = PDFResourceDictionary(Font=self._fonts, XObject=self._images)
        self._resources = self._doc.refer(shared)
        self._content = hashlib.sha256()

    def _make_preamble(self) -> None:
        """Pages begin with nothing: reportlab would select Helvetica here."""
        self._preamble = ""

    def this_page(self) -> PDFObjectReference:
        """What other objects refer to the page at hand by."""
        return PDFObjectReference(self._doc.thisPageName())

    def add_page(
        self, content: Content, boxes: Boxes, more: Mapping[str, bytes] = _NOTHING
    ) -> None:
        """Finish the page at hand: its operators, where it is trimmed, other entries."""
        self._content.update(content.packed)
        entries = {
            "Parent": self.spell(self._doc.refer(self._doc.Pages)),
            **boxes,
            "Resources": self.spell(self._resources),
            "Contents": self.spell(self._doc.put(content)),
            **more,
        }
        rows = [b"/%s %s" % (key.encode("ascii"), value) for key, value in entries.items()]
        self._doc.addPage(Raw(b"<</Type/Page\n" + b"\n".join(rows) + b">>"))

    def spell(self, reference: PDFObjectReference) -> bytes:
        """A reference as it is written."""
        return b"%d 0 R" % self._doc.number(str(reference.name))

    def add_object(self, thing: PDFObject) -> PDFObjectReference:
        """Write an object into the file; gives what other objects refer to it by."""
        return self._doc.put(thing)

    def refer(self, thing: PDFObject) -> PDFObjectReference:
        """Number an object that is still to change; it is written at the end."""
        return self._doc.refer(thing)

    def add_font(self, name: str, font: PDFObject) -> None:
        self._fonts[name] = self._doc.put(font)

    def add_image(self, name: str, image: Stream) -> None:
        self._content.update(image.content)
        self._images[name] = self._doc.put(image)

    def set_catalog(self, key: str, value: object) -> None:
        """An entry of the document's catalog."""
        setattr(self._doc.Catalog, key, value)

    def set_outline(self, root: PDFObjectReference) -> None:
        """Use an outline of our own instead of reportlab's."""
        self._doc.outline_root = root

    def set_info(self, info: PDFInfo) -> None:
        self._doc.info = info

    def save(self) -> None:
        """Finish the file; its identifier is derived from what is on the pages."""
        self._doc.identifier = self._content.hexdigest()[:32]
        super().save()


def compress_page(operators: bytes) -> Content:
    """Operators as a page's stream."""
    return Content(compress(pad(operators, b"\n")))


def number(value: float) -> bytes:
    """A number as PDF writes it: at most three decimals, none when it is whole."""
    text = b"%.3f" % value
    text = text.rstrip(b"0").rstrip(b".")
    return b"0" if text == b"-0" else text
