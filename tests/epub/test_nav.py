"""Contents, landmarks and the NCX: true order, no empty label, no dead end."""

from __future__ import annotations

import re
from pathlib import Path

import novella
import pytest

from bookforge.model.blocks import Heading
from bookforge.model.document import Document, Matter, Section, SectionKind
from bookforge.render.epub.nav import Node, nest
from bookforge.render.epub.plan import plan_files

NO_FONTS = {"output": {"epub": {"embed-fonts": False}}}


def outline(nodes: list[Node], depth: int = 0) -> list[str]:
    return [
        line
        for node in nodes
        for line in (" " * depth + node.label, *outline(node.children, depth + 1))
    ]


def plan_nodes(*sections: Section, depth: int = 2) -> list[str]:
    context, _ = novella.make_context(Path())
    document = Document(sections, "en-GB")
    plan = plan_files(document, novella.METADATA, context.language, None)
    return outline(nest(plan.entries, depth))


def titled(title: str, level: int, kind: SectionKind = SectionKind.CHAPTER) -> Section:
    return novella.section(kind, title=title, level=level)


def test_levels_nest() -> None:
    sections = (titled("P", 1, SectionKind.PART), titled("A", 2), titled("B", 2), titled("Q", 1))
    assert plan_nodes(*sections) == ["P", " A", " B", "Q"]


def test_skipped_levels_close_up() -> None:
    assert plan_nodes(titled("A", 3), titled("P", 1), titled("B", 3), titled("C", 2)) == [
        "A", "P", " B", " C",
    ]  # fmt: skip


def test_depth_is_limited() -> None:
    sections = (titled("P", 1), titled("A", 2), titled("x", 3), titled("B", 2))
    assert plan_nodes(*sections) == ["P", " A", " B"]
    assert plan_nodes(*sections, depth=1) == ["P"]
    assert plan_nodes(*sections, depth=3) == ["P", " A", "  x", " B"]


@pytest.mark.parametrize(
    ("label", "title", "expected"),
    [
        ("IX", "The Lamp", "IX. The Lamp"),
        ("Chapter 1", "", "Chapter 1"),
        ("", "The <Lamp>", "The <Lamp>"),
        ("Why?", "Because", "Why? Because"),
    ],
)
def test_labels(label: str, title: str, expected: str) -> None:
    section = novella.section(SectionKind.CHAPTER, title=title, label=label)
    assert plan_nodes(section, titled("x", 1))[0] == expected


def test_untitled_sections_have_labels() -> None:
    text = novella.section(SectionKind.TEXT)
    assert plan_nodes(text) == ["The Keeper of Small Lights"]
    assert plan_nodes(text, titled("One", 1)) == ["Beginning", "One"]
    assert plan_nodes(novella.section(SectionKind.EPILOGUE)) == ["Epilogue"]
    also = novella.section(SectionKind.ALSO_BY, matter=Matter.BACK)
    assert plan_nodes(also) == ["Also by Ada Winter, Jo Le Breton"]


def test_contents_stand_where_the_printed_ones_do(tmp_path: Path) -> None:
    files = novella.build(novella.everything(), tmp_path, NO_FONTS)
    spine = re.findall(r'<itemref idref="([^"]+)"/>', files["content.opf"])
    assert spine[:8] == [
        "cover", "title-page", "copyright", "dedication", "epigraph", "nav", "prologue", "part",
    ]  # fmt: skip
    assert '<a epub:type="toc" href="nav.xhtml#toc">' in files["nav.xhtml"]


def test_a_single_chapter_needs_no_page_of_contents(tmp_path: Path) -> None:
    contents = novella.section(SectionKind.CONTENTS, matter=Matter.FRONT)
    text = novella.section(SectionKind.TEXT, novella.paragraph("x"))
    files = novella.build(Document((contents, text), "en-GB"), tmp_path, NO_FONTS)
    assert 'idref="nav"' not in files["content.opf"]
    assert 'epub:type="toc" href' not in files["nav.xhtml"]


