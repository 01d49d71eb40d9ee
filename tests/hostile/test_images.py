"""Pictures that are missing, broken, huge, or no pictures."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.hostile.conftest import Build

_PAGE = "# One\n\nBefore.\n\n![A map of the moor](map.png)\n\nAfter.\n"


def _png(width: int = 60, height: int = 40, mode: str = "L") -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (width, height)).save(stream, "PNG")
    return stream.getvalue()


def _bomb(side: int) -> bytes:
    """A PNG whose header promises far more than the few bytes it has."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    pixels = zlib.compress(bytes(10_000))
    body = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_good_picture(folder: Path, build: Build) -> None:
    (folder / "plain.md").write_text(_PAGE, encoding="utf-8")
    (folder / "map.png").write_bytes(_png(1200, 800))
    outcome = build("epub")
    assert (outcome.code, outcome.err) == (0, "")


def test_missing(folder: Path, build: Build) -> None:
    (folder / "plain.md").write_text(_PAGE, encoding="utf-8")
    outcome = build()
    assert outcome.code == 0
    assert "[I001]" in outcome.err and "plain.md:5:" in outcome.err


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        _png()[:60],
        _png()[:20],
        _bomb(60_000),
        b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
    ],
    ids=["empty", "text", "cut", "cut in the header", "bomb", "zeros"],
)
def test_broken(folder: Path, build: Build, data: bytes) -> None:
    (folder / "plain.md").write_text(_PAGE, encoding="utf-8")
    (folder / "map.png").write_bytes(data)
    outcome = build()
    assert outcome.code == 0
    assert "[I0" in outcome.err and "plain.md:5:" in outcome.err


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_kinds_of_pictures(folder: Path, build: Build, mode: str) -> None:
    kind = "jpg" if mode == "CMYK" else "png"
    (folder / "plain.md").write_text(_PAGE.replace("png", kind), encoding="utf-8")
    Image.new(mode, (50, 50)).save(folder / f"map.{kind}")
    assert build().code == 0


def test_a_huge_picture(folder: Path, build: Build) -> None:
    (folder / "plain.md").write_text(_PAGE, encoding="utf-8")
    (folder / "map.png").write_bytes(_png(6_000, 5_000))
    assert build().code == 0


@pytest.mark.parametrize("data", [None, b"", b"no picture", _png(10, 10)])
def test_covers(folder: Path, build: Build, data: bytes | None) -> None:
    if data is not None:
        (folder / "cover.jpg").write_bytes(data)
    outcome = build("epub", "--set", "book.cover-image=cover.jpg")
    if data == _png(10, 10):
        assert outcome.code == 0
    else:
        assert (outcome.code, outcome.err[:12]) == (1, "error[E013]:")
        assert not (folder / "build").exists()


@pytest.mark.parametrize("place", ["/etc/hostname", "../outside.png", "http://example.org/a.png"])
def test_pictures_from_elsewhere(folder: Path, build: Build, place: str) -> None:
    (folder / "plain.md").write_text(_PAGE.replace("map.png", place), encoding="utf-8")
    outcome = build()
    assert outcome.code == 0
    assert "[I0" in outcome.err
