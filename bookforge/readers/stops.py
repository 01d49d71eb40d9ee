"""Where sentences end, and how much a text says, in whatever script it is written."""

from __future__ import annotations

from bookforge.regex import regex

__all__ = ["CLOSERS", "STOPS", "closes_speech", "ends_sentence", "weigh"]

# Latin, ideographic and full-width, Arabic, Urdu, Devanagari, Armenian and Ethiopic stops.
STOPS = frozenset(".!?…‥。｡．！？؟۔।॥։።")
# What may stand behind a stop: quotation marks, brackets, marks of emphasis.
CLOSERS = " _*)]\"”’'»“«‹›）］」』】〉》"
_SPEECH = frozenset('"”»」』')
# Ideographs and kana: a word of them is two or three characters long.
_WIDE = regex("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def ends_sentence(text: str) -> bool:
    """Whether a stop is the last, but for what closes speech, brackets or emphasis."""
    return text[-6:].rstrip(CLOSERS)[-1:] in STOPS if text else False


def closes_speech(text: str) -> bool:
    """Whether the last is a quotation mark, with or without a stop before."""
    return text.rstrip(" _*")[-1:] in _SPEECH if text else False


def weigh(text: str) -> int:
    """The length of a text in Latin letters, about: an ideograph says as much as two or more."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
