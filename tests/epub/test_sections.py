"""Sections as XHTML: one node after the other."""

from __future__ import annotations

import re
from pathlib import Path

import novella
import pytest
from msgspec.structs import replace

from bookforge.model.blocks import (
    Block,
    Heading,
    ParagraphRole,
    Quote,
    QuoteRole,
    SceneBreak,
    Verse,
    VerseLine,
)
from bookforge.model.document import Document, Matter, Note, SectionKind
from bookforge.model.inlines import Foreign, Image, Inline, NoteRef
from bookforge.render.epub.backlinks import Backlinks
from bookforge.render.epub.css import is_cursive
from bookforge.render.epub.xhtml import measure_lead

PLAIN = {
    "style": {"lead-in": "none", "drop-cap": False},
    "output": {"epub": {"embed-fonts": False}},
}


def body(folder: Path, *blocks: Block) -> str:
    """The markup of blocks in an untitled text."""
    page = novella.build(novella.one_chapter(*blocks), folder, PLAIN)["text/text.xhtml"]
    return page.partition(">\n<p" if "<p" in page else "<section")[2].partition("\n</section>")[0]


def inside(folder: Path, *nodes: str | Inline) -> str:
    """The markup of a paragraph's inlines."""
    page = novella.build(novella.one_chapter(novella.paragraph(*nodes)), folder, PLAIN)
    return page["text/text.xhtml"].partition('<p class="first">')[2].partition("</p>")[0]


@pytest.mark.parametrize(
    ("node", "markup"),
    [
        (novella.emphasis("a", novella.emphasis("b")), "<em>a<em>b</em></em>"),
        (novella.strong("a"), "<strong>a</strong>"),
        (
            novella.SmallCaps(novella.inlines("a"), novella.HERE),
            '<span class="small-caps">a</span>',
        ),
        (novella.Code("a < b", novella.HERE), "<code>a &lt; b</code>"),
        (novella.LineBreak(novella.HERE), "<br/>"),
        (
            Foreign("fr", novella.inlines("goût"), novella.HERE),
            '<span lang="fr" xml:lang="fr">goût</span>',
        ),
        (Foreign("", novella.inlines("goût"), novella.HERE), "<span>goût</span>"),
        (novella.link("https://e.org/?a=1&b=2", "x"), '<a href="https://e.org/?a=1&amp;b=2">x</a>'),
        (Image("no.png", "A <b>", novella.HERE), "A &lt;b&gt;"),
    ],
)
def test_inlines(node: Inline, markup: str, tmp_path: Path) -> None:
    assert inside(tmp_path, "x", node, "y") == f"x{markup}y"


def test_paragraphs_after_a_break_stand_flush(tmp_path: Path) -> None:
    text = novella.paragraph("a")
    found = body(tmp_path, text, text, SceneBreak(novella.HERE, "***"), text, text)
    assert [line[:10] for line in found.splitlines()] == [
        ' class="fi', "<p>a</p>", '<hr class=', '<p class="', "<p>a</p>",
    ]  # fmt: skip


def test_marked_and_blank_breaks_differ(tmp_path: Path) -> None:
    found = body(
        tmp_path, novella.paragraph("a"), SceneBreak(novella.HERE, "#"), SceneBreak(novella.HERE)
    )
    assert '<hr class="scene-break"/>\n<hr class="scene-gap"/>' in found


def test_headings_never_skip_a_level(tmp_path: Path) -> None:
    blocks = [Heading(level, novella.inlines("x"), novella.HERE) for level in (3, 4, 1, 6, 6)]
    found = body(tmp_path, novella.paragraph("a"), *blocks)
    assert [line[1:3] for line in found.splitlines()[1:]] == ["h2", "h3", "h2", "h3", "h4"]


def test_verse_lines_turn_over_and_keep_their_breaks(tmp_path: Path) -> None:
    lines = tuple(
        VerseLine(novella.inlines(words), novella.HERE, n * 6) for n, words in enumerate("ab")
    )
    found = body(tmp_path, novella.paragraph("x"), Verse((lines, lines), novella.HERE))
    assert (
        '<span class="line">a</span><br class="turn"/>\n<span class="line in-6">b</span>' in found
    )
    assert found.count('<p class="stanza">') == 2


def test_tables_have_heads_with_a_scope_and_alignment_by_class(tmp_path: Path) -> None:
    rows = [[novella.inlines("To"), ()], [novella.inlines("Cark"), novella.inlines("7")]]
    table = novella.table(rows, novella.Alignment.RIGHT, caption=novella.inlines("Fares"))
    found = body(tmp_path, novella.paragraph("a"), table)
    assert found.partition("</p>\n")[2].splitlines() == [
        "<table>",
        "<caption>Fares</caption>",
        "<thead>",
        '<tr><th scope="col" class="right">To</th><td class="right"></td></tr>',
        "</thead>",
        "<tbody>",
        '<tr><td class="right">Cark</td><td class="right">7</td></tr>',
        "</tbody>",
        "</table>",
    ]
    many = novella.table([[novella.inlines("x")] * 5], novella.Alignment.NATURAL, heads=0)
    assert '<table class="many">\n<tbody>\n<tr><td>x</td>' in body(
        tmp_path, novella.paragraph("a"), many
    )


