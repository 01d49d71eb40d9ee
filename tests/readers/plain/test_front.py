"""The manuscript's own title page is left out of the book, and no sentence of the story with it."""

from __future__ import annotations

import re

import pytest

from tests.readers.plain.reading import read

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


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
