"""Families by name, package, path and folder; what cannot be used is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import make_font

from bookforge.diagnostics import BookError
from bookforge.fonts.files import read_file
from bookforge.fonts.find import families, find_family

HERE = Path()


def fault(name: str, folder: Path = HERE) -> tuple[str, str]:
    with pytest.raises(BookError) as caught:
        find_family(name, folder)
    (found,) = caught.value.diagnostics
    return found.code, found.hints[0].message


def test_the_default_family_has_four_different_faces() -> None:
    family = find_family("EB Garamond", HERE)
    assert len({family.regular, family.italic, family.bold, family.bold_italic}) == 4
    assert dict(family.regular.axes) == {"wght": 400}
    assert dict(family.bold_italic.axes) == {"wght": 700}
    assert family.bold.path == family.regular.path != family.italic.path


@pytest.mark.parametrize("name", ["eb garamond", "EB-Garamond", "eb_garamond"])
def test_packages_are_found_however_their_name_is_written(name: str) -> None:
    assert find_family(name, HERE) == find_family("EB Garamond", HERE)


def test_f001_names_what_is_near() -> None:
    code, hint = fault("EB Garamont")
    assert code == "F001"
    assert "EB Garamond" in hint


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "x" * 5000])
def test_f001_for_names_that_name_nothing(name: str) -> None:
    assert fault(name)[0] == "F001"


def test_f001_for_a_file_that_is_not_there() -> None:
    assert fault("fonts/none.ttf")[0] == "F001"


def test_f002_for_a_file_that_is_no_font(tmp_path: Path) -> None:
    (tmp_path / "letter.ttf").write_text("Dear Sir, this is no font.")
    assert fault("letter.ttf", tmp_path)[0] == "F002"


@pytest.mark.parametrize("size", [4, 12, 60, 300])
def test_f002_for_a_font_cut_short(tmp_path: Path, size: int) -> None:
    whole = make_font(tmp_path / "tiny.ttf").read_bytes()
    (tmp_path / "tiny.ttf").write_bytes(whole[:size])
    assert fault("tiny.ttf", tmp_path)[0] == "F002"


def test_f003_when_the_maker_forbids_embedding(tmp_path: Path) -> None:
    make_font(tmp_path / "tiny.ttf", permission=0x0002)
    assert fault("tiny.ttf", tmp_path)[0] == "F003"


@pytest.mark.parametrize("permission", [0x0000, 0x0004, 0x0008, 0x0104])
def test_milder_permissions_allow_embedding(tmp_path: Path, permission: int) -> None:
    make_font(tmp_path / "tiny.ttf", permission=permission)
    assert find_family("tiny.ttf", tmp_path).name == "Tiny"


def test_a_single_face_stands_in_for_the_others(tmp_path: Path) -> None:
    family = find_family(str(make_font(tmp_path / "tiny.ttf")), HERE)
    assert family.regular == family.italic == family.bold == family.bold_italic


def test_a_folder_gives_its_largest_family(tmp_path: Path) -> None:
    make_font(tmp_path / "one.ttf", family="Aardvark")
    for name in ("two.ttf", "three.otf"):
        make_font(tmp_path / name, cff=name.endswith("otf"))
    family = find_family(tmp_path.name, tmp_path.parent)
    assert family.name == "Tiny"
    # TrueType outlines are preferred: CFF would have to be converted.
    assert family.regular.path.endswith("two.ttf")


def test_the_listing_has_the_families_that_come_along_first() -> None:
    packages = [one.family.name for one in families() if one.origin == "package"]
    assert [one.family.name for one in families()][: len(packages)] == packages
    assert {"EB Garamond", "Source Serif 4", "Oswald"} <= set(packages)


def test_a_face_knows_its_axes_and_outlines() -> None:
    (face,) = read_file(Path(find_family("EB Garamond", HERE).italic.path))
    assert face.italic
    assert face.quadratic
    assert [(axis.tag, axis.least, axis.most) for axis in face.axes] == [("wght", 400, 800)]
