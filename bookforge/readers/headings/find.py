"""Headings of a whole manuscript: found, named, levelled, with how sure and why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from bookforge.model.document import Finding, SectionKind
from bookforge.readers.blocks import FILE_GAP, Block
from bookforge.readers.draft import Draft
from bookforge.readers.headings.company import LOOKS
from bookforge.readers.headings.contents import Contents, find_contents
from bookforge.readers.headings.days import DAY_FORM, find_days
from bookforge.readers.headings.families import Family, adopt_firsts, find_families
from bookforge.readers.headings.levels import family_depths
from bookforge.readers.headings.lone import find_names, find_titles
from bookforge.readers.headings.misspelt import take_misspelt
from bookforge.readers.headings.parse import FILE_FORM, Candidate
from bookforge.readers.headings.serial import find_serials
from bookforge.readers.headings.titles import find_titles_below, find_titles_below_names

__all__ = ["Headed", "Headings", "find_headings"]


# What stands before the first chapter and may have titles of its own inside.
_DIVIDED = (SectionKind.INTRODUCTION, SectionKind.PREFACE, SectionKind.FOREWORD)


class Headed(Struct, frozen=True):
    """A heading: its candidate, level, and the block below that holds its title, if any."""

    candidate: Candidate
    level: int
    below: Block | None
    finding: Finding
    # A title given in book.toml, instead of the printed one.
    title: str | None = None

    @property
    def index(self) -> int:
        return self.candidate.index

    @property
    def after(self) -> int:
        """Index of the first block of its text."""
        if self.candidate.form == FILE_FORM:
            return self.candidate.index
        return self.candidate.index + (2 if self.below is not None else 1)


class Headings(Struct, frozen=True):
    """What was found: headings in order, their families, the contents list."""

    found: tuple[Headed, ...]
    families: tuple[Family, ...]
    contents: Contents


def find_headings(draft: Draft) -> Headings:
    """Find every heading of the work."""
    contents = find_contents(draft)
    families = find_families(draft, contents)
    families = take_misspelt(_with_serials(families, draft, contents), draft)
    families += find_days(draft, contents, families)
    names = find_names(draft, contents, families)
    titles = find_titles(draft, contents, families, names)
    grouped, single = _group_titles(titles, families)
    families = adopt_firsts([*families, *grouped], draft, contents)
    taken = {member.index for family in families for member in family.members}
    taken.update(one.index for one in single)
    below = find_titles_below(draft, families, taken, contents)
    named = {index + 1 for index in below}
    names = [name for name in names if name.index not in named]
    under = find_titles_below_names(draft, names, list(below), taken)
    below.update(under)
    names = [_as_label(name) if name.index in under else name for name in names]
    placed = _raise_names(_place(families, [*names, *single]), below)
    found = [
        Headed(
            one.candidate,
            one.level,
            below.get(one.candidate.index),
            judge(one.candidate, one.family, draft, contents),
        )
        for one in placed
    ]
    return Headings(tuple(found), tuple(families), contents)


def _with_serials(families: list[Family], draft: Draft, contents: Contents) -> list[Family]:
    """The families, and those of words that only this book numbers; these outdo a lone label."""
    serials = find_serials(draft, contents, families)
    numbered = {member.index for family in serials for member in family.members}
    kept = [
        family
        for family in families
        if len(family.members) > 1 or family.members[0].index not in numbered
    ]
    return [*kept, *serials]


def _group_titles(
    titles: Sequence[Candidate], families: Sequence[Family]
) -> tuple[list[Family], list[Candidate]]:
    """Titles that run through the book are a family; single ones are placed like names."""
    marked = sorted({title.form for title in titles if title.form not in LOOKS})
    if marked:
        grouped = [
            Family(form, tuple(t for t in titles if t.form == form), 0, 1) for form in marked
        ]
        return grouped, []
    ordered = sorted({title.index: title for title in titles}.values(), key=lambda t: t.index)
    known = [member.index for family in families for member in family.members]
    inside = [t for t in ordered if known and min(known) < t.index < max(known)]
    if len(ordered) >= 2 and (not known or inside):
        return [Family("title", tuple(ordered), len(ordered), 1)], []
    return [], ordered


def _as_label(name: Candidate) -> Candidate:
    """ "PROLOGUE" above a title of its own is the label."""
    return replace(name, label=name.title, title_start=name.title_end)


class _Placed(NamedTuple):
    candidate: Candidate
    level: int
    family: Family | None


def _place(families: Sequence[Family], singles: Sequence[Candidate]) -> list[_Placed]:
    """Every heading once, in order, with its level."""
    depths = family_depths(families)
    places: dict[int, _Placed] = {}
    for family, depth in zip(families, depths, strict=True):
        for member in family.members:
            places.setdefault(member.index, _Placed(member, depth, family))
    for single in singles:
        places.setdefault(single.index, _Placed(single, 0, None))
    return _level_singles([places[index] for index in sorted(places)])


def _raise_names(placed: list[_Placed], titled: Container[int]) -> list[_Placed]:
    """A name right above a number 1 ("EPILOGUE", "I") stands above these numbers."""
    out = list(placed)
    for place in range(len(placed) - 1):
        name, below = placed[place], placed[place + 1]
        family = below.family
        if name.family is not None or family is None or below.candidate.number != 1:
            continue
        index = name.candidate.index
        if below.candidate.index != index + (2 if index in titled else 1):
            continue
        if below.level > 1:
            out[place] = name._replace(level=below.level - 1)
        elif _stands_under_names(family, placed):
            for at in range(place + 1, len(placed)):
                if placed[at].family is not family:
                    break
                out[at] = placed[at]._replace(level=out[place].level + 1)
    return out


def _stands_under_names(family: Family, placed: Sequence[_Placed]) -> bool:
    """Each 1 of the family follows a name, and other headings stand beside those names."""
    before = [
        one
        for one, other in pairwise(placed)
        if other.family is family and other.candidate.number == 1
    ]
    others = any(one.family not in (family, None) for one in placed)
    return others and all(one.family is None for one in before)


def _level_singles(placed: list[_Placed]) -> list[_Placed]:
    """A name stands at the level of what follows; in front, its unnamed titles below it."""
    follows, level = [1] * len(placed), 1
    for place in range(len(placed) - 1, -1, -1):
        follows[place] = level
        level = placed[place].level or level
    front = next((at for at, one in enumerate(placed) if one.family is not None), len(placed))
    inner = _find_inner(placed[:front])
    out: list[_Placed] = []
    for place, (one, after) in enumerate(zip(placed, follows, strict=True)):
        level = after if place > front else 2 if place in inner else 1
        out.append(one if one.family is not None else _Placed(one.candidate, level, None))
    return out


def _find_inner(front: Sequence[_Placed]) -> set[int]:
    """Two titles or more behind an Introduction or the like divide it; one stands beside it."""
    inner: set[int] = set()
    for place, one in enumerate(front):
        if one.candidate.kind in _DIVIDED:
            plain = list(
                takewhile(
                    lambda at: not front[at].candidate.is_special, range(place + 1, len(front))
                )
            )
            inner.update(plain if len(plain) > 1 else ())
    return inner


def judge(candidate: Candidate, family: Family | None, draft: Draft, contents: Contents) -> Finding:
    """How sure a heading is, and the reason in the writer's words."""
    reasons = []
    confidence = 0.55
    extra = draft.extra(candidate.index)
    listed = contents.has(candidate.text, candidate.title) or (
        bool(candidate.keyword) and contents.has(candidate.label)
    )
    if family is not None and len(family.members) > 1:
        confidence += 0.25
        place = bisect_left(family.members, candidate.index, key=lambda member: member.index) + 1
        reasons.append(f"{place} of {len(family.members)} of this form")
    if candidate.is_special or candidate.keyword:
        confidence += 0.15
        reasons.append("a usual name" if candidate.is_special else "keyword and number")
    if candidate.form == DAY_FORM:
        confidence += 0.1
        reasons.append("a day or an hour")
    if extra >= 1:
        confidence += 0.12
        if extra < FILE_GAP:
            reasons.append(f"{candidate.block.gap} blank lines before")
    if candidate.form == "title mixed" and not listed:
        # Short lines in lower case are the form most often mistaken.
        confidence -= 0.05
    if listed:
        confidence += 0.15
        reasons.append("in the contents list")
    return Finding(
        candidate.form, min(0.99, round(confidence, 2)), ", ".join(reasons) or "stands alone"
    )