def test_epigraph_has_its_role(tmp_path: Path) -> None:
    quote = Quote((novella.paragraph("a"),), novella.HERE, QuoteRole.EPIGRAPH)
    assert 'class="epigraph" epub:type="epigraph" role="doc-epigraph"' in body(
        tmp_path, novella.paragraph("x"), quote
    )


def test_an_epigraph_page_is_announced_once(tmp_path: Path) -> None:
    page = novella.build(novella.everything(), tmp_path)["text/epigraph.xhtml"]
    assert page.count("doc-epigraph") == page.count('epub:type="epigraph"') == 1
    assert '<blockquote class="epigraph">' in page


def test_one_heading_names_the_section(tmp_path: Path) -> None:
    page = novella.build(novella.everything(), tmp_path)["text/chapter-1.xhtml"]
    assert 'epub:type="chapter" role="doc-chapter" aria-labelledby="chapter-1-heading"' in page
    assert page.count("<h1") == 1
    assert '<span class="label">Chapter 1</span> <span class="title">The Lamp</span></h1>' in page


def test_untitled_sections_are_named_for_screen_readers(tmp_path: Path) -> None:
    files = novella.build(novella.everything(), tmp_path)
    assert 'role="doc-dedication" aria-label="Dedication"' in files["text/dedication.xhtml"]
    assert 'role="doc-epilogue" aria-label="Epilogue"' in files["text/epilogue.xhtml"]


def test_sections_for_other_editions_are_left_out(tmp_path: Path) -> None:
    text = novella.paragraph("x")
    document = Document(
        (
            novella.section(SectionKind.CHAPTER, text, editions=("print",)),
            novella.section(SectionKind.CHAPTER, text, editions=("epub", "print")),
            novella.section(SectionKind.CHAPTER, text),
        ),
        "en-GB",
    )
    files = novella.build(document, tmp_path)
    assert [name for name in files if "chapter" in name] == [
        "text/chapter-1.xhtml",
        "text/chapter-2.xhtml",
    ]


def test_a_section_in_another_language_says_so(tmp_path: Path) -> None:
    document = novella.one_chapter(novella.paragraph("x"), language="fr")
    page = novella.build(document, tmp_path)["text/text.xhtml"]
    assert 'lang="fr" xml:lang="fr">\n<p' in page


