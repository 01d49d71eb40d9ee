"""The fonts in the book: the faces used, with the characters used.

In: a family and the text by face. Out: font files, and the `@font-face` rules that name them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bookforge.contracts import Context
from bookforge.fonts.face import FaceKey, Family
from bookforge.fonts.find import find_family
from bookforge.fonts.subset import subset_text
from bookforge.render.epub.design import Design
from bookforge.render.epub.inlines import BOLD, ITALIC, Faces

# Digits, hyphen and letters that reading systems add: list numbers, hyphens, small capitals.
_ALWAYS = "0123456789.-\u00a0 ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file of the book with its rule."""

    name: str
    data: bytes
    media: str
    rule: str


def embed_fonts(faces: Faces, design: Design, context: Context) -> tuple[FontFile, ...]:
    """The files to embed; none when the book leaves the font to the reader."""
    if not context.config.output.epub.embed_fonts or not design.font:
        return ()
    family = find_family(design.font, context.folder)
    return tuple(_make_files(family, faces, design))


def _make_files(family: Family, faces: Faces, design: Design) -> Iterator[FontFile]:
    keys = (family.regular, family.italic, family.bold, family.bold_italic)
    for face, key in enumerate(keys):
        characters = faces.characters(face)
        if face == 0:
            characters += _ALWAYS + design.ornament + design.gap
        if characters:
            yield _make_file(family.name, face, key, characters)


def _make_file(family: str, face: int, key: FaceKey, characters: str) -> FontFile:
    data = subset_text(key, characters)
    kind = "otf" if data.startswith(b"OTTO") else "ttf"
    style = "italic" if face & ITALIC else "normal"
    weight = "bold" if face & BOLD else "normal"
    slug = (
        "-".join(
            "".join(char if char.isascii() and char.isalnum() else " " for char in family)
            .lower()
            .split()
        )
        or "font"
    )
    name = f"fonts/{slug}-{('regular', 'italic', 'bold', 'bold-italic')[face]}.{kind}"
    rule = (
        f'@font-face {{ font-family: "{quote_family(family)}"; font-style: {style}; '
        f"font-weight: {weight}; src: url(../{name}); }}"
    )
    return FontFile(name, data, f"font/{kind}", rule)


def quote_family(family: str) -> str:
    """A family's name fit for a CSS string."""
    return "".join(char for char in family if char.isalnum() or char in " -_.")
