"""Dashes: two and three hyphens, spaced hyphens, en and em dashes as book and language want them.

English after The Chicago Manual of Style 6.82-6.99 and New Hart's Rules 4.11: the em dash stands
closed up, the en dash spaced, with a space before it that does not break.
"""

from __future__ import annotations

from collections.abc import Iterator

from bookforge.model.edits import Edit
from bookforge.passes.typography.customs import Customs
from bookforge.regex import regex

NO_BREAK = "\u00a0"
_HYPHENS = regex(r"--+")
# Each begins with its dash, which is found many times as fast as spaces are.
_SPACED = tuple((dash, regex(rf"{dash}(?<= {dash})(?= )")) for dash in "-–—")
_EM = regex("—+")
# A dash that begins a paragraph of speech: "- Bonjour", "-- Hola", "–Olá", "-- ... et".
_SPEECH = regex(
    r"(?<=\n)(?:-{1,3}|[–—])[ \u00a0\u202f]?"
    r"(?=[^\s\d–—»›!?;:,.-]|\.(?:\.{2}|(?:[ \u00a0]\.){2}))"
)
_NUMBERS = regex(r"\d--\d+(?!\d|--)")
# Rules of hyphens are scene breaks or tables, not dashes.
_LONGEST = 6
_ENDS_WORD = frozenset(",;:")
_DASHES = frozenset("-–—")
_NO_SPACE_BEHIND = frozenset("\n\"'“‘«„([")


def find_dashes(text: str, wish: str, customs: Customs, both: bool) -> Iterator[Edit]:
    """Edits for every dash of `text`; `wish` is `[typography] dashes`, `both` whether the book
    writes en dashes as -- and em dashes as ---."""
    style = {"auto": customs.dash, "em": "closed", "spaced-en": "en"}[wish]
    if customs.dialogue:
        yield from _speeches(text, customs.dialogue)
    for edit in _hyphens(text, style, both):
        if not (customs.dialogue and text[edit.start - 1] == "\n"):
            yield edit
    for dash, one in _SPACED:
        for found in one.finditer(text) if dash in text else ():
            if spaced := _spaced(text, found.start() - 1, style, wish):
                yield spaced
    if wish == "spaced-en":
        for found in _EM.finditer(text):
            if found.end() - found.start() == 1 and text[found.start() - 1] != " ":
                yield _open_up(text, found.start(), found.end(), "–")


def _speeches(text: str, mark: str) -> Iterator[Edit]:
    for found in _SPEECH.finditer(text):
        start, end = found.span()
        new = mark
        if text[end - 1] in " \u00a0" and (text[end] == "." or (text[end] == "…" and not mark[1:])):
            # The space before dots is set with the ellipsis that they become.
            end, new = end - 1, mark[:1]
        if text[start:end] != new and not (found.group() == "-" and mark[1:]):
            yield Edit(start, end, new, "dialogue dash")


def _hyphens(text: str, style: str, both: bool) -> Iterator[Edit]:
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
            yield _dash(text, start, end, style)


def count_dashes(text: str) -> tuple[int, int]:
    """How many runs of hyphens are dashes, and how many of these have three."""
    runs = (found.span() for found in _HYPHENS.finditer(text))
    lengths = [end - start for start, end in runs if _is_dash(text, start, end)]
    return len(lengths), lengths.count(3)


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


def _dash(text: str, start: int, end: int, style: str) -> Edit:
    """A dash in the sentence, closed up, spaced, or (a raya) where it stands."""
    if style in ("en", "em"):
        return _open_up(text, start, end, "–" if style == "en" else "—")
    if style == "closed" and text[start - 1] == " ":
        return _close_up(text, start, end)
    return Edit(start, end, "—", "dash")


def _close_up(text: str, start: int, end: int) -> Edit:
    """A dash behind a space: the spaces go, unless they part it from a dash, a line, or figures."""
    before, after = text[start - 2], text[end]
    beyond = text[end + 1] if after == " " else after
    if before in _DASHES or before in "\n " or (before.isdigit() and beyond.isdigit()):
        return Edit(start, end, "—", "dash")
    if after == " " and text[end + 1] not in _DASHES:
        return Edit(start - 1, end + (text[end + 1] != "\n"), "—", "dash")
    if after.isalnum() and (before.isalnum() or before in _ENDS_WORD):
        return Edit(start - 1, end, "—", "dash")
    return Edit(start, end, "—", "dash")


def _open_up(text: str, start: int, end: int, dash: str) -> Edit:
    """A spaced dash: no space behind an opening mark, none before a closing one."""
    first = start - (text[start - 1] == " ")
    left = NO_BREAK if text[first - 1] not in _NO_SPACE_BEHIND else ""
    right = " " if text[end].isalnum() else ""
    return Edit(first if left else start, end, f"{left}{dash}{right}", "dash")


def _spaced(text: str, start: int, style: str, wish: str) -> Edit | None:
    """A hyphen, en or em dash between spaces."""
    before, char, after = text[start - 1], text[start + 1], text[start + 3]
    if before in "\n -–—" or after in "\n -–—;:!?":
        return None
    if char == "-" and before.isdigit() and after.isdigit():
        return None  # a subtraction, or a range that only the writer can tell
    if wish == "em":
        return Edit(start, start + 3, "—", "dash")
    if char == "–" or (char == "—" and wish == "auto"):
        return Edit(start, start + 1, NO_BREAK, "dash space")
    return Edit(start, start + 2, NO_BREAK + ("—" if style == "em" else "–"), "dash")
