"""Runs: all labels of one form in perfect order with text between, headings at any length."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bookforge.readers.draft import Draft
from bookforge.readers.headings.parse import Candidate

__all__ = ["is_calm", "is_even", "is_run", "runs_on"]

_ENDS = tuple(".!?…\"”’'»:;—-·*)_~")
# A number without a keyword numbers much else: fewer are no run, nor with less text each.
_LEAST_BARE = 3
_LEAST_TEXT = 8
_MOST_UNEVEN = 4
_LONGEST_TITLE = 50


def runs_on(title: str) -> float:
    """How much a title reads like the beginning of a paragraph."""
    penalty = 0.0
    if title[0].islower():
        penalty += 1.2
    if len(title) > 90:
        penalty += 0.8
    if title[-1] in '.!?"”' and (len(title) > 60 or ", " in title):
        penalty += 0.8
    return penalty


def is_calm(members: Sequence[Candidate]) -> bool:
    return not any(member.title and runs_on(member.title) >= 0.8 for member in members)


def is_run(members: Sequence[Candidate], draft: Draft) -> bool:
    """1, 2, 3 … without a hole or repeat, text under each; again from 1 below another label.

    A list of contents has nothing between its entries, or no sentences.
    """
    bare = not members[0].keyword
    if _counts_down(members):
        return is_calm(members) and (not bare or is_even(members, draft))
    if len(members) < (_LEAST_BARE if bare else 2) or members[0].number != 1:
        return False
    if not is_calm(members):
        return False
    if bare and "decimal" in members[0].form:
        return _is_decimal_run(members, draft)
    if bare and not _may_be_titled(members, draft):
        return False
    rising = sum(_rises(one, other) for one, other in itertools.pairwise(members))
    if bare and rising * 2 < len(members) - 1:
        return False
    stops = [*(member.index for member in members[1:]), draft.last]
    holes = sum(not _follows(one, other, draft) for one, other in itertools.pairwise(members))
    if holes and (bare or holes > max(1, len(members) // 8) or not _only_skips(members)):
        return False
    if bare and not is_even(members, draft):
        return False
    told = sum(_has_text(member, stop, draft) for member, stop in zip(members, stops, strict=True))
    return told == len(members) or (not bare and told >= 0.8 * len(members))


def _counts_down(members: Sequence[Candidate]) -> bool:
    """4, 3, 2, 1: nothing else does so from so high without titles."""
    numbers = [member.number for member in members]
    least = 3 if members[0].keyword else 4
    down = numbers == list(range(len(numbers), 0, -1))
    return down and len(numbers) >= least and not any(member.title for member in members)


def _is_decimal_run(members: Sequence[Candidate], draft: Draft) -> bool:
    """1.1, 1.2, 2.1 …: such numbers count little else, when text stands under most."""
    steps = [(one.number or 0, other.number or 0) for one, other in itertools.pairwise(members)]
    if not all(new in (old + 1, 1) for old, new in steps):
        return False
    stops = [*(member.index for member in members[1:]), draft.last]
    told = sum(_has_text(member, stop, draft) for member, stop in zip(members, stops, strict=True))
    return told * 5 >= 4 * len(members)


def _only_skips(members: Sequence[Candidate]) -> bool:
    """Where a number is missing it is one alone, whose label was forgotten or misspelt."""
    return all(
        (other.number or 0) in ((one.number or 0) + 1, (one.number or 0) + 2, 1)
        for one, other in itertools.pairwise(members)
    )


def _may_be_titled(members: Sequence[Candidate], draft: Draft) -> bool:
    """Numbers alone; with titles only where no keyword in the whole work says otherwise."""
    if not any(member.title for member in members):
        return True
    if any(other.keyword and not other.is_special for other in draft.candidates.values()):
        return False
    return all(
        member.title[:1].isupper()
        and len(member.title) <= _LONGEST_TITLE
        and not member.title.endswith(_ENDS)
        for member in members
    )


def is_even(members: Sequence[Candidate], draft: Draft) -> bool:
    """The last has no more text than the others: stanzas have the rest of the book below."""
    sizes = [draft.characters(m.index + 1, other.index) for m, other in itertools.pairwise(members)]
    return draft.characters(members[-1].index + 1, draft.last) <= _MOST_UNEVEN * max(sizes)


def _rises(one: Candidate, other: Candidate) -> bool:
    return (other.number or 0) == (one.number or 0) + 1


def _follows(one: Candidate, other: Candidate, draft: Draft) -> bool:
    if _rises(one, other):
        return True
    between = (draft.candidates.get(index) for index in range(one.index + 1, other.index))
    parted = any(above and above.keyword and above.keyword != one.keyword for above in between)
    return other.number == 1 and parted


def _has_text(member: Candidate, stop: int, draft: Draft) -> bool:
    """Something that ends as sentences do stands between a label and the next."""
    for index in range(member.index + 1, stop):
        text = draft.blocks[index].text
        if text.endswith(_ENDS) and (member.keyword or len(text) >= _LEAST_TEXT):
            return True
    return False
