"""PDF/UA and PDF/A: files that say they are accessible or lasting, put to a validator.

page-validation comes with the `check` extra; without it that is said, and nothing counts against
the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.regex import regex

# <pdfuaid:part>1</pdfuaid:part>, or the same as an attribute.
_CLAIM = r"pdf{}id:{}(?:\s*=\s*[\"']|[^>]*>)\s*(\w+)"
_UA_PART = regex(_CLAIM.format("ua", "part"))
_A_PART = regex(_CLAIM.format("a", "part"))
_A_LEVEL = regex(_CLAIM.format("a", "conformance"))
# More findings than these of one validation are counted only.
_SHOWN = 20


def find_claims(xmp: str) -> list[str]:
    """What a file says it is, as validators name it: "PDF_UA_1", "PDF_A_2U"."""
    claims = [f"PDF_UA_{part[1]}" for part in [_UA_PART.search(xmp)] if part]
    part, level = _A_PART.search(xmp), _A_LEVEL.search(xmp)
    return [*claims, f"PDF_A_{part[1]}{level[1].upper()}"] if part and level else claims


def is_installed() -> bool:
    """Whether the validator is there."""
    return find_spec("page") is not None


def validate(path: Path, claims: list[str]) -> list[Diagnostic]:
    """What the validator finds against the claims of a file."""
    if not claims:
        return []
    if not is_installed():
        return [_missing(path, claims)]
    return [found for claim in claims for found in _validate(path, claim)]


def _validate(path: Path, claim: str) -> Iterator[Diagnostic]:
    import page

    shown = _show(claim)
    profile = getattr(page.ValidationProfile, claim, None)
    if profile is None:
        message = f"the file says it is {shown[:40]}, which the validator does not know"
        yield Diagnostic("P109", Severity.NOTE, message, file=str(path))
        return
    try:
        report = page.validate_pdf(str(path), profile=profile)
    except page.PageError as error:
        message = f"the validator of {shown} gave no answer"
        hints = (Hint(str(error)[:300]),)
        yield Diagnostic("P109", Severity.WARNING, message, hints=hints, file=str(path))
        return
    failures = list(report.failures)
    for failure in failures[:_SHOWN]:
        yield _diagnose(failure, shown, path)
    if len(failures) > _SHOWN:
        message = f"{shown}: {len(failures) - _SHOWN} more findings"
        yield Diagnostic("P107", Severity.ERROR, message, file=str(path))


def _diagnose(failure: Any, shown: str, path: Path) -> Diagnostic:
    message = f"{shown}, {failure.rule_id}: {str(failure.message).rstrip('. ')}"
    return Diagnostic("P107", Severity.ERROR, message, file=str(path))


def _missing(path: Path, claims: list[str]) -> Diagnostic:
    names = " and ".join(_show(claim) for claim in claims)
    message = f"page-validation is not installed, so the claim to be {names} was not tested"
    hint = Hint("pip install 'bookforge[check]' brings it")
    return Diagnostic("P108", Severity.NOTE, message, hints=(hint,), file=str(path))


def _show(claim: str) -> str:
    """ "PDF/UA-1", "PDF/A-2u"."""
    _, kind, part = claim.split("_")
    return f"PDF/{kind}-{part.lower()}"