class TestNotes:
    def build(self, folder: Path) -> dict[str, str]:
        return novella.build(novella.everything(), folder)

    def test_marks_lead_to_notes_and_back(self, tmp_path: Path) -> None:
        page = self.build(tmp_path)["text/chapter-1.xhtml"]
        assert (
            '<sup class="call"><a epub:type="noteref" role="doc-noteref" id="call-1" '
            'href="#note-1">1</a></sup>' in page
        )
        assert '<aside id="note-1" epub:type="footnote" role="doc-footnote">' in page
        assert (
            '<a class="number" role="doc-backlink" href="#call-1" '
            'aria-label="1: Back to the text">1</a> A matter of' in page
        )

    def test_a_note_called_from_two_chapters_stands_once(self, tmp_path: Path) -> None:
        call = novella.paragraph("x", NoteRef("n", novella.HERE, 1))
        chapter = novella.section(SectionKind.CHAPTER, call, call)
        note = Note("n", (novella.paragraph("The note."),), novella.HERE, 1)
        files = novella.build(Document((chapter, chapter), "en-GB", (note,)), tmp_path)
        first, second = files["text/chapter-1.xhtml"], files["text/chapter-2.xhtml"]
        assert (first + second).count("The note.") == 1
        assert 'id="call-1-2" href="#note-1"' in first
        assert 'id="call-1" href="chapter-1.xhtml#note-1"' in second

    def test_every_mark_has_a_way_back(self, tmp_path: Path) -> None:
        call = novella.paragraph("x", NoteRef("n", novella.HERE, 1))
        chapter = novella.section(SectionKind.CHAPTER, call, call)
        note = Note("n", (novella.paragraph("The note."),), novella.HERE, 1)
        files = novella.build(Document((chapter, chapter), "en-GB", (note,)), tmp_path)
        back = re.compile(r'doc-backlink" href="([^"]+)" aria-label="([^"]+)">(.*?)</a> ')
        assert back.findall(files["text/chapter-1.xhtml"]) == [
            ("#call-1", "1a: Back to the text", "1<sup>a</sup>"),
            ("#call-1-2", "1b: Back to the text", "<sup>b</sup>"),
            ("chapter-2.xhtml#call-1", "1c: Back to the text", "<sup>c</sup>"),
            ("chapter-2.xhtml#call-1-2", "1d: Back to the text", "<sup>d</sup>"),
        ]
        for anchor in ("call-1", "call-1-2"):
            assert all(f'id="{anchor}"' in files[f"text/chapter-{n}.xhtml"] for n in (1, 2))

    def test_more_marks_than_letters(self) -> None:
        backlinks = Backlinks()
        for number in range(30):
            backlinks.add("n", f"#call-1-{number}")
        found = re.findall("<sup>(.*?)</sup>", backlinks.write("n", 1, "Back"))
        assert (len(set(found)), found[25:28]) == (30, ["z", "a2", "b2"])
        assert list(backlinks.find_late()) == []

    def test_notes_call_notes(self, tmp_path: Path) -> None:
        notes = (
            Note(
                "a", (novella.paragraph("First", NoteRef("b", novella.HERE, 2)),), novella.HERE, 1
            ),
            Note("b", (novella.paragraph("Second"),), novella.HERE, 2),
        )
        text = novella.section(
            SectionKind.TEXT, novella.paragraph("x", NoteRef("a", novella.HERE, 1))
        )
        page = novella.build(Document((text,), "en-GB", notes), tmp_path)["text/text.xhtml"]
        assert page.index("First") < page.index("Second")

    def test_a_note_that_begins_with_verse_has_its_number_above(self, tmp_path: Path) -> None:
        note = Note("a", (novella.verse(),), novella.HERE, 1)
        text = novella.section(
            SectionKind.TEXT, novella.paragraph("x", NoteRef("a", novella.HERE, 1))
        )
        page = novella.build(Document((text,), "en-GB", (note,)), tmp_path)["text/text.xhtml"]
        assert '">1</a> </p>\n<div class="verse">' in page


