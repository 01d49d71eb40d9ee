"""The rules: each looks at the facts and says what its printer, or any printer, would say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from bookforge.diagnostics import Diagnostic
from bookforge.preflight.pdf.facts import Facts
from bookforge.preflight.pdf.rules import boxes, extras, ink, letters, margins, pages, pictures
from bookforge.preflight.pdf.rules.standard import check_standard
from bookforge.preflight.pdf.terms import Terms

Rule: TypeAlias = Callable[[Facts, Terms], Iterator[Diagnostic]]

RULES: Sequence[Rule] = (
    extras.check_damage,
    extras.check_size,
    pages.check_order,
    pages.check_parity,
    pages.check_blanks,
    boxes.check_sizes,
    boxes.check_turned,
    boxes.check_boxes,
    boxes.check_bleed,
    margins.check_inside,
    margins.check_edges,
    margins.check_art,
    margins.check_mirrored,
    letters.check_embedded,
    letters.check_doubtful,
    letters.check_small,
    ink.check_colour,
    ink.check_mixed,
    ink.check_faint,
    ink.check_clear,
    pictures.check_resolution,
    extras.check_active,
    extras.check_unwanted,
    check_standard,
)
