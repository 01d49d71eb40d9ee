"""Finds every edit in a stretch of paragraphs: the heart of the clean-up, text in, data out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from bookforge.languages.base import Language
from bookforge.model.edits import PLACEHOLDER, Doubt, Edit
from bookforge.passes.typography.customs import customs_of
from bookforge.passes.typography.dashes import find_dashes
from bookforge.passes.typography.ellipses import find_ellipses
from bookforge.passes.typography.glyphs import Glyphs, choose_glyphs
from bookforge.passes.typography.high import find_high
from bookforge.passes.typography.quotes import Reading, Tongue, read_marks
from bookforge.passes.typography.quotes.balance import Lonely
from bookforge.passes.typography.quotes.marks import KINDS
from bookforge.passes.typography.quotes.ticks import read_ticks
from bookforge.passes.typography.ranges import find_ranges
from bookforge.passes.typography.settings import Settings
from bookforge.passes.typography.spaces import find_spaces
from bookforge.passes.typography.squeeze import squeeze
from bookforge.passes.typography.symbols import find_symbols

# Readings that the writer has chosen: text -> offset -> o, c, a or p.
Choices: TypeAlias = Mapping[int, Mapping[int, str]]
_KEYS = {"D": '"', "S": "'"}
_RULES = {"o": "quote", "c": "quote", "a": "apostrophe", "p": "prime"}
_NAMES = {"o": "opening", "c": "closing", "a": "apostrophe", "p": "prime"}


class Findings(NamedTuple):
    """Edits and doubts of each paragraph, offsets within it; marks without a partner.

    A lonely mark is (index of the paragraph, the mark with its offset in it).
    """

    edits: list[list[Edit]]
    doubts: list[list[Doubt]]
    lonely: list[tuple[int, Lonely]]


def find_edits(
    paragraphs: Sequence[str], language: Language, settings: Settings | None = None
) -> list[list[Edit]]:
    """The edits of each paragraph, ascending, none overlapping.

    The paragraphs are read as one stretch: quotations may run over them, an empty paragraph is a
    break over which none does.
    """
    return find_all(paragraphs, language, settings or Settings()).edits


def find_all(
    paragraphs: Sequence[str],
    language: Language,
    settings: Settings,
    choices: Choices = MappingProxyType({}),
) -> Findings:
    """As `find_edits`, with doubts and open quotations, and heeding what the writer chose."""
    if not settings.enabled:
        return Findings([[] for _ in paragraphs], [[] for _ in paragraphs], [])
    if not any("  " in paragraph for paragraph in paragraphs):
        return _find(paragraphs, language, settings, choices)
    squeezed = [squeeze(paragraph) for paragraph in paragraphs]
    moved = {
        index: {squeezed[index].place(at): reading for at, reading in row.items()}
        for index, row in choices.items()
    }
    found = _find([one.text for one in squeezed], language, settings, moved)
    return Findings(
        [one.restore_edits(row) for one, row in zip(squeezed, found.edits, strict=True)],
        [one.restore_doubts(row) for one, row in zip(squeezed, found.doubts, strict=True)],
        [(at, one._replace(offset=squeezed[at].origin(one.offset))) for at, one in found.lonely],
    )


def _find(
    paragraphs: Sequence[str], language: Language, settings: Settings, choices: Choices
) -> Findings:
    typed, starts = join(paragraphs)
    chosen = {
        starts[index] + at: reading for index, row in choices.items() for at, reading in row.items()
    }
    text = mask_addresses(typed)
    if "`" in text:
        text, chosen = read_ticks(text, chosen)
    customs = customs_of(language)
    turning = settings.quotes != "auto"
    tongue = Tongue(customs.lexicon, customs.fixed, turning)
    marked = read_marks(text, starts, tongue, chosen=chosen)
    glyphs = choose_glyphs(language, settings.quotes, marked.outer)
    edits = list(_quote_edits(typed, chain.from_iterable(marked.readings), glyphs, chosen))
    edits += find_dashes(text, settings.dashes, customs)
    edits += find_ranges(text)
    edits += find_ellipses(text, settings.ellipsis)
    edits += find_spaces(text, customs.english)
    if settings.symbols:
        edits += find_symbols(text)
    if customs.high is not None:
        edits += find_high(text, customs.high, customs.inside)
    edits.sort(key=_place)
    kept = _without_overlaps(edits)
    if settings.keep:
        kept = _without_kept(text, kept, settings.keep)
    doubts = [[_doubt(reading) for reading in row if reading.gap < 9] for row in marked.readings]
    return Findings(
        _distribute(kept, starts, len(text)),
        _relative(doubts, starts),
        _homes(marked.lonely, starts),
    )


def join(paragraphs: Sequence[str]) -> tuple[str, list[int]]:
    """One text with a line end before, between and after the paragraphs, and where each begins."""
    starts, at = [], 1
    for paragraph in paragraphs:
        starts.append(at)
        at += len(paragraph) + 1
    return "\n" + "\n".join(paragraphs) + "\n", starts


_ADDRESS = re.compile(
    r"(?:\b[a-z][a-z+.-]*://|\bwww\.)[^\s<>\"“”]*[^\s<>\"“”'’.,;:!?)\]*_]"
    r"|(?<![\w.+'-])[\w.+-]{1,64}(?:'[\w.+-]{1,64})?@[\w-]+(?:\.[\w-]+)+"
    r"|[:;=]['’]-?[()D]"
    r"|(?<=\s)[\w:-]+=(?:\"[^\"<>]*\"|'[^'<>]*')(?=[^<>]*>)"
)


# Without one of these there is nothing to look for.
_SIGNS_OF_ADDRESS = ("://", "@", "www.", ":'", '="', "='")


def mask_addresses(text: str) -> str:
    """The same text with addresses, attributes of tags and weeping faces :'( as placeholders."""
    if any(sign in text for sign in _SIGNS_OF_ADDRESS):
        return _ADDRESS.sub(lambda found: PLACEHOLDER * len(found.group()), text)
    return text


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _quote_edits(
    text: str, readings: Iterable[Reading], glyphs: Glyphs, chosen: Mapping[int, str]
) -> Iterator[Edit]:
    last_end, last_reading = -1, ""
    made: dict[tuple[str, str], str] = {}
    for offset, read, reading, _, _ in readings:
        char = read
        if offset in chosen:
            # What the writer has chosen holds for a curly mark, too.
            read, char = _KEYS[KINDS[read]], text[offset]
        new = made.get((read, reading))
        if new is None:
            new = made[read, reading] = glyphs.glyph(read, reading)
        if offset == last_end and new != char and reading != "p" and last_reading != "p":
            # Touching marks need air between them (Chicago 6.11).
            new = glyphs.touching + new
        if new != char:
            yield Edit(offset, offset + 1, new, _RULES[reading])
        last_end, last_reading = offset + 1, reading


