"""Pictures that do not fit, and acts that are pages or texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image as Pictures

from bookforge.diagnostics import Diagnostic
from bookforge.model.blocks import Figure, SceneBreak
from bookforge.model.document import Section, SectionKind
from bookforge.model.inlines import Image
from bookforge.typeset.frames import Page, Picture, TextLine
from bookforge.typeset.layout import lay_out
from tests.typeset.making import (
    HERE,
    METADATA,
    SENTENCE,
    book,
    chapter,
    context,
    lay,
    paragraph,
    printed,
    text,
)


@pytest.fixture
def figure(tmp_path: Path) -> Figure:
    file = tmp_path / "map.png"
    Pictures.new("L", (900, 750), 200).save(file)
    return Figure(Image("map.png", "A map", HERE, path=str(file)), HERE, (text("A caption"),))


def filled(before: int, figure: Figure) -> list[Page]:
    body = [SENTENCE * 3] * before
    document = book(chapter(*body, figure, *[SENTENCE * 3] * 12, label="1"))
    return list(lay(document, printed(trim="5.5x8.5")).layout.pages)


def lines_of(page: Page) -> list[TextLine]:
    return [item for item in page.items if isinstance(item, TextLine)]


@pytest.mark.parametrize("before", range(1, 12))
def test_a_picture_leaves_no_short_page(before: int, figure: Figure) -> None:
    pages = filled(before, figure)
    place = next(
        n for n, page in enumerate(pages) if any(isinstance(i, Picture) for i in page.items)
    )
    for page in pages[:place]:
        lowest = max(line.y for line in lines_of(page) if line.size > 10.5 and len(line.words) > 2)
        assert lowest > 612 - 60 - 3 * 14


@pytest.mark.parametrize("before", range(1, 12))
def test_a_picture_does_not_go_before_its_place(before: int, figure: Figure) -> None:
    words = ("Here the picture is spoken of.",)
    document = book(
        chapter(*[SENTENCE * 3] * before, *words, figure, *[SENTENCE * 3] * 9, label="1")
    )
    seen = False
    for item in _items(list(lay(document).layout.pages)):
        if isinstance(item, TextLine) and "spoken" in _words(item):
            seen = True
        assert seen or not isinstance(item, Picture)


def _items(pages: list[Page]) -> Iterator[object]:
    for page in pages:
        yield from page.items


def _words(line: TextLine) -> str:
    return " ".join("".join(word.texts) for word in line.words)


def act(*blocks: str) -> Section:
    return chapter(*blocks, label="First Act", kind=SectionKind.ACT)


def test_an_act_with_its_text_has_heads() -> None:
    pages = list(lay(book(act(*[SENTENCE * 3] * 20))).layout.pages)
    assert "First Act".casefold() in _words(lines_of(pages[2])[0]).casefold()


def test_a_part_page_is_bare() -> None:
    part = chapter(label="Part One", title="The Fells", kind=SectionKind.PART)
    pages = list(lay(book(part, chapter(paragraph(SENTENCE), label="1"))).layout.pages)
    assert [len(lines_of(page)) for page in pages[:2]] == [2, 0]


def _with_ornament(name: str, folder: Path, found: list[Diagnostic]) -> list[object]:
    made = replace(context({"style": {"ornament": name}}, found), folder=folder)
    document = book(chapter(SENTENCE, SceneBreak(HERE, "***"), SENTENCE, label="1"))
    return list(_items(list(lay_out(document, METADATA, made).layout.pages)))


def test_a_picture_as_ornament(tmp_path: Path) -> None:
    Pictures.new("L", (300, 90), 0).save(tmp_path / "leaf.png")
    found: list[Diagnostic] = []
    drawn = [item for item in _with_ornament("leaf.png", tmp_path, found) if _is_picture(item)]
    assert len(drawn) == 1
    assert isinstance(drawn[0], Picture)
    assert drawn[0].height < 2 * 14
    assert found == []


def test_an_ornament_that_is_missing_is_told_of(tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    items = _with_ornament("gone.png", tmp_path, found)
    assert [diagnostic.code for diagnostic in found] == ["I001"]
    assert any(isinstance(item, TextLine) and "❦" in _words(item) for item in items)


def _is_picture(item: object) -> bool:
    return isinstance(item, Picture)
