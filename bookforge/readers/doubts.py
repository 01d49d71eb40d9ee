"""What the structure leaves in doubt, said to the writer: few findings, each with a place."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from bookforge.diagnostics import Diagnostic, Hint, Severity, Span
from bookforge.model.document import DIVISIONS, SectionKind
from bookforge.readers.draft import Draft
from bookforge.readers.exports import LINE
from bookforge.readers.headings.contents import Contents, fold_title
from bookforge.readers.headings.families import Family
from bookforge.readers.headings.find import Headed, Headings
from bookforge.readers.headings.parse import Candidate
from bookforge.readers.lexicon import LAST
from bookforge.readers.scenes import Scenes
from bookforge.regex import regex

__all__ = ["doubt_gaps", "doubt_page", "find_doubts"]

# A chapter is long beyond doubt when it has this many times the usual characters, and so many.
_LONG_TIMES = 8
_LONG_LEAST = 60_000
_WORD = regex(r"\w+")
_KEY = regex(r"[A-Z][A-Za-z /-]{2,28}:")
# More findings of one sort than this are summed up in one.
_MOST = 5
_COUNTED = (SectionKind.CHAPTER, SectionKind.STORY, SectionKind.CANTO, SectionKind.LETTER)


def find_doubts(draft: Draft, headings: Headings, expected: int | None) -> Iterator[Diagnostic]:
    """Everything about the headings that the writer should look at."""
    taken = {one.index for one in headings.found}
    for family in headings.families:
        yield from _few(list(_check_numbers(family, taken)))
    yield from _few(list(_check_lone(draft, taken, headings.contents)))
    yield from _few(list(_check_listed(draft, headings)))
    yield from _few(list(_check_lengths(draft, headings.found)))
    if expected is not None:
        yield from _check_count(headings.found, expected)


def doubt_gaps(draft: Draft, scenes: Scenes) -> Iterator[Diagnostic]:
    """S020: gaps as wide as a scene break's, too few to be the writer's habit."""
    if not scenes.left:
        return
    block = draft.blocks[min(scenes.left)]
    more = f" (nor for {len(scenes.left) - 1} more)" if len(scenes.left) > 1 else ""
    kept = sorted({draft.blocks[index].text.strip() for index in scenes.marks})
    own = ", ".join(f'"{mark}"' for mark in [*kept, f"blank:{block.gap}"])
    yield Diagnostic(
        "S020",
        Severity.NOTE,
        f"the {block.gap} blank lines before this paragraph were not taken for a scene break{more}",
        block.span,
        (Hint(f"to make them one: [manuscript] scene-breaks = [{own}]"),),
    )


def doubt_page(draft: Draft, gone: Mapping[int, Span], told: Sequence[str]) -> Iterator[Diagnostic]:
    """S021: blocks of the title page that say more than what the book tells of itself."""
    words = {word for one in told for word in _WORD.findall(one.casefold())}
    lost = [
        index
        for index in sorted(gone)
        if not words.issuperset(_WORD.findall(_bare(draft, index).casefold()))
    ]
    if not lost:
        return
    start = " ".join(draft.blocks[lost[0]].text.split())
    more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
    yield Diagnostic(
        "S021",
        Severity.NOTE,
        f"“{start[:60]}{'…' * (len(start) > 60)}” was taken for the title page and left out{more}",
        gone[lost[0]],
        (Hint('to keep a line in the text: [[manuscript.fix]] at = "the line", kind = "text"'),),
    )


def _bare(draft: Draft, index: int) -> str:
    """A block without "by", the names of facts, and what an archive adds."""
    lines = [line.strip() for line in draft.blocks[index].lines]
    kept = [_KEY.sub("", line) for line in lines if not LINE.match(line)]
    by = draft.lexicon.by
    return "\n".join(line[m.end() :] if (m := by.match(line)) else line for line in kept)


def _few(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    yield from found[:_MOST]
    if len(found) > _MOST:
        last = found[_MOST]
        yield Diagnostic(
            last.code,
            last.severity,
            f"{last.message}, and {len(found) - _MOST - 1} more like it",
            last.span,
            last.hints,
        )


def _check_numbers(family: Family, taken: set[int]) -> Iterator[Diagnostic]:
    """Holes and repeats in 1, 2, 3 …, which may begin again at 1."""
    members = [m for m in family.members if m.number is not None and m.index in taken]
    if "decimal" in family.form or _falls(members):
        return
    for one, other in itertools.pairwise(members):
        old, new = one.number or 0, other.number or 0
        if new in (old + 1, 1, LAST):
            continue
        if new == 2 and old > 2:
            yield _number("S010", other, "number 1 is missing before this heading", one)
            continue
        if new == old:
            yield _number("S011", other, f"number {new} comes twice", one)
        elif new < old:
            yield _number("S011", other, f"number {new} comes after {old}", one)
        else:
            missing = str(old + 1) if new == old + 2 else f"{old + 1} to {new - 1}"
            yield _number("S010", other, f"number {missing} is missing before this heading", one)


def _falls(members: Sequence[Candidate]) -> bool:
    """A count-down, which is meant."""
    numbers = [member.number or 0 for member in members]
    return len(numbers) > 2 and numbers == list(range(len(numbers), 0, -1))


def _number(code: str, at: Candidate, message: str, before: Candidate) -> Diagnostic:
    hint = Hint("the heading before it stands here", before.block.span)
    advice = Hint("correct the number, or mend a heading with [[manuscript.fix]]")
    return Diagnostic(code, Severity.WARNING, message, at.block.span, (hint, advice))


def _check_lone(draft: Draft, taken: set[int], contents: Contents) -> Iterator[Diagnostic]:
    """Lines with keyword and number that stand apart and were left in the text."""
    for candidate in draft.candidates.values():
        if candidate.index in taken or candidate.index in contents.indexes or not candidate.keyword:
            continue
        if candidate.is_special or candidate.separator == "space" or candidate.index - 1 in taken:
            continue
        if draft.extra(candidate.index) < 1 or len(candidate.text) > 60:
            continue
        yield Diagnostic(
            "S012",
            Severity.NOTE,
            "looks like a heading, but fits no other; left as text",
            candidate.block.span,
            (Hint(f'to make it one: [[manuscript.fix]] at = "{candidate.label}"'),),
        )


def _check_listed(draft: Draft, headings: Headings) -> Iterator[Diagnostic]:
    """Entries of the contents list whose heading was not found."""
    contents = headings.contents
    if not contents.indexes:
        return
    known = set()
    for one in headings.found:
        candidate = one.candidate
        below = one.below.text if one.below is not None else ""
        for text in (
            candidate.text,
            candidate.title,
            below,
            candidate.label,
            candidate.label + below,
        ):
            known.add(fold_title(text))
    first = draft.blocks[min(contents.indexes)]
    missing = [
        entry
        for entry in contents.listed
        if not any(key in known or _almost(key, known) for key in entry.keys)
    ]
    # A list that fits nothing is another one: of pictures, of other books.
    if missing and len(missing) * 2 < len(contents.listed):
        others = f" (and for {len(missing) - 1} more)" if len(missing) > 1 else ""
        yield Diagnostic(
            "S013",
            Severity.WARNING,
            f"the contents list names “{missing[0].text}”, but no heading was found for it{others}",
            first.span,
            (Hint("write it alike in both places, or leave the list out"),),
        )


def _almost(key: str, known: set[str]) -> bool:
    return len(key) > 5 and any(key[:12] == other[:12] for other in known)


def _check_lengths(draft: Draft, found: Sequence[Headed]) -> Iterator[Diagnostic]:
    """Headings without text, and chapters many times as long as the others."""
    sizes = []
    for place, one in enumerate(found):
        last = found[place + 1].index if place + 1 < len(found) else draft.last
        size = draft.characters(one.after, last)
        sizes.append(size)
        below = found[place + 1].level if place + 1 < len(found) else 0
        if not size and below <= one.level and one.candidate.kind not in DIVISIONS:
            yield Diagnostic(
                "S014",
                Severity.WARNING,
                "no text under this heading",
                one.candidate.block.span,
                (Hint('if it is no heading: [[manuscript.fix]] with kind = "text"'),),
            )
    usual = median(sizes) if len(sizes) >= 5 else 0
    for one, size in zip(found, sizes, strict=True):
        if usual and size > _LONG_LEAST and size > _LONG_TIMES * usual:
            yield Diagnostic(
                "S015",
                Severity.WARNING,
                f"this section is {size / usual:.0f} times as long as the usual one",
                one.candidate.block.span,
                (Hint("perhaps a heading in it was not recognised"),),
            )


def _check_count(found: Sequence[Headed], expected: int) -> Iterator[Diagnostic]:
    count = sum(one.candidate.kind in _COUNTED for one in found)
    if count == expected:
        return
    yield Diagnostic(
        "S016",
        Severity.WARNING,
        f"{count} chapters found, {expected} expected",
        found[0].candidate.block.span if found else None,
        (Hint("bookforge outline shows what was taken for a heading, and why"),),
    )
