"""Whatever a book says of itself, all three forms carry it whole and stay well-formed."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some
from lxml import etree

from bookforge.about import About, tidy
from bookforge.serve import opds1, opds2
from bookforge.serve.accept import Client
from bookforge.serve.page import write_page
from bookforge.serve.shelf import Entry, Kind, Page

_READER = Client("a reader")
_WORDS = some.text(max_size=60).map(tidy)


class Texts(HTMLParser):
    """The text of a page's headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.titles: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "h2"
        if self._inside:
            self.titles.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.titles[-1] += data


@given(_WORDS, _WORDS, _WORDS)
def test_any_words(title: str, author: str, query: str) -> None:
    about = About(title, (author,) if author else (), description=f"{author} {query}".strip())
    entry = Entry("0" * 16, title, about, {Kind.EPUB: Path("gone.epub")}, 0)
    page = Page((entry,), 1, 1, 1, 50, query)
    feed = etree.fromstring(opds1.write_feed(page, "Books", "/opds", _READER))
    assert (feed.findtext("{*}entry/{*}title") or "") == title
    assert [one.text for one in feed.iterfind("{*}entry/{*}author/{*}name")] == list(about.authors)
    told = json.loads(opds2.write_feed(page, "Books", "http://x", "/opds", _READER))
    assert told["publications"][0]["metadata"].get("title", "") == title
    html = write_page(page, "Books", "http://x", _READER).decode()
    assert Texts(html).titles == [title]


@given(some.text())
def test_tidying_is_done_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert tidy(text) == "" or tidy(text).isprintable()
