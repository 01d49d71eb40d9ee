"""Lines of marks: what a writer sets between two scenes, and rules under a heading."""

from __future__ import annotations

import re
from functools import lru_cache

from bookforge.regex import regex

__all__ = ["find_chars", "is_mark", "is_row", "is_rule", "is_wordy", "may_mark"]

_SYMBOLS = r"*#~•·∙●○◦◆◇◊♦♥♡★☆✦✧✩✪✫✬✭✮✯❖❦❧☙⁂⁕✱✲✳※§¤†‡∞+=_\-–—―<>|/\\^°"
_ROW = regex(rf"\s*\\?[{_SYMBOLS}](?:[\s{_SYMBOLS}]*[{_SYMBOLS}])?\s*")
# Letters of the keyboard used as ornaments: xXx, oOo, -x-x-, x x x, 0o0o0.
_LETTERS = regex(
    r"\s*[-~*=.]+\s*[xXoO]\s*[-~*=.]+\s*"
    r"|\s*[-~*=.\s]*(?:[xX](?:[-~*=.\s]*[oO0xX])+|[oO0](?:[-~*=.\s]*[oO0xX]){2,})[-~*=.\s]*\s*"
)
# Any other letter stands in a word.
_OF_WORDS = regex(r"[^\W\d_xXoO]")
_WORDS = regex(
    r"\s*(?:(?:[\[({<*~=-]+\s*)?(?:scene|line|page|section)[\s-]?break\s*(?:[\])}>*~=-]+\s*)?"
    r"|[\[({<*~=-]+\s*break\s*[\])}>*~=-]+|[<\[]hr\s?/?[>\]])",
    re.I,
)
# Dots, stops and quotation marks alone are somebody's silence or surprise.
_SPEECH = regex(r"[\s.…?!\"“”„‘’'«»‹›,;]*")
_DOTS = regex(r"\s*(?:\.\s+){2,}\.\s*")


@lru_cache(maxsize=8)
def find_chars(text: str, chars: str) -> list[int]:
    """Where any of some rare characters stand in a text, in order; quicker than a pattern."""
    found = []
    for char in chars:
        at = text.find(char)
        while at >= 0:
            found.append(at)
            at = text.find(char, at + 1)
    found.sort()
    return found


def is_row(line: str) -> bool:
    """A row of three or more marks (`* * *`, `***`, `-----`), nothing else."""
    return (
        _ROW.fullmatch(line) is not None
        and sum(not char.isspace() and char != "\\" for char in line) >= 3
    )


def is_rule(line: str) -> bool:
    """A rule drawn under a heading."""
    bare = line.strip()
    return len(bare) >= 3 and bare[0] in "-=~_*^" and bare == bare[0] * len(bare)


def is_wordy(line: str) -> bool:
    """Whether a line is told from a mark by its letters alone."""
    return _OF_WORDS.search(line) is not None and not _may_say_break(line.lower())


def is_mark(line: str) -> bool:
    """A line that stands for a scene break when it stands alone."""
    if len(line) > 120 or not line.strip():
        return False
    if _OF_WORDS.search(line):
        return _says_break(line)
    if _ROW.fullmatch(line):
        return line.strip() not in {
            "-",
            "–",
            "—",
            "―",
            "_",
            "|",
            "/",
            "\\",
            "<",
            ">",
            "=",
            "+",
            "--",
        }
    if _LETTERS.fullmatch(line):
        return _is_letter_mark(line.strip())
    return _DOTS.fullmatch(line) is not None


def _says_break(line: str) -> bool:
    return _may_say_break(line.lower()) and bool(_WORDS.fullmatch(line))


def _may_say_break(low: str) -> bool:
    return "break" in low or "hr" in low


def may_mark(text: str) -> bool:
    """Whether a line that recurs may stand for a break: no words, numbers or mere silence."""
    return not any(char.isalnum() for char in text) and not _SPEECH.fullmatch(text)


def _is_letter_mark(mark: str) -> bool:
    """Kisses and numerals are no breaks: `xx`, `XXX` (30), `xoxo`."""
    letters = [char for char in mark if char.isalnum()]
    if len(letters) == 1:
        return mark[0] == mark[-1]
    if len(letters) < 3 or "".join(letters).lower() in {"xoxo", "xoxoxo", "oxo", "oox"}:
        return False
    if mark.isupper() and mark.isalpha():
        return len(mark) > 3 and "O" in mark and "X" in mark
    return mark[0] == mark[-1] or not mark.isalpha()
