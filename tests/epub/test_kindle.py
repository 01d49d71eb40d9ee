"""The profile for Amazon's conversion: plain, without fonts, nothing hidden where it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import novella
import pytest

from bookforge.model.document import Document, SectionKind
from bookforge.preflight.epub import validator
from bookforge.preflight.epub.places import locate_nothing
from bookforge.preflight.epub.validator import Message
from bookforge.render.epub.book import render

KINDLE = {"output": {"epub": {"profile": "kindle", "toc-depth": 3}}}
PAGES = novella.page_map(("iii", 1, 0), ("ix", 5, 0), ("1", 6, 0), ("2", 8, 9))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("kindle")
    return novella.build(novella.everything(), folder, KINDLE, pages=PAGES)


@pytest.mark.parametrize("theme", ["classic", "modern", "romance", "thriller"])
def test_no_fonts_and_plain_css(theme: str, tmp_path: Path) -> None:
    settings = {**KINDLE, "style": {"theme": theme}}
    css = novella.build(novella.everything(), tmp_path, settings)["css/book.css"]
    for fancy in ("@font-face", "font-family", "::", ":is(", "vh;", "float", "background"):
        assert fancy not in css
    assert "hr.scene-break" in css


def test_fonts_on_request(tmp_path: Path) -> None:
    settings = {"output": {"epub": {"profile": "kindle", "embed-fonts": True}}}
    css = novella.build(novella.everything(), tmp_path, settings)["css/book.css"]
    assert "@font-face" in css


def test_the_cover_has_no_page(files: dict[str, str]) -> None:
    assert "text/cover.xhtml" not in files
    assert 'properties="cover-image"' in files["content.opf"]
    assert "cover.xhtml" not in files["content.opf"] + files["nav.xhtml"] + files["toc.ncx"]


def test_the_contents_page_hides_nothing(files: dict[str, str]) -> None:
    page = files["contents.xhtml"]
    assert "unseen" not in page
    assert "hidden" not in page
    assert '<itemref idref="contents"/>' in files["content.opf"]
    assert '<itemref idref="nav"/>' not in files["content.opf"]
    assert "contents.xhtml#page-ix" in files["nav.xhtml"]


def test_two_levels_and_a_language(tmp_path: Path) -> None:
    sections = (novella.section(SectionKind.CHAPTER, title="T", level=level) for level in (1, 2, 3))
    files = novella.build(Document(tuple(sections), "en-GB"), tmp_path, KINDLE)
    assert 'name="dtb:depth" content="2"' in files["toc.ncx"]
    assert re.search("<dc:language>en-GB<", files["content.opf"])


def test_epubcheck_has_nothing_to_say(
    tmp_path: Path, epubcheck: Callable[[Path], list[Message]]
) -> None:
    context, _ = novella.make_context(tmp_path, KINDLE)
    target = tmp_path / "book.epub"
    render(novella.everything(), novella.METADATA, {"epub": target}, context, PAGES)
    # A cover without a page is what Amazon asks for.
    assert [found for found in epubcheck(target) if found.id != "OPF-097"] == []
    found = validator.validate(target, locate_nothing, "EPUB/images/cover.jpg")
    assert [one.message for one in found] == []


def test_a_book_without_sections_keeps_its_cover(tmp_path: Path) -> None:
    files = novella.build(Document((), "en-GB"), tmp_path, KINDLE)
    assert "text/cover.xhtml" in files
