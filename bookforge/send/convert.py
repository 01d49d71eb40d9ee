"""EPUB to AZW3, by calibre's converter where it is installed: Kindles open no EPUB by cable."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import which

from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.store import hash_file, make_folder

CONVERTER = "ebook-convert"
_SECONDS = 600


def convert(book: Path) -> Path:
    """The AZW3 of an EPUB, in the user's cache folder.

    calibre gives other bytes at each run, so what was made of an EPUB is kept: the same EPUB is the
    same AZW3 again, and is found up to date on the reader. Raises `BookError`: D005 without
    calibre, D014 when it cannot make it.
    """
    from platformdirs import user_cache_path

    if which(CONVERTER) is None:
        raise BookError(no_converter())
    made = user_cache_path("bookforge") / "azw3" / f"{hash_file(book)}.azw3"
    if not made.is_file():
        make_folder(made.parent)
        draft = made.with_name(f"{made.stem}-{os.getpid()}.azw3")
        try:
            _run([CONVERTER, str(book), str(draft)])
            draft.replace(made)
        except OSError as error:
            raise BookError(_failed(error.strerror or str(error))) from error
        finally:
            draft.unlink(missing_ok=True)
    return made


def no_converter() -> Diagnostic:
    """What to say where calibre is not installed (D005)."""
    hint = (
        f"install calibre, whose {CONVERTER} is used; or mail the book: bookforge send --mail; "
        "or send the PDF: --as pdf"
    )
    message = "a Kindle wants azw3, and the converter for it is not installed"
    return Diagnostic("D005", Severity.ERROR, message, hints=(Hint(hint),))


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise BookError(_failed("it took longer than ten minutes")) from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise BookError(_failed(said[-1] if said else f"exit code {done.returncode}"))


def _failed(reason: str) -> Diagnostic:
    hint = f"try {CONVERTER} by hand, or mail the EPUB: bookforge send --mail"
    message = f"calibre could not make the AZW3: {reason[:300]}"
    return Diagnostic("D014", Severity.ERROR, message, hints=(Hint(hint),))
