"""What a language asks of the rules, read once from its table (`[marks.rules]`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bookforge.languages.base import Language
from bookforge.passes.typography.quotes.lexicon import Lexicon, load_lexicon
from bookforge.passes.typography.quotes.marks import FIXED, KINDS

HAIR = "\u200a"


class Customs(NamedTuple):
    """Rules of one language.

    `dash` is how -- is set: "closed" (em), "en" or "em" (spaced), "raya" (as typed); `dialogue`
    what a dash at the beginning of a paragraph becomes, "" for no such custom; `high` the space
    before ; : ! ? by character; `inside` the space inside guillemets; `fixed` what typographic
    marks can be; `english` whether English titles and abbreviations apply.
    """

    lexicon: Lexicon
    fixed: Mapping[str, str]
    dash: str = "closed"
    dialogue: str = ""
    high: Mapping[str, str] | None = None
    inside: str = ""
    touching: str = HAIR
    english: bool = True


def customs_of(language: Language) -> Customs:
    """The customs of a language; English for what it does not say."""
    rules = language.marks.rules
    english = language.tag.split("-")[0] == "en"
    return Customs(
        lexicon=load_lexicon() if english else _own_lexicon(rules),
        fixed=_fixed(language),
        dash=str(rules.get("dash", "closed")),
        dialogue=str(rules.get("dialogue", "")),
        high=rules.get("high"),
        inside=str(rules.get("inside", "")),
        touching=str(rules.get("touching", HAIR)),
        english=english,
    )


def _own_lexicon(rules: Mapping[str, object]) -> Lexicon:
    def words(key: str) -> frozenset[str]:
        found = rules.get(key, ())
        return frozenset(map(str, found)) if isinstance(found, list) else frozenset()

    return Lexicon(words("elisions"), frozenset(), words("ends"), english=False)


def _fixed(language: Language) -> dict[str, str]:
    """What each typographic mark may be in this language: „ opens, “ closes in German."""
    marks = language.marks
    own: dict[str, str] = {}
    pairs = [marks.outer, marks.inner]
    pairs += [pair for levels in marks.alternatives.values() for pair in levels]
    for pair in pairs:
        for glyph, reading in ((pair.open, "o"), (pair.close, "c")):
            if glyph in KINDS and reading not in own.get(glyph, ""):
                own[glyph] = own.get(glyph, "") + reading
    for glyph in "‘’":
        # An apostrophe the right way round, or turned by a word processor.
        own[glyph] = own.get(glyph, "oc") + "a"
    return {**FIXED, **own}
