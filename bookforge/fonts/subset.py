"""Faces cut down to what a book uses.

`subset_face` gives a PDF the glyphs of its pages, `subset_text` an e-book the characters of its
text. Both are HarfBuzz's subsetter (milliseconds); equal input gives equal bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import uharfbuzz as hb

from bookforge.fonts.data import face_bytes, open_face, pin_axes
from bookforge.fonts.face import FaceKey
from bookforge.fonts.files import NO_SUBSETTING

# What readers apply by themselves, and what the themes' style sheets ask for.
FEATURES = (
    *("ccmp", "locl", "mark", "mkmk", "rlig", "calt", "clig", "kern", "liga"),
    *("smcp", "c2sc", "onum", "lnum", "pnum", "sups"),
)
# Names that a font must keep: copyright, family, version, PostScript name, licence.
_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17)
# A PDF reader shapes nothing and finds glyphs by number: these tables mean nothing to it.
_UNUSED_TABLES = frozenset(
    {"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "STAT", "DSIG", "kern", "name", "OS/2"}
    | {"cmap", "gasp", "hdmx", "VDMX", "LTSH", "COLR", "CPAL", "SVG ", "meta", "post", "VORG"}
)


class Subset(NamedTuple):
    """A font with some glyphs of another: its bytes, and old glyph number to new."""

    data: bytes
    mapping: Mapping[int, int]


def subset_face(key: FaceKey, glyphs: Sequence[int]) -> Subset:
    """A TrueType font with these glyphs (and .notdef), for embedding in a PDF.

    CFF outlines become quadratic, which reading programs and printers take alike. A font whose
    maker forbids subsetting (OS/2 fsType) is kept whole.
    """
    face = open_face(key)
    chosen = hb.SubsetInput()
    wanted = range(face.glyph_count) if _must_stay_whole(face) else sorted(set(glyphs) | {0})
    chosen.glyph_set.update(wanted)
    chosen.drop_table_tag_set.update(map(_number, sorted(_UNUSED_TABLES)))
    chosen.flags = (
        hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NOTDEF_OUTLINE
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NO_BIDI_CLOSURE
    )
    pin_axes(chosen, face, key)
    plan = hb.SubsetPlan(face, chosen)
    mapping = dict(plan.old_to_new_glyph_mapping.items())
    return Subset(_as_truetype(plan.execute()), {old: mapping[old] for old in wanted})


def subset_text(key: FaceKey, characters: str, features: Iterable[str] = FEATURES) -> bytes:
    """An OpenType font that can show these characters with these features, for an e-book."""
    face = open_face(key)
    if _must_stay_whole(face):
        return face_bytes(key)
    chosen = hb.SubsetInput()
    chosen.unicode_set.update(map(ord, characters))
    chosen.layout_feature_tag_set.clear()
    chosen.layout_feature_tag_set.update(map(_number, features))
    chosen.name_id_set.clear()
    chosen.name_id_set.update(_NAMES)
    chosen.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    pin_axes(chosen, face, key)
    return bytes(chosen.subset(face).blob.data)


def _number(tag: str) -> int:
    """A tag as HarfBuzz's sets hold it."""
    return int.from_bytes(tag.encode("ascii"), "big")


def _must_stay_whole(face: hb.Face) -> bool:
    table = face.reference_table("OS/2").data
    return len(table) >= 10 and bool(struct.unpack(">H", table[8:10])[0] & NO_SUBSETTING)


def _as_truetype(face: hb.Face) -> bytes:
    if "CFF " not in face.table_tags:
        return bytes(face.blob.data)
    # fontTools is slow to load and rarely needed.
    from bookforge.fonts.convert import convert_outlines

    return convert_outlines(bytes(face.blob.data))
