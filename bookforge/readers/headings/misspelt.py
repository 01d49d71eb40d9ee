"""A keyword misspelt where a number is missing: "Chpater 4" between Chapter 3 and Chapter 5."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bookforge.readers.draft import Draft
from bookforge.readers.headings.families import Family
from bookforge.readers.headings.parse import Candidate, split_rest
from bookforge.regex import regex

__all__ = ["take_misspelt"]

_FIRST_WORD = regex(r"[\s*_=~#]*([^\W\d_]{3,})[.:]?\s+")
_ALIKE = 0.7
_LONGEST = 80


def take_misspelt(families: Sequence[Family], draft: Draft) -> list[Family]:
    """The families with what stands in their holes under a word nearly theirs."""
    mended = []
    for family in families:
        fresh = list(_find(family, draft)) if family.is_keyword and family.extra >= 1 else []
        members = tuple(sorted((*family.members, *fresh), key=lambda member: member.index))
        mended.append(family._replace(members=members) if fresh else family)
    return mended


def _find(family: Family, draft: Draft) -> Iterator[Candidate]:
    for one, other in itertools.pairwise(family.members):
        if (other.number or 0) != (one.number or 0) + 2:
            continue
        for index in range(one.index + 1, other.index):
            if draft.extra(index) >= max(1, family.extra) and index not in draft.barred:
                found = _read(draft, index, one)
                if found is not None:
                    yield found
                    break


def _read(draft: Draft, index: int, like: Candidate) -> Candidate | None:
    """The block as the heading after `like`, when its first word is nearly the keyword."""
    block = draft.blocks[index]
    text = block.text
    word = _FIRST_WORD.match(text)
    if word is None or block.size != 1 or len(text) > _LONGEST:
        return None
    if SequenceMatcher(None, word.group(1).casefold(), like.keyword).ratio() < _ALIKE:
        return None
    number = draft.lexicon.number_at(text, word.end(), len(text), labelled=True)
    rest = split_rest(text, number.end, len(text), draft.lexicon) if number else None
    if number is None or rest is None or number.value != (like.number or 0) + 1:
        return None
    start, end = block.start + rest.start, block.start + rest.end
    label = text[word.start(1) : rest.label_end]
    return Candidate(
        index,
        block,
        like.kind,
        like.form,
        label,
        number.value,
        rest.separator,
        start,
        end,
        block.end,
        like.keyword,
    )
