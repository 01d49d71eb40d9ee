"""Texts that nobody writes: read all the same, and in time that grows with their size."""

from __future__ import annotations

import time

import pytest

from bookforge.model.walk import inline_runs, plain
from tests.readers.markdown.reading import read

_SIZE = 20_000
_PATTERNS = {
    "stars": "*a ",
    "doubled stars": "**a *",
    "open brackets": "[",
    "closed brackets": "a](",
    "backticks": "`a ``b ",
    "ampersands": "&a;",
    "angles": "<a ",
    "tags": "<b>",
    "comments": "<!-- ",
    "notes": "^[a",
    "marks": "[^a]",
    "braces": "*a*{",
    "backslashes": "\\",
    "spans": "[a]{.b",
}


@pytest.mark.parametrize("name", _PATTERNS)
def test_one_paragraph(name: str) -> None:
    begun = time.process_time()
    found = read(_PATTERNS[name] * (_SIZE // len(_PATTERNS[name])))
    assert time.process_time() - begun < 10
    assert found.document.sections


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", ">", "    "])
def test_deep_nesting_loses_nothing(mark: str) -> None:
    found = read(mark * 400 + "word\n\nafter\n")
    runs = [
        plain(run) for section in found.document.sections for run in inline_runs(section.blocks)
    ]
    text = " ".join(runs)
    assert text.count("word") == 1
    assert text.count("after") == 1


def test_a_paragraph_of_a_megabyte() -> None:
    found = read("word " * 200_000 + "*end*")
    (run,) = inline_runs(found.document.sections[0].blocks)
    assert len(plain(run)) == 1_000_003


def test_thousands_of_chapters() -> None:
    found = read("".join(f"# Chapter {number}\n\nText.\n\n" for number in range(1, 3001)))
    assert len(found.document.sections) == 3000


def test_nothing_but_markup() -> None:
    for text in ("#", "# ", ">", "- ", "```", "---\n---", "[^a]:", "|", "{.letter}", "<!--", "***"):
        read(text)
