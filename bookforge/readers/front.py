"""The manuscript's own title page: what it says, and what of the first blocks it takes up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct

from bookforge.readers.draft import Draft
from bookforge.readers.exports import LINE, name_fact, read_rating
from bookforge.readers.headings.contents import fold_title
from bookforge.readers.headings.dates import is_day
from bookforge.readers.headings.parse import Candidate
from bookforge.readers.imprint import has_page_word, is_legal, is_sentence, says_page
from bookforge.readers.stops import STOPS, closes_speech, ends_sentence, weigh
from bookforge.regex import regex

if TYPE_CHECKING:
    from bookforge.config.model import Book

__all__ = ["Known", "TitlePage", "is_dedication", "read_title_page"]

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

_FRAME = " \t\u3000_*=#|-~"
_OPENERS = '"“„«»‘「『—–―-('
_INNER_BY = regex(r"\b(?:von|by|par|de|di|av|af|van)\s+([^\W\d_a-z].*)$")
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


class Known(Struct, frozen=True):
    """Titles and authors known from elsewhere; `is_settled`: the writer gave the title."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    subtitle: str = ""
    is_settled: bool = False

    @classmethod
    def of(cls, book: Book, title: str) -> Known:
        """What book.toml gives, and the title that a header or the file's properties do."""
        titles = tuple(filter(None, (book.title, title)))
        return cls(titles, book.all_authors, book.subtitle or "", bool(book.title))

    def tell(self, page: TitlePage) -> tuple[str, ...]:
        """What the book will say of itself, a title page found."""
        title = self.titles[0] if self.titles else page.title
        subtitle = self.subtitle if self.is_settled else self.subtitle or page.subtitle
        values = tuple(value for _, value in page.facts)
        return (title, subtitle, *(self.authors or page.authors), *values)

    def names_title(self, text: str) -> bool:
        """Whether it begins as a title known does."""
        start = fold_title(text)[:12]
        return bool(start) and any(start == fold_title(one)[:12] for one in self.titles)

    def is_author(self, text: str) -> bool:
        """Whether it is the name of an author known."""
        name = fold_title(text)
        return bool(name) and any(name == fold_title(one) for one in self.authors)


@dataclass
class _Reading:
    known: Known
    # A heading stands below the page: what is above it is hardly the story.
    is_headed: bool
    title: str = ""
    subtitle: str = ""
    authors: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    indexes: set[int] = field(default_factory=set)
    by_waits: bool = False

    @property
    def is_sure(self) -> bool:
        """More than a line that may be a title has been read."""
        return bool(self.is_headed or self.authors or self.facts or len(self.indexes) > 1)


def read_title_page(draft: Draft, limit: int, known: Known) -> TitlePage:
    """Read the blocks before `limit` (the first heading) that are no running text.

    What is taken is left out of the text, so that in doubt nothing is.
    """
    end = draft.first
    while end < min(limit, draft.last, draft.first + _MAX_BLOCKS) and not _is_text(draft, end):
        end += 1
    reading = _Reading(known, limit < draft.last)
    if end == draft.first or not _begins_page(draft, end, reading):
        return TitlePage()
    _read_run(draft, end, reading)
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


def _read_run(draft: Draft, end: int, reading: _Reading) -> None:
    """The page is one run of blocks; above a heading it may be parted by a motto or a summary.

    Behind what reads as prose or verse only what stands on title pages alone belongs to it.
    """
    over = False
    for index in range(draft.first, end):
        if index in draft.wrappers:
            reading.indexes.add(index)
        elif over and not reading.by_waits and not _proves(draft, index, reading.known):
            continue
        elif not _read_block(draft, index, end, reading):
            if not reading.is_headed:
                return
            over = over or _reads_on(draft.blocks[index].text)


def _reads_on(text: str) -> bool:
    """A sentence, or the piece of one: prose or verse, after which no title page goes on."""
    return is_sentence(text) or (text[:1].islower() and text[-1:] not in STOPS)


