"""Labels of chapters by `[style] chapter-label` and `numerals`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.contracts import Context
from bookforge.diagnostics import Span
from bookforge.languages.base import load_language
from bookforge.model.document import Document, Section, SectionKind
from bookforge.model.inlines import Text
from bookforge.passes.labels import dress, spell
from bookforge.source import SourceMap
from tests.settings import make_config

HERE = Span(0, 0, 0)


def shown(
    label: str,
    style: dict[str, str],
    *,
    number: int | None = 9,
    title: str = "The Lamp",
    kind: SectionKind = SectionKind.CHAPTER,
    language: str = "en-US",
) -> str:
    config = make_config({"style": style})
    context = Context(config, load_language(language), lambda _: None, SourceMap(), Path())
    inlines = (Text(title, HERE),) if title else ()
    section = Section(kind, inlines, (), HERE, label=label, number=number)
    return dress(Document((section,), language), context).sections[0].label


@pytest.mark.parametrize(
    ("label", "style", "wanted"),
    [
        ("Chapter 9", {}, "Chapter 9"),
        ("Chapter 9", {"chapter-label": "number"}, "9"),
        ("Chapter 9", {"chapter-label": "word"}, "Chapter"),
        ("Chapter 9", {"chapter-label": "both"}, "Chapter 9"),
        ("Chapter 9", {"chapter-label": "none"}, ""),
        ("9", {"chapter-label": "both"}, "Chapter 9"),
        ("IX", {"chapter-label": "both", "numerals": "words"}, "Chapter Nine"),
        ("Chapter 9", {"numerals": "roman"}, "Chapter IX"),
        ("CHAPTER IX", {"numerals": "arabic"}, "CHAPTER 9"),
        ("CHAPTER IX", {"numerals": "words"}, "CHAPTER NINE"),
        ("Chapter Nine", {"chapter-label": "number", "numerals": "roman"}, "IX"),
        ("Nine", {"numerals": "arabic"}, "9"),
    ],
)
def test_labels(label: str, style: dict[str, str], wanted: str) -> None:
    assert shown(label, style) == wanted


def test_numbers_of_two_words() -> None:
    words = {"chapter-label": "number", "numerals": "arabic"}
    assert shown("Chapter Twenty One", words, number=21) == "21"
    assert shown("Chapter 21", {"numerals": "words"}, number=21) == "Chapter Twenty-One"


def test_what_has_no_title_keeps_its_label() -> None:
    assert shown("Chapter 9", {"chapter-label": "none"}, title="") == "Chapter 9"


def test_parts_and_chapters_without_a_number_stay() -> None:
    assert shown("Part Two", {"numerals": "arabic"}, number=2, kind=SectionKind.PART) == "Part Two"
    assert shown("Stave the Last", {"numerals": "arabic"}, number=None) == "Stave the Last"


@pytest.mark.parametrize(
    ("tag", "number", "word"),
    [("en", 1, "one"), ("en", 40, "forty"), ("en", 99, "ninety-nine"), ("en", 100, "one hundred"),
     ("de", 21, "einundzwanzig"), ("es", 22, "veintidós"), ("es", 31, "treinta y uno")],
)  # fmt: skip
def test_numbers_in_words(tag: str, number: int, word: str) -> None:
    assert spell(number, load_language(tag).headings)[0] == word


def test_a_number_beyond_words_is_written_in_figures() -> None:
    assert shown("Chapter 140", {"numerals": "words"}, number=140) == "Chapter 140"
