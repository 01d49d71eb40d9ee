"""Whether a line is a day, a date or a time of the clock."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from bookforge.regex import regex

# The longest date, in characters.
LONGEST = 48
_EDGES = " \t*_=#~[]().:,—–-"
_TOKEN = regex(
    r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}h\d{2}|\d{1,2}(?=\s?[ap]\.?m\b))"
    r"|(?P<date>\d{4}-\d{2}-\d{2}|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4})"
    r"|(?P<number>\d{1,2}(?!\d)|1[5-9]\d\d(?!\d)|20\d\d(?!\d))"
    r"|(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)"
    r"|(?P<joint>[\s.,:;/—–()ºª°-]+)"
)


def is_day(text: str, tag: str) -> bool:
    """Whether a line is a day, a date or a time of the clock and nothing else."""
    bare = text.strip(_EDGES)
    if not bare or len(bare) > LONGEST or "\n" in bare or bare[0].islower():
        return False
    names, joints = _words(tag.split("-")[0])
    at, said, numbers, words = 0, 0, 0, 0
    while at < len(bare):
        match = _TOKEN.match(bare, at)
        if match is None:
            return False
        what, at = match.lastgroup, match.end()
        if what == "word":
            word = match.group().casefold()
            if word not in names and word not in joints:
                return False
            said += word in names
            words += 1
        said += 2 * (what in ("clock", "date"))
        numbers += what == "number"
    # A short name alone ("Sat", "May", "Do") is more often a word than a day.
    return said > 0 and numbers <= 3 and (numbers > 0 or said > 1 or words > 1 or len(bare) > 3)


@lru_cache(maxsize=4)
def _words(base: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names of days and months in a language and in English, and what joins them."""
    entry = resources.files("bookforge.readers") / "calendar.toml"
    table = tomllib.loads(entry.read_text(encoding="utf-8"))
    names = " ".join(table[key].get(tag, "") for key in ("days", "months") for tag in (base, "en"))
    return frozenset(names.split()), frozenset(table["joints"]["all"].split())
