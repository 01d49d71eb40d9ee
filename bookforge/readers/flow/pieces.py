"""Pieces: the paragraphs of a file with their looks, before anybody knows what they are for."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from bookforge.model.blocks import Alignment
from bookforge.model.document import Found, SectionKind
from bookforge.regex import regex

__all__ = ["PLAIN", "RULE", "Box", "Flow", "Look", "Piece", "Row", "Run", "clean"]

# What stands in the extracted text for a line drawn across the page.
RULE = "* * *"
# Characters that are no text, and line ends: in extracted text one paragraph is one line.
_NO_TEXT = regex("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\ufeff\ufffe\uffff\ud800-\udfff]")
_ENDS = regex("[\n\r\x0c\x85\u2028\u2029]")


class Look(Struct, frozen=True):
    """How characters look: what is kept of it in a book, and where a link leads."""

    bold: bool = False
    italic: bool = False
    small_caps: bool = False
    code: bool = False
    link: str = ""
    language: str = ""


PLAIN = Look()


class Run(Struct):
    """Characters of one look; or a break, a note's mark, a picture, which have no characters."""

    text: str
    look: Look = PLAIN
    is_break: bool = False
    note: str = ""
    picture: str = ""
    alt: str | None = None

    @property
    def is_text(self) -> bool:
        return not (self.is_break or self.note or self.picture)


class Box(Struct, frozen=True):
    """Something that holds paragraphs; `id` is its own.

    `name` is "bullets", "numbers", "item", "verse", "stanza", "quote" or a kind of quotation.
    """

    name: str
    id: int
    start: int = 1


class Row(Struct):
    """What a piece is that is a row of a simple table: the table's own number, its cells as runs
    with the place where each begins in the line; or the table's caption."""

    table: int
    cells: Sequence[tuple[int, list[Run]]] = ()
    aligns: tuple[Alignment, ...] = ()
    is_head: bool = False
    is_caption: bool = False


class Piece(Struct):
    """One paragraph.

    `level` is that of a heading by style (0: none). `role` is "" for text, else "title",
    "subtitle", "author", "contents", "caption", "rule" (a line drawn across), "table", "code", or
    "cover" (a page that bookforge makes by itself). `kind` is what the file says a section is.
    """

    runs: list[Run] = field(default_factory=list)
    level: int = 0
    role: str = ""
    kind: SectionKind | None = None
    centred: bool = False
    new_page: bool = False
    boxes: tuple[Box, ...] = ()
    line: str = ""
    row: Row | None = None

    @property
    def is_bold(self) -> bool:
        """Every letter is bold."""
        marked = [run.look.bold for run in self.runs if run.is_text and run.text.strip()]
        return bool(marked) and all(marked)

    @property
    def is_picture(self) -> bool:
        """A picture, or several, and no words."""
        return not self.line.strip("\ufffc ") and any(run.picture for run in self.runs)

    def settle(self) -> None:
        """Take the blanks off both ends and fix the line of text that stands for the piece."""
        if self.role != "code":
            _strip(self.runs)
        self.runs = [run for run in self.runs if run.text or not run.is_text]
        self.line = "".join(_shown(run) for run in self.runs)
        if self.role == "rule":
            self.line = RULE
        elif not self.line.strip() and any(run.picture for run in self.runs):
            self.line = "\ufffc"


def clean(text: str) -> str:
    """Text as it may stand in one line: no controls, no line ends."""
    if text.isprintable():
        return text
    return _ENDS.sub(" ", _NO_TEXT.sub("", text))


def _shown(run: Run) -> str:
    if run.is_break:
        return " "
    return run.text if run.is_text else ""


def _strip(runs: list[Run]) -> None:
    """Blanks and breaks at the ends of a paragraph say nothing."""
    for order in (range(len(runs)), range(len(runs) - 1, -1, -1)):
        first = order.step > 0
        for at in order:
            run = runs[at]
            if run.is_break:
                runs[at] = Run("")
                continue
            if not run.is_text:
                break
            bare = run.text.lstrip(" \t") if first else run.text.rstrip(" \t")
            if bare != run.text:
                runs[at] = replace(run, text=bare)
            if bare:
                break


class Flow(Struct):
    """One file, or one document of an e-book: its pieces, and its notes by their id.

    `found` is what its metadata say; `language` what the program that wrote it took it for.
    """

    pieces: list[Piece] = field(default_factory=list)
    notes: dict[str, list[Piece]] = field(default_factory=dict)
    found: Found = field(default_factory=Found)
    language: str = ""
