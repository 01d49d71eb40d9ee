"""The pass: a document in, the cleaned document out."""

from __future__ import annotations

from bookforge.contracts import Context
from bookforge.decisions import OpenDoubt
from bookforge.model.document import Document
from bookforge.model.inlines import Inlines
from bookforge.passes.typography.collect import Collected, collect, rebuild
from bookforge.passes.typography.find import Choices, Findings
from bookforge.passes.typography.report import (
    LEAST_ASKED,
    choose_doubts,
    locate,
    report_findings,
    report_stale,
)
from bookforge.passes.typography.settings import settings_of
from bookforge.passes.typography.tongues import find_in_tongues


def clean(document: Document, context: Context) -> Document:
    """The document with typographic marks; the settings are `[typography]` of book.toml."""
    settings = settings_of(context.config.typography)
    if not settings.enabled:
        return document
    collected = collect(document)
    choices = _decided(collected, context) if context.decisions else {}
    found = find_in_tongues(collected, context.language, settings, choices)
    runs = dict(zip(collected.slots, collected.runs, strict=True))
    for diagnostic in report_findings(found, collected.texts, runs):
        context.report(diagnostic)
    if context.doubts is not None:
        context.doubts.extend(_open_doubts(found, collected, runs))
    for row in found.edits:
        for edit in row:
            context.counts[edit.rule] = context.counts.get(edit.rule, 0) + 1
    return rebuild(document, collected, found.edits)


def _decided(collected: Collected, context: Context) -> Choices:
    """The readings that the writer has chosen; those without a place are reported."""
    from bookforge.passes.typography.decide import find_places

    choices, stale = find_places(collected.texts, context.decisions)
    for decision in stale:
        context.report(report_stale(decision))
    return choices


def _open_doubts(
    found: Findings, collected: Collected, runs: dict[int, Inlines]
) -> list[OpenDoubt]:
    from bookforge.passes.typography.decide import find_keys

    chosen = choose_doubts(found, collected.texts, LEAST_ASKED)
    rows = [(index, one) for index, one in chosen if index in runs]
    keys = find_keys(collected.texts, [(index, one.offset) for index, one in rows])
    doubts = []
    for index, one in rows:
        key, number = keys[index, one.offset]
        if span := locate(runs[index], one.offset):
            doubts.append(OpenDoubt(key, number, one.reading, one.second, one.doubt, span))
    return doubts
