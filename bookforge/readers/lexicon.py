"""The words of headings in one language, from the `[headings]` table, as patterns and numbers.

Table keys: `keywords` and `specials` (kind = words), `cardinals` and `ordinals` (lists that count
from 1), `tens` and `tens-ordinals` (20, 30 …), `compounds`, `ordinal-compounds` and
their like (patterns of `{ten}` and `{unit}`), `extra` ("word=21"), `last`, `articles`, `before` and `after` (words round a special name),
`contents`, `by`, `end`, `stop-words`. Alternatives stand in one string, parted by `|`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bookforge.languages.base import load_language
from bookforge.model.document import SectionKind

__all__ = ["Lexicon", "load_lexicon", "roman_value"]

# The number that stands for "the last".
LAST = -1
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_OPENER = re.compile(r"[\W_]{0,14}([^\W_]+)")
_DASH = r"[-\u2010\u2011\u00ad]"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything a language says about headings, ready to match.

    `labelled` finds keyword and number in either order, `bare` a number alone, `special` a name
    such as Prologue. `openers` are the first words of all of them.
    """

    keywords: Mapping[str, SectionKind]
    specials: Mapping[str, SectionKind]
    numbers: Mapping[str, int]
    labelled: tuple[re.Pattern[str], ...]
    bare: re.Pattern[str]
    special: re.Pattern[str]
    keyword_alone: re.Pattern[str]
    openers: frozenset[str]
    contents: re.Pattern[str]
    by: re.Pattern[str]
    end: re.Pattern[str]

    def may_begin(self, text: str) -> bool:
        """A quick test whether a block may begin with any of these."""
        match = _OPENER.match(text)
        if match is None:
            return False
        word = match.group(1).casefold()
        return word in self.openers or word.isdigit() or not word.strip("ivxlcdm")


def roman_value(text: str) -> int | None:
    """The value of a roman numeral in either case, None for anything else."""
    low = text.lower()
    if not low or not _ROMAN.fullmatch(low):
        return None
    values = [_ROMAN_VALUES[char] for char in low]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


@lru_cache(maxsize=32)
def load_lexicon(tag: str) -> Lexicon:
    """The lexicon of a language, with English beside it: many writers keep "Chapter"."""
    base = tag.split("-")[0]
    tables = [load_language(base).headings]
    if base != "en":
        tables.append(load_language("en").headings)
    return _build(tables)


def _build(tables: Sequence[Mapping[str, Any]]) -> Lexicon:
    keywords = _kinds(tables, "keywords")
    specials = _kinds(tables, "specials")
    numbers: dict[str, int] = {}
    for table in reversed(tables):
        numbers.update(_number_words(table))
    word = _alternatives(numbers)
    key = _alternatives(keywords)
    articles = _alternatives(_words(tables, "articles")) or r"(?!)"
    number = rf"(?:{word}|\d{{1,4}}|[IVXLCDMivxlcdm]+)"
    labelled = (
        rf"(?P<key>{key})\.?(?:\s+|(?={_DASH}?\d))(?:(?:no|nr|n|č|sz)\.\s*|[#№]\s*|n[°º]\s*)?(?:(?:{articles})\s+)?"
        rf"(?P<num>{number})(?P<tail>[ab](?=\W|$))?(?!\w)",
        rf"(?:(?:{articles})\s+)?(?P<num>{number})(?:[.ºª°)]|st|nd|rd|th|[eè]me|er|e|re|[-‑–](?:й|я|е|га|а|ша|та))?\s+"
        rf"(?P<key>{key})(?!\w)",
    )
    before = _alternatives(_words(tables, "before"))
    after = _alternatives(_words(tables, "after"))
    names = _alternatives(specials)
    special = (
        rf"(?:(?:{before})\s+){{0,2}}(?P<name>{names})(?:\s+(?P<num>{number})(?!\w))?"
        rf"(?P<more>\s+(?:{after})\s[^.!?\n]{{1,60}})?(?![\w'’])"
    )
    return Lexicon(
        keywords=keywords,
        specials=specials,
        numbers=numbers,
        labelled=tuple(re.compile(pattern, re.I) for pattern in labelled),
        bare=re.compile(rf"(?P<num>{number})(?!\w)", re.I),
        special=re.compile(special, re.I),
        keyword_alone=re.compile(rf"(?:{key})", re.I),
        openers=_openers(tables, keywords, specials, numbers),
        contents=re.compile(rf"(?:{_alternatives(_words(tables, 'contents'))})", re.I),
        by=re.compile(rf"(?:{_alternatives(_words(tables, 'by'))})", re.I),
        end=re.compile(rf"(?:{_alternatives(_words(tables, 'end'))})", re.I),
    )


def _openers(tables: Sequence[Mapping[str, Any]], *groups: Iterable[str]) -> frozenset[str]:
    words = [word for group in groups for word in group]
    words += _words(tables, "articles") + _words(tables, "before")
    found = {match.group(1).casefold() for word in words if (match := _OPENER.match(word))}
    return frozenset(found)


def _kinds(tables: Iterable[Mapping[str, Any]], key: str) -> dict[str, SectionKind]:
    kinds: dict[str, SectionKind] = {}
    for table in tables:
        for kind, words in table.get(key, {}).items():
            for entry in words:
                for word in entry.split("|"):
                    kinds.setdefault(_fold(word), SectionKind(kind))
    return kinds


def _words(tables: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    return [word for table in tables for entry in table.get(key, ()) for word in entry.split("|")]


def _number_words(table: Mapping[str, Any]) -> dict[str, int]:
    """Spelled numbers, cardinals and ordinals, up to 99, as far as the language gives them."""
    words: dict[str, int] = {}
    units = _counted(table.get("cardinals", ()), 1, 1)
    tens = _counted(table.get("tens", ()), 20, 10)
    last = _counted(table.get("ordinals", ()), 1, 1)
    last_tens = _counted(table.get("tens-ordinals", ()), 20, 10)
    for pattern in table.get("compounds", ()):
        words.update(_compound(pattern, tens, units))
    for pattern in table.get("ordinal-compounds", ()):
        words.update(_compound(pattern, tens, last))
    for pattern in table.get("double-ordinal-compounds", ()):
        words.update(_compound(pattern, last_tens, last))
    for pattern in table.get("unit-tens-ordinal-compounds", ()):
        words.update(_compound(pattern, last_tens, units))
    for part in (units, tens, last, last_tens):
        words.update(part)
    for entry in table.get("extra", ()):
        word, value = entry.split("=")
        words[_fold(word)] = int(value)
    words.update(
        {_fold(word): LAST for entry in table.get("last", ()) for word in entry.split("|")}
    )
    return words


def _counted(entries: Sequence[str], first: int, step: int) -> dict[str, int]:
    return {
        _fold(word): first + place * step
        for place, entry in enumerate(entries)
        for word in entry.split("|")
        if word
    }


def _compound(pattern: str, tens: Mapping[str, int], units: Mapping[str, int]) -> dict[str, int]:
    return {
        pattern.format(ten=ten, unit=unit): high + low
        for ten, high in tens.items()
        for unit, low in units.items()
        if low < 10 or (high in (60, 80) and 10 <= low < 20)
    }


def _fold(word: str) -> str:
    return " ".join(word.replace("’", "'").casefold().split())


def _alternatives(words: Iterable[str]) -> str:
    """Longest first, any white space, either apostrophe, any hyphen."""
    escaped = sorted({_fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]").replace(r"\-", _DASH)
        for word in escaped
    )
