"""Where sentences end, for readers that keep their place by them.

In: a run of text as markup (escaped). Out: its sentences, each with the white space after it. The
rules are those of Unicode's sentence boundaries (UAX 29) in short, with each language's
abbreviations: a stop, marks that close, white space, and no small letter after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bookforge.regex import regex

# Stops of alphabets and of Indic, Arabic, Ethiopic, Armenian, Khmer and Burmese writing.
_STOPS = ".!?…‽⁇⁈⁉؟۔।॥።։។။"
# After these no space is written.
_WIDE_STOPS = "。！？｡．"
_CLOSERS = "\"'”’“‘»›«‹)\\]}」』】〉》）］"
_OPENERS = "\"'“‘„‚”’«‹»›(\\[{¿¡—–―*"
# French sets a narrow space before its closing mark.
_CLOSING = f"(?:[\u00a0\u202f]?[{_CLOSERS}])*"
_WORD = regex(r"[\w.:№º-]+\Z")
_LONGEST_WORD = 24
_NEXT = regex(rf"[{_OPENERS}\s-]*")
# An ordinal has no more digits; years end sentences.
_LONGEST_ORDINAL = 3


class Sentences:
    """Cuts text by the rules of a language: its `[sentences]` table."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        # A semicolon that ends an entity asks nothing.
        own = "".join(rf"|(?<!&amp)(?<!&[lg]t){stop}" for stop in rules.get("stops", ""))
        self._end = re.compile(
            rf"((?:[{_STOPS}]{own})+){_CLOSING}\s+|[{_WIDE_STOPS}]+{_CLOSING}\s*"
        )
        self._abbreviations = frozenset(rules.get("abbreviations", ()))
        self._numbered = frozenset(rules.get("numbered", ()))
        self._words = frozenset(rules.get("words", ()))
        self._ordinals = bool(rules.get("ordinals", False))

    def cut(self, text: str) -> Iterator[str]:
        """The sentences of a text; joined they are the text."""
        begun = 0
        for found in self._end.finditer(text):
            end = found.end()
            if end < len(text) and (found[1] is None or self._ends(text, found)):
                yield text[begun:end]
                begun = end
        yield text[begun:]

    def _ends(self, text: str, found: re.Match[str]) -> bool:
        """Whether a stop with space after it ends a sentence."""
        follows = text[_NEXT.match(text, found.end()).end() :][:1]  # type: ignore[union-attr] # matches always
        if follows.islower():
            return False
        if found[1] != ".":
            return True
        at = found.start()
        word = _WORD.search(text[max(0, at - _LONGEST_WORD) : at])
        return word is None or not self._is_short(word[0], follows)

    def _is_short(self, word: str, follows: str) -> bool:
        """Whether a word before a full stop is an abbreviation, an initial or an ordinal."""
        if word in self._abbreviations or (word in self._numbered and follows.isdigit()):
            return True
        if word.isdigit():
            return self._ordinals and len(word) < _LONGEST_ORDINAL
        return len(word) == 1 and word.isupper() and word not in self._words
