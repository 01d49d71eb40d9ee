"""Printers: figures complete and sourced, the universal printer as strict as the strictest."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import get_args

import pytest

from bookforge.config.outputs import PrintOutput
from bookforge.config.table import keys
from bookforge.printers.load import TABLES, PrinterName, load_printer
from bookforge.printers.shapes import INCH, Printer

NAMES = get_args(PrinterName)
UNIVERSAL = load_printer("universal")
COVERED = [load_printer(name) for name in UNIVERSAL.covers]
# Page counts at and beside every step of a table of gutters.
COUNTS = (24, 60, 61, 150, 151, 300, 301, 400, 401, 500, 501, 600, 601, 700, 701, 828, 1200)


def test_book_toml_names_the_same_printers() -> None:
    assert get_args(keys(PrintOutput)["printer"].kind) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_source(name: str) -> None:
    text = (resources.files("bookforge.printers") / f"{name}.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text)
    for table in TABLES:
        keys = set(values[table]) - {"sources"}
        assert set(values[table]["sources"]) == keys, table
        assert set(values[table]["sources"].values()) <= set(values["sources"]), table
    used = {source for table in TABLES for source in values[table]["sources"].values()}
    assert used == set(values["sources"])


def test_unconfirmed_figures_are_known() -> None:
    assert "margins.gutters" in load_printer("lulu").unconfirmed
    assert "margins.gutters" not in load_printer("kdp").unconfirmed


@pytest.mark.parametrize("printer", COVERED, ids=lambda printer: printer.key)
def test_universal_is_as_strict_as_every_printer_it_covers(printer: Printer) -> None:
    ours, theirs = UNIVERSAL.margins, printer.margins
    assert ours.safety >= theirs.safety
    assert ours.safety_bleed >= theirs.safety_bleed
    assert all(ours.inside(pages) >= theirs.inside(pages) for pages in COUNTS)
    assert UNIVERSAL.pages.even >= printer.pages.even
    assert UNIVERSAL.file.resolution >= printer.file.resolution
    assert UNIVERSAL.file.ink_limit <= printer.file.ink_limit
    assert UNIVERSAL.file.least_type >= printer.file.least_type
    assert UNIVERSAL.file.least_grey >= printer.file.least_grey
    assert not UNIVERSAL.file.outline
    assert UNIVERSAL.cover.safety >= printer.cover.safety
    assert all(printer.trims.takes(size.width, size.height) for size in UNIVERSAL.trims.sizes)


def test_kdp_margins_grow_with_the_pages() -> None:
    inside = load_printer("kdp").margins.inside
    assert [inside(pages) / INCH for pages in (150, 151, 500, 501, 828)] == [
        0.375,
        0.5,
        0.625,
        0.75,
        0.875,
    ]


def test_page_limits_depend_on_ink_paper_and_trim() -> None:
    pages = load_printer("kdp").pages
    cream = pages.limit("black", "cream", 6 * INCH, 9 * INCH)
    letter = pages.limit("black", "white", 8.5 * INCH, 11 * INCH)
    assert cream is not None and (cream.least, cream.most) == (24, 776)
    assert letter is not None and letter.most == 590
    assert pages.limit("colour", "cream", 6 * INCH, 9 * INCH) is None


def test_trims_are_found_on_the_list_or_within_the_custom_range() -> None:
    kdp, bn = load_printer("kdp").trims, load_printer("bn").trims
    assert kdp.find(5.5 * INCH, 8.5 * INCH) is not None
    assert kdp.takes(5.1 * INCH, 8.1 * INCH)
    assert not kdp.takes(9 * INCH, 12 * INCH)
    assert not bn.takes(5.1 * INCH, 8.1 * INCH)


def test_the_spine_grows_with_pages_and_paper() -> None:
    spine = load_printer("kdp").spine
    assert spine.width(300, "black", "cream") == pytest.approx(0.75 * INCH)
    assert spine.width(300, "black", "white") == pytest.approx(0.6756 * INCH)
    assert spine.width(300, "colour", "cream") is None
