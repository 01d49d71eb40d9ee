"""The letters on the page: they copy as written and stand where the frames say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from handmade import FAMILY, Shaper, layout, set_text
from msgspec.structs import replace
from opened import characters, fonts, operators, words, write

from bookforge.fonts.find import find_family
from bookforge.typeset.frames import TextLine

TEXT = (
    "The office was offering fluffy waffles — “efficient,” she said, “but insufficient” – and "
    "fjords… AVATAR To Yes; naïve café Æther Ωmega Война 1234567890 don’t (re)fit & find."
)


@pytest.mark.parametrize(
    "features", [{}, {"smcp": True}, {"smcp": True, "c2sc": True}, {"onum": True}, {"dlig": True}]
)
def test_copying_gives_the_words(tmp_path: Path, features: dict[str, bool]) -> None:
    page = list(set_text(TEXT, Shaper(features=features)))
    assert words(write(layout(page, page), tmp_path)) == TEXT.split() * 2


@pytest.mark.parametrize("family", ["EB Garamond", "Source Serif 4"])  # one glyph for both
def test_a_hyphen_of_the_program_copies_as_a_soft_hyphen(tmp_path: Path, family: str) -> None:
    shape = Shaper(find_family(family, tmp_path).regular)
    first = TextLine(54, 70, 11, (shape("a"), shape("manu-")), 2.75, tail="\u00ad")
    second = TextLine(54, 84, 11, (shape("script"), shape("well-")), 2.75)
    third = TextLine(54, 98, 11, (shape("known"),), 2.75)
    assert words(write(layout([first, second, third]), tmp_path)) == [
        *("a", "manuscript", "well-", "known")
    ]


def test_faces_change_inside_lines_and_words(tmp_path: Path) -> None:
    roman, italic, bold = (Shaper(face) for face in (FAMILY.regular, FAMILY.italic, FAMILY.bold))
    parts = (roman("He"), italic("is"), roman("n’t"), bold("here"), roman("."))
    page = [TextLine(54, 70, 11, parts, 3.0, joined=frozenset({2, 4}), tail=" ")]
    path = write(layout(page), tmp_path)
    assert words(path) == ["He", "isn’t", "here."]
    letters = characters(path)
    names = [letter.fontname.split("+")[1] for letter in letters if letter.get_text() != " "]
    regular, slanted, heavy = (
        "EBGaramond-Regular",
        "EBGaramond-Italic",
        "EBGaramond-Regular-700",
    )
    assert names == [regular] * 2 + [slanted] * 2 + [regular] * 3 + [heavy] * 4 + [regular]


@pytest.mark.parametrize("scale", [0.98, 1.0, 1.02])
@pytest.mark.parametrize("space", [1.234, 2.75, 9.999])
def test_spaces_are_exactly_as_wide_as_the_frame_says(
    tmp_path: Path, scale: float, space: float
) -> None:
    shape = Shaper()
    row = tuple(map(shape, ["AVA", "fit", "To.", "all"]))
    path = write(layout([TextLine(60, 100, 11, row, space, scale=scale)]), tmp_path)
    letters = characters(path)
    starts = [letters[0].x0] + [
        after.x0 for before, after in pairwise(letters) if before.get_text() == " "
    ]
    x, expected = 60.0, []
    for word in row:
        expected.append(x)
        x += word.width * 11 / 1000 * scale + space
    assert starts == pytest.approx(expected, abs=0.002)


def test_baselines_stand_where_the_frame_says(tmp_path: Path) -> None:
    shape = Shaper()
    page = [
        TextLine(60, 100, 11, (shape("one"),), 2.75),
        TextLine(30.5, 114.25, 11, (shape("two"),), 2.75),
        TextLine(80, 114.25, 7, (shape("1"),), 2.75, rise=4),
    ]
    path = write(layout(page), tmp_path)
    places = [letter.matrix[4:] for letter in characters(path) if letter.get_text() in "ot1"]
    assert sorted({(round(x, 3), round(y, 3)) for x, y in places})[:1] == [(30.5, 497.75)]
    assert (60, 512) in places and (80, 501.75) in places


def test_marks_are_lifted_to_their_places(tmp_path: Path) -> None:
    shape = Shaper()
    word = shape("q\u0302\u0323")
    word = replace(word, offsets=((0, 0), (-20, 150), (0, -30)))
    path = write(layout([TextLine(60, 100, 20, (word, shape("end")), 5)]), tmp_path)
    assert words(path) == ["q\u0302\u0323", "end"]
    with pikepdf.open(path) as pdf:
        lifts = [operands[0] for operator, operands in operators(pdf) if operator == "Ts"]
    assert list(map(float, lifts)) == [3, 0, -0.6, 0]


def test_glyphs_without_text_add_nothing(tmp_path: Path) -> None:
    word = Shaper()("ab")
    silent = type(word)(
        word.face, word.glyphs, word.advances, word.naturals, ("ab", ""), word.width
    )
    path = write(layout([TextLine(60, 100, 11, (silent, silent), 3)]), tmp_path)
    assert words(path) == ["ab", "ab"]


def test_many_glyphs_get_codes_that_need_no_escapes(tmp_path: Path) -> None:
    text = " ".join(chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0x17F)) if code != 0xAD)
    text += " " + " ".join(chr(code) for code in range(0x400, 0x45F))
    path = write(layout(list(set_text(text, Shaper()))), tmp_path)
    assert words(path) == text.split()


def test_to_unicode_maps_in_blocks_of_a_hundred(tmp_path: Path) -> None:
    text = " ".join(chr(code) for code in range(0x21, 0x17F) if chr(code).isalpha())
    path = write(layout(list(set_text(text, Shaper()))), tmp_path)
    with pikepdf.open(path) as pdf:
        (font,) = fonts(pdf).values()
        cmap = font.ToUnicode.read_bytes().decode()
    counts = [int(line.split()[0]) for line in cmap.splitlines() if line.endswith("beginbfchar")]
    assert len(counts) > 1 and max(counts) <= 100
    assert "<0000>" not in cmap.split("endcodespacerange")[1]
