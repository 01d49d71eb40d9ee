"""The language of a text, guessed from its commonest words (profiles.toml).

Where those are too few, its script decides, and the words of its headings.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from itertools import repeat

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Hint, Severity, Span
from bookforge.readers.lexicon import load_lexicon
from bookforge.regex import regex

__all__ = ["guess_language", "named_language"]

_SAMPLE = 30_000
_WORD = regex(r"[^\W\d_]+")
# Fewer words than this say nothing.
_LEAST_WORDS = 20
# Labels are looked for in so many characters, on lines of at most so many.
_SHORT_SAMPLE = 8_000
_LABEL_LINE = 60
# Ties go to the first.
_LATIN = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro"),
)
_GREEK = regex(r"[\u0370-\u03ff\u1f00-\u1fff]")
_CYRILLIC = regex(r"[\u0400-\u04ff]")
_UKRAINIAN = regex(r"[іїєґІЇЄҐ]")


@lru_cache(maxsize=1)
def _profiles() -> dict[str, dict[str, str]]:
    entry = resources.files("bookforge.readers") / "profiles.toml"
    return tomllib.loads(entry.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _common_words() -> dict[str, list[str]]:
    """The commonest words by language."""
    return {tag: profile.split() for tag, profile in _profiles()["words"].items()}


def guess_language(text: str) -> str | None:
    """The tag of the likeliest language, None when no profile stands out."""
    return _guess_by_words(text) or _guess_by_labels(text)


def _guess_by_words(text: str) -> str | None:
    middle = len(text) // 3
    sample = text[:_SAMPLE] if len(text) <= _SAMPLE else text[middle : middle + _SAMPLE]
    words = list(map(str.casefold, _WORD.findall(sample)))
    if len(words) < _LEAST_WORDS:
        return None
    shares = sorted((share, tag) for tag, share in _shares(words).items())
    if not shares or shares[-1][0] < 0.08:
        return None
    if len(shares) > 1 and shares[-1][0] < 1.12 * shares[-2][0]:
        return None
    return shares[-1][1]


def _shares(words: Sequence[str]) -> dict[str, float]:
    """By language, which part of the words is among its commonest."""
    counts: dict[str, int] = Counter(words)
    return {
        tag: sum(map(counts.get, common, repeat(0))) / max(1, len(words))
        for tag, common in _common_words().items()
    }


def _guess_by_labels(text: str) -> str | None:
    """The language whose headings the text has; a script that only one is written in."""
    sample = text[:_SHORT_SAMPLE]
    tags = _tags_of_script(sample)
    lines = [line.strip(" \t#*_=~.:") for line in sample.split("\n")]
    lines = [line for line in lines if 0 < len(line) <= _LABEL_LINE]
    shares = _shares([word.casefold() for word in _WORD.findall(sample)])
    if "en" in tags and (count := _count_labels(lines, "en")):
        if shares["en"] >= max(shares.values()):
            return "en"
        # Every lexicon has the English words too.
        tags = tuple(tag for tag in tags if tag == "en" or _count_labels(lines, tag) > count)
        if tags == ("en",):
            return "en"
    ranked = [(_count_labels(lines, tag), shares[tag], -at, tag) for at, tag in enumerate(tags)]
    count, _, _, tag = max(ranked)
    return tag if count or "en" not in tags else None


def _tags_of_script(sample: str) -> tuple[str, ...]:
    """The languages written in the script of most letters."""
    greek, cyrillic = len(_GREEK.findall(sample)), len(_CYRILLIC.findall(sample))
    letters = sum(map(str.isalpha, sample))
    if greek * 2 > letters:
        return ("el",)
    if cyrillic * 2 > letters:
        return ("uk",) if _UKRAINIAN.search(sample) else ("ru",)
    return _LATIN


def _count_labels(lines: Sequence[str], tag: str) -> int:
    """How many lines begin with keyword and number and are no sentence."""
    lexicon = load_lexicon(tag)
    return sum(
        lexicon.may_begin(line) and lexicon.label_at(line, 0, len(line)) is not None
        for line in lines
    )


def settle_language(text: str, source: int, context: Context) -> str:
    """The language of a text that nobody has named: guessed, and said unless it is English."""
    guess = guess_language(text)
    if guess in (None, "en"):
        return "en-US"
    context.report(
        Diagnostic(
            "S001",
            Severity.NOTE,
            f"language guessed from the text: {guess}",
            Span(source, 0, 0),
            (Hint(f'to be sure, say so: [book] language = "{guess}"'),),
        )
    )
    return guess or "en-US"


def named_language(name: str) -> str:
    """The tag for a language's name as distributors print it ("German"), "" when unknown."""
    wanted = name.strip().casefold()
    for tag, known in _profiles()["names"].items():
        if wanted in (tag, known.casefold()):
            return tag
    return ""
