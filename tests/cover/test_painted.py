"""The finished files: sizes, standards, words that can be copied, equal bytes."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from covers import ISBN, make_brief
from pdfminer.high_level import extract_text
from PIL import Image

from bookforge.cli.main import main
from bookforge.cover.jacket import write_front
from bookforge.cover.wrap import plan_wrap
from bookforge.render.pdf.cover import paint_wrap

KDP = {"printer": "kdp", "trim": "6x9"}


def _paint(folder: Path, **tables: dict[str, object]) -> Path:
    target = folder / "cover.pdf"
    paint_wrap(make_brief(folder, [], **tables), target)
    return target


def test_boxes_and_standard(tmp_path: Path) -> None:
    plan = plan_wrap(make_brief(tmp_path, [], printing=KDP).context, 320)
    with pikepdf.open(_paint(tmp_path, printing=KDP)) as pdf:
        [page] = pdf.pages
        assert [float(edge) for edge in page.mediabox] == pytest.approx(
            [0, 0, plan.width, plan.height], abs=0.01
        )
        assert page.mediabox == page.bleedbox
        assert [float(edge) for edge in page.trimbox] == pytest.approx(
            [9, 9, plan.width - 9, plan.height - 9], abs=0.01
        )
        assert pdf.pdf_version == "1.3"
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-1:2001"


@pytest.mark.parametrize("standard", ["pdf/x-4", "pdf/x-1a:2003"])
def test_other_standards(standard: str, tmp_path: Path) -> None:
    with pikepdf.open(_paint(tmp_path, printing={**KDP, "standard": standard})) as pdf:
        [intent] = pdf.Root.OutputIntents
        if standard == "pdf/x-4":
            assert intent.DestOutputProfile.N == 4


def test_inks_only_and_never_more_than_the_printer_takes(tmp_path: Path) -> None:
    Image.new("RGB", (2000, 3000), (60, 5, 5)).save(tmp_path / "front.png")
    book = {"isbn": {"print": ISBN}, "cover-image": "front.png"}
    with pikepdf.open(_paint(tmp_path, printing=KDP, book=book)) as pdf:
        page = pdf.pages[0]
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            assert operator not in ("rg", "RG", "g", "G", "gs", "sh")
            if operator in ("k", "K"):
                inks = [float(ink) for ink in instruction.operands]
                assert sum(inks) <= 2.4 + 1e-3
        [image] = page.images.values()
        assert image.ColorSpace == "/DeviceCMYK"
        assert sum(image.read_bytes()[:4]) <= 240 * 2.55


def test_lulu_gets_its_colours_as_srgb(tmp_path: Path) -> None:
    with pikepdf.open(_paint(tmp_path, printing={"printer": "lulu", "trim": "6x9"})) as pdf:
        names = {str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[0])}
        assert "rg" in names and not {"k", "K"} & names
        assert "/OutputIntents" not in pdf.Root


def test_words_can_be_copied(tmp_path: Path) -> None:
    text = extract_text(_paint(tmp_path, printing=KDP, book={"isbn": {"print": ISBN}}))
    assert "Low Water" in text and "ANN EXAMPLE" in text
    assert "A tide goes out and does not come back." in " ".join(text.split())


def test_the_same_cover_has_the_same_bytes(tmp_path: Path) -> None:
    first = _paint(tmp_path, printing=KDP).read_bytes()
    assert _paint(tmp_path, printing=KDP).read_bytes() == first
    fronts = []
    for _ in range(2):
        write_front(make_brief(tmp_path, []), tmp_path / "front.jpg")
        fronts.append((tmp_path / "front.jpg").read_bytes())
    assert fronts[0] == fronts[1]


@pytest.mark.parametrize("size", [(1600, 2560), (1000, 1000), (4000, 6000)])
def test_the_front_for_shops_has_their_size(size: tuple[int, int], tmp_path: Path) -> None:
    Image.new("RGB", size, (10, 120, 90)).save(tmp_path / "front.png")
    brief = make_brief(tmp_path, [], book={"cover-image": "front.png"})
    write_front(brief, tmp_path / "front.jpg")
    with Image.open(tmp_path / "front.jpg") as front:
        assert (front.size, front.format, front.mode) == ((1600, 2560), "JPEG", "RGB")


def test_the_front_of_artwork_is_its_right_side(tmp_path: Path) -> None:
    plan = plan_wrap(make_brief(tmp_path, [], printing=KDP).context, 320)
    whole = Image.new("RGB", (round(plan.width), round(plan.height)), "red")
    whole.paste("blue", (round(plan.front.x), 0, whole.width, whole.height))
    whole.save(tmp_path / "wrap.png")
    write_front(
        make_brief(tmp_path, [], printing=KDP, cover={"artwork": "wrap.png"}), tmp_path / "f.jpg"
    )
    with Image.open(tmp_path / "f.jpg") as front:
        pixel = front.getpixel((800, 1280))
        assert isinstance(pixel, tuple) and pixel[2] > 200 > pixel[0]


def test_build_cover_alone_counts_the_pages_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tale.md").write_text("# One\n\nIt was short.\n" * 40, encoding="utf-8")
    words = ["build", str(tmp_path / "tale.md"), "cover", "-o", str(tmp_path / "out")]
    assert (
        main([*words, "--set", "output.print.printer=kdp", "--set", "output.print.trim=6x9"]) == 0
    )
    made = sorted(path.name for path in (tmp_path / "out").glob("[!.]*"))
    assert [name.rpartition("-")[2] for name in made] == ["cover.pdf", "front.jpg"]
    with pikepdf.open(tmp_path / "out" / made[0]) as pdf:
        width = float(pdf.pages[0].mediabox[2])
    # 40 chapters on right-hand pages.
    assert width == pytest.approx((12 + 80 * 0.0025 + 0.25) * 72, abs=1.5)
    assert "-front.jpg" in capsys.readouterr().out
