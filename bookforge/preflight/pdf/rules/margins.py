"""How near ink comes to the spine and to the edges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.preflight.pdf.facts import Facts, Sheet
from bookforge.preflight.pdf.plane import Box
from bookforge.preflight.pdf.rules.boxes import bleeds, trimmed
from bookforge.preflight.pdf.terms import SLACK, Terms
from bookforge.preflight.pdf.words import inches, on_pages

# Inside margins of left and right pages differ by less than this when they are mirrored.
_MIRRORED = 9.0
# Ink within this of the edge is meant to reach it.
_REACHES = 1.0


class Room(NamedTuple):
    """The distances of ink from the edges of the trimmed page."""

    inside: float
    outside: float
    top: float
    bottom: float

    @property
    def edge(self) -> float:
        """The least of those that are not at the spine."""
        return min(self.outside, self.top, self.bottom)


def safe_part(sheet: Sheet, pages: int, right_to_left: bool, terms: Terms) -> Box:
    """Where ink breaks no margin of a page, of so many; there its edges need not be exact."""
    margins, page = terms.printer.margins, trimmed(sheet, terms)
    inside, edge = margins.inside(pages) - SLACK, max(margins.safety, margins.safety_bleed) - SLACK
    left, right = (inside, edge) if sheet.number % 2 != right_to_left else (edge, inside)
    return Box(page.left + left, page.bottom + edge, page.right - right, page.top - edge)


def measure(box: Box, sheet: Sheet, facts: Facts, terms: Terms) -> Room:
    """Odd pages have their spine on the left, unless the book is read from the right."""
    page = trimmed(sheet, terms)
    left, right = box.left - page.left, page.right - box.right
    ends = page.top - box.top, box.bottom - page.bottom
    if sheet.number % 2 != facts.keys.right_to_left:
        return Room(left, right, *ends)
    return Room(right, left, *ends)


def _texts(facts: Facts, terms: Terms) -> list[tuple[int, Room]]:
    return [
        (sheet.number, measure(sheet.text, sheet, facts, terms))
        for sheet in facts.sheets
        if not sheet.text.is_empty
    ]


def check_inside(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Text that would sink into the spine."""
    least = terms.printer.margins.inside(len(facts.sheets))
    near = [(n, room.inside) for n, room in _texts(facts, terms) if room.inside < least - SLACK]
    if near:
        smallest = min(near, key=lambda one: one[1])
        message = f"text stands {inches(smallest[1])} from the spine on page {smallest[0]}; "
        message += f"{terms.asks} {inches(least)} with {len(facts.sheets)} pages: "
        message += on_pages(n for n, _ in near)
        hint = f"set the inside margin to {inches(least)} at the least, mirrored left and right"
        yield terms.finding("P090", terms.hard, message, hint, ["margins.gutters"])


def check_edges(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Text that may be cut off, heads and folios included."""
    bleeding = bleeds(facts, terms)
    least = terms.printer.margins.edge(bleeding)
    near = [(n, room.edge) for n, room in _texts(facts, terms) if room.edge < least - SLACK]
    if near:
        smallest = min(near, key=lambda one: one[1])
        message = f"text stands {inches(smallest[1])} from the edge on page {smallest[0]}; "
        message += f"{terms.asks} {inches(least)} outside, above and below"
        message += f"{' with bleed' if bleeding else ''}: {on_pages(n for n, _ in near)}"
        hint = "move heads, folios and text inwards, or make them smaller"
        rule = "margins.safety-bleed" if bleeding else "margins.safety"
        yield terms.finding("P091", terms.hard, message, hint, [rule])


def check_art(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Pictures and areas run into the bleed, or keep within the margins."""
    bleeding = bleeds(facts, terms)
    margins = terms.printer.margins
    inside, edge = margins.inside(len(facts.sheets)), margins.edge(bleeding)
    near: set[int] = set()
    short: set[int] = set()
    for sheet in facts.sheets:
        for box in sheet.art:
            room = measure(box, sheet, facts, terms)
            for side, (distance, least) in enumerate(
                zip(room, (inside, edge, edge, edge), strict=True)
            ):
                if distance < _REACHES:
                    # At the spine there is nothing to cut.
                    if side and distance > SLACK - terms.printer.bleed.size:
                        short.add(sheet.number)
                elif distance < least - SLACK:
                    near.add(sheet.number)
    if short:
        what = "stops before the bleed's end" if bleeding else "reaches the edge without any bleed"
        message = f"artwork {what}, so that white may show: {on_pages(short)}"
        hint = f"let it run {inches(terms.printer.bleed.size)} over the trim, or keep it inside"
        yield terms.finding("P093", Severity.WARNING, message, hint, ["bleed.size"])
    if near:
        message = f"artwork stands nearer than {inches(edge)} to an edge, or {inches(inside)} to "
        message += f"the spine, and does not bleed: {on_pages(near)}"
        hint = "keep it within the margins, or let it run over the edge"
        yield terms.finding("P091", Severity.WARNING, message, hint, ["margins.safety"])


def check_mirrored(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """The wider margin belongs to the spine, on left and right pages alike."""
    texts = _texts(facts, terms)
    odd = [room.inside for number, room in texts if number % 2]
    even = [room.inside for number, room in texts if not number % 2]
    if min(len(odd), len(even)) < 4:
        return
    # The middling pages: openings and pictures are others.
    right, left = sorted(odd)[len(odd) // 2], sorted(even)[len(even) // 2]
    if abs(right - left) < _MIRRORED:
        return
    message = f"margins are not mirrored: the text stands {inches(right)} from the spine on "
    message += f"odd pages and {inches(left)} on even ones"
    hint = "switch facing pages (mirror margins) on; page 1 is a right-hand page"
    yield terms.finding("P092", Severity.WARNING, message, hint)
