"""Whether pictures have pixels enough where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.preflight.pdf.facts import Facts, Mark
from bookforge.preflight.pdf.terms import Terms
from bookforge.preflight.pdf.words import on_pages


def check_resolution(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Pixels to the inch of the page, whichever way there are fewer.

    Those of a book just built were told with their places in the manuscript (I005).
    """
    if terms.judged:
        return
    least = terms.printer.file.resolution
    low = [
        (min(image.across, image.up), page)
        for image, pages in facts.find(Mark.PICTURE)
        for page in pages
        # Scaled to fit, 300 often comes out as 299.
        if min(image.across, image.up) < least - 1
    ]
    if low:
        message = f"pictures of {min(low)[0]} pixels to the inch; {terms.asks} {least:g}: "
        message += on_pages(page for _, page in low)
        hint = "use a larger picture or set it smaller; enlarging its pixels does not help"
        yield terms.finding("P099", Severity.WARNING, message, hint, ["file.resolution"])