def is_dedication(text: str) -> bool:
    """ "To my mother", "For Anna": no title page's words, no sentence of the story."""
    return bool(_DEDICATION.match(text)) and not has_page_word(text) and text[-1:] not in '?!"”'


def _is_text(draft: Draft, index: int) -> bool:
    candidate = draft.candidates.get(index)
    if index in draft.kept:
        return True
    if candidate is not None and not candidate.is_special and _is_label(candidate):
        return True
    text = draft.blocks[index].text
    if is_day(text, draft.lexicon.tag):
        return index == draft.first
    if LINE.search(text) or _read_facts([line.strip() for line in draft.blocks[index].lines]):
        return False
    if _FACT.match(text) or says_page(text[:200] + text[200:][-1:]):
        return False
    if _find_by(draft, text) is not None or (text.isupper() and not is_sentence(text)):
        return False
    return draft.is_prose(index) or (
        weigh(text) > 40 and (ends_sentence(text) or closes_speech(text))
    )


def _is_label(candidate: Candidate) -> bool:
    """Keyword and number, or a number in figures alone."""
    figures = candidate.form.split()[1:2] in (["arabic"], ["roman"])
    # "One Day" is a title as well.
    keyword = bool(candidate.keyword) and not candidate.form.endswith("word first")
    return keyword or (figures and not candidate.title)


def _begins_page(draft: Draft, end: int, reading: _Reading) -> bool:
    """The first block looks like a title: short, no sentence, set apart or followed by a name."""
    first = next((i for i in range(draft.first, end) if i not in draft.wrappers), draft.first)
    lines = [line.strip(_FRAME) for line in draft.blocks[first].lines]
    if reading.known.names_title(lines[0]):
        return True
    if not _may_be_title(lines[0], draft):
        return False
    if any(_proves(draft, index, reading.known) for index in range(first, min(end, first + 4))):
        return True
    if reading.known.is_settled or not all(map(_is_title_line, lines[1:])):
        return False
    if _is_name_like(lines[0]) and len(lines[0]) <= 60:
        return True
    return _stands_apart(draft, first, end, reading)


def _stands_apart(draft: Draft, first: int, end: int, reading: _Reading) -> bool:
    """A title by its place alone: above a heading, a wide gap, or a name and the text."""
    if end == draft.last:
        return False
    if reading.is_headed and end - first == 1:
        return True
    if is_sentence(draft.blocks[first].text):
        return False
    return (
        draft.extra(end) >= 1 or draft.extra(first + 1) >= 1 or _is_name_at(draft, first + 1, end)
    )


def _may_be_title(text: str, draft: Draft) -> bool:
    # Nothing is left of a rule, or a frame.
    if not text or len(text) > 160 or text[0] in _OPENERS:
        return False
    by = _find_by(draft, text)
    if (by and by[0].islower()) or (by is None and text[0].islower()):
        return False
    return text.isupper() or not (text[-1] in ",:、，：" or _stops(text))


def _stops(text: str) -> bool:
    """Ends as a sentence does; a question or a cry may be a title where it has a title's look."""
    if text[-1] in "?!" and _is_name_like(text):
        return False
    return ends_sentence(text) or closes_speech(text)


def _is_title_line(text: str) -> bool:
    """A further line of a title: with its look, or with words of title pages."""
    return not text or _is_name_like(text) or text.isupper() or says_page(text)


def _proves(draft: Draft, index: int, known: Known) -> bool:
    """Says something that stands on title pages alone: an author, a right, a fact."""
    lines = [line.strip(_FRAME) for line in draft.blocks[index].lines]
    if _read_facts(lines) or any(LINE.match(line) for line in lines):
        return True
    text = " ".join(lines)
    return (
        any(_find_by(draft, line) is not None or known.is_author(line) for line in lines)
        or known.is_author(text)
        or (is_legal(text) and weigh(text) < 400)
    )


def _find_by(draft: Draft, line: str) -> str | None:
    """The author of a by-line; empty where the name is in the next line; None for other lines."""
    by = draft.lexicon.by.match(line)
    if by is None or (len(by.group()) < len(line) and line[by.end()].isalnum()):
        return None
    name = line[by.end() :].strip(" :,.")
    return name if not name or _is_author(name) else None


