"""What a Markdown book's structure leaves in doubt: holes in the numbers, empty chapters, count.

Headings are certain in Markdown, so only what they say is looked at, section by section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bookforge.diagnostics import Diagnostic, Hint, Severity, Span
from bookforge.model.document import DIVISIONS, Removed, Section, SectionKind
from bookforge.model.inlines import Text
from bookforge.model.walk import inline_runs, leaves
from bookforge.regex import regex
from bookforge.source import SourceFile

if TYPE_CHECKING:
    from bookforge.config.model import Manuscript

_CHAPTERS = frozenset(
    {SectionKind.CHAPTER, SectionKind.STORY, SectionKind.CANTO, SectionKind.LETTER}
)
# More findings of one sort than this say nothing more.
_MOST = 5
# A note's mark, or with a colon its text.
_NOTE = regex(r"(?<!\\)\[\^([^\]\s]+)\](:?)")
_WORD = regex(r"[^\W_]+")
_BRACES = regex(r"\{[^{}]*\}")
# Signs kept as text, and what tells quickly that a file has none of them.
_ANYWHERE = {
    "struck-out words": regex(r"~~(?=[^\s~])[^~]*[^\s~]~~"),
    "links to programs and files": regex(r"\]\(\s*(?:javascript|vbscript|data|file):", re.I),
}
_AT_START = {
    "boxes of tasks": regex(r"\[[ xX]\]\s"),
    "headings of boxes": regex(r"\[!\w+\]"),
}
_SIGNS = (("~", ("~~",)), ("[", ("](", "[ ]", "[x]", "[X]", "[!")))


def find_doubts(sections: Sequence[Section], settings: Manuscript) -> Iterator[Diagnostic]:
    """Everything about the sections that the writer should look at."""
    yield from list(_check_numbers(sections))[:_MOST]
    yield from list(_check_empty(sections))[:_MOST]
    count = sum(section.kind in _CHAPTERS for section in sections)
    if settings.expect is not None and count != settings.expect:
        message = f"{count} chapters found, {settings.expect} expected"
        hint = Hint("bookforge outline shows what was taken for a heading, and why")
        span = sections[0].span if sections else None
        yield Diagnostic("S016", Severity.WARNING, message, span, (hint,))


def _may_hold(text: str) -> bool:
    """Whether a text has any of the signs; their first letters are looked for, as one is found many
    times as fast as two."""
    return any(first in text and any(one in text for one in more) for first, more in _SIGNS)


def find_lost_marks(file: SourceFile) -> Iterator[Diagnostic]:
    """Marks of notes that are nowhere written: to Markdown they are ordinary text."""
    # A single character is looked for many times as fast as two.
    if "[" not in file.text or "[^" not in file.text:
        return
    found = list(_NOTE.finditer(file.text))
    written = {one[1].casefold() for one in found if one[2]}
    for one in [one for one in found if one[1].casefold() not in written][:_MOST]:
        hint = Hint(f"write the note: {one[0]}: its text")
        span = file.span(one.start(), one.end())
        yield Diagnostic("S080", Severity.WARNING, "no such note", span, (hint,))


def doubt_titles(
    file: SourceFile, removed: Sequence[Removed], told: Sequence[str]
) -> Iterator[Diagnostic]:
    """S021: headings taken for the book's title of which the book tells another."""
    words = {word for one in told for word in _WORD.findall(one.casefold())}
    for one in removed:
        said = _BRACES.sub("", file.text[one.span.start : one.span.end])
        if one.what != "title" or one.span.source != file.id:
            continue
        if not words.issuperset(_WORD.findall(said.casefold())):
            message = "this heading was taken for the book's title and left out"
            hint = Hint("give it a kind to keep it: {kind=chapter} behind it")
            yield Diagnostic("S021", Severity.NOTE, message, one.span, (hint,))


def find_raw(files: Sequence[SourceFile], sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """R038: signs that other programs know, kept as text; one message for each sort."""
    if not any(_may_hold(file.text) for file in files):
        return
    told: set[str] = set()
    for section in sections:
        for run in (section.title, *inline_runs(section.blocks)):
            texts = [leaf for leaf in leaves(run) if isinstance(leaf, Text)]
            for sort, node, match in _find_signs(texts):
                if sort not in told:
                    told.add(sort)
                    first, last = node.source_offset(match.start()), node.source_offset(match.end())
                    message = f"{sort} are not supported; kept as text"
                    span = Span(node.span.source, first, last)
                    yield Diagnostic("R038", Severity.NOTE, message, span)


def _find_signs(texts: Sequence[Text]) -> Iterator[tuple[str, Text, re.Match[str]]]:
    for place, node in enumerate(texts):
        for sort, sign in _ANYWHERE.items():
            if match := sign.search(node.text):
                yield sort, node, match
        for sort, sign in _AT_START.items():
            if not place and (match := sign.match(node.text)):
                yield sort, node, match


def _check_numbers(sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """Holes and repeats in 1, 2, 3 …, which may begin again at 1."""
    for kind in dict.fromkeys(section.kind for section in sections):
        numbered = [one for one in sections if one.kind is kind and one.number is not None]
        for before, section in pairwise(numbered):
            old, new = before.number or 0, section.number or 0
            if new in (old + 1, 1) or new < 1:
                continue
            hint = Hint("the heading before it stands here", before.span)
            if new <= old:
                again = "twice" if new == old else f"after {old}"
                code, message = "S011", f"number {new} comes {again}"
            else:
                missing = str(old + 1) if new == old + 2 else f"{old + 1} to {new - 1}"
                code, message = "S010", f"number {missing} is missing before this heading"
            yield Diagnostic(code, Severity.WARNING, message, section.span, (hint,))


def _check_empty(sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """Headings with neither text nor sections below them."""
    for place, section in enumerate(sections):
        below = sections[place + 1].level if place + 1 < len(sections) else 0
        if section.blocks or not section.finding or section.kind in DIVISIONS:
            continue
        if below <= section.level:
            hint = Hint('if it is no heading: [[manuscript.fix]] with kind = "text"')
            message = "no text under this heading"
            yield Diagnostic("S014", Severity.WARNING, message, section.span, (hint,))
