"""One EPUB looked at from all sides: container, validators, shops, accessibility.

In: a path, and who can tell where places come from. Out: diagnostics and a report.
"""

from __future__ import annotations

import zipfile
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.preflight.epub import ace, validator
from bookforge.preflight.epub.access import Access, examine, find_barriers
from bookforge.preflight.epub.members import find_wrong_bytes
from bookforge.preflight.epub.package import CONTAINER, Package, PackageError
from bookforge.preflight.epub.places import Locate, locate_nothing
from bookforge.preflight.epub.shops import find_breaches


class Checked(NamedTuple):
    """What was found in an EPUB; `access` is None for a file that cannot be opened."""

    findings: tuple[Diagnostic, ...]
    access: Access | None = None


def check_epub(path: Path, locate: Locate = locate_nothing) -> Checked:
    """What is wrong with an EPUB file, and what it offers to readers who cannot see it."""
    if fault := find_fault(path):
        return Checked((fault,))
    try:
        package = Package(path)
    except PackageError as error:
        return Checked((*validator.validate(path, locate), _unreadable(path, error)))
    with closing(package):
        cover = package.cover.name if package.cover else ""
        findings = list(validator.validate(path, locate, cover))
        access = examine(package)
        findings += ace.inspect(path, locate)
        findings += find_wrong_bytes(package, locate)
        findings += find_breaches(package)
        findings += find_barriers(access, package, locate)
    return Checked(tuple(findings), access)


def find_fault(path: Path) -> Diagnostic | None:
    """Why a file cannot be an EPUB at all, None when it may be one."""
    hint = "an EPUB is the file that `bookforge build` writes with the ending .epub"
    try:
        with zipfile.ZipFile(path) as archive:
            if CONTAINER in archive.namelist():
                return None
            reason = "it is a zip archive without META-INF/container.xml"
    except zipfile.BadZipFile:
        reason = "it is not a zip archive, or it is damaged"
        if not path.stat().st_size:
            reason = "it is empty"
        hint = "copy, download or build it again"
    except OSError as error:
        reason = error.strerror or str(error)
    return _no_epub(path, reason, hint)


def _unreadable(path: Path, error: PackageError) -> Diagnostic:
    return _no_epub(path, str(error), "reading systems cannot open it; build the book again")


def _no_epub(path: Path, reason: str, hint: str) -> Diagnostic:
    message = f"{path.name} cannot be checked as an EPUB: {reason}"
    return Diagnostic("E001", Severity.ERROR, message, hints=(Hint(hint),), file=str(path))
