"""Where the marks of a text stand and what surrounds each: everything the costs may look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import or_
from typing import NamedTuple

from bookforge.passes.typography.quotes.lexicon import Lexicon, word_list
from bookforge.regex import regex

# Straight and typographic marks by kind: D like ", S like '.
KINDS = {
    '"': "D", "“": "D", "”": "D", "„": "D", "‟": "D", "«": "D", "»": "D",
    "'": "S", "‘": "S", "’": "S", "‚": "S", "‛": "S", "‹": "S", "›": "S",
}  # fmt: skip
# What a typographic mark can be; straight ones can be anything.
FIXED = {
    "“": "oc", "”": "oc", "„": "o", "‟": "o", "«": "oc", "»": "oc",
    "‘": "oca", "’": "oca", "‚": "o", "‛": "oa", "‹": "oc", "›": "oc",
}  # fmt: skip
# Letters of the readings: open, close, apostrophe, prime.
READINGS = {"D": "ocp", "S": "ocap"}
# Markup of plain text and narrow spaces between touching marks: looked through.
_TRANSPARENT = frozenset("_*\u200a\u2009\u202f")
_CLASSES = {
    "\n": "^", " ": " ", "\u00a0": " ", "\u2028": " ", "\t": " ",
    "—": "d", "–": "d", "―": "d", "-": "h", "…": "e",
    "¿": "(", "¡": "(", "(": "(", "[": "(", "{": "(", ")": ")", "]": ")", "}": ")",
    ".": ".", "!": ".", "?": ".", ",": ",", ";": ",", ":": ",",
    "°": "g", "&": "&", "$": "$", "£": "$", "€": "$", "\ufffc": "x",
}  # fmt: skip
_WORD_AFTER = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+s?")
_ENDING = regex("'(?:s|ll|d|ve|re)$")
_WORD_BEFORE = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*$")
_SAYING = word_list("saying")
_NEAR = word_list("near")


class Mark(NamedTuple):
    """A mark in its surroundings; `key` holds the classes, `words` the lexical facts."""

    offset: int
    char: str
    kind: str
    readings: str
    key: tuple[str, ...]
    words: tuple[str, ...]
    touches: bool


# A word met with an apostrophe so often is known for one; more says nothing more.
MOST_SEEN = 3


class Evidence(NamedTuple):
    """What the book says: its outer mark, and words met with an apostrophe before them."""

    outer: str
    elided: Mapping[str, int]
    fixed: Mapping[str, str]


def find_marks(text: str, positions: list[int], lexicon: Lexicon, evidence: Evidence) -> list[Mark]:
    """The marks of one paragraph; `text` has a line end before and after every paragraph."""
    sides = [_sides(text, offset) for offset in positions]
    words = [
        _words(text, offset, key, lexicon, evidence)
        for offset, key in zip(positions, sides, strict=True)
    ]
    dropped = sum(map(_is_dialect, words))
    partners = _partners(sides, [KINDS[text[offset]] == "S" for offset in positions])
    marks = []
    before = -9
    for index, (offset, key, facts) in enumerate(zip(positions, sides, words, strict=True)):
        char = text[offset]
        kind = KINDS[char]
        if facts in _FIGURES:
            # Figures that are no year stand at a beginning as capitals do.
            key = (*key[:3], "A", *key[4:])
        if len(facts) > 3:
            facts = (*facts, f"d{min(dropped - _is_dialect(facts), 2)}")
        if kind == "S" and len(facts) > 2:
            facts = (*facts, evidence.outer + partners[index])
        fixed = evidence.fixed.get(char)
        readings = _as_placed(fixed, key) if fixed else _possible(kind, key, facts)
        if len(readings) == 4 and _GENITIVE.match(text, offset + 1):
            readings = "a"  # the 1990's
        touches = before >= 0 and not text[before + 1 : offset].strip("\u200a\u2009\u202f")
        marks.append(Mark(offset, char, kind, readings, (kind, *key), facts, touches))
        before = offset
    return marks


def _partners(sides: Sequence[tuple[str, ...]], single: list[bool]) -> list[str]:
    """For each mark: "<" when a single one before it may open, ">" when one behind may close."""
    rows = list(zip(sides, single, strict=True))
    opens = [fits and key[0] in _BEFORE_OPEN and key[3] not in "^ " for key, fits in rows]
    closes = [fits and key[0] not in "^ (" and key[3] not in "aA0" for key, fits in rows]
    before = list(accumulate(opens, or_, initial=False))
    behind = list(accumulate(reversed(closes), or_, initial=False))[::-1]
    return ["<" * left + ">" * right for left, right in zip(before[:-1], behind[1:], strict=True)]


def _possible(kind: str, key: tuple[str, ...], words: tuple[str, ...]) -> str:
    """The readings of a straight mark: primes stand behind digits, and some can be nothing else."""
    if key[0] != "0":
        return "oca" if kind == "S" else "oc"
    return "p" if words[0] in _SURE_MEASURES else READINGS[kind]


def _as_placed(readings: str, key: tuple[str, ...]) -> str:
    """The readings of a typographic mark; one turned the wrong way is what its place says."""
    left, right = _place_of(key[0]), _place_of(key[3])
    if (left, right) == (1, 0) and "c" not in readings:
        return readings.replace("o", "c")
    if (left, right) == (0, 1) and "o" not in readings:
        return readings.replace("c", "o")
    return readings


def _place_of(side: str) -> int:
    """0 for a space or an end, 1 for a letter, a figure or a point, 2 for what says nothing."""
    return 0 if side in "^ " else 1 if side in "aA0.," else 2


def _is_dialect(words: tuple[str, ...]) -> bool:
    """Whether the words show an elision beyond doubt: 'em, 'ave, th', goin'."""
    if len(words) > 3:
        return words[1][0] == "S" or words[1][1:3] in ("01", "02", "03")
    return len(words) == 3 and words[1] in "EG"


def _class_of(text: str, at: int) -> str:
    char = text[at]
    known = _CLASSES.get(char)
    if known is None:
        if char.isdigit() or char in "½¼¾⅓⅔⅛⅜⅝⅞":
            return "0"
        if char.isalpha():
            return "a" if char.islower() else "A"
        return "o"
    if known == "h" and (text[at - 1] == "-" or text[at + 1 : at + 2] == "-"):
        return "d"
    if char == "." and (text[at - 1 : at + 1] == ".." or text[at : at + 2] == ".."):
        return "e"
    return known


def _sides(text: str, offset: int) -> tuple[str, str, str, str, str, str]:
    """(left, beyond a space, touching mark) and the same to the right."""
    left, near_left = _look_through(text, offset, -1)
    right, near_right = _look_through(text, offset, 1)
    a, b = _class_of(text, left), _class_of(text, right)
    beyond_left = beyond_right = ""
    if a == " ":
        beyond_left = KINDS.get(text[left - 1]) or _class_of(text, left - 1)
    if b == " ":
        beyond_right = KINDS.get(text[right + 1]) or _class_of(text, right + 1)
    return a, beyond_left, near_left, b, beyond_right, near_right


def _look_through(text: str, offset: int, way: int) -> tuple[int, str]:
    """The first place beyond touching marks and markup, and the kind of the mark next door."""
    near = ""
    for at in range(offset + way, offset + way * _DEEP, way):
        char = text[at]
        if char not in KINDS and char not in _TRANSPARENT:
            return at, near
        near = near or KINDS.get(char, "")
    return offset + way, near


def _words(
    text: str, offset: int, key: tuple[str, ...], lexicon: Lexicon, evidence: Evidence
) -> tuple[str, ...]:
    """Lexical facts of a mark: of the word it leads, the word it trails, or its measure."""
    a, _, _, b, _, _ = key
    if a == "0":
        return (_measure(text, offset),)
    if KINDS[text[offset]] == "D":
        return ()
    if a in "aA":
        return _trailing(text, offset, lexicon)
    if b in "aA0":
        return _leading(text, offset, lexicon, evidence, key)
    return ("n",)


def _leading(
    text: str, offset: int, lexicon: Lexicon, evidence: Evidence, key: tuple[str, ...]
) -> tuple[str, ...]:
    start = _look_through(text, offset, 1)[0]
    found = _WORD_AFTER.match(text, start)
    word = found.group().lower().replace("’", "'") if found else ""
    if word[:1].isdigit():
        rest = text[start + len(word)]
        if rest.isalpha():
            return ("L", "ordinal")
        return ("L", "decade" if len(word.rstrip("s")) == 2 else "number")
    if word in _LONE and text[start + 1] in "'’":
        word = _lone(text, offset, word)
    stem = _ENDING.sub("", word) or word
    shape = lexicon.lead_class(word if word in lexicon.sure else stem)
    seen = min(evidence.elided.get(word, 0), MOST_SEEN)
    cap = "C" if key[3] == "A" else "c"
    before = _word_before(text, offset)
    return ("L", shape + cap, f"b{seen}", before, word if shape[0] != "-" else "")


def _lone(text: str, offset: int, word: str) -> str:
    """A letter between two marks: fish 'n' chips, I'd 'a' gone; else a letter that is named."""
    if word == "n" or _HAVE_BEFORE.search(text, max(0, offset - 12), offset):
        return word + "'"
    return word


