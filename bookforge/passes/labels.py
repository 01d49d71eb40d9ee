"""Labels of chapters as `[style]` wants them: with their word or without, in other figures.

The one place where they are made: pages, running heads, contents and the e-book show what is
written here. Other headings ("Part Two") stay as the manuscript has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.languages.base import Language, load_language
from bookforge.model.document import Document, Section, SectionKind
from bookforge.model.roman import to_roman

_HUNDRED = 100


def dress(document: Document, context: Context) -> Document:
    """The document with the labels of its chapters as they are to be shown."""
    style = context.config.style
    if style.chapter_label == "auto" and style.numerals == "auto":
        return document
    sections = tuple(
        _dress_one(section, style.chapter_label, style.numerals, _speaks(section, context))
        for section in document.sections
    )
    return replace(document, sections=sections)


def _speaks(section: Section, context: Context) -> Language:
    return load_language(section.language) if section.language else context.language


def _dress_one(section: Section, choice: str, numerals: str, language: Language) -> Section:
    if section.kind is not SectionKind.CHAPTER or not section.label:
        return section
    if choice == "none":
        # A chapter without a title would have no heading at all.
        return replace(section, label="") if section.title else section
    if section.number is None:
        return section
    word, figures = _split(section.label, section.number, language)
    figures = _write(section.number, figures, numerals, word.isupper(), language)
    if choice in ("both", "word") and not word:
        word = language.terms.get("chapter", "")
    shown = {"number": figures, "word": word}.get(choice, f"{word} {figures}".strip())
    return replace(section, label=shown or section.label)


def _split(label: str, number: int, language: Language) -> tuple[str, str]:
    """The word and the number of "Chapter Twenty-One"; the word is "" when there is none."""
    spoken = {str(number), to_roman(number), *spell(number, language.headings)}
    if label.casefold() in spoken:
        return "", label
    word, _, figures = label.partition(" ")
    if not figures:
        return "", label
    for form in sorted(spoken, key=len, reverse=True):
        if label.casefold().endswith(f" {form}"):
            return label[: -len(form) - 1], label[-len(form) :]
    return word, figures


def _write(number: int, found: str, numerals: str, shouted: bool, language: Language) -> str:
    if numerals == "arabic":
        return str(number)
    if numerals == "roman":
        return to_roman(number).upper()
    words = spell(number, language.headings) if numerals == "words" else ()
    if numerals == "words" and not words:
        return str(number)
    if not words:
        return found
    return words[0].upper() if shouted else "-".join(map(_raise, words[0].split("-")))


def _raise(word: str) -> str:
    return word[:1].upper() + word[1:]


def spell(number: int, words: Mapping[str, Any]) -> Sequence[str]:
    """A number from 1 to 100 in words, all spellings of it, the usual one first; () if unknown.

    `words` are a language's `[headings]`: cardinals, tens, and how these are joined.
    """
    cardinals, tens = words.get("cardinals", ()), words.get("tens", ())
    for entry in words.get("extra", ()):
        spelling, _, value = entry.partition("=")
        if value == str(number):
            return (spelling,)
    if 0 < number <= len(cardinals):
        return tuple(cardinals[number - 1].split("|"))
    ten, unit = divmod(number, 10)
    if not 2 <= ten <= min(len(tens) + 1, _HUNDRED // 10) or (ten == 10 and unit):
        return ()
    if not unit:
        return tuple(tens[ten - 2].split("|"))
    compounds = words.get("compounds", ())
    first, unit_word = tens[ten - 2].split("|")[0], cardinals[unit - 1].split("|")
    names = {"ten": first, "unit": unit_word[-1] if "{unit}und" in str(compounds) else unit_word[0]}
    return tuple(form.format(**names) for form in compounds)
