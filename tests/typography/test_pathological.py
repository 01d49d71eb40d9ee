"""Texts that no writer types must not take longer than their length says."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from bookforge.passes.typography.filter import typogrify_text
from bookforge.passes.typography.markdown import typogrify_markdown

MAKERS: dict[str, Callable[[int], str]] = {
    "unclosed double marks": lambda n: '"a ' * n,
    "unclosed single marks": lambda n: "'a " * n,
    "mixed marks": lambda n: "\"'a " * n,
    "one long paragraph": lambda n: "It's \"so\" -- he said ... 'really' and 12-18. " * (n // 4),
    "wrapped with indents": lambda n: 'He said\n    "yes" and\n    it\'s so. ' * (n // 4),
    "apostrophes only": lambda n: "''" * n,
    "dots": lambda n: ". " * n,
    "hyphens": lambda n: "- " * n,
    "digits": lambda n: "1-" * n,
    "one word": lambda n: "a" * n * 4,
}


def cost(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


@pytest.mark.parametrize("name", sorted(MAKERS))
@pytest.mark.parametrize("work", [typogrify_text, typogrify_markdown], ids=["text", "markdown"])
def test_time_grows_with_length(name: str, work: Callable[[str], object]) -> None:
    make = MAKERS[name]
    work(make(40))
    small, large = cost(work, make(400)), cost(work, make(3_200))
    assert large < max(small, 0.01) * 8 * 4


@pytest.mark.slow
def test_a_paragraph_of_a_megabyte() -> None:
    text = "It's \"so\" -- he said ... 'really' and 12-18. " * 23_000
    assert len(text) > 1_000_000
    assert cost(typogrify_text, text) < 60
