"""What a build did, as plain values: files, pages, edits, findings, timings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, field

from bookforge.diagnostics import Diagnostic
from bookforge.model.document import Removed
from bookforge.source import SourceMap


class OutputFile(NamedTuple):
    """A file that was made."""

    kind: str
    path: Path
    size: int
    sha256: str


class LayoutFinding(NamedTuple):
    """A fault of the page: "widow", "loose-line" …, its page, and the manuscript's place."""

    kind: str
    page: int
    file: str
    line: int


class PrintFacts(NamedTuple):
    """How the printed page came about: whose rules, the trim size, the margins in points, why they
    are so, and which of the printer's figures are not confirmed."""

    printer: str
    trim: str
    margins: Mapping[str, float]
    explanation: tuple[str, ...]
    unconfirmed: tuple[str, ...]


class BuildReport(Struct, frozen=True):
    """Everything `build --json` says."""

    sources: SourceMap
    files: tuple[OutputFile, ...] = ()
    pages: int | None = None
    removed: tuple[Removed, ...] = ()
    edits: Mapping[str, int] = field(default_factory=dict)
    layout: tuple[LayoutFinding, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    print: PrintFacts | None = None
    authors: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object of `build --json`."""
        return {
            "files": [
                {
                    "kind": file.kind,
                    "path": str(file.path),
                    "bytes": file.size,
                    "sha256": file.sha256,
                }
                for file in self.files
            ],
            "pages": self.pages,
            "print": self.print and self.print._asdict(),
            "removed": [self._removed(item) for item in self.removed],
            "edits": dict(sorted(self.edits.items())),
            "layout": [
                {"kind": found.kind, "page": found.page, "file": found.file, "line": found.line}
                for found in self.layout
            ],
            "diagnostics": [as_json(found, self.sources) for found in self.diagnostics],
            "seconds": {step: round(value, 3) for step, value in self.seconds.items()},
        }

    def _removed(self, item: Removed) -> dict[str, Any]:
        file = self.sources[item.span.source]
        last = max(item.span.start, item.span.end - 1)
        return {
            "what": item.what,
            "file": str(file.path),
            "first": file.line_of(item.span.start),
            "last": file.line_of(last),
        }


def as_json(found: Diagnostic, sources: SourceMap) -> dict[str, Any]:
    """A diagnostic as `--json` shows it."""
    place = sources.locate(found.span)
    return {
        "code": found.code,
        "severity": found.severity.label,
        "message": found.message,
        "file": str(place.path) if place else found.file or None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "hints": [hint.message for hint in found.hints],
    }
