"""Ranges of numbers: a hyphen between digits becomes an en dash when it says "to".

Only two groups, the second larger (or a shorter ending that makes it larger); telephone numbers,
dates, scores, codes, sums and addresses keep their hyphens (Chicago 6.77, 9.62).
"""

from __future__ import annotations

from collections.abc import Iterator

from bookforge.model.edits import Edit
from bookforge.regex import regex

_HYPHEN = regex(r"-(?<=\d-)(?=[\d$£€])")
_LEFT = regex(
    r"(?:(?<![\w.…,/:#@&=+–])(?<!(?<!-)-)|(?<=[$£€(\[~§]))"
    r"(?:\d{1,3}:)?(\d[\d,]*(?:\.\d+)?)$"
)
_RIGHT = regex(r"[$£€]?(\d[\d,]*(?:\.\d+)?)(?!:\d)")
_AFTER = regex(r"(?:s|th|am|pm|mm|cm|km|kg|g|m|ft|in|lbs?|oz|h|k|p)?(?![\w/@#&=+]|-\d|-[A-Z])")
_SCORE = regex(
    r"\b(?:w[io]n|lost|lose|beat|beaten|score[sd]?|scoreline|drew|tied|led|leads?|defeat(?:ed)?|"
    r"victory|match|game|half-time|ahead|behind|goal|vote[ds]?|verdict|odds|bet)\b"
)
_SCORED = regex(r" (?:vote|win|loss|victory|defeat|lead|score|draw|record|split|odds|majority)\b")
# Words before the parts of one number: "flight 370-371" may be a range, and may not.
_CODED = regex(
    r"(?:\b(?:[Pp]art|SKU|ISBN|ISSN|[Mm]odel|[Ff]light|Boeing|Airbus|[Ss]erial|[Cc]ode|[Ll]ot|[Ii]tem"
    r"|[Rr]ef|[Rr]eference|[Oo]rder|[Ff]orm|[Tt]el|[Tt]elephone|[Pp]hone|[Ff]ax|[Cc]all|[Dd]ial"
    r"|ZIP|PIN|[Aa]ccount|[Ee]xtension|[Ee]xt|[Bb]adge|[Dd]ocket|[Cc]ase|[Tt]ype|[Nn]umber|[Nn]o"
    r"|[Ss]ince|[Aa]fter)[.:#]?|#)[ \u00a0]?(?:(?:[Nn]o\.?|[Nn]umber)[ \u00a0])?$"
)
_NOON = regex(r" ?[ap]\.?m\b")
_SENTENCE = regex(r"[\n;]|[.!?][\"”’')]* ")
_HOURS = regex(
    r"\b(?:open|hours|shifts?|daily|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|works?|working)\b"
)


def find_ranges(text: str) -> Iterator[Edit]:
    """An edit for each hyphen that stands for "to"."""
    for found in _HYPHEN.finditer(text):
        if is_range(text, found.start()):
            yield Edit(found.start(), found.end(), "–", "range")


def is_range(text: str, at: int) -> bool:
    """Whether the hyphen at `at`, between digits, joins the ends of a range."""
    left = _LEFT.search(text, max(0, at - 20), at)
    right = _RIGHT.match(text, at + 1)
    if not left or not right or not _AFTER.match(text, right.end()):
        return False
    first, second = left.group(1).rstrip(","), right.group(1).rstrip(",")
    if _is_number(first, second) or _CODED.search(text, max(0, left.start() - 24), left.start()):
        return False
    around = _SENTENCE.split(text[max(0, at - 60) : at])[-1]
    short = len(first) < 3 and len(second) < 3
    if short and (_SCORE.search(around) or _SCORED.match(text, right.end())):
        return False
    if short and (_NOON.match(text, right.end()) or _HOURS.search(around)):
        return int(first) <= 12 or _grows(first, second)
    return _grows(first, second)


def _is_number(first: str, second: str) -> bool:
    """Parts of one number: telephone, date, code."""
    if first[0] == "0":
        return True
    if second[0] == "0" and not second.startswith("0."):
        # 1907-09 are years; 2019-03 may be a month.
        return not (len(first) == 4 and len(second) == 2 and first < "2000")
    if len(first) == 3 and len(second) == 4:
        return True
    # 12-345 is a code; 1-100 and 5-1,000 count.
    return len(second) > len(first) + 1 and first != "1" and "," not in second


def _grows(first: str, second: str) -> bool:
    low, high = first.replace(",", ""), second.replace(",", "")
    if float(high) > float(low):
        return True
    # 1914-18: the second number leaves out what it shares with the first.
    shorter = len(low) - len(high)
    plain = low.isdigit() and high.isdigit()
    return plain and len(low) > 2 and 0 < shorter < 4 and low[:shorter] + high > low
