"""Style sheet and fonts: what the theme says, what the book adds, what is embedded."""

from __future__ import annotations

from pathlib import Path

import novella
import pytest
import uharfbuzz as hb

from bookforge.contracts import Context
from bookforge.diagnostics import BookError
from bookforge.fonts.find import find_family
from bookforge.model.document import Document
from bookforge.render.epub.mirror import mirror


def everything(context: Context) -> dict[str, bytes]:
    """The files of a book with all there is."""
    return novella.members(novella.make_book(novella.everything(), novella.METADATA, context, None))


def files_of(folder: Path, document: Document, **epub: object) -> dict[str, bytes]:
    context, _ = novella.make_context(folder, {"output": {"epub": epub}})
    return novella.members(novella.make_book(document, novella.METADATA, context, None))


def characters(font: bytes) -> set[str]:
    return {chr(code) for code in hb.Face(font).unicodes}


def test_only_the_faces_used_are_embedded(tmp_path: Path) -> None:
    plain = files_of(tmp_path, novella.one_chapter(novella.paragraph("x")))
    assert [name for name in plain if "/fonts/" in name] == ["EPUB/fonts/eb-garamond-regular.ttf"]
    rich = novella.paragraph("x", novella.emphasis("y", novella.strong("z")), novella.strong("w"))
    faces = [name for name in files_of(tmp_path, novella.one_chapter(rich)) if "/fonts/" in name]
    assert [name.rpartition("garamond-")[2] for name in faces] == [
        "regular.ttf", "italic.ttf", "bold.ttf", "bold-italic.ttf",
    ]  # fmt: skip


def test_fonts_hold_the_characters_used(tmp_path: Path) -> None:
    text = novella.paragraph("Ω ж é", novella.emphasis("ü", novella.emphasis("ß")))
    files = files_of(tmp_path, novella.one_chapter(text))
    upright = characters(files["EPUB/fonts/eb-garamond-regular.ttf"])
    italic = characters(files["EPUB/fonts/eb-garamond-italic.ttf"])
    assert set("Ωжéß❦") <= upright
    assert "ü" not in upright
    assert italic == {"ü"}


def test_fonts_can_be_left_out(tmp_path: Path) -> None:
    files = files_of(tmp_path, novella.everything(), **{"embed-fonts": False})
    assert not [name for name in files if "/fonts/" in name]
    css = files["EPUB/css/book.css"].decode()
    assert "@font-face" not in css
    assert "font-family" not in css


def test_the_readers_size_and_colours_win(tmp_path: Path) -> None:
    css = files_of(tmp_path, novella.everything())["EPUB/css/book.css"].decode()
    body = css.partition("\nbody {")[2].partition("}")[0]
    assert "font-size" not in body
    assert "color" not in css.replace("color: inherit", "")
    assert "background" not in css


def test_every_class_has_a_rule_or_a_reason(tmp_path: Path) -> None:
    """Classes that only name a kind of section need no rule of their own."""
    css = files_of(tmp_path, novella.everything())["EPUB/css/book.css"].decode()
    for name in ("first", "small-caps", "lead-in", "scene-break", "letter", "verse", "call"):
        assert f".{name}" in css


def test_own_style_sheet_comes_last(tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text("p.mine { margin: 0; }", encoding="utf-8")
    files = files_of(tmp_path, novella.everything(), css="own.css")
    assert files["EPUB/css/book.css"].decode().endswith("p.mine { margin: 0; }\n")


def test_a_style_sheet_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        files_of(tmp_path, novella.everything(), css="gone.css")
    assert caught.value.diagnostics[0].code == "E012"


@pytest.mark.parametrize(("ornament", "rule"), [("⁂", '"⁂"'), ('a"b\\', '"a\\"b\\\\"')])
def test_the_writers_ornament(ornament: str, rule: str, tmp_path: Path) -> None:
    context, _ = novella.make_context(tmp_path, {"style": {"ornament": ornament}})
    files = everything(context)
    assert f"content: {rule};" in files["EPUB/css/book.css"].decode()


def test_a_picture_as_ornament(tmp_path: Path, picture: Path) -> None:
    context, _ = novella.make_context(tmp_path, {"style": {"ornament": picture.name}})
    files = everything(context)
    assert files["EPUB/images/ornament.png"] == picture.read_bytes()
    assert "url(../images/ornament.png)" in files["EPUB/css/book.css"].decode()


def test_an_ornament_that_is_not_there(tmp_path: Path) -> None:
    context, found = novella.make_context(tmp_path, {"style": {"ornament": "gone.png"}})
    files = everything(context)
    assert [diagnostic.code for diagnostic in found] == ["E015"]
    assert "gone.png" not in files["EPUB/css/book.css"].decode()


def test_a_font_given_by_its_path(tmp_path: Path) -> None:
    font = Path(find_family("EB Garamond", tmp_path).regular.path)
    copy = tmp_path / "own.ttf"
    copy.write_bytes(font.read_bytes())
    context, _ = novella.make_context(tmp_path, {"style": {"font": "own.ttf"}})
    files = everything(context)
    assert 'body { font-family: "EB Garamond", serif; }' in files["EPUB/css/book.css"].decode()


@pytest.mark.parametrize(
    ("css", "turned"),
    [
        ("p { text-align: left; float: right; }", "p { text-align: right; float: left; }"),
        ("p { margin: 1em 0 2em 9%; }", "p { margin: 1em 9% 2em 0; }"),
        ("p { padding-left: 2em; margin: 0 auto; }", "p { padding-right: 2em; margin: 0 auto; }"),
        ("p { margin: 0 2%; padding: 0; a: b; }", "p { margin: 0 2%; padding: 0; a: b; }"),
        ("p { border: 0; width: 60%; }", "p { border: 0; width: 60%; }"),
        (".leftover { margin: 1em 0; }", ".leftover { margin: 1em 0; }"),
    ],
)
def test_books_from_right_to_left_are_mirrored(css: str, turned: str) -> None:
    assert mirror(css) == turned
    assert mirror(turned) == css


def test_a_face_without_a_letter_of_the_book_stays_out(tmp_path: Path) -> None:
    text = novella.paragraph("舟 a", novella.emphasis("一度に"))
    names = files_of(tmp_path, novella.one_chapter(text))
    assert "EPUB/fonts/eb-garamond-regular.ttf" in names
    assert not any("italic" in name for name in names)
