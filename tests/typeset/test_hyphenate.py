"""Hyphen points."""

from __future__ import annotations

import pyphen
import pytest

from bookforge.typeset.hyphenate import find_points, forget_words
from bookforge.typeset.patterns import Patterns, load_patterns

WORDS = (
    "hyphenation associate project table acquaintance understanding particularly neighbourhood "
    "considering impertinent remarkable disagreeable philosophical Donaudampfschiff wiederholen "
    "gentlemanlike universally acknowledged possession"
)


@pytest.mark.parametrize("name", ["en_US", "en_GB", "de_DE", "fr"])
def test_the_same_places_as_pyphen(name: str) -> None:
    patterns = load_patterns(name)
    assert patterns is not None
    reference = pyphen.Pyphen(lang=name, left=1, right=1)
    for word in WORDS.lower().split():
        expected = [at for at in reference.positions(word) if 0 < at < len(word)]
        assert patterns.find(word) == expected, word


def test_words_are_found_again_when_they_were_forgotten() -> None:
    points = find_points("hyphenation", "en-US")
    forget_words("en-US")
    assert find_points("hyphenation", "en-US") == points


def show(word: str, language: str = "en-US") -> str:
    points = find_points(word, language)
    return "-".join(word[a:b] for a, b in zip((0, *points), (*points, len(word)), strict=True))


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("hyphenation", "hy-phen-ation"),
        ("“understanding,”", "“un-der-stand-ing,”"),
        ("understanding:", "un-der-stand-ing:"),
        ("understanding:’", "un-der-stand-ing:’"),
        ("mailto:someone", "mailto:someone"),
        ("uncle", "uncle"),  # too short to be worth it
        ("don’t", "don’t"),
        ("IMPOSSIBLE", "IMPOSSIBLE"),
        ("www.example.com", "www.example.com"),
        ("1234567890", "1234567890"),
    ],
)
def test_what_is_hyphenated(word: str, shown: str) -> None:
    assert show(word) == shown


def test_a_soft_hyphen_decides() -> None:
    assert find_points("ta\u00adbleware", "en-US") == (2,)


def test_a_language_without_patterns_has_no_hyphens() -> None:
    assert find_points("hyphenation", "xx") == ()


def test_a_division_that_changes_the_spelling_is_left_out() -> None:
    patterns = Patterns(["a1b", "as3szo/sz=,2,1"])
    assert patterns.find("ab") == [1]
    assert patterns.find("asszo") == []
