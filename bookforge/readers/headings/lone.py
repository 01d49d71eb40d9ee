"""Headings that are names alone: Prologue and its like, titles of stories, narrators.

A name from the lexicon needs only to stand apart. Any other short line needs company: others of
its look, as far apart, with running text under each; or the contents list; or a place before the
first or after the last numbered heading, with a gap as wide as theirs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median

from bookforge.model.document import DIVISIONS, Matter, SectionKind, usual_matter
from bookforge.readers.draft import Draft, is_capitals
from bookforge.readers.headings.contents import Contents, fold_title
from bookforge.readers.headings.families import Family
from bookforge.readers.headings.parse import Candidate, title_alone
from bookforge.readers.marks import is_mark, is_rule

__all__ = ["find_names", "find_titles"]

_MAX_TITLE = 90
_MAX_UPPER = 230
_LEAST_PROSE = 350
_ENDS = re.compile(r"[.!?,;:…—–-][\"”’'»)]*$")
_HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
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
        _as_candidate(draft, index)
        for index in range(draft.first, draft.last)
        if index not in taken
        and index not in contents.indexes
        and _looks_titled(draft, index, contents)
    ]
    least = max(1, _usual_gap(families) - 1)
    listed = [
        one for one in pool if draft.extra(one.index) >= least and contents.resembles(one.text)
    ]
    if listed:
        return [*listed, *_outer(pool, draft, families, listed, contents)]
    if not families or _restart_without_parent(families, draft):
        found = _company(pool, draft, taken)
        return found or ([] if families or names else _close_titles(draft))
    if all(family.members[0].kind in DIVISIONS for family in families):
        found = _company(pool, draft, taken)
        own = [one for one in found if one.index - 1 not in taken]
        if len(own) * 3 >= len(found) > 0:
            return found
    return _outer(pool, draft, families, names, contents)


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
    if text[0].islower() or text[0] in "-—–(" or (index in draft.candidates and not upper):
        return False
    stopped = _ENDS.search(text) and not (upper and text[-1] in ".!?") and text[-1] not in "?"
    if stopped and not contents.has(text):
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


def _as_candidate(draft: Draft, index: int) -> Candidate:
    block = draft.blocks[index]
    look = "capitals" if is_capitals(block.text) else "mixed"
    return title_alone(index, block, f"title {look}")


def _opens_text(draft: Draft, index: int, headed: set[int]) -> bool:
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


def _restart_without_parent(families: Sequence[Family], draft: Draft) -> bool:
    """Numbers begin again at 1 although nothing stands above them."""
    for family in families:
        firsts = [member.index for member in family.members[1:] if member.number == 1]
        others = [m.index for other in families if other is not family for m in other.members]
        orphans = sum(not any(index - 4 <= other < index for other in others) for index in firsts)
        if firsts and orphans * 2 > len(firsts):
            return True
    return False


def _company(pool: Sequence[Candidate], draft: Draft, taken: set[int]) -> list[Candidate]:
    """Title-only books: the look with most members that open running text far apart."""
    best: list[Candidate] = []
    for look in ("title capitals", "title mixed"):
        members = [one for one in pool if one.form == look and _opens(one, draft, taken)]
        members = _even(members, draft)
        if len(members) >= 2 and _spread(members, draft) and len(members) > len(best):
            best = members
    return best


def _close_titles(draft: Draft) -> list[Candidate]:
    """Titles no farther apart than paragraphs: from the first line, every short line is one."""
    shorts = [index for index in range(draft.first, draft.last) if _is_short(draft, index)]
    if len(shorts) < 3 or shorts[0] != draft.first:
        return []
    members = [_as_candidate(draft, index) for index in shorts]
    sure = all(
        draft.candidates.get(index) is None
        and all(word[0].isupper() for word in draft.blocks[index].text.split() if len(word) > 4)
        and draft.blocks[index].text[0].isupper()
        and index + 1 < draft.last
        and draft.is_prose(index + 1)
        for index in shorts
    )
    return members if sure and _spread(members, draft) else []


def _is_short(draft: Draft, index: int) -> bool:
    block = draft.blocks[index]
    return block.size == 1 and block.end - block.start <= 60 and not _ENDS.search(block.text)


def _opens(one: Candidate, draft: Draft, taken: set[int]) -> bool:
    return _opens_text(draft, one.index, taken) or one.index + 1 in taken


def _even(members: list[Candidate], draft: Draft) -> list[Candidate]:
    """Only those as far apart as most: the gap of the widest half is the rule."""
    if not members:
        return []
    gaps = sorted(draft.extra(one.index) for one in members)
    least = max(1, gaps[len(gaps) // 2] - 1)
    kept = [one for one in members if draft.extra(one.index) >= least]
    rivals = sum(draft.extra(index) >= least for index in range(draft.first + 1, draft.last))
    return kept if len(kept) * 2 >= rivals else []


def _spread(members: Sequence[Candidate], draft: Draft) -> bool:
    between = [
        draft.characters(one.index + 1, other.index) for one, other in itertools.pairwise(members)
    ]
    return median(between) >= _LEAST_PROSE


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
        if one.index in listed or inside or not capitals:
            continue
        if draft.extra(one.index) >= min(least, 3) and _opens_text(draft, one.index, set(known)):
            found.append(one)
    return found
