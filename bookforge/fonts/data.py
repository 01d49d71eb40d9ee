"""The bytes of a face: one static OpenType font, whatever the file held.

Variable fonts are pinned and collections taken apart by HarfBuzz (9 ms for EB Garamond against
seconds with fontTools' instancer); glyph numbers stay those of the file.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from bookforge.fonts.face import FaceKey

_COLLECTION = b"ttcf"


@lru_cache(maxsize=32)
def face_bytes(key: FaceKey) -> bytes:
    """The face as a static OpenType font with TrueType or CFF outlines.

    Glyph numbers, features and metrics are the file's own at the pinned axes. Raises `OSError`
    when the file cannot be read.
    """
    data = Path(key.path).read_bytes()
    face = hb.Face(data, key.index)
    if not face.has_var_data and not data.startswith(_COLLECTION):
        return data
    chosen = hb.SubsetInput()
    chosen.keep_everything()
    pin_axes(chosen, face, key)
    return bytes(chosen.subset(face).blob.data)


def open_face(key: FaceKey) -> hb.Face:
    """The face as it lies in its file: a variable one still varies (see `pin_axes`)."""
    return hb.Face(hb.Blob.from_file_path(key.path), key.index)


def open_font(key: FaceKey) -> hb.Font:
    """The face at its pinned axes, to be measured."""
    font = hb.Font(open_face(key))
    if key.axes:
        font.set_variations(dict(key.axes))
    return font


def pin_axes(chosen: hb.SubsetInput, face: hb.Face, key: FaceKey) -> None:
    """Ask for a static font: the axes of the key as they are pinned, the others at default."""
    if not face.has_var_data:
        return
    chosen.pin_all_axes_to_default(face)
    for tag, value in key.axes:
        chosen.pin_axis_location(face, tag, value)
    # A variable CFF2 font becomes an ordinary CFF one.
    chosen.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
