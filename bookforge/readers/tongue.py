"""The language of a text, guessed from its commonest words (profiles.toml)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import lru_cache
from importlib import resources

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Hint, Severity, Span

__all__ = ["guess_language", "named_language"]

_SAMPLE = 60_000
_WORD = re.compile(r"[^\W\d_]+")
# Fewer words than this say nothing.
_LEAST_WORDS = 20


@lru_cache(maxsize=1)
def _profiles() -> dict[str, dict[str, str]]:
    entry = resources.files("bookforge.readers") / "profiles.toml"
    return tomllib.loads(entry.read_text(encoding="utf-8"))


def guess_language(text: str) -> str | None:
    """The tag of the likeliest language, None when no profile stands out."""
    middle = len(text) // 3
    sample = text[:_SAMPLE] if len(text) <= _SAMPLE else text[middle : middle + _SAMPLE]
    words = [word.casefold() for word in _WORD.findall(sample)]
    if len(words) < _LEAST_WORDS:
        return None
    counts = Counter(words)
    shares = sorted(
        (sum(counts[word] for word in profile.split()) / len(words), tag)
        for tag, profile in _profiles()["words"].items()
    )
    if not shares or shares[-1][0] < 0.08:
        return None
    if len(shares) > 1 and shares[-1][0] < 1.12 * shares[-2][0]:
        return None
    return shares[-1][1]


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
