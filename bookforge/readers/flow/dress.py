"""What headings wear: bold or centred lines beside those that the detector has found.

The detector of plain text knows no looks. Here a title dressed like the number above it is joined
to it, and a bold line is a heading where nearly all other bold lines are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from bookforge.model.document import DIVISIONS, Finding, SectionKind
from bookforge.readers.draft import Draft
from bookforge.readers.flow.nodes import Seat
from bookforge.readers.flow.pieces import Piece
from bookforge.readers.headings.contents import fold_title
from bookforge.readers.headings.find import Headed, Headings
from bookforge.readers.headings.parse import Candidate

__all__ = ["heed_dress"]

_MOST_TITLE = 120
# So many headings must be bold before another bold line is one; of five bold lines, four.
_LEAST_BOLD = 3
_SHARE = 0.8
_ALIKE = Finding("title bold", 0.9, "dressed like the other headings")


def heed_dress(headings: Headings, draft: Draft, seats: Sequence[Seat]) -> Headings:
    """The headings with titles joined and bold ones that were missed."""
    joined = list(_join_titles(_drop_repeated(headings, draft, seats), draft, seats))
    found = _adopt_bold(joined, headings, draft, seats)
    return replace(headings, found=tuple(found))


def _drop_repeated(headings: Headings, draft: Draft, seats: Sequence[Seat]) -> list[Headed]:
    """A line without a number that comes again as mere text is a sign or a shout, no title."""
    if not headings.found:
        return []
    known = {one.index for one in headings.found} | headings.contents.indexes
    first = headings.found[0].index
    lines = {
        fold_title(seats[index].piece.line)
        for index in range(first, draft.last)
        if index not in known and _is_dressed(seats[index].piece)
    }
    return [
        one
        for one in headings.found
        if not one.candidate.form.startswith("title")
        or fold_title(seats[one.index].piece.line) not in lines
    ]


def _is_dressed(piece: Piece) -> bool:
    return len(piece.line) <= _MOST_TITLE and (piece.centred or piece.is_bold)


def _join_titles(found: Sequence[Headed], draft: Draft, seats: Sequence[Seat]) -> Iterator[Headed]:
    """A number's title in the next line, where both are dressed alike."""
    habits = _find_habits(found)
    by_index = {one.index: one for one in found}
    gone: set[int] = set()
    for one in found:
        below = one.index + 1
        if one.index in gone:
            continue
        if _lacks_title(one) and below < draft.last and not draft.is_mark(below):
            other = by_index.get(below)
            free = other is None or _is_loose(other, one, habits)
            if free and _are_alike(seats[one.index].piece, seats[below].piece):
                gone.add(below)
                one = replace(one, below=draft.blocks[below])
        yield one


def _lacks_title(one: Headed) -> bool:
    bare = bool(one.candidate.label) and not one.candidate.title
    return bare and one.below is None and one.title is None


def _is_loose(below: Headed, above: Headed, habits: frozenset[str]) -> bool:
    """A title, or a name such as Postscript: no number of its own. Under a part it is a chapter.

    Where the others of the same form have titles, "One Night" is one, too, and no number of nights.
    """
    candidate = below.candidate
    if above.candidate.kind in DIVISIONS:
        return False
    if candidate.keyword and not candidate.is_special:
        return above.candidate.form in habits
    return candidate.is_special or not candidate.label or bool(candidate.title)


def _find_habits(found: Sequence[Headed]) -> frozenset[str]:
    """Forms of headings that mostly have their title in the line below."""
    forms = Counter(one.candidate.form for one in found)
    titled = Counter(one.candidate.form for one in found if one.below is not None)
    return frozenset(form for form, count in titled.items() if 2 * count >= forms[form])


def _are_alike(heading: Piece, below: Piece) -> bool:
    if len(below.line) > _MOST_TITLE or below.is_picture or below.new_page:
        return False
    return (heading.is_bold and below.is_bold) or (heading.centred and below.centred)


def _adopt_bold(
    found: list[Headed], headings: Headings, draft: Draft, seats: Sequence[Seat]
) -> list[Headed]:
    """Bold lines that are no headings yet, where only few are left over."""
    known = {one.index for one in found if seats[one.index].piece.is_bold}
    if len(known) < _LEAST_BOLD or len(known) < _SHARE * len(found):
        return found
    barred = {one.index + 1 for one in found if one.below is not None}
    barred |= {one.index for one in found} | headings.contents.indexes | draft.barred
    first = _begin(draft)
    left = [
        index
        for index in range(first, draft.last - 1)
        if index not in barred and seats[index].piece.is_bold and _may_head(draft, seats, index)
    ]
    if not left or len(known) < _SHARE * (len(known) + len(left)):
        return found
    adopted = [Headed(_candidate(draft, index), 1, None, _ALIKE) for index in left]
    return _level(sorted([*found, *adopted], key=lambda one: one.index))


def _begin(draft: Draft) -> int:
    """The first block of running text, or the line above it: before it stands the title page."""
    for index in range(draft.first, draft.last):
        if draft.is_prose(index):
            return max(draft.first, index - 1)
    return draft.last


def _may_head(draft: Draft, seats: Sequence[Seat], index: int) -> bool:
    """A short line with letters, and running text right below it."""
    piece = seats[index].piece
    short = len(piece.line) <= _MOST_TITLE and not piece.boxes and not draft.is_mark(index)
    return short and any(map(str.isalpha, piece.line)) and draft.is_prose(index + 1)


def _candidate(draft: Draft, index: int) -> Candidate:
    known = draft.candidates.get(index)
    if known is not None and known.is_special:
        return known
    block = draft.blocks[index]
    kind, end = SectionKind.CHAPTER, block.end
    return Candidate(index, block, kind, "title bold", "", None, "", block.start, end, end)


def _level(found: list[Headed]) -> list[Headed]:
    """An adopted heading has the level of the next one, the last that of the one before."""
    levels = [one.level for one in found if one.finding is not _ALIKE]
    level, out = levels[-1], []
    for one in reversed(found):
        if one.finding is _ALIKE:
            one = replace(one, level=level)
        level = one.level
        out.append(one)
    return out[::-1]
