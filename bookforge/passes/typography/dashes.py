"""Dashes: two and three hyphens, spaced hyphens, en and em dashes as the book wants them.

Rules after The Chicago Manual of Style 6.82-6.99 and New Hart's Rules 4.11: the em dash stands
closed up, the en dash spaced, with a space before it that does not break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bookforge.model.edits import Edit

NO_BREAK = "\u00a0"
_HYPHENS = re.compile(r"--+")
_SPACED = re.compile(r" [-–—] ")
_EM = re.compile("—+")
# Rules of hyphens are scene breaks or tables, not dashes.
_LONGEST = 6
_NUMBERS = re.compile(r"\d--\d+(?!\d|--)")
_ENDS_WORD = frozenset(",;:")


def find_dashes(text: str, wish: str) -> Iterator[Edit]:
    """Edits for every dash of `text`; `wish` is `[typography] dashes`."""
    both = wish == "auto" and _uses_both(text)
    for found in _HYPHENS.finditer(text):
        start, end = found.span()
        if not _is_dash(text, start, end):
            continue
        if end - start == 2 and _NUMBERS.match(text, start - 1) and not _counts(text, start):
            yield Edit(start, end, "–", "range")
        elif end - start > 3:
            # An omission (Chicago 6.96): "Mr. B----" has a two-em dash, six hyphens three.
            yield Edit(start, end, "—" * (end - start >> 1), "dash")
        elif both and end - start == 2:
            yield _en_dash(text, start, end)
        else:
            yield _dash(text, start, end, wish)
    for found in _SPACED.finditer(text):
        edit = _spaced(text, found.start(), wish)
        if edit:
            yield edit
    if wish == "spaced-en":
        for found in _EM.finditer(text):
            if found.end() - found.start() == 1 and text[found.start() - 1] != " ":
                yield _dash(text, found.start(), found.end(), wish)


def _uses_both(text: str) -> bool:
    """Whether the book writes both -- and --- for dashes."""
    at = text.find("---")
    if at < 0:
        return False
    runs = (found.span() for found in _HYPHENS.finditer(text))
    lengths = [end - start for start, end in runs if _is_dash(text, start, end)]
    threes = lengths.count(3)
    return threes >= 2 and threes * 20 >= len(lengths)


def _is_dash(text: str, start: int, end: int) -> bool:
    """Not an arrow, a comment mark, a long rule, or a line of nothing but hyphens."""
    if end - start > _LONGEST or text[end] == ">" or text[start - 1] in "<>":
        return False
    if text[start - 2 : start] == "<!":
        return False
    return not (text[start - 1] == "\n" and text[end] == "\n")


def _counts(text: str, start: int) -> bool:
    """Whether the hyphens at `start` are the second pair of a count: 1--2--3."""
    at = start - 1
    while text[at].isdigit():
        at -= 1
    return text[at - 1 : at + 1] == "--"


def _en_dash(text: str, start: int, end: int) -> Edit:
    if text[start - 1] == " " and text[end] == " " and text[start - 2] != "\n":
        return Edit(start - 1, end, f"{NO_BREAK}–", "dash")
    return Edit(start, end, "–", "dash")


def _dash(text: str, start: int, end: int, wish: str) -> Edit:
    """A dash in the sentence: closed em, or spaced en when the writer wants that."""
    before, after = text[start - 1], text[end]
    if wish == "spaced-en":
        return _open_up(text, start, end)
    if before == " " and text[start - 2] not in "\n ":
        if after == " ":
            return Edit(start - 1, end + (text[end + 1] != "\n"), "—", "dash")
        if after.isalnum() and (text[start - 2].isalnum() or text[start - 2] in _ENDS_WORD):
            return Edit(start - 1, end, "—", "dash")
    return Edit(start, end, "—", "dash")


def _open_up(text: str, start: int, end: int) -> Edit:
    before, after = text[start - 1], text[end]
    first = start - (before == " ")
    left = NO_BREAK if text[first - 1] not in "\n\"'“‘«„(" else ""
    right = " " if after.isalnum() else ""
    return Edit(first if left else start, end, f"{left}–{right}", "dash")


def _spaced(text: str, start: int, wish: str) -> Edit | None:
    """A hyphen, en or em dash between spaces."""
    before, char, after = text[start - 1], text[start + 1], text[start + 3]
    if before in "\n -–—" or after in "\n -–—":
        return None
    if char == "-" and (before.isdigit() and after.isdigit()):
        return None  # a subtraction, or a range that only the writer can tell
    if wish == "em":
        return Edit(start, start + 3, "—", "dash")
    if char == "—" and wish == "auto":
        return Edit(start, start + 1, NO_BREAK, "dash space")
    if char == "–":
        return Edit(start, start + 1, NO_BREAK, "dash space")
    return Edit(start, start + 2, f"{NO_BREAK}–", "dash")
