"""Static faces, subsets for PDF and e-book, and what they keep."""

from __future__ import annotations

from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.pens.boundsPen import BoundsPen
from made import make_font

from bookforge.fonts.coverage import missing, scripts
from bookforge.fonts.data import face_bytes
from bookforge.fonts.face import FaceKey
from bookforge.fonts.find import find_family
from bookforge.fonts.metrics import measure_face
from bookforge.fonts.subset import subset_face, subset_text

FAMILY = find_family("EB Garamond", Path())
LETTERS = "ABCabcdefghijklmnopqrstuvwxyz 0123456789“”’—"


def shape(data: bytes, text: str, **features: bool) -> list[tuple[int, int]]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(hb.Face(data)), buffer, features)
    pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(info.codepoint, place.x_advance) for info, place in pairs]


def bounds(font: hb.Font, glyph: int) -> tuple[float, ...]:
    pen = BoundsPen(None)
    font.draw_glyph_with_pen(glyph, pen)
    return tuple(pen.bounds)


def test_a_variable_face_becomes_static_and_keeps_its_glyph_numbers() -> None:
    whole = hb.Face(Path(FAMILY.bold.path).read_bytes())
    bold = hb.Face(face_bytes(FAMILY.bold))
    assert whole.has_var_data and not bold.has_var_data
    assert whole.glyph_count == bold.glyph_count


def test_widths_are_those_of_the_variable_font() -> None:
    variable = hb.Font(hb.Face(hb.Blob.from_file_path(FAMILY.bold.path)))
    variable.set_variations({"wght": 700})
    static = hb.Font(hb.Face(face_bytes(FAMILY.bold)))
    for glyph in range(0, static.face.glyph_count, 7):
        assert variable.get_glyph_h_advance(glyph) == static.get_glyph_h_advance(glyph)


def test_bold_is_wider_than_regular() -> None:
    widths = [
        sum(width for _, width in shape(face_bytes(key), "minimum"))
        for key in (FAMILY.regular, FAMILY.bold)
    ]
    assert widths[0] < widths[1]


def test_a_subset_has_the_glyphs_asked_for_at_their_widths() -> None:
    data = face_bytes(FAMILY.regular)
    glyphs = shape(data, "office")
    subset = subset_face(FAMILY.regular, [glyph for glyph, _ in glyphs])
    font, small = hb.Font(hb.Face(data)), hb.Font(hb.Face(subset.data))
    assert set(subset.mapping) == {0, *(glyph for glyph, _ in glyphs)}
    for old, new in subset.mapping.items():
        assert font.get_glyph_h_advance(old) == small.get_glyph_h_advance(new)
    assert len(subset.data) < 4000


def test_subsets_are_the_same_bytes_every_time() -> None:
    once, twice = (subset_face(FAMILY.italic, glyphs) for glyphs in ([9, 7, 8], [7, 8, 9, 9]))
    assert once == twice
    assert subset_text(FAMILY.italic, "abc") == subset_text(FAMILY.italic, "cba")


@pytest.mark.parametrize("features", [{"smcp": True}, {"onum": True}, {"liga": True}, {}])
def test_the_e_book_font_shapes_as_the_whole_one(features: dict[str, bool]) -> None:
    text = "The office, fluffy 1234 — “AVATA”".translate({ord(c): None for c in "OEFTHVW"})
    text = "".join(letter for letter in text if letter in LETTERS)
    whole = shape(face_bytes(FAMILY.regular), text, **features)
    small = shape(subset_text(FAMILY.regular, LETTERS), text, **features)
    assert [width for _, width in whole] == [width for _, width in small]


def test_a_font_that_forbids_subsetting_stays_whole(tmp_path: Path) -> None:
    key = FaceKey(str(make_font(tmp_path / "tiny.ttf", permission=0x0100)))
    assert len(subset_face(key, [2]).mapping) == 4
    assert subset_text(key, "a") == Path(key.path).read_bytes()


def test_cff_outlines_become_quadratic_with_the_same_numbers_and_widths(tmp_path: Path) -> None:
    key = FaceKey(str(make_font(tmp_path / "tiny.otf", cff=True)))
    subset = subset_face(key, [1, 3])
    face = hb.Face(subset.data)
    assert "glyf" in face.table_tags and "CFF " not in face.table_tags
    small = hb.Font(face)
    assert small.get_glyph_h_advance(subset.mapping[3]) == 600
    before = bounds(hb.Font(hb.Face(face_bytes(key))), 3)
    assert bounds(small, subset.mapping[3]) == pytest.approx(before, abs=1)
    assert subset_face(key, [1, 3]) == subset


def test_coverage_names_scripts_and_missing_letters() -> None:
    assert {"Latin", "Greek", "Cyrillic"} <= set(scripts(FAMILY.regular))
    assert missing(FAMILY.regular, "a漢b字c漢") == "漢字"


def test_metrics_tell_regular_italic_and_bold_apart() -> None:
    regular, italic, bold = map(measure_face, (FAMILY.regular, FAMILY.italic, FAMILY.bold))
    assert regular.name == "EBGaramond-Regular" and bold.name == "EBGaramond-Regular-700"
    assert regular.angle == 0 > italic.angle
    assert (regular.weight, bold.weight) == (400, 700)
    assert 600 < regular.capital < 700 < regular.ascent
