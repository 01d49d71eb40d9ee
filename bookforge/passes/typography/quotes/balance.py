"""Quotation marks without a partner, with the continuation rule in mind.

A quotation of several paragraphs has an opening mark before each and a closing one at the end of
the last (Chicago 13.32); one that holds verse or a letter may close paragraphs later.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bookforge.passes.typography.quotes.states import step


class Lonely(NamedTuple):
    """A mark that has no partner: `fault` is "unclosed" or "unopened"."""

    offset: int
    char: str
    fault: str


class Tally:
    """Follows the open marks of a stretch of paragraphs."""

    def __init__(self) -> None:
        self.found: list[Lonely] = []
        self._waiting: list[tuple[str, int, str]] = []  # kind, offset, char

    def begin(self, carried: str) -> None:
        """A paragraph begins; what was open and is not carried into it is lost."""
        if len(self._waiting) != len(carried):
            self.drop()

    def drop(self) -> None:
        """No quotation runs on from here."""
        self.found += [Lonely(offset, char, "unclosed") for _, offset, char in self._waiting[:1]]
        self._waiting = []

    def forget(self) -> None:
        """The next paragraph repeats the open marks: a continuation, nothing is missing."""
        self._waiting = []

    def read(self, marks: Iterable[tuple[str, int, str, str]]) -> None:
        """The marks of a paragraph: kind, offset, character, reading."""
        stack = "".join(kind for kind, _, _ in self._waiting)
        for kind, offset, char, reading in marks:
            after, fault = step(stack, kind, reading)
            if fault == "unopened":
                self.found.append(Lonely(offset, char, "unopened"))
            elif len(after) > len(stack):
                self._waiting.append((kind, offset, char))
            elif len(after) < len(stack):
                lost = self._waiting[len(after) + 1 :]
                self.found += [Lonely(at, sign, "unclosed") for _, at, sign in lost]
                del self._waiting[len(after) :]
            stack = after
