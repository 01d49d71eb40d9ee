"""The file itself: damage, size, and what paper has no use for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.preflight.pdf.facts import Facts, Mark
from bookforge.preflight.pdf.terms import Terms
from bookforge.preflight.pdf.words import listing, on_pages


def check_damage(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """What had to be mended, and what could not be read."""
    if facts.damage:
        message = f"the file is damaged, and was mended to be read: {facts.damage[0]}"
        if len(facts.damage) > 1:
            message += f" (and {len(facts.damage) - 1} more)"
        yield terms.finding("P082", Severity.WARNING, message, "export it anew")
    for fault, pages in facts.find(Mark.FAULT):
        message = f"the page cannot be read to its end: {fault}: {on_pages(pages)}"
        yield terms.finding("P083", Severity.ERROR, message, "export it anew")
    if facts.keys.encrypted:
        hint = "export without a password and without restrictions"
        yield terms.finding("P081", Severity.ERROR, "the file is encrypted", hint)


def check_size(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Upload limits."""
    most = terms.printer.file.most_megabytes
    if most is not None and facts.size > most * 1e6:
        message = f"{facts.size / 1e6:.0f} MB; {terms.takes} at most {most:g} MB"
        hint = "bring pictures down to 300 pixels to the inch"
        yield terms.finding("P106", terms.hard, message, hint, ["file.most-megabytes"])


def check_active(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Links, notes, forms, programs, attachments, layers."""
    kinds = Counter(kind or "?" for sheet in facts.sheets for kind in sheet.annotations)
    if kinds:
        pages = [sheet.number for sheet in facts.sheets if sheet.annotations]
        shown = listing(f"{number} {kind}" for kind, number in sorted(kinds.items()))
        message = f"links, notes or fields on the page ({shown}): {on_pages(pages)}"
        hint = "export for print without links and comments"
        yield terms.finding("P103", Severity.WARNING, message, hint)
    if facts.keys.active:
        message = f"the file holds {listing(facts.keys.active)}"
        hint = "paper has no use for it, and intakes refuse it: export anew, for print"
        yield terms.finding("P103", Severity.ERROR, message, hint)
    if facts.keys.layers:
        hint = "flatten the layers on export: hidden ones may print"
        yield terms.finding("P103", Severity.WARNING, "the file has layers", hint)


def check_unwanted(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Bookmarks and metadata, where the printer does not want them."""
    if facts.keys.outline and not terms.printer.file.outline:
        message = f"the file has bookmarks (an outline); {terms.takes} none"
        hint = "export for print without bookmarks"
        yield terms.finding("P104", Severity.WARNING, message, hint, ["file.outline"])
    claims = "GTS_PDFXVersion" in facts.keys.info or "pdfx" in facts.keys.xmp
    if facts.keys.xmp and not terms.printer.file.metadata and not claims:
        message = f"the file has metadata (XMP); {terms.takes} none"
        hint = "harmless as a rule; remove hidden information on export"
        yield terms.finding("P104", Severity.NOTE, message, hint, ["file.metadata"])
