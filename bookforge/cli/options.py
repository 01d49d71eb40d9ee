"""The options every command has, and what one run of a command carries with it.

In: a command written as `function(run, …)`. Out: the function typer sees, with the common options
added, which gives an exit code and lets no fault of the writer's files through as an exception.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bookforge.config.model import Config
    from bookforge.diagnostics import Diagnostic
    from bookforge.locate import Book
    from bookforge.preflight.epub import Access
    from bookforge.source import SourceMap

Body = Callable[..., int | None]


class Format(StrEnum):
    """How results and messages are written."""

    HUMAN = "human"
    SHORT = "short"
    JSON = "json"


class Misuse(Exception):
    """A command line that the parser takes and the command does not; told like the parser's own."""

    def format_message(self) -> str:
        return str(self)


@dataclass
class Run:
    """One run of a command: its common options, the files it reads, what it found."""

    config: Path | None = None
    output: Path | None = None
    edition: str | None = None
    settings: tuple[str, ...] = ()
    use_cache: bool = True
    quiet: bool = False
    verbose: bool = False
    format: Format = Format.HUMAN
    sources: SourceMap = field(default_factory=lambda: _new_sources())
    found: list[Diagnostic] = field(default_factory=list)
    # What stopped the work: shown even if [check] ignore names it.
    fatal: list[Diagnostic] = field(default_factory=list)
    book: Book | None = None
    # What the finished e-books offer to readers who cannot see them, by path.
    access: dict[str, Access] = field(default_factory=dict)

    @property
    def json(self) -> bool:
        return self.format is Format.JSON

    def report(self, found: Diagnostic) -> None:
        """Take a finding; it is shown when the work is done."""
        self.found.append(found)

    def open_book(self, path: Path | None) -> Book:
        """Find the book that the command line names."""
        from bookforge.locate import Request, find_book

        request = Request(path, self.config, self.settings, self.edition, self.output)
        self.book = find_book(request, self.report, self.sources)
        return self.book

    @property
    def settings_read(self) -> Config | None:
        return self.book.config if self.book else None

    def findings(self) -> list[Diagnostic]:
        """What was found and is not to be ignored, each thing once."""
        ignored = self.settings_read.check.ignore if self.settings_read else ()
        kept = [found for found in self.found if found.code not in ignored]
        return list(dict.fromkeys((*kept, *self.fatal)))

    def exit_code(self, strict: bool = False) -> int:
        """1 when something was found at the failing level, else 0."""
        from bookforge.diagnostics import Severity

        level = Severity.ERROR
        if self.settings_read:
            level = Severity[self.settings_read.check.fail_on.upper()]
        if strict:
            level = min(level, Severity.WARNING)
        return int(any(found.severity >= level for found in self.findings()))


def _new_sources() -> SourceMap:
    from bookforge.source import SourceMap

    return SourceMap()


_BOOK_OPTIONS: dict[str, Any] = {
    "config": Annotated[
        Path | None,
        typer.Option("--config", "-c", metavar="FILE", help="Use this book.toml."),
    ],
    "output": Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write the files into this folder."),
    ],
    "edition": Annotated[
        str | None,
        typer.Option("--edition", "-e", metavar="NAME", help="Use [edition.NAME] of book.toml."),
    ],
    "settings": Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Set a key of book.toml, such as output.print.trim=A5. May be repeated.",
        ),
    ],
    "no_cache": Annotated[
        bool, typer.Option("--no-cache", help="Work everything out anew.", show_default=False)
    ],
}
_SHOW_OPTIONS: dict[str, Any] = {
    "quiet": Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but errors.", show_default=False)
    ],
    "verbose": Annotated[
        bool, typer.Option("--verbose", "-v", help="Say more, with timings.", show_default=False)
    ],
    "format": Annotated[
        Format, typer.Option("--format", help="How results and messages are written.")
    ],
    "json": Annotated[
        bool, typer.Option("--json", help="Short for --format json.", show_default=False)
    ],
}
_DEFAULTS = {"no_cache": False, "quiet": False, "verbose": False, "json": False}


@dataclass(frozen=True)
class Command:
    """A function whose first parameter is a `Run`, and how it takes the common options.

    The options that concern a book are accepted everywhere, but shown only where a book is read.
    `to` says where the result goes when that is no folder: there --output is an error.
    """

    body: Body
    reads_book: bool
    to: str

    def make(self) -> Callable[..., int]:
        """The function that typer sees; made only for the command that is run."""

        def call(**values: Any) -> int:
            run = _start(values)
            if self.to and run.output is not None:
                raise Misuse(f"--output means nothing here: {self.to}")
            return _guard(run, lambda: self.body(run, **values))

        own = list(inspect.signature(self.body, eval_str=True).parameters.values())[1:]
        parameters = [*own, *_common(self.reads_book, bool(self.to))]
        call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        call.__annotations__ = {one.name: one.annotation for one in parameters}
        call.__name__ = self.body.__name__
        call.__doc__ = self.body.__doc__
        return call


def command(reads_book: bool = True, to: str = "") -> Callable[[Body], Command]:
    """Declare a command; see `Command`."""
    return lambda body: Command(body, reads_book, to)


def _common(reads_book: bool, prints: bool) -> list[inspect.Parameter]:
    options = _BOOK_OPTIONS if reads_book else {n: _hidden(o) for n, o in _BOOK_OPTIONS.items()}
    if prints:
        options = {**options, "output": _hidden(_BOOK_OPTIONS["output"])}
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=Format.HUMAN if name == "format" else _DEFAULTS.get(name),
            annotation=annotation,
        )
        for name, annotation in (options | _SHOW_OPTIONS).items()
    ]


def _hidden(annotation: Any) -> Any:
    from copy import copy

    (kind, option) = annotation.__origin__, copy(annotation.__metadata__[0])
    option.hidden = True
    return Annotated[kind, option]


def _start(values: dict[str, Any]) -> Run:
    """Take the common options out of the values of a call."""
    common = {name: values.pop(name) for name in (*_BOOK_OPTIONS, *_SHOW_OPTIONS)}
    return Run(
        common["config"],
        common["output"],
        common["edition"],
        tuple(common["settings"] or ()),
        not common["no_cache"],
        common["quiet"],
        common["verbose"],
        Format.JSON if common["json"] else common["format"],
    )


def _guard(run: Run, body: Callable[[], int | None]) -> int:
    """Run a command; what is wrong with the writer's files is shown, not raised."""
    from bookforge.cli import show
    from bookforge.diagnostics import BookError, ConfigError

    try:
        return body() or 0
    except BookError as error:
        fault: BookError = error
    except OSError as error:
        # The system refuses a file outside the rooms that expect it: a name too long, a bad disk.
        if error.filename is None:
            raise
        fault = BookError(_refused(str(error.filename), error.strerror or str(error)))
    from bookforge.cli.pointing import point

    fault = point(fault, run)
    run.fatal += fault.diagnostics
    if run.json:
        show.write_json({"diagnostics": show.as_json(run.findings(), run.sources)})
    else:
        show.show_findings(run, sys.stderr)
    return 2 if isinstance(fault, ConfigError) else 1


def _refused(name: str, reason: str) -> Diagnostic:
    from bookforge.diagnostics import Diagnostic, Severity

    shown = name if len(name) < 80 else f"{name[:77]}…"
    return Diagnostic("R003", Severity.ERROR, f"{shown} cannot be read: {reason}", file=shown)
