"""The order of the book, and the pages made from metadata."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bookforge.model.blocks import Paragraph, ParagraphRole, Quote, QuoteRole
from bookforge.model.document import Document, Matter, SectionKind
from bookforge.model.walk import inline_runs, plain
from bookforge.passes import matter
from bookforge.pipeline import Request, find_book, prepare
from tests.passes.books import Desk

CHAPTERS = "# Chapter 1\n\nOne.\n\n# Chapter 2\n\nTwo.\n"


def _kinds(document: Document) -> list[str]:
    return [section.kind.value for section in document.sections]


def _lines(document: Document, kind: SectionKind) -> list[str]:
    return [
        plain(run)
        for section in document.sections
        if section.kind is kind
        for run in inline_runs(section.blocks)
    ]


def test_a_bare_manuscript_gets_title_pages_and_contents() -> None:
    document = Desk().arrange(CHAPTERS)
    assert _kinds(document) == ["half-title", "title-page", "contents", "chapter", "chapter"]
    assert [section.matter for section in document.sections[2:4]] == [Matter.FRONT, Matter.BODY]


def test_one_chapter_needs_no_contents() -> None:
    assert "contents" not in _kinds(Desk().arrange("Text."))


def test_a_listed_dedication_moves_to_its_place() -> None:
    desk = Desk(settings={"matter": {"front": ["title-page", "dedication", "contents"]}})
    document = desk.arrange(CHAPTERS + "\n# For Ned {.dedication}\n\nFor Ned.\n")
    assert _kinds(document)[1:3] == ["dedication", "contents"]


def test_listed_acknowledgements_move_behind_the_text() -> None:
    desk = Desk(settings={"matter": {"back": ["acknowledgements"]}})
    document = desk.arrange("# Acknowledgements\n\nThanks.\n\n" + CHAPTERS)
    assert _kinds(document)[-1] == "acknowledgements"
    assert document.sections[-1].matter is Matter.BACK


def test_without_a_list_the_manuscripts_order_stays() -> None:
    text = (
        "A notice.\n\n# For Ned {.dedication}\n\nFor Ned.\n\n# Thanks {.acknowledgements}\n\nT.\n\n"
    )
    kinds = _kinds(Desk().arrange(text + CHAPTERS))
    assert kinds[2:6] == ["text", "dedication", "contents", "acknowledgements"]


def test_what_is_not_listed_keeps_its_place() -> None:
    document = Desk().arrange("# Preface\n\nP.\n\n" + CHAPTERS + "\n# Afterword\n\nA.\n")
    assert _kinds(document)[3:] == ["preface", "chapter", "chapter", "afterword"]
    assert [section.matter.value for section in document.sections[3:]] == [
        "front",
        "body",
        "body",
        "back",
    ]


def test_an_epigraph_amid_the_chapters_stays_there() -> None:
    text = "# Chapter 1\n\nOne.\n\n# A Motto {.epigraph}\n\nWords.\n\n# Chapter 2\n\nTwo.\n"
    assert _kinds(Desk().arrange(text))[3:] == ["chapter", "epigraph", "chapter"]


def test_chapters_stay_with_their_parts() -> None:
    text = "# Part One\n\n## 1\n\na\n\n# Part Two\n\n## 2\n\nb\n"
    assert _kinds(Desk().arrange(text))[3:] == ["part", "chapter", "part", "chapter"]


def test_texts_of_items_become_sections() -> None:
    back = [{"kind": "about-the-author", "text": "She lives.", "editions": ["epub"]}]
    desk = Desk(settings={"matter": {"back": back}})
    document = desk.arrange(CHAPTERS, about_the_author="She lives.")
    last = document.sections[-1]
    assert (last.kind, last.matter) == (SectionKind.ABOUT_THE_AUTHOR, Matter.BACK)
    assert (plain(last.title), last.editions) == ("About the author", ("epub",))


def test_a_title_of_an_item_comes_before_its_texts_own() -> None:
    back = [{"kind": "afterword", "text": "x", "title": "At Last"}]
    desk = Desk(settings={"matter": {"back": back}})
    document = desk.arrange(CHAPTERS, afterword="# Afterword\n\nWords.\n\n## More\n\nOther.\n")
    assert plain(document.sections[-1].title) == "At Last"


def test_an_epigraph_of_an_item_is_one() -> None:
    front = [{"kind": "epigraph", "text": "> Words."}]
    desk = Desk(settings={"matter": {"front": front}})
    section = desk.arrange(CHAPTERS, epigraph="> Words.").sections[0]
    quote = section.blocks[0]
    assert isinstance(quote, Quote)
    assert (quote.role, section.title) == (QuoteRole.EPIGRAPH, ())


def test_whose_words_an_epigraph_is() -> None:
    front = [{"kind": "epigraph", "text": "x"}]
    desk = Desk(settings={"matter": {"front": front}})

    def roles(text: str) -> list[ParagraphRole]:
        blocks = desk.arrange(CHAPTERS, epigraph=text).sections[0].blocks
        return [block.role for block in blocks if isinstance(block, Paragraph)]

    body, source = ParagraphRole.BODY, ParagraphRole.ATTRIBUTION
    assert roles("Wisdom.\n\n— Someone") == [body, source]
    assert roles("Wisdom.\n\n-- Someone, *Some Book*") == [body, source]
    assert roles("Wisdom.\n\nMore of it.") == [body, body]
    assert roles("— Someone") == [body]
    assert roles(f"Wisdom.\n\n— {'He spoke at length. ' * 10}") == [body, body]


def test_notes_of_an_item_are_kept_apart() -> None:
    back = [{"kind": "afterword", "text": "x"}]
    desk = Desk(settings={"matter": {"back": back}})
    text = "# Chapter 1\n\nOne.[^1]\n\n[^1]: First.\n"
    document = desk.arrange(text, afterword="Words.[^1]\n\n[^1]: Second.\n")
    assert [note.id for note in document.notes] == ["1", "afterword-1"]


def test_two_items_of_one_kind_are_two_texts() -> None:
    texts = ("A.[^1]\n\n[^1]: N.", "B.[^1]\n\n[^1]: M.")
    desk = Desk(settings={"matter": {"back": [{"kind": "appendix", "text": one} for one in texts]}})
    items = matter.items(desk.context.config)
    given = {item: desk.read(item.text, "book.toml") for item in items if item.text}
    document = desk.read(CHAPTERS)
    document = matter.arrange(document, given, desk.describe(document), desk.context)
    words = [plain(run) for part in document.sections[-2:] for run in inline_runs(part.blocks)]
    assert words == ["A.", "B."]
    assert len({note.id for note in document.notes}) == 2


def test_items_of_kinds_alone_are_items_too() -> None:
    config = Desk().context.config
    kinds = [item.kind for item in matter.items(config)]
    assert kinds[:2] == ["half-title", "title-page"]


def test_short_words_before_the_first_heading_are_front_matter() -> None:
    document = Desk().arrange("For Ned.\n\n" + CHAPTERS)
    assert document.sections[2].kind is SectionKind.TEXT
    assert document.sections[2].matter is Matter.FRONT


def test_settings_of_the_manuscript_say_nothing_of_other_texts(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(
        '[book]\ntitle = "A"\n[manuscript]\nfiles = "a.md"\nexpect = 1\nstart = "Chapter"\n'
        '[matter]\nback = [{ kind = "afterword", text = "Le petit chat est dans la maison." }]\n'
    )
    (tmp_path / "a.md").write_text("# Chapter 1\n\nText.\n")
    found: list[str] = []
    book = find_book(Request(tmp_path), lambda one: found.append(one.code))
    reading = prepare(book, lambda one: found.append(one.code))
    assert found == []
    assert reading.document.sections[-1].kind is SectionKind.AFTERWORD


# --- the copyright page


def _copyright(**book: Any) -> list[str]:
    desk = Desk(settings={"book": {"title": "The Sea", **book}})
    return _lines(desk.arrange(CHAPTERS), SectionKind.COPYRIGHT)


def test_nothing_known_makes_no_copyright_page() -> None:
    assert _copyright() == []


def test_author_and_year() -> None:
    assert _copyright(author="Ann", copyright_year=2024) == [
        "The Sea",
        "Copyright © 2024 Ann",
        "All rights reserved.",
    ]


def test_a_licence_reserves_nothing() -> None:
    found = _copyright(authors=["Ann", "Bo", "Cy"], date="2023-05", license="CC BY 4.0")
    assert found[1:] == ["Copyright © 2023 Ann, Bo and Cy", "Licensed under CC BY 4.0."]


def test_everything() -> None:
    found = _copyright(
        subtitle="A Novel",
        author="Ann",
        edition_statement="Second edition",
        copyright_holder="Ann Ltd",
        rights="Some rights reserved.",
        publisher="The Press",
        isbn={"epub": "978-3-16-148410-0"},
        contributor=[{"name": "Bo", "role": "trl"}, {"name": "Cy", "role": "ctb"}],
    )
    assert found == [
        "The Sea: A Novel",
        "Second edition",
        "Copyright © Ann Ltd",
        "Some rights reserved.",
        "Translated by Bo",
        "With Cy",
        "Published by The Press",
        "ISBN 978-3-16-148410-0 (e-book)",
    ]


def test_fan_fiction_says_so() -> None:
    found = _copyright(author="Ann", fandom=["Sherlock"])
    assert "fan fiction based on Sherlock" in found[-1]
    assert "All rights reserved." not in found


def test_own_copyright_text_comes_first() -> None:
    desk = Desk(settings={"book": {"author": "Ann"}})
    document = desk.arrange("# Copyright\n\nMine.\n\n" + CHAPTERS)
    assert _lines(document, SectionKind.COPYRIGHT) == ["Mine."]


def test_other_books_without_this_one() -> None:
    desk = Desk(
        settings={"book": {"title": "The Sea", "author": "Ann", "also_by": ["The Sea", "Land"]}}
    )
    document = desk.arrange(CHAPTERS)
    assert _lines(document, SectionKind.ALSO_BY) == ["Land"]
    assert plain(document.sections[-1].title) == "Also by Ann"
