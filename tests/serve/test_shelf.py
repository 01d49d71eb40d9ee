"""The order of the books, searching, pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bookforge.about import About
from bookforge.serve import address
from bookforge.serve.shelf import Entry, Kind, Shelf


class Row:
    """A source that does not change."""

    def __init__(self, *books: About) -> None:
        self.entries: Sequence[Entry] = [
            Entry(f"{number:016x}", book.title, book, {Kind.EPUB: Path("x.epub")}, 0)
            for number, book in enumerate(books)
        ]

    def refresh(self) -> None:
        pass


def _titles(*titles: str) -> Shelf:
    return Shelf([Row(*map(About, titles))])


def test_by_title_as_people_count() -> None:
    shelf = _titles("Book 10", "book 2", "Ábc", "Zed", "ace")
    assert [one.about.title for one in shelf.entries()] == [
        "Ábc",
        "ace",
        "book 2",
        "Book 10",
        "Zed",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("emma", 1),
        ("EMMA  austen", 1),
        ("Bronte", 1),
        ("brontë eyre", 1),
        ("austen eyre", 0),
        ("100%", 0),
        ("highbury", 1),
        ("village", 1),
    ],
)
def test_search(query: str, found: int) -> None:
    shelf = Shelf(
        [
            Row(
                About("Emma", ("Jane Austen",), subjects=("Village life",), series="Highbury"),
                About("Jane Eyre", ("Charlotte Brontë",)),
            )
        ]
    )
    page = shelf.page(1, 50, query)
    assert page is not None
    assert page.total == found


def test_pages() -> None:
    shelf = _titles(*(f"Book {number}" for number in range(1, 46)))
    last = shelf.page(3, 20)
    assert last is not None
    assert (last.pages, last.total, len(last.entries)) == (3, 45, 5)
    assert last.entries[-1].about.title == "Book 45"
    assert shelf.page(0, 20) is None
    assert shelf.page(4, 20) is None
    empty = _titles().page(1, 20)
    assert empty is not None
    assert empty.entries == ()


@given(some.text(max_size=300))
def test_names_in_headers_and_addresses(name: str) -> None:
    entry = Entry("0" * 16, name, About(name), {Kind.EPUB: Path("x")}, 0)
    header = address.disposition(name, ".epub") if _utf8(name) else ""
    assert header.isascii()
    assert header.isprintable()
    path = address.file_path(entry, Kind.EPUB)
    assert path.isascii()
    assert set(path) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-.")
    assert len(path) < 120


def _utf8(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def test_disposition() -> None:
    assert address.disposition('Żółw "x"', ".kepub.epub") == (
        'attachment; filename="Zo_w _x_.kepub.epub"; '
        "filename*=UTF-8''%C5%BB%C3%B3%C5%82w%20%22x%22.kepub.epub"
    )


def test_dates() -> None:
    assert address.show_date(-5) == "1970-01-01T00:00:00Z"
    assert address.show_date(10**20) == "9999-12-31T23:59:59Z"
