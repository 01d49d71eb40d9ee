"""Running heads of the pages that a text was copied from are no part of it."""

from __future__ import annotations

from tests.readers.plain.reading import read

_LINE = "and the dust of it hung in the air so that everything tasted of salt"
_PAGE = "\n".join([_LINE] * 12)
_ENDED = f"{_PAGE}\nand nobody said a word."


def _book(*, feeds: bool) -> str:
    """Two chapters over ten pages, heads left and right by turns."""
    pages = []
    for number in range(1, 11):
        head = f"{number}   THE SALT ROAD" if number % 2 == 0 else f"ANNA WEAVER   {number}"
        opened = {1: "CHAPTER 1\n\n", 6: "CHAPTER 2\n\n"}.get(number, "")
        above = "" if opened else ("\f" if feeds else "") + head + "\n\n"
        pages.append(above + opened + (_ENDED if number in (5, 10) else _PAGE))
    return "\n\n".join(pages) + "\n"


def test_running_heads_are_left_out() -> None:
    for feeds in (True, False):
        book = read(_book(feeds=feeds))
        assert [one[1] for one in book.headings] == ["CHAPTER 1", "CHAPTER 2"]
        assert "SALTROAD" not in book.letters()
        gone = [one for one in book.document.removed if one.what == "running head"]
        assert len(gone) == 8
        assert book.letters() == book.source_letters()


def test_numbered_headings_are_no_running_heads() -> None:
    chapters = "\n\n".join(f"Hive {number}\n\n{_ENDED}" for number in range(1, 11))
    assert len(read(chapters).headings) == 10
