"""PDF/X: what a file that claims a print standard must be.

ISO 15930-1 (X-1a:2001), 15930-4 (X-1a:2003), 15930-3 and -6 (X-3), 15930-7 (X-4).
"""

from __future__ import annotations

from collections.abc import Iterator

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.preflight.pdf.colour import INKS
from bookforge.preflight.pdf.facts import Facts, Mark
from bookforge.preflight.pdf.terms import Terms
from bookforge.preflight.pdf.words import listing, on_pages
from bookforge.regex import regex

_XMP_CLAIM = regex(r"GTS_PDFXVersion(?:[^>]*>\s*|\s*=\s*[\"'])(PDF/X-4p?)")
# What each standard's file must be: highest version of PDF, whether inks alone are allowed.
_STANDARDS = {
    "pdf/x-1a:2001": ("1.3", True),
    "pdf/x-1a:2003": ("1.4", True),
    "pdf/x-3:2002": ("1.3", False),
    "pdf/x-3:2003": ("1.4", False),
    "pdf/x-4": ("1.6", False),
}
_X4_XMP = ("CreateDate", "ModifyDate", "title", "DocumentID", "VersionID", "RenditionClass")
_OWN_CHOICE = "bookforge's choice"
# Annotations in the trimmed page are no part of a print file.
_ALLOWED = ("TrapNet", "PrinterMark")


def claimed(facts: Facts) -> str:
    """The standard that a file says it is, as book.toml names it; "" when it claims none."""
    info = facts.keys.info
    version, conformance = info.get("GTS_PDFXVersion", ""), info.get("GTS_PDFXConformance", "")
    if version == "PDF/X-1:2001":
        return "pdf/x-1a:2001" if conformance == "PDF/X-1a:2001" else "pdf/x-1:2001"
    if version:
        return version.lower()
    return "pdf/x-4" if _XMP_CLAIM.search(facts.keys.xmp) else ""


def show(standard: str) -> str:
    """ "PDF/X-1a:2001"."""
    return standard.upper().replace("-1A", "-1a").replace("-4P", "-4p")


def check_standard(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """The claimed standard, or the one asked for, key by key."""
    claim = claimed(facts)
    wanted = "pdf/x-1a:2001" if terms.standard == "pdf/x-1a" else terms.standard
    if wanted and claim != wanted:
        has = f"claims {show(claim)}" if claim else "claims no standard"
        message = f"the file {has}; {show(wanted)} was asked for"
        yield terms.finding("P105", Severity.ERROR, message, "export it anew by that standard")
    elif not claim and not terms.judged:
        yield from _recommend(terms)
    standard = claim if claim in _STANDARDS else wanted
    if standard in _STANDARDS:
        for fault in _faults(facts, standard):
            message = f"no {show(standard)}: {fault}"
            hint = "export it anew by the standard; other programs will find the same"
            yield terms.finding("P105", Severity.ERROR, message, hint)
    elif claim:
        message = f"the file claims {show(claim)[:40]}, which is not checked"
        yield terms.finding("P105", Severity.NOTE, message, "X-1a, X-3 and X-4 are")


def _recommend(terms: Terms) -> Iterator[Diagnostic]:
    source = terms.printer.sources["file.standard"]
    if source.text.startswith(_OWN_CHOICE):
        return
    standard = show(terms.printer.file.standard)
    message = f"the file claims no print standard; {terms.asks} {standard} by choice"
    severity = Severity.NOTE if terms.printer.covers else Severity.WARNING
    hint = f"export as {standard} where your program can"
    yield terms.finding("P105", severity, message, hint, ["file.standard"])


def _faults(facts: Facts, standard: str) -> Iterator[str]:
    newest, inks_only = _STANDARDS[standard]
    yield from _container(facts, newest, inks_only)
    yield from _information(facts)
    yield from _intents(facts, standard)
    yield from _boxes(facts)
    yield from _content(facts, standard, inks_only)
    if standard == "pdf/x-4":
        yield from (f"XMP lacks {key}" for key in _X4_XMP if key not in facts.keys.xmp)


def _container(facts: Facts, newest: str, inks_only: bool) -> Iterator[str]:
    keys = facts.keys
    if keys.version > newest:
        yield f"PDF {keys.version}, where {newest} is the newest allowed"
    if keys.encrypted:
        yield "encrypted"
    if not keys.has_id:
        yield "no file identifier (ID)"
    if newest < "1.5" and keys.packed:
        yield "object or cross-reference streams"
    banned = {"LZWDecode"} | ({"JPXDecode", "JBIG2Decode"} if newest < "1.5" else set())
    if found := sorted(keys.filters & banned):
        yield f"compressed by {listing(found)}"
    if inks_only and keys.layers:
        yield "layers"
    if keys.active:
        yield listing(keys.active)


def _information(facts: Facts) -> Iterator[str]:
    info = facts.keys.info
    for key in ("Title", "CreationDate", "ModDate"):
        if not info.get(key):
            yield f"no {key} in the document information"
    if info.get("Trapped") not in ("True", "False"):
        yield "Trapped is neither True nor False"


def _intents(facts: Facts, standard: str) -> Iterator[str]:
    intents = facts.keys.intents
    if len(intents) != 1:
        yield f"{len(intents)} output intents of PDF/X, where there must be one"
        return
    (intent,) = intents
    if not intent.condition:
        yield "the output intent names no condition (OutputConditionIdentifier)"
    if intent.profile is None:
        if standard == "pdf/x-4":
            yield "no output profile inside"
        elif not intent.registry:
            yield "the output intent has neither a registry nor a profile"
    elif intent.profile != b"prtr":
        yield "the output profile is not one of a press (prtr)"
    if not intent.info and intent.profile is None and standard != "pdf/x-4":
        yield "the output intent says nothing of its condition (Info)"


def _boxes(facts: Facts) -> Iterator[str]:
    none = [s.number for s in facts.sheets if s.trim is None and s.art_box is None]
    if none:
        yield f"no trim box: {on_pages(none)}"
    both = [s.number for s in facts.sheets if s.trim and s.art_box]
    if both:
        yield f"trim box and art box at once: {on_pages(both)}"


def _content(facts: Facts, standard: str, inks_only: bool) -> Iterator[str]:
    if any(not font.embedded for font, _ in facts.find(Mark.FONT)):
        yield "a font is not embedded"
    spaces = {colour.space for mark in (Mark.TEXT, Mark.FILL) for colour, _ in facts.find(mark)}
    spaces |= {image.space for image, _ in facts.find(Mark.PICTURE)}
    if inks_only and (others := sorted(spaces - {*INKS, "unknown"})):
        yield f"colours that are no inks: {listing(others)}"
    if standard != "pdf/x-4" and (clear := list(facts.find(Mark.CLEAR))):
        yield f"transparency: {listing(what for what, _ in clear)}"
    if legacy := list(facts.find(Mark.LEGACY)):
        yield listing(what for what, _ in legacy)
    marked = [s.number for s in facts.sheets if set(s.annotations) - set(_ALLOWED)]
    if marked:
        yield f"annotations: {on_pages(marked)}"
