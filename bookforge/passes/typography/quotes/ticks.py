"""The backtick of old plain texts, which opens a quotation that ' closes: `so'."""

from __future__ import annotations

from collections.abc import Mapping

from bookforge.regex import regex

# Where an opening mark may stand, and what may follow it.
_OPENING = regex(r"(?<![^\s\"'“(\[—–_*-])`(?=[^\W_]|[\"“…(_*-])")
_CLOSING = regex(r"(?<=\S)['’](?![^\W_])")


def read_ticks(text: str, chosen: Mapping[int, str]) -> tuple[str, dict[int, str]]:
    """The text with its backticks as opening marks and those settled, if the text has it so.

    All must stand where a quotation can open, and most before a ' that can close it in the same
    paragraph; else they are something else (code, another alphabet's letter) and stay.
    """
    places = [found.start() for found in _OPENING.finditer(text)]
    settled = dict(chosen)
    if not places or len(places) < text.count("`"):
        return text, settled
    closed = sum(bool(_CLOSING.search(text, at + 2, text.find("\n", at))) for at in places)
    if closed * 4 < len(places) * 3:
        return text, settled
    for at in places:
        settled.setdefault(at, "o")
    return text.replace("`", "‘"), settled
