"""Where the lines of a finished e-book come from in the manuscript.

In: the book as read, and a place in the EPUB made of it before. Out: a span. The text there is
sought among the blocks of its section, so that nothing has to be kept when a book is built, and a
book that was edited since is pointed at rightly or not at all.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path

from bookforge.contracts import Context, Metadata
from bookforge.diagnostics import Span
from bookforge.model.blocks import (
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    SceneBreak,
    Table,
    Verse,
)
from bookforge.model.document import Document, Section
from bookforge.model.inlines import Inlines
from bookforge.model.walk import plain
from bookforge.regex import regex
from bookforge.render.epub.plan import plan_files

_TAG = regex(r"<[^>]*>")
_ALT = regex(r'<img[^>]* alt="([^"]*)"')
_STYLE = "EPUB/css/book.css"


class Origins:
    """Knows one finished book and the manuscript it was made of."""

    def __init__(
        self, path: Path, document: Document, metadata: Metadata, context: Context
    ) -> None:
        self._path = path
        self._context = context
        kindle = context.config.output.epub.for_kindle
        plan = plan_files(document, metadata, context.language, None, for_kindle=kindle)
        self._sections: Mapping[str, Section] = {
            f"EPUB/{entry.name}": entry.section for entry in plan.entries
        }
        self._notes = [block for note in document.notes for block in note.blocks]

    def find(self, member: str, line: int, markup: str) -> Span | None:
        """The span of what stands at a line of a member, or of its markup where that is known."""
        if member == _STYLE:
            return self._find_rule(line)
        section = self._sections.get(member)
        if section is None:
            return None
        lines = self._lines(member)
        shown = markup or (lines[line - 1] if 0 < line <= len(lines) else "")
        words = _words(shown)
        if not words:
            return self._find_figure(section, lines, line) if "<img" in shown else section.span
        earlier = sum(_words(one) == words for one in lines[: max(0, line - 1)])
        spans = [span for text, span in _texts((*section.blocks, *self._notes)) if text == words]
        return spans[min(earlier, len(spans) - 1)] if spans else section.span

    def _find_figure(self, section: Section, lines: Sequence[str], line: int) -> Span:
        """A picture without words, known by its place among such."""
        earlier = sum("<img" in one and not _words(one) for one in lines[: max(0, line - 1)])
        blocks = (*section.blocks, *self._notes)
        figures = [span for text, span in _texts(_figures(blocks)) if not text]
        return figures[min(earlier, len(figures) - 1)] if figures else section.span

    def _find_rule(self, line: int) -> Span | None:
        """A line of the writer's own style sheet, which stands last."""
        name = self._context.config.output.epub.css
        if not name:
            return None
        file = self._context.sources.load(self._context.folder / name)
        own = file.text.rstrip().count("\n") + 1
        at = line - 1 - (len(self._lines(_STYLE)) - own)
        if not 0 <= at < len(file.line_starts):
            return None
        end = file.text.find("\n", file.line_starts[at])
        return file.span(file.line_starts[at], end if end >= 0 else len(file.text))

    def _lines(self, member: str) -> list[str]:
        try:
            with zipfile.ZipFile(self._path) as archive:
                return archive.read(member).decode(errors="replace").splitlines()
        except (KeyError, OSError, zipfile.BadZipFile):
            return []


def _words(markup: str) -> str:
    """The text of markup, or of its picture; letters and digits only, for blanks may differ."""
    text = unescape(_TAG.sub("", markup))
    if not text.strip() and (found := _ALT.search(markup)):
        text = unescape(found[1])
    return _letters(text)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    """The pictures on their own among blocks, also in quotations and lists."""
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Quote():
                yield from _figures(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from _figures(item.blocks)
            case _:
                pass


def _texts(blocks: Iterable[Block]) -> Iterator[tuple[str, Span]]:
    """The text of every block that has a line of its own, with its span."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield _text_of(block.children), block.span
            case Preformatted():
                yield _letters(block.text), block.span
            case Verse():
                for stanza in block.stanzas:
                    for line in stanza:
                        yield _text_of(line.children), line.span
            case Figure():
                yield _letters(block.image.alt or "") + _text_of(block.caption), block.span
            case Table():
                yield _text_of(block.caption), block.span
                for row in block.rows:
                    yield "".join(_text_of(cell.children) for cell in row.cells), row.span
            case Quote():
                yield from _texts(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from _texts(item.blocks)
            case SceneBreak():
                pass


def _text_of(nodes: Inlines) -> str:
    return _letters(plain(nodes))
