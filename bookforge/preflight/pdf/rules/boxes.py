"""Page boxes: sizes, trim, bleed, turned pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.preflight.pdf.facts import Facts, Sheet
from bookforge.preflight.pdf.plane import Box
from bookforge.preflight.pdf.terms import SLACK, Terms
from bookforge.preflight.pdf.words import on_pages
from bookforge.printers.asked import show_size

# Wider than this for its height, a page is two pages side by side.
_SPREAD = 1.25
# Boxes of all pages nest to this; programs round to a hundredth.
_ROUNDING = 0.02


def trimmed(sheet: Sheet, terms: Terms) -> Box:
    """The page as it is cut: by its trim box, else the page less the bleed where that makes a
    size on the printer's list."""
    if sheet.trim or sheet.art_box:
        return sheet.page
    media, bleed = sheet.media, terms.printer.bleed
    sizes = terms.printer.trims
    if bleed.size and sizes.find(media.width, media.height) is None:
        across = bleed.size * (("inside" in bleed.edges) + ("outside" in bleed.edges))
        if sizes.find(media.width - across, media.height - 2 * bleed.size) is not None:
            return _cut(sheet, terms)
    return media


def _cut(sheet: Sheet, terms: Terms) -> Box:
    """The media box less the printer's bleed; odd pages have their spine on the left."""
    bleed, media = terms.printer.bleed, sheet.media
    spine = bleed.size if "inside" in bleed.edges else 0.0
    left, right = (spine, bleed.size) if sheet.number % 2 else (bleed.size, spine)
    return Box(
        media.left + left, media.bottom + bleed.size, media.right - right, media.top - bleed.size
    )


def page_size(facts: Facts, terms: Terms) -> tuple[float, float]:
    """The size that most pages are trimmed to, in points."""
    sizes = Counter(_size(trimmed(sheet, terms)) for sheet in facts.sheets)
    return sizes.most_common(1)[0][0]


def _size(box: Box) -> tuple[float, float]:
    return round(box.width, 1), round(box.height, 1)


def bleeds(facts: Facts, terms: Terms) -> bool:
    """Whether the pages are larger than what is cut out of them."""
    return any(_surplus(sheet, terms) > SLACK for sheet in facts.sheets)


def _surplus(sheet: Sheet, terms: Terms) -> float:
    page, media = trimmed(sheet, terms), sheet.media
    return max(
        page.left - media.left,
        media.right - page.right,
        page.bottom - media.bottom,
        media.top - page.top,
    )


def check_sizes(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """All pages are of one size, and each is one page."""
    width, height = page_size(facts, terms)
    other = [s for s in facts.sheets if not _is(trimmed(s, terms), width, height)]
    spreads = [
        s
        for s in facts.sheets
        if s.media.width > _SPREAD * s.media.height
        and terms.printer.trims.find(s.media.width, s.media.height) is None
    ]
    if spreads:
        message = f"{on_pages(s.number for s in spreads)}: two pages side by side, it seems"
        hint = "export single pages, not spreads"
        yield terms.finding("P086", Severity.ERROR, message, hint)
    elif other:
        size = show_size(*_size(trimmed(other[0], terms)))
        message = f"not all pages are {show_size(width, height)}: "
        message += f"{on_pages(s.number for s in other)} (the first of them {size})"
        yield terms.finding("P086", Severity.ERROR, message, "give all pages the same trim size")


def _is(box: Box, width: float, height: float) -> bool:
    return abs(box.width - width) <= 1 and abs(box.height - height) <= 1


def check_turned(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Turned and scaled pages are undone by some intakes, and not by others."""
    turned = [s.number for s in facts.sheets if s.turn]
    if turned:
        message = f"turned by a setting of the page (Rotate): {on_pages(turned)}"
        yield terms.finding("P089", Severity.ERROR, message, "export the pages upright")
    scaled = [s.number for s in facts.sheets if s.unit != 1]
    if scaled:
        message = f"scaled by a setting of the page (UserUnit): {on_pages(scaled)}"
        yield terms.finding("P089", Severity.ERROR, message, "export the pages in their true size")


def check_boxes(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Trim within bleed within media."""
    bad = [s.number for s in facts.sheets if not _nests(s)]
    if bad:
        message = f"trim, bleed and media box do not lie within each other: {on_pages(bad)}"
        hint = "set the trim size and the bleed in the program that made the file, not by hand"
        yield terms.finding("P088", Severity.ERROR, message, hint)
    empty = [s.number for s in facts.sheets if min(s.page.width, s.page.height) < 36]
    if empty:
        message = f"smaller than half an inch: {on_pages(empty)}"
        yield terms.finding("P088", Severity.ERROR, message, "export the pages in their true size")
    if all(s.trim is None and s.art_box is None for s in facts.sheets):
        size = show_size(*page_size(facts, terms))
        message = f"no page says where it is cut (TrimBox): taken as {size}"
        hint = "printers take the page size then; a trim box leaves no doubt"
        yield terms.finding("P088", Severity.NOTE, message, hint)
    cropped = [s.number for s in facts.sheets if s.crop and not _equal(s.crop, s.media)]
    if cropped:
        message = f"the crop box hides a part of the page: {on_pages(cropped)}"
        hint = "readers show less than is printed; export without cropping"
        yield terms.finding("P088", Severity.WARNING, message, hint)


def _nests(sheet: Sheet) -> bool:
    inner = [box for box in (sheet.trim, sheet.art_box) if box is not None]
    outer = sheet.bleed or sheet.media
    boxes = [*inner, outer, sheet.crop or sheet.media]
    if any(box.width <= 0 or box.height <= 0 for box in boxes):
        return False
    within = all(outer.holds(box, _ROUNDING) for box in inner)
    return within and all(sheet.media.holds(box, _ROUNDING) for box in boxes)


def _equal(first: Box, second: Box) -> bool:
    return first.holds(second, SLACK) and second.holds(first, SLACK)


def check_bleed(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """What is around the trimmed page is the printer's bleed, and nothing else."""
    if not bleeds(facts, terms):
        return
    bleed = terms.printer.bleed
    wrong = [s.number for s in facts.sheets if not _fits(s, terms)]
    if wrong:
        first = facts.sheets[wrong[0] - 1]
        page, media = trimmed(first, terms), first.media
        message = f"around the page of {show_size(page.width, page.height)} there is other room "
        message += f"than {bleed.size / 72:g} in of bleed: {on_pages(wrong)} "
        message += f"(the first is {show_size(media.width, media.height)} in all)"
        hint = f"bleed goes on {_name_edges(bleed.edges)}; printer's marks are not wanted"
        yield terms.finding("P093", terms.hard, message, hint, ["bleed.size", "bleed.edges"])


def _name_edges(edges: Sequence[str]) -> str:
    return f"{', '.join(edges[:-1])} and {edges[-1]}"


def _fits(sheet: Sheet, terms: Terms) -> bool:
    """As the printer has it, or with bleed on all four edges, which intakes cut themselves."""
    page, media, size = trimmed(sheet, terms), sheet.media, terms.printer.bleed.size
    sides = [page.left - media.left, media.right - page.right]
    ends = [page.bottom - media.bottom, media.top - page.top]
    level = all(abs(end - size) <= SLACK for end in ends)
    return (
        level
        and all(min(abs(side - size), abs(side)) <= SLACK for side in sides)
        and max(sides) > SLACK
    )
