"""A backtick that opens quotations in old plain texts, and every other one."""

from __future__ import annotations

import pytest

from bookforge.passes.typography.filter import typogrify_text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("He said, `How do you do?'", "He said, ‘How do you do?’"),
        ("\"`They aren't straight,'\" said he.", "“\u200a‘They aren’t straight,’\u200a” said he."),
        ("\"`Why,' said he.  `He is.'\"", "“\u200a‘Why,’ said he. ‘He is.’\u200a”"),
        ("(`Never,' he wrote, `again.')", "(‘Never,’ he wrote, ‘again.’)"),
    ],
)
def test_an_opening_mark(typed: str, printed: str) -> None:
    assert typogrify_text(typed).text == printed


@pytest.mark.parametrize(
    "text",
    [
        "Run `make` and `make test` first.",
        "A lone ` in the text.",
        "The okina is typed Hawai`i here.",
        "Type `cd and nothing more.",
        "```\ncode\n```",
    ],
)
def test_anything_else_stays(text: str) -> None:
    assert typogrify_text(text).text == text
