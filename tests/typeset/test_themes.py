"""The themes that come with bookforge: what each does to an opening, and that copies stay whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.model.document import SectionKind
from bookforge.themes.load import load_theme, theme_names
from bookforge.typeset.dump import dump
from bookforge.typeset.frames import Rule, TextLine
from tests.typeset.making import SENTENCE, book, chapter, front, lay

GOLDEN = Path(__file__).parent / "golden"


def pages(theme: str, title: str = "The Carter", label: str = "1") -> str:
    document = book(
        front(SectionKind.TITLE_PAGE),
        chapter(SENTENCE * 3, SENTENCE * 16, label=label, title=title, id="one"),
    )
    return dump(lay(document, {"style": {"theme": theme}}).layout)


@pytest.mark.parametrize("theme", ["modern", "romance", "thriller"])
def test_the_opening_of_a_theme(theme: str, pytestconfig: pytest.Config) -> None:
    golden, found = GOLDEN / f"theme-{theme}.txt", pages(theme)
    if pytestconfig.getoption("--update-golden"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_titles_in_capitals_are_not_set_in_a_script() -> None:
    assert " 34.1/8.53 | The Carter" in pages("romance")
    # In the text's face and size, and so with its spaces.
    assert " 18.755/5.81 | THE CARTER" in pages("romance", "THE CARTER")


@pytest.mark.parametrize("theme", ["romance", "thriller"])
def test_words_of_titles_are_not_cut(theme: str) -> None:
    assert "| Floccinaucinihilipilification" in pages(theme, "Floccinaucinihilipilification, or")


def test_four_themes_at_least() -> None:
    assert set(theme_names()) >= {"classic", "modern", "romance", "thriller"}


@pytest.mark.parametrize("theme", theme_names())
def test_a_theme_says_nothing_that_classic_does_not_know(theme: str) -> None:
    classic, own = load_theme("classic", Path()).values, load_theme(theme, Path()).values
    assert own.keys() == classic.keys()
    assert all(own[table].keys() == classic[table].keys() for table in own)


def test_capitals_copy_as_they_were_typed() -> None:
    assert "| The Carter" in pages("thriller")
    assert "THE CARTER" not in pages("thriller")


def test_headings_in_letters_that_the_display_face_lacks_keep_the_text_face() -> None:
    layout = lay(
        book(chapter(SENTENCE, title="Ἡ ὁδός", id="one")), {"style": {"theme": "romance"}}
    ).layout
    paths = {
        word.face.path
        for page in layout.pages
        for item in page.items
        if isinstance(item, TextLine)
        for word in item.words
    }
    assert not any("great" in path.lower() for path in paths)


def test_the_rule_above_an_opening_is_decoration_in_the_middle() -> None:
    layout = lay(
        book(chapter(SENTENCE, title="Night", id="one")), {"style": {"theme": "thriller"}}
    ).layout
    rule = next(item for page in layout.pages for item in page.items if isinstance(item, Rule))
    assert rule.thickness == 3.0
    assert rule.width < layout.width / 4


def test_a_title_a_little_too_long_is_set_smaller_and_stays_whole() -> None:
    def size_of(title: str) -> float:
        document = book(chapter(SENTENCE, title=title, id="one"))
        items = [item for page in lay(document).layout.pages for item in page.items]
        lines = [item for item in items if isinstance(item, TextLine)]
        return next(line.size for line in lines if len(line.words) == len(title.split()))

    assert size_of("An Inventory of Everything Left in the House") < size_of("An Inventory")


def test_small_capitals_that_a_face_lacks_are_made_of_capitals() -> None:
    settings = {"style": {"theme": "classic", "font": "Oswald", "lead-in": "small-caps"}}
    document = book(chapter(SENTENCE * 2, title="Night", id="one"))
    items = [item for page in lay(document, settings).layout.pages for item in page.items]
    sizes = {item.size for item in items if isinstance(item, TextLine)}
    assert any(round(11 * 0.78, 2) == round(size, 2) for size in sizes)
