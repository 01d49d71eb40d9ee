"""The way back: every typographic form to the one a typewriter has.

`straighten` gives the same from a manuscript and from its clean-up, which proves that nothing but
marks and spaces has changed. Requested conversions (`symbols`, another style of quotation marks)
stand outside this rule, and so does the level of a mark in languages that write it with the same
glyphs whichever key was pressed (“ is inside in Spanish, outside in English).
"""

from __future__ import annotations

import re

from bookforge.regex import regex

_QUOTES = "\"'“”„‟«»″‘’‚‛‹›′`"
_SPACES = str.maketrans({**dict.fromkeys("\u00a0\u202f\u2009\u200a", " "), "…": "..."})
_MARKS = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛‹›′`", "'")})
# Air between touching marks, and inside guillemets that point outwards.
_TOUCHING = regex(rf"(?<=[{_QUOTES}])[\u202f\u2009\u200a]+(?=[{_QUOTES}])")
_INSIDE = regex(r"(?:(?<=[\s(\[—–-][«‹])|(?<=^[«‹])) +| +(?=[»›](?![^\W_]))", re.M)
# The same where it is the clean-up's own, which must go before a dash is looked for.
_AIR = regex(r"(?<=[«‹])[\u00a0\u202f]+|[\u00a0\u202f]+(?=[»›;:!?])")
_DOTS = regex(r" *\.(?: ?\.){2,}")
_RANGE = regex(r"(?<=\d)[-–—]+(?=[\d$£€])")
_DASHES = regex(r" *(?:(?:(?:--+|[—–])[-—–]*|(?<= )-(?= (?![;:!?]))) *)+")
# French high punctuation, with or without its space.
_HIGH = regex(r" +(?=[;:!?])")
# A dash that begins a line of speech, however it was typed.
_SPEECH = regex(r"^-{1,3} ?(?=[^\s-])", re.M)
_RUNS = regex(r" {2,}")


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
