"""Running heads left in by scanning or by copying from pages: "12 THE LONG WAY HOME"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bookforge.regex import regex

__all__ = ["find_heads"]

_LONGEST = 60
# Fewer are chance; a book of six pages has no running heads worth the danger.
_LEAST = 6
_LEAST_ALIKE = 3
# A line of text that goes on in the next is at least so long; a title may be shorter.
_FULL_LINE = 40
_HEAD = regex(r"\f?[ \t]*(?:(\d{1,4})[ \t]+(\D+?)|(\D+?)[ \t]+(\d{1,4}))[ \t]*")
_STOPS = tuple(".!?…:\"”’'»)*_-—")


def find_heads(lines: Sequence[str]) -> list[int]:
    """The lines that are running heads, counted from 0.

    Title or author with a number that only grows; and, as no heading does, many of them stand in
    the middle of a sentence.
    """
    found: list[tuple[int, int, str]] = []
    for place, line in enumerate(lines):
        if len(line) <= _LONGEST and (head := _read(lines, place)) is not None:
            found.append((place, *head))
    said = Counter(words for _, _, words in found)
    inner = Counter(words for place, _, words in found if _breaks_sentence(lines, place))
    found = [one for one in found if said[one[2]] >= _LEAST_ALIKE and inner[one[2]]]
    numbers = [number for _, number, _ in found]
    if len(found) < _LEAST or numbers != sorted(set(numbers)):
        return []
    inside = sum(inner[words] for words in {words for _, _, words in found})
    return [place for place, _, _ in found] if inside >= max(2, len(found) / 5) else []


def _read(lines: Sequence[str], place: int) -> tuple[int, str] | None:
    """Number and words of a line that stands alone or at the top of a page."""
    line = lines[place]
    alone = line[:1] == "\f" or place == 0 or not lines[place - 1].strip()
    if not alone or (place + 1 < len(lines) and lines[place + 1].strip()):
        return None
    match = _HEAD.fullmatch(line)
    if match is None:
        return None
    number, words = match[1] or match[4], match[2] or match[3]
    return int(number), " ".join(words.split()).casefold()


def _breaks_sentence(lines: Sequence[str], place: int) -> bool:
    """Whether the text above ends without a stop."""
    for above in range(place - 1, max(-1, place - 8), -1):
        if text := lines[above].strip():
            return len(text) >= _FULL_LINE and not text.endswith(_STOPS)
    return False
