"""Words that only this book numbers: "Hive 1.1", "Week 4", "Tape Three", "Inferno: Canto I".

Short lines that say the same but for a number, in order, with text between, are headings though
no list of words has theirs.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from statistics import median

from bookforge.model.document import SectionKind
from bookforge.readers.blocks import Block
from bookforge.readers.draft import Draft
from bookforge.readers.headings.contents import Contents
from bookforge.readers.headings.families import Family
from bookforge.readers.headings.parse import Candidate, split_rest
from bookforge.readers.headings.runs import is_even
from bookforge.readers.lexicon import Lexicon, Number
from bookforge.regex import regex

__all__ = ["find_serials"]

_LONGEST = 60
_LONGEST_WORDS = 30
_LEAST = 3
_LEAST_PROSE = 180
# The number's place: behind the words that come again.
_NUMBER = regex(
    r"(?<=[\s(\[#№.:-])(?=[^\W_])|(?<=[^\W\d_])(?=\d)",
)
_WORDS = regex(r"[^\W\d_]")
_EDGES = " \t*_=~#()[]-—–"


def find_serials(draft: Draft, contents: Contents, families: Sequence[Family]) -> list[Family]:
    """A family for each phrase that is numbered through the book."""
    headed = {m.index for family in families for m in family.members if len(family.members) > 1}
    places = sorted(headed)
    groups: dict[str, list[Candidate]] = {}
    for index in range(draft.first, draft.last - 1):
        if index in headed or index in contents.indexes or index in draft.barred:
            continue
        for one in _read(draft.blocks[index], index, draft.lexicon):
            groups.setdefault(one.form, []).append(one)
    found: list[Family] = []
    for form, members in sorted(groups.items(), key=lambda item: -len(item[1])):
        free = [one for one in members if one.index not in headed]
        if _holds(free, draft) and _runs_through(free, places, draft):
            extra = median(draft.extra(one.index) for one in free)
            found.append(Family(form, tuple(free), len(free), extra))
            headed.update(one.index for one in free)
    return found


def _read(block: Block, index: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """Every way to read a line as words and a number, and a title behind a separator."""
    if block.size != 1 or block.end - block.start > _LONGEST:
        return
    text = block.text
    if text[0] in '"“‘«„' or not _WORDS.search(text):
        return
    stop = len(text.rstrip(_EDGES))
    for place in _NUMBER.finditer(text, 0, min(stop, _LONGEST_WORDS)):
        words = text[: place.start()].strip(_EDGES + ".:,").casefold()
        number = lexicon.number_at(text, place.start(), stop, labelled=True) if words else None
        if number is None or number.value < 0 or not _WORDS.search(words):
            continue
        rest = split_rest(text, number.end, stop, lexicon)
        if rest is None or rest.separator == "space":
            continue
        lead = len(text) - len(text.lstrip(_EDGES))
        at = block.start
        yield Candidate(
            index,
            block,
            SectionKind.CHAPTER,
            _form(words, number),
            " ".join(text[lead : rest.label_end].split()),
            number.value,
            rest.separator,
            at + rest.start,
            at + rest.end,
            block.end,
            words,
        )


def _runs_through(members: Sequence[Candidate], places: Sequence[int], draft: Draft) -> bool:
    """In more than one chapter of a book that has some, else through the whole book.

    Articles, rules and exhibits are numbered within one.
    """
    if places:
        return len({bisect_left(places, one.index) for one in members}) > 1
    return is_even(members, draft)


def _form(words: str, number: Number) -> str:
    """The words and the kind of number; "Hive 1.4" and "Tangle 2.1" are one form."""
    if number.numeral == "decimal":
        return f"serial {len(words.split())} decimal"
    return f"serial:{words} {number.numeral}"


def _holds(members: Sequence[Candidate], draft: Draft) -> bool:
    """Three or more, each number one more than the last or 1 again, text under each."""
    if len(members) < _LEAST:
        return False
    steps = [(one.number or 0, other.number or 0) for one, other in itertools.pairwise(members)]
    again = members[0].form.endswith(" decimal")
    fit = sum(new == old + 1 or (again and new in (0, 1)) for old, new in steps)
    if fit * 5 < len(steps) * 4 or not all(new > old or new in (0, 1) for old, new in steps):
        return False
    between = [
        draft.characters(one.index + 1, other.index) for one, other in itertools.pairwise(members)
    ]
    return median(between) >= _LEAST_PROSE and min(between) > 0
