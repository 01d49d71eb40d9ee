"""Errata: what was found in a stretch of text, kept from build to build."""

from __future__ import annotations

from msgspec import DecodeError, msgpack

from bookforge.cache import Cache, make_key
from bookforge.passes.typography.quotes.clues import Clues, gather_clues
from bookforge.passes.typography.quotes.marks import MOST_SEEN
from bookforge.passes.typography.stretch import Copy, Findings, Rules

_CLUES = msgpack.Decoder(Clues)
_FINDINGS = msgpack.Decoder(Findings)


class Errata:
    """Findings by the text of their stretch and all that they depend on besides."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._ground: tuple[Rules, bytes] | None = None

    def clues(self, copy: Copy) -> Clues:
        """What a stretch says of the book's customs."""
        key = make_key(b"clues", copy.digest)
        if (kept := self._cache.get(key)) is not None:
            try:
                return _CLUES.decode(kept)
            except DecodeError:
                pass
        clues = gather_clues(copy.stretch)
        self._cache.put(key, msgpack.encode(clues))
        return clues

    def findings(self, copy: Copy, rules: Rules) -> Findings:
        """The edits of a stretch; with readings that the writer has chosen they are found anew."""
        if copy.chosen or "`" in copy.typed:
            return copy.find(rules)
        key = make_key(b"errata", self._say(rules), copy.digest)
        if (kept := self._cache.get(key)) is not None:
            try:
                return _FINDINGS.decode(kept)
            except DecodeError:
                pass
        found = copy.find(rules)
        self._cache.put(key, msgpack.encode(found))
        return found

    def _say(self, rules: Rules) -> bytes:
        """The rules of a book as part of a key."""
        if self._ground is None or self._ground[0] is not rules:
            outer, elided, _ = rules.evidence
            words = sorted((word, min(count, MOST_SEEN)) for word, count in elided.items())
            said = (rules.language.tag, rules.settings, rules.both, outer, words)
            self._ground = rules, msgpack.encode(said)
        return self._ground[1]
