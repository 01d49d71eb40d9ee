"""Title-only books: short lines of one look, far apart, with running text under each."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from statistics import median

from bookforge.readers.draft import Draft, is_capitals
from bookforge.readers.headings.contents import fold_title
from bookforge.readers.headings.parse import Candidate, title_alone
from bookforge.readers.stops import STOPS, weigh
from bookforge.regex import regex

__all__ = [
    "DOUBTFUL",
    "LOOKS",
    "as_title",
    "find_close_titles",
    "find_company",
    "is_stopped_title",
    "opens_text",
]

LOOKS = CAPITALS, MIXED, STOPPED, LOWER = (
    "title capitals",
    "title mixed",
    "title stopped",
    "title lower",
)
# Titles have so much text between them, in the middle of the book.
_LEAST_PROSE = 350
DOUBTFUL = (STOPPED, LOWER)
# Lines in small letters are notes, answers and verse as well: fewer are no habit.
_LEAST_DOUBTFUL = {LOWER: 3, STOPPED: 4}
_LONGEST_SHORT = 60
_ENDS = regex(r"[.!?,;:…—–-][\"”’'»)]*$")


def as_title(draft: Draft, index: int) -> Candidate:
    """A block as a title without a number; its form is its look."""
    block = draft.blocks[index]
    text = block.text
    look = CAPITALS if is_capitals(text) else LOWER if text == text.lower() else MIXED
    if look == MIXED and text.endswith("."):
        look = STOPPED
    return title_alone(index, block, look)


def is_stopped_title(text: str) -> bool:
    """ "The Sorrow of Love.": a few words, the longer ones with capitals, and a full stop."""
    words = text.rstrip(".").split()
    return (
        text.count(".") == 1
        and len(text) <= _LONGEST_SHORT
        and all(word[:1].isupper() for word in words if len(word) > 3 or word == words[0])
        and text[0].isupper()
    )


def opens_text(draft: Draft, index: int, headed: set[int]) -> bool:
    """Running text comes close below, before any other heading; a by-line may stand between."""
    below, upto = index + 1, 2
    if below < draft.last and draft.lexicon.by.match(draft.blocks[below].text):
        upto += 3
    for at in range(below, min(draft.last, below + upto)):
        if at in headed:
            return False
        if draft.is_prose(at):
            return True
    return False


def find_company(pool: Sequence[Candidate], draft: Draft, taken: set[int]) -> list[Candidate]:
    """The look with most members that open running text far apart."""
    best: list[Candidate] = []
    for look in LOOKS:
        members = [one for one in pool if one.form == look and _opens(one, draft, taken)]
        members = _even(_without_opening(members, draft), draft, taken)
        least = _LEAST_DOUBTFUL.get(look, 2)
        said = {one.text for one in members}
        if len(members) < least or len(said) < 2:
            # "ARGUMENT", "SCENE": the same line again and again is part of the text.
            continue
        if _spread(members, draft) and len(members) > len(best):
            best = members
    return best


def _opens(one: Candidate, draft: Draft, taken: set[int]) -> bool:
    below = one.index + 1
    if below in draft.candidates and draft.candidates[below].number == 1:
        # A part's title above its first number.
        return True
    if draft.lexicon.by.match(draft.blocks[below].text) and below + 1 < draft.last:
        below += 1
    if below in taken or opens_text(draft, one.index, taken) or _ends_sentence(draft, below):
        return True
    # A list stands between, of what is needed or who appears.
    near = range(below, min(draft.last, below + 4))
    plain = not any(is_capitals(draft.blocks[at].text) or at in taken for at in near)
    return one.form == CAPITALS and plain and any(draft.is_prose(at) for at in near)


def _without_opening(members: list[Candidate], draft: Draft) -> list[Candidate]:
    """The book's own title is no member, unless it stands over text exactly as the others do."""
    others = [one for one in members if fold_title(one.text) not in draft.opening]
    if len(others) < 2 or len(others) == len(members):
        return others
    first = members[0]
    gaps = Counter(draft.blocks[one.index + 1].gap for one in others)
    usual = max(gaps, key=lambda size: (gaps[size], -size))
    below = first.index + 1
    numbered = below in draft.candidates and all(m.index + 1 in draft.candidates for m in others)
    alike = (
        first.index == draft.first
        and draft.blocks[below].gap == usual
        and (numbered or _ends_sentence(draft, below))
    )
    return members if alike else others


def find_close_titles(draft: Draft) -> list[Candidate]:
    """Titles no farther apart than paragraphs: every short line is one, but for a title page."""
    shorts = [index for index in range(draft.first, draft.last) if _is_short(draft, index)]
    if len(shorts) < 3 or shorts[0] != draft.first:
        return []
    while len(shorts) > 1 and shorts[1] == shorts[0] + 1:
        del shorts[0]
    members = [as_title(draft, index) for index in shorts]
    sure = len(members) >= 3 and all(_is_titled(draft, one, members[0].form) for one in members)
    return members if sure and _spread(members, draft) else []


def _is_short(draft: Draft, index: int) -> bool:
    block = draft.blocks[index]
    short = block.size == 1 and block.end - block.start <= _LONGEST_SHORT
    return short and not _ENDS.search(block.text)


def _is_titled(draft: Draft, one: Candidate, look: str) -> bool:
    """Of the book's look, no label, a sentence below."""
    if one.form != look or one.index in draft.candidates:
        return False
    if look == MIXED and not all(word[0].isupper() for word in one.text.split() if len(word) > 4):
        return False
    return one.index + 1 < draft.last and _ends_sentence(draft, one.index + 1)


def _ends_sentence(draft: Draft, index: int) -> bool:
    block = draft.blocks[index]
    if draft.is_prose(index):
        return True
    closing = block.text.rstrip("_*)]）")[-1:]
    return weigh(block.text) > 25 and (closing in STOPS or closing in tuple('"”’»」』'))


def _even(members: list[Candidate], draft: Draft, taken: set[int]) -> list[Candidate]:
    """Only those as far apart as most: the gap of the widest half is the rule."""
    if not members:
        return []
    gaps = sorted(draft.extra(one.index) for one in members)
    least = max(1, gaps[len(gaps) // 2] - 1)
    kept = [one for one in members if draft.extra(one.index) >= least]
    rivals = sum(
        draft.extra(index) >= least
        for index in range(draft.first + 1, draft.last)
        if index not in taken
    )
    return kept if len(kept) * 2 >= rivals else []


def _spread(members: Sequence[Candidate], draft: Draft) -> bool:
    between = [
        draft.characters(one.index + 1, other.index) for one, other in itertools.pairwise(members)
    ]
    return median(between) >= _LEAST_PROSE
