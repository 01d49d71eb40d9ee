"""Which ways of setting quotation marks there are: `typography.quotes`.

Besides those for every language there are the tags of languages and the sets of marks that a
language has by name (`[marks.alternatives]` of its file).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

# Ways that every language knows.
QUOTES = ("auto", "double", "single")


def known_tags() -> tuple[str, ...]:
    """The languages whose marks are known."""
    return tuple(_sets())


def known_sets(language: str = "") -> tuple[str, ...]:
    """The names of sets of marks: those of a language and its region, or all there are."""
    tags = {language, language.split("-")[0]} if language else set(_sets())
    return tuple(sorted({name for tag in tags for name in _sets().get(tag, ())} - set(QUOTES)))


@lru_cache(maxsize=1)
def _sets() -> Mapping[str, tuple[str, ...]]:
    """The names of every language's sets; read only when a book asks for something unusual."""
    folder = resources.files("bookforge") / "languages"
    files = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found = {}
    for name in files:
        marks = tomllib.loads((folder / name).read_text(encoding="utf-8")).get("marks", {})
        found[name.removesuffix(".toml")] = tuple(marks.get("alternatives", {}))
    return found