class TestOpenings:
    @pytest.mark.parametrize(
        ("text", "lead"),
        [
            ("It was a dark and stormy night", "It was a dark"),
            ("Come, she said to him", "Come"),
            ("“Come in!” said Ada to Tom", "“Come in"),
            ("Mr.\xa0Hobbs wanted one last station", "Mr.\xa0Hobbs wanted one last"),
            ("Non\u202f! dit-elle à Paul", "Non"),
            ("Two words", "Two"),
            ("Alone", ""),
            ("", ""),
        ],
    )
    def test_whole_words_before_the_first_pause(self, text: str, lead: str) -> None:
        assert text[: measure_lead(text, 4)] == lead

    def test_no_lead_in_when_none_is_wanted(self) -> None:
        assert measure_lead("It was a dark night", 0) == 0

    def test_only_the_first_paragraph_is_set_off(self, tmp_path: Path) -> None:
        text = novella.paragraph("It was a dark and stormy night, as nights go. " * 8)
        document = novella.one_chapter(text, text, kind=SectionKind.CHAPTER)
        page = novella.build(document, tmp_path, {"style": {"drop-cap": 3}})["text/chapter.xhtml"]
        assert page.count("lead-in") == page.count("drop-cap") == 1

    @pytest.mark.parametrize(
        ("text", "takes"),
        [
            ("“It was a dark ", True),
            ("It was a dark ", True),
            ("1821 was dark ", False),
            ("— It was a dark ", False),
        ],
    )
    def test_a_drop_cap_is_a_letter(self, text: str, takes: bool, tmp_path: Path) -> None:
        document = novella.one_chapter(novella.paragraph(text * 12), kind=SectionKind.CHAPTER)
        page = novella.build(document, tmp_path, {"style": {"drop-cap": 3}})["text/chapter.xhtml"]
        assert ("drop-cap" in page) == takes

    @pytest.mark.parametrize(
        ("text", "opened"),
        [
            ("Ночь была темна и длинна. ", True),
            ("كان الليل طويلا والمصباح مطفأ. ", False),
            ("היה לילה ארוך וחשוך מאוד. ", False),
            ("«ܫܠܡܐ ܠܟܘܢ ܐܚܐ ܘܚܒܪܐ. ", False),
            ("ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ ᠪᠢᠴᠢᠭ ", False),
            ("ߒߞߏ ߦߋ߫ ߛߓߍߛߎ߲ ߘߏ߫ ߟߋ߬ ", False),
            ("「吾輩は猫である」。名前はまだ無い。", False),
            ("क्षितिज पर सूरज डूब रहा था। ", False),
        ],
    )
    def test_scripts_without_capitals_open_plainly(
        self, text: str, opened: bool, tmp_path: Path
    ) -> None:
        document = novella.one_chapter(novella.paragraph(text * 12), kind=SectionKind.CHAPTER)
        page = novella.build(document, tmp_path, {"style": {"drop-cap": 3}})["text/chapter.xhtml"]
        assert ("drop-cap" in page, "lead-in" in page) == (opened, opened)
        assert '<p class="first' in page

    @pytest.mark.parametrize(
        ("language", "cursive"),
        [("ar", True), ("fa-IR", True), ("mn-Mong", True), ("mn", False), ("he", False)],
    )
    def test_letters_that_join_are_not_set_apart(
        self, language: str, cursive: bool, tmp_path: Path
    ) -> None:
        assert is_cursive(language) == cursive
        metadata = replace(novella.METADATA, language=language)
        document = novella.one_chapter(novella.paragraph("x"))
        css = novella.build(document, tmp_path, PLAIN, metadata=metadata)["css/book.css"]
        assert ("letter-spacing" in css) != cursive

    def test_what_stands_before_the_text_does_not_take_its_opening(self, tmp_path: Path) -> None:
        text = novella.paragraph("It was a dark and stormy night, as nights go. " * 8)
        line = novella.paragraph("Words.")
        for before in (
            Quote((line,), novella.HERE, QuoteRole.EPIGRAPH),
            Quote((line,), novella.HERE),
            SceneBreak(novella.HERE),
        ):
            document = novella.one_chapter(before, text, text, kind=SectionKind.CHAPTER)
            settings = {"style": {"drop-cap": 3}}
            page = novella.build(document, tmp_path, settings)["text/chapter.xhtml"]
            assert page.count('<p class="first drop-cap"><span class="lead-in">It was') == 1

    def test_verse_and_lines_set_apart_are_text(self, tmp_path: Path) -> None:
        text = novella.paragraph("It was a dark and stormy night, as nights go. " * 8)
        date = novella.paragraph("3 May", role=ParagraphRole.DATELINE)
        for before in (novella.verse(), date):
            document = novella.one_chapter(before, text, kind=SectionKind.CHAPTER)
            assert "lead-in" not in novella.build(document, tmp_path)["text/chapter.xhtml"]

    def test_a_short_paragraph_takes_no_drop_cap(self, tmp_path: Path) -> None:
        document = novella.one_chapter(novella.paragraph("It rained."), kind=SectionKind.CHAPTER)
        page = novella.build(document, tmp_path, {"style": {"drop-cap": 3}})["text/chapter.xhtml"]
        assert "drop-cap" not in page

    def test_dedications_are_not_set_off(self, tmp_path: Path) -> None:
        text = novella.paragraph("For the gulls of the harbour")
        document = novella.one_chapter(text, kind=SectionKind.DEDICATION, matter=Matter.FRONT)
        assert "lead-in" not in novella.build(document, tmp_path)["text/dedication.xhtml"]


class TestLongSections:
    """A section that is too long for one file goes on in the next."""

    def build(self, folder: Path, *blocks: Block) -> dict[str, str]:
        document = novella.one_chapter(*blocks, title="Long", id="long", kind=SectionKind.CHAPTER)
        pages = novella.page_map(("1", 0, 0), ("2", 0, 239_990), ("3", 0, 240_010))
        return novella.build(document, folder, PLAIN, pages=pages)

    def test_short_ones_stay_whole(self, tmp_path: Path) -> None:
        files = self.build(tmp_path, *[novella.paragraph("x" * 100)] * 500)
        assert [name for name in files if "chapter" in name] == ["text/chapter.xhtml"]

    def test_cut_at_a_scene_break(self, tmp_path: Path) -> None:
        text = novella.paragraph("x" * 1000)
        files = self.build(tmp_path, *[text] * 150, SceneBreak(novella.HERE, "*"), *[text] * 100)
        assert files["text/chapter.xhtml"].count("<p") == 150
        second = files["text/chapter-part-2.xhtml"]
        assert '<section id="chapter-part-2" class="chapter continued" aria-label="Long">' in second
        assert second.count("<p") == 100
        assert "<h1" not in second
        assert files["nav.xhtml"].count("chapter-part-2.xhtml#page") == 2
        assert files["toc.ncx"].count("<navPoint") == 1

    def test_cut_where_the_file_is_full(self, tmp_path: Path) -> None:
        files = self.build(tmp_path, *[novella.paragraph("x" * 1000)] * 250)
        first, second = files["text/chapter.xhtml"], files["text/chapter-part-2.xhtml"]
        assert (first.count("x" * 1000), second.count("x" * 1000)) == (239, 9)
        assert 'id="page-2" aria-label="2"></span>xxxxxxxxxx</p>' in first
        assert '<p>xxxxxxxxxx<span epub:type="pagebreak"' in second
