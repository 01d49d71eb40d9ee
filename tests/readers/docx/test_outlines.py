"""Chapters found in Word manuscripts of many makes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.docx import making
from tests.readers.files import check_spans, open_files

Heading = tuple[int, str, str]

OUTLINES: list[tuple[Callable[[], Any], list[Heading]]] = [
    (
        making.styled,
        [
            (1, "Part One", ""),
            (2, "Chapter 1", "Tide 1"),
            (2, "Chapter 2", "Tide 2"),
            (1, "Part Two", ""),
            (2, "Chapter 3", "Tide 3"),
            (2, "Chapter 4", "Tide 4"),
        ],
    ),
    (
        making.unstyled,
        [
            (1, "Chapter 1", "Rain"),
            (1, "Chapter 2", "The Quay"),
            (1, "Chapter 3", "Letters Home"),
            (1, "Chapter 4", "Low Water"),
        ],
    ),
    (
        making.titles,
        [
            (1, "", "The Ferry"),
            (1, "", "A Light in the Loft"),
            (1, "", "What Marta Knew"),
            (1, "", "Home"),
        ],
    ),
    (making.paged, [(1, "ONE", ""), (1, "TWO", ""), (1, "THREE", ""), (1, "FOUR", "")]),
    (making.google, [(1, "Chapter 1", ""), (1, "Chapter 2", ""), (1, "Chapter 3", "")]),
    (making.scrivener, [(1, "Chapter One", ""), (1, "Chapter Two", ""), (1, "Chapter Three", "")]),
    (making.german, [(1, "Kapitel 1", ""), (1, "Kapitel 2", ""), (1, "Kapitel 3", "")]),
    (
        making.auto_numbered,
        [
            (1, "Chapter I", "Rain"),
            (1, "Chapter II", "The Quay"),
            (1, "Chapter III", "Letters Home"),
        ],
    ),
]


@pytest.mark.parametrize(("make", "expected"), OUTLINES, ids=[one.__name__ for one, _ in OUTLINES])
def test_outline(make: Callable[[], Any], expected: list[Heading], tmp_path: Path) -> None:
    read = open_files(making.save(make(), tmp_path))
    assert read.headings == expected
    assert [one.code for one in read.found if one.code != "S001"] == []
    check_spans(read)


def test_dress_joins_titles_and_finds_what_has_no_number(tmp_path: Path) -> None:
    """A question is no title in plain text; dressed like the number above it, it is."""
    document = making.Document()
    for number, title in enumerate(("Who Calls?", "Well, Who?", "Nobody!", "The End of It"), 1):
        making.centre(document, f"Chapter {number}", bold=True)
        making.centre(document, title, bold=True)
        making.tell(document, number)
        making.tell(document, number)
    making.centre(document, "What Became of Them", bold=True)
    making.tell(document)
    read = open_files(making.save(document, tmp_path))
    assert read.headings == [
        (1, "Chapter 1", "Who Calls?"),
        (1, "Chapter 2", "Well, Who?"),
        (1, "Chapter 3", "Nobody!"),
        (1, "Chapter 4", "The End of It"),
        (1, "", "What Became of Them"),
    ]
    assert "bold, centred" in read.outline["sections"][0]["reason"]


def test_bold_words_among_many_are_no_headings(tmp_path: Path) -> None:
    """Signs and shouts in bold: too many for headings."""
    document = making.Document()
    for number in range(1, 5):
        making.centre(document, f"Chapter {number}", bold=True)
        making.tell(document, number)
        for sign in ("CLOSED", "Keep Out"):
            making.centre(document, sign, bold=True)
            making.tell(document, number)
    read = open_files(making.save(document, tmp_path))
    assert [one[1] for one in read.headings] == [f"Chapter {number}" for number in range(1, 5)]
