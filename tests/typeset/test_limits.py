"""What the printer says of a book: in its own words and figures, and how bad it is."""

from __future__ import annotations

from typing import Any

import pytest

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.themes.load import load_theme
from bookforge.typeset.limits import Judge
from bookforge.typeset.style import resolve
from tests.settings import make_config


def _judge(pages: int, **keys: Any) -> Judge:
    config = make_config({"output": {"print": keys}})
    return Judge(config, resolve(config, load_theme("classic", None), pages), pages)


def _find(pages: int, **keys: Any) -> list[Diagnostic]:
    return [found for found in _judge(pages, **keys).find() if found.code != "P064"]


def test_a_usual_book_gives_no_finding() -> None:
    assert _find(320) == []
    assert _find(320, printer="kdp", trim="6x9") == []


@pytest.mark.parametrize(
    ("printer", "severity"), [("universal", Severity.WARNING), ("kdp", Severity.ERROR)]
)
def test_too_many_pages(printer: str, severity: Severity) -> None:
    [found] = _find(846, printer=printer, paper="white")
    assert (found.code, found.severity) == ("P060", severity)
    words = "KDP allows 24 to 828 pages for this trim and paper; this book has 846"
    assert found.message == words


def test_limits_follow_trim_and_paper() -> None:
    [found] = _find(600, printer="kdp", trim="8.5x11", paper="cream")
    assert found.message.startswith("KDP allows 24 to 550 pages")


def test_too_few_pages_for_some_printers_are_told_at_once() -> None:
    [found] = _find(20)
    assert "KDP allows 24 to 776 pages" in found.message
    assert "Lulu 32 to 800, B&N Press 40 to 800" in found.hints[0].message
    assert "IngramSpark" not in found.hints[0].message


def test_wrong_trim() -> None:
    [found] = _find(320, printer="kdp-hardcover", trim="5x8")
    assert (found.code, found.severity) == ("P061", Severity.ERROR)
    assert found.message == "KDP has no pages of 5 x 8 in"
    assert found.hints[0].message == "nearest: 5.5 x 8.5 in"
    [found] = _find(320, trim="A5")
    assert (found.severity, found.message) == (
        Severity.NOTE,
        "B&N Press has no pages of 5.827 x 8.268 in",
    )


def test_a_trim_cut_to_order_is_taken() -> None:
    assert _find(320, printer="kdp", trim="5.4x8.1") == []


def test_ink_and_paper() -> None:
    [found] = _find(320, printer="kdp", ink="colour", paper="cream")
    assert (found.code, found.severity) == ("P063", Severity.ERROR)
    assert found.message == "KDP does not print colour on cream paper"


def test_margins_of_the_writers_own() -> None:
    margins = {"inside": "0.5in", "outside": "0.6in", "top": "0.9in", "bottom": "0.9in"}
    [found] = _find(426, printer="kdp", trim="5.5x8.5", margins=margins)
    assert (found.code, found.severity) == ("P062", Severity.ERROR)
    # 0.625 in for 426 pages, and what hangs out of lines of 11 points.
    assert found.message == (
        "the inside margin of 0.5 in is too narrow for KDP: 0.6983 in with 426 pages"
    )
    [found] = _find(
        426, trim="5.5x8.5", margins={**margins, "inside": "1.25in", "outside": "0.5in"}
    )
    assert (found.severity, found.message[:22]) == (Severity.WARNING, "the outside margin of ")


def test_unconfirmed_figures_are_told_for_a_printer_that_was_named() -> None:
    told = {
        printer: [found.message for found in _judge(320, printer=printer, trim="6x9").find()]
        for printer in ("universal", "kdp", "lulu")
    }
    assert told["universal"] == told["kdp"] == []
    assert [message[:35] for message in told["lulu"]] == ["not confirmed for Lulu: margins.gut"]
    codes = [found.code for found in _judge(320, printer="lulu", trim="6x9").find()]
    assert codes == ["P064"]


def test_the_report_says_why_the_margin_is_what_it_is() -> None:
    facts = _judge(426).facts((1.0, 2.0))
    assert facts.trim == "5.5 x 8.5 in"
    assert facts.explanation[0].startswith("426 pages need 1.125 in of ink-free margin inside")
    assert "not confirmed" in facts.explanation[0]
    assert facts.explanation[1].startswith("laid out 2 times")
    assert "KDP 0.625 in" in facts.explanation[2]
    assert any(line.startswith("margins.gutters") for line in facts.unconfirmed)
