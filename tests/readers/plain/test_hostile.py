"""Texts no writer sends on purpose: read in time that grows with their size alone."""

from __future__ import annotations

import time

import pytest

from tests.readers.plain.reading import read

_LINE = "the quick brown fox jumps over it. "
_TEXTS = {
    "no line ends": _LINE * 30_000,
    "one word a line": "word\n" * 100_000,
    "one word a block": "Word\n\n" * 30_000,
    "blank lines": "\n" * 1_000_000 + "x",
    "only headings": "\n\n\n".join(f"Chapter {n}" for n in range(1, 8_000)),
    "one heading again and again": "I\n\n\n" * 8_000,
    "a paragraph of a megabyte": (_LINE * 3 + "\n") * 10_000,
    "open marks": "_a *b =c [1] " * 40_000,
    "notes without marks": "[1] foo\n\n" * 10_000,
    "a contents list alone": "Contents\n\n" + "\n\n".join(f"{n}. Title" for n in range(8_000)),
    "headings between rules": "\n\n".join(["-----\nCHAPTER 1\n-----"] * 10_000),
    "numbered words": "\n\n".join(f"Tape {n}" for n in range(10_000)),
    "decimals": "\n\n".join(f"{n // 9 + 1}.{n % 9 + 1} Salt" for n in range(10_000)),
    "heads of pages": "\n\n".join(f"{n} THE ROAD\n\n{_LINE * 2}" for n in range(5_000)),
    "titles alone": "\n\n\n".join(["The Salt Road", _LINE * 2] * 5_000),
    "salutations": "Dear Otto,\n\n" * 10_000,
    "rows": "-" * 500_000,
    "spaces": " " * 500_000 + "x\n",
    "letters as rows": "xO" * 250_000,
}


@pytest.mark.parametrize("name", _TEXTS)
def test_a_hostile_text_is_read_in_linear_time(name: str) -> None:
    text = _TEXTS[name]
    start = time.process_time()
    read(text)
    whole = time.process_time() - start
    # Generous: the machine is shared; a quadratic step takes minutes here.
    assert whole < 10


def test_a_book_of_only_headings_is_no_book_of_chapters() -> None:
    assert len(read(_TEXTS["only headings"]).headings) <= 1
