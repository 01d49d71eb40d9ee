"""Names of books on a reader: legal on FAT and exFAT, readable, the same at every send.

A name depends on the book's title and authors alone. Two books may come to one name, or differ
only in case, which FAT does not see: then the second gets a tag made from what it is
(`Name.tagged`), which also never changes. Letters of every script are kept.

Sources: Microsoft, "Naming Files, Paths, and Namespaces" (forbidden characters, reserved names,
trailing dots and blanks); the exFAT specification, 7.7.3 (255 UTF-16 units); calibre keeps whole
paths within 250.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from msgspec import Struct
from msgspec.structs import replace

from bookforge.regex import regex

# What typography knows better words for; the rest of the forbidden becomes "_".
_SPEAKING = (
    (regex(r"\s*[:：]\s+"), " - "),
    (regex(r"[/\\|:]"), "-"),
    (regex(r'"'), "'"),
)
_FORBIDDEN = regex(r"[\x00-\x1f\x7f-\x9f*<>?]")
# Marks that are not seen but turn or hide text (the name would not be what it looks like), lone
# surrogates, private use (macOS stores forbidden characters there), and what Unicode says is no
# character. Joiners stay: Persian and emoji are written with them.
_UNSEEN = regex(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
_RESERVED = regex(r"(?i)(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)")
# UTF-16 units of a folder's name, and of a file's without ending; with "/" well within 250.
_LONGEST_FOLDER = 64
_LONGEST = 140
# Other file systems count bytes: 255, less the longest ending and a tag.
_MOST_BYTES = 230
_JOINER = "\u200d"


class Name(Struct, frozen=True):
    """Where a book lies below the folder for books; `folder` is "" for the folder itself."""

    folder: str
    stem: str
    ending: str

    @property
    def path(self) -> str:
        """With "/" between folder and file."""
        return f"{self.folder}/{self.file}" if self.folder else self.file

    @property
    def file(self) -> str:
        """The file's own name."""
        return f"{self.stem}{self.ending}"

    def tagged(self, key: str) -> Name:
        """The name for a book whose plain one belongs to another; `key` says which book it is."""
        tag = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        return replace(self, stem=f"{_shorten(self.stem, _LONGEST - 11)} [{tag}]")


def name_book(title: str, authors: tuple[str, ...], ending: str, avoid: str = "") -> Name:
    """The name of a book; `ending` with its dot, `avoid` what a device stumbles over besides."""
    folder = clean(" & ".join(authors[:2]), avoid, _LONGEST_FOLDER) if authors else ""
    return Name(folder, clean(title, avoid, _LONGEST) or "Untitled", ending)


def fold(name: str) -> str:
    """What file systems without case compare: two names may be one when this is the same.

    Some fold to capitals, some to small letters (ı and I, ẞ and ß): both are done.
    """
    return unicodedata.normalize("NFC", name).upper().casefold()


def clean(text: str, avoid: str, length: int) -> str:
    """A text as part of a path, at most `length` UTF-16 units; "" when nothing is left of it."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    for found, spoken in _SPEAKING:
        text = found.sub(spoken, text)
    if "'" in avoid:
        text = text.replace("'", "’")
    text = _FORBIDDEN.sub("_", re.sub(r"\s+", " ", text))
    text = "".join("_" if char in avoid else char for char in text)
    # A leading dot hides the file; trailing dots and blanks are cut off by Windows.
    text = re.sub(r"^[\s.]+|[\s._]+$", "", text)
    text = f"_{text}" if _RESERVED.match(text) else text
    return _shorten(text, length)


def _shorten(text: str, length: int) -> str:
    """As many whole characters, with their accents and joined signs, as there is room for."""
    units = size = end = 0
    for at, char in enumerate(text):
        if not _clings(text, at):
            end = at
        units += 2 if char > "\uffff" else 1
        size += len(char.encode())
        if units > length or size > _MOST_BYTES:
            return re.sub(r"[\s._]+$", "", text[:end])
    return text


def _clings(text: str, at: int) -> bool:
    """Whether the character belongs to the one before it (a rough reading of UAX #29)."""
    char = text[at]
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or char == _JOINER
        or (at > 0 and text[at - 1] == _JOINER)
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )
