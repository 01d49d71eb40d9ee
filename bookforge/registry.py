"""Names of formats, resolved to code only when they are used.

A value is `module:object`. A reader that is not built in is looked up among the entry points
`bookforge.readers`, so that another package can add one.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

READERS: Mapping[str, str] = {
    "text": "bookforge.readers.plain:read_plain",
    "markdown": "bookforge.readers.markdown:read_markdown",
    "docx": "bookforge.readers.docx:read_docx",
    "odt": "bookforge.readers.odt:read_odt",
    "html": "bookforge.readers.html:read_html",
    "epub": "bookforge.readers.epub:read_epub",
}
# File endings of each format; the first is the usual one.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown", ".mkd"),
    "docx": (".docx", ".docm", ".dotx"),
    "odt": (".odt", ".fodt", ".ott"),
    "html": (".html", ".htm", ".xhtml"),
    "epub": (".epub",),
}
# Formats whose readers take the bytes: what they hold is no text, or says its encoding itself.
BINARY = frozenset({"docx", "odt", "html", "epub"})
RENDERERS: Mapping[str, str] = {
    "epub": "bookforge.render.epub.book:render",
    "print": "bookforge.render.pdf.book:paint",
    "screen": "bookforge.render.pdf.book:paint",
    "proof": "bookforge.render.pdf.book:paint",
    "cover": "bookforge.render.pdf.cover:paint_wrap",
    "front": "bookforge.cover.jacket:write_front",
}


def find_reader(name: str) -> Any:
    """The reader of a format; raises `LookupError` for an unknown one."""
    if name in READERS:
        return _load(READERS[name])
    from importlib.metadata import entry_points

    for entry in entry_points(group="bookforge.readers", name=name):
        return entry.load()
    raise LookupError(name)


def find_renderer(target: str) -> Any:
    """What makes the file of a target; raises `LookupError` for an unknown one."""
    return _load(RENDERERS[target])


def format_of(ending: str) -> str | None:
    """The format of a file by its ending, None for one we do not read."""
    for name, endings in ENDINGS.items():
        if ending.lower() in endings:
            return name
    return None


def list_endings() -> str:
    """The usual ending of each format, for messages: ".txt, .md and .docx"."""
    usual = [endings[0] for endings in ENDINGS.values()]
    return f"{', '.join(usual[:-1])} and {usual[-1]}"


def _load(target: str) -> Any:
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)
