"""HTML blocks: a few tags are understood, of all others the text is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bookforge.diagnostics import Span
from bookforge.model.blocks import Block, Paragraph, ParagraphRole, SceneBreak
from bookforge.model.document import Removed
from bookforge.regex import regex

if TYPE_CHECKING:
    from bookforge.readers.markdown.blocks import BlockReader
    from bookforge.readers.markdown.scan import BlockToken

_SILENT = regex(
    r"<!--.*?(?:-->|\Z)|<(?P<tag>script|style)\b.*?(?:</(?P=tag)\s*>|\Z)|<\?.*?\?>|<!\w[^>]*>",
    re.S | re.I,
)
# Tags that part paragraphs; what stands inside a paragraph is left to the inline reader.
_PARTS = regex(
    r"</?(?:p|div|center|section|article|aside|header|footer|main|nav|blockquote|table|thead|"
    r"tbody|tfoot|tr|td|th|ul|ol|li|dl|dt|dd|figure|figcaption|h[1-6]|pre|body|html|head)\b[^>]*>|"
    r"(?P<rule><hr\b[^>]*>)|\n[ \t]*\n",
    re.I,
)
_CENTRED = regex(r"<(?:center\b|\w+\b[^>]*(?:align\s*[=:]\s*[\"']?center))", re.I)


def read_html(reader: BlockReader, token: BlockToken, span: Span) -> Sequence[Block]:
    """The text of an HTML block as paragraphs, a rule as a scene break."""
    text = reader.file.text
    blocks: list[Block] = []
    at = span.start
    for silent in _SILENT.finditer(text, span.start, span.end):
        blocks += _read_text(reader, at, silent.start())
        what = silent["tag"] or "comment"
        reader.removed.append(Removed(what.lower(), reader.file.span(*silent.span())))
        at = silent.end()
    return [*blocks, *_read_text(reader, at, span.end)]


def _read_text(reader: BlockReader, start: int, end: int) -> list[Block]:
    blocks: list[Block] = []
    at, role = start, ParagraphRole.BODY
    for part in _PARTS.finditer(reader.file.text, start, end):
        blocks += _read_paragraph(reader, at, part.start(), role)
        span = reader.file.span(*part.span())
        if part["rule"]:
            blocks.append(SceneBreak(span, ""))
        elif _CENTRED.match(part[0]):
            role = ParagraphRole.CENTRED
        elif part[0].startswith("</"):
            role = ParagraphRole.BODY
        elif part[0].strip():
            reader.inlines.report_tag(part[0], span)
        at = part.end()
    return blocks + _read_paragraph(reader, at, end, role)


def _read_paragraph(reader: BlockReader, start: int, end: int, role: ParagraphRole) -> list[Block]:
    text = reader.file.text[start:end]
    content = text.strip()
    if not content:
        return []
    begin = start + len(text) - len(text.lstrip())
    place = reader.lines.place_at(content, begin)
    children = reader.inlines.read(place)
    return [Paragraph(children, place.span(0, len(content)), role)] if children else []
