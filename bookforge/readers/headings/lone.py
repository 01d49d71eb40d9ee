"""Headings that are names alone: Prologue and its like, titles of stories, narrators.

A name from the lexicon needs only to stand apart. Any other short line needs company: others of
its look, as far apart, with running text under each; or the contents list; or a place before the
first or after the last numbered heading, with a gap as wide as theirs.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from statistics import median

from bookforge.model.document import DIVISIONS, Matter, SectionKind, usual_matter
from bookforge.readers.draft import Draft, is_capitals
from bookforge.readers.headings.company import (
    DOUBTFUL,
    as_title,
    find_close_titles,
    find_company,
    is_stopped_title,
    opens_text,
)
from bookforge.readers.headings.contents import Contents, fold_title
from bookforge.readers.headings.families import Family
from bookforge.readers.headings.parse import Candidate
from bookforge.readers.marks import is_mark, is_rule
from bookforge.regex import regex

__all__ = ["find_names", "find_titles"]

_MAX_TITLE = 90
_MAX_UPPER = 230
_ENDS = regex(r"[.!?,;:…—–-][\"”’'»)]*$")
_HASHES = regex(r"(#{1,6})[ \t]+(?=\S)")
_EDGES = " \t\n_*=#~\"“”‘’'«»"


def find_names(draft: Draft, contents: Contents, families: Sequence[Family]) -> list[Candidate]:
    """Prologue, Preface, Epilogue …: they stand apart, or the whole book is set close."""
    known = [member.index for family in families for member in family.members]
    usual = _usual_gap(families)
    found = []
    for candidate in draft.candidates.values():
        if not candidate.is_special or candidate.index in contents.indexes:
            continue
        wide = draft.extra(candidate.index)
        listed = contents.has(candidate.text)
        inside = bool(known) and min(known) < candidate.index < max(known)
        if inside and _is_outer(candidate.kind) and not listed and wide < max(2, usual):
            continue
        if candidate.kind is SectionKind.NOTES and (wide < 1 or inside):
            continue
        close = usual < 1 or listed
        if wide >= 1 or candidate.marker == "#" or (wide >= 0 and close):
            found.append(candidate)
    return found


def _is_outer(kind: SectionKind) -> bool:
    """Kinds that stand before or behind the chapters, seldom between them."""
    return usual_matter(kind) is not Matter.BODY or kind is SectionKind.AUTHORS_NOTE


def _usual_gap(families: Sequence[Family]) -> float:
    return median(family.extra for family in families) if families else 1


def find_titles(
    draft: Draft, contents: Contents, families: Sequence[Family], names: Sequence[Candidate]
) -> list[Candidate]:
    """Titles without a label or a name of the lexicon."""
    taken = {member.index for family in families for member in family.members}
    taken.update(name.index for name in names)
    if marked := _find_marked(draft, contents, taken):
        return marked
    pool = [
        as_title(draft, index)
        for index in range(draft.first, draft.last)
        if index not in taken
        and index not in contents.indexes
        and _looks_titled(draft, index, contents)
    ]
    named = [one for one in pool if fold_title(one.text) not in draft.opening]
    least = max(1, _usual_gap(families) - 1)
    bare = {m.index for family in families for m in family.members if not m.title}
    listed = [
        one
        for one in named
        if draft.extra(one.index) >= least
        and one.index - 1 not in bare
        and contents.resembles(one.text)
    ]
    if not families and not listed:
        listed = _find_close_listed(draft, contents, taken)
    if listed:
        return [*listed, *_outer(named, draft, families, listed, contents)]
    if not families or _restart_without_parent(families):
        found = find_company(pool, draft, taken)
        return found or ([] if families or names else find_close_titles(draft))
    if all(family.members[0].kind in DIVISIONS for family in families):
        found = find_company([one for one in pool if one.form not in DOUBTFUL], draft, taken)
        own = [one for one in found if not {one.index - 1, one.index - 2} & taken]
        if len(own) * 3 >= len(found) > 0:
            return found
    return _outer(named, draft, families, names, contents)


def _find_close_listed(draft: Draft, contents: Contents, taken: set[int]) -> list[Candidate]:
    """Entries of the contents list that come again no farther apart than paragraphs."""
    if len(contents.listed) < 3:
        return []
    found = [
        as_title(draft, index)
        for index in range(draft.first, draft.last - 1)
        if index not in taken
        and index not in contents.indexes
        and index not in draft.barred
        and draft.blocks[index].end - draft.blocks[index].start <= _MAX_TITLE
        and contents.has(draft.blocks[index].text)
        and fold_title(draft.blocks[index].text) not in draft.opening | draft.known
    ]
    names = {fold_title(one.text) for one in found}
    return found if len(names) == len(found) and 2 * len(found) > len(contents.listed) else []


def _is_small(text: str) -> bool:
    """All in small letters, as some write their titles: a few words, no stop of any kind."""
    return text == text.lower() and "\n" not in text and len(text) <= 60


def _looks_titled(draft: Draft, index: int, contents: Contents) -> bool:
    """Short, apart, no sentence, and something comes below it."""
    block = draft.blocks[index]
    if index in draft.barred or block.size > 3 or draft.extra(index) < 1 or index + 1 >= draft.last:
        return False
    text = block.text.strip(_EDGES)
    upper = is_capitals(text)
    if index == draft.first and any(draft.lexicon.by.match(line) for line in block.lines[1:]):
        return False
    if fold_title(text) in draft.known:
        return False
    if (
        not text
        or len(text) > (_MAX_UPPER if upper else _MAX_TITLE)
        or not any(c.isalpha() for c in text)
    ):
        return False
    if draft.is_mark(index) or draft.lexicon.end.fullmatch(text.strip(" .!")):
        return False
    if text[0] in "-—–(" or (index in draft.candidates and not upper):
        return False
    if text[0].islower() and not (_is_small(text) or contents.has(text)):
        return False
    stopped = _ENDS.search(text) and not (upper and text[-1] in ".!?") and text[-1] not in "?"
    if stopped and not (contents.has(text) or is_stopped_title(text)):
        return False
    return upper or block.text.lstrip()[0] not in '"“‘«—'


def _find_marked(draft: Draft, contents: Contents, taken: set[int]) -> list[Candidate]:
    """Titles the writer has marked: "## The Door", or a rule drawn below."""
    groups: dict[str, list[Candidate]] = {}
    for index in range(draft.first, draft.last):
        if index in taken or index in contents.indexes or index in draft.barred:
            continue
        if (one := _read_marked(draft, index)) is not None:
            groups.setdefault(one.form, []).append(one)
    first = [one for one in groups.get("title #", []) if one.index == draft.first]
    if first and len(groups["title #"]) == 1 and (len(groups) > 1 or taken):
        del groups["title #"]
    return [one for form, group in groups.items() if len(group) > 1 or "#" in form for one in group]


def _read_marked(draft: Draft, index: int) -> Candidate | None:
    block = draft.blocks[index]
    if block.size > 3 or block.end - block.start > _MAX_UPPER:
        return None
    lines = block.lines
    if block.size == 1 and (match := _HASHES.match(block.text)):
        marks = match.group(1)
        start, end, form = block.start + match.end(), block.end, f"title {marks}"
    elif block.size == 2 and is_rule(lines[1]) and not is_mark(lines[0]):
        start, form = block.start, f"title {lines[1].strip()[0]}"
        end = start + len(lines[0].strip())
    else:
        return None
    return Candidate(index, block, SectionKind.CHAPTER, form, "", None, "", start, end, block.end)


def _restart_without_parent(families: Sequence[Family]) -> bool:
    """Numbers begin again at 1 (or 2, its 1 close below a title) although nothing stands above."""
    for family in families:
        others = sorted(m.index for other in families if other is not family for m in other.members)
        falls = [
            (one.index, later.index)
            for one, later in itertools.pairwise(family.members)
            if later.number in (1, 2) and (one.number or 0) >= later.number
        ]
        orphans = sum(
            bisect_right(others, one) == bisect_left(others, later) for one, later in falls
        )
        if falls and orphans * 2 > len(falls):
            return True
    return False


def _outer(
    pool: Sequence[Candidate],
    draft: Draft,
    families: Sequence[Family],
    others: Sequence[Candidate],
    contents: Contents,
) -> list[Candidate]:
    """Titles before the first and after the last heading that is sure, as far apart as those."""
    known = [member.index for family in families for member in family.members]
    known += [other.index for other in others if other.number is None and not families]
    if not known:
        return []
    first, last = min(known), max(known)
    usual = [draft.extra(index) for index in known if draft.extra(index) >= 1]
    least = max(1, median(usual) if usual else 1)
    listed = {other.index for other in others}
    found = []
    for one in pool:
        inside = first < one.index < last
        capitals = one.form == "title capitals"
        if one.index in listed or inside or not capitals or one.index - 1 in known:
            continue
        if draft.extra(one.index) >= min(least, 3) and opens_text(draft, one.index, set(known)):
            found.append(one)
    return found
