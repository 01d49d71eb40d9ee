"""The pass: a document in, the cleaned document out."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from bookforge.contracts import Context
from bookforge.decisions import OpenDoubt
from bookforge.model.document import Document
from bookforge.model.inlines import Inlines
from bookforge.passes.typography.collect import Collected, collect, rebuild
from bookforge.passes.typography.find import Choices
from bookforge.passes.typography.report import (
    LEAST_ASKED,
    choose_doubts,
    locate,
    report_findings,
    report_stale,
)
from bookforge.passes.typography.settings import settings_of
from bookforge.passes.typography.stretch import Findings
from bookforge.passes.typography.tongues import find_in_tongues

if TYPE_CHECKING:
    from bookforge.passes.typography.errata import Errata

_RULE = itemgetter(3)


def clean(document: Document, context: Context) -> Document:
    """The document with typographic marks; the settings are `[typography]` of book.toml."""
    settings = settings_of(context.config.typography)
    if not settings.enabled:
        return document
    collected = collect(document)
    choices = _decided(collected, context) if context.decisions else {}
    keep = _open_errata(context)
    found = find_in_tongues(collected, context.language, settings, choices, keep)
    runs = dict(zip(collected.slots, collected.runs, strict=True))
    for diagnostic in report_findings(found, collected.texts, runs):
        context.report(diagnostic)
    if context.doubts is not None:
        context.doubts.extend(_open_doubts(found, collected, runs))
    for rule, times in Counter(map(_RULE, chain.from_iterable(found.edits))).items():
        context.count(rule, times)
    return rebuild(document, collected, found.edits)


def _open_errata(context: Context) -> Errata | None:
    if context.cache is None:
        return None
    from bookforge.passes.typography.errata import Errata

    return Errata(context.cache)


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