def _word_before(text: str, offset: int) -> str:
    found = _WORD_BEFORE.search(text, max(0, offset - 24), offset - 1)
    if not found:
        return "-"
    word = found.group().lower()
    if word in _NEAR:
        return word
    return "say" if word in _SAYING else "w"


def _trailing(text: str, offset: int, lexicon: Lexicon) -> tuple[str, ...]:
    found = _WORD_BEFORE.search(text, max(0, offset - 24), offset)
    word = found.group().lower().replace("’", "'") if found else ""
    return ("T", lexicon.trail_class(word), word if word in lexicon.ends else "")


_BEFORE_OPEN = "^ (dh"
# No more marks than these touch in earnest.
_DEEP = 8
_LONE = frozenset(("n", "a", "o"))
_HAVE_BEFORE = regex(r"(?:['’]d|n['’]t|ould|ight|must|hardly|to) $")
_FIGURES = (("L", "ordinal"), ("L", "number"))
_SURE_MEASURES = frozenset(("deg", "inch", "feet"))
_DEGREES = regex(r"°\s?\d+(?:[.,]\d+)?[½¼¾]?(?:['′]\s?\d+(?:[.,]\d+)?)?$")
_GENITIVE = regex(r"s(?![^\W_])")
_FEET = regex(r"\d['′]\s?\d+(?:[½¼¾]|\s\d/\d|\.\d+)?$")
_INCHES_AFTER = regex(r"\s?\d+(?:[½¼¾]|\s\d/\d|\.\d+)?\s?(?:\"|'')")


def _measure(text: str, offset: int) -> str:
    """What a mark after a digit looks like: degrees, feet and inches, a bare number."""
    before = text[max(0, offset - 16) : offset]
    if _DEGREES.search(before):
        return "deg"
    if text[offset] in '"”' and _FEET.search(before):
        return "inch"
    if text[offset] in "'’" and _INCHES_AFTER.match(text, offset + 1):
        return "feet"
    return "num"
