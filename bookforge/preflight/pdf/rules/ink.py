"""Colours, mixtures, faint ink and transparency."""

from __future__ import annotations

from collections.abc import Iterator

from bookforge.diagnostics import Diagnostic, Severity
from bookforge.preflight.pdf.colour import RGB, Colour
from bookforge.preflight.pdf.facts import Facts, Mark
from bookforge.preflight.pdf.terms import Terms
from bookforge.preflight.pdf.words import listing, on_pages

# Spaces that depend on no device: right for screens, a guess for a press.
_MANAGED = ("CalGray", "Lab", "ICC grey", "ICC CMYK", "ICC")


def _colours(facts: Facts) -> Iterator[tuple[Colour, str, list[int]]]:
    """Every colour, what it is used for, and where."""
    for mark, use in ((Mark.TEXT, "text"), (Mark.FILL, "areas and lines")):
        for colour, pages in facts.find(mark):
            yield colour, use, pages
    for image, pages in facts.find(Mark.PICTURE):
        yield Colour(image.space, ()), "pictures", pages


def check_colour(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """RGB and colour profiles; any colour in a book of black ink."""
    found = list(_colours(facts))
    rgb = [one for one in found if one[0].space in RGB]
    if rgb and not (terms.ink != "black" and terms.printer.file.colour == "srgb"):
        wants = "grey or pure black" if terms.ink == "black" else "CMYK"
        message = f"RGB colour in {_uses(rgb)}, where {terms.asks} {wants}: {_where(rgb)}"
        hint = "black made of RGB prints as a mixture with coloured edges, or too light: convert"
        yield terms.finding("P096", terms.hard, message, hint, ["file.colour"])
    managed = [one for one in found if one[0].space in _MANAGED]
    if managed:
        message = f"colour that depends on a profile in {_uses(managed)}: {_where(managed)}"
        hint = "black by a profile may print too light: export text in plain black (K 100 %)"
        yield terms.finding("P096", Severity.WARNING, message, hint, ["file.colour"])
    tinted = [one for one in found if terms.ink == "black" and _is_tinted(one[0])]
    if tinted:
        message = f"coloured ink in a book printed in black: {_uses(tinted)}, {_where(tinted)}"
        hint = "make it grey, or order colour printing (output.print.ink)"
        yield terms.finding("P096", Severity.WARNING, message, hint)


def _is_tinted(colour: Colour) -> bool:
    if colour.space in ("DeviceCMYK", "ICC CMYK"):
        return not colour.values or max(colour.values[:3]) > 0
    return colour.space in ("Separation", "DeviceN")


def _uses(found: list[tuple[Colour, str, list[int]]]) -> str:
    return listing(use for _, use, _ in found)


def _where(found: list[tuple[Colour, str, list[int]]]) -> str:
    return on_pages(page for _, _, pages in found for page in pages)


def check_mixed(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Black text of several inks, and more ink than paper holds."""
    mixed = [(c, use, pages) for c, use, pages in _colours(facts) if c.is_mixed_black]
    texts = [one for one in mixed if one[1] == "text"]
    if texts:
        message = f"text in black mixed with other inks: {_where(texts)}"
        hint = "use black alone (C 0, M 0, Y 0, K 100), or letters get coloured edges"
        yield terms.finding("P097", Severity.WARNING, message, hint, ["file.colour"])
    limit = terms.printer.file.ink_limit
    heavy = [one for one in _colours(facts) if (one[0].ink or 0) > limit]
    if heavy:
        most = max(one[0].ink or 0 for one in heavy)
        message = f"{most:.0f} % of ink in {_uses(heavy)}; {terms.takes} at most {limit:g} %: "
        message += _where(heavy)
        hint = "lighten the colours, or convert with a profile that limits the ink"
        yield terms.finding("P097", terms.hard, message, hint, ["file.ink-limit"])


def check_faint(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Lines too thin and grey too pale to show."""
    rules = terms.printer.file
    thin = {width: pages for width, pages in facts.find(Mark.RULE) if width < rules.least_rule}
    if thin:
        pages = [page for some in thin.values() for page in some]
        message = f"lines of {min(thin):g} pt; {terms.asks} {rules.least_rule:g} pt at the least: "
        message += on_pages(pages)
        hint = "draw them thicker; thinner ones break up in print"
        yield terms.finding("P101", Severity.WARNING, message, hint, ["file.least-rule"])
    pale = [
        one
        for one in _colours(facts)
        if one[0].is_grey and one[0].ink is not None and 0.5 < one[0].ink < rules.least_grey
    ]
    if pale:
        least = min(one[0].ink or 0 for one in pale)
        message = f"grey of {least:.0f} % in {_uses(pale)}; {terms.asks} "
        message += f"{rules.least_grey:g} % at the least: {_where(pale)}"
        yield terms.finding(
            "P101", Severity.WARNING, message, "paler grey vanishes in print", ["file.least-grey"]
        )


def check_clear(facts: Facts, terms: Terms) -> Iterator[Diagnostic]:
    """Transparency is to be flattened for most presses; PDF/X-4 may keep it."""
    found = list(facts.find(Mark.CLEAR))
    if found:
        pages = [page for _, some in found for page in some]
        message = f"transparency ({listing(what for what, _ in found)}): {on_pages(pages)}"
        kept = "PDF/X-4" in facts.keys.xmp
        severity = Severity.WARNING if kept else terms.hard
        hint = "flatten it on export (PDF 1.3 or PDF/X-1a do), or save pictures on white"
        yield terms.finding("P098", severity, message, hint)
