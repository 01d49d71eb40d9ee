"""The claim of conformance that book.toml makes, held against the book.

In: the pictures without words. Out: a warning when they contradict the claim. A machine cannot see
that a book conforms; that it does not, it sometimes can.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bookforge.config.where import list_places
from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Hint, Severity, Span
from bookforge.model.inlines import Image

_KEY = ("output", "epub", "conformance")


def contest_claim(wordless: Sequence[Image], context: Context) -> None:
    """Say that the claim is left out, where it is made and what contradicts it (A036)."""
    if not (wordless and context.config.output.epub.conformance):
        return
    count = len(wordless)
    whose = "a picture has" if count == 1 else f"{count} pictures have"
    message = f"the claim of conformance is left out of the e-book: {whose} no words (WCAG 1.1.1)"
    hints = (
        Hint("write what it shows, or mark it {.decorative}: the first is here", wordless[0].span),
    )
    span = next(_find_claim(context), None)
    file = "" if span else str(context.folder / "book.toml")
    context.report(Diagnostic("A036", Severity.WARNING, message, span, hints, file))


def _find_claim(context: Context) -> Iterator[Span]:
    """Where book.toml makes the claim that counts; an edition's own may be another."""
    claim = context.config.output.epub.conformance or ""
    for file, path, place in list_places(context.sources):
        if path[-len(_KEY) :] == _KEY and claim in file.text[slice(*place.value)]:
            yield file.span(*place.value)
