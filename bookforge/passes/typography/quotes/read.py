"""Reads every mark of a stretch of text: the certain ones at once, the others by best path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from bookforge.passes.typography.quotes.balance import Lonely, Tally
from bookforge.passes.typography.quotes.costs import Costs, load_costs
from bookforge.passes.typography.quotes.lexicon import Lexicon, load_lexicon
from bookforge.passes.typography.quotes.marks import (
    FIXED,
    KINDS,
    Evidence,
    Mark,
    find_marks,
)
from bookforge.passes.typography.quotes.path import Frame, Path, find_path
from bookforge.passes.typography.quotes.units import Stretch, Unit
from bookforge.regex import regex

_STRAIGHT = frozenset("\"'")
# Neighbours that settle a double mark whatever the rest of the paragraph says.
_BEFORE_OPEN = frozenset("\n ([—–\u00a0")
_BEFORE_CLOSE = frozenset(".,!?…;:*)]—–")
_AFTER_CLOSE = frozenset("\n .,;:!?)]—–-…\u00a0")
# A quotation carried into paragraphs without marks (verse, a letter) ends with the patience here.
_PATIENCE = 40


class Reading(NamedTuple):
    """How a mark is read: o opens, c closes, a apostrophe, p prime; the rival and its distance."""

    offset: int
    char: str
    reading: str
    rival: str = ""
    gap: float = 1e9


@dataclass(slots=True)
class Marked:
    """What was read in each paragraph, and the marks that have no partner.

    Where every mark is certain, which is nearly everywhere, the row is but their readings in
    order: o, c, a, and k for a typographic one that is left as it is.
    """

    rows: list[str | list[Reading]] = field(default_factory=list)
    lonely: list[Lonely] = field(default_factory=list)


class _Local(dict[str, str]):
    """Three characters -> m (apostrophe in a word), o, c, k (typographic already) or ?."""

    def __missing__(self, around: str) -> str:
        found = self[around] = _judge(*around)
        return found


def _judge(left: str, char: str, right: str) -> str:
    if char not in _STRAIGHT:
        return "m" if char == "’" and left.isalpha() and right.isalpha() else "k"
    if char == "'":
        return "m" if left.isalpha() and right.isalpha() else "?"
    if left in _BEFORE_OPEN and (right.isalpha() or right in "…¿¡"):
        return "o"
    if left == "-" and right.isalpha():
        return "?"
    if (left.isalpha() or left in _BEFORE_CLOSE) and right in _AFTER_CLOSE:
        return "?" if left in "—–" and right in "—–-" else "c"
    return "?"


_local = _Local()
_CERTAIN = regex("(?:oc)*")
_CONTINUED = regex("(?:oc)*o")


class Tongue(NamedTuple):
    """What the reader must know of a language.

    `fixed` says what typographic marks can be; `turning` that they, too, must be read (they are
    to be turned into others).
    """

    lexicon: Lexicon
    fixed: Mapping[str, str]
    turning: bool = False


ENGLISH = Tongue(load_lexicon(), FIXED)


def read_marks(
    stretch: Stretch,
    evidence: Evidence,
    tongue: Tongue = ENGLISH,
    costs: Costs | None = None,
    chosen: Mapping[int, str] = MappingProxyType({}),
) -> Marked:
    """Read every mark of the paragraphs of a stretch.

    `chosen` are readings that are settled, by offset in its text.
    """
    return Reader(stretch, evidence, tongue, costs or load_costs(), chosen).read()


class Reader:
    """Reads paragraph after paragraph, carrying open quotations along."""

    def __init__(
        self,
        stretch: Stretch,
        evidence: Evidence,
        tongue: Tongue,
        costs: Costs,
        chosen: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        self.text, self.units = stretch
        self.evidence, self.costs, self.chosen = evidence, costs, chosen
        self.lexicon, self.turning = tongue.lexicon, tongue.turning
        self.carried, self.patience = "", 0
        self.tally = Tally()

    def read(self) -> Marked:
        done = Marked()
        for index, unit in enumerate(self.units):
            done.rows.append(self._read_unit(index, unit) if unit.marks else "")
            if not unit.marks:
                self._pass_over(unit)
        self.tally.drop()
        done.lonely = sorted(self.tally.found)
        return done

    def _pass_over(self, unit: Unit) -> None:
        self.patience -= 1
        if self.carried and (unit.start == unit.end or self.patience < 0):
            self.carried = ""
            self.tally.drop()

    def _read_unit(self, index: int, unit: Unit) -> str | list[Reading]:
        text = self.text
        codes = "".join([_local[text[at - 1 : at + 2]] for at in unit.marks])
        plain = codes.replace("m", "")
        if self.chosen and not self.chosen.keys().isdisjoint(unit.marks):
            return self._weigh(index, unit, codes)
        if self.turning and "k" in plain:
            return self._weigh(index, unit, codes)
        if self.carried and text[unit.start] in KINDS:
            if self.carried.startswith(KINDS[text[unit.start]]):
                self.tally.forget()
        elif self.carried:
            return self._weigh(index, unit, codes)
        if not plain or not plain.strip("k") or _CERTAIN.fullmatch(plain):
            self._carry("")
            return codes.replace("m", "a")
        if _CONTINUED.fullmatch(plain) and self.follow(index).startswith("D"):
            self._carry("D")
            return codes.replace("m", "a")
        return self._weigh(index, unit, codes)

    def _carry(self, stack: str) -> None:
        if self.carried:
            self.tally.drop()
        self.carried, self.patience = stack, _PATIENCE

    def _weigh(self, index: int, unit: Unit, codes: str) -> list[Reading]:
        rows = list(zip(unit.marks, codes, strict=True))
        inner = [at for at, code in rows if code == "m" and at not in self.chosen]
        others = [at for at, code in rows if code != "m" or at in self.chosen]
        marks = find_marks(self.text, others, self.lexicon, self.evidence)
        if self.chosen:
            marks = [
                mark._replace(readings=self.chosen.get(mark.offset, mark.readings))
                for mark in marks
            ]
        path = find_path(marks, self.frame(index, unit), self.costs)
        self.tally.begin(path.initial)
        told = _told(marks, path)
        self.tally.read((KINDS[one.char], one.offset, one.char, one.reading) for one in told)
        self.carried, self.patience = path.stack, _PATIENCE
        found = [Reading(at, self.text[at], "a") for at in inner] + told
        found.sort()
        return found

    def frame(self, index: int, unit: Unit) -> Frame:
        begins = _beginning(self.text, unit)
        return Frame(self.evidence.outer, self.carried, begins, self.follow(index))

    def follow(self, index: int) -> str:
        """How the next paragraph begins; "." when the stretch ends here."""
        if index + 1 >= len(self.units):
            return "."
        after = self.units[index + 1]
        return "." if after.start == after.end else _beginning(self.text, after)


def _told(marks: list[Mark], path: Path) -> list[Reading]:
    rows = zip(marks, path.readings, path.rivals, strict=True)
    return [Reading(mark.offset, mark.char, reading, *rival) for mark, reading, rival in rows]


def _beginning(text: str, unit: Unit) -> str:
    """The kinds of the marks a paragraph begins with, at most two, "-" for none."""
    found = KINDS.get(text[unit.start], "")
    if found:
        found += KINDS.get(text[unit.start + 1], "")
    return found or "-"