def test_landmarks(tmp_path: Path) -> None:
    nav = novella.build(novella.everything(), tmp_path, NO_FONTS)["nav.xhtml"]
    assert re.findall(r'<a epub:type="([^"]+)" href="([^"]+)"', nav) == [
        ("cover", "text/cover.xhtml"),
        ("titlepage", "text/title-page.xhtml"),
        ("toc", "nav.xhtml#toc"),
        ("bodymatter", "text/prologue.xhtml"),
    ]


def test_front_pages_are_in_the_menu_but_not_on_the_page(tmp_path: Path) -> None:
    nav = novella.build(novella.everything(), tmp_path, NO_FONTS)["nav.xhtml"]
    assert '<li class="unseen"><a href="text/copyright.xhtml">Copyright</a></li>' in nav
    assert '<li><a href="text/prologue.xhtml">Prologue. Before the storm</a></li>' in nav


def heading(level: int, words: str) -> Heading:
    return Heading(level, novella.inlines(words), novella.HERE)


def with_headings() -> Document:
    words = novella.paragraph("Nothing but words.")
    blocks = (words, heading(1, "First"), words, heading(2, "Deep"), words, heading(1, ""))
    chapter = novella.section(SectionKind.CHAPTER, *blocks, heading(1, "Last"), title="A", level=2)
    return Document((titled("P", 1, SectionKind.PART), chapter), "en-GB")


class TestHeadingsInsideSections:
    """They are listed when the writer says how deep the contents go."""

    def build(self, folder: Path, **epub: int) -> dict[str, str]:
        settings = {"output": {"epub": {"embed-fonts": False, **epub}}}
        pages = novella.page_map(("1", 1, 0), ("2", 1, 25), ("3", 1, 45))
        return novella.build(with_headings(), folder, settings, pages=pages)

    def test_not_by_default(self, tmp_path: Path) -> None:
        files = self.build(tmp_path)
        assert "First" not in files["nav.xhtml"] + files["toc.ncx"]
        assert "<h2>First</h2>" in files["text/chapter.xhtml"]

    def test_down_to_the_depth(self, tmp_path: Path) -> None:
        files = self.build(tmp_path, **{"toc-depth": 3})
        toc = files["nav.xhtml"].partition("</nav>")[0]
        found = re.findall(r'href="text/chapter.xhtml#([^"]+)">([^<]+)', toc)
        assert [label for _, label in found] == ["First", "Last"]
        for anchor, label in found:
            assert f'<h2 id="{anchor}">{label}</h2>' in files["text/chapter.xhtml"]
        assert files["toc.ncx"].count("chapter.xhtml#chapter-heading") == 2
        assert '<meta name="dtb:depth" content="3"/>' in files["toc.ncx"]
        assert "First" not in self.build(tmp_path, **{"toc-depth": 2})["nav.xhtml"]

    def test_the_ncx_counts_them_among_the_pages(self, tmp_path: Path) -> None:
        ncx = self.build(tmp_path, **{"toc-depth": 3})["toc.ncx"]
        played = re.findall(
            r'playOrder="(\d+)".*?src="text/chapter.xhtml#?([^"]*)"', ncx, re.DOTALL
        )
        order = [place for _, place in sorted(played, key=lambda one: int(one[0]))]
        assert order == [
            "", "page-1", "chapter-heading-1", "page-2", "page-3", "chapter-heading-3",
        ]  # fmt: skip


def test_ncx_says_the_same(tmp_path: Path) -> None:
    files = novella.build(novella.everything(), tmp_path, NO_FONTS)
    toc = files["nav.xhtml"].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)">', toc) == re.findall(r'src="([^"]+)"', files["toc.ncx"])
    assert '<meta name="dtb:depth" content="2"/>' in files["toc.ncx"]
    assert novella.METADATA.identifier in files["toc.ncx"]
