"""Text from right to left: the Unicode bidirectional algorithm (UAX #9) over paragraphs of boxes.

In: the runs of a paragraph. Out: runs with their embedding levels, odd ones to be shaped from the
right; and for each line the order in which its boxes stand from left to right.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from unicodedata import bidirectional

from msgspec.structs import replace

from bookforge.regex import regex
from bookforge.typeset.compose import Draft
from bookforge.typeset.items import Run
from bookforge.typeset.press import BREAK, Press

# Hebrew, Arabic, Syriac, Thaana, N'Ko, and the presentation forms of Arabic.
_TURNED = regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")


def direct(draft: Draft, press: Press, book_turned: bool) -> None:
    """Cut a paragraph's runs by direction, if any letter of it runs to the left."""
    if has_turned(draft.runs):
        draft.turned = runs_left("".join([run.text for run in draft.runs]), book_turned)
        draft.runs = split_runs(draft.runs, draft.turned, press)


def runs_left(text: str, book_turned: bool) -> bool:
    """Whether a paragraph runs from right to left: by its first strong character (rule P2); in a
    book that does, unless most of its letters run the other way."""
    from bidi import algorithm  # few books need it

    if not book_turned:
        return bool(algorithm.get_base_level(text) % 2)
    kinds = [bidirectional(letter) for letter in text]
    return kinds.count("L") <= kinds.count("R") + kinds.count("AL")


def has_turned(runs: Sequence[Run]) -> bool:
    """Whether any letter of the runs is written from right to left."""
    return any(not run.text.isascii() and _TURNED.search(run.text) for run in runs)


def split_runs(runs: Sequence[Run], turned: bool, press: Press) -> list[Run]:
    """The runs cut where the direction changes, each with its level."""
    text = "".join([run.text for run in runs])
    levels = find_levels(text, int(turned))
    parts: list[Run] = []
    at = 0
    for run in runs:
        own = levels[at : at + len(run.text)]
        at += len(run.text)
        parts += [run] if run.text == BREAK else _cut(run, own, press)
    return parts


def _cut(run: Run, levels: Sequence[int], press: Press) -> list[Run]:
    parts: list[Run] = []
    at = 0
    for level, group in groupby(levels):
        length = len(list(group))
        text = run.text[at : at + length]
        at += length
        case = run.case
        if level % 2:
            case = press.case(replace(case.fount, leftward=True, tracking=0.0))
        parts.append(replace(run, case=case, text=text, level=level))
    return parts


def find_levels(text: str, base: int) -> list[int]:
    """The embedding level of every character; those that have none take that of the one before
    (rule X9)."""
    from bidi import algorithm

    kept = [at for at, letter in enumerate(text) if bidirectional(letter) not in _PASSED_OVER]
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels("".join([_tame(text[at]) for at in kept]), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    known = dict(zip(kept, [found["level"] for found in storage["chars"]], strict=True))
    levels: list[int] = []
    for at in range(len(text)):
        levels.append(known.get(at, levels[-1] if levels else base))
    return levels


def _tame(letter: str) -> str:
    """A letter that has a class: code points that are no characters count as Latin ones, and
    separators of paragraphs as spaces, as there is one paragraph only."""
    kind = bidirectional(letter)
    return letter if kind and kind != "B" else " " if kind else "a"


# Marks that bear no level: boundary neutrals, embeddings and overrides.
_PASSED_OVER = frozenset({"BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
