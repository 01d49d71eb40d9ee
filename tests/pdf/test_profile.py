"""Our own colour profiles: a colour engine takes them, and colours come out as named."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from bookforge.render.pdf.profile import cmyk_profile, grey_profile

SCREEN = ImageCms.createProfile("sRGB")


def _show(data: bytes, mode: str, colour: int | tuple[int, ...]) -> tuple[int, int, int]:
    """A printed colour as a screen shows it."""
    profile = ImageCms.ImageCmsProfile(BytesIO(data))
    patch = Image.new(mode, (1, 1), colour)
    shown = ImageCms.profileToProfile(patch, profile, SCREEN, outputMode="RGB", renderingIntent=1)
    assert shown is not None
    pixel = shown.getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return pixel[0], pixel[1], pixel[2]


def test_grey_goes_from_paper_to_black() -> None:
    shown = [_show(grey_profile(), "L", level) for level in range(0, 256, 15)]
    assert shown == sorted(shown)
    assert shown[0] < (60, 60, 60) and shown[-1] == (255, 255, 255)


@pytest.mark.parametrize(
    ("inks", "brightest"),
    [((255, 0, 0, 0), 2), ((0, 255, 255, 0), 0), ((255, 0, 255, 0), 1), ((255, 255, 0, 0), 2)],
)
def test_inks_have_their_colours(inks: tuple[int, ...], brightest: int) -> None:
    shown = _show(cmyk_profile(), "CMYK", inks)
    assert shown.index(max(shown)) == brightest


def test_there_and_back_keeps_a_colour() -> None:
    profile = ImageCms.ImageCmsProfile(BytesIO(cmyk_profile()))
    for colour in ((200, 60, 50), (90, 140, 90), (60, 70, 120), (128, 128, 128)):
        patch = Image.new("RGB", (1, 1), colour)
        inks = ImageCms.profileToProfile(patch, SCREEN, profile, outputMode="CMYK")
        assert inks is not None
        back = _show(cmyk_profile(), "CMYK", inks.getpixel((0, 0)))  # type: ignore[arg-type]
        assert max(abs(a - b) for a, b in zip(colour, back, strict=True)) < 60


def test_the_bytes_are_always_the_same() -> None:
    sums = [hashlib.sha256(data).hexdigest()[:16] for data in (grey_profile(), cmyk_profile())]
    assert sums == ["8e1ed2f79516af50", "603370f0e6227fad"]
