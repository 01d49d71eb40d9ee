"""Headings and blocks brought together: the sections of the document, in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from bookforge.diagnostics import Span
from bookforge.model.blocks import Block as Node
from bookforge.model.document import Finding, Matter, Section, SectionKind, usual_matter
from bookforge.model.inlines import Inlines, Text
from bookforge.readers.draft import Draft
from bookforge.readers.front import is_dedication
from bookforge.readers.headings.find import Headed
from bookforge.readers.inline import read_inlines
from bookforge.readers.lexicon import LAST
from bookforge.readers.prose import Maker

__all__ = ["build_sections"]

_BEYOND = Finding("none", 0.9, "text after the end of the work")
_UNTITLED = Finding("none", 1.0, "text before the first heading")


class _Bounds(Struct, frozen=True):
    """The first and the last heading of the body."""

    first: int
    last: int


def build_sections(draft: Draft, found: Sequence[Headed], maker: Maker, end: int) -> list[Section]:
    """Every section; text before the first heading and after the end of the work gets its own.

    `end` is the block after the last of the main text (what follows "THE END").
    """
    sections: list[Section] = []
    first = found[0].index if found else draft.last
    sections.extend(_opening(draft, maker, min(first, draft.last), bool(found)))
    bounds = _find_bounds(found)
    for place, headed in enumerate(found):
        last = found[place + 1].index if place + 1 < len(found) else draft.last
        inner = min(last, end) if headed.index < end else last
        matter = _matter(headed.candidate.kind, place, bounds)
        sections.append(_section(headed, maker, inner, matter))
        if inner < last:
            sections.extend(
                _untitled(SectionKind.TEXT, maker.make(inner, last), Matter.BACK, _BEYOND)
            )
    return sections


def _opening(draft: Draft, maker: Maker, last: int, headed: bool) -> list[Section]:
    """Text before the first heading: dedication, epigraph, and what is left."""
    matter = Matter.FRONT if headed else Matter.BODY
    if not headed:
        return _untitled(SectionKind.TEXT, maker.make(draft.first, last), matter, _UNTITLED)
    shown = [index for index in range(draft.first, last) if index not in maker.skipped]
    sections = []
    for kind, group in groupby(shown, key=lambda index: _front_kind(draft, index)):
        indexes = list(group)
        blocks = maker.make(indexes[0], indexes[-1] + 1)
        sections.extend(_untitled(kind, blocks, matter, _UNTITLED))
    return sections


def _front_kind(draft: Draft, index: int) -> SectionKind:
    """A dedication is one short block "To …", an epigraph is set off."""
    block = draft.blocks[index]
    if block.end - block.start < 160 and is_dedication(block.text):
        return SectionKind.DEDICATION
    if block.indent >= 3 and block.end - block.start < 600 and not draft.is_mark(index):
        return SectionKind.EPIGRAPH
    return SectionKind.TEXT


def _untitled(
    kind: SectionKind, blocks: tuple[Node, ...], matter: Matter, finding: Finding
) -> list[Section]:
    if not blocks:
        return []
    at = blocks[0].span
    return [
        Section(kind, (), blocks, Span(at.source, at.start, at.start), 1, matter, finding=finding)
    ]


def _section(headed: Headed, maker: Maker, last: int, matter: Matter) -> Section:
    candidate = headed.candidate
    file = candidate.block.sheet.file
    span = Span(file.id, candidate.block.start, candidate.end)
    if headed.title is not None:
        title: Inlines = (Text(headed.title, span),)
    elif headed.below is not None:
        span = span.to(headed.below.span)
        title = read_inlines(file, headed.below.span)
    elif candidate.title_start < candidate.title_end:
        title = read_inlines(file, Span(file.id, candidate.title_start, candidate.title_end))
    else:
        title = ()
    counts = candidate.number != LAST and "decimal" not in candidate.form
    number = candidate.number if counts else None
    kind = candidate.kind
    return Section(
        kind,
        title,
        maker.make(headed.after, last),
        span,
        headed.level,
        matter,
        candidate.label.rstrip(".:"),
        number,
        finding=headed.finding,
    )


def _find_bounds(found: Sequence[Headed]) -> _Bounds | None:
    body = [at for at, one in enumerate(found) if usual_matter(one.candidate.kind) is Matter.BODY]
    return _Bounds(body[0], body[-1]) if body else None


def _matter(kind: SectionKind, place: int, body: _Bounds | None) -> Matter:
    """A kind of the front stands there only before the body, one of the back only behind it."""
    usual = usual_matter(kind)
    if body is None:
        return usual
    if usual is Matter.FRONT and place > body.first:
        return Matter.BACK if place > body.last else Matter.BODY
    if usual is Matter.BACK and place < body.last:
        return Matter.FRONT if place < body.first else Matter.BODY
    return usual
