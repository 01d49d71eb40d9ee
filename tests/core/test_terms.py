"""The words bookforge writes: every language has them all, with the same gaps to fill."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bookforge.languages.base import known_languages, load_language

FOLDER = Path(__file__).parent.parent.parent / "bookforge/languages"
LANGUAGES = [tag for tag in known_languages() if "-" not in tag]


def terms_of(tag: str) -> dict[str, str]:
    terms: dict[str, str] = tomllib.loads((FOLDER / f"{tag}.toml").read_text("utf-8"))["terms"]
    return terms


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_term_is_there(tag: str) -> None:
    english, own = terms_of("en"), terms_of(tag)
    assert set(own) == set(english)
    for key, words in own.items():
        assert words.strip() == words != ""
        assert re.findall(r"\{\w+\}", words) == re.findall(r"\{\w+\}", english[key]), key


@pytest.mark.parametrize("tag", LANGUAGES)
def test_sentences_are_not_english(tag: str) -> None:
    if tag != "en":
        for key in ("summary-base", "summary-pages", "summary-notes", "summary-described"):
            assert terms_of(tag)[key] != terms_of("en")[key]


def test_terms_know_their_language() -> None:
    assert load_language("fr-CA").terms_tag == "fr-CA"
    assert load_language("is").terms_tag == "en"
