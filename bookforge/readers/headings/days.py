"""Days, dates and times of the clock: the headings of diaries and logs, which number nothing."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from bookforge.model.document import DIVISIONS, SectionKind
from bookforge.readers.draft import Draft
from bookforge.readers.headings.contents import Contents
from bookforge.readers.headings.families import Family
from bookforge.readers.headings.parse import Candidate
from bookforge.regex import regex

__all__ = ["DAY_FORM", "find_days", "is_day"]

DAY_FORM = "day"
_LEAST = 3
_LONGEST = 48
_EDGES = " \t*_=#~[]().:,—–-"
_TOKEN = regex(
    r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}h\d{2}|\d{1,2}(?=\s?[ap]\.?m\b))"
    r"|(?P<date>\d{4}-\d{2}-\d{2}|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4})"
    r"|(?P<number>\d{1,2}(?!\d)|1[5-9]\d\d(?!\d)|20\d\d(?!\d))"
    r"|(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)"
    r"|(?P<joint>[\s.,:;/—–()ºª°-]+)"
)


def is_day(text: str, tag: str) -> bool:
    """Whether a line is a day, a date or a time of the clock and nothing else."""
    bare = text.strip(_EDGES)
    if not bare or len(bare) > _LONGEST or "\n" in bare or bare[0].islower():
        return False
    names, joints = _words(tag.split("-")[0])
    at, said, numbers, words = 0, 0, 0, 0
    while at < len(bare):
        match = _TOKEN.match(bare, at)
        if match is None:
            return False
        what, at = match.lastgroup, match.end()
        if what == "word":
            word = match.group().casefold()
            if word not in names and word not in joints:
                return False
            said += word in names
            words += 1
        said += 2 * (what in ("clock", "date"))
        numbers += what == "number"
    # A short name alone ("Sat", "May", "Do") is more often a word than a day.
    return said > 0 and numbers <= 3 and (numbers > 0 or said > 1 or words > 1 or len(bare) > 3)


@lru_cache(maxsize=4)
def _words(base: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names of days and months in a language and in English, and what joins them."""
    entry = resources.files("bookforge.readers") / "calendar.toml"
    table = tomllib.loads(entry.read_text(encoding="utf-8"))
    names = " ".join(table[key].get(tag, "") for key in ("days", "months") for tag in (base, "en"))
    return frozenset(names.split()), frozenset(table["joints"]["all"].split())


def find_days(draft: Draft, contents: Contents, families: Sequence[Family]) -> list[Family]:
    """The days of a diary as one family, when nothing else divides the work.

    Beside chapters they are datelines; a diary has one at its start and text under each.
    """
    if any(family.members[0].kind not in DIVISIONS for family in families):
        return []
    headed = {member.index for family in families for member in family.members}
    days = [
        index
        for index in range(draft.first, draft.last - 1)
        if index not in contents.indexes and index not in draft.barred and _stands(draft, index)
    ]
    if len(days) < _LEAST or not _is_told(days, headed, draft):
        return []
    extra = sorted(draft.extra(index) for index in days)[len(days) // 2]
    members = tuple(_as_candidate(draft, index) for index in days)
    return [Family(DAY_FORM, members, len(members), extra)]


def _stands(draft: Draft, index: int) -> bool:
    block = draft.blocks[index]
    return (
        block.size == 1
        and block.end - block.start <= _LONGEST + 8
        and is_day(block.text, draft.lexicon.tag)
    )


def _is_told(days: Sequence[int], headed: set[int], draft: Draft) -> bool:
    """Text under each; running text before the first only where it is a preface's."""
    if any(other == one + 1 for one, other in itertools.pairwise(days)):
        return False
    before = [index for index in range(draft.first, days[0]) if draft.is_prose(index)]
    return not before or days[0] - 1 in headed or len(before) * 10 < days[-1] - days[0]


def _as_candidate(draft: Draft, index: int) -> Candidate:
    block = draft.blocks[index]
    start, end = block.start, block.end
    kind = SectionKind.CHAPTER
    return Candidate(index, block, kind, DAY_FORM, "", None, "", start, end, end)
