"""What book.toml says of the structure (`[manuscript]`) put over what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity
from bookforge.model.document import Finding, SectionKind
from bookforge.readers.draft import Draft
from bookforge.readers.headings.find import Headed, Headings
from bookforge.readers.headings.parse import Candidate, title_alone

if TYPE_CHECKING:
    from bookforge.config.model import Fix, HeadingPattern, Manuscript

__all__ = [
    "bar_blocks",
    "compile_pattern",
    "cut_ends",
    "put_over",
    "report_idle",
    "report_missing",
]

_WRITER = Finding("book.toml", 1.0, "book.toml says so")


def cut_ends(draft: Draft, settings: Manuscript, report: Report) -> None:
    """Move the ends of the work to where `start` and `end` stand in the text."""
    if settings.start:
        index = _find_text(draft, settings.start, range(draft.first, draft.last))
        if index is None:
            report_missing(report, "start", settings.start)
        else:
            draft.first = index
    if settings.end:
        index = _find_text(draft, settings.end, range(draft.last - 1, draft.first - 1, -1))
        if index is None:
            report_missing(report, "end", settings.end)
        else:
            draft.last = index + 1


def _find_text(draft: Draft, wanted: str, indexes: Iterable[int]) -> int | None:
    words = " ".join(wanted.split())
    return next(
        (index for index in indexes if words in " ".join(draft.blocks[index].text.split())), None
    )


def report_missing(report: Report, key: str, text: str) -> None:
    """S017: `start` or `end` names words that are not there."""
    report(
        Diagnostic(
            "S017",
            Severity.WARNING,
            f"[manuscript] {key}: “{text}” does not occur in the text",
            hints=(Hint("copy the words from the manuscript as they stand there"),),
        )
    )


def bar_blocks(draft: Draft, settings: Manuscript, report: Report) -> None:
    """Keep the writer's false headings from being taken for headings."""
    patterns = [
        compiled
        for pattern in settings.not_a_heading
        if (compiled := compile_pattern(pattern, "not-a-heading", report)) is not None
    ]
    barred, kept = set(), set[int]()
    for index in range(draft.first, draft.last) if patterns else ():
        block = draft.blocks[index]
        if block.size <= 5 and any(pattern.search(block.text) for pattern in patterns):
            barred.add(index)
    for fix in settings.fix:
        if fix.kind == "text":
            kept.update(_find_fixed(draft, fix))
    draft.kept = frozenset(kept)
    draft.barred = frozenset(barred) | draft.kept | draft.wrappers


def compile_pattern(pattern: str, key: str, report: Report) -> re.Pattern[str] | None:
    """The writer's pattern; None with S019 when it is none."""
    try:
        return re.compile(pattern)
    except re.error as error:
        report(
            Diagnostic(
                "S019",
                Severity.ERROR,
                f"[manuscript] {key}: “{pattern}” is no regular expression ({error})",
                hints=(Hint("a backslash before . ( ) [ ] * + ? makes it stand for itself"),),
            )
        )
        return None


def _find_fixed(draft: Draft, fix: Fix) -> list[int]:
    """The blocks that a fix means: by text, the one nearest its line when there are several."""
    words = " ".join(fix.at.split())
    found = [
        index
        for index in range(draft.first, draft.last)
        if draft.blocks[index].end - draft.blocks[index].start < 1000
        and _is_at(draft.blocks[index].text, words)
    ]
    if fix.line is None or len(found) < 2:
        return found
    line = fix.line
    return [min(found, key=lambda index: abs(draft.blocks[index].first + 1 - line))]


def _is_at(text: str, words: str) -> bool:
    lines = text.split("\n")
    return words in (" ".join(text.split()), " ".join(lines[0].split()))


def put_over(draft: Draft, headings: Headings, settings: Manuscript, report: Report) -> Headings:
    """The headings after the writer's patterns and fixes."""
    found = {one.index: one for one in headings.found}
    if settings.headings in ("none", "patterns"):
        found = {}
    if settings.headings == "markdown":
        found = {at: one for at, one in found.items() if "#" in one.candidate.form}
    if settings.headings in ("auto", "patterns"):
        for pattern in settings.heading:
            found.update(_apply_pattern(draft, pattern, report))
    for fix in settings.fix:
        indexes = _find_fixed(draft, fix)
        if not indexes:
            report_idle(fix, report)
        if fix.kind == "text":
            continue
        for index in indexes:
            found[index] = _fixed(draft, index, found.get(index), fix)
    return replace(headings, found=tuple(found[index] for index in sorted(found)))


def report_idle(fix: Fix, report: Report) -> None:
    """S018: a fix that meets nothing."""
    report(
        Diagnostic(
            "S018",
            Severity.WARNING,
            f"[[manuscript.fix]]: no line “{fix.at}” in the text",
            hints=(Hint("the text of a fix is the whole line as it stands in the manuscript"),),
        )
    )


def _apply_pattern(draft: Draft, pattern: HeadingPattern, report: Report) -> dict[int, Headed]:
    compiled = compile_pattern(pattern.match, "heading", report)
    found: dict[int, Headed] = {}
    if compiled is None:
        return found
    for index in range(draft.first, draft.last):
        block = draft.blocks[index]
        if block.size > 5 or index in draft.barred:
            continue
        match = compiled.match(block.text)
        if match is not None:
            kind = _kind(pattern.kind, SectionKind.CHAPTER)
            found[index] = Headed(_matched(draft, index, match, kind), pattern.level, None, _WRITER)
    return found


def _matched(draft: Draft, index: int, match: re.Match[str], kind: SectionKind) -> Candidate:
    """Label and title by the pattern's groups; without groups the whole block is the title."""
    block = draft.blocks[index]
    groups = match.groupdict()
    label = (groups.get("label") or "").strip()
    known = draft.candidates.get(index)
    number = known.number if known else None
    if groups.get("title"):
        start, end = match.span("title")
    elif label:
        start = end = block.end - block.start
    else:
        start, end = 0, block.end - block.start
    return Candidate(
        index,
        block,
        kind,
        "book.toml",
        label,
        number,
        "",
        block.start + start,
        block.start + end,
        block.end,
    )


def _kind(name: str | None, usual: SectionKind) -> SectionKind:
    known = {kind.value: kind for kind in SectionKind}
    return known.get(name or "", usual)


def _fixed(draft: Draft, index: int, headed: Headed | None, fix: Fix) -> Headed:
    """A heading as the fix wants it; a line that was none becomes one."""
    block = draft.blocks[index]
    if headed is None:
        known = draft.candidates.get(index)
        candidate = known or title_alone(index, block, "book.toml")
        headed = Headed(candidate, 1, None, _WRITER)
    candidate = replace(headed.candidate, kind=_kind(fix.kind, headed.candidate.kind))
    return replace(
        headed,
        candidate=candidate,
        level=fix.level or headed.level,
        title=fix.title,
        finding=_WRITER,
    )
