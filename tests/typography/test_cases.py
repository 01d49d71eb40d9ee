"""Every case of every language, and what must hold for all of them."""

from __future__ import annotations

import pytest

from bookforge.languages.base import load_language
from bookforge.passes.typography.apply import apply_edits
from bookforge.passes.typography.find import find_edits
from bookforge.passes.typography.straighten import straighten
from tests.typography.casefile import Case, load_cases, show

CASES = load_cases()


def clean_lines(text: str, language: str) -> str:
    lines = text.split("\n")
    edits = find_edits(lines, load_language(language))
    return "\n".join(map(apply_edits, lines, edits))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_case(case: Case) -> None:
    assert show(clean_lines(case.typed, case.language)) == case.printed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_clean_twice_is_clean_once(case: Case) -> None:
    once = clean_lines(case.typed, case.language)
    assert show(clean_lines(once, case.language)) == show(once)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_straightening_gives_back_what_was_typed(case: Case) -> None:
    once = clean_lines(case.typed, case.language)
    assert _unlevelled(case, straighten(once)) == _unlevelled(case, straighten(case.typed))


def _unlevelled(case: Case, text: str) -> str:
    """Other languages have glyphs of their own for the levels: both straight marks as one."""
    return text if case.language.startswith("en") else text.replace('"', "'")
