"""Every code is explained, used in the program, and provoked by a test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bookforge.codes import CODES

_TESTS = Path(__file__).parent
_SOURCES = _TESTS.parent / "bookforge"
# A code of the linter behind "noqa" is none of ours.
_CODE = re.compile(r"(?<!noqa: )\b[CRSTAPEFIOD]\d{3}\b")


def _codes_in(folder: Path) -> set[str]:
    """Codes named in Python and text files, but for the table itself and this test."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*")):
        own = path.name in ("codes.py", "test_codes.py")
        if path.suffix in (".py", ".txt", ".md", ".toml") and not own:
            found |= set(_CODE.findall(path.read_text(encoding="utf-8", errors="replace")))
    return found


def test_every_code_has_a_test() -> None:
    assert sorted(set(CODES) - _codes_in(_TESTS)) == []


def test_every_code_is_given_by_the_program() -> None:
    assert sorted(set(CODES) - _codes_in(_SOURCES)) == []


def test_the_program_gives_no_other_codes() -> None:
    unknown = _codes_in(_SOURCES) - set(CODES)
    assert sorted(unknown) == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code: str) -> None:
    entry = CODES[code]
    assert not entry.title.endswith(".")
    assert entry.explanation.endswith((".", "?", ")", '"'))
    assert len(entry.explanation) > 30
