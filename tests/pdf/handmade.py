"""A little typesetter for tests: first-fit lines of shaped words, as frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import uharfbuzz as hb

from bookforge.contracts import Context, Metadata
from bookforge.diagnostics import ignore
from bookforge.fonts.data import face_bytes
from bookforge.fonts.face import FaceKey
from bookforge.fonts.find import find_family
from bookforge.fonts.metrics import advance
from bookforge.languages.base import load_language
from bookforge.source import SourceMap
from bookforge.typeset.frames import Item, Layout, Page, Shaped, TextLine
from tests.settings import make_config

FAMILY = find_family("EB Garamond", Path())
WIDTH, HEIGHT = 396.0, 612.0
METADATA = Metadata("The Laurel Road", ("Ann Example",), "en-GB", "urn:example:1")


@dataclass
class Shaper:
    """Shapes words of one face with some features; equal words are the same object."""

    face: FaceKey = FAMILY.regular
    features: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._font = hb.Font(hb.Face(face_bytes(self.face)))
        self._known: dict[str, Shaped] = {}

    def __call__(self, text: str) -> Shaped:
        if text not in self._known:
            self._known[text] = self._shape(text)
        return self._known[text]

    def _shape(self, text: str) -> Shaped:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, self.features)
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        em = self._font.face.upem
        starts = [info.cluster for info in infos] + [len(text)]
        texts = tuple(text[a:b] for a, b in pairwise(starts))
        advances = tuple(place.x_advance * 1000 / em for place in places)
        offsets = tuple((p.x_offset * 1000 / em, p.y_offset * 1000 / em) for p in places)
        return Shaped(
            self.face,
            tuple(info.codepoint for info in infos),
            advances,
            tuple(advance(self._font, info.codepoint) for info in infos),
            texts,
            sum(advances),
            offsets if any(map(any, offsets)) else (),
        )


def set_text(text: str, shape: Shaper, width: float = 297.0, size: float = 11.0) -> Iterator[Item]:
    """First-fit justified lines from the top of a page on, endlessly downwards."""
    words = [shape(word) for word in text.split()]
    y, row = 70.0, list[Shaped]()
    for word in words:
        taken = sum(part.width for part in (*row, word)) * size / 1000 + 2.5 * len(row)
        if row and taken > width:
            yield justify(row, y, width, size)
            y, row = y + 14, []
        row.append(word)
    if row:
        yield TextLine(54, y, size, tuple(row), 2.75)


def justify(row: Sequence[Shaped], y: float, width: float, size: float) -> TextLine:
    free = width - sum(word.width for word in row) * size / 1000
    space = free / max(1, len(row) - 1)
    return TextLine(54, y, size, tuple(row), space, tail=" ")


def layout(*pages: Sequence[Item]) -> Layout:
    made = tuple(
        Page(number, str(number), number % 2 == 1, tuple(items))
        for number, items in enumerate(pages, 1)
    )
    return Layout(WIDTH, HEIGHT, made, ())


def context(folder: Path, **printing: object) -> Context:
    config = make_config({"output": {"print": printing}})
    language = load_language("en-GB")
    return Context(config, language, ignore, SourceMap(), folder, epoch=1_700_000_000)
