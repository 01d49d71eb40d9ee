"""From codes in a string to characters of a composite font. ISO 32000-1, 9.7.5."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from bookforge.regex import regex

_SPACE = regex(rb"begincodespacerange(.*?)endcodespacerange", re.DOTALL)
_RANGES = regex(rb"begincidrange(.*?)endcidrange", re.DOTALL)
_CHARS = regex(rb"begincidchar(.*?)endcidchar", re.DOTALL)
_PAIR = regex(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>")
_RANGE = regex(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(\d+)")
_CHAR = regex(rb"<([0-9A-Fa-f\s]+)>\s*(\d+)")

# Most strings of a book are parts of words: what takes them apart, by their bytes.
_UNPACK = {2 * count: struct.Struct(f">{count}H").unpack for count in range(40)}


class Range(NamedTuple):
    """Codes `first` to `last` are characters from `cid` on."""

    first: int
    last: int
    cid: int


def read_pairs(text: bytes) -> Sequence[int]:
    """Each character is two bytes: Identity-H and most of the predefined maps."""
    unpack = _UNPACK.get(len(text))
    if unpack is not None:
        return unpack(text)
    count, odd = divmod(len(text), 2)
    return struct.unpack(f">{count + odd}H", text + bytes(odd))


class CodeMap:
    """A map that the file carries."""

    def __init__(self, source: bytes) -> None:
        self._sizes = _read_space(source)
        self._ranges = sorted(_read_ranges(source))
        self._firsts = [one.first for one in self._ranges]

    def read(self, text: bytes) -> Sequence[int]:
        """The characters of a string; those without one are character 0."""
        found, place = [], 0
        while place < len(text):
            size = self._size(text, place)
            found.append(self._find(int.from_bytes(text[place : place + size], "big")))
            place += size
        return found

    def _size(self, text: bytes, place: int) -> int:
        for size, low, high in self._sizes:
            code = text[place : place + size]
            if len(code) == size and low <= code <= high:
                return size
        return self._sizes[0][0] if self._sizes else 2

    def _find(self, code: int) -> int:
        index = bisect_right(self._firsts, code) - 1
        if index < 0 or code > self._ranges[index].last:
            return 0
        return self._ranges[index].cid + code - self._ranges[index].first


def _read_space(source: bytes) -> list[tuple[int, bytes, bytes]]:
    pairs = [pair for block in _SPACE.findall(source) for pair in _PAIR.findall(block)]
    sizes = [(_bytes(low), _bytes(high)) for low, high in pairs]
    return sorted((len(low), low, high) for low, high in sizes if low and len(low) <= 4)


def _read_ranges(source: bytes) -> list[Range]:
    found = [
        Range(_code(first), _code(last), int(cid))
        for block in _RANGES.findall(source)
        for first, last, cid in _RANGE.findall(block)
    ]
    chars = [one for block in _CHARS.findall(source) for one in _CHAR.findall(block)]
    return found + [Range(_code(code), _code(code), int(cid)) for code, cid in chars]


def _bytes(digits: bytes) -> bytes:
    text = b"".join(digits.split())
    return bytes.fromhex((text + b"0" * (len(text) % 2)).decode("ascii"))


def _code(digits: bytes) -> int:
    return int.from_bytes(_bytes(digits), "big")
