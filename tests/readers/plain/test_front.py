"""The manuscript's own title page is left out of the book, and no sentence of the story with it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookforge.model.blocks import SceneBreak
from tests.readers.plain.reading import Read, read

_OPENINGS = (
    "He came to London in the rain, and nobody met him at the station.",
    "In 1921, the rain came.",
    "The Press was closed.",
    '"Words, words," she said to me that night. "Is it a novel or a play?"',
    "It was the year 1921 (as always), and the rain fell on the press and on the printer alike.",
    "הגשם ירד על שנת 1921, כמו תמיד, ואיש לא צחק.",
    "一九二一年，她到了伦敦，雨下了1921天。",
)
_PAGES = (
    "A novel in three parts.",
    "Copyright © 2024 by A. Writer. All rights reserved.",
    "First published in London in 1921 by the author and his brother.",
    "No part of this book may be reproduced without the permission of the publisher.",
    "London, 1921",
    "With illustrations by B. Drawer",
)


@pytest.mark.parametrize("headed", [True, False])
@pytest.mark.parametrize("opening", _OPENINGS)
def test_openings_stay(opening: str, headed: bool) -> None:
    rest = "CHAPTER 1\n\nIt rained.\n\nCHAPTER 2\n\nIt stopped." if headed else "She laughed."
    letters = read(f"The Red Kettle\nby A. Writer\n\n{opening}\n\n{rest}\n").letters()
    assert _fold(opening) in letters and "Kettle" not in letters


@pytest.mark.parametrize("line", _PAGES)
def test_title_pages_go(line: str) -> None:
    rest = "CHAPTER 1\n\nIt rained.\n\nCHAPTER 2\n\nIt stopped."
    letters = read(f"The Red Kettle\nby A. Writer\n\n{line}\n\n{rest}\n").letters()
    assert _fold(line) not in letters


_UNTITLED = {
    "ja": "今は昔、竹取の翁といふものありけり。野山にまじりて竹を取りつつ、"
    "よろづのことに使ひけり。\n\n"
    "その竹の中に、光る竹があった。\n\n***\n\n「誰だ？」\n\n***\n\n翁は笑った。",
    "zh": "他没有回答。\n\n雨下了一整夜\n\n***\n\n“走吧。”\n\n***\n\n她说",
    "hi": "बारिश रात भर होती रही।\n\nकिसी ने कुछ नहीं कहा\n\n***\n\nवह चला गया।\n\n***\n\nसुबह हुई।",
    "en": "The rain kept on\n\nand nobody said a word\n\n***\n\nclocks\n\n***\n\nit stopped",
}


@pytest.mark.parametrize("title", [None, "Something Else"])
@pytest.mark.parametrize("language", sorted(_UNTITLED))
def test_a_text_without_a_title_page_stays_whole(language: str, title: str | None) -> None:
    text = _UNTITLED[language]
    book = read(text, book=_named(language, title))
    assert book.letters() == _fold(text)
    assert len(_breaks(book)) == 2 and not book.document.removed


def test_an_opening_line_is_no_title_when_the_book_has_another() -> None:
    opening = "Sunday Evening, a Little After Nine"
    rest = (
        "The rain had come in from the sea, and nobody in the house had said a word since supper."
    )
    for title, stays in (("Lamps", True), (opening, False)):
        book = read(f"{opening}\n\n{rest}\n", book={"title": title})
        assert (_fold(opening) in book.letters()) is stays
        assert "S021" not in book.codes


def test_a_line_that_is_kept_is_on_no_title_page() -> None:
    text = "The Red Kettle\nby A. Writer\n\nLondon, 1921\n\nShe laughed at the rain.\n"
    assert read(text).codes.count("S021") == 1
    fix = {"at": "London, 1921", "kind": "text"}
    book = read(text, manuscript={"fix": [fix]})
    assert "London1921" in book.letters() and "S021" not in book.codes


_WORDS = st.sampled_from(
    ["rain", "Rain", "the", "THE", "Marta", "said", "By", "by", "To", "1921", "London", "novel"]
)
_FOREIGN = st.sampled_from(["今は昔", "竹取の翁", "夜", "雨下了", "बारिश", "रात भर", "Ночь"])
_LINE = st.builds(
    lambda words, stop: " ".join(words) + stop,
    st.lists(st.one_of(_WORDS, _FOREIGN), min_size=1, max_size=8),
    st.sampled_from(["", "", ".", "?", ",", "。", "」", "।", ":", "…"]),
)
_BLOCK = st.one_of(st.just("***"), st.lists(_LINE, min_size=1, max_size=3).map("\n".join))
_GAP = st.sampled_from(["\n\n", "\n\n", "\n\n\n\n"])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(_BLOCK, _GAP), min_size=1, max_size=8),
    st.sampled_from(["", "CHAPTER 1\n\nIt rained.\n\nCHAPTER 2\n\nIt stopped.\n"]),
    st.sampled_from([None, "Rain", "Lamps"]),
)
def test_every_word_of_a_first_page_is_told(
    page: list[tuple[str, str]], rest: str, title: str | None
) -> None:
    """In the text or the metadata; else it was removed, and a message says so."""
    text = "".join(block + gap for block, gap in page) + rest
    book = read(text, book=_named("en", title))
    assert book.letters() == book.source_letters()
    found = book.document.found
    told = {title} if title else {found.title, found.subtitle}
    told |= {*found.authors, *(value for _, value in found.extra)}
    said = {word for one in told for word in re.findall(r"\w+", one.casefold())}
    for gone in book.document.removed:
        lines = book.sources[0].text[gone.span.start : gone.span.end]
        words = set(re.findall(r"\w+", lines.casefold())) - said - {"by"}
        assert gone.what != "title page" or not words or "S021" in book.codes
        # Nothing is taken from the middle of the story.
        assert rest or "***" not in text[: gone.span.start]


def _named(language: str, title: str | None) -> dict[str, str]:
    return {"language": language} | ({"title": title} if title else {})


def _breaks(book: Read) -> list[SceneBreak]:
    blocks = [block for section in book.document.sections for block in section.blocks]
    return [block for block in blocks if isinstance(block, SceneBreak)]


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
