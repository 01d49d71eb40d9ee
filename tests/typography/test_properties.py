"""What holds for any text: nothing but marks changes, and cleaning twice is cleaning once."""

from __future__ import annotations

import re
import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from bookforge.passes.typography.filter import Options, typogrify_text
from bookforge.passes.typography.markdown import typogrify_markdown
from bookforge.passes.typography.straighten import straighten

PIECES = st.sampled_from(
    [  # noqa: RUF005
        *"\"'\"'\"' \n.,!?;:-()[]*_0159aAsz",
        "...",
        "--",
        "---",
        " - ",
        " – ",
        "“",
        "”",
        "‘",
        "’",
        "…",
    ]
    + [
        "it",
        "'em",
        "o'",
        "th'",
        "word",
        "\n\n",
        ". . .",
        "12-18",
        "6' 2\"",
        "Mr. ",
        "'90s",
        "said, ",
    ]
    + ["\u00a0", "  ", "—", "°", "🎉", "é", "www.a.b/c'd"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)
WORDS = st.lists(
    st.sampled_from(
        ["the", '"Well,"', "she", "said,", "'tis", "don't", '"Go', 'home."', "boys'", "a--b", "'em"]  # noqa: RUF005
        + ["late,", "'so'", "'And", "then?'", "rock", "'n'", "roll.", "wait...", "6'", '2"', "th'"]
    ),
    min_size=1,
    max_size=40,
)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def without_air(text: str) -> str:
    return re.sub(" *[\"'] *", "'", text)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_any_text(text: str) -> None:
    once = typogrify_text(text).text
    assert letters(once) == letters(text)
    assert once.count("\n") == text.count("\n")
    assert straighten(once) == straighten(text)
    assert typogrify_text(once).text == once


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_any_text_in_french(text: str) -> None:
    options = Options(language="fr")
    once = typogrify_text(text, options).text
    assert letters(once) == letters(text)
    # Guillemets stand for either straight mark, and take a space inside for their own.
    assert without_air(straighten(once)) == without_air(straighten(text))
    assert typogrify_text(once, options).text == once


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_any_markdown(text: str) -> None:
    once = typogrify_markdown(text).text
    assert letters(once) == letters(text)
    assert typogrify_markdown(once).text == once


@given(WORDS, st.integers(10, 40))
@settings(max_examples=200, deadline=None)
def test_wrapped_text_has_the_marks_of_unwrapped(words: list[str], width: int) -> None:
    text = " ".join(words)
    wrapped = textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)
    marks = typogrify_text(text).text
    assert typogrify_text(wrapped).text.split() == marks.replace("\u00a0", " ").split()
