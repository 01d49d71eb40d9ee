"""Findings in a finished e-book lead back to the manuscript's lines."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from bookforge import pipeline
from bookforge.diagnostics import Diagnostic
from bookforge.preflight.epub import validator
from bookforge.preflight.epub.places import Place
from bookforge.preflight.epub.validator import Message

TEXT = """\
# One

The first line of all.

Yes.

> A letter,
> of one paragraph.

Yes.

***

- an item

# Two

She said it was *over* & done.

| Verse that runs
| in two lines.

![](a.png)

![Seen.](a.png)

![](a.png)
"""
CSS = "p { margin: 0; }\n\n.x { wrong }\n"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pipeline.Book:
    (tmp_path / "book.toml").write_text(
        '[book]\ntitle = "T"\nauthor = "A"\n[manuscript]\nfiles = "m.md"\n'
        '[output.epub]\ncss = "own.css"\npage-list = false\n'
    )
    (tmp_path / "m.md").write_text(TEXT)
    (tmp_path / "own.css").write_text(CSS)
    Image.new("RGB", (8, 6)).save(tmp_path / "a.png")
    monkeypatch.setattr(validator, "is_installed", lambda: True)
    monkeypatch.setenv("PATH", str(tmp_path))
    request = pipeline.Request(tmp_path, out=tmp_path / "out")
    found = pipeline.find_book(request, lambda one: None)
    pipeline.build(found, ("epub",), lambda one: None)
    return found


def lines(book: pipeline.Book, member: str) -> list[str]:
    with zipfile.ZipFile(book.out / "T.epub") as archive:
        return archive.read(member).decode().splitlines()


def places(
    book: pipeline.Book, monkeypatch: pytest.MonkeyPatch, *asked: tuple[str, int]
) -> list[tuple[str, int]]:
    """Where the findings at some lines of the EPUB are shown."""
    messages = [Message("X", "ERROR", "Wrong.", Place(*one), 1) for one in asked]
    monkeypatch.setattr(validator, "run_epubcheck", lambda path: messages)
    found: list[Diagnostic] = []
    pipeline.check(book, found.append)
    spans = [book.sources.locate(one.span) for one in found if one.code == "E002"]
    return [(place.path.name, place.line) if place else ("", 0) for place in spans]


@pytest.mark.parametrize(
    ("words", "nth", "line"),
    [
        ("first line", 0, 3),
        ("Yes.", 0, 5),
        ("Yes.", 1, 10),
        ("A letter", 0, 7),
        ("an item", 0, 14),
    ],
)
def test_text_is_found(
    words: str, nth: int, line: int, book: pipeline.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = "EPUB/text/chapter-1.xhtml"
    there = [number for number, one in enumerate(lines(book, member), 1) if words in one]
    assert places(book, monkeypatch, (member, there[nth])) == [("m.md", line)]


def test_markup_entities_headings_and_strangers(
    book: pipeline.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = "EPUB/text/chapter-2.xhtml"
    text = lines(book, member)
    said = next(number for number, one in enumerate(text, 1) if "over" in one)
    asked = [(member, said), (member, 1), ("EPUB/nav.xhtml", 3), ("EPUB/gone", 9)]
    assert places(book, monkeypatch, *asked) == [("m.md", 18), ("m.md", 16), ("", 0), ("", 0)]


def test_pictures_without_words(book: pipeline.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    page = lines(book, "EPUB/text/chapter-2.xhtml")
    asked = [("EPUB/text/chapter-2.xhtml", n) for n, one in enumerate(page, 1) if "<img" in one]
    places_of = places(book, monkeypatch, *asked)
    assert [line for _, line in places_of] == [23, 25, 27]


def test_the_writers_own_style_sheet(book: pipeline.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    css = lines(book, "EPUB/css/book.css")
    wrong = css.index(".x { wrong }") + 1
    asked = [("EPUB/css/book.css", wrong), ("EPUB/css/book.css", 2)]
    assert places(book, monkeypatch, *asked) == [("own.css", 3), ("", 0)]
