"""Words divided, looked up and cut out of a shaped text by the kernel as by the Python."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.languages.base import Hyphenation
from bookforge.typeset.hyphenate import divide
from bookforge.typeset.patterns import Patterns, load_patterns
from bookforge.typeset.shape import Words, cut_glyphs, read_glyphs
from tests.kernel.twins import twins

_LETTERS = "abcdeäßθж١"
_WORDS = st.text(_LETTERS, max_size=12)


@st.composite
def _patterns(draw: st.DrawFn) -> str:
    letters = draw(st.text(_LETTERS, min_size=1, max_size=4))
    figures = draw(st.lists(st.sampled_from(["", "", "0", "1", "2", "9"]), min_size=6, max_size=6))
    spelt = "".join(figure + letter for figure, letter in zip(figures, letters, strict=False))
    ends = draw(st.sampled_from([("", ""), (".", ""), ("", ".")]))
    changed = draw(st.sampled_from(["", "", "/s=sz,1,1"]))
    return f"{ends[0]}{spelt}{figures[5]}{ends[1]}{changed}"


@given(st.lists(_patterns(), min_size=1, max_size=12), st.lists(_WORDS, max_size=8))
def test_patterns_divide_alike(patterns: list[str], words: list[str]) -> None:
    compiled, python = twins(Patterns)
    mine, theirs = compiled(patterns), python(patterns)
    assert [mine.find(word) for word in words] == [theirs.find(word) for word in words]


@given(st.text("tabledrcoinghyp", min_size=1, max_size=60))
def test_words_of_a_language_are_divided_alike(word: str) -> None:
    compiled, python = twins(divide)
    rules = Hyphenation("en_GB", 2, 3, {"table": "ta-ble"})
    patterns = load_patterns("en_GB")
    assert compiled(word, rules, patterns) == python(word, rules, patterns)


@given(
    st.lists(st.text("abcdé“字", min_size=1, max_size=4), unique=True, max_size=400),
    st.lists(st.text("abcdé“字  ", max_size=40), max_size=20),
)
def test_words_are_looked_up_alike(known: list[str], texts: list[str]) -> None:
    compiled, python = twins(Words)
    mine, theirs = compiled(), python()
    for number, word in enumerate(known):
        if number % 50 == 0:
            mine.find(" ".join(known[:number]))  # the table grows in between
        mine[word] = theirs[word] = SimpleNamespace(text=word)  # type: ignore[assignment]
    for text in [*texts, " ".join(known)]:
        assert mine.find(text) == theirs.find(text)
        assert mine.missing(text) == theirs.missing(text)


def test_a_word_found_is_the_one_in_the_dictionary() -> None:
    compiled, _ = twins(Words)
    words = compiled()
    box: Any = SimpleNamespace(text="word")
    words["word"] = box
    assert words.find("a word word") == ([None, box, box], [(0, "a")])


@st.composite
def _shaped(draw: st.DrawFn) -> tuple[list[str], list[Any], list[Any]]:
    """Words side by side with glyphs for them: ligatures take several letters."""
    words = draw(st.lists(st.text("fiab", min_size=1, max_size=6), min_size=1, max_size=8))
    text = "\n".join(words)
    infos, at = [], 0
    while at < len(text):
        infos.append(SimpleNamespace(codepoint=ord(text[at]), cluster=at))
        at += 2 if text[at : at + 2] == "fi" else 1
    moves = st.sampled_from([0, 0, 0, 7])
    positions = [
        SimpleNamespace(x_advance=draw(st.integers(200, 600)), x_offset=draw(moves), y_offset=0)
        for _ in infos
    ]
    return words, infos, positions


class _Same(dict[int, int]):
    def __missing__(self, number: int) -> int:
        return number


@given(_shaped())
def test_glyphs_are_cut_into_words_alike(shaped: tuple[list[str], list[Any], list[Any]]) -> None:
    words, infos, positions = shaped
    found = []
    for read, cut in zip(twins(read_glyphs), twins(cut_glyphs), strict=True):
        glyphs, advances, moved = read(infos, positions, _Same())
        naturals = tuple(
            300 if glyph % 2 else advance for glyph, advance in zip(glyphs, advances, strict=True)
        )
        rows = cut(words, infos, glyphs, advances, naturals, lambda word, at: (word, *map(str, at)))
        found.append((glyphs, advances, moved, rows))
    assert found[0] == found[1]


@pytest.mark.parametrize("word", ["hyphenation", "x" * 60, ""])
def test_long_and_empty_words(word: str) -> None:
    compiled, python = twins(Patterns)
    patterns = ["hy3ph", "he2n", "hena4", "hen5at", "1na", "n2at", "1tio", "2io"]
    assert compiled(patterns).find(word) == python(patterns).find(word)
