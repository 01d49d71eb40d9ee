"""The structure of a book as plain data for `outline`, and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bookforge.contracts import Metadata
from bookforge.diagnostics import Span
from bookforge.model.blocks import Block, ListBlock, Quote, SceneBreak, Verse
from bookforge.model.document import Document, Matter, Section, SectionKind
from bookforge.model.walk import plain
from bookforge.source import SourceMap

__all__ = ["list_outline", "outline"]

_CLOSING = 0.9
_NO_CHAPTERS = (
    "no chapters found: the text is one section; if it has headings, [[manuscript.heading]] in "
    "book.toml says what they look like"
)


def outline(
    document: Document, sources: SourceMap, metadata: Metadata | None = None
) -> dict[str, Any]:
    """The object that `outline --json` prints (interface: JSON, outline).

    Title and author are those of `metadata`, left out those that the manuscript gives.
    """
    headed = [section for section in document.sections if is_headed(section)]
    return {
        "title": metadata.title if metadata else document.found.title,
        "author": ", ".join(metadata.authors if metadata else document.found.authors),
        "language": document.language,
        "encoding": _encoding(document, sources),
        "sections": [_describe(section, sources) for section in headed],
        "scene_breaks": [
            _line(block.span, sources)
            for section in document.sections
            for block in _walk(section.blocks)
            if isinstance(block, SceneBreak)
        ],
        "paragraphs": _count_paragraphs(document, bool(headed)),
        "contents_list": _lines(document.contents, sources),
        "body": _lines(document.body, sources),
    }


def _encoding(document: Document, sources: SourceMap) -> str:
    """That of the manuscript's first file; book.toml is a source, too."""
    if not document.sections:
        return ""
    return sources[document.sections[0].span.source].encoding


def is_headed(section: Section) -> bool:
    """Whether the manuscript printed a heading for it."""
    return bool(section.label or section.title)


def _describe(section: Section, sources: SourceMap) -> dict[str, Any]:
    finding = section.finding
    return {
        "level": section.level,
        "kind": section.kind.value,
        "label": section.label,
        "title": plain(section.title),
        "line": _line(section.span, sources),
        "confidence": finding.confidence if finding else 1.0,
        "reason": finding.reason if finding else "",
    }


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Quote):
            yield from _walk(block.blocks)


def _count_paragraphs(document: Document, headed: bool) -> int:
    """Blocks after the first heading to the end of the main text, a stanza as one."""
    total = 0
    begun = not headed
    for section in document.sections:
        begun = begun or is_headed(section)
        if begun and not (section.matter is Matter.BACK and section.kind is SectionKind.TEXT):
            total += sum(map(_weight, section.blocks))
    return total


def _weight(block: Block) -> int:
    match block:
        case SceneBreak():
            return 0
        case Verse():
            return len(block.stanzas)
        case Quote():
            return sum(map(_weight, block.blocks))
        case ListBlock():
            return 1
        case _:
            return 1


def _line(span: Span, sources: SourceMap) -> int:
    return sources[span.source].line_of(span.start)


def _lines(span: Span | None, sources: SourceMap) -> list[int] | None:
    if span is None:
        return None
    file = sources[span.source]
    return [file.line_of(span.start), file.line_of(max(span.start, span.end - 1))]


def list_outline(
    document: Document, sources: SourceMap, metadata: Metadata | None = None
) -> list[str]:
    """One line a section, indented by level: line, label and title, how sure, why."""
    data = outline(document, sources, metadata)
    lines = [
        f"{data['title'] or 'untitled'} — {data['author'] or 'no author'} ({data['language']})"
    ]
    for section in data["sections"]:
        name = " · ".join(part for part in (section["label"], section["title"]) if part)
        sure = "sure" if section["confidence"] >= _CLOSING else f"{section['confidence']:.0%}"
        indent = "  " * section["level"]
        lines.append(
            f"{section['line']:>7}{indent}{name}  [{section['kind']}, {sure}: {section['reason']}]"
        )
    if not data["sections"]:
        lines.append(_NO_CHAPTERS)
    lines.append(f"{len(data['scene_breaks'])} scene breaks, {data['paragraphs']} paragraphs")
    return lines