def _is_author(name: str) -> bool:
    """Names begin with a capital, or are one word; "by the river he sat" is none."""
    if weigh(name) >= 100 or is_sentence(name):
        return False
    return not name[0].islower() or " " not in name


def _read_block(draft: Draft, index: int, end: int, reading: _Reading) -> bool:
    """Whether the block is of the title page; if so, it is taken."""
    lines = [line.strip(_FRAME) for line in draft.blocks[index].lines]
    text = " ".join(line for line in lines if line)
    if facts := _read_facts(lines):
        _take_facts(facts, reading)
        reading.indexes.add(index)
        return True
    if not text or _is_dedicated(draft, text, index, reading):
        return False
    if _takes(draft, lines, index, end, reading):
        reading.indexes.add(index)
    return index in reading.indexes


def _is_dedicated(draft: Draft, text: str, index: int, reading: _Reading) -> bool:
    return bool(
        reading.title
        and _DEDICATION.match(text)
        and not has_page_word(text)
        and (reading.authors or index > draft.first + 1)
    )


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


def _takes(draft: Draft, lines: Sequence[str], index: int, end: int, reading: _Reading) -> bool:
    text = " ".join(line for line in lines if line)
    name = _find_by(draft, text)
    if name is None and reading.by_waits:
        reading.by_waits = False
        name = text if _is_author(text) else None
    if name is not None:
        _take_author(name, reading)
        return True
    if LINE.match(text):
        return True
    if not reading.title:
        return _take_title(draft, lines, reading)
    if fold_title(text) in {fold_title(one) for one in (reading.title, *reading.known.titles)}:
        return True
    if (name := _find_author(draft, index, end, reading)) is not None:
        _take_author(name, reading)
        return True
    return weigh(text) < 400 and (is_legal(text) or (reading.is_sure and says_page(text)))


def _find_author(draft: Draft, index: int, end: int, reading: _Reading) -> str | None:
    """The author in a line without a by-line's first word."""
    text = " ".join(line.strip(_FRAME) for line in draft.blocks[index].lines).strip()
    if reading.known.is_author(text):
        return text
    if reading.authors:
        return None
    inner = _INNER_BY.search(text)
    if inner and len(text) < 80 and draft.lexicon.by.match(text[inner.start() :]):
        return str(inner.group(1))
    if reading.known.authors or not _may_be_name(text):
        return None
    return text if reading.is_headed or _is_name_at(draft, index, end) else None


def _is_name_at(draft: Draft, index: int, end: int) -> bool:
    """A name alone between the title and the text, which then is the author's."""
    return index == end - 1 and end < draft.last and _may_be_name(draft.blocks[index].text)


def _may_be_name(text: str) -> bool:
    if weigh(text) > len(text):
        # Any words at all look like a name where there are no capitals: only the shortest are.
        return len(text) <= 8 and _NAME.fullmatch(text) is not None
    return 3 < len(text) < 50 and _NAME.fullmatch(text) is not None and not has_page_word(text)


def _take_author(name: str, reading: _Reading) -> None:
    if name:
        reading.authors.append(name.rstrip("."))
    reading.by_waits = not name


def _take_title(draft: Draft, lines: Sequence[str], reading: _Reading) -> bool:
    """The first block: the title, then perhaps a subtitle or a by-line in the lines below."""
    reading.title = _tame(lines[0].rstrip(",;:."))
    for line in lines[1:]:
        name = _find_by(draft, line)
        if name is None and not has_page_word(line) and _follows(line, reading):
            name = line
        if name is not None:
            _take_author(name, reading)
        else:
            reading.subtitle = f"{reading.subtitle} {line}".strip()
    return True


def _follows(line: str, reading: _Reading) -> bool:
    """Whether a line below the title is the author: announced, or a name."""
    if reading.by_waits:
        return True
    return not reading.authors and _NAME.fullmatch(line) is not None and not line.isupper()


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
