"""What only title pages say: copyright, publisher, edition, "a novel in three parts".

A title page is left out of the text, so that a line must speak as only such pages do: a story may
well begin with London, a year or a published book, and may do without full stops.
"""

from __future__ import annotations

import re

from bookforge.readers.stops import CLOSERS, STOPS
from bookforge.regex import regex

__all__ = ["has_page_word", "is_legal", "is_sentence", "says_page"]

_PAGE_WORDS = regex(
    r"\b(?:copyright|©|all rights reserved|published|publishers?|printed|press|edition|isbn|"
    r"illustrat\w+|translat\w+|edited|london|new york|leipzig|paris|berlin|verlag|novel|"
    r"stories|tale|memoir|draft|words|author of|volume|complete|illustration|transcriber|"
    r"trilogy|novella|play|comedy|tragedy|romance)\b"
    r"|\b1[5-9]\d\d\b|\b20\d\d\b|\b1[dcmlxvi]{3,}\b",
    re.I,
)
# What a whole sentence on a title page speaks of, but no story begins with.
_LEGAL = regex(
    r"copyright|©|\b(?:rights reserved|isbn|(?:published|printed) (?:by|in|for|at)|"
    r"part of this (?:book|publication|work)|work of fiction)\b",
    re.I,
)
# "A novel in three parts." is no sentence of a story, though it has the look of one.
_GENRE = regex(
    r"(?:an?|the|being)?\s*(?:\w+\s+)?(?:novel|novella|stories|tale|memoir|draft|trilogy|play|comedy|"
    r"tragedy|romance|illustrat\w+|translat\w+|edited|by)\b",
    re.I,
)


def has_page_word(text: str) -> bool:
    """Whether a word of title pages is in it, which may be in a story as well."""
    return _PAGE_WORDS.search(text) is not None


def is_legal(text: str) -> bool:
    """Whether it is of copyright, printer or edition beyond doubt."""
    return _LEGAL.search(text) is not None


def says_page(text: str) -> bool:
    """Whether words of a title page are in it, and it is no sentence that merely has them, too."""
    if not has_page_word(text):
        return False
    if is_legal(text) or _GENRE.match(text):
        return True
    # Where no letter has a case, nothing tells a line of a title page from one of the story.
    return not is_sentence(text) and (
        any(map(str.isupper, text)) or not any(map(str.isalpha, text))
    )


def is_sentence(text: str) -> bool:
    """Reads on as prose does: most words begin small, or have no case; the stop may be missing."""
    words = [word for word in re.findall(r"[\w'’]+", text) if word[0].isalpha()]
    small = sum(not word[0].isupper() for word in words)
    if text.rstrip(CLOSERS)[-1:] not in STOPS:
        return len(words) >= 5 and small > 0.5 * len(words)
    if text.isupper():
        return len(words) >= 6
    return (len(words) >= 4 or len(text) >= 20) and small >= 0.5 * len(words)
