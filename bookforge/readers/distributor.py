"""What a distributor puts round a text: Project Gutenberg's header and licence, and their facts."""

from __future__ import annotations

import re

from msgspec import Struct, field

from bookforge.diagnostics import Span
from bookforge.regex import regex
from bookforge.source import SourceFile

__all__ = ["Cut", "cut_distributor"]

_START = regex(
    r"^\*{3}[ \t]*START OF (?:THE|THIS) PROJECT GUTENBERG[^\n]*(?:\n[^\n*]+)?\*{3}[ \t]*$"
    r"|^\*END[ *]*THE SMALL PRINT![^\n]*$",
    re.M | re.I,
)
_END = regex(
    r"^(?:\*{3}[ \t]*END OF (?:THE|THIS) PROJECT GUTENBERG"
    r"|End of (?:the |this )?Project Gutenberg(?:['’]s)?\b"
    r"|End of (?:the |this )?Project Gutenberg E)",
    re.M | re.I,
)
_OPENING = regex(r"^\s*(?:The |This )?Project Gutenberg(?:['’]s)? ", re.I)
_FIELD = regex(
    r"^(Title|Author|Authors|Language|Translator|Editor|Illustrator|Release Date|Subtitle):[ \t]*"
    r"([^\n]*(?:\n[ \t]+[^\s][^\n]*)*)",
    re.M,
)
# The producers' credit right below the start line; it ends with its paragraph.
_CREDIT = regex(
    r"\s*((?:Produced by|E-text prepared by|This eBook was produced|Etext prepared|Transcribed from"
    r"|HTML version|This etext was|\[?Transcribed by|Text file produced by)(?:[^\n]+\n?)+)",
    re.I,
)


class Cut(Struct, frozen=True):
    """Where the work begins and ends in a file, what stood round it, and what that says."""

    start: int
    end: int
    header: Span | None = None
    licence: Span | None = None
    facts: tuple[tuple[str, str], ...] = field(default=())


def cut_distributor(file: SourceFile) -> Cut:
    """Find the header and the licence; a file without them is all work."""
    text = file.text
    if (
        "utenberg" not in text[:20_000]
        and "UTENBERG" not in text[:20_000]
        and "Gutenberg" not in text[-30_000:]
    ):
        return Cut(0, len(text))
    start, header = 0, None
    facts: tuple[tuple[str, str], ...] = ()
    opened = _START.search(text, 0, 40_000)
    if opened:
        start = opened.end()
        facts = _read_facts(text[: opened.start()])
        credit = _CREDIT.match(text, start)
        if credit:
            start = credit.end()
        header = Span(file.id, 0, start)
    end, licence = len(text), None
    closed = _END.search(text, max(start, len(text) * 2 // 5))
    if closed:
        end = closed.start()
        licence = Span(file.id, end, len(text.rstrip()))
    return Cut(start, end, header, licence, facts)


def _read_facts(header: str) -> tuple[tuple[str, str], ...]:
    facts = []
    for match in _FIELD.finditer(header):
        value = " ".join(match.group(2).split())
        facts.append((match.group(1).lower(), value))
    return tuple(facts)
