"""What a reading costs: a log-linear model over the marks of a paragraph.

Features are named by strings, their weights stand in data/quotes.json, learnt as a conditional
random field (Lafferty, McCallum, Pereira 2001) by benchmarks/typography/train.py. A cost is the
negative sum of the weights of the features that are on; costs of equal surroundings are kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from bookforge.passes.typography.quotes.marks import Mark
from bookforge.passes.typography.quotes.states import step

# Sides by what they allow: o beginning, s space, w word, p (the rest) punctuation.
_LEFT = {**dict.fromkeys("^ (dh", "o"), **dict.fromkeys("aA0", "w")}
_RIGHT = {**dict.fromkeys("^ ", "s"), **dict.fromkeys("aA0$(", "w")}


def mark_features(key: tuple[str, ...], words: tuple[str, ...]) -> list[str]:
    """Features of a mark by its surroundings; each is joined with the reading."""
    kind, a, a2, la, b, b2, lb = key
    found = [
        f"1{kind}{a}{b}{la}/{lb}",
        f"2{kind}{a}{a2}{la}",
        f"3{kind}{b}{b2}{lb}",
        f"4{kind}{a}{a2}{b}{b2}",
        f"5{kind}{_LEFT.get(a, 'p')}{_RIGHT.get(b, 'p')}",
    ]
    if not words:
        return found
    if words[0] == "L" and len(words) > 3:
        shape, seen, before, word = words[1], words[2], words[3], words[4]
        plain = shape[:4]
        found += [
            f"L{shape}", f"La{plain}{a}{a2}", f"Lb{seen}", f"Lc{shape[0]}{seen}",
            f"Lp{before}{a2}", f"Ll{plain[0]}{before}", f"Lk{shape[:2]}{shape[4]}",
            f"Lh{shape[1:3]}", f"Lo{shape[3]}{shape[1]}", f"Lw{word}", f"Lx{word}{a2}",
            f"Ls{shape[0]}", f"N{words[6]}", f"Nl{words[6]}{shape[0]}{a}",
            f"Ld{words[5]}{plain[0]}", f"Le{words[5]}{plain[1:3]}",
        ]  # fmt: skip
    elif words[0] == "L":
        found += [f"L{words[1]}", f"La{words[1]}{a}{b}"]
    elif words[0] == "T":
        found += [f"T{words[1]}{b}{b2}", f"Tt{words[1]}", f"Tw{words[2]}", f"Tb{words[1]}{b}{lb}"]
        found += [f"O{words[3]}", f"Ot{words[3]}{words[1]}"]
    else:
        found += [f"M{words[0]}{kind}", f"Mb{words[0]}{kind}{b}{b2}"]
    return found


State = tuple[str, str]  # open marks; reading of the mark before, when it touches


def move_features(
    outer: str, key: tuple[str, ...], touches: bool, state: State, reading: str
) -> list[str]:
    """Features of a mark's reading in a state."""
    stack, last = state
    kind, a, b = key[0], key[1], key[4]
    fault = step(stack, kind, reading)[1]
    place = outer + kind + reading
    found = [f"m{place}{stack}", f"n{place}{stack[-1:]}{a}", f"o{place}{stack[-1:]}{b}"]
    if fault:
        found += [f"f{fault}", f"g{fault}{place}{stack}"]
    if touches:
        found += [f"j{last}{reading}", f"k{kind}{last}{reading}{stack}"]
    return found


def end_features(outer: str, stack: str, follow: str) -> list[str]:
    """Features of a paragraph that ends in a state; `follow`: how the next begins."""
    return [f"e{outer}{stack}/{follow}", f"x{len(stack)}/{follow}", f"y{len(stack)}"]


def start_features(outer: str, stack: str, begins: str) -> list[str]:
    """Features of a quotation carried over into a paragraph that does not begin with its mark."""
    return [f"s{bool(stack):d}{begins}"]


class Costs:
    """Weights with memory."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._marks: dict[tuple[object, ...], tuple[float, ...]] = {}
        self._moves: dict[tuple[object, ...], float] = {}
        self._ends: dict[tuple[str, str, str], float] = {}

    def _sum(self, features: list[str], reading: str = "") -> float:
        get = self._weights.get
        return -sum(get(feature + reading, 0.0) for feature in features)

    def mark(self, mark: Mark) -> tuple[float, ...]:
        """The cost of each of the mark's readings, by its surroundings alone."""
        where = (mark.key, mark.words, mark.readings)
        found = self._marks.get(where)
        if found is None:
            features = mark_features(mark.key, mark.words)
            found = tuple(self._sum(features, "=" + reading) for reading in mark.readings)
            self._marks[where] = found
        return found

    def move(self, outer: str, mark: Mark, state: State, reading: str) -> float:
        """The cost of a reading in a state."""
        key = mark.key
        where = (outer, key[0], key[1], key[4], mark.touches, state, reading)
        found = self._moves.get(where)
        if found is None:
            found = self._sum(move_features(outer, key, mark.touches, state, reading))
            self._moves[where] = found
        return found

    def end(self, outer: str, stack: str, follow: str) -> float:
        """The cost of a paragraph that ends with these marks open."""
        where = (outer, stack, follow)
        found = self._ends.get(where)
        if found is None:
            found = self._ends[where] = self._sum(end_features(outer, stack, follow))
        return found

    def start(self, outer: str, stack: str, begins: str) -> float:
        return self._sum(start_features(outer, stack, begins))


@lru_cache(maxsize=1)
def load_costs() -> Costs:
    """The costs shipped with bookforge."""
    entry = resources.files("bookforge.passes.typography") / "data" / "quotes.json"
    return Costs(json.loads(entry.read_text(encoding="utf-8")))
