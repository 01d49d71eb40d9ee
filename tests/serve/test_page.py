"""The page for browsers: plain, light, usable on slow paper."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.serve.asking import BROWSER, KINDLE, KOBO, Asked


class Reader(HTMLParser):
    """Elements left open, and all attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_markup(served: Asked) -> None:
    page = Reader(served.ask("/", BROWSER).text)
    assert page.open == []
    assert {tag for tag, _ in page.found} & {"script", "iframe", "object"} == set()
    assert not any(name.startswith("on") for _, found in page.found for name in found)


def test_every_link_leads_to_something(served: Asked) -> None:
    page = Reader(served.ask("/", BROWSER).text)
    linked = [found for tag, found in page.found if tag in ("a", "img", "link")]
    places = {found.get("href") or found.get("src") for found in linked}
    assert len(places) == 10
    assert all(served.ask(place or "").status == 200 for place in places)


def test_texts_are_escaped(served: Asked) -> None:
    text = served.ask("/", BROWSER).text
    assert "Żółw &amp; &lt;Kettle&gt;</h2>" in text
    found = served.ask('/?query="%3E%3Cb%3E', BROWSER).text
    assert 'value="&quot;&gt;&lt;b&gt;"' in found
    assert "No book has these words." in found


def test_devices_get_what_they_read(served: Asked) -> None:
    assert "Get the EPUB" in served.ask("/", BROWSER).text
    kobo = served.ask("/", KOBO).text
    assert "Get the Kobo EPUB" in kobo
    assert re.search(r'href="/books/\w+/Zow\.kepub\.epub"', kobo)
    assert "send --mail" in served.ask("/", KINDLE).text


def test_one_book_has_a_page_of_its_own(served: Asked) -> None:
    entry = served.shelf.entries()[1]
    text = served.ask(f"/books/{entry.id}", BROWSER).text
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", text) == ["Bare"]


def test_the_same_page_from_both_addresses(served: Asked) -> None:
    for path in ("/opds", "/opds/"):
        answer = served.ask(path, BROWSER)
        assert answer.body == served.ask("/", BROWSER).body
        assert answer.headers["vary"] == "Accept, User-Agent"


def test_a_page_that_is_known(served: Asked) -> None:
    etag = served.ask("/", BROWSER).headers["etag"]
    assert served.ask("/", {**BROWSER, "If-None-Match": etag}).status == 304
