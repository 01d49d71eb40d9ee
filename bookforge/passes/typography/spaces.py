"""Spaces that do not break: after titles and initials and before units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bookforge.model.edits import Edit
from bookforge.passes.typography.quotes.lexicon import word_list
from bookforge.regex import regex

NO_BREAK = "\u00a0"
_TITLES = word_list("titles")
_NUMBERED = word_list("numbered")


def _stop() -> re.Pattern[str]:
    """A full stop behind a single letter, or letters that end as a title does.

    A name may be left out: "Mr. ----". Looking back costs less than asking at every sentence's end.
    """
    widths: dict[int, list[str]] = {}
    for word in sorted(_TITLES | _NUMBERED):
        widths.setdefault(len(word), []).append(re.escape(word))
    ends = [r"(?<=[\W\d_][^\W\d_]\. )"]
    ends += [rf"(?<=(?:{'|'.join(words)})\. )" for _, words in sorted(widths.items())]
    return re.compile(rf"\. (?=[A-Z\d]|——|----)(?:{'|'.join(ends)})")


_STOP = _stop()
# By first letter: a single character is looked for many times as fast as one of three.
_BARE_TITLES = tuple(
    regex(title)
    for title in (
        r"M(?:r|rs|s|essrs|me|lle) (?=[A-Z])",
        r"D(?=r )[a-z] (?=[A-Z])",
        r"S(?=t )[a-z] (?=[A-Z])",
    )
)
_UNIT = regex(
    r" (?<=\d )(?:(?:km|kg|cm|mm|m|ft|lbs?|oz|mph|kph|°[CF]|[KMGT]B|[kM]?Hz|%|am|pm)(?!\w)"
    r"|[ap]\.m\.|million\b|billion\b)"
)
# Words that begin sentences: "Plan B. The" is no name with an initial.
_STARTERS = word_list("starters")
_WORD = regex(r"[^\W\d_]+")


def find_spaces(text: str, english: bool = True) -> Iterator[Edit]:
    """Edits for spaces between words; titles are those of English."""
    for found in _STOP.finditer(text):
        at = found.start()
        if _binds(text, at, english):
            yield Edit(at + 1, at + 2, NO_BREAK, "no-break space")
    for title in _BARE_TITLES if english else ():
        for found in title.finditer(text):
            at = found.end() - 1
            if not text[found.start() - 1].isalnum():
                yield Edit(at, at + 1, NO_BREAK, "no-break space")
    for found in _UNIT.finditer(text):
        yield Edit(found.start(), found.start() + 1, NO_BREAK, "no-break space")


def _binds(text: str, at: int, english: bool) -> bool:
    """Whether the full stop at `at` belongs to a title, an initial or "No."."""
    start = at
    while text[start - 1].isalpha():
        start -= 1
        if at - start > 6:
            return False
    word = text[start:at]
    after = text[at + 2]
    if after.isdigit():
        return english and word in _NUMBERED
    if english and word in _TITLES:
        return True
    begins = text[start - 1] in " \n\"'“‘(.—\u00a0" or text[start - 2 : start] == "--"
    if len(word) != 1 or not word.isupper() or not begins:
        return False
    following = _WORD.match(text, at + 2)
    name = following.group() if following else ""
    if len(name) == 1 and text[at + 3] == ".":
        return True
    return word != "I" and len(name) > 1 and name not in _STARTERS
