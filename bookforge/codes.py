"""Every diagnostic code once: its title, and what it means and what to do, in the writer's words.

`bookforge explain CODE` and docs/codes.md derive from this table. Letters: C config, R reading,
S structure, T typography, A accessibility, P pages, E epub, F fonts, I images, O outputs.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding."""

    code: str
    title: str
    explanation: str


_ALL = (
    # --- R: reading
    Code(
        "R001",
        "file not found",
        "A file that the book needs is not there. Check the spelling of "
        "its name; paths in book.toml are relative to book.toml.",
    ),
    Code(
        "R002",
        "a folder where a file was expected",
        "Name one file in the folder, or set [manuscript] files to the folder.",
    ),
    Code(
        "R003",
        "unreadable file",
        "The system refuses to open the file. Check its permissions and "
        "whether another program has locked it.",
    ),
    Code("R004", "no text", "The file is empty or holds only blank lines."),
    Code(
        "R005",
        "not a text file",
        "The bytes are no text in any encoding bookforge knows: a "
        "picture, an archive, a word-processor file under another name, or a damaged file.",
    ),
    Code(
        "R006",
        "mixed encodings",
        "Most of the file is UTF-8, but some bytes are Windows-1252, "
        "as when text was pasted from two programs. They were read as such; save the file as "
        "UTF-8 to be sure.",
    ),
    Code(
        "R007",
        "control characters left out",
        "Characters without shape (NUL, escape codes) "
        "stood in the text. They were left out; everything else was kept.",
    ),
    Code(
        "R008",
        "encoding guessed",
        "The file is not UTF-8. Its encoding was guessed from the "
        "bytes above 127; if accents or quotes look wrong, name it: [manuscript] encoding.",
    ),
    Code(
        "R009",
        "unknown encoding",
        "[manuscript] encoding names no encoding Python knows. "
        "Usual ones: utf-8, cp1252, utf-16, mac-roman, koi8-r.",
    ),
)

CODES: dict[str, Code] = {code.code: code for code in _ALL}
