"""The fonts in the book: the faces used, with the characters used.

In: a family and the text by face. Out: font files, and the `@font-face` rules that name them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bookforge.contracts import Context
from bookforge.fonts.coverage import missing
from bookforge.fonts.face import FaceKey, Family
from bookforge.fonts.find import find_family
from bookforge.fonts.subset import subset_text
from bookforge.regex import regex
from bookforge.render.epub.design import Design
from bookforge.render.epub.inlines import BOLD, ITALIC, Faces

# Digits, hyphen and letters that reading systems add: list numbers, hyphens, small capitals.
_ALWAYS = "0123456789.-\u00a0 ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# What a CSS string and a file name in the package may not hold.
_NOT_QUOTABLE = regex(r"[^\w .-]")
_NOT_SLUG = regex("[^a-z0-9]+")


class FontFile(NamedTuple):
    """A font file of the book with its rule; `family` is fit for a CSS string."""

    family: str
    name: str
    data: bytes
    media: str
    rule: str


def embed_fonts(faces: Faces, design: Design, context: Context) -> tuple[FontFile, ...]:
    """The files to embed; none when the book leaves the font to the reader."""
    if not context.config.output.epub.with_fonts or not design.font:
        return ()
    family = find_family(design.font, context.folder)
    files = tuple(_make_files(family, faces, design))
    if not design.display:
        return files
    return (*files, *_make_display(find_family(design.display, context.folder), faces, design))


def _make_files(family: Family, faces: Faces, design: Design) -> Iterator[FontFile]:
    keys = (family.regular, family.italic, family.bold, family.bold_italic)
    for face, key in enumerate(keys):
        characters = faces.characters(face)
        if face == 0:
            # Labels and names are shown in capitals.
            characters += characters.upper() + _ALWAYS + design.ornament + design.gap
        # Browsers refuse a font without letters: italic Japanese has none in a Latin face.
        if len(missing(key, characters)) < len(characters):
            yield _make_file(family.name, face, key, characters)


def _make_display(family: Family, faces: Faces, design: Design) -> Iterator[FontFile]:
    """The face of openings, with whatever letters the book has: headings are among them."""
    characters = faces.characters(0)
    shown = characters + characters.upper() + _ALWAYS
    yield _make_file(family.name, 0, family.regular, shown)
    if design.display_bold:
        yield _make_file(family.name, BOLD, family.bold, shown)


def _make_file(family: str, face: int, key: FaceKey, characters: str) -> FontFile:
    data = subset_text(key, characters)
    kind = "otf" if data.startswith(b"OTTO") else "ttf"
    style = "italic" if face & ITALIC else "normal"
    weight = "bold" if face & BOLD else "normal"
    quoted = _NOT_QUOTABLE.sub("", family)
    slug = _NOT_SLUG.sub("-", family.lower()).strip("-") or "font"
    name = f"fonts/{slug}-{('regular', 'italic', 'bold', 'bold-italic')[face]}.{kind}"
    rule = (
        f'@font-face {{ font-family: "{quoted}"; font-style: {style}; '
        f"font-weight: {weight}; src: url(../{name}); }}"
    )
    return FontFile(quoted, name, data, f"font/{kind}", rule)
