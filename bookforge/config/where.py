"""Where each key and value of a TOML text stands.

In: text that `tomllib` has accepted. Out: `Places`, which turns a path of keys (array items by
number) into offsets. tomllib itself keeps no positions, so this reads the text once more; it
checks nothing and never fails on valid TOML.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bookforge.regex import regex
from bookforge.source import SourceFile

Path = tuple[str | int, ...]

_SPACE = regex(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = regex(r"[A-Za-z0-9_-]+")
_STRING = regex(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2}(?!"))'  # up to two quotes may stand before the closing three
    r"|'''.*?'''(?:'{0,2}(?!'))"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
# A date may hold one space between day and time.
_SCALAR = regex(r"\d{4}-\d\d-\d\d \d\d:[0-9:.+Zz-]+|[^\s,\]}#]+")


class Place(NamedTuple):
    """Offsets of a key (for a table: of its header; for an item: of the item) and of its value."""

    key: tuple[int, int]
    value: tuple[int, int]


class Places(NamedTuple):
    """Every key of one TOML text."""

    places: Mapping[Path, Place]

    def find(self, path: Path) -> Place | None:
        """The place of a key, or of the nearest table around it; None when there is none."""
        for length in range(len(path), 0, -1):
            if (place := self.places.get(path[:length])) is not None:
                return place
        return None


def find_places(text: str) -> Places:
    """Index a TOML text."""
    return Places(_Scanner(text).scan())


def list_places(sources: Iterable[SourceFile]) -> Iterator[tuple[SourceFile, Path, Place]]:
    """Every key in the settings files among the files read."""
    for source in sources:
        if source.path.suffix == ".toml":
            for path, place in find_places(source.text).places.items():
                yield source, path, place


class _Scanner:
    """Walks through the text once; `position` is the offset reached."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.places: dict[Path, Place] = {}
        # How many [[headers]] each array of tables has had so far.
        self.headers: dict[Path, int] = {}

    def scan(self) -> dict[Path, Place]:
        table: Path = ()
        while self._skip_space():
            if self.text.startswith("[[", self.position):
                table = self._read_header("[[", "]]")
            elif self.text.startswith("[", self.position):
                table = self._read_header("[", "]")
            else:
                self._read_pair(table)
        return self.places

    def _skip_space(self) -> bool:
        """Go past blanks, line ends and comments; False at the end of the text."""
        found = _SPACE.match(self.text, self.position)
        self.position = found.end() if found else self.position
        return self.position < len(self.text)

    def _read_header(self, opening: str, closing: str) -> Path:
        start = self.position
        self.position += len(opening)
        keys = self._read_key()
        self.position = self.text.index(closing, self.position) + len(closing)
        path = (*self._resolve(tuple(name for name, _ in keys[:-1])), keys[-1][0])
        place = Place(keys[-1][1], (start, self.position))
        if opening == "[[":
            number = self.headers.get(path, 0)
            self.headers[path] = number + 1
            self.places.setdefault(path, place)
            path = (*path, number)
        self._note_parents(path[:-1], place)
        self.places.setdefault(path, place)
        return path

    def _resolve(self, names: tuple[str, ...]) -> Path:
        """Names of a header as a path: an array of tables stands for its last table."""
        path: Path = ()
        for name in names:
            path = (*path, name)
            if path in self.headers:
                path = (*path, self.headers[path] - 1)
        return path

    def _note_parents(self, path: Path, place: Place) -> None:
        for length in range(1, len(path) + 1):
            self.places.setdefault(path[:length], place)

    def _read_pair(self, table: Path) -> None:
        keys = self._read_key()
        self.position = self.text.index("=", self.position) + 1
        path = (*table, *(name for name, _ in keys))
        start, end = self._read_value(path)
        for length in range(1, len(keys)):
            parent = Place(keys[length - 1][1], (start, end))
            self.places.setdefault(path[: len(table) + length], parent)
        self.places[path] = Place(keys[-1][1], (start, end))

    def _read_key(self) -> list[tuple[str, tuple[int, int]]]:
        """The parts of a dotted key, each with its offsets."""
        parts: list[tuple[str, tuple[int, int]]] = []
        while True:
            self._skip_space()
            found = _STRING.match(self.text, self.position) or _BARE_KEY.match(
                self.text, self.position
            )
            if found is None:  # Not TOML: give up on this character, never loop for ever.
                self.position += 1
                return [*parts, ("", (self.position - 1, self.position))]
            parts.append((_name(found[0]), found.span()))
            self.position = found.end()
            self._skip_space()
            if not self.text.startswith(".", self.position):
                return parts
            self.position += 1

    def _read_value(self, path: Path) -> tuple[int, int]:
        self._skip_space()
        start = self.position
        if self.text.startswith("[", start):
            self._read_array(path)
        elif self.text.startswith("{", start):
            self._read_inline_table(path)
        else:
            found = _STRING.match(self.text, start) or _SCALAR.match(self.text, start)
            self.position = found.end() if found else start + 1
        return start, self.position

    def _read_array(self, path: Path) -> None:
        self.position += 1
        number = 0
        while self._skip_space() and self.text[self.position] != "]":
            if self.text[self.position] == ",":
                self.position += 1
                continue
            item = (*path, number)
            span = self._read_value(item)
            self.places[item] = Place(span, span)
            number += 1
        self.position += 1

    def _read_inline_table(self, path: Path) -> None:
        self.position += 1
        while self._skip_space() and self.text[self.position] != "}":
            if self.text[self.position] == ",":
                self.position += 1
            else:
                self._read_pair(path)
        self.position += 1


def _name(key: str) -> str:
    """A key as tomllib gives it: quotes off, escapes resolved."""
    if key[0] in "\"'":
        return next(iter(tomllib.loads(f"{key} = 0")))
    return key
