"""The official validator has nothing to say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import novella

from bookforge.preflight.epub import Message
from bookforge.render.epub.book import render

Check = Callable[[Path], list[Message]]

PAGES = novella.page_map(
    ("i", 0, 0),
    ("iii", 1, 0),
    ("iv", 2, 0),
    ("v", 3, 0),
    ("vii", 4, 0),
    ("ix", 5, 0),
    ("1", 6, 0),
    ("3", 7, 0),
    ("5", 8, 0),
    ("6", 8, 30),
    ("7", 8, 200),
    ("9", 9, 0),
)


def test_everything_is_valid(tmp_path: Path, picture: Path, epubcheck: Check) -> None:
    settings = {
        "book": {
            "publisher": "Small Press",
            "series": {"name": "Lights", "number": 2},
            "contributor": [{"name": "Ann Editor", "role": "edt"}],
            "subjects": ["Fiction"],
            "isbn": {"print": "978-0-306-40615-7"},
            "copyright-year": 2025,
        }
    }
    context, found = novella.make_context(tmp_path, settings)
    target = tmp_path / "book.epub"
    render(novella.everything(picture), novella.METADATA, target, context, PAGES)
    assert epubcheck(target) == []
    assert found == []
