"""What stands inside a paragraph, as XHTML.

In: inline nodes. Out: markup. On the way the writer counts characters, puts the marks of printed
pages before their first words, and keeps the text by face for the fonts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, assert_never

from msgspec import Struct, field

from bookforge.model.inlines import (
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteRef,
    SmallCaps,
    Strong,
    Text,
)
from bookforge.render.epub.backlinks import Backlinks
from bookforge.render.epub.marks import Mark
from bookforge.render.epub.markup import attribute, escape, foreign_attributes

_NEVER = sys.maxsize
_ASCII = "".join(map(chr, range(128)))
# Bits that make up a face's number.
ITALIC, BOLD = 1, 2


def _four_lists() -> tuple[list[str], ...]:
    return ([], [], [], [])


def _four_sets() -> tuple[set[str], ...]:
    return (set(), set(), set(), set())


class Faces(Struct):
    """The text set in each face: regular, italic, bold, bold italic.

    `texts` gathers what is being written, `used` the characters of what is done.
    """

    texts: tuple[list[str], ...] = field(default_factory=_four_lists)
    used: tuple[set[str], ...] = field(default_factory=_four_sets)

    def fold(self) -> None:
        """Keep the characters of the texts, not the texts: a section at a time, a book never
        stands in memory once more.

        Nearly all are ASCII: these are searched one by one, a fifth of the work of a set of all.
        """
        for texts, used in zip(self.texts, self.used, strict=True):
            text = "".join(texts)
            texts.clear()
            used.update([char for char in _ASCII if char not in used and char in text])
            high = text.encode("utf-8", "surrogatepass").translate(None, _ASCII.encode())
            used.update(high.decode("utf-8", "surrogatepass"))

    def characters(self, face: int) -> str:
        """Every character used in a face once, sorted."""
        self.fold()
        return "".join(sorted(self.used[face]))


class Surroundings(NamedTuple):
    """What inlines refer to outside themselves.

    `numbers`: note id to number; `homes`: note id to the file that holds its text, filled on the
    way; `resolve_link`: a link's target to an address, "" for none;
    `picture`: an image to its address and alt text as attributes, "" when it cannot be shown;
    `backlinks` gathers the notes' marks; `direction` is the book's.
    """

    numbers: Mapping[str, int]
    homes: dict[str, str]
    resolve_link: Callable[[Link], str]
    picture: Callable[[Image], str]
    faces: Faces
    backlinks: Backlinks
    direction: str = "ltr"


class InlineWriter:
    """Writes the inlines of one section, front to back."""

    def __init__(
        self, around: Surroundings, marks: Sequence[Mark] = (), *, face: int = 0, file: str = ""
    ) -> None:
        self._around = around
        self._file = file
        self._marks = list(reversed(marks))
        self._next = marks[0].offset if marks else _NEVER
        self._offset = 0
        self._face = face
        self._linked = False
        self._texts = around.faces.texts
        # Ids of the notes called, in order; each once.
        self.called: dict[str, int] = {}

    def write(self, nodes: Inlines) -> str:
        """Markup of a run of inlines."""
        return "".join([self._write_one(node) for node in nodes])

    def write_text(self, text: str) -> str:
        """Escaped text, with the marks of the pages that begin in it."""
        self._texts[self._face].append(text)
        end = self._offset + len(text)
        if self._next < end:
            return self._write_marked(text, end)
        self._offset = end
        return escape(text)

    def write_rest(self) -> str:
        """The marks of pages that begin after the last character."""
        rest = "".join(mark_page(mark) for mark in reversed(self._marks))
        self._marks.clear()
        self._next = _NEVER
        return rest

    def _write_marked(self, text: str, end: int) -> str:
        parts: list[str] = []
        done = 0
        while self._next < end:
            at = max(done, self._next - self._offset)
            parts += (escape(text[done:at]), mark_page(self._marks.pop()))
            done = at
            self._next = self._marks[-1].offset if self._marks else _NEVER
        parts.append(escape(text[done:]))
        self._offset = end
        return "".join(parts)

    def _write_one(self, node: Inline) -> str:
        match node:
            case Text():
                return self.write_text(node.text)
            case Emphasis():
                return f"<em>{self._write_in_face(node.children, ITALIC)}</em>"
            case Strong():
                return f"<strong>{self._write_in_face(node.children, BOLD)}</strong>"
            case SmallCaps():
                return f'<span class="small-caps">{self.write(node.children)}</span>'
            case Code():
                return f"<code>{self.write_text(node.text)}</code>"
            case Link():
                return self._write_link(node)
            case NoteRef():
                return self._write_note_mark(node)
            case Image():
                return self._write_picture(node)
            case LineBreak():
                return "<br/>"
            case Foreign():
                tag = foreign_attributes(node.language, self._around.direction)
                return f"<span{tag}>{self.write(node.children)}</span>"
            case _:
                assert_never(node)

    def _write_in_face(self, nodes: Inlines, bit: int) -> str:
        """Emphasis in emphasis stands upright, strong in strong stays bold."""
        before = self._face
        self._face = before ^ ITALIC if bit == ITALIC else before | BOLD
        written = self.write(nodes)
        self._face = before
        return written

    def _write_link(self, node: Link) -> str:
        """A link in a link is no link: HTML forbids it."""
        address = "" if self._linked else self._around.resolve_link(node)
        if not address:
            return self.write(node.children)
        self._linked = True
        words = self.write(node.children)
        self._linked = False
        return f'<a href="{attribute(address)}">{words}</a>'

    def _write_note_mark(self, node: NoteRef) -> str:
        number = self._around.numbers.get(node.id)
        if number is None:
            return f"<sup>{node.number}</sup>" if node.number else ""
        home = self._around.homes.setdefault(node.id, self._file)
        count = self.called[node.id] = self.called.get(node.id, 0) + 1
        name = f"call-{number}" if count == 1 else f"call-{number}-{count}"
        address = f"#note-{number}" if home == self._file else f"{home}#note-{number}"
        mark = f"#{name}" if home == self._file else f"{self._file}#{name}"
        self._around.backlinks.add(node.id, mark)
        self._texts[0].append(str(number))
        if self._linked:
            return f'<sup class="call" id="{name}">{number}</sup>'
        return (
            f'<sup class="call"><a epub:type="noteref" role="doc-noteref" id="{name}" '
            f'href="{address}">{number}</a></sup>'
        )

    def _write_picture(self, node: Image) -> str:
        attributes = self._around.picture(node)
        if attributes:
            return f"<img{attributes}/>"
        return escape(node.alt or "")


def mark_page(mark: Mark) -> str:
    """The place where a printed page begins (DAISY knowledge base, "Page breaks")."""
    return (
        f'<span epub:type="pagebreak" role="doc-pagebreak" id="{mark.id}" '
        f'aria-label="{attribute(mark.label)}"></span>'
    )
