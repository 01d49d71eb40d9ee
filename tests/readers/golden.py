"""Case files: many small manuscripts, each with the dump of what is read from it.

A file holds cases `=== name`, the manuscript, `--- dump`, the expected lines and, where there are
findings, `! CODE line:column` lines. `pytest --update-golden` rewrites them; review the diff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent.parent / "cases"
# Set by tests/conftest.py from the option.
UPDATE = False
_CASE, _DUMP = "=== ", "--- dump\n"


@dataclass(frozen=True)
class Case:
    """One case and where it stands."""

    path: Path
    name: str
    text: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path.stem}: {self.name}"

    def check(self, found: str) -> None:
        """Compare, or put what was found into the file when updating."""
        if UPDATE and found != self.expected:
            whole = self.path.read_text(encoding="utf-8")
            before = f"{_CASE}{self.name}\n{self.text}{_DUMP}{self.expected}"
            assert before in whole
            after = f"{_CASE}{self.name}\n{self.text}{_DUMP}{found}"
            self.path.write_text(whole.replace(before, after), encoding="utf-8")
        elif not UPDATE:
            assert found == self.expected


def read_cases(folder: str) -> list[Case]:
    """The cases of every file in a folder."""
    return list(_read_cases(folder))


def _read_cases(folder: str) -> Iterator[Case]:
    for path in sorted((CASES / folder).glob("*.txt")):
        for part in re.split(f"^{_CASE}", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            name, _, rest = part.partition("\n")
            text, _, expected = rest.partition(_DUMP)
            yield Case(path, name, text, expected)
