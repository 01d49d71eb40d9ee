"""Files in an EPUB whose bytes are not what they are listed as; EPUBCheck passes these over.

In: an opened EPUB. Out: diagnostics.
"""

from __future__ import annotations

import codecs
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.preflight.epub.package import Item, Package
from bookforge.preflight.epub.places import Locate, Place, tell_place

_FONTS = (".ttf", ".otf", ".ttc", ".woff", ".woff2")
# How TrueType, OpenType, collections of them, and both WOFFs begin.
_SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2")
_TEXTS = frozenset({"application/xhtml+xml", "application/x-dtbncx+xml", "text/css"})
# What says so itself is EPUBCheck's (RSC-027, RSC-028, CSS-003, CSS-004).
_OTHER_ENCODING = re.compile(
    rb"\xff\xfe|\xfe\xff|<\?xml[^>]*encoding=[\"'](?!utf-?8)|@charset \"(?!utf-?8)", re.IGNORECASE
)
_ENCRYPTION = "META-INF/encryption.xml"


def find_wrong_bytes(package: Package, locate: Locate) -> Iterator[Diagnostic]:
    """Fonts that are none, texts that are not UTF-8; encrypted files cannot be told."""
    encrypted = set(_list_encrypted(package))
    for item in package.items:
        data = package.read(item.name)
        if item.name in encrypted or not data:
            continue
        if _is_font(item) and not data.startswith(_SIGNATURES):
            message = f"{item.name} is no font, so readers show another in its place"
            hint = Hint("put the font into the book again, from its maker's file")
            file = str(package.path)
            yield Diagnostic("E007", Severity.WARNING, message, hints=(hint,), file=file)
        if item.media in _TEXTS and (place := _find_foreign(item, data)):
            message = (
                f"{item.name} has bytes that are not UTF-8, so readers refuse it or lose letters"
            )
            hints = (tell_place(place), Hint("save the file anew, in UTF-8"))
            file = str(package.path)
            yield Diagnostic("E008", Severity.ERROR, message, locate(place), hints, file)


def _is_font(item: Item) -> bool:
    return "font" in item.media or item.name.lower().endswith(_FONTS)


def _find_foreign(item: Item, data: bytes) -> Place | None:
    """The line of the first byte that is not UTF-8."""
    if _OTHER_ENCODING.match(data):
        return None
    try:
        codecs.decode(data, "utf-8")
    except UnicodeDecodeError as error:
        return Place(item.name, data.count(b"\n", 0, error.start) + 1)
    return None


def _list_encrypted(package: Package) -> Iterator[str]:
    listed = package.parse(_ENCRYPTION)
    for one in listed.iter("{*}CipherReference") if listed is not None else ():
        yield posixpath.normpath(unquote(str(one.get("URI", ""))))
