"""Reads case files: `=== name`, the text as typed, `---`, the text as set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "cases" / "typography"
_SIGNS = {"⍽": "\u00a0", "␣": "\u202f", "˙": "\u200a"}


@dataclass(frozen=True, slots=True)
class Case:
    language: str
    name: str
    typed: str
    printed: str

    @property
    def label(self) -> str:
        return f"{self.language}: {self.name}"


def load_cases() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in _read(path)]


def show(text: str) -> str:
    """Spaces made visible, as the files have them."""
    for sign, char in _SIGNS.items():
        text = text.replace(char, sign)
    return text


def _read(path: Path) -> list[Case]:
    cases = []
    for part in path.read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, body = part.split("\n", 1)
        typed, printed = body.split("\n---\n", 1)
        cases.append(Case(path.stem, name, typed.strip("\n"), printed.strip("\n")))
    return cases
