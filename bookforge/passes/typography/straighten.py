"""The way back: every typographic form to the one a typewriter has.

`straighten` gives the same from a manuscript and from its clean-up, which proves that nothing but
marks and spaces has changed. Requested conversions (`symbols`, another style of quotation marks)
stand outside this rule, and so does the level of a mark in languages that write it with the same
glyphs whichever key was pressed (“ is inside in Spanish, outside in English).
"""

from __future__ import annotations

import re

_QUOTES = "\"'“”„‟«»″‘’‚‛‹›′`"
_SPACES = str.maketrans({**dict.fromkeys("\u00a0\u202f\u2009\u200a", " "), "…": "..."})
_MARKS = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛‹›′`", "'")})
# Air between touching marks, and inside guillemets that point outwards.
_TOUCHING = re.compile(rf"(?<=[{_QUOTES}])[\u202f\u2009\u200a]+(?=[{_QUOTES}])")
_INSIDE = re.compile(r"(?:(?<=[\s(\[—–-][«‹])|(?<=^[«‹])) +| +(?=[»›](?![^\W_]))", re.M)
# The same where it is the clean-up's own, which must go before a dash is looked for.
_AIR = re.compile(r"(?<=[«‹])[\u00a0\u202f]+|[\u00a0\u202f]+(?=[»›;:!?])")
_DOTS = re.compile(r" *\.(?: ?\.){2,}")
_RANGE = re.compile(r"(?<=\d)[-–—]+(?=[\d$£€])")
_DASHES = re.compile(r" *(?:(?:(?:--+|[—–])[-—–]*|(?<= )-(?= (?![;:!?]))) *)+")
# French high punctuation, with or without its space.
_HIGH = re.compile(r" +(?=[;:!?])")
# A dash that begins a line of speech, however it was typed.
_SPEECH = re.compile(r"^-{1,3} ?(?=[^\s-])", re.M)
_RUNS = re.compile(r" {2,}")


def straighten(text: str) -> str:
    """`text` with straight quotes, `...`, `--`, hyphens in ranges and single plain spaces.

    Spaces around dashes and before ellipses go, since a clean-up may set them either way.
    """
    text = _AIR.sub("", _TOUCHING.sub("", text))
    text = _RUNS.sub(" ", text.translate(_SPACES))
    text = _RANGE.sub("-", _DASHES.sub("--", text))
    text = _SPEECH.sub("--", text)
    text = _DOTS.sub("...", text)
    text = _HIGH.sub("", _INSIDE.sub("", text).translate(_MARKS))
    return _RUNS.sub(" ", text)
