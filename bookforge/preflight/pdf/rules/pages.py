"""How many pages, and which of them are blank."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.preflight.pdf.facts import Facts
from bookforge.preflight.pdf.rules.boxes import page_size
from bookforge.preflight.pdf.terms import Terms
from bookforge.preflight.pdf.words import on_pages
from bookforge.printers.asked import Order, find_unconfirmed

# At the end of a book twice as many blank pages may stand: they fill its last sheet.
_AT_END = 2
_TABLES = ("margins", "trims", "pages", "bleed", "file")


def check_order(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Trim size, ink, paper and number of pages, as the printer is asked for them."""
    if terms.judged:
        return
    width, height = page_size(facts, terms)
    order = Order(terms.printer, width, height, terms.ink, terms.paper, len(facts.sheets))
    found = list(order.find())
    if not terms.printer.covers:
        found += find_unconfirmed(terms.printer, _TABLES)
    for one in found:
        yield Diagnostic(one.code, one.severity, one.message, hints=one.hints, file=terms.name)


def check_parity(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Leaves have two sides; some printers keep the last page for themselves."""
    pages, rules = len(facts.sheets), terms.printer.pages
    if rules.even and pages % 2:
        yield terms.finding(
            "P085",
            Severity.WARNING,
            f"{pages} pages are an odd number: a blank one is added at the end",
            "end the book with a blank page yourself, so that what you see is what is bound",
            ["pages.even"],
        )
    elif rules.last_blank and not facts.sheets[-1].blank:
        yield terms.finding(
            "P085",
            Severity.NOTE,
            "the last page is not blank: a leaf is added for the printer's own mark",
            "end the book with a blank page yourself",
            ["pages.last-blank"],
        )


def check_blanks(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Runs of blank pages look like a fault of the file."""
    most = terms.printer.pages.most_blank
    last = len(facts.sheets)
    for blank, run in groupby(facts.sheets, key=lambda sheet: sheet.blank):
        numbers = [sheet.number for sheet in run]
        if not blank or len(numbers) <= most * (_AT_END if numbers[-1] == last else 1):
            continue
        message = f"{len(numbers)} blank pages follow each other: {on_pages(numbers)}"
        hint = f"leave at most {most} blank in a row"
        if len(numbers) == last:
            message, hint = "all pages are blank", "is it the right file?"
        yield terms.finding("P102", Severity.WARNING, message, hint, ["pages.most-blank"])
