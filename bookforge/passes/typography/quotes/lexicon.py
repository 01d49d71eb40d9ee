"""Words: which are known, how common, which begin or end with an apostrophe."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

_DATA = resources.files("bookforge.passes.typography") / "data"
# What speakers drop at the beginning of words, apart from h: 'bout, 'fore, 'spect, 'nother …
PREFIXES = ("a", "be", "re", "de", "e", "ex", "en", "con", "com", "per", "pro", "o", "i", "im")


@dataclass(frozen=True)
class Lexicon:
    """Elisions of one language; the word table behind it is read when first asked."""

    sure: frozenset[str]
    both: frozenset[str]
    ends: frozenset[str]
    english: bool = True

    @cached_property
    def _table(self) -> bytes:
        return b"\n" + (_DATA / "words.txt").read_bytes()

    @cached_property
    def _tiers(self) -> dict[str, int]:
        return {}

    def tier(self, word: str) -> int:
        """1 (most common) to 4 for a known word, 0 for none; `word` in lower case."""
        if not self.english:
            return 3  # no table: every word is one, none is another with a letter lost
        found = self._tiers.get(word)
        if found is None:
            found = self._tiers[word] = self._search(word)
        return found

    def _search(self, word: str) -> int:
        """Bisect the sorted table: reading it into a dict would cost more than all look-ups."""
        if not word.isascii() or not word:
            return 0
        table, key = self._table, word.encode()
        low, high = 0, len(table)
        while low < high:
            middle = table.rfind(b"\n", low, (low + high) // 2 + 1)
            middle = low if middle < 0 else middle
            end = table.find(b"\n", middle + 1)
            end = len(table) if end < 0 else end
            found = table[middle + 1 : end - 2]
            if found == key:
                return table[end - 1] - 48
            if found < key:
                low = end
            elif middle == low:
                return 0
            else:
                high = middle
        return 0

    def lead_class(self, word: str) -> str:
        """How `word` looks after an apostrophe: list, own tier, tier with h-, other prefixes."""
        listed = "S" if word in self.sure else "B" if word in self.both else "-"
        own = self.tier(word)
        aspirate = self.tier("h" + word) if self.english else 0
        other = "p" if not own and any(self.tier(p + word) for p in PREFIXES) else "-"
        return f"{listed}{own}{aspirate}{other}"

    def trail_class(self, word: str) -> str:
        """How `word` looks before an apostrophe."""
        if word in self.ends:
            return "E"
        own = self.tier(word)
        if self.english and word.endswith("in") and self.tier(word + "g"):
            return "G" if not own else "g"
        if word.endswith("s"):
            return f"s{min(own, 1)}"
        return f"w{min(own, 1)}"


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    text = (_DATA / "english.txt").read_text(encoding="utf-8")
    parts = (part.split("]", 1) for part in text.split("\n[")[1:])
    return {name: frozenset(words.split()) for name, words in parts}


def word_list(name: str) -> frozenset[str]:
    """One of the lists of data/english.txt."""
    return _lists()[name]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The English lexicon."""
    return Lexicon(word_list("sure"), word_list("both"), word_list("ends"))
