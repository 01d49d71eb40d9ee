"""The way back: every typographic form to the one a typewriter has.

`straighten` gives the same from a manuscript and from its clean-up, which proves that nothing but
marks and spaces has changed. Requested conversions (`symbols`, another style of quotation marks)
stand outside this rule.
"""

from __future__ import annotations

import re

_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′", "'"),
        **dict.fromkeys("\u00a0\u2007\u2002\u2003", " "),
        **dict.fromkeys("\u202f\u2009\u200a", " "),
        "…": "...",
    }
)
_DOTS = re.compile(r"(?<=\.) (?=\.)| +(?=\.{3})|(?<=\.{3}) +")
_RANGE = re.compile(r"(?<=\d)(?:--|[-–])(?=\d)")
_DASHES = re.compile(r" *(?:-{2,}|[—–―]|(?<= )-(?= ))[—–―-]* *")
_GAPS = re.compile(r" +([;:!?»\"'])|([\"'«]) +(?=[\"'])")
_RUNS = re.compile(r" {2,}")
_TOUCH = re.compile(r"(?<=[\"'])[\u200a\u2009\u202f\u00a0]+(?=[\"'])")
_INNER = re.compile(r"(?<=[«‹])[\u202f\u00a0\u2009 ]|[\u202f\u00a0\u2009](?=[»›;:!?])")


def straighten(text: str) -> str:
    """`text` with straight quotes, `...`, `--`, hyphens in ranges and plain spaces."""
    text = _INNER.sub("", text).translate(_MARKS)
    text = _DOTS.sub("", text)
    text = _RANGE.sub("-", text)
    text = _DASHES.sub("--", text)
    text = _RUNS.sub(" ", text)
    return text
