"""A PDF judged: opened, interpreted, measured by a printer's rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.preflight.pdf.facts import Facts
from bookforge.preflight.pdf.file import Unopened, read_facts
from bookforge.preflight.pdf.rules import RULES
from bookforge.preflight.pdf.terms import Terms


def check_pdf(source: Path | bytes, terms: Terms) -> list[Diagnostic]:
    """What the printer of the terms would say of a file; empty when it has nothing to say."""
    try:
        facts = read_facts(source, terms.safe)
    except Unopened as fault:
        return [_refuse(fault, terms)]
    return list(judge(facts, terms))


def judge(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Every rule on what was seen."""
    for rule in RULES:
        yield from rule(facts, terms)


def _refuse(fault: Unopened, terms: Terms) -> Diagnostic:
    if fault.locked:
        message, hint = "the file is encrypted: it asks for a password", "export it without one"
        return terms.finding("P081", Severity.ERROR, message, hint)
    message = f"{terms.name} cannot be read as a PDF: {fault.reason}"
    hint = "export it anew; a file that broke on the way has to be fetched again"
    return terms.finding("P080", Severity.ERROR, message, hint)
