"""What is wrong in the writer's files, as values: code, place, message, hint.

Nothing here prints: rooms call a `Report`, the command line shows what was reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, TypeAlias


class Span(NamedTuple):
    """A stretch of one source file: its id, and two offsets into the decoded text."""

    source: int
    start: int
    end: int

    def to(self, other: Span) -> Span:
        """From the beginning of this span to the end of the other."""
        return Span(self.source, self.start, max(self.end, other.end))


class Severity(IntEnum):
    """How bad it is; the order is used by `[check] fail-on`."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Hint(NamedTuple):
    """What the writer can do; `fix` is text to put in, where there is one."""

    message: str
    span: Span | None = None
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. The message says what is wrong, lower case, without a final stop.

    `file` names the file when there is no place in it to point at.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    hints: tuple[Hint, ...] = ()
    file: str = ""


Report: TypeAlias = Callable[[Diagnostic], None]


def ignore(diagnostic: Diagnostic) -> None:
    """Drop what is reported."""


class BookError(Exception):
    """The book cannot be read or built; carries the diagnostics that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        self.diagnostics: Sequence[Diagnostic] = diagnostics
        super().__init__("; ".join(found.message for found in diagnostics))


class ConfigError(BookError):
    """The command line or book.toml is wrong (exit code 2, not 1)."""
