"""The words of headings in one language, from the `[headings]` table, as patterns and numbers.

Table keys: `keywords` and `specials` (kind = words), `cardinals` and `ordinals` (lists that count
from 1), `tens` and `tens-ordinals` (20, 30 …), `compounds`, `ordinal-compounds` and their like
(patterns of `{ten}` and `{unit}`), `extra` ("word=21"), `last`, `articles`, `before` and `after`
(words round a special name), `contents`, `by`, `end`, `wherein` (what may follow a label and a
comma). Alternatives are parted by `|`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from unicodedata import combining, normalize

from bookforge.languages.base import load_language
from bookforge.model.document import SectionKind
from bookforge.regex import regex

__all__ = ["LAST", "Label", "Lexicon", "Number", "load_lexicon", "roman_value"]

_Value = TypeVar("_Value")

# The number that stands for "the last".
LAST = -1
_ROMAN = regex(r"m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
# The highest number of a heading; without a keyword more is a year or a sum.
_MAX_ARABIC = 1500
_MAX_LABELLED = 19_999
_MAX_ROMAN = 399
# "2.1", "3.12": the number that counts is the last.
_DECIMAL = regex(r"\d{1,3}(?:\.\d{1,2})?\.(\d{1,2})(?![\d:])")
_FIGURES = regex(r"\d{1,5}(?!\d|:\d)")
_ROMAN_FIGURES = regex(r"[IVXLCDM]+(?!\w)", re.I)
_WORD = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’΄ʹ]?")
_PHRASE = regex(rf"{_WORD.pattern}(?:[-‐‑\s]{_WORD.pattern}){{0,3}}")
_HYPHENS = regex(r"[‐‑]")
# Between keyword and number: a space, a stop, "No.", "#", or nothing before a figure.
_BETWEEN = regex(r"\.?(?:\s+|(?=[-‐‑]?\d))(?:(?:no|nr|n|č|sz)\.\s*|[#№]\s*|n[°º]\s*)?", re.I)
# Between number and keyword: "1. Kapitel", "2nd Part", "5-я глава".
_JOINT = regex(r"(?:[.ºª°)]|st|nd|rd|th|[eè]me|er|re|e|[-‐‑](?:й|я|е|га|а|ша|та))?\s+", re.I)
_LETTER = regex(r"[A-H](?![\w'’])")
_OPENER = regex(r"[\W_]{0,14}([^\W_]+)")
_DASH = r"[-\u2010\u2011\u00ad]"


class Number(NamedTuple):
    """A number as printed: its value, kind (arabic, roman, word) and where it ends."""

    value: int
    numeral: str
    end: int


class Label(NamedTuple):
    """Keyword and number, in either order, and where they end."""

    kind: SectionKind
    key: str
    number: Number
    end: int
    number_first: bool = False


class Lexicon(NamedTuple):
    """Everything a language says about headings, ready to match.

    `openers` are the first words of keywords, names and numbers.
    """

    keywords: Mapping[str, SectionKind]
    specials: Mapping[str, SectionKind]
    numbers: Mapping[str, int]
    openers: frozenset[str]
    key: re.Pattern[str]
    special: re.Pattern[str]
    after: re.Pattern[str]
    article: re.Pattern[str]
    contents: re.Pattern[str]
    by: re.Pattern[str]
    end: re.Pattern[str]
    wherein: re.Pattern[str]
    # The first keyword of each kind; others ("night", "song") are words of titles as well.
    principal: frozenset[str]
    tag: str = "en"

    def may_begin(self, text: str) -> bool:
        """A quick test whether a block may begin with any of these."""
        match = _OPENER.match(text)
        if match is None:
            return False
        word = match.group(1).casefold()
        return word in self.openers or word.isdigit() or not word.strip("ivxlcdm")

    def number_at(self, text: str, at: int, stop: int, labelled: bool) -> Number | None:
        """The number at an offset; `labelled` beside a keyword, where more may be one."""
        match = _DECIMAL.match(text, at, stop)
        if match:
            return Number(int(match.group(1)), "decimal", match.end())
        match = _FIGURES.match(text, at, stop)
        if match:
            value = int(match.group())
            most = _MAX_LABELLED if labelled else _MAX_ARABIC
            return Number(value, "arabic", match.end()) if value < most else None
        if (words := self._words_at(text, at, stop)) is not None:
            return words if labelled or words.value != LAST else None
        match = _ROMAN_FIGURES.match(text, at, stop)
        if match is None:
            return None
        figures = match.group()
        roman = roman_value(figures)
        if roman is None or roman > _MAX_ROMAN or figures not in (figures.upper(), figures.lower()):
            return None
        if figures.islower() and not labelled:
            alone = not text[match.end() : stop].strip(" .)")
            return Number(roman, "small roman", match.end()) if alone else None
        return Number(roman, "roman", match.end())

    def _words_at(self, text: str, at: int, stop: int) -> Number | None:
        """A number in words: the longest phrase of up to four that is one."""
        match = _PHRASE.match(text, at, stop)
        if match is None:
            return None
        ends = [found.end() for found in _WORD.finditer(text, at, match.end())]
        for end in reversed(ends):
            value = self.numbers.get(_fold(_HYPHENS.sub("-", text[at:end])))
            if value is not None:
                return Number(value, "word", end)
        return None

    def label_at(self, text: str, at: int, stop: int) -> Label | None:
        """A keyword with its number, "Chapter 3" or "Third Part"."""
        match = self.key.match(text, at, stop)
        if match:
            begin = _BETWEEN.match(text, match.end(), stop)
            if begin is not None and (number := self._number_after(text, begin.end(), stop)):
                return self._label(match, number, number.end, number_first=False)
        article = self.article.match(text, at, stop)
        number = self.number_at(text, article.end() if article else at, stop, labelled=True)
        if number is None:
            return None
        joint = _JOINT.match(text, number.end, stop)
        match = self.key.match(text, joint.end(), stop) if joint else None
        if match is None:
            return None
        if number.value == LAST and _fold(match.group(1)) not in self.principal:
            return None
        return self._label(match, number, match.end(), number_first=True)

    def _number_after(self, text: str, at: int, stop: int) -> Number | None:
        """The number behind a keyword, perhaps with an article: "Chapter the First"."""
        article = self.article.match(text, at, stop)
        starts = (article.end(), at) if article else (at,)
        for start in starts:
            number = self.number_at(text, start, stop, labelled=True)
            number = number or _letter_at(text, start, stop)
            if number is not None:
                return number
        return None

    def _label(self, match: re.Match[str], number: Number, end: int, number_first: bool) -> Label:
        key = _fold(match.group(1))
        return Label(self.keywords[key], key, number, end, number_first)


def _letter_at(text: str, at: int, stop: int) -> Number | None:
    """ "Part A", "Appendix B": a capital that counts."""
    match = _LETTER.match(text, at, stop)
    return Number(ord(match.group()) - 64, "letter", match.end()) if match else None


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
    return _build(tables)._replace(tag=base)


def _build(tables: Sequence[Mapping[str, Any]]) -> Lexicon:
    keywords = _kinds(tables, "keywords")
    specials = _kinds(tables, "specials")
    numbers: dict[str, int] = {}
    for table in reversed(tables):
        numbers.update(_number_words(table))
    _add_unaccented(keywords)
    _add_unaccented(specials)
    _add_unaccented(numbers)
    before, after = _words(tables, "before"), _words(tables, "after")
    return Lexicon(
        keywords=keywords,
        specials=specials,
        numbers=numbers,
        openers=_openers(tables, keywords, specials, numbers),
        key=_pattern(r"({})(?!\w)", keywords),
        special=regex(
            rf"(?:(?:{_alternatives(before) or '(?!)'})\s+){{0,2}}"
            rf"({_alternatives(specials)})(?![\w'’])",
            re.I,
        ),
        after=_pattern(r"\s+(?:{})\s[^.!?\n]{{1,60}}", after),
        article=_pattern(r"(?:{})\s+", _words(tables, "articles")),
        contents=_pattern("(?:{})", _words(tables, "contents")),
        by=_pattern("(?:{})", _words(tables, "by")),
        end=_pattern("(?:{})", _words(tables, "end")),
        wherein=_pattern(r"(?:{})(?!\w)", _words(tables, "wherein")),
        principal=frozenset(
            _fold(words[0].split("|")[0])
            for table in tables
            for words in table.get("keywords", {}).values()
        ),
    )


def _pattern(frame: str, words: Iterable[str]) -> re.Pattern[str]:
    return regex(frame.format(_alternatives(words) or "(?!)"), re.I)


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


def _add_unaccented(known: dict[str, _Value]) -> None:
    """Capitals are often set without accents: "DEUXIEME", "ΠΡΩΤΗ"."""
    for word, value in list(known.items()):
        if not word.isascii():
            known.setdefault(_strip_accents(word), value)


def _strip_accents(word: str) -> str:
    return "".join(char for char in normalize("NFD", word) if not combining(char))


def _fold(word: str) -> str:
    return " ".join(word.replace("’", "'").casefold().split())


def _alternatives(words: Iterable[str]) -> str:
    """Longest first, any white space, either apostrophe, any hyphen."""
    folded = {_fold(word) for word in words}
    folded |= {_strip_accents(word) for word in folded}
    escaped = sorted(folded, key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]").replace(r"\-", _DASH)
        for word in escaped
    )
