"""Where a word may be hyphenated: pyphen's patterns, our rules of what is not hyphenated."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

from bookforge.languages.base import load_language

# Runs of letters; an apostrophe ends a run, so that "don't" is left whole.
_LETTERS = re.compile(r"[^\W\d_]+")
_NEVER = re.compile(r"[\d/@_~:]|\w\.\w")
# Shorter words look worse broken than a line looks loose.
_SHORTEST = 5


class _Patterns(Protocol):
    def positions(self, word: str) -> list[int]: ...


@lru_cache(maxsize=65536)
def find_points(word: str, language: str) -> tuple[int, ...]:
    """The offsets in a word, as it stands in the text, at which a hyphen may be set."""
    if "\u00ad" in word:
        return tuple(i for i, letter in enumerate(word) if letter == "\u00ad" and i)
    if _NEVER.search(word) or (word.isupper() and len(word) > 1):
        return ()
    rules = load_language(language).hyphenation
    points: list[int] = []
    for match in _LETTERS.finditer(word):
        letters = match[0]
        if len(letters) >= max(_SHORTEST, rules.left + rules.right):
            found = rules.exceptions.get(letters.lower())
            places = _by_exception(found) if found else _by_patterns(letters, language)
            least, most = rules.left, len(letters) - rules.right
            points.extend(match.start() + at for at in places if least <= at <= most)
    return tuple(points)


def _by_exception(word: str) -> list[int]:
    """Offsets from a word written with its hyphens: "ta-ble"."""
    parts = word.split("-")[:-1]
    return [sum(map(len, parts[: i + 1])) for i in range(len(parts))]


def _by_patterns(letters: str, language: str) -> list[int]:
    patterns = _load_patterns(load_language(language).hyphenation.dictionary)
    if patterns is None or len(letters) > 45:
        return []
    return patterns.positions(letters.lower())


@lru_cache(maxsize=8)
def _load_patterns(name: str) -> _Patterns | None:
    if not name:
        return None
    import pyphen  # its dictionaries take 50 ms: only when a word needs them

    if name not in pyphen.LANGUAGES:
        return None
    patterns: _Patterns = pyphen.Pyphen(lang=name, left=1, right=1).hd
    return patterns
