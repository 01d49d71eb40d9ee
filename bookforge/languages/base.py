"""What a language says to the other rooms. The data stand in `<tag>.toml` beside this file.

A regional file (`en-GB.toml`) holds only what differs from its language (`en.toml`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple


class Quotes(NamedTuple):
    """Quotation marks of one level: opening and closing."""

    open: str
    close: str


class Marks(NamedTuple):
    """How a language writes its marks."""

    outer: Quotes
    inner: Quotes
    # Other sets by name ("single", "guillemets", …): (outer, inner).
    alternatives: Mapping[str, tuple[Quotes, Quotes]]
    # Everything else a language settles (spaces before high punctuation, dialogue dashes, …).
    rules: Mapping[str, Any]


class Hyphenation(NamedTuple):
    """Pattern dictionary (pyphen's name, "" for none), least letters before and after a hyphen."""

    dictionary: str
    left: int = 2
    right: int = 3
    exceptions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Language:
    """One language; `terms` are the words bookforge writes itself ("Contents", "Chapter"), and
    `terms_tag` is the language they are in: English where this one has none."""

    tag: str
    name: str
    direction: str
    marks: Marks
    hyphenation: Hyphenation
    terms: Mapping[str, str]
    terms_tag: str
    # Keywords, numbers and kinds of headings; read by `readers`.
    headings: Mapping[str, Any]
    # Where sentences end, and full stops that end none; read by `render.epub.sentences`.
    sentences: Mapping[str, Any]


# Languages written from right to left, also those without a file here (CLDR, layout).
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def direction_of(tag: str) -> str:
    """How a language is written, "ltr" or "rtl", by its tag."""
    return "rtl" if tag.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=64)
def load_language(tag: str) -> Language:
    """The language for a BCP 47 tag; what it does not say comes from English."""
    data = _read_data(tag)
    marks = data["marks"]
    hyphens = data.get("hyphenation", {})
    return Language(
        tag=tag,
        name=data["name"],
        direction=direction_of(tag),
        marks=Marks(
            outer=Quotes(*marks["outer"]),
            inner=Quotes(*marks["inner"]),
            alternatives=MappingProxyType(
                {
                    name: (Quotes(*pair[0]), Quotes(*pair[1]))
                    for name, pair in marks.get("alternatives", {}).items()
                }
            ),
            rules=MappingProxyType(marks.get("rules", {})),
        ),
        hyphenation=Hyphenation(
            dictionary=hyphens.get("dictionary", ""),
            left=hyphens.get("left", 2),
            right=hyphens.get("right", 3),
            exceptions=MappingProxyType(hyphens.get("exceptions", {})),
        ),
        terms=MappingProxyType(data.get("terms", {})),
        terms_tag=tag if "terms" in (_read_file(tag.split("-")[0]) or {}) else "en",
        headings=MappingProxyType(data.get("headings", {})),
        sentences=MappingProxyType(data.get("sentences", {})),
    )


def known_languages() -> tuple[str, ...]:
    """The tags that have a file of their own, sorted."""
    folder = resources.files("bookforge.languages")
    return tuple(
        sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml"))
    )


@lru_cache(maxsize=64)
def _read_file(tag: str) -> Mapping[str, Any] | None:
    entry = resources.files("bookforge.languages") / f"{tag}.toml"
    try:
        return tomllib.loads(entry.read_text(encoding="utf-8"))
    except (FileNotFoundError, OSError):
        return None


def _read_data(tag: str) -> Mapping[str, Any]:
    """English below the language below its region."""
    base = tag.split("-")[0]
    merged: Mapping[str, Any] = _read_file("en") or {}
    if base != "en" and (own := _read_file(base)) is not None:
        # Marks, headings, hyphens and sentences of English say nothing about another language.
        merged = _merge({"terms": merged["terms"]}, own)
    elif base != "en":
        merged = {**merged, "hyphenation": {}, "headings": {}, "sentences": {}}
    if tag != base and (region := _read_file(tag)) is not None:
        merged = _merge(merged, region)
    return merged


def _merge(low: Mapping[str, Any], high: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(low)
    for key, value in high.items():
        old = merged.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            merged[key] = _merge(old, value)
        else:
            merged[key] = value
    return merged
