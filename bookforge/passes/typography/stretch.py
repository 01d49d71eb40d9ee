"""Every edit in one stretch of paragraphs, once it is known what the book's marks say.

A stretch ends where no quotation runs on; no rule looks further than that.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from bookforge.languages.base import Language
from bookforge.model.edits import PLACEHOLDER, Doubt, Edit
from bookforge.passes.typography.customs import Customs, customs_of
from bookforge.passes.typography.dashes import find_dashes
from bookforge.passes.typography.ellipses import find_ellipses
from bookforge.passes.typography.glyphs import Drawn, choose_glyphs
from bookforge.passes.typography.high import find_high
from bookforge.passes.typography.quotes import Evidence, Reading, Stretch, Tongue, read_marks
from bookforge.passes.typography.quotes.balance import Lonely
from bookforge.passes.typography.quotes.marks import KINDS
from bookforge.passes.typography.quotes.ticks import read_ticks
from bookforge.passes.typography.quotes.units import Unit, join, split_units
from bookforge.passes.typography.ranges import find_ranges
from bookforge.passes.typography.settings import Settings
from bookforge.passes.typography.spaces import find_spaces
from bookforge.passes.typography.symbols import find_symbols
from bookforge.regex import regex

_KEYS = {"D": '"', "S": "'"}
_RULES = {"o": "quote", "c": "quote", "a": "apostrophe", "p": "prime"}
_NAMES = {"o": "opening", "c": "closing", "a": "apostrophe", "p": "prime"}
_PLACE = itemgetter(0, 1)
_ADDRESS = regex(
    r"(?:\b[a-z][a-z+.-]*://|\bwww\.)[^\s<>\"“”]*[^\s<>\"“”'’.,;:!?)\]*_]"
    r"|(?<![\w.+'-])[\w.+-]{1,64}(?:'[\w.+-]{1,64})?@[\w-]+(?:\.[\w-]+)+"
    r"|[:;=]['’]-?[()D]"
    r"|(?<=\s)[\w:-]+=(?:\"[^\"<>\n]*\"|'[^'<>\n]*')(?=[^<>\n]*>)"
)
# Without one of these there is nothing to look for; a single character is found out fastest.
_SIGNS_OF_ADDRESS = (
    *(("/", "://"), ("@", "@"), ("w", "www."), (":", ":'"), ("=", '="'), ("=", "='")),
)


class Findings(NamedTuple):
    """Edits and doubts of each paragraph, offsets within it; marks without a partner.

    A lonely mark is (index of the paragraph, the mark with its offset in it).
    """

    edits: list[list[Edit]]
    doubts: list[list[Doubt]]
    lonely: list[tuple[int, Lonely]]


class Rules:
    """What is asked of every stretch of a book: language, settings, and what its marks say.

    `both`: the book writes dashes with two and with three hyphens.
    """

    def __init__(self, language: Language, settings: Settings) -> None:
        self.language, self.settings = language, settings
        self.customs: Customs = customs_of(language)
        self.tongue = Tongue(self.customs.lexicon, self.customs.fixed, settings.quotes != "auto")
        self.both = False
        self.evidence = Evidence("D", {}, self.customs.fixed)

    @cached_property
    def drawn(self) -> Drawn:
        """The marks of the book."""
        return Drawn(choose_glyphs(self.language, self.settings.quotes, self.evidence.outer))


class Copy:
    """The paragraphs of a stretch, joined; `chosen` are readings by place in the joined text."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.typed, self.starts = join(paragraphs)
        self.chosen: dict[int, str] = {}

    @cached_property
    def text(self) -> str:
        """What the rules look at: addresses are masked, backticks that are marks turned."""
        text = mask_addresses(self.typed)
        if "`" in text:
            text, self.chosen = read_ticks(text, self.chosen)
        return text

    @cached_property
    def digest(self) -> bytes:
        """What is said here, as part of a key."""
        return hashlib.blake2b(self.typed.encode("utf-8", "surrogatepass"), digest_size=20).digest()

    @cached_property
    def stretch(self) -> Stretch:
        """The text with the places of its marks."""
        return Stretch(self.text, split_units(self.text, self.starts))

    def find(self, rules: Rules) -> Findings:
        """Everything that the rules find here."""
        text, starts, settings = self.text, self.starts, rules.settings
        marked = read_marks(self.stretch, rules.evidence, rules.tongue, chosen=self.chosen)
        rows = [
            self._quote_edits(unit, row, rules.drawn) if row else []
            for unit, row in zip(self.stretch.units, marked.rows, strict=True)
        ]
        others = sorted(_other_edits(text, rules), key=_PLACE)
        _put_in(others, rows, starts)
        if settings.keep:
            rows = list(_without_kept(text, rows, starts, settings.keep))
        doubts = [
            [] if isinstance(row, str) else [_doubt(one, start) for one in row if one.gap < 9]
            for start, row in zip(starts, marked.rows, strict=True)
        ]
        return Findings(rows, doubts, _homes(marked.lonely, starts))

    def _quote_edits(self, unit: Unit, row: str | list[Reading], drawn: Drawn) -> list[Edit]:
        if isinstance(row, str):
            return _certain_edits(self.text, unit, row, drawn)
        return list(_weighed_edits(self.typed, unit.start, row, drawn, self.chosen))


