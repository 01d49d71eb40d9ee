"""Families: candidates of one form, which win or lose together."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from bookforge.readers.blocks import FILE_GAP
from bookforge.readers.draft import Draft
from bookforge.readers.headings.contents import Contents
from bookforge.readers.headings.parse import Candidate
from bookforge.readers.headings.runs import is_calm, is_run, runs_on
from bookforge.readers.headings.sequence import best_chain

__all__ = ["Family", "adopt_firsts", "find_families"]

# Headings have text between them: less than this, in the middle of the family, is a list.
_LEAST_PROSE = 180


class Family(NamedTuple):
    """The members that fit, how many looked alike, and the usual extra gap before a member."""

    form: str
    members: tuple[Candidate, ...]
    seen: int
    extra: float

    @property
    def is_keyword(self) -> bool:
        return not self.form.startswith("bare")


def find_families(draft: Draft, contents: Contents) -> list[Family]:
    """Every family of labelled headings that holds together, in order of its first member."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in draft.candidates.values():
        if not candidate.is_special and candidate.index not in contents.indexes:
            groups.setdefault(_key(candidate), []).append(candidate)
    families = []
    for form, members in groups.items():
        family = _settle(form, members, draft, contents)
        if _holds(family, draft, contents):
            families.append(family)
    families = _mend(families, groups, draft)
    return sorted(families, key=lambda family: family.members[0].index)


def _key(candidate: Candidate) -> str:
    if candidate.keyword:
        return f"{candidate.kind.value}:{candidate.keyword}{candidate.marker}"
    shape = {"point": "point", "space": "space"}.get(candidate.separator, "pure")
    return f"{candidate.form} {shape}"


def _settle(form: str, members: Sequence[Candidate], draft: Draft, contents: Contents) -> Family:
    """Chain the members, learn their usual gap, and chain again with it."""

    def distance(one: Candidate, other: Candidate) -> int:
        return draft.characters(one.index + 1, other.index)

    def value(candidate: Candidate) -> float:
        return worth(candidate, draft, contents)

    if is_run(members, draft):
        return Family(form, tuple(members), len(members), _usual_extra(members, draft))
    chain = best_chain(members, value, distance)
    usual = _usual_extra(chain, draft)

    def stricter(candidate: Candidate) -> float:
        low = usual >= 1 and draft.extra(candidate.index) < 1 and not _is_under(candidate, draft)
        return value(candidate) - (3.0 if low else 0.0)

    chain = best_chain(members, stricter, distance)
    return Family(form, tuple(chain), len(members), _usual_extra(chain, draft))


def _usual_extra(chain: Iterable[Candidate], draft: Draft) -> float:
    free = [draft.extra(member.index) for member in chain if not _is_under(member, draft)]
    inner = [extra for extra in free if extra < FILE_GAP]
    return median(inner or free) if free else 1


def worth(candidate: Candidate, draft: Draft, contents: Contents) -> float:
    """What a candidate's own look says for it."""
    extra = draft.extra(candidate.index)
    score = min(2.0, 0.8 * extra) if extra > 0 else -0.5
    if _is_under(candidate, draft):
        score = max(score, 1.0)
    elif extra <= 0 and not candidate.keyword:
        score -= 1.0
    score += {"": 0.5, "line": 0.3, "point": 0.1, "space": -0.3}[candidate.separator]
    if candidate.keyword and not candidate.separator and candidate.block.size == 1:
        # "Chapter 2" and nothing else on a line is seldom anything but a heading.
        score += 0.8
    if contents.has(candidate.text, candidate.label, candidate.title):
        score += 1.5
    if candidate.title and not candidate.title.isupper():
        score -= runs_on(candidate.title)
    if candidate.marker:
        score += 0.5
    if candidate.block.size == 1 and candidate.text.isupper() and candidate.keyword:
        score += 0.3
    return score


def _is_under(candidate: Candidate, draft: Draft) -> bool:
    """Right under another heading: a section's number below its chapter's."""
    above = draft.candidates.get(candidate.index - 1)
    if above is None or above.form == candidate.form:
        return False
    return bool(above.keyword or above.is_special) and draft.extra(above.index) >= 1


