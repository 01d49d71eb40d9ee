"""A PDF judged: opened, interpreted, measured by a printer's rules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bookforge.cache import Cache
from bookforge.diagnostics import Diagnostic, Severity
from bookforge.preflight.pdf.conform import find_claims, validate
from bookforge.preflight.pdf.facts import Facts
from bookforge.preflight.pdf.file import Unopened, read_facts
from bookforge.preflight.pdf.rules import RULES
from bookforge.preflight.pdf.rules.extras import check_damage
from bookforge.preflight.pdf.rules.margins import safe_part
from bookforge.preflight.pdf.terms import Terms


def check_pdf(
    path: Path, terms: Terms, *, printing: bool | None = None, cache: Cache | None = None
) -> list[Diagnostic]:
    """What a printer and, where the file claims to be accessible, a validator say of a file.

    `printing` tells whether it is meant for a printer at all; None lets the file tell: one that
    says it is PDF/UA or PDF/A is for screens and archives. `cache` may know its pages. Empty when
    nobody has anything to say.
    """
    try:
        facts = read_facts(path, partial(safe_part, terms=terms), cache)
    except Unopened as fault:
        return [_refuse(fault, terms)]
    claims = find_claims(facts.keys.xmp)
    printing = not claims if printing is None else printing
    found = list(judge(facts, terms) if printing else check_damage(facts, terms))
    return found + validate(path, claims)


def judge(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Every printer's rule on what was seen."""
    for rule in RULES:
        yield from rule(facts, terms)


def _refuse(fault: Unopened, terms: Terms) -> Diagnostic:
    if fault.locked:
        message, hint = "the file is encrypted: it asks for a password", "export it without one"
        return terms.finding("P081", Severity.ERROR, message, hint)
    message = f"the file cannot be read as a PDF: {fault.reason}"
    hint = "export it anew; a file that broke on the way has to be fetched again"
    return terms.finding("P080", Severity.ERROR, message, hint)
