"""Titles, names and descriptions of book.toml have the marks that the book has."""

from __future__ import annotations

import pytest

from bookforge.config.read import default_config
from bookforge.contracts import Metadata
from bookforge.passes.typography.phrases import clean_metadata, clean_phrase


def test_titles_and_descriptions_are_cleaned() -> None:
    typed = Metadata(
        'The "Everything" Book',
        ("Ann O'Hara",),
        "en-GB",
        "urn:x",
        "It's all... here",
        'The "Everything"',
        extra={"description": "ha'penny -- really", "publisher": "A 'B' Press"},
    )
    found = clean_metadata(typed, default_config([]))
    assert (found.title, found.authors) == ("The “Everything” Book", ("Ann O’Hara",))
    assert (found.subtitle, found.short_title) == ("It’s all… here", "The “Everything”")
    assert found.extra == {"description": "ha’penny—really", "publisher": "A 'B' Press"}
    assert found.identifier == typed.identifier


@pytest.mark.parametrize("text", ["Emma", "", "Dr. No"])
def test_what_has_no_marks_stays(text: str) -> None:
    assert clean_phrase(text, "en", default_config([])) == text


def test_clean_up_can_be_switched_off() -> None:
    assert clean_phrase('"A"', "en", default_config(["typography.enabled=false"])) == '"A"'
