"""Page content cut into operations: operands and operator. ISO 32000-1, 7.8.2.

Nearly all text of a book is `x y Td [...]TJ`, so that pair, with a change of width before it, is
taken in one match; what no pattern takes is read token by token.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

from bookforge.regex import regex

# A number, string, `Name`, list or dictionary of these, or None.
Operand: TypeAlias = Any

_NUMBER = rb"([-+]?(?:\d++\.?+\d*+|\.\d++))"
# Strings without escapes or brackets, and numbers between them.
_ARRAY = rb"\[([-+.\d\s]*+(?:\([^()\\]*+\)[-+.\d\s]*+)*+)\]\s*+TJ(?![^\s()<>\[\]{}/%])"
_OPERATION = regex(
    rb"[\s\0]*+(?>"
    rb"(?:" + _NUMBER + rb"\s++Tz\s++)?+" + _NUMBER + rb"\s++" + _NUMBER + rb"\s++Td\s*+" + _ARRAY
    # Group 4 holds a whole line; 5 an array alone; 6 and 7 other operands and operator.
    + rb"|" + _ARRAY
    + rb"|((?:[-+.\d]++[\s\0]++|/[^\s\0()<>\[\]{}/%]*+[\s\0]*+)*+)"
    + rb"(?!null\b|true\b|false\b)([A-Za-z'\"][A-Za-z0-9*]*+)(?![^\s\0()<>\[\]{}/%])"
    rb"|(\S))"
)  # fmt: skip
LINE, ARRAY, SIMPLE = 4, 5, 7
# The operations of a stream from a place on, as matches.
scan = _OPERATION.finditer

_TOKEN = regex(
    rb"(?:[\s\0]|%[^\r\n]*+)*+(?>"
    rb"([-+]*\d[\d.+-]*+|[-+]*\.[\d.+-]++)"
    rb"|/([^\s\0()<>\[\]{}/%]*+)"
    rb"|(<<|>>|[\[\]{}])"
    rb"|(\()"
    rb"|<([^<>]*+)>"
    rb"|([^\s\0()<>\[\]{}/%]++)"
    rb"|([()<>]))"
)
_NUMBER_T, _NAME_T, _BRACKET_T, _STRING_T, _HEX_T, _WORD_T = 1, 2, 3, 4, 5, 6
_PAREN = regex(rb"[()\\]")
_ESCAPE = regex(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_HASH = regex(rb"#([0-9A-Fa-f]{2})")
_IMAGE_END = regex(rb"[\s\0]EI(?=[\s\0]|\Z)")
_VALUES = {b"true": 1.0, b"false": 0.0, b"null": None}
# Deeper nesting is no page content; pikepdf draws its line at the same place.
_DEEPEST = 499
# No operator has more operands than a colour of 32 inks; the rest is a heap of numbers.
_MOST = 10_000


class Name(bytes):
    """A name of PDF without its slash."""


class Unreadable(Exception):
    """The content breaks the syntax of PDF; says how."""


class Operation(NamedTuple):
    """Operands, operator, and where the next operation begins."""

    operands: list[Operand]
    operator: bytes
    end: int


def read_simple(text: bytes) -> list[Operand]:
    """Operands that are numbers and names only."""
    if b"/" in text:
        words = text.replace(b"/", b" /").split()
        return [_read_name(word[1:]) if word[:1] == b"/" else _float(word) for word in words]
    return [_float(word) for word in text.split()]


def _float(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        # "--5" and "1.2.3" occur in the wild; readers take what makes sense.
        found = re.match(rb"[-+]*(\d*\.?\d*)", text)
        digits = found[1] if found else b""
        return 0.0 if digits in (b"", b".") else float(digits)


def _read_name(text: bytes) -> Name:
    if b"#" in text:
        text = _HASH.sub(lambda found: bytes([int(found[1], 16)]), text)
    return Name(text)


def read_operation(data: bytes, start: int) -> Operation | None:
    """The operation at `start`, token by token; None at the end of the data.

    Raises `Unreadable` for what is no content at all.
    """
    reader = _Reader(data, start)
    operands: list[Operand] = []
    while (found := reader.token()) is not None:
        if found.lastindex == _WORD_T:
            word = found[_WORD_T]
            if word in _VALUES:
                operands.append(_VALUES[word])
            elif word == b"BI":
                return reader.inline_image()
            else:
                return Operation(operands, word, reader.place)
        else:
            operands.append(reader.operand(found))
        if len(operands) > _MOST:
            raise Unreadable("operands without an operator")
    if operands:
        raise Unreadable("it ends in the middle of an operation")
    return None


class _Reader:
    """Reads tokens of `data` from `place` on."""

    def __init__(self, data: bytes, place: int) -> None:
        self.data = data
        self.place = place

    def token(self) -> re.Match[bytes] | None:
        found = _TOKEN.match(self.data, self.place)
        if found is not None:
            self.place = found.end()
        return found

    def operand(self, found: re.Match[bytes]) -> Operand:
        """The value that begins with this token; arrays and dictionaries to their end."""
        stack: list[list[Operand]] = []
        closers: list[bytes] = []
        while True:
            token = found[_BRACKET_T]
            if token in (b"[", b"<<"):
                if len(stack) >= _DEEPEST:
                    raise Unreadable("brackets nested too deep")
                stack.append([])
                closers.append(b"]" if token == b"[" else b">>")
            else:
                value = self._close(token, stack, closers) if token else self._scalar(found)
                if not stack:
                    return value
                stack[-1].append(value)
            following = self.token()
            if following is None:
                raise Unreadable("a bracket that is never closed")
            found = following

    def _close(self, token: bytes, stack: list[list[Operand]], closers: list[bytes]) -> Operand:
        if not closers or closers.pop() != token:
            raise Unreadable(f"{token.decode()} without its partner")
        items = stack.pop()
        if token == b"]":
            return items
        keys = items[::2]
        return {
            key: value
            for key, value in zip(keys, items[1::2], strict=False)
            if isinstance(key, Name)
        }

    def _scalar(self, found: re.Match[bytes]) -> Operand:
        kind = found.lastindex
        if kind == _NUMBER_T:
            return _float(found[kind])
        if kind == _NAME_T:
            return _read_name(found[kind])
        if kind == _STRING_T:
            return self._string()
        if kind == _HEX_T:
            return _read_hex(found[kind])
        if kind == _WORD_T:
            return _VALUES.get(found[kind])
        raise Unreadable(f"a stray {found[0].strip().decode('latin-1')}")

    def _string(self) -> bytes:
        """A literal string whose opening bracket is read."""
        start, depth = self.place, 1
        place = start
        while depth:
            found = _PAREN.search(self.data, place)
            if found is None:
                raise Unreadable("a string that is never closed")
            mark = found[0]
            place = found.end() + (mark == b"\\")
            depth += (mark == b"(") - (mark == b")")
        self.place = place
        return unescape(self.data[start : place - 1])

    def inline_image(self) -> Operation:
        """BI … ID … EI as one operation whose operand is the image's dictionary."""
        items: list[Operand] = []
        while (found := self.token()) is not None:
            if found[_WORD_T] == b"ID":
                break
            items.append(self.operand(found))
            if len(items) > _MOST:
                break
        ended = _IMAGE_END.search(self.data, self.place)
        if found is None or ended is None:
            raise Unreadable("a picture in the page that never ends")
        pairs = zip(items[::2], items[1::2], strict=False)
        entries: dict[bytes, Operand] = {
            bytes(key): value for key, value in pairs if isinstance(key, Name)
        }
        return Operation([entries], b"EI", ended.end())


def unescape(text: bytes) -> bytes:
    """The bytes of a literal string as they stand between its brackets."""
    return _ESCAPE.sub(_unescape, text) if b"\\" in text else text


def _unescape(found: re.Match[bytes]) -> bytes:
    mark = found[1]
    if mark[:1].isdigit() and mark[:1] < b"8":
        return bytes([int(mark, 8) & 255])
    return b"" if mark in (b"\n", b"\r", b"\r\n") else _ESCAPES.get(mark, mark)


def _read_hex(text: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", text)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
