"""What the clean-up tells the writer: doubtful marks, and marks without a partner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bookforge.decisions import Decision
from bookforge.diagnostics import Diagnostic, Hint, Severity, Span
from bookforge.model.edits import Doubt
from bookforge.model.inlines import Inlines, Text
from bookforge.model.walk import leaves
from bookforge.passes.typography.flatten import leaf_length
from bookforge.passes.typography.stretch import Findings

# A doubt of 0.12 is a mark that one time in eight is read wrongly; shown at most once in a
# thousand words, so that the list stays worth reading.
LEAST_DOUBT = 0.12
WORDS_PER_DOUBT = 1_000
# Who asks for the list of doubts gets the less doubtful marks, too.
LEAST_ASKED = 0.01
_LONELY_SHOWN = 40


def report_findings(
    found: Findings, texts: Sequence[str], runs: dict[int, Inlines]
) -> Iterator[Diagnostic]:
    """Diagnostics in the order of the text; `runs` are the inlines by index of the text."""
    for index, lonely in found.lonely[:_LONELY_SHOWN]:
        if index in runs and (span := locate(runs[index], lonely.offset)):
            yield _lonely(lonely.char, lonely.fault, span)
    for index, doubt in choose_doubts(found, texts):
        if index in runs and (span := locate(runs[index], doubt.offset)):
            yield _doubtful(doubt, span)


def choose_doubts(
    found: Findings, texts: Sequence[str], least: float = LEAST_DOUBT
) -> list[tuple[int, Doubt]]:
    """The most doubtful marks of the book, few, in reading order; `least` doubt is passed over."""
    rows = [
        (index, doubt)
        for index, row in enumerate(found.doubts)
        for doubt in row
        if doubt.doubt >= least
    ]
    rows.sort(key=lambda row: (-row[1].doubt, row[0], row[1].offset))
    if not rows:
        return []
    words = sum(text.count(" ") + 1 for text in texts)
    return sorted(rows[: words // WORDS_PER_DOUBT + 1], key=lambda row: (row[0], row[1].offset))


def locate(run: Inlines, offset: int) -> Span | None:
    """Where the character at `offset` of a flattened run stands in the manuscript."""
    at = 0
    for leaf in leaves(run):
        length = leaf_length(leaf)
        if at <= offset < at + length:
            if not isinstance(leaf, Text):
                return leaf.span
            start = leaf.source_offset(offset - at)
            return Span(leaf.span.source, start, start + 1)
        at += length
    return None


def report_stale(decision: Decision) -> Diagnostic:
    """A decision whose mark is no longer in the book."""
    key = decision.key
    words = " ".join(part for part in (key.before, key.mark, key.after) if part)
    number = f" a {_ordinal(decision.occurrence)} time" if decision.occurrence > 1 else ""
    return Diagnostic(
        "T004",
        Severity.WARNING,
        f"the place of this decision is not in the book{number}: {words}",
        decision.span,
        (Hint("remove the decision, or give it the words that now stand around the mark"),),
    )


def _ordinal(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")


def _doubtful(doubt: Doubt, span: Span) -> Diagnostic:
    return Diagnostic(
        "T001",
        Severity.NOTE,
        f"{doubt.mark} was read as {_with_article(doubt.reading)}, but may be "
        f"{_with_article(doubt.second)}",
        span,
        (
            Hint(
                "type the curly mark you mean and it stays as it is, or let bookforge typogrify "
                "--doubts list such places for you to decide"
            ),
        ),
    )


def _with_article(reading: str) -> str:
    names = {
        "opening": "an opening quotation mark",
        "closing": "a closing quotation mark",
        "apostrophe": "an apostrophe",
        "prime": "a prime (minutes, feet, inches)",
    }
    return names.get(reading, reading)


def _lonely(char: str, fault: str, span: Span) -> Diagnostic:
    if fault == "unclosed":
        return Diagnostic(
            "T002",
            Severity.WARNING,
            f"quotation {char} is never closed",
            span,
            (
                Hint(
                    "close it, or begin the next paragraph with the same mark if the speech goes on"
                ),
            ),
        )
    return Diagnostic(
        "T003",
        Severity.WARNING,
        f"closing quotation mark {char} without an opening one",
        span,
        (Hint("no quotation is open here; is the opening mark missing?"),),
    )
