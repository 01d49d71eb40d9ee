"""Fonts in an EPUB that are none: EPUBCheck does not open them, reading systems pass them over.

In: an opened EPUB. Out: diagnostics.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.preflight.epub.package import Package

_ENDINGS = (".ttf", ".otf", ".ttc", ".woff", ".woff2")
# How TrueType, OpenType, collections of them, and both WOFFs begin.
_SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2")
_ENCRYPTION = "META-INF/encryption.xml"


def find_broken_fonts(package: Package) -> Iterator[Diagnostic]:
    """Fonts whose bytes are not those of a font; obfuscated ones cannot be told."""
    obfuscated = set(_list_encrypted(package))
    for item in package.items:
        is_font = "font" in item.media or item.name.lower().endswith(_ENDINGS)
        data = package.read(item.name)
        if not is_font or not data or item.name in obfuscated:
            continue
        if not data.startswith(_SIGNATURES):
            message = f"{item.name} is no font, so readers show another in its place"
            hint = Hint("put the font into the book again, from its maker's file")
            file = str(package.path)
            yield Diagnostic("E007", Severity.WARNING, message, hints=(hint,), file=file)


def _list_encrypted(package: Package) -> Iterator[str]:
    listed = package.parse(_ENCRYPTION)
    for one in listed.iter("{*}CipherReference") if listed is not None else ():
        yield posixpath.normpath(unquote(str(one.get("URI", ""))))
