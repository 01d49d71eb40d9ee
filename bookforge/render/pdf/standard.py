"""Print standards: what a PDF/X file must say of itself.

ISO 15930-1 (X-1a:2001) and 15930-4 (X-1a:2003). Black, grey and CMYK without transparency, which
is all that the painter writes, need no more than these keys and a named printing condition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from bookforge.config.model import PrintOutput
from bookforge.diagnostics import Diagnostic, Hint, Report, Severity
from bookforge.render.pdf.canvas import BookCanvas

# A registered printing condition: offset on coated paper, the usual one of American printers.
_CONDITION = "CGATS TR 001"
_REGISTRY = "http://www.color.org"
# Printers that ask for X-1a when book.toml leaves the choice to them.
_ASKING = frozenset({"ingram"})


@dataclass(frozen=True, slots=True)
class Standard:
    """A PDF version, and the keys of the information dictionary that claim the standard."""

    version: tuple[int, int] = (1, 4)
    keys: Mapping[str, str] = field(default_factory=dict)


PLAIN = Standard()
X1A_2001 = Standard(
    (1, 3), {"GTS_PDFXVersion": "PDF/X-1:2001", "GTS_PDFXConformance": "PDF/X-1a:2001"}
)
X1A_2003 = Standard((1, 4), {"GTS_PDFXVersion": "PDF/X-1a:2003"})


def choose_standard(printing: PrintOutput, report: Report) -> Standard:
    """The standard that book.toml or the printer asks for."""
    if printing.standard == "pdf/x-4":
        report(_unavailable())
        return PLAIN
    if printing.standard == "pdf/x-1a:2003":
        return X1A_2003
    asked = printing.standard.startswith("pdf/x-1a")
    automatic = printing.standard == "auto" and printing.printer in _ASKING
    return X1A_2001 if asked or automatic else PLAIN


def claim_standard(canvas: BookCanvas, standard: Standard) -> None:
    """Name the printing condition; a plain PDF has none."""
    if not standard.keys:
        return
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFX"),
        "OutputConditionIdentifier": PDFString(_CONDITION),
        "RegistryName": PDFString(_REGISTRY),
        "Info": PDFString(_CONDITION),
    }
    canvas.set_catalog("OutputIntents", PDFArray([canvas.add_object(PDFDictionary(intent))]))


def _unavailable() -> Diagnostic:
    message = "PDF/X-4 is not made yet; a PDF without a standard was written"
    hint = Hint('set standard = "pdf/x-1a", which every printer that asks for X-4 takes too')
    return Diagnostic("P040", Severity.WARNING, message, hints=(hint,))
