"""The contents list of a manuscript: found by its entries coming again, used as evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from bookforge.readers.draft import Draft
from bookforge.regex import regex

__all__ = ["Contents", "find_contents", "fold_title"]

# How far into the work a contents list may begin, and how long it may be.
_REGION_SHARE = 0.25
_REGION_BLOCKS = 60
_MAX_ENTRIES = 1500
# Entries that begin alike and are compared letter by letter, at most.
_MOST_ALIKE = 40
# Lines of running text are longer than entries of a list without a heading of its own.
_ENTRY_LINE = 64
_LEADER = regex(r"(?:\s*[.·…_]\s*){2,}\s*[ivxlcdm\d]*\s*$|\s{2,}[ivxlcdm\d]+\s*$|\t+\d+\s*$", re.I)
_STOPS = tuple('.!?,;:…-—–"”’»')
_NO_LETTERS = regex(r"[\W_]+")


class Entry(NamedTuple):
    """One line of the list, and the keys under which its heading may be found."""

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """Which blocks the list takes up, and what it lists (folded to letters and digits)."""

    indexes: frozenset[int] = frozenset()
    entries: frozenset[str] = frozenset()
    listed: tuple[Entry, ...] = ()

    def has(self, *texts: str) -> bool:
        """Whether the list names any of these (a bare number does not count)."""
        if not self.entries:
            return False
        return any(len(key) > 2 and key in self.entries for key in map(fold_title, texts))

    def resembles(self, text: str) -> bool:
        """As `has`, but with a slip of spelling allowed."""
        if self.has(text):
            return True
        key = fold_title(text)
        if len(key) < 5:
            return False
        return any(
            abs(len(key) - len(entry)) <= 2 and SequenceMatcher(None, key, entry).ratio() > 0.88
            for entry in self._by_start.get(key[:2], ())[:_MOST_ALIKE]
        )

    @cached_property
    def _by_start(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for entry in sorted(self.entries):
            groups.setdefault(entry[:2], []).append(entry)
        return groups


def fold_title(text: str) -> str:
    """Letters and digits alone, for comparison."""
    return _NO_LETTERS.sub("", text).casefold()


def find_contents(draft: Draft) -> Contents:
    """The contents list, or an empty one."""
    later = _index_starts(draft)
    limit = draft.first + max(_REGION_BLOCKS, int((draft.last - draft.first) * _REGION_SHARE))
    index = draft.first
    last = min(limit, draft.last)
    named = [at for at in range(index, last) if _is_contents_word(draft, at)]
    close = _index_close(draft, later) if named else later
    for at in named:
        if found := _follow(draft, at, close, named=True):
            return found
    while index < last:
        count = _echoes(draft, index, later) if _may_list(draft, index) else 0
        begins = count >= 3 or (count > 0 and index in draft.candidates)
        if begins and (found := _follow(draft, index, later, named=False)):
            return found
        index += 1
    return Contents()


def _may_list(draft: Draft, index: int) -> bool:
    """Short lines, no running text."""
    lines = draft.blocks[index].lines
    short = sum(len(line) < _ENTRY_LINE for line in lines)
    return index in draft.candidates or short * 4 >= len(lines) * 3


def _is_contents_word(draft: Draft, index: int) -> bool:
    block = draft.blocks[index]
    first = block.lines[0].strip().strip("*_=#~-—[] .:")
    return bool(draft.lexicon.contents.fullmatch(first)) and block.end - block.start < 4000


def _index_starts(draft: Draft) -> dict[str, int]:
    """The last block that begins with a given text: heading lines, whole or in their parts."""
    later: dict[str, int] = {}
    said: Counter[str] = Counter()
    for index in range(draft.first, draft.last):
        block = draft.blocks[index]
        if block.end - block.start > 300:
            continue
        below = index - 1 in draft.candidates and not _is_sentence(block.text)
        if not (below or index in draft.candidates or draft.extra(index) >= 1):
            continue
        keys = {fold_title(block.text), fold_title(block.lines[0])}
        candidate = draft.candidates.get(index)
        if candidate is not None:
            keys.update((fold_title(candidate.label), fold_title(candidate.title)))
            if not candidate.title and index + 1 < draft.last:
                title = draft.blocks[index + 1]
                if title.end - title.start < 200:
                    keys.add(fold_title(candidate.label + title.text))
        for key in keys:
            if key:
                later[key] = index
        if candidate is None and block.text.endswith("."):
            said[fold_title(block.text)] += 1
    # What is said three times is text, no entry with its heading.
    return {key: index for key, index in later.items() if said[key] < 3}


def _index_close(draft: Draft, later: dict[str, int]) -> dict[str, int]:
    """With the short lines that stand no farther apart than paragraphs, for a list so called."""
    close = {
        fold_title(block.text): index
        for index, block in enumerate(draft.blocks[draft.first : draft.last], draft.first)
        if block.size == 1
        and block.end - block.start < _ENTRY_LINE
        and block.text[-1] not in _STOPS
    }
    return {**close, **later}


def _entry_keys(line: str, draft: Draft) -> Iterator[str]:
    """A list's line as it may come again: whole, without its label, its label alone."""
    bare = _LEADER.sub("", line.strip())
    whole = fold_title(bare)
    if len(whole) > 1:
        yield whole
    bare = bare.lstrip("[(*_#- ")
    lexicon = draft.lexicon
    if not lexicon.may_begin(bare):
        return
    label = lexicon.label_at(bare, 0, len(bare))
    number = label or lexicon.number_at(bare, 0, len(bare), labelled=False)
    if number is None:
        return
    rest = fold_title(bare[number.end :])
    if len(rest) > 2:
        yield rest
    if label is not None:
        yield fold_title(bare[: label.end])


