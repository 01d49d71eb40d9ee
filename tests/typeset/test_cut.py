"""Words into pieces."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.fonts.find import find_family
from bookforge.typeset.cut import Join, cut_letters, cut_word, find_compound
from bookforge.typeset.faces import Fount
from bookforge.typeset.frames import TextLine
from bookforge.typeset.items import Run, collect, loosen, split_wide, widest_chain
from bookforge.typeset.shape import Case, Gaps
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
        ("http://a.org/b", ["http://", "a.org/", "b"]),
        ("http://www.example.org/b", ["http://", "www", ".example", ".org/", "b"]),
        ("ann.lee@post.example.org", ["ann", ".lee", "@post", ".example", ".org"]),
        ("@once", ["@once"]),
        ("吾輩は猫。", ["吾", "輩", "は", "猫。"]),
    ],
)
def test_pieces(word: str, pieces: list[str]) -> None:
    assert [piece for _, piece in cut_word(word)] == pieces


def test_a_no_break_space_binds() -> None:
    assert [join for join, _ in cut_word("Mr.\u00a0Bennet")] == [CLOSED, BOUND]


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (["gone—", "and"], "gone— | and"),
        (["gone", "—and"], "gone — | and"),
        (["gone", "—", "and"], "gone — | and"),
        (["gone ", "—and"], "gone  —and"),
        (["(", "and", ")"], "( and )"),
        (["—", "and"], "— and"),
        (["well-", "known"], "well- | known"),
    ],
)
def test_a_line_may_end_behind_a_dash_between_two_founts(parts: list[str], shown: str) -> None:
    case = Case(Fount(find_family("EB Garamond", Path()).regular, 11.0), Gaps())
    found = loosen([Run(case, part) for part in parts])
    assert " ".join("| " * run.loose + run.text for run in found) == shown


def test_what_is_wider_than_the_line_comes_apart_somewhere() -> None:
    fount = Fount(find_family("EB Garamond", Path()).regular, 11.0)
    case = Case(fount, Gaps())
    case.learn(["antidisestablishmentarianism"])
    runs = [Run(case, "antidisestablishmentarianism") for _ in range(4)]
    para = collect(runs, 2.75)
    assert widest_chain(para) > 300.0
    assert widest_chain(split_wide(para, 200.0, lambda fount: case)) <= 200.0
    # … but where hyphens do it, the word is left whole.
    narrow = split_wide(para, 60.0, lambda fount: case, hyphens=True)
    assert [box.text for box in narrow.boxes] == ["antidisestablishmentarianism"] * 4


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
