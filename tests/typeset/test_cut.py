"""Words into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.typeset.cut import Join, cut_letters, cut_word, find_compound
from bookforge.typeset.frames import TextLine
from tests.typeset.making import book, chapter, lay

LOOSE, BOUND, CLOSED = Join.LOOSE, Join.BOUND, Join.CLOSED


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("word", ["word"]),
        ("well-known", ["well-", "known"]),
        ("x-ray", ["x-ray"]),
        ("1917-18", ["1917-18"]),
        ("gone—and", ["gone—", "and"]),
        ("gone”—“and", ["gone”—", "“and"]),
        ("—and", ["—and"]),
        ("gone—”", ["gone—”"]),
        ("wait…what", ["wait…", "what"]),
        ("Mr.\u00a0Bennet", ["Mr.", "Bennet"]),
        ("http://a.org/b", ["http://a.org/", "b"]),
        ("吾輩は猫。", ["吾", "輩", "は", "猫。"]),
    ],
)
def test_pieces(word: str, pieces: list[str]) -> None:
    assert [piece for _, piece in cut_word(word)] == pieces


def test_a_no_break_space_binds() -> None:
    assert [join for join, _ in cut_word("Mr.\u00a0Bennet")] == [CLOSED, BOUND]


def test_a_word_of_ten_thousand_letters_comes_apart() -> None:
    assert len(cut_word("a" * 10_000)) == 10_000


def test_marks_stay_with_their_letters() -> None:
    assert [piece for _, piece in cut_letters("e\u0301a")] == ["e\u0301", "a"]


@given(st.text(alphabet="abcé—–-…\u00a0/1“”’吾。", min_size=1, max_size=60))
def test_nothing_is_lost(word: str) -> None:
    joined = "".join(piece for _, piece in cut_word(word))
    assert joined.replace("\u00a0", "") == word.replace("\u00a0", "")
    if not find_compound([word]):
        assert cut_word(word) == [(CLOSED, word)]


def test_lines_of_ideographs_are_filled() -> None:
    settings = {"style": {"drop-cap": False}}
    laid = lay(
        book(chapter("その朝、港には霧が深くたちこめていて、灯台の明かりも見えなかった。" * 8)),
        settings,
    )
    ends: dict[float, float] = {}
    for page in laid.layout.pages:
        for item in page.items:
            if isinstance(item, TextLine) and item.size == 11 and len(item.words[0].texts[0]):
                width = sum(word.width for word in item.words) * item.size / 1000
                ends[item.y] = max(ends.get(item.y, 0.0), item.x + width)
    full = [ends[y] for y in sorted(ends)[:-2]]
    assert len(full) >= 3
    assert max(full) - min(full) < 0.7