def _holds(family: Family, draft: Draft, contents: Contents) -> bool:
    members = family.members
    if not members:
        return False
    if len(members) == 1:
        return _holds_alone(members[0], draft, contents)
    if family.seen == len(members) and is_run(members, draft):
        return True
    between = [
        draft.characters(one.index + 1, other.index) for one, other in itertools.pairwise(members)
    ]
    apart = family.extra >= 1 and members[0].number == 1 and family.seen == len(members)
    tidy = apart and (family.is_keyword or family.form.endswith("pure"))
    least = _LEAST_PROSE // (3 if family.is_keyword else 1) // (2 if tidy else 1)
    if family.is_keyword and tidy and min(between) > 0:
        least = 1
    if median(between) < least and max(between) < 4 * least:
        return False
    wide = sum(
        draft.extra(member.index) >= 1 or bool(member.marker) or _is_under(member, draft)
        for member in members
    )
    listed = sum(contents.has(m.text, m.label, m.title) for m in members)
    rising = sum(
        (other.number or 0) == (one.number or 0) + 1 for one, other in itertools.pairwise(members)
    )
    whole = family.seen == len(members) and members[0].number == 1
    if family.is_keyword and whole and rising == len(members) - 1 and is_calm(members):
        return True
    if family.is_keyword:
        return wide * 2 >= len(members) or listed * 2 >= len(members) or rising >= 2
    if "space" in family.form or "point" in family.form:
        return wide >= 0.75 * len(members) and (
            rising >= 2 or listed >= 1 or rising == len(members) - 1
        )
    again = sum(member.number == 1 for member in members)
    if whole and rising + again == len(members) and rising >= 2:
        return True
    return rising >= 1 and wide >= 0.75 * len(members)


def _holds_alone(member: Candidate, draft: Draft, contents: Contents) -> bool:
    """A lone label: sure when wide apart and with nothing that reads like a sentence."""
    if not member.keyword:
        return contents.has(member.text, member.label, member.title) and bool(member.title)
    if member.index == draft.first and member.form.endswith("word first"):
        # "One Day", "Seven Letters": the title of the book.
        return False
    calm = not member.title or runs_on(member.title) < 0.8
    return draft.extra(member.index) >= 1 and calm and member.separator != "space"


def _mend(families: list[Family], groups: dict[str, list[Candidate]], draft: Draft) -> list[Family]:
    """Take in what stands where a number is missing: misprinted, or with another separator."""
    taken = {member.index for family in families for member in family.members}
    mended = []
    for family in families:
        stem = family.form.rsplit(" ", 1)[0] if not family.is_keyword else family.form
        pool = [
            candidate
            for form, group in groups.items()
            if form == family.form or (not family.is_keyword and form.startswith(stem))
            for candidate in group
            if candidate.index not in taken
        ]
        fresh = [candidate for candidate in pool if _fills(candidate, family, draft)]
        ones = [one for one in fresh if one.index < family.members[0].index]
        fresh = [one for one in fresh if one not in ones[:-1]]
        taken.update(candidate.index for candidate in fresh)
        members = tuple(sorted((*family.members, *fresh), key=lambda member: member.index))
        mended.append(Family(family.form, members, family.seen, family.extra))
    return mended


def _begins(candidate: Candidate, first: Candidate, draft: Draft) -> bool:
    """The 1 before a row that begins with 2, as far above as a chapter is long."""
    far = draft.characters(candidate.index + 1, first.index) >= _LEAST_PROSE
    return candidate.number == 1 and first.number == 2 and far


def adopt_firsts(families: list[Family], draft: Draft, contents: Contents) -> list[Family]:
    """Numbers 1 right under another heading, whatever the gap, when their 2 is a member."""
    headed = {member.index for family in families for member in family.members}
    adopted = []
    for family in families:
        stem = family.form if family.is_keyword else family.form.rsplit(" ", 1)[0]
        fresh = []
        for candidate in draft.candidates.values():
            if candidate.index in headed or candidate.number != 1:
                continue
            if candidate.index - 1 not in headed or candidate.index in contents.indexes:
                continue
            after = bisect_left(family.members, candidate.index, key=lambda member: member.index)
            follower = family.members[after] if after < len(family.members) else None
            if _key(candidate).startswith(stem) and follower and follower.number == 2:
                fresh.append(candidate)
        members = tuple(sorted((*family.members, *fresh), key=lambda member: member.index))
        adopted.append(Family(family.form, members, family.seen, family.extra))
    return adopted


def _fills(candidate: Candidate, family: Family, draft: Draft) -> bool:
    """Between n and n + 2, or before the 2, set apart like the others."""
    members = family.members
    place = bisect_left(members, candidate.index, key=lambda member: member.index)
    if not place:
        return _begins(candidate, members[0], draft)
    if draft.extra(candidate.index) < max(1, family.extra):
        return False
    gap_ends = (members[place].number or 0) if place < len(members) else None
    last = members[place - 1].number or 0
    if gap_ends is None or gap_ends == 1:
        return candidate.number == last + 1
    return gap_ends == last + 2
