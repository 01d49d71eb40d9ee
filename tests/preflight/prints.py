"""Print PDFs made by hand: a flawless one, to be spoilt in one way each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Stream

from bookforge.diagnostics import Diagnostic
from bookforge.preflight.pdf.check import check_pdf
from bookforge.preflight.pdf.terms import Terms
from bookforge.printers.load import load_printer

WIDTH, HEIGHT = 396, 612
# The text of a page: letters 500 wide whose ink is from 50 to 450, 0 to 600 high, -200 for p.
INSIDE, TEXT_WIDTH = 90, 242
Edit = Callable[["Print"], object]


@lru_cache(maxsize=1)
def font_program() -> bytes:
    """A TrueType font of a blank, an a and a p."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space", "a", "p"])
    builder.setupCharacterMap({32: "space", 97: "a", 112: "p"})
    blank = TTGlyphPen(None).glyph()
    builder.setupGlyf({".notdef": blank, "space": blank, "a": _bar(0, 600), "p": _bar(-200, 400)})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "space", "a", "p"), (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-250)
    builder.setupNameTable({"familyName": "Bars", "styleName": "Regular", "psName": "Bars"})
    builder.setupOS2()
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def _bar(bottom: int, top: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, bottom))
    pen.lineTo((50, top))
    pen.lineTo((450, top))
    pen.lineTo((450, bottom))
    pen.closePath()
    return pen.glyph()


class Print:
    """A PDF in the making: 32 pages of 5.5 x 8.5 in, text in one embedded font, mirrored."""

    def __init__(self, pages: int = 32) -> None:
        self.pdf = pikepdf.new()
        self.font = self._make_font()
        for number in range(1, pages + 1):
            self.add_page(number)

    def add_page(self, number: int) -> None:
        x = INSIDE if number % 2 else WIDTH - INSIDE - TEXT_WIDTH
        letters = "a" * (TEXT_WIDTH * 1000 // 500 // 11)
        lines = f"BT /F1 11 Tf 0 g {x} 540 Td ({letters}) Tj 0 -14 Td [(ap)-500(pa)] TJ ET"
        page = Dictionary(
            Type=Name.Page,
            MediaBox=[0, 0, WIDTH, HEIGHT],
            TrimBox=[0, 0, WIDTH, HEIGHT],
            Resources=Dictionary(Font=Dictionary(F1=self.font)),
            Contents=Stream(self.pdf, lines.encode()),
        )
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))

    def _make_font(self, **entries: object) -> pikepdf.Object:
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/ABCDEF+Bars"),
            Flags=32,
            FontBBox=[0, -250, 500, 800],
            ItalicAngle=0,
            Ascent=800,
            Descent=-250,
            CapHeight=600,
            StemV=80,
            FontFile2=Stream(self.pdf, font_program()),
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/ABCDEF+Bars"),
            Encoding=Name.WinAnsiEncoding,
            FirstChar=32,
            LastChar=112,
            Widths=[500] * 81,
            FontDescriptor=descriptor,
        )
        return self.pdf.make_indirect(font)

    def page(self, number: int) -> pikepdf.Object:
        return self.pdf.pages[number - 1].obj

    def draw(self, number: int, content: str | bytes) -> None:
        """Put operations behind those of a page."""
        data = content if isinstance(content, bytes) else content.encode()
        page = self.page(number)
        page.Contents = Stream(self.pdf, page.Contents.read_bytes() + b"\n" + data)

    def write(self, number: int, content: str | bytes) -> None:
        """Give a page other operations."""
        data = content if isinstance(content, bytes) else content.encode()
        self.page(number).Contents = Stream(self.pdf, data)

    def put(self, number: int, kind: str, name: str, thing: object) -> None:
        """A resource of one page."""
        resources = self.page(number).Resources
        if kind not in resources:
            resources[kind] = Dictionary()
        resources[kind][name] = thing

    def image(self, number: int, matrix: str, **entries: object) -> None:
        """A picture of 100 x 100 pixels on a page."""
        space = entries.pop("ColorSpace", Name.DeviceGray)
        picture = Stream(self.pdf, bytes(10_000))
        known = {"Width": 100, "Height": 100, "BitsPerComponent": 8, "ColorSpace": space}
        for key, value in {**known, **entries}.items():
            picture[f"/{key}"] = value
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        self.put(number, "/XObject", "/Im1", picture)
        self.draw(number, f"q {matrix} cm /Im1 Do Q")

    def form(self, content: str | bytes, **entries: object) -> pikepdf.Object:
        data = content if isinstance(content, bytes) else content.encode()
        form = Stream(self.pdf, data)
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([0, 0, WIDTH, HEIGHT])
        for key, value in entries.items():
            form[f"/{key}"] = value
        return self.pdf.make_indirect(form)

    def save(self, path: Path, **options: object) -> Path:
        self.pdf.save(
            path,
            deterministic_id="encryption" not in options,
            fix_metadata_version=False,
            **options,
        )
        return path


def claim_x1a(book: Print) -> None:
    """What a PDF/X-1a:2003 must say."""
    info = {
        "/Title": "Bars",
        "/CreationDate": "D:20260101000000Z",
        "/ModDate": "D:20260101000000Z",
        "/GTS_PDFXVersion": "PDF/X-1a:2003",
    }
    for key, value in info.items():
        book.pdf.docinfo[key] = value
    book.pdf.docinfo["/Trapped"] = Name("/False")
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier="CGATS TR 001",
        RegistryName="http://www.color.org",
        Info="CGATS TR 001",
    )
    book.pdf.Root.OutputIntents = Array([intent])


def terms(printer: str = "kdp", **changes: object) -> Terms:
    return Terms("book.pdf", load_printer(printer), **changes)  # type: ignore[arg-type]


def inspect(path: Path, printer: str = "kdp", **changes: object) -> list[Diagnostic]:
    """What a printer has to say, but for the figures that are not confirmed."""
    found = check_pdf(path, terms(printer, **changes), printing=True)
    return [one for one in found if one.code != "P064"]


def codes(found: Iterable[Diagnostic]) -> list[str]:
    return [one.code for one in found]
