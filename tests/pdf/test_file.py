"""The file around the pages: fonts, colours, boxes, labels, equal bytes, no half outputs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from handmade import FAMILY, METADATA, Shaper, context, layout, set_text
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from opened import fonts, operators, write
from PIL import Image, ImageCms

from bookforge.diagnostics import BookError
from bookforge.render.pdf.book import paint
from bookforge.render.pdf.metadata import read_label
from bookforge.render.pdf.pictures import hold_ink
from bookforge.typeset.frames import Layout, Page, Picture, Rule, TextLine

TEXT = "The quick brown fox jumps over the lazy dog, and the office cat looks on. " * 9


def sample() -> Layout:
    roman, italic = Shaper(), Shaper(FAMILY.italic)
    rule = Rule(54, 300, 100, 0.5, grey=0.5)
    grey = TextLine(54, 320, 9, (italic("grey"), roman("words")), 2.2, grey=0.4)
    return layout([*set_text(TEXT, roman), rule, grey], [], list(set_text(TEXT, italic)))


def image_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.pages[0].resources.XObject["/Im1"]


def test_every_font_is_embedded_and_cut_down(tmp_path: Path) -> None:
    with pikepdf.open(write(sample(), tmp_path)) as pdf:
        found = fonts(pdf)
        assert len(found) == 2
        for font in found.values():
            inner = font.DescendantFonts[0]
            assert str(font.BaseFont)[7] == "+" and font.BaseFont == inner.BaseFont
            assert len(inner.FontDescriptor.FontFile2.read_bytes()) < 20_000


def test_no_font_is_named_that_is_not_embedded(tmp_path: Path) -> None:
    data = write(sample(), tmp_path).read_bytes()
    assert b"Helvetica" not in data and b"ASCII85" not in data


def test_ink_is_black_and_grey_only(tmp_path: Path) -> None:
    with pikepdf.open(write(sample(), tmp_path)) as pdf:
        used = {operator for operator, _ in operators(pdf)}
    assert not used & {"rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "gs", "sh"}
    assert "g" in used


def test_the_print_file_has_no_outline_links_or_annotations(tmp_path: Path) -> None:
    with pikepdf.open(write(sample(), tmp_path)) as pdf:
        assert not {"/Outlines", "/Names", "/Dests", "/AcroForm", "/OpenAction"} & set(pdf.Root)
        assert all("/Annots" not in page for page in pdf.pages)


def test_info_and_language(tmp_path: Path) -> None:
    with pikepdf.open(write(sample(), tmp_path)) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert pdf.Root.Lang == "en-GB"
    assert info["/Title"] == "The Laurel Road"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20231114221320Z"
    assert info["/Trapped"] == "/False"
    # KDP wants no metadata; the standard wants a title.
    assert not {"/Author", "/Subject", "/Keywords"} & set(info)


def test_the_author_is_named_where_the_printer_does_not_mind(tmp_path: Path) -> None:
    with pikepdf.open(write(sample(), tmp_path, printer="ingram")) as pdf:
        assert pdf.docinfo["/Author"] == "Ann Example"


@pytest.mark.parametrize(
    ("printing", "version", "claim"),
    [
        ({}, "1.3", "PDF/X-1:2001"),
        ({"printer": "ingram"}, "1.3", "PDF/X-1:2001"),
        # Lulu wants colours as sRGB, which no print standard of these allows.
        ({"printer": "lulu"}, "1.3", "PDF/X-1:2001"),
        ({"printer": "lulu", "ink": "colour"}, "1.4", None),
        ({"printer": "ingram", "standard": "none"}, "1.4", None),
        ({"standard": "pdf/x-1a"}, "1.3", "PDF/X-1:2001"),
        ({"standard": "pdf/x-1a:2003"}, "1.4", "PDF/X-1a:2003"),
        ({"standard": "pdf/x-4"}, "1.6", "PDF/X-4"),
    ],
)
def test_print_standards_are_claimed_where_asked_for(
    tmp_path: Path, printing: dict[str, str], version: str, claim: str | None
) -> None:
    with pikepdf.open(write(sample(), tmp_path, **printing)) as pdf:
        assert pdf.pdf_version == version
        assert ("/OutputIntents" in pdf.Root) == (claim is not None)
        if claim:
            (intent,) = pdf.Root.OutputIntents
            assert intent.S == "/GTS_PDFX"
            assert str(pdf.docinfo["/GTS_PDFXVersion"]) == claim


@pytest.mark.parametrize(("ink", "space", "parts"), [("black", b"GRAY", 1), ("colour", b"CMYK", 4)])
def test_x4_has_its_profile_inside_and_says_who_it_is(
    ink: str, space: bytes, parts: int, tmp_path: Path
) -> None:
    with pikepdf.open(write(sample(), tmp_path, standard="pdf/x-4", ink=ink)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        data = intent.DestOutputProfile.read_bytes()
        assert (data[12:16], data[16:20], intent.DestOutputProfile.N) == (b"prtr", space, parts)
        ImageCms.ImageCmsProfile(BytesIO(data))
        with pdf.open_metadata() as xmp:
            assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
            assert xmp["dc:title"] == "The Laurel Road"
            assert xmp["xmpMM:RenditionClass"] == "default"
            assert xmp["xmp:CreateDate"] == "2023-11-14T22:13:20Z"


def test_titles_beyond_latin_survive(tmp_path: Path) -> None:
    target = tmp_path / "book.pdf"
    title = "Война (и мир) \\ — 漢字"
    paint(sample(), replace(METADATA, title=title), {"print": target}, context(tmp_path))
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Title"]) == title


def test_the_page_is_the_trimmed_sheet(tmp_path: Path) -> None:
    with pikepdf.open(write(sample(), tmp_path)) as pdf:
        for page in pdf.pages:
            assert list(page.mediabox) == list(page.trimbox) == [0, 0, 396, 612]
            assert "/BleedBox" not in page


def test_bleed_goes_on_every_edge_but_the_spine(tmp_path: Path) -> None:
    with pikepdf.open(write(sample(), tmp_path, bleed=True)) as pdf:
        recto, verso = pdf.pages[0], pdf.pages[1]
        assert list(recto.mediabox) == list(verso.bleedbox) == [0, 0, 405, 630]
        assert list(recto.trimbox) == [0, 9, 396, 621]
        assert list(verso.trimbox) == [9, 9, 405, 621]


def test_lulu_has_its_bleed_at_the_spine_too(tmp_path: Path) -> None:
    with pikepdf.open(write(sample(), tmp_path, bleed=True, printer="lulu")) as pdf:
        for page in pdf.pages:
            assert list(page.mediabox) == [0, 0, 414, 630]
            assert list(page.trimbox) == [9, 9, 405, 621]


def test_bleed_of_a_book_from_right_to_left_is_on_the_other_side(tmp_path: Path) -> None:
    with pikepdf.open(write(replace(sample(), turned=True), tmp_path, bleed=True)) as pdf:
        assert list(pdf.pages[0].trimbox) == [9, 9, 405, 621]


def test_crop_marks_stand_outside_page_and_bleed_and_only_on_request(tmp_path: Path) -> None:
    with pikepdf.open(write(sample(), tmp_path, bleed=True, **{"crop-marks": True})) as pdf:
        recto = pdf.pages[0]
        assert list(recto.mediabox) == [0, 0, 459, 684]
        assert list(recto.bleedbox) == [27, 27, 432, 657]
        assert list(recto.trimbox) == [27, 36, 423, 648]
        lines = [one for one in pikepdf.parse_content_stream(recto) if str(one.operator) == "l"]
        assert len(lines) == 8


def test_page_labels_are_ranges(tmp_path: Path) -> None:
    labels = ["i", "ii", "iii", "iv", "1", "2", "plate", "3", ""]
    pages = tuple(Page(n, label, bool(n % 2), ()) for n, label in enumerate(labels, 1))
    with pikepdf.open(write(Layout(396, 612, pages, ()), tmp_path)) as pdf:
        assert [str(page.label) for page in pdf.pages] == labels
        assert len(pdf.Root.PageLabels.Nums) == 2 * 5


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("1", ("D", 1)),
        ("12", ("D", 12)),
        ("012", ("", 0)),
        ("iv", ("r", 4)),
        ("xlix", ("r", 49)),
        ("iiii", ("", 0)),
        ("A-1", ("", 0)),
        ("", ("", 0)),
    ],
)
def test_labels_are_read(label: str, read: tuple[str, int]) -> None:
    assert read_label(label) == read


@given(st.tuples(*[st.integers(0, 255)] * 4), st.sampled_from([200.0, 240.0, 300.0]), st.booleans())
def test_all_inks_together_keep_the_printers_limit(
    inks: tuple[int, int, int, int], limit: float, full: bool
) -> None:
    inks = (*inks[:3], 255) if full else inks
    held = hold_ink(Image.new("CMYK", (1, 1), inks), limit).getpixel((0, 0))
    assert isinstance(held, tuple)
    assert sum(held) <= max(limit * 2.55, 255)
    assert held[3] == inks[3]
    if sum(inks) <= limit * 2.55:
        assert max(abs(a - b) for a, b in zip(held, inks, strict=True)) <= 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize(("ink", "space"), [("black", "/DeviceGray"), ("colour", "/DeviceCMYK")])
def test_pictures_are_made_ready_for_ink(tmp_path: Path, mode: str, ink: str, space: str) -> None:
    file = tmp_path / ("picture.tiff" if mode in ("CMYK", "I;16") else "picture.png")
    Image.new(mode, (30, 20)).save(file)
    page = [Picture(str(file), 54, 54, 90, 60)]
    with pikepdf.open(write(layout(page, page), tmp_path, ink=ink)) as pdf:
        image = image_of(pdf)
        assert len(pdf.pages[1].resources.XObject) == 1
        grey = mode in ("1", "L", "I;16")
        assert image.ColorSpace == ("/DeviceGray" if grey else space)
        assert [image.Width, image.Height] == [30, 20]
        assert "/SMask" not in image
        placed = [operands for name, operands in operators(pdf) if name == "cm"]
    assert placed[0] == [90, 0, 0, 60, 54, 498]


def test_a_grey_jpeg_goes_in_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "picture.jpg"
    Image.new("L", (30, 20), 128).save(file)
    with pikepdf.open(write(layout([Picture(str(file), 0, 0, 9, 6)]), tmp_path)) as pdf:
        image = image_of(pdf)
        assert image.Filter == "/DCTDecode"
        assert image.read_raw_bytes() == file.read_bytes()


def test_transparent_parts_become_paper(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    Image.new("RGBA", (2, 2), (0, 0, 0, 0)).save(file)
    with pikepdf.open(write(layout([Picture(str(file), 0, 0, 9, 6)]), tmp_path)) as pdf:
        assert image_of(pdf).read_bytes() == b"\xff" * 4


def test_dark_colours_stay_below_the_printers_ink_limit(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    picture = Image.new("RGB", (256, 1))
    picture.putdata([(n * 37 % 256, n * 101 % 256, n * 7 % 64) for n in range(256)])
    picture.save(file)
    made = write(layout([Picture(str(file), 0, 0, 9, 6)]), tmp_path, ink="colour")
    with pikepdf.open(made) as pdf:
        data = image_of(pdf).read_bytes()
    assert max(sum(data[at : at + 4]) for at in range(0, len(data), 4)) <= 2.4 * 255


def test_i020_for_a_picture_that_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    Image.new("RGB", (300, 300), "red").save(file)
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(BookError) as caught:
        write(layout([Picture(str(file), 0, 0, 9, 6)]), tmp_path)
    assert caught.value.diagnostics[0].code == "I020"
    assert list(tmp_path.iterdir()) == [file]


def test_a_layout_that_fails_leaves_no_file(tmp_path: Path) -> None:
    def pages() -> Iterator[Page]:
        yield from sample().pages
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(Layout(396, 612, pages(), ()), tmp_path)
    assert list(tmp_path.iterdir()) == []


_AGAIN = """
import sys
from io import BytesIO
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_file import sample
from opened import write
write(sample(), Path(sys.argv[2]))
"""


def test_equal_bytes_under_other_hashes_zones_and_folders(tmp_path: Path) -> None:
    digests = set()
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        folder = tmp_path / seed
        folder.mkdir()
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": seed}
        command = [sys.executable, "-c", _AGAIN, str(Path(__file__).parent), str(folder)]
        subprocess.run(command, env=surroundings, check=True)
        digests.add(hashlib.sha256((folder / "book.pdf").read_bytes()).hexdigest())
    assert len(digests) == 1


@pytest.mark.parametrize("command", [["qpdf", "--check"], ["mutool", "clean"], ["pdftotext"]])
def test_other_programs_find_nothing_wrong(tmp_path: Path, command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    made = write(sample(), tmp_path)
    target = [] if command[0] == "qpdf" else [str(tmp_path / "out.pdf")]
    call = [*command, str(made), *target]
    done = subprocess.run(call, capture_output=True, check=True, timeout=60)
    assert b"warning" not in done.stderr.lower() and b"error" not in done.stderr.lower()
