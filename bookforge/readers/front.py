"""The manuscript's own title page: what it says, and what of the first blocks it takes up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from bookforge.readers.draft import Draft
from bookforge.readers.exports import LINE, name_fact, read_rating
from bookforge.readers.headings.contents import fold_title
from bookforge.readers.headings.dates import is_day
from bookforge.readers.headings.parse import Candidate
from bookforge.regex import regex

__all__ = ["TitlePage", "is_dedication", "read_title_page"]

_MAX_BLOCKS = 60
# Words of a name: with a capital, or a particle.
_NAME = regex(
    r"(?:(?:[^\W\d_a-zà-ÿ][\w.'’-]*|de|da|van|von|der|den|du|la|le|di|del|y|e|of|ter|ten|zu)"
    r"[ ,]*){1,6}"
)
_FACT = regex(r"(?!A/N|Note|Author['’]?s? )([A-Z][A-Za-z /-]{2,28}):[ \t]+(\S.*)")
_KEY = regex(r"[A-Z][A-Za-z /]{2,28}:")
# Facts that are the title or the author, as exporters of fan fiction name them.
_TITLES, _AUTHORS = ("story", "title"), ("author", "by", "writer", "penname")

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
_MARKS = " _*)]\"”’'»"
_DEDICATION = regex(
    r"(?:to|for|in memory of|dedicated to|für|à|pour|para|a|voor|til|till)\s+\S", re.I
)


class TitlePage(Struct, frozen=True):
    """Title, authors and facts; `indexes` are the blocks that say them."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    indexes: frozenset[int] = frozenset()


@dataclass
class _Reading:
    title: str = ""
    subtitle: str = ""
    authors: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    indexes: set[int] = field(default_factory=set)
    by_waits: bool = False


def read_title_page(draft: Draft, limit: int, known_title: str) -> TitlePage:
    """Read the blocks before `limit` (the first heading) that are no running text."""
    end = draft.first
    while end < min(limit, draft.last, draft.first + _MAX_BLOCKS) and not _is_text(draft, end):
        end += 1
    if end == draft.first or not _begins_page(draft, end, limit, known_title):
        return TitlePage()
    reading = _Reading()
    for index in range(draft.first, end):
        if index in draft.wrappers:
            reading.indexes.add(index)
        else:
            _read_block(draft, index, reading, known_title)
    if len(reading.indexes) == draft.last - draft.first:
        # A book of nothing but a title page is a text.
        reading.indexes.clear()
    return TitlePage(
        reading.title,
        reading.subtitle,
        tuple(reading.authors),
        tuple(reading.facts),
        frozenset(reading.indexes),
    )


def is_dedication(text: str) -> bool:
    """ "To my mother", "For Anna": no title page's words, no sentence of the story."""
    return (
        bool(_DEDICATION.match(text)) and not _PAGE_WORDS.search(text) and text[-1:] not in '?!"”'
    )


def _is_text(draft: Draft, index: int) -> bool:
    candidate = draft.candidates.get(index)
    if candidate is not None and not candidate.is_special and _is_label(candidate):
        return True
    text = draft.blocks[index].text
    if is_day(text, draft.lexicon.tag):
        return index == draft.first
    if LINE.search(text) or _read_facts([line.strip() for line in draft.blocks[index].lines]):
        return False
    if _FACT.match(text) or text.isupper() or _says_page(text[:200] + text[200:][-1:]):
        return False
    return draft.is_prose(index) or (len(text) > 40 and text.rstrip(" _*")[-1:] in tuple('.!?"”»'))


def _says_page(text: str) -> bool:
    """Whether words of a title page are in it, and it is no sentence that merely has them, too.

    A story may well begin with London, a year or a published book; what is taken for a title page
    is left out of the book, so that a sentence must speak as only title pages do.
    """
    if not _PAGE_WORDS.search(text):
        return False
    return bool(not _is_sentence(text) or _LEGAL.search(text) or _GENRE.match(text))


def _is_sentence(text: str) -> bool:
    """Ends as sentences do, and at least half its words begin small, or have no case."""
    words = [word for word in re.findall(r"[\w'’]+", text) if word[0].isalpha()]
    small = sum(not word[0].isupper() for word in words)
    ends = text.rstrip(_MARKS)[-1:] in tuple(".!?…。！？؟")
    return ends and (len(words) >= 4 or len(text) >= 20) and small >= 0.5 * len(words)


def _is_label(candidate: Candidate) -> bool:
    """Keyword and number, or a number in figures alone."""
    figures = candidate.form.split()[1:2] in (["arabic"], ["roman"])
    # "One Day" is a title as well.
    keyword = bool(candidate.keyword) and not candidate.form.endswith("word first")
    return keyword or (figures and not candidate.title)


def _begins_page(draft: Draft, end: int, limit: int, known_title: str) -> bool:
    """The first block looks like a title: short, no sentence, set apart or followed by a name."""
    first = next((i for i in range(draft.first, end) if i not in draft.wrappers), draft.first)
    text = draft.blocks[first].lines[0].strip(" \n\t_*=#")
    if known_title and fold_title(text)[:12] == fold_title(known_title)[:12]:
        return True
    if (
        len(text) > 160
        or text[:1] in '"“«'
        or (text[:1].islower() and not draft.lexicon.by.match(text))
    ):
        return False
    if text[-1:] in ".,:" and not text.isupper():
        return False
    if _is_name_like(text) and len(text) <= 60:
        return True
    return (
        end == limit
        or draft.extra(end) >= 1
        or draft.extra(draft.first + 1) >= 1
        or end - draft.first >= 2
    )