def _echoes(draft: Draft, index: int, later: dict[str, int]) -> int:
    """How many lines of a block come again further on."""
    lines = draft.blocks[index].lines
    if len(lines) > _MAX_ENTRIES:
        return 0
    return sum(
        any(later.get(key, -1) > index + 1 for key in _entry_keys(line, draft)) for line in lines
    )


def _follow(draft: Draft, start: int, later: dict[str, int], named: bool) -> Contents | None:
    """Walk down the list from its first block as long as entries come."""
    seen: dict[str, int] = {}
    echoed = lines = 0
    end = start
    for index in range(start, min(draft.last, start + _MAX_ENTRIES)):
        block = draft.blocks[index]
        if index > start and _begins_body(draft, index, seen):
            break
        count = _echoes(draft, index, later)
        if not named and index not in draft.candidates and _is_text(draft, index, count):
            break
        if not count and draft.is_prose(index) and not _lists(draft, index):
            break
        if index > start or not named or block.size > 1:
            echoed += count
            lines += 1 if block.size > 1 and count == 1 else block.size
        if count or (named and _lists(draft, index)):
            end = index
        seen.setdefault(fold_title(block.text), len(seen))
        for line in block.lines:
            for key in _entry_keys(line, draft):
                seen.setdefault(key, len(seen))
    if echoed < (2 if named else 3) and not (named and end > start):
        return None
    if not named and (echoed * 2 < lines or not _comes_after(draft, start, end, later)):
        return None
    return _gather(draft, start, end)


def _comes_after(draft: Draft, start: int, end: int, later: dict[str, int]) -> bool:
    """Most entries come again below the whole list, not only further down in it."""
    lines = [line for index in range(start, end + 1) for line in draft.blocks[index].lines]
    echoes = [max(later.get(key, -1) for key in keys) for keys in _all_keys(lines, draft)]
    return 2 * sum(place > end for place in echoes) >= sum(place >= 0 for place in echoes)


def _all_keys(lines: Sequence[str], draft: Draft) -> Iterator[tuple[str, ...]]:
    return (keys for line in lines if (keys := tuple(_entry_keys(line, draft))))


def _is_text(draft: Draft, index: int, echoes: int) -> bool:
    """An unnamed list holds no sentences, even such as come again."""
    block = draft.blocks[index]
    text = block.text
    if block.size > 1 and echoes * 2 > block.size:
        return False
    return _is_sentence(text)


def _is_sentence(text: str) -> bool:
    return len(text) > 50 and text[-1] in '.!?…"”»' and not text.isupper()


def _lists(draft: Draft, index: int) -> bool:
    """Lines with leaders and page numbers, or lines all labelled: a list even without an echo."""
    lines = draft.blocks[index].lines
    if len(lines) > _MAX_ENTRIES:
        return False
    listed = sum(bool(_LEADER.search(line)) for line in lines)
    return listed * 2 >= len(lines)


def _begins_body(draft: Draft, index: int, seen: dict[str, int]) -> bool:
    """An entry comes again, with running text close below: here the work begins.

    `seen` are the entries with their places. When an earlier one comes again just below, the list
    ends there: its parts number their chapters alike.
    """
    block = draft.blocks[index]
    keys = {fold_title(block.text), fold_title(block.lines[0])}
    candidate = draft.candidates.get(index)
    if candidate is not None and len(fold_title(candidate.label)) > 2:
        keys.add(fold_title(candidate.label))
    places = [seen[key] for key in keys if key in seen]
    if not places:
        return False
    if _opens_sentence(draft, index + 1, seen):
        return True
    for near in range(index + 1, min(draft.last, index + 5)):
        if draft.is_prose(near):
            return True
        if seen.get(fold_title(draft.blocks[near].lines[0]), len(seen)) < min(places):
            return False
    return False


def _opens_sentence(draft: Draft, index: int, seen: Container[str]) -> bool:
    """A sentence, however short, that the list has not named."""
    if index >= draft.last or index in draft.candidates:
        return False
    text = draft.blocks[index].text
    return text.endswith((".", "!", "?", "…", "”", '"')) and fold_title(text) not in seen


def _continues(above: str, line: str) -> bool:
    """A long entry's second line: the one above is full, or this one begins small."""
    bare = line.strip()
    return len(above.rstrip()) > _ENTRY_LINE or bare[0].islower() or bare[0] in "-—–"


def _gather(draft: Draft, start: int, end: int) -> Contents:
    entries: set[str] = set()
    listed: list[Entry] = []
    for index in range(start, end + 1):
        block = draft.blocks[index]
        entries.add(fold_title(_LEADER.sub("", block.text)))
        for place, line in enumerate(block.lines):
            keys = tuple(_entry_keys(line, draft))
            entries.update(keys)
            if place and _continues(block.lines[place - 1], line):
                continue
            if draft.lexicon.key.match(line.strip()) and len(keys) < 2:
                continue
            if (
                keys
                and len(keys[0]) > 4
                and not (index == start and draft.lexicon.contents.fullmatch(line.strip(" .:")))
            ):
                listed.append(Entry(_LEADER.sub("", line.strip()), keys))
    return Contents(frozenset(range(start, end + 1)), frozenset(entries), tuple(listed))
