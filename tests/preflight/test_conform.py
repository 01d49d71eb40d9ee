"""PDF/UA and PDF/A: who claims them is put to the validator, where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Stream
from prints import Print, codes, terms

from bookforge.diagnostics import Severity
from bookforge.preflight.pdf import conform
from bookforge.preflight.pdf.check import check_pdf
from bookforge.preflight.pdf.conform import find_claims, is_installed, validate

UA = '<rdf:Description pdfuaid:part="1"/>'
A = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>"


def claiming(xmp: str, folder: Path) -> Path:
    book = Print(4)
    book.pdf.Root.Metadata = Stream(book.pdf, xmp.encode())
    return book.save(folder / "book.pdf")


@pytest.mark.parametrize(
    ("xmp", "claims"),
    [
        ("", []),
        (UA, ["PDF_UA_1"]),
        (A, ["PDF_A_2U"]),
        (A + UA, ["PDF_UA_1", "PDF_A_2U"]),
        ("<pdfaid:part>2</pdfaid:part>", []),
    ],
)
def test_claims_are_read(xmp: str, claims: list[str]) -> None:
    assert find_claims(xmp) == claims


def test_without_a_claim_nobody_is_asked(tmp_path: Path) -> None:
    assert validate(tmp_path / "none.pdf", []) == []


def test_a_missing_validator_is_said_and_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conform, "is_installed", lambda: False)
    (found,) = check_pdf(claiming(UA + A, tmp_path), terms())
    assert (found.code, found.severity) == ("P108", Severity.NOTE)
    assert "PDF/UA-1 and PDF/A-2u" in found.message


@pytest.mark.skipif(not is_installed(), reason="page-validation is not installed")
def test_a_false_claim_is_found(tmp_path: Path) -> None:
    found = check_pdf(claiming(UA, tmp_path), terms())
    assert set(codes(found)) == {"P107"}
    assert all("PDF/UA-1, PDFUA1-" in one.message for one in found)


@pytest.mark.skipif(not is_installed(), reason="page-validation is not installed")
def test_a_standard_nobody_knows(tmp_path: Path) -> None:
    path = claiming('<x pdfuaid:part="7"/>', tmp_path)
    assert codes(check_pdf(path, terms())) == ["P109"]


def test_what_is_for_screens_is_no_matter_to_printers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless a printer is named: four pages are too few for all of them."""
    monkeypatch.setattr(conform, "is_installed", lambda: False)
    path = claiming(UA, tmp_path)
    assert "P060" not in codes(check_pdf(path, terms()))
    assert "P060" in codes(check_pdf(path, terms(), printing=True))