def _without_overlaps(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    end = 0
    for edit in edits:
        if edit.start >= end:
            kept.append(edit)
            end = edit.end
    return kept


def _without_kept(text: str, edits: list[Edit], keep: Sequence[str]) -> list[Edit]:
    """The edits that touch none of the writer's own `keep` words."""
    held: set[int] = set()
    for words in keep:
        at = text.find(words) if words else -1
        while at >= 0:
            held.update(range(at, at + len(words)))
            at = text.find(words, at + 1)
    return [edit for edit in edits if edit.start not in held and edit.end - 1 not in held]


def _doubt(reading: Reading) -> Doubt:
    # The gap is a difference of log-probabilities of whole readings.
    doubt = 1 / (1 + 2.718281828**reading.gap)
    return Doubt(
        reading.offset,
        reading.char,
        _NAMES[reading.reading],
        _NAMES[reading.rival],
        round(doubt, 4),
    )


def _relative(doubts: list[list[Doubt]], starts: Sequence[int]) -> list[list[Doubt]]:
    return [
        [Doubt(d.offset - start, d.mark, d.reading, d.second, d.doubt) for d in row]
        for row, start in zip(doubts, starts, strict=True)
    ]


def _homes(lonely: list[Lonely], starts: Sequence[int]) -> list[tuple[int, Lonely]]:
    rows = []
    for one in lonely:
        index = bisect_right(starts, one.offset) - 1
        rows.append((index, one._replace(offset=one.offset - starts[index])))
    return rows


def _distribute(edits: list[Edit], starts: Sequence[int], length: int) -> list[list[Edit]]:
    rows: list[list[Edit]] = [[] for _ in starts]
    if not starts:
        return rows
    index, base = 0, starts[0]
    limit = starts[1] if len(starts) > 1 else length
    for edit in edits:
        while edit.start >= limit:
            index += 1
            base = starts[index]
            limit = starts[index + 1] if index + 1 < len(starts) else length
        if edit.start >= base and edit.end < limit:
            rows[index].append(Edit(edit.start - base, edit.end - base, edit.new, edit.rule))
    return rows
