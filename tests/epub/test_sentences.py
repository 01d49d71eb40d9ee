"""Where sentences end, language by language: a bar in a case stands where one begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.languages.base import known_languages, load_language
from bookforge.render.epub.markup import escape
from bookforge.render.epub.sentences import Sentences

CASES = Path(__file__).parent.parent / "cases/sentences"
TAGS = sorted(path.stem for path in CASES.iterdir())


def cut(tag: str, text: str) -> list[str]:
    return list(Sentences(load_language(tag).sentences).cut(text))


@pytest.mark.parametrize("tag", TAGS)
def test_sentences_of_a_language(tag: str) -> None:
    for line in (CASES / f"{tag}.txt").read_text(encoding="utf-8").splitlines():
        assert cut(tag, escape(line.replace("|", ""))) == escape(line).split("|")


def test_every_language_has_its_cases() -> None:
    assert {tag.split("-")[0] for tag in known_languages()} <= set(TAGS)


@given(st.text(), st.sampled_from(TAGS))
def test_nothing_is_lost(text: str, tag: str) -> None:
    pieces = cut(tag, text)
    assert "".join(pieces) == text
    assert all(pieces) or not text
