"""Covers of every kind become a JPEG that readers can show; bad ones become an empty sheet."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from bookforge.serve.covers import Covers, Size
from bookforge.serve.finished import make_entry
from bookforge.serve.shelf import Kind
from tests.serve.books import metadata, picture, write_epub


def _cover(folder: Path, cover: bytes, size: Size = Size.COVER) -> Image.Image:
    path = write_epub(folder / "a.epub", metadata("T"), cover)
    entry = make_entry("0" * 16, "a", {Kind.EPUB: path})
    found = Covers(folder).find(entry, size)
    assert found == Covers(folder).find(entry, size)
    return Image.open(io.BytesIO(found.read_bytes()))


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "RGBA", "LA", "I;16"])
def test_every_mode(tmp_path: Path, mode: str) -> None:
    assert _cover(tmp_path, picture(60, 90, mode)).format == "JPEG"


def test_cmyk(tmp_path: Path) -> None:
    assert _cover(tmp_path, picture(60, 90, "CMYK", "JPEG")).mode == "RGB"


def test_large_ones_are_made_smaller(tmp_path: Path) -> None:
    assert _cover(tmp_path, picture(3_000, 4_500, "L")).size == (965, 1448)
    assert _cover(tmp_path, picture(3_000, 4_500, "L"), Size.THUMBNAIL).size == (160, 240)


@pytest.mark.parametrize("data", [b"x", picture()[:-300], b"<svg/>", picture(13_000, 13_000, "1")])
def test_bad_ones(tmp_path: Path, data: bytes) -> None:
    assert _cover(tmp_path, data).mode == "L"
