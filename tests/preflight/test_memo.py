"""A page seen before is not read again, and says the same."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from bookforge import pipeline
from bookforge.cache import Cache
from bookforge.locate import Request, find_book
from bookforge.preflight.pdf import file
from bookforge.preflight.pdf.facts import Facts, Mark
from bookforge.preflight.pdf.interpret import Interpreter
from bookforge.preflight.pdf.plane import Box


def _safe(sheet: object, pages: int, turned: bool) -> Box:
    return Box(50, 50, 350, 550)


def _spoken(facts: Facts) -> object:
    """What rules ask for, fonts by name."""
    noted = {
        mark: [(getattr(detail, "name", detail), pages) for detail, pages in facts.find(mark)]
        for mark in Mark
    }
    return noted, [(sheet.text, sheet.art, sheet.blank) for sheet in facts.sheets]


def test_a_page_seen_before_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "book.md"
    text.write_text("# One\n\n" + "Some *words* to be set, and more.\n\n" * 200, encoding="utf-8")
    book = find_book(Request(text, out=tmp_path), lambda _: None)
    made = pipeline.build(book, ["print"], lambda _: None, inspect=False).files[0].path
    look = partial(file.read_facts, made, _safe)
    wanted = _spoken(look())
    cache = Cache(tmp_path / "kept.cache")
    assert _spoken(look(cache)) == wanted
    monkeypatch.setattr(Interpreter, "run", lambda *_: pytest.fail("read again"))
    assert _spoken(look(cache)) == wanted
