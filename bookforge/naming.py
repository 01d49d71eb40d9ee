"""Names of output files: readable, legal on every file system, at most 100 characters; and their
sizes in words."""

from __future__ import annotations

import re
import unicodedata

from bookforge.regex import regex

# Not allowed in names on Windows, FAT or in shells' way; slashes are folders everywhere.
_BAD = regex(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = regex(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])$")
_LONGEST = 100
# File systems count bytes: 255 less the longest ending and the temporary name's part.
_MOST_BYTES = 200


def fill_name(template: str, values: dict[str, str], edition: str | None) -> str:
    """NAME of the outputs: the template's `{title}`, `{author}`… filled in, `-edition` added."""
    name = re.sub(r"\{([a-z-]+)\}", lambda match: values.get(match[1], ""), template)
    tail = f"-{_legal(edition)}" if edition else ""
    return _shorten(_legal(name) or "book", _LONGEST - len(tail)) + tail


def _legal(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    name = "".join(
        " " if char.isspace() else char for char in name if char.isprintable() or char.isspace()
    )
    # A colon parts title and subtitle: a dash says the same and is legal.
    name = re.sub(r"\s*:\s+", " - ", name)
    name = _BAD.sub("-", name)
    name = re.sub(r"\s+", " ", name).strip(" .-")
    return f"{name}-book" if _RESERVED.match(name) else name


def _shorten(name: str, length: int) -> str:
    name = name[:length]
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
    return name.rstrip(" .")


def show_size(size: int) -> str:
    """Bytes as people count them."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
