"""Headings of a whole manuscript: found, named, levelled, with how sure and why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from bookforge.model.document import Finding, SectionKind
from bookforge.readers.blocks import FILE_GAP, Block
from bookforge.readers.draft import Draft
from bookforge.readers.headings.contents import Contents, find_contents
from bookforge.readers.headings.days import DAY_FORM, find_days
from bookforge.readers.headings.families import Family, adopt_firsts, find_families
from bookforge.readers.headings.levels import family_depths
from bookforge.readers.headings.lone import find_names, find_titles
from bookforge.readers.headings.parse import FILE_FORM, Candidate
from bookforge.readers.headings.titles import find_titles_below

__all__ = ["Headed", "Headings", "find_headings"]


_PLAIN = ("title capitals", "title mixed")


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
    families += find_days(draft, contents, families)
    names = find_names(draft, contents, families)
    titles = find_titles(draft, contents, families, names)
    grouped, single = _group_titles(titles, families)
    families = adopt_firsts([*families, *grouped], draft, contents)
    taken = {member.index for family in families for member in family.members}
    taken.update(one.index for one in single)
    below = find_titles_below(draft, families, taken, contents)
    named = {block.first for block in below.values()}
    names = [name for name in names if name.block.first not in named]
    placed = _place(families, [*names, *single])
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


def _group_titles(
    titles: Sequence[Candidate], families: Sequence[Family]
) -> tuple[list[Family], list[Candidate]]:
    """Titles that run through the book are a family; single ones are placed like names."""
    marked = sorted({title.form for title in titles if title.form not in _PLAIN})
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


def _level_singles(placed: list[_Placed]) -> list[_Placed]:
    """A name stands at the level of what follows; in front, unnamed titles below a named one."""
    follows, level = [1] * len(placed), 1
    for place in range(len(placed) - 1, -1, -1):
        follows[place] = level
        level = placed[place].level or level
    out: list[_Placed] = []
    started = False
    for one, after in zip(placed, follows, strict=True):
        if one.family is not None:
            started = True
            out.append(one)
            continue
        level = after if started else 1
        if not started and not one.candidate.is_special and _under_name(out):
            level = 2
        out.append(_Placed(one.candidate, level, None))
    return out


def _under_name(before: Sequence[_Placed]) -> bool:
    return bool(before) and (
        before[-1].candidate.kind
        in (SectionKind.INTRODUCTION, SectionKind.PREFACE, SectionKind.FOREWORD)
        or before[-1].level == 2
    )


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
