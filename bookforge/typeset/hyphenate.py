"""Where a word may be hyphenated: patterns, and our rules of what is not hyphenated."""

from __future__ import annotations

from functools import lru_cache

from bookforge.kernel import compiled
from bookforge.languages.base import Hyphenation, load_language
from bookforge.regex import regex
from bookforge.typeset.patterns import Patterns, load_patterns

# Runs of letters; an apostrophe ends a run, so that "don't" is left whole.
_LETTERS = regex(r"[^\W\d_]+")
# Marks that may end a word; they are no part of it, and nothing is asked about them.
_ENDS = ",.;:!?”"
# Figures, addresses and the like are never hyphenated.
_NEVER = regex(r"[\d/@_~]|\w[.:]\w")
# Shorter words look worse broken than a line looks loose; longer ones are no words.
SHORTEST, _LONGEST = 6, 63


def find_points(word: str, language: str) -> tuple[int, ...]:
    """The offsets in a word, as it stands in the text, at which a hyphen may be set."""
    rules, patterns, least = load_rules(language)
    if len(word) < least:
        return ()
    if word.isalpha() or (word[:-1].isalpha() and word[-1] in _ENDS):
        letters = word if word[-1].isalpha() else word[:-1]
        whole = len(letters) < least or word.isupper()
        return () if whole else tuple(divide(letters, rules, patterns))
    if "\u00ad" in word:
        return tuple(i for i, letter in enumerate(word) if letter == "\u00ad" and i)
    if _NEVER.search(word) or word.isupper():
        return ()
    points: list[int] = []
    for match in _LETTERS.finditer(word):
        if len(match[0]) >= least:
            points.extend(match.start() + at for at in divide(match[0], rules, patterns))
    return tuple(points)


def forget_words(language: str) -> None:
    """Free what was found out of the words of a language: those of a long book take megabytes."""
    patterns = load_rules(language)[1]
    if patterns is not None:
        patterns.forget()


@lru_cache(maxsize=32)
def load_rules(language: str) -> tuple[Hyphenation, Patterns | None, int]:
    """Rules and patterns of a language, and the letters of the shortest word that is divided."""
    rules = load_language(language).hyphenation
    patterns = load_patterns(rules.dictionary) if rules.dictionary else None
    return rules, patterns, max(SHORTEST, rules.left + rules.right)


@compiled("words")
def divide(letters: str, rules: Hyphenation, patterns: Patterns | None) -> list[int]:
    """Offsets within a run of letters, exceptions first."""
    lower = letters.lower()
    exception = rules.exceptions.get(lower)
    if exception is not None:
        parts = exception.split("-")[:-1]
        places = [sum(map(len, parts[: i + 1])) for i in range(len(parts))]
    elif patterns is None or len(letters) > _LONGEST or len(lower) != len(letters):
        return []
    else:
        places = patterns.find(lower)
    most = len(letters) - rules.right
    return [at for at in places if rules.left <= at <= most]
