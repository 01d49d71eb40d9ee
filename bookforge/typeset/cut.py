"""Where a word may be divided without a hyphen, and where a space inside it does not break.

In: a word as it stands between two spaces. Out: its pieces, each with how it joins the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from bookforge.regex import regex


class Join(IntEnum):
    """How a word or piece stands to the one before it."""

    CLOSED = 0  # no space, no break
    SPACE = 1  # a word space that may break
    LOOSE = 2  # no space, but a line may end here
    BOUND = 3  # a word space that may not break
    LAST_RESORT = 4  # no space; a break only when nothing else helps
    WIDE = 5  # between ideographs: no space, a break, and room to fill the line


# Words without any of these, and of letters before the ideographs alone, are one piece: nearly
# all. Ideographs are not written as a class: those take long to compile.
_SPECIAL = regex("[-\u2010\u2013\u2014\u2015/@\u2026\u00a0\u200b\u1100-\u11ff]")
_FIRST_IDEOGRAPH = "\u2e80"
# A line may end after a dash, a hyphen, an ellipsis or a stroke between two letters or figures.
_AFTER = regex(
    r"(?<=\w[\u2014\u2015])(?=[\w‘“\"'«„])|(?<=\w[’”][\u2014\u2015])(?=[\w‘“\"'«„])"
    r"|(?<=[.,;:!?…][\u2014\u2015])(?=[\w‘“])|(?<=[\u2014\u2015]{2})(?=\w)"
    r"|(?<=\w\w[-\u2010])(?=[^\W\d]{2})|(?<=\w[\u2013])(?=\w)"
    r"|(?<=\w\u2026)(?=\w)|(?<=[\w:]/)(?=\w)|(?<=\w[?&=_])(?=\w)|(?<=\u200b)"
)
# Addresses: before the @, before a full stop, behind what stands before the host (Chicago 7.46).
_ADDRESS = regex(r"\w@\w|\w://\w")
_IN_ADDRESS = regex(r"(?<=\w)(?=@\w)|(?<=\w\w)(?=\.\w\w)|(?<=://)(?=\w)|" + _AFTER.pattern)
# The scripts that are set without word spaces: from the first letter to the last.
_IDEOGRAPHS = (
    ("\u1100", "\u11ff"), ("\u2e80", "\ufaff"), ("\uff00", "\uffef"),
    ("\U0001b000", "\U0001b2ff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip
# Marks that may not begin a line, and those that may not end one (JIS X 4051, short form).
_NOT_FIRST = frozenset(
    "、。，．：；！？）」』】〕》〉ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ・”’…,.!?;:)"
)
_NOT_LAST = frozenset("（「『【〔《〈“‘(")
# No word is that long; what is (an address, a scream) may break anywhere if it must.
LONGEST = 63

Piece = tuple[Join, str]


def find_compound(words: Sequence[str]) -> list[str]:
    """Those of the words that may be of several pieces: few, so all are looked at at once."""
    text = "\n".join(words)
    found: dict[str, None] = {}
    for match in _SPECIAL.finditer(text):
        stop = text.find("\n", match.end())
        found[text[text.rfind("\n", 0, match.start()) + 1 : None if stop < 0 else stop]] = None
    if max(text, default="") >= _FIRST_IDEOGRAPH:
        found.update(dict.fromkeys(word for word in words if max(word) >= _FIRST_IDEOGRAPH))
    found.update(dict.fromkeys(word for word in words if len(word) > LONGEST))
    return list(found)


def cut_word(word: str) -> list[Piece]:
    """The pieces of a word; the first one's join is `CLOSED`."""
    pieces: list[Piece] = []
    for part in word.split("\u00a0"):
        join = Join.BOUND if pieces else Join.CLOSED
        for piece in _cut_part(part):
            pieces.append((join if piece[0] is Join.CLOSED else piece[0], piece[1]))
            join = Join.CLOSED
    return [piece for piece in pieces if piece[1]] or [(Join.CLOSED, word)]


def find_ends(text: str) -> list[int]:
    """The places in a text behind which a line may end without a space or a hyphen."""
    return [match.start() for match in _AFTER.finditer(text)]


def cut_letters(text: str) -> list[Piece]:
    """Every letter by itself, marks with their letter: for words wider than the line."""
    pieces: list[Piece] = []
    for letter in text:
        if pieces and (_is_mark(letter) or not letter.isprintable()):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + letter)
        else:
            pieces.append((Join.LAST_RESORT if pieces else Join.CLOSED, letter))
    return pieces


def _cut_part(part: str) -> list[Piece]:
    pieces: list[Piece] = []
    for piece in (_IN_ADDRESS if _ADDRESS.search(part) else _AFTER).split(part):
        join = Join.LOOSE if pieces else Join.CLOSED
        if any(map(_is_ideograph, piece)):
            pieces.extend(_cut_ideographs(piece, join))
        elif len(piece) > LONGEST:
            pieces.append((join, piece[0]))
            pieces.extend((Join.LAST_RESORT, text) for _, text in cut_letters(piece[1:]))
        else:
            pieces.append((join, piece))
    return pieces


def _cut_ideographs(text: str, join: Join) -> list[Piece]:
    pieces: list[Piece] = []
    before = ""
    for letter in text:
        wide = _is_ideograph(letter) or (before and _is_ideograph(before))
        breaks = wide and letter not in _NOT_FIRST and before not in _NOT_LAST
        if pieces and (not breaks or _is_mark(letter)):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + letter)
        else:
            pieces.append((Join.WIDE if pieces else join, letter))
        before = letter
    return pieces


def _is_ideograph(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _IDEOGRAPHS)


def _is_mark(letter: str) -> bool:
    """Combining marks, joiners and selectors belong to the letter before them."""
    code = ord(letter)
    return (
        0x0300 <= code <= 0x036F
        or 0x200B <= code <= 0x200F
        or 0xFE00 <= code <= 0xFE0F
        or 0x1F3FB <= code <= 0x1F3FF
    )
