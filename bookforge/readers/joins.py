"""Lines joined: no space stands for a line end between two ideographs or kana.

After the segment breaks of CSS Text 4: both sides are East Asian wide, and neither is Hangul, whose
words are parted by spaces. The quotation marks, dashes and dots that Chinese shares with Europe
count as wide beside a wide character.
"""

from __future__ import annotations

from bookforge.regex import regex

__all__ = ["holds_closed", "is_closed"]

# Radicals to CJK symbols, kana, Bopomofo, Kanbun and strokes, enclosed and squared characters,
# ideographs, Yi, compatibility, vertical and small forms, full-width and half-width forms.
_WIDE = regex(
    "[\u2e80-\u303f\u3041-\u312f\u3190-\u31ff\u3220-\u325f\u3280-\u4dbf\u4e00-\ua4cf\uf900-\ufaff"
    "\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffe6\U00016fe0-\U0001b2ff"
    "\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)
_SHARED = "“”‘’…—·"
# Marks of Markdown that may stand between a word and the line's end.
_MARKUP = " \t*_[]`="


def is_closed(text: str, start: int, end: int) -> bool:
    """Whether the line end text[start:end] stands for nothing."""
    before = text[max(0, start - 8) : start].rstrip(_MARKUP)[-1:]
    after = text[end : end + 8].lstrip(_MARKUP)[:1]
    if not before or not after:
        return False
    wide = [_WIDE.match(one) is not None for one in (before, after)]
    return all(wide) or (any(wide) and (before in _SHARED or after in _SHARED))


def holds_closed(text: str, start: int, end: int) -> bool:
    """Whether a line end in text[start:end] stands for nothing."""
    if text.isascii():
        return False
    at = text.find("\n", start, end)
    while at >= 0:
        if is_closed(text, at, at + 1):
            return True
        at = text.find("\n", at + 1, end)
    return False
