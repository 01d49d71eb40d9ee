"""Hyphenation patterns (Liang, 1983) from pyphen's dictionaries.

Only the places are wanted here, not changed spellings, and most patterns never match: so they are
kept as they are written and built into an automaton (Aho and Corasick, 1975) as words are met. A
word is then one walk, a step a letter; a place where hyphenation would change the spelling is left
whole.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bookforge.kernel import compiled
from bookforge.regex import regex

_DIGITS = {ord(digit): None for digit in "0123456789"}
_HEX = regex(r"\^\^([0-9a-f]{2})")
# Lines of a dictionary that are settings or remarks, not patterns.
_REMARKS = (
    "%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN",
    "COMPOUNDRIGHTHYPHENMIN", "NOHYPHEN", "NEXTLEVEL",
)  # fmt: skip


@compiled("words")
class Patterns:
    """The patterns of one language, as they are written: ".ach4", "hy3ph"."""

    def __init__(self, patterns: list[str]) -> None:
        self._start = _State("", (), None, _index(patterns))
        self._known: dict[str, list[int]] = {}

    def find(self, word: str) -> list[int]:
        """Offsets in a word (lower case) at which it may be divided."""
        known = self._known.get(word)
        if known is not None:
            return known
        state: _State = self._start
        levels = [0] * (len(word) + 3)
        for end, letter in enumerate(f".{word}.", 1):
            state = state[letter]
            for back, level in state.figures:
                if level > levels[end - back]:
                    levels[end - back] = level
        places = [at - 1 for at in range(2, len(word) + 1) if levels[at] & 1]
        self._known[word] = places
        return places

    def forget(self) -> None:
        """Free what was found out of words."""
        self._known.clear()


class _State(dict[str, "_State"]):
    """What the letters up to a place may be part of, and the states that letters lead to.

    `letters`: the longest end of what was read that begins a pattern; `shorter`: the state of the
    next longest. `figures`: those of all patterns that end here, as (letters back, figure).
    """

    __slots__ = ("_letters", "_shorter", "_table", "figures")

    def __init__(
        self,
        letters: str,
        figures: tuple[tuple[int, int], ...],
        shorter: _State | None,
        table: dict[str, str],
    ) -> None:
        super().__init__()
        self.figures = figures
        self._letters = letters
        self._shorter = shorter
        self._table = table

    def __missing__(self, letter: str) -> _State:
        letters = self._letters + letter
        behind = self if self._shorter is None else self._shorter[letter]
        pattern = self._table.get(letters)
        state = behind
        if pattern is not None:
            own = _read(pattern, len(letters)) if pattern else ()
            state = _State(letters, (*behind.figures, *own), behind, self._table)
        self[letter] = state
        return state


def _index(patterns: list[str]) -> dict[str, str]:
    """Patterns by their letters; "" for letters that only begin a longer one."""
    letters = [
        line.partition("/")[0] for line in "\n".join(patterns).translate(_DIGITS).split("\n")
    ]
    table = dict(zip(letters, patterns, strict=True))
    begun = {*letters}
    while begun := {begin[:-1] for begin in begun} - table.keys() - {""}:
        table.update(dict.fromkeys(begun, ""))
    return table


def _read(pattern: str, length: int) -> tuple[tuple[int, int], ...]:
    """The figures of a pattern other than zero: each stands before a letter, or at the end."""
    pattern, _, changed = pattern.partition("/")
    found: list[tuple[int, int]] = []
    back = length
    for letter in pattern:
        if not letter.isdecimal():
            back -= 1
        elif letter != "0" and (not found or found[-1][0] != back):  # one figure a place
            level = int(letter)
            # A division that changes the spelling is forbidden.
            found.append((back, level + 1 if changed and level & 1 else level))
    return tuple(found)


@lru_cache(maxsize=8)
def load_patterns(name: str) -> Patterns | None:
    """The patterns of a dictionary by pyphen's name for it; None when there is none."""
    import pyphen

    path = pyphen.LANGUAGES.get(name)
    if path is None:
        return None
    data = Path(path).read_bytes()
    encoding = data.partition(b"\n")[0].strip().decode("ascii", "replace")
    if encoding.lower() == "microsoft-cp1251":
        encoding = "cp1251"
    return Patterns(_list(data.decode(encoding, "replace")))


def _list(text: str) -> list[str]:
    """The patterns of a dictionary."""
    if "^^" in text:
        text = _HEX.sub(lambda found: chr(int(found[1], 16)), text)
    lines = [line.strip() for line in text.split("\n")[1:]]
    return [line for line in lines if line and not line.startswith(_REMARKS)]
