"""Accessibility metadata, worked out from what is in the book (EPUB Accessibility 1.1).

In: facts about the finished content. Out: schema.org properties, one value each. A claim of
conformance is a human's to make: it is written only when book.toml makes it, and the book does not
contradict it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bookforge.languages.base import Language


class Facts(NamedTuple):
    """What the content holds: pictures at all, some with alt text (`worded`), none that lacks it
    (`described`), some that move (`films`); printed pages, headings, notes."""

    pictures: bool
    worded: bool
    described: bool
    films: bool
    pages: bool
    headings: bool
    notes: bool


class Property(NamedTuple):
    """A `meta` with a property and its value; `language` where that is not the book's own."""

    name: str
    value: str
    language: str = ""


def describe(facts: Facts, language: Language) -> Iterator[Property]:
    """The properties Ace asks for, and the summary in plain words."""
    yield Property("schema:accessMode", "textual")
    if facts.pictures:
        yield Property("schema:accessMode", "visual")
    if facts.described:
        yield Property("schema:accessModeSufficient", "textual")
    if facts.pictures:
        yield Property("schema:accessModeSufficient", "textual,visual")
    for feature in _features(facts):
        yield Property("schema:accessibilityFeature", feature)
    # Nobody has looked whether a film flashes.
    yield Property("schema:accessibilityHazard", "unknown" if facts.films else "none")
    foreign = "" if language.terms_tag == language.tag else language.terms_tag
    yield Property("schema:accessibilitySummary", summarise(facts, language.terms), foreign)


def _features(facts: Facts) -> Iterator[str]:
    yield from ("tableOfContents", "readingOrder", "displayTransformability", "ARIA")
    if facts.headings:
        yield "structuralNavigation"
    if facts.worded and facts.described:
        yield "alternativeText"
    if facts.pages:
        yield from ("pageBreakMarkers", "pageNavigation")


def summarise(facts: Facts, terms: Mapping[str, str]) -> str:
    """What a reader may count on, in sentences."""
    wanted = {
        "summary-base": True,
        "summary-pages": facts.pages,
        "summary-notes": facts.notes,
        "summary-described": facts.pictures and facts.described,
        "summary-undescribed": not facts.described,
    }
    return " ".join(terms[key] for key, holds in wanted.items() if holds)
