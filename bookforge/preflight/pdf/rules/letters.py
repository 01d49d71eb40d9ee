"""Fonts and the size of letters."""

from __future__ import annotations

from collections.abc import Iterator

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.preflight.pdf.facts import Facts, Mark
from bookforge.preflight.pdf.terms import Terms
from bookforge.preflight.pdf.words import listing, on_pages


def check_embedded(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """A font that is not in the file is replaced by another, with other widths."""
    used = {font: pages for font, pages in facts.find(Mark.FONT) if not font.embedded}
    hint = "embed all fonts when you export; a font that forbids it has to be replaced"
    for font, pages in used.items():
        message = f"the font {font.name} is used and not embedded: {on_pages(pages)}"
        yield terms.finding("P094", Severity.ERROR, message, hint)
    idle = [font for font in facts.listed if not font.embedded and font not in used]
    if idle:
        names = listing(font.name for font in idle)
        message = f"fonts are named in the file that are not embedded, though unused: {names}"
        hint = "intake programs refuse them all the same: export anew without standard fonts"
        yield terms.finding("P094", terms.hard, message, hint)


def check_doubtful(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Fonts that print badly or cannot be searched."""
    fonts = dict(facts.find(Mark.FONT))
    drawn = [font for font in fonts if font.is_type3]
    if drawn:
        pages = [page for font in drawn for page in fonts[font]]
        message = f"letters drawn as pictures or shapes (Type 3 fonts): {on_pages(pages)}"
        hint = "use TrueType or OpenType fonts; Type 3 prints unevenly"
        yield terms.finding("P095", Severity.WARNING, message, hint)
    mute = [font for font in fonts if not font.unicode and not font.is_type3]
    if mute:
        names = listing(font.name for font in mute)
        message = f"letters without their Unicode values: {names}"
        hint = "they print, but cannot be searched, copied or read out"
        yield terms.finding("P095", Severity.NOTE, message, hint)


def check_small(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Letters too small to print cleanly."""
    least = terms.printer.file.least_type
    # A superscript that a printer's rule does not mean is a size of its own, too.
    small = {size: pages for size, pages in facts.find(Mark.SIZE) if 0 < size < least}
    if small:
        pages = [page for some in small.values() for page in some]
        message = f"type of {min(small):g} pt; {terms.asks} {least:g} pt at the least: "
        message += on_pages(pages)
        hint = "set it larger, superscripts and captions too"
        yield terms.finding("P100", Severity.WARNING, message, hint, ["file.least-type"])
