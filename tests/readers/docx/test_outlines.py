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
