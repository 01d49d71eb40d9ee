"""Pictures: found, checked, or their words in their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image as Pillow

import bookforge.images
from bookforge.images import PictureError, inspect_picture
from bookforge.model.blocks import Block, Figure, Paragraph, ParagraphRole
from bookforge.model.inlines import Image
from bookforge.model.walk import plain
from bookforge.passes import images
from tests.passes.books import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    Pillow.new("L", (900, 700)).save(tmp_path / "good.png", dpi=(300, 300))
    Pillow.new("RGB", (60, 40)).save(tmp_path / "small one.jpg")
    (tmp_path / "broken.png").write_bytes((tmp_path / "good.png").read_bytes()[:90])
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "folder.png").mkdir()
    return Desk(tmp_path)


def _blocks(desk: Desk, text: str) -> tuple[Block, ...]:
    return images.resolve(desk.read(text), desk.context).sections[0].blocks


def test_a_picture_gets_its_path(desk: Desk) -> None:
    (figure,) = _blocks(desk, "![A field](good.png)")
    assert isinstance(figure, Figure)
    assert figure.image.path == str(desk.folder / "good.png")
    assert desk.codes == []


def test_a_path_may_hold_escaped_spaces(desk: Desk) -> None:
    (figure,) = _blocks(desk, "![A field](<small one.jpg>)")
    assert isinstance(figure, Figure)
    assert figure.image.path.endswith("small one.jpg")
    assert desk.codes == []


def test_a_path_may_be_relative_to_the_book(desk: Desk) -> None:
    (desk.folder / "manuscripts").mkdir()
    document = desk.read("![A field](good.png)", "manuscripts/novel.md")
    (figure,) = images.resolve(document, desk.context).sections[0].blocks
    assert isinstance(figure, Figure)
    assert figure.image.path == str(desk.folder / "good.png")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("gone.png", "I001"),
        ("good.png/gone.png", "I001"),
        ("broken.png", "I002"),
        ("text.png", "I002"),
        ("folder.png", "I002"),
        ("https://example.org/a.png", "I004"),
    ],
)
def test_a_bad_picture_becomes_its_words(desk: Desk, name: str, code: str) -> None:
    (words,) = _blocks(desk, f"![A *wide* field]({name})")
    assert isinstance(words, Paragraph)
    assert words.role is ParagraphRole.CENTRED
    assert desk.codes == [code]


def test_the_caption_of_a_bad_picture_is_kept(desk: Desk) -> None:
    blocks = _blocks(desk, '![A field](gone.png "The *field*")')
    assert [plain(b.children) for b in blocks if isinstance(b, Paragraph)] == [
        "A field",
        "The field",
    ]


def test_a_bad_picture_in_a_line_becomes_its_words(desk: Desk) -> None:
    (paragraph,) = _blocks(desk, "*He saw ![a hand](gone.png) there.*")
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.children) == "He saw a hand there."


def test_pictures_in_quotes_and_lists_are_found(desk: Desk) -> None:
    _blocks(desk, "> ![](gone.png)\n\n- ![](gone.png)\n\nA.[^1]\n\n[^1]: ![](gone.png)\n")
    assert desk.codes == ["I001"] * 3


def test_a_picture_without_words_is_reported(desk: Desk) -> None:
    _blocks(desk, "![](good.png)")
    assert desk.codes == ["A001"]


def test_a_decorative_picture_needs_no_words(desk: Desk) -> None:
    _blocks(desk, "![](good.png){.decorative}")
    assert desk.codes == []


def test_a_huge_picture_is_not_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bookforge.images, "MOST_PIXELS", 1000)
    _blocks(desk, "![A field](good.png)")
    assert desk.codes == ["I003"]


def test_a_huge_file_is_not_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bookforge.images, "MOST_BYTES", 10)
    with pytest.raises(PictureError) as caught:
        inspect_picture(desk.folder / "good.png")
    assert caught.value.code == "I003"


def test_a_decompression_bomb_is_refused(tmp_path: Path) -> None:
    """A few kilobytes that would unpack to four gigabytes."""
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", 65_000, 65_000, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    with pytest.raises(PictureError) as caught:
        inspect_picture(tmp_path / "bomb.png")
    assert caught.value.code == "I003"


def test_what_a_picture_says_of_itself(desk: Desk) -> None:
    picture = inspect_picture(desk.folder / "good.png")
    assert (picture.width, picture.height, picture.mode, picture.format) == (900, 700, "L", "PNG")
    assert picture.dpi is not None
    assert round(picture.dpi) == 300
    assert inspect_picture(desk.folder / "small one.jpg").dpi is None


def test_an_image_keeps_a_path_it_has(desk: Desk) -> None:
    document = desk.read("![A field](good.png)")
    once = images.resolve(document, desk.context)
    assert images.resolve(once, desk.context) == once
    figure = once.sections[0].blocks[0]
    assert isinstance(figure, Figure)
    assert isinstance(figure.image, Image)
