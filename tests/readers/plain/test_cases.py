"""Awkward manuscripts, each with the outline that is read from it."""

from __future__ import annotations

import pytest

from tests.readers.golden import Case, read_cases
from tests.readers.plain.reading import read

_CASES = list(read_cases("structure"))


@pytest.mark.parametrize("case", _CASES, ids=str)
def test_outline(case: Case) -> None:
    case.check(read(case.text).lines)


@pytest.mark.parametrize("case", _CASES, ids=str)
def test_every_word_stands_once_and_in_order(case: Case) -> None:
    book = read(case.text)
    assert book.letters() == book.source_letters()


@pytest.mark.parametrize("case", _CASES, ids=str)
def test_line_ends_and_tabs_make_no_difference(case: Case) -> None:
    book = read(case.text)
    padded = read(
        "\n".join(line.rstrip() + "  " if line else line for line in case.text.split("\n"))
    )
    assert padded.headings == book.headings
