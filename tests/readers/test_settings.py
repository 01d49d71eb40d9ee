"""What book.toml says of the manuscript holds for every format alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bookforge.registry import find_reader, format_of
from bookforge.source import SourceMap
from tests.readers.epub.making import make_epub
from tests.readers.files import STORY, open_files
from tests.readers.odt.making import make_odt
from tests.readers.plain.reading import Read, context

_CHAPTERS = ("Chapter 1", "Chapter 2", "Chapter 3")


def _paragraphs() -> list[tuple[str, str]]:
    """Name of the element and words, in order."""
    return [
        pair for name in _CHAPTERS for pair in (("h1", name), *(("p", words) for words in STORY))
    ]


def _make_text(path: Path) -> None:
    words = [f"\n\n{words}\n" if name == "h1" else f"{words}\n" for name, words in _paragraphs()]
    path.write_text("\n".join(words), encoding="utf-8")


def _make_markdown(path: Path) -> None:
    words = [f"# {words}" if name == "h1" else words for name, words in _paragraphs()]
    path.write_text("\n\n".join(words), encoding="utf-8")


def _make_word(path: Path) -> None:
    document: Any = Document()
    for name, words in _paragraphs():
        document.add_heading(words, 1) if name == "h1" else document.add_paragraph(words)
    document.save(str(path))


def _body() -> str:
    return "".join(f"<{name}>{words}</{name}>" for name, words in _paragraphs())


def _make_html(path: Path) -> None:
    path.write_text(f"<html><body>{_body()}</body></html>", encoding="utf-8")


def _make_epub(path: Path) -> None:
    path.write_bytes(make_epub({"a": _body()}))


def _make_odt(path: Path) -> None:
    inner = [
        f'<text:h text:outline-level="1">{words}</text:h>'
        if name == "h1"
        else f"<text:p>{words}</text:p>"
        for name, words in _paragraphs()
    ]
    path.write_bytes(make_odt("".join(inner)))


_MAKERS: dict[str, Callable[[Path], None]] = {
    "txt": _make_text,
    "md": _make_markdown,
    "docx": _make_word,
    "html": _make_html,
    "epub": _make_epub,
    "odt": _make_odt,
}


@pytest.fixture(params=sorted(_MAKERS))
def open_book(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Read]:
    """Reads the same book in one format with the settings given."""
    path = tmp_path / f"book.{request.param}"
    _MAKERS[request.param](path)

    def opened(**manuscript: Any) -> Read:
        if request.param not in ("txt", "md"):
            return open_files(path, manuscript=manuscript)
        sources, found = SourceMap(), list[Any]()
        file = sources.load(path)
        reader = find_reader(format_of(path.suffix) or "")
        document = reader([file], context(sources, found, manuscript=manuscript))
        return Read(document, sources, found)

    return opened


def _labels(book: Read) -> list[str]:
    return [label or title for _, label, title in book.headings]


def test_as_it_stands(open_book: Callable[..., Read]) -> None:
    assert _labels(open_book()) == list(_CHAPTERS)


def test_no_headings(open_book: Callable[..., Read]) -> None:
    assert _labels(open_book(headings="none")) == []


def test_patterns(open_book: Callable[..., Read]) -> None:
    pattern = {"level": 1, "match": r"(?P<label>Chapter [13])"}
    assert _labels(open_book(headings="patterns", heading=[pattern])) == ["Chapter 1", "Chapter 3"]


def test_not_a_heading(open_book: Callable[..., Read]) -> None:
    found = open_book(**{"not-a-heading": ["^Chapter 2$"]})
    assert _labels(found) == ["Chapter 1", "Chapter 3"]


def test_fix_to_text(open_book: Callable[..., Read]) -> None:
    found = open_book(fix=[{"at": "Chapter 2", "kind": "text"}])
    assert _labels(found) == ["Chapter 1", "Chapter 3"]
    assert "S018" not in found.codes


def test_fix_of_kind_and_title(open_book: Callable[..., Read]) -> None:
    found = open_book(fix=[{"at": "Chapter 1", "kind": "prologue", "title": "Before"}])
    first = found.outline["sections"][0]
    assert (first["kind"], first["title"]) == ("prologue", "Before")


def test_a_stale_fix_is_said(open_book: Callable[..., Read]) -> None:
    assert "S018" in open_book(fix=[{"at": "Chapter 9", "kind": "text"}]).codes


def test_start_and_end(open_book: Callable[..., Read]) -> None:
    assert _labels(open_book(start="Chapter 2")) == ["Chapter 2", "Chapter 3"]
    assert _labels(open_book(end="Chapter 2"))[:2] == ["Chapter 1", "Chapter 2"]


def test_expected_chapters(open_book: Callable[..., Read]) -> None:
    assert "S016" in open_book(expect=4).codes
    assert "S016" not in open_book(expect=3).codes
