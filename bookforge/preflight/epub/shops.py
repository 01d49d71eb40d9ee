"""What shops ask of an EPUB beyond validity, each rule with the shop's name.

In: an opened EPUB. Out: diagnostics. Figures: Apple, "Publish Your Book" and Asset Guide 5.3;
kobolabs/epub-spec (2025); Google partner help 3424254; KDP, cover page G6GTK3T3NUHKLEFX and Kindle
Publishing Guidelines; Feiyr FAQ 238. A rule for which a shop turns books away is a warning, advice
is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.preflight.epub.package import Element, Package
from bookforge.regex import regex

_GB = 1_000_000_000
_MOST_BYTES = {"Kobo": _GB, "Apple Books": 2 * _GB, "Google Play": 2 * _GB}
_MOST_CONTENT = 10_000_000
_MOST_PIXELS = 4_000_000
_GOOGLE_SIDE = 640
_KDP_LEAST, _KDP_MOST = (625, 1000), 10_000
_MOST_DEPTH, _KINDLE_DEPTH = 3, 2
_LEAST_ENTRIES = 3
_FONTS = (".ttf", ".otf", ".woff")
_NAME = regex(r"[A-Za-z0-9._/-]+\Z")
_BODY = regex(r"(?:^|\})\s*(?:[^{}]*,\s*)?(?:html|body|p)\s*(?:,[^{}]*)?\{([^{}]*)\}")
_FORCED = regex(r"(?<![\w-])(font-size|color)\s*:\s*(?!inherit|1em|100%|medium)[^;}]+")
_BACKGROUND = regex(r"(?<![\w-])background(?:-color)?\s*:\s*(?!none|transparent|inherit|url)")
_SCRIPTED = "{*}script"
# What shops show beside a book, and what they call it.
_WANTED = {
    "description": "a description",
    "subject": "subjects",
    "creator": "an author",
    "publisher": "a publisher",
    "date": "a date",
}


def find_breaches(package: Package) -> Iterator[Diagnostic]:
    """Everything that a shop would complain of."""
    for rule in (
        _size,
        _content_size,
        _cover,
        _cover_size,
        _pictures,
        _fonts,
        _names,
        _contents,
        _language,
        _style,
        _scripts,
        _page_source,
        _description,
    ):
        yield from rule(package)


def _warn(code: str, message: str, hint: str, package: Package) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, message, None, (Hint(hint),), str(package.path))


def _note(code: str, message: str, hint: str, package: Package) -> Diagnostic:
    return Diagnostic(code, Severity.NOTE, message, None, (Hint(hint),), str(package.path))


def _size(package: Package) -> Iterator[Diagnostic]:
    size = package.path.stat().st_size
    shops = [shop for shop, most in _MOST_BYTES.items() if size > most]
    if shops:
        message = f"the file has {size / _GB:.1f} GB, more than {' and '.join(shops)} take"
        yield _warn("E050", message, "make the pictures smaller", package)


def _content_size(package: Package) -> Iterator[Diagnostic]:
    for item in package.items:
        if (
            item.media == "application/xhtml+xml"
            and package.sizes.get(item.name, 0) > _MOST_CONTENT
        ):
            message = f"{item.name} has more than 10 MB, which Kobo does not take"
            yield _warn("E051", message, "divide it into chapters", package)


def _cover(package: Package) -> Iterator[Diagnostic]:
    cover = package.cover
    if cover is None:
        message = "no picture is named as the cover, so shops and readers show none"
        hint = 'the manifest gives it properties="cover-image" (EPUB 3.3, D.4)'
        yield _warn("E052", message, hint, package)
        return
    if cover.media == "image/gif":
        yield _warn("E052", "the cover is a GIF, which Kobo does not take", "JPEG will do", package)
    if "cover" not in [meta.name for meta in package.metas]:
        message = "the cover has no EPUB 2 entry, by which Kobo finds it"
        hint = f'<meta name="cover" content="{cover.id}"/>'
        yield _note("E052", message, hint, package)


def _cover_size(package: Package) -> Iterator[Diagnostic]:
    for item, sketch in package.pictures():
        if item != package.cover:
            continue
        short, long = sorted((sketch.width, sketch.height))
        what = f"the cover has {sketch.width} x {sketch.height} pixels"
        if short < _GOOGLE_SIDE:
            hint = "Google Play asks for 640 pixels on the shorter side"
            yield _note("E053", f"{what}, too few for Google Play", hint, package)
        if short < _KDP_LEAST[0] or long < _KDP_LEAST[1]:
            hint = "KDP asks for at least 625 x 1,000; 1,600 x 2,560 is best"
            yield _note("E053", f"{what}, too few for KDP", hint, package)
        if long > _KDP_MOST:
            hint = "KDP takes at most 10,000 pixels on a side"
            yield _warn("E053", f"{what}, too many for KDP", hint, package)


def _pictures(package: Package) -> Iterator[Diagnostic]:
    for item, sketch in package.pictures():
        if sketch.width * sketch.height > _MOST_PIXELS:
            message = f"{item.name} has more than 4 million pixels, which Apple Books does not take"
            yield _warn("E054", message, "make it smaller", package)
        if sketch.mode == "CMYK":
            message = f"{item.name} is a CMYK picture; Apple Books and Google Play show RGB"
            yield _warn("E055", message, "save it as RGB", package)


def _fonts(package: Package) -> Iterator[Diagnostic]:
    for item in package.items:
        is_font = "font" in item.media or item.name.lower().endswith(".woff2")
        if is_font and not item.name.lower().endswith(_FONTS):
            message = f"{item.name} is in a format that Kobo's readers do not know"
            yield _note("E056", message, "TrueType, OpenType or WOFF 1.0 will do", package)


def _names(package: Package) -> Iterator[Diagnostic]:
    odd = [item.name for item in package.items if not _NAME.match(item.name)]
    if odd:
        often = f" and {len(odd) - 1} more" if len(odd) > 1 else ""
        message = f"the file name “{odd[0]}”{often} has blanks or unusual characters"
        hint = "Kobo warns of them and Feiyr refuses them: letters, digits, . _ - are safe"
        yield _warn("E057", message, hint, package)


def _contents(package: Package) -> Iterator[Diagnostic]:
    lists = package.navs("toc")
    if not lists:
        return
    depth = max(_depth(one) for one in lists)
    if depth > _MOST_DEPTH:
        message = f"the contents have {depth} levels; Kobo's apps show three, Kindles two"
        yield _note("E058", message, "[output.epub] toc-depth sets them", package)
    entries = sum(1 for one in lists for _ in one.iter("{*}a"))
    if entries < _LEAST_ENTRIES:
        message = f"the contents have {entries} entries; some shops (Feiyr) ask for three"
        yield _note("E059", message, "chapters with headings become entries", package)


def _depth(element: Element) -> int:
    """How deep lists nest in an element."""
    inner = max((_depth(child) for child in element.iterchildren("{*}*")), default=0)
    return inner + (str(element.tag).endswith("}ol"))


def _language(package: Package) -> Iterator[Diagnostic]:
    if not any(package.values("language")):
        message = "the language is not given; Send to Kindle and several shops refuse that"
        yield _warn("E060", message, "<dc:language> in the package, such as en-GB", package)


def _style(package: Package) -> Iterator[Diagnostic]:
    for name, css in package.styles():
        plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
        forced = {found[1] for body in _BODY.findall(plain) for found in _FORCED.finditer(body)}
        if forced:
            message = f"{name} sets the {' and '.join(sorted(forced))} of running text"
            hint = "KDP and Kobo ask to leave both to the reader"
            yield _note("E061", message, hint, package)
        if _BACKGROUND.search(plain):
            message = f"{name} sets a background colour"
            hint = "Kobo advises against it: in dark mode text may vanish"
            yield _note("E061", message, hint, package)


def _scripts(package: Package) -> Iterator[Diagnostic]:
    for name, page in package.pages():
        if next(page.iter(_SCRIPTED), None) is not None:
            message = f"{name} has a script; Kindles and most e-ink readers run none"
            yield _note("E062", message, "the book must be complete without it", package)
            return


def _page_source(package: Package) -> Iterator[Diagnostic]:
    if package.values("pageBreakSource"):
        message = "pageBreakSource is an error to EPUBCheck 4.2.6, which Kobo's intake runs"
        hint = "dc:source with source-of says the same; [output.epub] page-source = false"
        yield _warn("E063", message, hint, package)


def _description(package: Package) -> Iterator[Diagnostic]:
    missing = [words for name, words in _WANTED.items() if not any(package.values(name))]
    if missing:
        message = f"shops will miss {', '.join(missing)}"
        hint = "they stand in [book]: description, subjects, author, publisher, date"
        yield _note("E064", message, hint, package)
    titles = [meta for meta in package.metas if meta.name in ("title-type", "title")]
    numbered = any(re.search(r"\b(book|volume|band|tome) \d", meta.text, re.I) for meta in titles)
    if numbered and not package.values("belongs-to-collection"):
        message = "the title counts volumes, but no series is given, so shops will not link them"
        yield _note("E065", message, "[book] series = { name = …, number = … }", package)
