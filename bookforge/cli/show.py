"""How findings look: with the line and a caret, one line each, or as JSON.

In: diagnostics and the sources they point into. Out: text on a stream. Colour and progress only
on a terminal, never with NO_COLOR; rich is imported only then.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.naming import show_size as show_size
from bookforge.source import Location, SourceMap

if TYPE_CHECKING:
    from bookforge.cli.options import Run

# A paragraph may be one line of thousands of letters: this much of it is shown around the caret.
_WIDTH = 72
# More findings of one code than this are counted, not shown (all are with -v).
_SHOWN = 8
_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


def show_findings(run: Run, stream: TextIO) -> None:
    """Show what a run found, in the order of the text."""
    found = sorted(run.findings(), key=_order)
    if run.quiet:
        found = [one for one in found if one.severity is Severity.ERROR]
    if run.format == "short":
        stream.writelines(f"{short(one, run.sources)}\n" for one in found)
        return
    painter = make_painter(stream)
    kept, left = (found, Counter[str]()) if run.verbose else _thin(found)
    for one in kept:
        stream.write(painter(human(one, run.sources), one.severity.label) + "\n\n")
    for code, count in left.items():
        stream.write(f"… and {count} more {code} (all of them: -v)\n")
    if len(found) > 1:
        stream.write(_summary(found) + "\n")


def human(found: Diagnostic, sources: SourceMap) -> str:
    """A finding with the writer's line and a caret under the place."""
    head = f"{found.severity.label}[{found.code}]: {found.message}"
    place = sources.locate(found.span)
    gutter = " " * (len(str(place.line)) + 1 if place else 2)
    lines = [head, *_quotation(place, gutter)]
    if place is None and found.file:
        lines.append(f"{gutter[:-1]}--> {found.file}")
    for hint in found.hints:
        where = sources.locate(hint.span)
        tail = f" ({show_path(where.path)}:{where.line})" if where else ""
        lines.append(f"{gutter} = hint: {hint.message}{tail}")
    return "\n".join(lines)


def short(found: Diagnostic, sources: SourceMap) -> str:
    """`file:line:column: level[code]: message`, as editors and compilers have it."""
    place = sources.locate(found.span)
    where = found.file or "bookforge"
    if place:
        where = f"{show_path(place.path)}:{place.line}:{place.column}"
    return f"{where}: {found.severity.label}[{found.code}]: {found.message}"


def as_json(found: Sequence[Diagnostic], sources: SourceMap) -> list[dict[str, Any]]:
    """Findings as interface.md has them in JSON."""
    from bookforge.report import as_json as one_as_json

    return [one_as_json(one, sources) for one in found]


def write_json(value: object) -> None:
    """A result of `--json` on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def show_path(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def has_colour(stream: TextIO) -> bool:
    """Whether colour may be used on a stream."""
    dumb = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not dumb


def make_painter(stream: TextIO) -> Callable[[str, str], str]:
    """A function that colours the head of a message, or leaves it as it is."""
    if not has_colour(stream):
        return lambda text, level: text
    from rich.style import Style

    def paint(text: str, level: str) -> str:
        head, line_end, rest = text.partition("\n")
        label, colon, message = head.partition(": ")
        style = Style.parse(_STYLES[level])
        return style.render(label) + colon + Style(bold=True).render(message) + line_end + rest

    return paint


@contextmanager
def progress(run: Run) -> Iterator[Callable[[str], None]]:
    """A line on the terminal that names the step being done; nothing on a pipe."""
    if run.quiet or run.json or not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("reading the book …") as status:
        yield lambda step: status.update(f"{step} …")


def _order(found: Diagnostic) -> tuple[int, int, int]:
    """Files in the order they were read; findings without a place come first."""
    if found.span is None:
        return (-1, 0, -found.severity)
    return (found.span.source, found.span.start, -found.severity)


def _thin(found: Sequence[Diagnostic]) -> tuple[list[Diagnostic], Counter[str]]:
    """The first few findings of each code, and how many of each are left."""
    seen: Counter[str] = Counter()
    left: Counter[str] = Counter()
    kept = []
    for one in found:
        seen[one.code] += 1
        if seen[one.code] <= _SHOWN or one.severity is Severity.ERROR:
            kept.append(one)
        else:
            left[one.code] += 1
    return kept, left


def _summary(found: Sequence[Diagnostic]) -> str:
    counts = Counter(one.severity for one in found)
    parts = [
        f"{counts[level]} {level.label}{'s' if counts[level] > 1 else ''}"
        for level in sorted(counts, reverse=True)
    ]
    return ", ".join(parts)


def _quotation(place: Location | None, gutter: str) -> list[str]:
    if place is None:
        return []
    text, column = _window(place)
    before = _columns(text[:column])
    marked = text[column : column + place.width]
    width = max(1, min(_columns(marked), _WIDTH))
    return [
        f"{gutter[:-1]}--> {show_path(place.path)}:{place.line}:{place.column}",
        f"{gutter}|",
        f"{place.line} | {text}".rstrip(),
        f"{gutter}| {' ' * before}{'^' * width}",
    ]


def _window(place: Location) -> tuple[str, int]:
    """What fits of the line around the place, and where in it the place begins."""
    column = place.column - 1
    text = "".join(" " if char < " " else char for char in place.text)
    if _columns(text) <= _WIDTH + 8:
        return text, column
    start = max(0, min(column - _WIDTH // 3, len(text) - _WIDTH))
    if start:
        start = text.find(" ", start, column) + 1 or start
    cut = text[start : start + _WIDTH]
    lead = "… " if start else ""
    tail = " …" if start + _WIDTH < len(text) else ""
    return lead + cut + tail, column - start + len(lead)


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide letters, none for accents."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)