def _read_block(draft: Draft, index: int, reading: _Reading, known_title: str) -> None:
    lines = [line.strip(" \t_*=#|-~") for line in draft.blocks[index].lines]
    facts = _read_facts(lines)
    if facts:
        _take_facts(facts, reading)
        reading.indexes.add(index)
        return
    text = " ".join(line for line in lines if line)
    if (
        reading.title
        and _DEDICATION.match(text)
        and not _PAGE_WORDS.search(text)
        and (reading.authors or index > draft.first + 1)
    ):
        return
    if _takes(draft, lines, text, reading, known_title):
        reading.indexes.add(index)


def _read_facts(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Lines "Key: value", or a key on one line and its value on the next."""
    if len(lines) < 3 and (rated := [fact for line in lines for fact in read_rating(line)]):
        return rated
    facts = [
        (m.group(1).lower(), m.group(2).strip()) for line in lines if (m := _FACT.fullmatch(line))
    ]
    if facts and len(facts) * 2 >= len(lines):
        return facts
    keys = [at for at, line in enumerate(lines) if _KEY.fullmatch(line)]
    if len(keys) < 2 or keys[0] != 0:
        return []
    ends = [*keys[1:], len(lines)]
    return [
        (lines[at][:-1].lower(), " ".join(lines[at + 1 : end]))
        for at, end in zip(keys, ends, strict=True)
    ]


def _take_facts(facts: Sequence[tuple[str, str]], reading: _Reading) -> None:
    for key, value in facts:
        if key in _TITLES and not reading.title:
            reading.title = value
        elif key in _AUTHORS and not reading.authors:
            reading.authors.append(value)
        else:
            _add_fact(name_fact(key), value, reading.facts)


def _add_fact(key: str, value: str, facts: list[tuple[str, str]]) -> None:
    """One value for each name; further tags are added to those there."""
    for place, (known, before) in enumerate(facts):
        if known == key == "tags":
            facts[place] = (key, f"{before}, {value}")
            return
    facts.append((key, value))


def _is_name_like(text: str) -> bool:
    """Written as titles are: capitals, or a capital for every longer word."""
    words = [word for word in text.split() if len(word) > 3]
    return (
        "\n" not in text
        and text[-1:] not in tuple('.!,:;"”')
        and all(word[0].isupper() or not word[0].isalpha() for word in words)
        and text[:1].isupper()
    )


def _takes(
    draft: Draft, lines: Sequence[str], text: str, reading: _Reading, known_title: str
) -> bool:
    by = draft.lexicon.by.match(text)
    if by and (len(by.group()) == len(text) or not text[by.end()].isalnum()):
        return _take_author(text[by.end() :].strip(" :,."), reading)
    if reading.by_waits:
        reading.by_waits = False
        return _take_author(text, reading)
    if LINE.match(text):
        return True
    if not reading.title:
        return _take_title(draft, lines, reading)
    if fold_title(text) in (fold_title(reading.title), fold_title(known_title)):
        return True
    inner = re.search(r"\b(?:von|by|par|de|di|av|af|van)\s+([^\W\d_a-z].*)$", text)
    if (
        inner
        and not reading.authors
        and len(text) < 80
        and draft.lexicon.by.match(text[inner.start() :])
    ):
        return _take_author(inner.group(1), reading)
    if (
        not reading.authors
        and 3 < len(text) < 50
        and _NAME.fullmatch(text)
        and not _PAGE_WORDS.search(text)
    ):
        return _take_author(text, reading)
    return len(text) < 400 and _says_page(text)


def _take_author(text: str, reading: _Reading) -> bool:
    if not text:
        reading.by_waits = True
    elif len(text) < 100:
        reading.authors.append(text.rstrip("."))
    return True


def _take_title(draft: Draft, lines: Sequence[str], reading: _Reading) -> bool:
    """The first block: the title, then perhaps a subtitle or a by-line in the lines below."""
    reading.title = _tame(lines[0].rstrip(",;:."))
    for line in lines[1:]:
        by = draft.lexicon.by.match(line)
        if by and (len(by.group()) == len(line) or not line[by.end()].isalnum()):
            _take_author(line[by.end() :].strip(" :,."), reading)
        elif _PAGE_WORDS.search(line):
            reading.subtitle = f"{reading.subtitle} {line}".strip()
        elif reading.by_waits or (
            not reading.authors and _NAME.fullmatch(line) and not line.isupper()
        ):
            reading.by_waits = False
            _take_author(line, reading)
        else:
            reading.subtitle = f"{reading.subtitle} {line}".strip()
    return True


def _tame(title: str) -> str:
    """A title in capitals as a title is written; short words small, the first never."""
    if not title.isupper() or len(title) < 4:
        return title
    small = {
        "a",
        "an",
        "the",
        "of",
        "and",
        "in",
        "on",
        "at",
        "to",
        "for",
        "or",
        "by",
        "from",
        "with",
    }
    words = [
        word if word in small else word[:1].upper() + word[1:] for word in title.lower().split()
    ]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])
