"""Finds the marks that the writer's decisions are about, and the keys of those still in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bookforge.decisions import Decision, Key, key_at
from bookforge.passes.typography.find import Choices
from bookforge.regex import regex

_MARK = regex("[\"'“”‘’„‟‚‛«»‹›`]")
_READINGS = {"open": "o", "close": "c", "apostrophe": "a", "prime": "p"}
_PLAIN = regex(r"[^\W_]+")
_NO_COUNT: Mapping[Key, int] = {}


def find_places(
    texts: Sequence[str], decisions: Sequence[Decision], before: Mapping[Key, int] = _NO_COUNT
) -> tuple[Choices, list[Decision]]:
    """The readings chosen, by text and offset, and the decisions whose marks are not there.

    `before` is how many marks of each key the book has before these texts.
    """
    wanted = {(one.key, one.occurrence): one for one in decisions if one.choose}
    choices: dict[int, dict[int, str]] = {}
    for index, at, key, number in _number(texts, [one.key for one in decisions], before):
        if one := wanted.pop((key, number), None):
            choices.setdefault(index, {})[at] = _READINGS[one.choose]
    return choices, list(wanted.values())


def count_keys(texts: Sequence[str], decisions: Sequence[Decision]) -> Counter[Key]:
    """How many marks of each decision's key the texts have."""
    keys = [one.key for one in decisions]
    return Counter(key for _, _, key, _ in _number(texts, keys, _NO_COUNT))


def find_keys(
    texts: Sequence[str], places: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], tuple[Key, int]]:
    """The key and number of each mark at (text, offset)."""
    wanted = set(places)
    keys = [key_at(texts[index], at) for index, at in places]
    rows = _number(texts, keys, _NO_COUNT)
    return {(index, at): (key, number) for index, at, key, number in rows if (index, at) in wanted}


def _number(
    texts: Sequence[str], keys: Sequence[Key], before: Mapping[Key, int]
) -> Iterator[tuple[int, int, Key, int]]:
    """Every mark with one of the keys: text, offset, key, and its number among its equals."""
    counts = Counter(before)
    wanted = frozenset(keys)
    words = {_telling(key) for key in wanted}
    for index, text in enumerate(texts):
        if not any(word in text for word in words):
            continue
        for found in _MARK.finditer(text):
            key = key_at(text, found.start())
            if key in wanted:
                counts[key] += 1
                yield index, found.start(), key, counts[key]


def _telling(key: Key) -> str:
    """The longest word of a key: texts without it need no closer look."""
    return max(_PLAIN.findall(f"{key.before} {key.after}"), key=len, default="")
