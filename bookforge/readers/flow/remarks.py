"""What a reader of these files leaves out or changes, counted, and said once for each file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity, Span
from bookforge.readers.flow.pieces import Piece
from bookforge.source import SourceFile

__all__ = ["Remarks", "fault"]


class _Saying(Struct, frozen=True):
    severity: Severity
    one: str
    many: str
    hint: str


_SAYINGS: Mapping[str, _Saying] = {
    "R054": _Saying(
        Severity.WARNING,
        "a tracked change is open: insertions were kept, deletions left out",
        "{} tracked changes are open: insertions were kept, deletions left out",
        "accept or reject the changes in the word processor to be sure",
    ),
    "R055": _Saying(
        Severity.NOTE,
        "a comment was left out",
        "{} comments were left out",
        "comments do not go into the book",
    ),
    "R056": _Saying(
        Severity.WARNING,
        "a table was kept as lines of text",
        "{} tables were kept as lines of text",
        "each row has become a paragraph; simple tables are set as tables",
    ),
    "R057": _Saying(
        Severity.NOTE,
        "something outside the file is named and was not fetched",
        "{} things outside the file are named and were not fetched",
        "put pictures into the document itself; templates, objects and macros are never used",
    ),
    "R058": _Saying(
        Severity.WARNING,
        "hidden text was left out",
        "hidden text was left out in {} places",
        "make it visible in the word processor if it belongs to the book",
    ),
    "R059": _Saying(
        Severity.WARNING,
        "a part that the file names is not in it",
        "{} parts that the file names are not in it",
        "save or export the document again",
    ),
}


class Remarks(Struct):
    """How often each thing happened in a file, and the paragraph of the first time."""

    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, Piece] = field(default_factory=dict)

    def add(self, code: str, piece: Piece | None = None, times: int = 1) -> None:
        self.counts[code] = self.counts.get(code, 0) + times
        if piece is not None:
            self.places.setdefault(code, piece)

    def findings(self, file: SourceFile, spans: Mapping[int, Span]) -> Iterator[Diagnostic]:
        """One diagnostic for each code; `spans` go by the identity of the piece."""
        for code, count in sorted(self.counts.items()):
            saying = _SAYINGS[code]
            message = saying.one if count == 1 else saying.many.format(count)
            piece = self.places.get(code)
            span = spans.get(id(piece)) if piece is not None else None
            hints = (Hint(saying.hint),)
            name = "" if span else str(file.path)
            yield Diagnostic(code, saying.severity, message, span, hints, name)


def fault(code: str, file: SourceFile, message: str, hint: str) -> BookError:
    """An error that leaves nothing to read; `message` follows the file's name."""
    return BookError(
        Diagnostic(
            code,
            Severity.ERROR,
            f"{file.path.name} {message}",
            hints=(Hint(hint),),
            file=str(file.path),
        )
    )
