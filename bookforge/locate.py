"""Finding a book: from what the command line names to settings, manuscript files and a folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bookforge.diagnostics import BookError, ConfigError, Diagnostic, Hint, Report, Severity
from bookforge.registry import ENDINGS, format_of, list_endings
from bookforge.source import SourceMap

if TYPE_CHECKING:
    from bookforge.config.model import Config

# Text files that are seldom the book.
_NOT_BOOKS = {
    "readme",
    "license",
    "licence",
    "copying",
    "changelog",
    "notes",
    "todo",
    "contributing",
}


class Request(Struct, frozen=True):
    """What the command line asks for."""

    path: Path | None = None
    config: Path | None = None
    overrides: tuple[str, ...] = ()
    edition: str | None = None
    out: Path | None = None


class Book(Struct, frozen=True):
    """A book found on disk.

    `folder` is what the config's paths are relative to; `files` the manuscript in reading order;
    `out` where outputs go; `edition` the named set of overrides in force.
    """

    config: Config
    folder: Path
    files: tuple[Path, ...]
    out: Path
    sources: SourceMap
    settings: Path | None = None
    edition: str | None = None

    def format_of(self, file: Path) -> str:
        """The format to read a file of the manuscript in; raises `BookError` (C022)."""
        wanted = self.config.manuscript.format
        return file_format(file) if wanted == "auto" else wanted


def file_format(file: Path) -> str:
    """The format that a file's ending tells; raises `BookError` (C022) for an unknown one."""
    if found := format_of(file.suffix):
        return found
    if not file.suffix:
        return "text"
    known = ", ".join(ending for endings in ENDINGS.values() for ending in endings)
    hint = f'bookforge reads {known}; or say it: [manuscript] format = "text"'
    raise BookError(_fault("C022", f"{file.name} is in no known format", hint, file))


def find_book(request: Request, report: Report, sources: SourceMap | None = None) -> Book:
    """Find settings and manuscript; `sources` is where their texts are registered.

    Raises `ConfigError` for faults of book.toml or the command line (C…), `BookError` for a
    manuscript that is not there (R001, C021).
    """
    from bookforge.config.read import default_config, read_config

    sources = sources if sources is not None else SourceMap()
    settings, manuscript = _split(request)
    if settings is None:
        assert manuscript is not None
        config = default_config(request.overrides, sources, request.edition, report)
        out = request.out or Path(config.build.dir)
        # A bare manuscript is read even when its ending says nothing.
        return Book(config, manuscript.parent, (manuscript,), out, sources)
    config = read_config(settings, sources, request.overrides, request.edition, report)
    folder = settings.parent
    files = (manuscript,) if manuscript else find_files(config, folder, report)
    out = request.out or folder / config.build.dir
    return Book(config, folder, files, out, sources, settings, request.edition)


def find_output(request: Request, sources: SourceMap) -> Path:
    """The folder that outputs go to, whether or not the manuscript is there."""
    from bookforge.config.read import default_config, read_config

    settings, _ = _split(request)
    if settings is None:
        config = default_config(request.overrides, sources, request.edition)
        return request.out or Path(config.build.dir)
    config = read_config(settings, sources, request.overrides, request.edition)
    return request.out or settings.parent / config.build.dir


def _split(request: Request) -> tuple[Path | None, Path | None]:
    """Settings file and manuscript file; one of them may be left out."""
    path = request.path
    if request.config is not None:
        bare = path is not None and not path.is_dir() and path.suffix != ".toml"
        return request.config, path if bare else None
    if path is None:
        path = Path()
    if path.suffix == ".toml":
        return path, None
    if path.is_dir():
        settings = path / "book.toml"
        if not settings.is_file():
            where = "this folder" if path == Path() else str(path)
            hint = _first_step(path)
            raise ConfigError(_fault("C020", f"no book.toml in {where}", hint, settings))
        return settings, None
    if not path.exists():
        hint = "check the spelling; BOOK is a folder, a book.toml or a manuscript file"
        raise BookError(_fault("R001", f"{path} does not exist", hint, path))
    return None, path


def _first_step(folder: Path) -> str:
    """What to do in a folder without a book.toml."""
    texts = [entry for entry in folder.iterdir() if entry.is_file() and may_be_book(entry)]
    if len(texts) == 1:
        return f"to make a book of the text here: bookforge build {shlex.quote(str(texts[0]))}"
    return "name a manuscript file, or run: bookforge init"


def may_be_book(path: Path) -> bool:
    """Whether a file's name is that of a manuscript, as far as names tell."""
    stem = path.stem.lower()
    return format_of(path.suffix) is not None and stem not in _NOT_BOOKS and stem[0] not in ".~"


def find_files(config: Config, folder: Path, report: Report) -> tuple[Path, ...]:
    """The manuscript's files in reading order: a list as given, a folder in natural order."""
    named = config.manuscript.files
    if not isinstance(named, str):
        if not named:
            hint = 'name your text: [manuscript] files = ["one.txt", "two.txt"]'
            raise BookError(_fault("C021", "the list of manuscript files is empty", hint, folder))
        return tuple(folder / name for name in named)
    place = folder / named
    if not place.is_dir():
        if not place.exists():
            hint = 'put your text there, or name it: [manuscript] files = "novel.txt"'
            raise BookError(_fault("C021", f"the manuscript {named} does not exist", hint, place))
        return (place,)
    return _folder_files(place, report)


def _folder_files(place: Path, report: Report) -> tuple[Path, ...]:
    entries = sorted(
        (entry for entry in place.iterdir() if entry.is_file() and entry.name[0] not in ".~"),
        key=lambda entry: natural_key(entry.name),
    )
    files = tuple(entry for entry in entries if format_of(entry.suffix))
    others = [entry.name for entry in entries if not format_of(entry.suffix)]
    if others:
        names = ", ".join(others[:5]) + (" …" if len(others) > 5 else "")
        message = f"{place.name}: not read as manuscript: {names}"
        report(
            _fault("R010", message, f"only {list_endings()} files are read", place, Severity.NOTE)
        )
    if not files:
        message = f"{place} holds no file that bookforge reads ({list_endings()})"
        raise BookError(_fault("C021", message, "put your manuscript there", place))
    return files


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """A sort key that puts 2 before 10."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in re.split(r"(\d+)", name)
        if part
    ]


def _fault(
    code: str, message: str, hint: str, path: Path, severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(code, severity, message, hints=(Hint(hint),), file=str(path))