def mask_addresses(text: str) -> str:
    """The same text with addresses, attributes of tags and weeping faces :'( as placeholders."""
    if any(char in text and sign in text for char, sign in _SIGNS_OF_ADDRESS):
        return _ADDRESS.sub(lambda found: PLACEHOLDER * len(found.group()), text)
    return text


def _other_edits(text: str, rules: Rules) -> Iterator[Edit]:
    """The edits of all marks but quotation marks."""
    settings, customs = rules.settings, rules.customs
    yield from find_dashes(text, settings.dashes, customs, rules.both)
    yield from find_ranges(text)
    yield from find_ellipses(text, settings.ellipsis)
    yield from find_spaces(text, customs.english)
    if settings.symbols:
        yield from find_symbols(text)
    if customs.high is not None:
        yield from find_high(text, customs.high, customs.inside)


def _certain_edits(text: str, unit: Unit, readings: str, drawn: Drawn) -> list[Edit]:
    """The edits of marks that are certain; none of these touch."""
    start, _, marks = unit
    edits, new_edit = [], tuple.__new__
    for offset, reading in zip(marks, readings, strict=True):
        char = text[offset]
        new = drawn[char, reading]
        if new != char:
            at = offset - start
            edits.append(new_edit(Edit, (at, at + 1, new, _RULES[reading])))
    return edits


def _weighed_edits(
    typed: str, start: int, readings: Iterable[Reading], drawn: Drawn, chosen: Mapping[int, str]
) -> Iterator[Edit]:
    """The edits of a paragraph that begins at `start` of what was typed."""
    last_end, last_reading, touching = -1, "", drawn.glyphs.touching
    for offset, read, reading, _, _ in readings:
        char = read
        if chosen and offset in chosen:
            # What the writer has chosen holds for a curly mark, too.
            read, char = _KEYS[KINDS[read]], typed[offset]
        new = drawn[read, reading]
        if offset == last_end and new != char and reading != "p" and last_reading != "p":
            # Touching marks need air between them (Chicago 6.11).
            new = touching + new
        if new != char:
            yield Edit(offset - start, offset - start + 1, new, _RULES[reading])
        last_end, last_reading = offset + 1, reading


def _put_in(others: Iterable[Edit], rows: list[list[Edit]], starts: Sequence[int]) -> None:
    """Put edits of the whole text among those of its paragraphs; the first at a place counts."""
    touched: dict[int, list[Edit]] = {}
    for edit in others:
        index = bisect_right(starts, edit.start) - 1
        if index >= 0:
            base = starts[index]
            moved = Edit(edit.start - base, edit.end - base, edit.new, edit.rule)
            touched.setdefault(index, []).append(moved)
    for index, own in touched.items():
        row = sorted(rows[index] + own, key=_PLACE) if rows[index] else own
        rows[index] = _without_overlaps(row)


def _without_overlaps(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    end = 0
    for edit in edits:
        if edit.start >= end:
            kept.append(edit)
            end = edit.end
    return kept


def _without_kept(
    text: str, rows: Sequence[list[Edit]], starts: Sequence[int], keep: Sequence[str]
) -> Iterator[list[Edit]]:
    """The edits that touch none of the writer's own `keep` words."""
    held: set[int] = set()
    for words in keep:
        at = text.find(words) if words else -1
        while at >= 0:
            held.update(range(at, at + len(words)))
            at = text.find(words, at + 1)
    for base, row in zip(starts, rows, strict=True):
        yield [edit for edit in row if held.isdisjoint((base + edit.start, base + edit.end - 1))]


def _doubt(reading: Reading, start: int) -> Doubt:
    # The gap is a difference of log-probabilities of whole readings.
    doubt = 1 / (1 + 2.718281828**reading.gap)
    return Doubt(
        reading.offset - start,
        reading.char,
        _NAMES[reading.reading],
        _NAMES[reading.rival],
        round(doubt, 4),
    )


def _homes(lonely: list[Lonely], starts: Sequence[int]) -> list[tuple[int, Lonely]]:
    rows = []
    for one in lonely:
        index = bisect_right(starts, one.offset) - 1
        rows.append((index, one._replace(offset=one.offset - starts[index])))
    return rows
