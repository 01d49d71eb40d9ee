"""Texts nobody writes, and scripts the default family has no letters for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.hostile.conftest import Build

_PATHOLOGICAL = {
    "one paragraph of 1 MB": "It went on and on, " * 55_000 + "and stopped.\n",
    "a word of 10,000 letters": "Before " + "x" * 10_000 + " after.\n",
    "a word of 10,000 letters with a hyphen": "a" * 5_000 + "-" + "b" * 5_000 + "\n",
    "5,000 one-line chapters": "".join(f"# {n}\n\nLine {n}.\n\n" for n in range(1, 5001)),
    "10,000 unclosed quotes": '"He said. ' * 10_000 + "\n",
    "10,000 unclosed single quotes": "'He said. " * 10_000 + "\n",
    "10,000 opening brackets": "[" * 10_000 + "\n",
    "10,000 stars": "*" * 10_000 + "a\n",
    "deep block quotes": ">" * 500 + " deep\n",
    "deep lists": "".join("  " * depth + "- item\n" for depth in range(100)),
    "10,000 underscores": "a_" * 10_000 + "\n",
    "10,000 dashes": "-" * 10_000 + " and " + "—" * 10_000 + "\n",
    "ten thousand blank lines": "# One\n" + "\n" * 10_000 + "Text.\n",
    "only spaces that are no spaces": "\u00a0\u2003\u3000 word\n",
    "combining marks without end": "e" + "\u0301" * 2_000 + "\n",
}


# Long in one format, longer in the other: one of each is enough for every day.
_LONG = {("one paragraph of 1 MB", ".md"), ("5,000 one-line chapters", ".md")}
# Processor seconds on a slow machine; what grows with the square of the text takes hours.
_PATIENCE = 120.0
_CASES = [
    pytest.param(name, ending, marks=[pytest.mark.slow] if (name, ending) in _LONG else [])
    for name in _PATHOLOGICAL
    for ending in (".md", ".txt")
]


@pytest.mark.parametrize(("name", "ending"), _CASES)
def test_pathological(folder: Path, build: Build, name: str, ending: str) -> None:
    (folder / f"odd{ending}").write_text(_PATHOLOGICAL[name], encoding="utf-8")
    begun = time.process_time()
    assert build("--set", f"manuscript.files=odd{ending}").code == 0
    assert time.process_time() - begun < _PATIENCE


_SCRIPTS = {
    "Cyrillic": ("Мороз и солнце; день чудесный!", "ru"),
    "Greek": ("Ἄνδρα μοι ἔννεπε, Μοῦσα, πολύτροπον.", "el"),
    "Chinese": ("話說天下大勢，分久必合，合久必分。", "zh"),
    "Japanese": ("雪国であった。夜の底が白くなった。", "ja"),
    "Korean": ("나 보기가 역겨워 가실 때에는", "ko"),
    "Arabic": ("كان يا ما كان في قديم الزمان", "ar"),
    "Hebrew": ("בראשית ברא אלהים את השמים", "he"),
    "Devanagari": ("यदा यदा हि धर्मस्य", "hi"),
    "Thai": ("กาลครั้งหนึ่งนานมาแล้ว", "th"),
    "emoji": ("She sent 🙂 and 👩‍👩‍👧 and 🏳️‍🌈.", "en"),
    "private use": ("A \ue000 and a \U000f0000.", "en"),
}


@pytest.mark.parametrize("name", _SCRIPTS)
def test_scripts(folder: Path, build: Build, name: str) -> None:
    text, language = _SCRIPTS[name]
    (folder / "plain.md").write_text(f"# One\n\n{text}\n\nPlain words.\n", encoding="utf-8")
    assert build("--set", f"book.language={language}").code == 0


@pytest.mark.parametrize("name", ["Chinese", "Thai", "emoji", "private use"])
def test_letters_without_glyphs_are_reported(folder: Path, build: Build, name: str) -> None:
    text, language = _SCRIPTS[name]
    (folder / "plain.md").write_text(f"# One\n\n{text}\n", encoding="utf-8")
    outcome = build("print", "--set", f"book.language={language}")
    assert outcome.code == 0
    assert "[F0" in outcome.err and "plain.md:3" in outcome.err
