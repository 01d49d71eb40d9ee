"""Colour profiles of our own making, for PDF/X-4 and PDF/A-2, which want one inside the file.

ICC.1:2001-04 (version 2.4), class `prtr`: a grey one for books in black, a CMYK one for colour.
They describe a usual offset print on white paper: dots that grow by 16 % in the middle tones
(Murray and Davies), overprints by Neugebauer's equations from the solids of ISO 12647-2. No
measurements of anybody's are in them, so they may go into any file. The one for screens is sRGB
(IEC 61966-2-1), class `mntr`.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from operator import mul
from typing import TypeAlias

Triple: TypeAlias = tuple[float, float, float]

# CIE L*a*b* of paper and solids; a letter stands for an ink that is printed.
_SOLIDS: dict[str, Triple] = {
    "": (95, 0, -2),
    "C": (55, -37, -50),
    "M": (48, 74, -3),
    "Y": (89, -5, 93),
    "CM": (24, 20, -46),
    "CY": (50, -66, 26),
    "MY": (47, 68, 48),
    "CMY": (23, 0, 0),
    "K": (16, 0, 0),
}
# What any overprint with black comes to.
_BLACK: Triple = (10, 0, 0)
_GAIN = 0.16
# D50, the white of the profile connection space.
_WHITE: Triple = (0.9642, 1.0, 0.8249)
# XYZ (D50) to linear sRGB.
_TO_RGB = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)
# The primaries of sRGB, adapted to D50 by the method of Bradford.
_PRIMARIES: dict[bytes, Triple] = {
    b"r": (0.43607, 0.22249, 0.01392),
    b"g": (0.38515, 0.71687, 0.09708),
    b"b": (0.14307, 0.06061, 0.7141),
}
_CURVE_STEPS = 1024
_INKS = "CMYK"
_A_GRID, _B_GRID = 9, 17
_RIGHTS = "No copyright, use freely"


@lru_cache(maxsize=1)
def grey_profile() -> bytes:
    """The profile of a page in black ink on white paper."""
    # 0 is black; the reflectance of a tint, its grown dots counted.
    curve = [_reflectance(1 - step / 255) for step in range(256)]
    tags = {
        b"kTRC": b"curv" + bytes(4) + struct.pack(">I256H", 256, *(round(v * 65535) for v in curve))
    }
    return _profile(b"prtr", b"GRAY", "Grey offset print, bookforge", tags)


@lru_cache(maxsize=1)
def cmyk_profile() -> bytes:
    """The profile of a page in four inks on white paper."""
    there, back = _to_lab(), _from_lab()
    tags = {b"A2B0": there, b"A2B1": there, b"A2B2": there}
    tags |= {b"B2A0": back, b"B2A1": back, b"B2A2": back, b"gamt": _gamut()}
    return _profile(b"prtr", b"CMYK", "Colour offset print, bookforge", tags)


@lru_cache(maxsize=1)
def screen_profile() -> bytes:
    """The profile of a page in red, green and blue light."""
    last = _CURVE_STEPS - 1
    light = [round(65535 * _linear(step / last)) for step in range(_CURVE_STEPS)]
    curve = b"curv" + bytes(4) + struct.pack(f">I{_CURVE_STEPS}H", _CURVE_STEPS, *light)
    tags = {b"wtpt": b"XYZ " + bytes(4) + _xyz_number(_WHITE)}
    for colour, xyz in _PRIMARIES.items():
        tags[colour + b"XYZ"] = b"XYZ " + bytes(4) + _xyz_number(xyz)
        tags[colour + b"TRC"] = curve
    return _profile(b"mntr", b"RGB ", "sRGB, bookforge", tags)


def _linear(value: float) -> float:
    """The light of a value of sRGB."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _profile(kind: bytes, space: bytes, name: str, tags: dict[bytes, bytes]) -> bytes:
    """Header, table of tags and their data; equal data are stored once. The date is fixed."""
    connection = b"Lab " if space == b"CMYK" else b"XYZ "
    wanted = {
        b"desc": _description(name),
        b"cprt": b"text" + bytes(4) + _RIGHTS.encode("ascii") + b"\0",
        b"wtpt": b"XYZ " + bytes(4) + _xyz_number(_from_cielab(_SOLIDS[""])),
        **tags,
    }
    start = 128 + 4 + 12 * len(wanted)
    table, data, places = b"", b"", dict[bytes, int]()
    for signature, content in wanted.items():
        if content not in places:
            places[content] = start + len(data)
            data += content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", signature, places[content], len(content))
    body = struct.pack(">I", len(wanted)) + table + data
    return _header(128 + len(body), kind, space, connection) + body


