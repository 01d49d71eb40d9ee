"""What `init` does: find the manuscript, guess what it is called, write a commented book.toml."""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bookforge.cli import show
from bookforge.cli.options import Run
from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.model.document import Document
from bookforge.registry import format_of


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written: the file, each guess with its reason, and what to do next."""

    path: Path
    guessed: dict[str, tuple[str, str]]
    next_step: str


def print_schema() -> int:
    """Print the JSON Schema of book.toml."""
    from bookforge.config.schema import shipped_schema

    print(shipped_schema(), end="")
    return 0


def start(run: Run, place: Path) -> int:
    """Write book.toml and say what was guessed."""
    begun = begin(place, run)
    if run.json:
        show.write_json({"file": str(begun.path), "guessed": begun.guessed})
        return 0
    show.show_findings(run, sys.stderr)
    print(f"wrote {show.show_path(begun.path)}")
    for key, (value, reason) in begun.guessed.items():
        print(f"  {key:9} {value}  ({reason})")
    print(begun.next_step)
    return 0


def begin(place: Path, run: Run) -> Begun:
    """Write book.toml for a folder or a manuscript.

    Raises `BookError`: O002 when there is one already, O001 when it cannot be written.
    """
    from bookforge.config.starter import make_starter
    from bookforge.store import make_folder, write_bytes

    folder = place.parent if _is_manuscript(place) else place
    target = folder / "book.toml"
    if target.exists() or target.is_symlink():
        hint = "nothing was changed; to build it: bookforge build"
        raise BookError(_fault("O002", f"{target} is there already", hint, target))
    make_folder(folder)
    files = [place] if _is_manuscript(place) else _find_manuscript(folder)
    guessed = _guess(files, run) if files else {}
    known: dict[str, dict[str, Any]] = {
        "book": {"title": "", "author": ""} | {key: value for key, (value, _) in guessed.items()},
        "manuscript": {"files": _name_files(files, folder)},
    }
    write_bytes(target, make_starter(known).encode())
    return Begun(target, guessed, _next_step(files, folder))


def _is_manuscript(place: Path) -> bool:
    return place.is_file() or (not place.is_dir() and format_of(place.suffix) is not None)


def _find_manuscript(folder: Path) -> list[Path]:
    """The texts in `manuscripts`, else those in the folder itself."""
    from bookforge.locate import may_be_book, natural_key

    for place in (folder / "manuscripts", folder):
        entries = list(place.iterdir()) if place.is_dir() else []
        texts = [entry for entry in entries if entry.is_file() and may_be_book(entry)]
        if texts:
            return sorted(texts, key=lambda entry: natural_key(entry.name))
    return []


def _name_files(files: list[Path], folder: Path) -> str | list[str]:
    """`[manuscript] files` for these files."""
    if not files or files[0].parent != folder:
        return "manuscripts"
    names = [file.name for file in files]
    return names[0] if len(names) == 1 else names


def _guess(files: list[Path], run: Run) -> dict[str, tuple[str, str]]:
    """Title, author and language with the reason for each."""
    from bookforge.locate import Book
    from bookforge.pipeline import read_document

    settings = _settings(run)
    book = Book(settings, files[0].parent, tuple(files), Path(settings.build.dir), run.sources)
    document, _ = read_document(book, run.report)
    return _describe(document, files[0], run)


def _settings(run: Run) -> Any:
    from bookforge.config.read import default_config

    return default_config(run.settings, run.sources)


def _describe(document: Document, file: Path, run: Run) -> dict[str, tuple[str, str]]:
    found = document.found
    said = "the manuscript says so"
    guessed = {"title": (found.title, said)} if found.title else {}
    if not found.title:
        guessed["title"] = (_title_from(file), "from the name of the file")
    if found.subtitle:
        guessed["subtitle"] = (found.subtitle, said)
    if found.authors:
        guessed["author"] = (", ".join(found.authors), said)
    guessed["language"] = (document.language, _why_language(document.language, run))
    return guessed


def _why_language(language: str, run: Run) -> str:
    """S001 says that it was guessed; American English is what is taken when nothing is said."""
    if any(found.code == "S001" for found in run.found):
        return "guessed from its words"
    return "unless you say otherwise" if language == "en-US" else "the manuscript says so"


def _title_from(file: Path) -> str:
    words = re.sub(r"[-_\s]+", " ", file.stem).strip() or "Untitled"
    return words if any(char.isupper() for char in words) else words.title()


def _next_step(files: list[Path], folder: Path) -> str:
    here = "" if folder == Path() else f" {shlex.quote(str(folder))}"
    if not files:
        place = folder / "manuscripts"
        return f"put your text into a folder {place}, then: bookforge build{here}"
    return f"next: bookforge build{here}"


def _fault(code: str, message: str, hint: str, path: Path) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hints=(Hint(hint),), file=str(path))
