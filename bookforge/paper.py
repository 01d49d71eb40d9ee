"""What the pipeline does for paper: asks the printer, paints pages and covers, looks at the PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from bookforge import registry
from bookforge.contracts import CoverBrief, Reading
from bookforge.diagnostics import ignore
from bookforge.printers.load import load_printer
from bookforge.report import PrintFacts

if TYPE_CHECKING:
    from bookforge.config.model import Config
    from bookforge.preflight.pdf.terms import Terms
    from bookforge.typeset.frames import Layout
    from bookforge.typeset.halves import PaintAhead
    from bookforge.typeset.layout import LaidOut

Step: TypeAlias = Callable[[str], AbstractContextManager[None]]
# Painted in one go: they show the same pages.
PAPERS = ("print", "screen")
# Made together: the wrap for the printer and its front for shops.
COVERS = ("cover", "front")


def judge(laid: LaidOut, reading: Reading, wanted: Sequence[str]) -> PrintFacts | None:
    """Say what the printer would send back; gives how the page came about."""
    from bookforge.printers.asked import find_unconfirmed
    from bookforge.typeset.limits import COVER, Judge
    from bookforge.typeset.pictures import judge_plates

    if not {"print", "cover"} & {*wanted}:
        return None
    context = reading.context
    verdict = Judge(context.config, laid.design, laid.pages.pages)
    for found in verdict.find():
        context.report(found)
    if "print" in wanted:
        ink = context.config.output.print.ink
        for found in judge_plates(laid.plates(), verdict.printer, ink):
            context.report(found)
    if "cover" in wanted:
        for found in find_unconfirmed(verdict.printer, COVER):
            context.report(found)
    return verdict.facts(laid.tried)


def paint_ahead(reading: Reading, wanted: Sequence[str]) -> PaintAhead | None:
    """How a second process paints its pages; None where the lines of all pages are asked for."""
    if {"screen", "proof"} & {*wanted}:
        return None
    if "print" not in wanted:
        return lambda layout: b""
    # Loaded before the process is doubled, which would have both of them do it.
    from bookforge.render.pdf.ahead import paint_ahead

    return lambda layout: paint_ahead(layout, reading.metadata, reading.context)


def paint(drafts: Mapping[str, Path], reading: Reading, laid: LaidOut, step: Step) -> None:
    """What the pages go on: print and screen in one go, then the proof, then the cover."""
    render = registry.find_renderer("print")
    papers = {target: draft for target, draft in drafts.items() if target in PAPERS}
    if papers:
        if "proof" not in drafts:
            laid.let_go()
        with step(" and ".join(papers)):
            render(laid.layout, reading.metadata, papers, reading.context)
    if "proof" in drafts:
        with step("proof"):
            proof = _proof(reading, laid)
            render(proof, reading.metadata, {"proof": drafts["proof"]}, reading.context)
    for target in COVERS:
        if target in drafts:
            with step(target):
                _cover(target, drafts[target], reading, laid.pages.pages)


def _cover(target: str, path: Path, reading: Reading, pages: int) -> None:
    brief = CoverBrief(reading.metadata, reading.context, pages, _blurb(reading))
    registry.find_renderer(target)(brief, path)


def _proof(reading: Reading, laid: LaidOut) -> Layout:
    """The pages as a marked proof, laid out anew where `[output.proof]` wants another leading."""
    from bookforge.typeset.layout import lay_out
    from bookforge.typeset.proof import mark

    document, metadata, context = reading
    wishes = context.config.output.proof
    if wishes.leading:
        printing = replace(context.config.output.print, leading=wishes.leading)
        output = replace(context.config.output, print=printing)
        config = replace(context.config, output=output)
        laid = lay_out(document, metadata, replace(context, config=config, report=ignore))
    return mark(laid, laid.inspect(), numbers=wishes.line_numbers)


def _blurb(reading: Reading) -> str:
    """The text for the back of the cover, cleaned as the book is."""
    from bookforge.passes.typography.phrases import clean_phrase

    config = reading.context.config
    text = config.output.cover.back_text or config.book.description or ""
    return clean_phrase(text, reading.metadata.language, config)


def inspect(draft: Path, path: Path, reading: Reading) -> None:
    """Look at the finished pages as the printer's intake will; the file is kept all the same."""
    from bookforge.preflight.pdf.check import check_pdf

    # Trim size, paper and number of pages were put to the printer after the layout.
    terms = find_terms(reading.context.config, path, judged=True)
    for found in check_pdf(draft, terms, printing=True, cache=reading.context.cache):
        reading.context.report(found)


def find_terms(config: Config, path: Path, *, judged: bool = False) -> Terms:
    """What a printer's file is measured by."""
    from bookforge.preflight.pdf.terms import Terms

    output = config.output.print
    standard = "" if output.standard in ("auto", "none") else output.standard
    printer = load_printer(output.printer)
    return Terms(str(path), printer, output.ink, output.paper, standard, judged)