def _header(size: int, kind: bytes, space: bytes, connection: bytes) -> bytes:
    date = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    first = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02400000, kind, space, connection)
    rest = bytes(4) + bytes(4) + bytes(4) + bytes(4) + bytes(8) + bytes(4)
    return (first + date + b"acsp" + rest + _xyz_number(_WHITE)).ljust(128, b"\0")


def _description(name: str) -> bytes:
    text = name.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67)


def _xyz_number(xyz: Triple) -> bytes:
    return struct.pack(">3i", *(round(part * 65536) for part in xyz))


def _grown(tint: float) -> float:
    """The part of the paper that a tint covers when it is printed."""
    return tint + 4 * _GAIN * tint * (1 - tint)


def _asked(covered: float) -> float:
    """The tint to ask for so that so much is covered: `_grown` the other way."""
    if covered >= 1:
        return 1.0
    linear = 1 + 4 * _GAIN
    return (linear - math.sqrt(linear * linear - 16 * _GAIN * covered)) / (8 * _GAIN)


def _reflectance(tint: float) -> float:
    paper, black = _from_cielab(_SOLIDS[""])[1], _from_cielab(_SOLIDS["K"])[1]
    return 1 - _grown(tint) * (1 - black / paper)


def _to_lab() -> bytes:
    """Inks to CIELAB (lut8Type): dot gain in the curves, Neugebauer's equations in the grid."""
    steps = [step / (_A_GRID - 1) for step in range(_A_GRID)]
    solids = [
        (mask, _from_cielab(_solid(mask))) for mask in product((False, True), repeat=len(_INKS))
    ]
    grid = bytearray()
    for inks in product(steps, repeat=len(_INKS)):
        xyz = [0.0, 0.0, 0.0]
        for mask, colour in solids:
            part = 1.0
            for ink, printed in zip(inks, mask, strict=True):
                part *= ink if printed else 1 - ink
            for axis in range(3):
                xyz[axis] += part * colour[axis]
        grid += _lab_bytes(_to_cielab(xyz))
    grows = bytes(round(255 * _grown(step / 255)) for step in range(256))
    return _table(4, 3, _A_GRID, grows * 4, bytes(grid), bytes(range(256)) * 3)


def _solid(mask: Sequence[bool]) -> Triple:
    name = "".join(ink for ink, printed in zip(_INKS, mask, strict=True) if printed)
    return _SOLIDS.get(name, _BLACK)


def _from_lab() -> bytes:
    """CIELAB to inks (lut8Type), all grey moved to black."""
    grid = bytearray()
    levels = [255 * step / (_B_GRID - 1) for step in range(_B_GRID)]
    for lightness, a, b in product(levels, repeat=3):
        xyz = _from_cielab((lightness / 2.55, a - 128, b - 128))
        light = [sum(map(mul, row, xyz)) for row in _TO_RGB]
        light = [min(1.0, max(0.0, part)) for part in light]
        brightest = max(light)
        inks = [1 - part / brightest if brightest else 0.0 for part in light]
        grid += bytes(round(255 * ink) for ink in (*inks, 1 - brightest))
    asks = bytes(round(255 * _asked(step / 255)) for step in range(256))
    return _table(3, 4, _B_GRID, bytes(range(256)) * 3, bytes(grid), asks * 4)


def _gamut() -> bytes:
    """Every colour counts as printable (lut8Type with one level)."""
    return _table(3, 1, 2, bytes(range(256)) * 3, bytes(8), bytes(256))


def _table(ins: int, outs: int, steps: int, before: bytes, grid: bytes, after: bytes) -> bytes:
    """lut8Type: curves of 256 steps before and after a grid (ICC.1, 6.5.7)."""
    unit = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    return b"mft1" + bytes(4) + bytes((ins, outs, steps, 0)) + unit + before + grid + after


def _lab_bytes(lab: Triple) -> bytes:
    lightness, a, b = lab
    parts = (lightness * 2.55, a + 128, b + 128)
    return bytes(min(255, max(0, round(part))) for part in parts)


def _from_cielab(lab: Triple) -> Triple:
    """CIE L*a*b* to XYZ under D50 (CIE 15)."""
    lightness, a, b = lab
    middle = (lightness + 16) / 116
    parts = (middle + a / 500, middle, middle - b / 200)
    x, y, z = (part**3 if part > 6 / 29 else (part - 4 / 29) * 108 / 841 for part in parts)
    return x * _WHITE[0], y * _WHITE[1], z * _WHITE[2]


def _to_cielab(xyz: Sequence[float]) -> Triple:
    ratios = [part / white for part, white in zip(xyz, _WHITE, strict=True)]
    x, y, z = (
        ratio ** (1 / 3) if ratio > (6 / 29) ** 3 else ratio * 841 / 108 + 4 / 29
        for ratio in ratios
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
