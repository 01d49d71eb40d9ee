"""What a font file says of itself: family, weight, slope, axes, outlines, permission.

In: the path of a .ttf, .otf or .ttc file. Out: a `FontFile` for each face in it. Facts are read
with HarfBuzz, which maps the file, so that a folder of hundreds costs little.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from msgspec import Struct

SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
REGULAR, BOLD = 400.0, 700.0
# Sizes in points at which novels are set: where a family has optical sizes, this one is meant.
TEXT_SIZE = 11.0

# OS/2 fsType (OpenType specification, "OS/2 and Windows Metrics Table").
RESTRICTED, NO_SUBSETTING, BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
_USAGE = 0x000F

_COLLECTION = b"ttcf"
_OUTLINES = frozenset({"glyf", "CFF ", "CFF2"})
_TYPOGRAPHIC_FAMILY, _FAMILY, _FULL = 16, 1, 4


class Axis(NamedTuple):
    """An axis of a variable font, in design units."""

    tag: str
    least: float
    default: float
    most: float

    def nearest(self, value: float) -> float:
        return min(max(value, self.least), self.most)


class FontFile(Struct, frozen=True):
    """One face of a font file.

    `names` are its family names, the typographic one first; `weight` is 100 to 900, `width` 1 to
    9 with 5 normal (OS/2); `permission` is the embedding permission (OS/2 fsType).
    """

    path: str
    index: int
    names: tuple[str, ...]
    weight: float
    width: int
    italic: bool
    axes: tuple[Axis, ...]
    permission: int
    quadratic: bool

    @property
    def family(self) -> str:
        return self.names[0]

    @property
    def embeddable(self) -> bool:
        """Whether its maker lets documents carry it."""
        restricted = self.permission & _USAGE == RESTRICTED
        return not restricted and not self.permission & BITMAPS_ONLY


def read_file(path: Path) -> tuple[FontFile, ...]:
    """The faces in a font file; none when it is no font that bookforge can use.

    Raises `OSError` when it cannot be read.
    """
    count = _count_faces(path)
    if not count:
        return ()
    blob = hb.Blob.from_file_path(str(path))
    faces = (_read_face(path, index, hb.Face(blob, index)) for index in range(count))
    return tuple(face for face in faces if face is not None)


def list_files(folder: Path) -> Iterator[Path]:
    """The font files in a folder and those below it, in a stable order."""
    if folder.is_dir():
        found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
        yield from sorted(path for path in found if path.is_file())


def _count_faces(path: Path) -> int:
    with path.open("rb") as file:
        head = file.read(12)
    if head[:4] == _COLLECTION and len(head) == 12:
        return int(struct.unpack(">L", head[8:])[0])
    return 1 if head[:4] in (b"\0\1\0\0", b"OTTO", b"true") else 0


def _read_face(path: Path, index: int, face: hb.Face) -> FontFile | None:
    names = _read_names(face)
    tables = _OUTLINES.intersection(face.table_tags)
    if not names or not tables or not face.glyph_count:
        return None
    weight, width, permission, italic = _read_style(face)
    return FontFile(
        path=str(path.absolute()),
        index=index,
        names=names,
        weight=weight,
        width=width,
        italic=italic,
        axes=_read_axes(face),
        permission=permission,
        quadratic="glyf" in tables,
    )


def _read_names(face: hb.Face) -> tuple[str, ...]:
    """Family names without repetition: "DejaVu Serif", "DejaVu Serif Condensed"."""
    wanted = (_TYPOGRAPHIC_FAMILY, _FAMILY, _FULL)
    names = (face.get_name(hb.OTNameIdPredefined(number)) for number in wanted)
    return tuple(dict.fromkeys(name for name in names if name))


def _read_style(face: hb.Face) -> tuple[float, int, int, bool]:
    """Weight, width, permission and slope from OS/2; upright regular without that table."""
    table = face.reference_table("OS/2").data
    if len(table) < 64:
        return REGULAR, 5, 0, False
    weight, width, permission = struct.unpack(">HHH", table[4:10])
    selection = struct.unpack(">H", table[62:64])[0]
    # fsSelection: bit 0 italic, bit 9 oblique.
    return float(weight or REGULAR), width or 5, permission, bool(selection & 0x0201)


def _read_axes(face: hb.Face) -> tuple[Axis, ...]:
    if not face.has_var_data:
        return ()
    return tuple(
        Axis(info.tag, info.min_value, info.default_value, info.max_value)
        for info in face.axis_infos
    )
