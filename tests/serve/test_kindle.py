"""A Kindle's browser takes AZW3 alone: a finished one, or one made when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.diagnostics import BookError, Diagnostic, Severity
from bookforge.serve.finished import Finished
from bookforge.serve.shelf import Shelf
from tests.serve.asking import BROWSER, KINDLE, running
from tests.serve.books import metadata, write_epub
from tests.serve.conftest import blame


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    folder = tmp_path / "books"
    folder.mkdir()
    write_epub(folder / "Book.epub", metadata("Book"))
    return Shelf([Finished(folder, blame)])


def test_made_when_it_is_asked_for(shelf: Shelf, tmp_path: Path) -> None:
    made: list[Path] = []

    def convert(book: Path) -> Path:
        made.append(book)
        target = tmp_path / "made.azw3"
        target.write_bytes(b"kindle")
        return target

    with running(shelf, tmp_path, convert=convert) as asked:
        page = asked.ask("/", KINDLE).text
        assert "Get the Kindle book" in page
        assert "Get the EPUB" not in page
        assert "calibre" not in page
        assert made == []
        path = page.partition('class="get" href="')[2].partition('"')[0]
        answer = asked.ask(path, KINDLE)
        assert answer.body == b"kindle"
        assert answer.headers["content-type"] == "application/x-mobi8-ebook"
        assert 'filename="Book.azw3"' in answer.headers["content-disposition"]
        assert "Get the EPUB" in asked.ask("/", BROWSER).text


def test_a_conversion_that_fails_is_told(shelf: Shelf, tmp_path: Path) -> None:
    def convert(book: Path) -> Path:
        raise BookError(Diagnostic("D014", Severity.ERROR, "calibre could not"))

    (entry,) = shelf.entries()
    with running(shelf, tmp_path, convert=convert) as asked:
        assert asked.ask(f"/books/{entry.id}/Book.azw3", KINDLE).status == 404
        assert asked.told == ["no Book.azw3: calibre could not"]


def test_without_calibre_the_page_says_what_to_do(shelf: Shelf, tmp_path: Path) -> None:
    (entry,) = shelf.entries()
    with running(shelf, tmp_path) as asked:
        assert "calibre" in asked.ask("/", KINDLE).text
        assert asked.ask(f"/books/{entry.id}/Book.azw3", KINDLE).status == 404


def test_a_finished_one(tmp_path: Path) -> None:
    (tmp_path / "Emma.azw3").write_bytes(b"kindle")
    shelf = Shelf([Finished(tmp_path, blame)])
    with running(shelf, tmp_path) as asked:
        for headers in (KINDLE, BROWSER):
            assert "Get the Kindle book" in asked.ask("/", headers).text
        assert b"x-mobi8-ebook" in asked.ask("/opds").body
