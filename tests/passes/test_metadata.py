"""What the book is called: book.toml first, then the manuscript, then the file's name."""

from __future__ import annotations

from bookforge.passes.metadata import describe
from tests.passes.books import Desk


def test_settings_come_before_front_matter() -> None:
    desk = Desk(settings={"book": {"title": "A", "author": "B"}})
    found = desk.describe(desk.read("---\ntitle: X\nauthor: Y\n---\n\nText.\n"))
    assert (found.title, found.authors) == ("A", ("B",))


def test_front_matter_comes_before_the_files_name() -> None:
    desk = Desk()
    found = desk.describe(desk.read("---\ntitle: X\nsubtitle: Z\npublisher: P\n---\n\nText.\n"))
    assert (found.title, found.subtitle, found.extra["publisher"]) == ("X", "Z", "P")


def test_the_files_name_is_the_last_resort() -> None:
    desk = Desk()
    document = desk.read("Text.", "the_long-sea.md")
    assert desk.describe(document).title == "The Long Sea"


def test_a_name_with_capitals_is_left_as_it_is() -> None:
    desk = Desk()
    document = desk.read("Text.", "McGee and I.md")
    assert desk.describe(document).title == "McGee and I"


def test_the_identifier_is_the_same_everywhere() -> None:
    first, second = Desk(), Desk()
    one = first.describe(first.read("Text.", "a.md"))
    two = second.describe(second.read("Other text.", "a.md"))
    assert one.identifier == two.identifier
    assert one.identifier.startswith("urn:uuid:")
    context = first.context
    other = describe(context.config, first.read("x").found, "de", context)
    assert other.identifier != one.identifier


def test_an_isbn_is_the_identifier() -> None:
    desk = Desk(settings={"book": {"isbn": {"epub": "978-3-16-148410-0"}}})
    assert desk.describe(desk.read("x")).identifier == "urn:isbn:9783161484100"


def test_the_writers_own_identifier_comes_first() -> None:
    desk = Desk(settings={"book": {"identifier": "doi:10.1/x"}})
    assert desk.describe(desk.read("x")).identifier == "doi:10.1/x"
