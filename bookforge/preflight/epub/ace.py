"""Ace by DAISY on finished EPUBs: the accessibility that machines can judge.

In: a path. Out: diagnostics. Ace is a program of npm (@daisy/ace or @daisy/ace-cli), run where it
is found; it looks at each file in a browser.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.preflight.epub.places import Locate, Place, tell_place
from bookforge.preflight.epub.validator import ToolError

_SECONDS = 7200
# By default Ace gives up on a document after 4 minutes; long chapters on a busy machine need more.
_MILLISECONDS_A_DOCUMENT = 3_600_000
_PROGRAMS = ("ace-cli", "ace")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_GRAVE = frozenset({"critical", "serious"})
_LONGEST = 300


class Finding(NamedTuple):
    """A rule that is broken: its name, impact, Ace's words, and the first place."""

    rule: str
    impact: str
    text: str
    place: Place


def find_program() -> str | None:
    """Ace on the path, None when it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def inspect(path: Path, locate: Locate) -> Iterator[Diagnostic]:
    """What Ace finds, each rule once; nothing where it is not installed."""
    program = find_program()
    if program is None:
        return
    try:
        findings = run_ace(program, path)
    except ToolError as error:
        message = "Ace gave no answer, so accessibility was not checked by it"
        hints = (Hint(str(error).strip()),)
        yield Diagnostic("A042", Severity.WARNING, message, hints=hints, file=str(path))
        return
    times = Counter(finding.rule for finding in findings)
    for finding in {finding.rule: finding for finding in reversed(findings)}.values():
        yield _diagnose(finding, times[finding.rule], path, locate)


def run_ace(program: str, path: Path) -> list[Finding]:
    """Everything Ace finds; raises `ToolError` when it gives no report."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--silent", "--force", "--outdir", folder]
        patience = ["--timeout", str(_MILLISECONDS_A_DOCUMENT)]
        command = [program, *options, *patience, str(path)]
        report = Path(folder) / "report.json"
        try:
            done = subprocess.run(
                command, env=_environment(), capture_output=True, timeout=_SECONDS, check=False
            )
            answer = json.loads(report.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise ToolError((done.stderr or done.stdout).decode(errors="replace")[-500:]) from error
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise ToolError(str(error)) from error
    return list(_read(answer))


def _environment() -> dict[str, str]:
    """A browser of the system where npm brought none, and time to start it on a busy machine."""
    own = dict(os.environ)
    own.setdefault("ACE_TIMEOUT_INITIAL", "60000")
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser:
        own.setdefault("PUPPETEER_EXECUTABLE_PATH", browser)
    return own


def _read(report: Mapping[str, Any]) -> Iterator[Finding]:
    for document in report.get("assertions", []):
        member = f"EPUB/{document['earl:testSubject'].get('url', '')}"
        for one in document.get("assertions", []):
            test, result = one["earl:test"], one["earl:result"]
            place = Place(member, 0, str(result.get("html", "")))
            words = str(result.get("dct:description", "")).split("\n")[0]
            yield Finding(test["dct:title"], test["earl:impact"], words[:_LONGEST], place)


def _diagnose(finding: Finding, times: int, path: Path, locate: Locate) -> Diagnostic:
    grave = finding.impact in _GRAVE
    often = f" ({times} times)" if times > 1 else ""
    message = f"Ace {finding.rule}, {finding.impact}: {finding.text.rstrip('. ')}{often}"
    hints = (tell_place(finding.place, times),)
    code, severity = ("A040", Severity.WARNING) if grave else ("A041", Severity.NOTE)
    return Diagnostic(code, severity, message, locate(finding.place), hints, str(path))
