"""One spoilt thing, one finding: each rule against a PDF that breaks it."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from prints import HEIGHT, WIDTH, Edit, Print, claim_x1a, codes, inspect

from bookforge.diagnostics import Severity


def _x4(book: Print) -> None:
    xmp = b'<x pdfxid:GTS_PDFXVersion="PDF/X-4"/>'
    book.pdf.Root.Metadata = Stream(book.pdf, xmp)


def _bleed(book: Print) -> None:
    """Nine points of bleed outside, above and below."""
    for number in range(1, len(book.pdf.pages) + 1):
        left = 0 if number % 2 else 9
        book.page(number).MediaBox = Array([-left, -9, WIDTH + 9 - left, HEIGHT + 9])


def _encode(book: Print) -> None:
    """A Type0 font whose code map is in the file: one byte a, two bytes p."""
    cmap = (
        b"begincmap 2 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange "
        b"1 begincidchar <61> 2 endcidchar 1 begincidrange <8000> <8003> 0 endcidrange endcmap"
    )
    inner = Dictionary(book.font)
    inner.Subtype, inner.DW, inner.W = Name.CIDFontType2, 500, Array([2, Array([500, 500])])
    inner.CIDToGIDMap = Name.Identity
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=book.font.BaseFont,
        Encoding=Stream(book.pdf, cmap),
        DescendantFonts=Array([book.pdf.make_indirect(inner)]),
        ToUnicode=Stream(book.pdf, b""),
    )
    for number in range(1, 33):
        book.put(number, "/Font", "/F1", font)


# What is spoilt, whose rules, the code, words of the message.
CASES: dict[str, tuple[Edit, str, str, str]] = {
    "text near the spine": (
        lambda b: b.draw(3, "BT /F1 11 Tf 20 300 Td (aa) Tj ET"),
        "kdp",
        "P090",
        "0.285 in from the spine on page 3; KDP asks for 0.375 in with 32 pages: page 3",
    ),
    "spine on the right of even pages": (
        lambda b: b.draw(4, f"BT /F1 11 Tf {WIDTH - 25} 300 Td [(a)-500(a)]TJ ET"),
        "kdp",
        "P090",
        "page 4",
    ),
    "folio near the edge": (
        lambda b: b.draw(5, "BT /F1 10 Tf 200 10 Td (a) Tj ET"),
        "kdp",
        "P091",
        "0.139 in from the edge on page 5; KDP asks for 0.25 in",
    ),
    "descender near the edge": (
        lambda b: b.draw(5, "BT /F1 10 Tf 200 19 Td (p) Tj ET"),
        "kdp",
        "P091",
        "0.236 in",
    ),
    "text in a form": (
        lambda b: (
            b.put(7, "/XObject", "/Fm", b.form("BT /F1 11 Tf 0 0 Td (a) Tj ET")),
            b.draw(7, "q 1 0 0 1 200 5 cm /Fm Do Q"),
        ),
        "kdp",
        "P091",
        "page 7",
    ),
    "turned text": (
        lambda b: b.draw(9, "BT /F1 10 Tf 0 1 -1 0 200 4 Tm (a) Tj ET"),
        "kdp",
        "P091",
        "0.062 in",
    ),
    "text through a code map": (
        lambda b: (
            _encode(b),
            b.draw(5, b"BT /F1 10 Tf 200 19 Td (a\x80\x03) Tj ET"),
        ),
        "kdp",
        "P091",
        "0.236 in",
    ),
    "Helvetica used": (
        lambda b: (
            b.put(2, "/Font", "/F9", Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding)),
            b.draw(2, "BT /F9 11 Tf 100 100 Td (a) Tj ET"),
        ),
        "universal",
        "P094",
        "Helvetica is used and not embedded: page 2",
    ),
    "Helvetica only named": (
        lambda b: b.put(2, "/Font", "/F9", Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding)),
        "kdp",
        "P094",
        "though unused: Helvetica",
    ),
    "Type 3": (
        lambda b: (
            b.put(2, "/Font", "/F9", Dictionary(
                Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 10, 10]),
                FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]), FirstChar=97, LastChar=97,
                Widths=Array([10]), Encoding=Dictionary(Differences=Array([97, Name.a])),
                CharProcs=Dictionary(a=Stream(b.pdf, b"10 0 d0 0 0 8 8 re f")))),
            b.draw(2, "BT /F9 11 Tf 150 100 Td (a) Tj ET"),
        ),
        "kdp",
        "P095",
        "Type 3",
    ),
    "no Unicode": (
        lambda b: b.font.__delitem__("/Encoding"),
        "kdp",
        "P095",
        "without their Unicode values: ABCDEF+Bars",
    ),
    "one large page": (
        lambda b: b.page(6).__setitem__("/TrimBox", Array([0, 0, WIDTH - 20, HEIGHT])),
        "kdp",
        "P086",
        "not all pages are 5.5 x 8.5 in: page 6 (the first of them 5.222 x 8.5 in)",
    ),
    "spreads": (
        lambda b: [_resize(b, n, 2 * WIDTH, HEIGHT) for n in range(1, 33)],
        "kdp",
        "P086",
        "two pages side by side",
    ),
    "an odd trim": (
        lambda b: [_resize(b, n, 200, 300) for n in range(1, 33)],
        "kdp",
        "P061",
        "KDP has no pages of 2.778 x 4.167 in",
    ),
    "too few pages": (lambda b: b.pdf.pages.__delitem__(slice(20, 32)), "kdp", "P060", "has 20"),
    "odd number": (lambda b: b.pdf.pages.__delitem__(31), "lulu", "P085", "31 pages"),
    "last page printed": (lambda b: None, "ingram", "P085", "last page is not blank"),
    "turned": (lambda b: b.page(8).__setitem__("/Rotate", 90), "kdp", "P089", "page 8"),
    "scaled": (lambda b: b.page(8).__setitem__("/UserUnit", 2), "kdp", "P089", "UserUnit"),
    "trim outside of media": (
        lambda b: b.page(8).__setitem__("/TrimBox", Array([-5, 0, WIDTH - 5, HEIGHT])),
        "kdp",
        "P088",
        "page 8",
    ),
    "no trim box": (
        lambda b: [b.page(n).__delitem__("/TrimBox") for n in range(1, 33)],
        "kdp",
        "P088",
        "no page says where it is cut (TrimBox): taken as 5.5 x 8.5 in",
    ),
    "cropped": (
        lambda b: b.page(8).__setitem__("/CropBox", Array([9, 9, WIDTH - 9, HEIGHT - 9])),
        "kdp",
        "P088",
        "crop box",
    ),
    "not mirrored": (
        lambda b: [b.write(n, "BT /F1 11 Tf 90 500 Td (aaaa) Tj ET") for n in range(1, 33)],
        "kdp",
        "P092",
        "1.258 in from the spine on odd pages and 3.952 in on even ones",
    ),
    "art to an edge without bleed": (
        lambda b: b.draw(1, f"0 0 {WIDTH} {HEIGHT} re f"),
        "kdp",
        "P093",
        "reaches the edge without any bleed",
    ),
    "art that stops in the bleed": (
        lambda b: (_bleed(b), b.draw(1, f"0 0 {WIDTH + 4} {HEIGHT + 9} re f")),
        "kdp",
        "P093",
        "stops before the bleed's end",
    ),
    "crop marks around": (
        lambda b: [
            b.page(n).__setitem__("/MediaBox", Array([-30, -30, WIDTH + 30, HEIGHT + 30]))
            for n in range(1, 33)
        ],
        "kdp",
        "P093",
        "other room than 0.125 in of bleed: pages 1-32",
    ),
    "art in the margin": (
        lambda b: b.draw(2, "10 10 40 40 re f"),
        "kdp",
        "P091",
        "artwork stands nearer",
    ),
    "RGB text": (
        lambda b: b.draw(2, "0 0 0 rg BT /F1 11 Tf 100 100 Td (a) Tj ET"),
        "ingram",
        "P096",
        "RGB colour in text, where IngramSpark asks for grey or pure black: page 2",
    ),
    "RGB through a profile": (
        lambda b: (
            b.put(2, "/ColorSpace", "/C", Array([Name.ICCBased, Stream(b.pdf, b"x", N=3)])),
            b.draw(2, "/C cs 0 0 0 scn BT /F1 11 Tf 100 100 Td (a) Tj ET"),
        ),
        "kdp",
        "P096",
        "RGB colour in text",
    ),
    "grey through a profile": (
        lambda b: (
            b.put(2, "/ColorSpace", "/C", Array([Name.ICCBased, Stream(b.pdf, b"x", N=1)])),
            b.draw(2, "/C cs 0 scn BT /F1 11 Tf 100 100 Td (a) Tj ET"),
        ),
        "kdp",
        "P096",
        "depends on a profile",
    ),
    "coloured ink": (
        lambda b: b.draw(2, "1 0 0 0 k 100 100 50 50 re f"),
        "kdp",
        "P096",
        "coloured ink in a book printed in black: areas and lines, page 2",
    ),
    "mixed black": (
        lambda b: b.draw(2, ".6 .4 .4 1 k BT /F1 11 Tf 100 100 Td (a) Tj ET"),
        "kdp",
        "P097",
        "black mixed with other inks: page 2",
    ),
    "too much ink": (
        lambda b: b.draw(2, ".9 .8 .8 .9 k 100 100 50 50 re f"),
        "kdp",
        "P097",
        "340 % of ink in areas and lines; KDP takes at most 240 %: page 2",
    ),
    "half-transparent": (
        lambda b: (
            b.put(2, "/ExtGState", "/G", Dictionary(ca=0.5)),
            b.draw(2, "/G gs 100 100 50 50 re f"),
        ),
        "kdp",
        "P098",
        "partly transparent ink",
    ),
    "blending": (
        lambda b: (
            b.put(2, "/ExtGState", "/G", Dictionary(BM=Name.Multiply)),
            b.draw(2, "/G gs 100 100 50 50 re f"),
        ),
        "kdp",
        "P098",
        "blend mode Multiply",
    ),
    "page group": (
        lambda b: b.page(2).__setitem__("/Group", Dictionary(S=Name.Transparency)),
        "kdp",
        "P098",
        "transparency group",
    ),
    "soft picture": (
        lambda b: b.image(2, "24 0 0 24 100 100", SMask=Stream(b.pdf, b"")),
        "kdp",
        "P098",
        "a picture with soft edges",
    ),
    "few pixels": (
        lambda b: b.image(2, "72 0 0 48 100 100"),
        "kdp",
        "P099",
        "100 pixels to the inch; KDP asks for 300: page 2",
    ),
    "few pixels in the stream": (
        lambda b: b.draw(2, b"q 36 0 0 36 100 100 cm BI /W 8 /H 8 /CS /G /BPC 8 ID "
                         + bytes(range(64, 128)) + b" EI Q"),
        "kdp",
        "P099",
        "16 pixels",
    ),
    "small type": (
        lambda b: b.draw(2, "BT /F1 5 Tf 100 100 Td (a) Tj ET"),
        "kdp",
        "P100",
        "type of 5 pt; KDP asks for 7 pt at the least: page 2",
    ),
    "type made small": (
        lambda b: b.draw(2, "q .5 0 0 .5 0 0 cm BT /F1 10 Tf 200 200 Td (a) Tj ET Q"),
        "kdp",
        "P100",
        "type of 5 pt",
    ),
    "hairline": (
        lambda b: b.draw(2, ".1 w 100 100 m 200 100 l S"),
        "kdp",
        "P101",
        "lines of 0.1 pt; KDP asks for 0.75 pt",
    ),
    "hairline as an area": (
        lambda b: b.draw(2, "100 100 80 .2 re f"),
        "kdp",
        "P101",
        "lines of 0.2 pt",
    ),
    "pale grey": (
        lambda b: b.draw(2, ".95 g 100 100 50 50 re f"),
        "kdp",
        "P101",
        "grey of 5 % in areas and lines",
    ),
    "blank pages": (
        lambda b: [b.write(n, "q Q") for n in (5, 6, 7)],
        "kdp",
        "P102",
        "3 blank pages follow each other: pages 5-7",
    ),
    "a link": (
        lambda b: b.page(2).__setitem__("/Annots", Array([Dictionary(Subtype=Name.Link)])),
        "kdp",
        "P103",
        "1 Link): page 2",
    ),
    "a form": (
        lambda b: b.pdf.Root.__setitem__("/AcroForm", Dictionary(Fields=Array([]))),
        "kdp",
        "P103",
        "a form to fill in",
    ),
    "JavaScript": (
        lambda b: b.pdf.Root.__setitem__("/Names", Dictionary(JavaScript=Dictionary())),
        "kdp",
        "P103",
        "JavaScript",
    ),
    "an attachment": (
        lambda b: b.pdf.attachments.__setitem__("a.txt", b"a"),
        "kdp",
        "P103",
        "attached files",
    ),
    "an action": (
        lambda b: b.pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.URI)),
        "kdp",
        "P103",
        "actions",
    ),
    "layers": (
        lambda b: b.pdf.Root.__setitem__("/OCProperties", Dictionary(OCGs=Array([]))),
        "kdp",
        "P103",
        "layers",
    ),
    "bookmarks": (
        lambda b: b.pdf.Root.__setitem__("/Outlines", Dictionary(First=Dictionary())),
        "kdp",
        "P104",
        "bookmarks (an outline); KDP takes none",
    ),
    "metadata": (
        lambda b: b.pdf.Root.__setitem__("/Metadata", Stream(b.pdf, b"<x/>")),
        "kdp",
        "P104",
        "metadata (XMP)",
    ),
    "X-1a with RGB": (
        lambda b: (claim_x1a(b), b.draw(2, "1 0 0 rg 100 100 50 50 re f")),
        "kdp",
        "P105",
        "no PDF/X-1a:2003: colours that are no inks: DeviceRGB",
    ),
    "X-1a without an intent": (
        lambda b: (claim_x1a(b), b.pdf.Root.__delitem__("/OutputIntents")),
        "kdp",
        "P105",
        "0 output intents",
    ),
    "X-1a of an untold trapping": (
        lambda b: (claim_x1a(b), b.pdf.docinfo.__delitem__("/Trapped")),
        "kdp",
        "P105",
        "Trapped is neither True nor False",
    ),
    "X-1a without trim": (
        lambda b: (claim_x1a(b), b.page(3).__delitem__("/TrimBox")),
        "kdp",
        "P105",
        "no trim box: page 3",
    ),
    "X-1a with PostScript": (
        lambda b: (
            claim_x1a(b),
            b.put(2, "/ExtGState", "/G", Dictionary(TR=Name.Odd)),
            b.draw(2, "/G gs"),
        ),
        "kdp",
        "P105",
        "a transfer curve",
    ),
    "X-4 without a profile": (_x4, "kdp", "P105", "0 output intents"),
    "no standard for Ingram": (lambda b: None, "ingram", "P105", "claims no print standard"),
    "an unknown font": (
        lambda b: b.draw(2, "BT /F7 11 Tf 100 100 Td (a) Tj ET"),
        "kdp",
        "P083",
        "a font that is not in the file: page 2",
    ),
    "an unknown operator": (
        lambda b: b.draw(2, "1 2 frobnicate"),
        "kdp",
        "P083",
        "unknown operator (frobnicate): page 2",
    ),
    "wrong operands": (
        lambda b: b.draw(2, "(a) 2 Td"),
        "kdp",
        "P083",
        "wrong operands (Td)",
    ),
}  # fmt: skip


def _resize(book: Print, number: int, width: float, height: float) -> None:
    for key in ("/MediaBox", "/TrimBox"):
        book.page(number)[key] = Array([0, 0, width, height])


@pytest.mark.parametrize("case", CASES)
def test_what_is_spoilt_is_found(case: str, tmp_path: Path) -> None:
    spoil, printer, code, words = CASES[case]
    book = Print()
    spoil(book)
    found = inspect(book.save(tmp_path / "book.pdf", min_version="1.4"), printer)
    assert words in "\n".join(one.message for one in found if one.code == code), found


def test_a_flawless_book_gives_nothing(tmp_path: Path) -> None:
    book = Print()
    claim_x1a(book)
    path = book.save(tmp_path / "book.pdf", force_version="1.4")
    assert inspect(path) == []


@pytest.mark.parametrize("printer", ["universal", "lulu", "bn", "kdp"])
def test_a_book_with_bleed_gives_nothing(printer: str, tmp_path: Path) -> None:
    book = Print(40)
    claim_x1a(book)
    _bleed(book)
    book.draw(1, f"-9 -9 {WIDTH + 18} {HEIGHT + 18} re f")
    found = inspect(book.save(tmp_path / "book.pdf", force_version="1.4"), printer)
    assert [one for one in found if one.severity is Severity.ERROR] == []
    assert "P093" not in codes(found) and "P091" not in codes(found)


def test_white_clipped_and_hidden_things_are_no_ink(tmp_path: Path) -> None:
    book = Print()
    book.draw(2, f"1 g 0 0 {WIDTH} {HEIGHT} re f 0 g")
    book.draw(3, "q 100 100 50 50 re W n 0 0 300 300 re f Q")
    book.draw(4, "BT 3 Tr /F1 11 Tf 5 5 Td (a) Tj ET")
    book.draw(5, "BT /F1 11 Tf -300 5 Td (a) Tj ET")
    claim_x1a(book)
    assert inspect(book.save(tmp_path / "book.pdf", force_version="1.4")) == []


def test_a_book_read_from_the_right(tmp_path: Path) -> None:
    """Its spine is on the other side: what was the inside margin is the outer one."""
    book = Print()
    claim_x1a(book)
    book.pdf.Root.ViewerPreferences = Dictionary(Direction=Name.R2L)
    book.draw(3, f"BT /F1 11 Tf {WIDTH - 25} 300 Td (aa) Tj ET")
    found = inspect(book.save(tmp_path / "book.pdf", force_version="1.4"))
    assert codes(found) == ["P090"]


@pytest.mark.parametrize(
    ("name", "width"),
    [("Helvetica", 0.944), ("Arial-BoldMT", 0.944), ("Times-Italic", 0.833), ("Courier", 0.6)],
)
def test_standard_fonts_have_their_widths_without_saying_them(
    name: str, width: float, tmp_path: Path
) -> None:
    """A W whose advance ends ten points from the edge."""
    book = Print()
    entry = {"Type": Name.Font, "Subtype": Name.Type1, "BaseFont": Name(f"/{name}")}
    book.put(3, "/Font", "/F9", Dictionary(Encoding=Name.WinAnsiEncoding, **entry))
    book.draw(3, f"BT /F9 100 Tf {WIDTH - 10 - 100 * width} 300 Td (W) Tj ET")
    (found,) = [one for one in inspect(book.save(tmp_path / "b.pdf")) if one.code == "P091"]
    assert "text stands 0.139 in from the edge on page 3" in found.message


def test_only_a_named_printer_refuses(tmp_path: Path) -> None:
    book = Print()
    book.draw(3, "BT /F1 11 Tf 20 300 Td (aa) Tj ET")
    path = book.save(tmp_path / "book.pdf")
    levels = {
        printer: {one.severity for one in inspect(path, printer) if one.code == "P090"}
        for printer in ("kdp", "universal")
    }
    assert levels == {"kdp": {Severity.ERROR}, "universal": {Severity.WARNING}}


def test_colour_is_no_matter_where_it_is_ordered(tmp_path: Path) -> None:
    book = Print()
    book.draw(2, "1 0 0 rg 100 100 50 50 re f 0 1 0 0 k 100 100 50 50 re f")
    path = book.save(tmp_path / "book.pdf")
    assert "P096" in codes(inspect(path, "lulu"))
    assert "P096" not in codes(inspect(path, "lulu", ink="premium-colour", paper="white"))


def test_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bookforge.preflight.pdf import check
    from bookforge.preflight.pdf.facts import Facts, Sheet
    from bookforge.preflight.pdf.plane import Box

    sheet = Sheet(1, Box(0, 0, WIDTH, HEIGHT))
    monkeypatch.setattr(check, "read_facts", lambda *_: Facts(700_000_000, [sheet]))
    found = inspect(tmp_path / "none.pdf")
    assert ("P106", "700 MB; KDP takes at most 650 MB") in [(f.code, f.message) for f in found]


def test_every_finding_says_whose_rule_it_is(tmp_path: Path) -> None:
    book = Print()
    book.draw(3, "BT /F1 11 Tf 20 300 Td (aa) Tj ET")
    (found,) = [one for one in inspect(book.save(tmp_path / "book.pdf")) if one.code == "P090"]
    assert [hint.message for hint in found.hints] == [
        "set the inside margin to 0.375 in at the least, mirrored left and right",
        "the rule: KDP help GVBQ3CMEQW3W2VL6, Set Trim Size, Bleed, and Margins",
    ]
    assert found.file == "book.pdf"


def test_pikepdf_still_reads_what_we_make(tmp_path: Path) -> None:
    with pikepdf.open(Print().save(tmp_path / "book.pdf")) as pdf:
        assert len(pdf.pages) == 32 and not pdf.check_pdf_syntax()
