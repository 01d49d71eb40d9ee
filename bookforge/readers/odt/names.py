"""Names of the OpenDocument vocabulary that the reader looks for (OASIS ODF 1.3)."""

from __future__ import annotations

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"


def office(name: str) -> str:
    return f"{{{_BASE}office:1.0}}{name}"


def text(name: str) -> str:
    return f"{{{_BASE}text:1.0}}{name}"


def style(name: str) -> str:
    return f"{{{_BASE}style:1.0}}{name}"


def fo(name: str) -> str:
    return f"{{{_BASE}xsl-fo-compatible:1.0}}{name}"


def draw(name: str) -> str:
    return f"{{{_BASE}drawing:1.0}}{name}"


def svg(name: str) -> str:
    return f"{{{_BASE}svg-compatible:1.0}}{name}"


def table(name: str) -> str:
    return f"{{{_BASE}table:1.0}}{name}"


HREF = "{http://www.w3.org/1999/xlink}href"
DC = "{http://purl.org/dc/elements/1.1/}"
META = f"{{{_BASE}meta:1.0}}"
MANIFEST = f"{{{_BASE}manifest:1.0}}"
