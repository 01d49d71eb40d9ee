"""The file to send: built from the book, or a finished file taken as it is.

A book is built each time it is sent. Whether anything changed since the last build cannot be known
more cheaply without a list of everything a book may draw on (pictures, fonts, style sheets); and a
build is repeatable, so an unchanged book gives the bytes that the reader has already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from bookforge import pipeline
from bookforge.about import Unreadable, name_title, read_package
from bookforge.diagnostics import BookError, Diagnostic, Hint, Report, Severity
from bookforge.locate import Book
from bookforge.send.convert import convert
from bookforge.send.deliver import ENDINGS, Parcel


class Making(NamedTuple):
    """How a book is built: where findings and progress go, and a folder that the user named."""

    report: Report
    progress: Callable[[str], None]
    use_cache: bool = True
    folder: Path | None = None


def finished_format(path: Path | None) -> str | None:
    """The format of a finished file by its name; None for a manuscript, a folder, a book.toml."""
    if path is None or path.is_dir():
        return None
    name = path.name.lower()
    # The longest ending first: .kepub.epub is no .epub.
    for kind in sorted(ENDINGS, key=lambda one: -len(ENDINGS[one])):
        if name.endswith(ENDINGS[kind]):
            return kind
    return None


def take_finished(path: Path, kind: str, wanted: str) -> Parcel:
    """A finished file as a parcel; raises `BookError` (D015) when another format is wanted."""
    title, authors = _names_in(path, kind)
    if kind == "epub" and wanted == "azw3":
        return Parcel(convert(path), "azw3", title, authors, str(path.resolve()))
    if kind != wanted:
        message = f"{path.name} is a finished {kind} file, and no {wanted} can be made of it"
        hint = "send the book itself: its folder, its book.toml or its manuscript"
        raise BookError(Diagnostic("D015", Severity.ERROR, message, hints=(Hint(hint),)))
    return Parcel(path, kind, title, authors, str(path.resolve()))


def _names_in(path: Path, kind: str) -> tuple[str, tuple[str, ...]]:
    """Title and authors, for the name on the reader; the file's name where nothing else is said."""
    if kind not in ("epub", "kepub"):
        return name_title(path), ()
    try:
        about = read_package(path)
    except Unreadable:
        return name_title(path), ()
    return about.title, about.authors


def build_parcel(book: Book, wanted: str, making: Making, profile: str = "") -> Parcel:
    """Build what is wanted of a book.

    It goes into the book's own folder, but for what would litter: the output of a bare manuscript,
    and an edition made for a reader alone (`profile`), go into the user's cache folder.
    """
    target = _target(wanted)
    report = pipeline.build(
        _prepare(book, "kindle" if wanted == "azw3" else profile, making.folder),
        [target],
        making.report,
        progress=making.progress,
        use_cache=making.use_cache,
    )
    made = next(file for file in report.files if file.kind == target)
    stem = made.path.name.removesuffix(ENDINGS.get(target, "-screen.pdf"))
    file = convert(made.path) if wanted == "azw3" else made.path
    return Parcel(file, wanted, stem, report.authors, key_of(book))


def _prepare(book: Book, profile: str, folder: Path | None) -> Book:
    """The book with the profile, unless book.toml has its own, and with the folder to build in."""
    epub = book.config.output.epub
    special = bool(profile) and "output.epub.profile" not in book.config.given
    if special:
        output = replace(book.config.output, epub=replace(epub, profile=profile))
        book = replace(book, config=replace(book.config, output=output))
    if folder is not None:
        return replace(book, out=folder)
    if book.settings is None or special:
        return replace(book, out=_cache_of(book, profile))
    return book


def _cache_of(book: Book, profile: str) -> Path:
    from platformdirs import user_cache_path

    name = hashlib.sha256(f"{key_of(book)}\0{profile}".encode("utf-8", "surrogateescape"))
    return user_cache_path("bookforge") / "sent" / name.hexdigest()[:16]


def _target(wanted: str) -> str:
    """What the pipeline is asked for: an AZW3 is made of the EPUB, a PDF is that for screens."""
    return {"azw3": "epub", "pdf": "screen"}.get(wanted, wanted)


def key_of(book: Book) -> str:
    """What makes a book the same book at the next send, whatever its title is by then."""
    place = book.settings or book.files[0]
    return f"{place.resolve()}{f'#{book.edition}' if book.edition else ''}"
